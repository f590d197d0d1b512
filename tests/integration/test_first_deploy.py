"""docs/first-deploy.md, run: failed deployments and their way out, small accounts, missing permissions."""

import json
import threading
from argparse import Namespace
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from infra.cli.answer import Answer, WrongUse
from infra.cli.checkup import report
from infra.cli.commands import undeploy
from infra.cli.deploying import protect, way_is_free, why_not
from infra.cli.limits import of_account
from infra.cli.passage import through
from infra.cli.place import Place
from infra.cli.removal import settled
from infra.cli.states import ABSENT, state
from infra.local.emulator import REGION, Emulator
from infra.twins.world import World

pytestmark = pytest.mark.embedded


@pytest.fixture(autouse=True)
def _aws(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", emulator.endpoint)
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)


class Small(BaseHTTPRequestHandler):
    """A new account's answers: ten functions at once, and no permission to ask about CloudFront."""

    def do_GET(self) -> None:
        settings = {"AccountLimit": {"ConcurrentExecutions": 10, "UnreservedConcurrentExecutions": 10}}
        refused = (
            "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>User: kim is not"
            " authorized to perform: cloudfront:ListDistributions</Message></Error></ErrorResponse>"
        )
        known = "account-settings" in self.path
        body = json.dumps(settings) if known else refused
        self.send_response(200 if known else 403)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def do_POST(self) -> None:
        """A provider's door that takes everything."""
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: a test's output is its own."""


