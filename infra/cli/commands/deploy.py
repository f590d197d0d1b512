"""Deploy to your AWS account: what `make build` built, then the pages.

Needs AWS credentials and a region (AWS_PROFILE, AWS_REGION). Says what it costs and asks first.
"""

import os
import subprocess
import sys
from argparse import ArgumentParser, Namespace

from infra.build.bundles import BUNDLES
from infra.cli.access import HERE
from infra.cli.answer import Answer, CannotAnswer, WrongUse
from infra.cli.confirm import confirmed
from infra.cli.deploying import PROTECTION, protect, runs, way_is_free, well_named, why_not
from infra.cli.limits import of_account
from infra.cli.parameters import CAPABILITIES
from infra.cli.place import ROOT, STACK, Place, deployed
from infra.cli.publish import publish

SAM = ROOT / ".venv-sam" / "bin" / "sam"
ASKED = """This deploys the stack {stack} to account {account} in {region}.

What it costs: an idle centre costs a few dollars a month (alarms, secrets, logs), which the README
itemises. Every message adds fractions of a cent on AWS, and your SMS provider charges its own price.
Data is kept when you take the stack away again: `make undeploy` says how to delete it."""
STAFF = "Somebody who can log in:  patchbay staff add you@example.com --group admin --stack {stack}"
SMS = """Your SMS account:         aws secretsmanager put-secret-value --secret-id {secret} --secret-string \\
                                 '{{"account_sid": "AC…", "auth_token": "…", "from_number": "+82…"}}'
     At the provider, incoming messages go to {address}/webhooks/sms"""
CENTRE = "Zone, languages, hours:   edit centre.yaml, then: patchbay configure --stack {stack}"
DOCTOR = "Whether all is well:      patchbay doctor --stack {stack}"


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--stack", metavar="NAME", default=STACK, help=f"default: {STACK}")
    parser.add_argument(
        "--set", metavar="NAME=VALUE", action="append", default=[], help="a template parameter"
    )
    parser.add_argument("--yes", action="store_true", help="do not ask")


def run(given: Namespace) -> Answer:
    well_named(given.stack)
    _ready()
    account, region = _account()
    before = Place(given.stack, "", {}, {})
    if not way_is_free(before, given.yes):
        return Answer({"deployed": False}, "Nothing was changed.", yes=False)
    for sentence in of_account(before):
        print(sentence, file=sys.stderr)
    if not confirmed(ASKED.format(stack=given.stack, account=account, region=region), "yes", given.yes):
        return Answer({"deployed": False}, "Nothing was changed.", yes=False)
    chosen = any(one.startswith(f"{PROTECTION}=") for one in given.set)
    _sam(before, given.set if chosen else [*_unprotected(before), *given.set])
    place = deployed(given.stack)
    files = publish(place.client("s3"), place.output("WebBucket"))
    notes = [] if chosen else protect(place.client("cloudformation"), given.stack)
    document = {"deployed": True, "address": place.address, "files": files, "notes": notes}
    return Answer(document, "\n".join([next_steps(place), *notes]))


def _ready() -> None:
    if not SAM.exists():
        raise CannotAnswer("The deployment tool is not installed; deploy with: make deploy")
    if missing := [bundle.name for bundle in BUNDLES if not bundle.folder.exists()]:
        raise CannotAnswer(f"Not built yet: {', '.join(missing)}. Build with: make build")


def _account() -> tuple[str, str]:
    import boto3

    session = boto3.Session()
    if not session.region_name:
        raise WrongUse(HERE["NoRegionError"])
    return str(session.client("sts").get_caller_identity()["Account"]), session.region_name


def _sam(place: Place, parameters: list[str]) -> None:
    capabilities = ["--capabilities", *CAPABILITIES]
    chosen = ["--parameter-overrides", *parameters] if parameters else []
    how = ["--resolve-s3", "--no-fail-on-empty-changeset", "--no-confirm-changeset"]
    command = [
        str(SAM),
        "deploy",
        "--template-file",
        "template.yaml",
        "--stack-name",
        place.stack,
        *how,
        *capabilities,
        *chosen,
    ]
    # its progress is for people: standard output stays free for the answer
    quiet = os.environ | {"SAM_CLI_TELEMETRY": "0"}
    if subprocess.run(command, cwd=ROOT, env=quiet, stdout=sys.stderr, check=False).returncode:
        raise CannotAnswer(why_not(place))


def _unprotected(place: Place) -> list[str]:
    """A first deployment begins without protection, so that a failed one leaves nothing behind."""
    return [] if runs(place.client("cloudformation"), place.stack) else [f"{PROTECTION}=off"]


def next_steps(place: Place) -> str:
    """What a person does after a deployment; a channel that is off asks for nothing."""
    secret = place.outputs.get("SmsSecretId", "")
    steps = [STAFF, *([SMS] if secret else []), CENTRE, DOCTOR]
    told = [step.format(stack=place.stack, address=place.address, secret=secret) for step in steps]
    numbered = [f"  {number}. {step}" for number, step in enumerate(told, 1)]
    return "\n".join([f"Deployed. The desk is at {place.address}/desk", "", "Next:", *numbered])
