"""Take a deployed stack away. Customers' data, staff and secrets are kept; it says how to delete them."""

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping

from infra.cli.answer import Answer
from infra.cli.confirm import confirmed
from infra.cli.functions import resources
from infra.cli.place import STACK, Place, deployed
from infra.cli.publish import empty

ASKED = """This deletes the stack {stack}: doors, functions, queues (with whatever lies in them) and pages.
Messages that arrive from then on are lost. Kept are the table, the files, the staff and the secrets."""
CODE = (
    "The uploaded code lies in the bucket of the stack aws-sam-cli-managed-default; other stacks may use it."
)
# What the template retains, and how a person deletes it when nobody needs it any more.
KEPT: Mapping[str, tuple[str, ...]] = {
    "AWS::DynamoDB::Table": (
        "aws dynamodb update-table --no-deletion-protection-enabled --table-name {0}",
        "aws dynamodb delete-table --table-name {0}",
    ),
    "AWS::S3::Bucket": (
        "(empty it with all its versions in the console, then)",
        "aws s3api delete-bucket --bucket {0}",
    ),
    "AWS::Cognito::UserPool": (
        "aws cognito-idp update-user-pool --deletion-protection INACTIVE --user-pool-id {0}",
        "aws cognito-idp delete-user-pool --user-pool-id {0}",
    ),
    "AWS::SecretsManager::Secret": ("aws secretsmanager delete-secret --secret-id {0}",),
}


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--stack", metavar="NAME", default=STACK, help=f"default: {STACK}")
    parser.add_argument("--yes", action="store_true", help="do not ask")


def run(given: Namespace) -> Answer:
    place = deployed(given.stack)
    if not confirmed(ASKED.format(stack=place.stack), place.stack, given.yes):
        return Answer({"undeployed": False}, "Nothing was changed.", yes=False)
    kept = _kept(place)
    empty(place.client("s3"), place.output("WebBucket"))
    _delete(place)
    steps = [f"  {step}" for name, how in kept.items() for step in (f"{name}:", *(f"  {one}" for one in how))]
    said = ["The stack is gone. Kept, until you delete it:", *steps, CODE]
    return Answer({"undeployed": True, "kept": kept}, "\n".join(said))


def _kept(place: Place) -> dict[str, list[str]]:
    """What stays → how to delete it. The bucket of pages goes with the stack."""
    return {
        name: [step.format(physical) for step in steps]
        for type, steps in KEPT.items()
        for name, physical in resources(place, type)
        if physical != place.outputs.get("WebBucket")
    }


def _delete(place: Place) -> None:
    cloudformation = place.client("cloudformation")
    cloudformation.delete_stack(StackName=place.stack)
    cloudformation.get_waiter("stack_delete_complete").wait(StackName=place.stack)