@pytest.fixture
def stand_in() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Small)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def small_account(stand_in: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", stand_in)


def at(stack: str) -> Place:
    return Place(stack, "", {}, {})


def made(stack: str, resources: dict[str, Any], **more: Any) -> str:
    """Creates a stack and waits; its state."""
    cloudformation = at(stack).client("cloudformation")
    body = json.dumps({"Resources": resources} | more)
    cloudformation.create_stack(StackName=stack, TemplateBody=body)
    return settled(cloudformation, stack, 0.05)


def a_failing(stack: str) -> dict[str, Any]:
    """A centre whose second page function cannot be made: CloudFront takes a name once."""
    config = {"Comment": "", "Runtime": "cloudfront-js-2.0"}
    told = {"Name": stack, "FunctionConfig": config, "FunctionCode": "function handler(event) {}"}
    one = {"Type": "AWS::CloudFront::Function", "Properties": told}
    return {
        "Files": {"Type": "AWS::S3::Bucket", "DeletionPolicy": "Retain"},
        "Web": {"Type": "AWS::S3::Bucket"},
        "First": one | {"DependsOn": ["Files", "Web"]},
        "Taken": one | {"DependsOn": ["First"]},
    }


def undeploying(stack: str, bucket: str | None = None) -> Namespace:
    return Namespace(stack=stack, bucket=bucket, yes=True)


def kept_bucket(answer: Answer) -> str:
    document: Any = answer.document
    (files,) = [name for name in document["kept"] if "-files-" in name]
    return str(files)


def test_a_failed_first_deployment_names_what_failed_and_the_next_one_clears_it() -> None:
    assert made("first-a", a_failing("first-a")) == "ROLLBACK_COMPLETE"

    told = why_not(at("first-a"))
    waited: list[float] = []
    free = way_is_free(at("first-a"), yes=True, sleep=waited.append)

    assert "Taken (AWS::CloudFront::Function) failed: " in told
    assert "patchbay undeploy --stack first-a names what was left" in told
    assert "Nothing runs yet; make deploy clears the rest." in told
    assert free
    assert waited == [60.0], "the name of a removed queue rests for a minute"
    assert state(at("first-a").client("cloudformation"), "first-a") == ABSENT


def test_undeploy_takes_a_rolled_back_stack_away_and_names_what_it_left() -> None:
    made("first-b", a_failing("first-b"))

    answer = undeploy.run(undeploying("first-b"))

    assert answer.document["undeployed"] is True
    files = kept_bucket(answer)
    assert f"patchbay undeploy --stack first-b --bucket {files}" in answer.text


def test_a_bucket_that_was_left_goes_with_all_versions_and_no_other_bucket_does() -> None:
    made("first-i", a_failing("first-i"))
    s3 = at("first-i").client("s3")
    files = kept_bucket(undeploy.run(undeploying("first-i")))
    s3.put_bucket_versioning(Bucket=files, VersioningConfiguration={"Status": "Enabled"})
    for body in (b"one", b"two"):
        s3.put_object(Bucket=files, Key="report.csv", Body=body)
    s3.create_bucket(Bucket="another-house", CreateBucketConfiguration={"LocationConstraint": REGION})

    gone = undeploy.run(undeploying("first-i", bucket=files))

    assert gone.document == {"deleted": True}
    assert files not in [one["Name"] for one in s3.list_buckets()["Buckets"]]
    with pytest.raises(WrongUse, match="No bucket another-house is left of first-i"):
        undeploy.run(undeploying("first-i", bucket="another-house"))


def test_undeploy_removes_a_change_set_nobody_executed() -> None:
    cloudformation = at("first-c").client("cloudformation")
    body = json.dumps({"Resources": {"Q": {"Type": "AWS::SQS::Queue"}}})
    cloudformation.create_change_set(
        StackName="first-c", ChangeSetName="c", TemplateBody=body, ChangeSetType="CREATE"
    )

    answer = undeploy.run(undeploying("first-c"))

    assert answer.text.splitlines() == ["The stack is gone.", "Nothing of it is left."]


def test_undeploy_of_nothing_still_names_what_was_left() -> None:
    at("first-d").client("logs").create_log_group(logGroupName="/patchbay/first-d/router")

    answer = undeploy.run(undeploying("first-d"))

    assert "There is no stack first-d" in answer.text
    assert "aws logs delete-log-group --log-group-name /patchbay/first-d/router" in answer.text


def test_protection_is_switched_on_after_the_first_success_and_once() -> None:
    parameters = {"Protection": {"Type": "String", "Default": "off"}}
    made("first-e", {"Q": {"Type": "AWS::SQS::Queue"}}, Parameters=parameters)
    cloudformation = at("first-e").client("cloudformation")

    notes = protect(cloudformation, "first-e")

    (stack,) = cloudformation.describe_stacks(StackName="first-e")["Stacks"]
    assert notes == []
    assert stack["Parameters"][0]["ParameterValue"] == "on"
    assert protect(cloudformation, "first-e") == []


def test_a_small_account_is_told_before_anything_is_made(small_account: None) -> None:
    functions, cloudfront = of_account(at("first-f"))

    assert functions.startswith("This account may run 10 functions at once")
    assert "--quota-code L-B99A9384" in functions
    assert "cloudfront:ListDistributions" in cloudfront


def test_the_report_says_the_state_and_how_many_alarms_watch() -> None:
    made("first-g", {"Q": {"Type": "AWS::SQS::Queue"}})

    lines = [line.text for line in report(at("first-g"))]

    (state,) = [line for line in lines if line.startswith("stack:")]
    assert state.startswith(f"stack: CREATE_COMPLETE in {REGION}, last changed ")
    assert "alarms: 0, of which 0 ring and 0 have no data yet" in lines
    assert "message: none sent, as no provider's channel is switched on" in lines


def test_a_message_that_the_router_never_notes_is_a_finding(stand_in: str, world: World) -> None:
    words = {"account_sid": "AC1", "auth_token": "t", "from_number": "+1"}
    secrets = at("first-h").client("secretsmanager")
    secret = secrets.create_secret(Name="first-h", SecretString=json.dumps(words))["ARN"]

    (line,) = through(Place("first-h", stand_in, {"SmsSecretId": secret}, {}), patience=0)

    assert line.wrong
    assert line.text.startswith("message: sms accepted, but not in the ledger after 0 seconds")
