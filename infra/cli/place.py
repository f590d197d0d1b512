"""Where a command goes: the centre that runs on this machine, or a deployed stack.

The command then sees what a handler would: the AWS addresses and the stack's names as environment variables.
"""

import json
import os
import re
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra.cli import stacks
from infra.cli.answer import CannotAnswer, NothingRuns

ROOT = Path(__file__).parents[2]
RUN_FILE = ROOT / ".patchbay" / "run.json"
STACK = "patchbay"


@dataclass(frozen=True, slots=True)
class Place:
    """`address` is where people and providers reach the centre, without a slash at its end."""

    stack: str
    address: str
    outputs: Mapping[str, str]
    run: Mapping[str, Any]

    @property
    def local(self) -> bool:
        return bool(self.run)

    def output(self, name: str) -> str:
        if not (value := self.outputs.get(name)):
            raise CannotAnswer(
                f"The stack {self.stack} has no {name}; is that part of the centre switched on?"
            )
        return value

    def client(self, service: str, patience: float = 60) -> Any:
        import boto3
        from botocore.config import Config

        patient = Config(connect_timeout=5, read_timeout=patience, retries={"mode": "standard"})
        return boto3.client(service, config=patient)  # type: ignore[call-overload]  # any service, by name


def add_place(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--stack", metavar="NAME", help="a deployed stack (default: the centre on this machine)"
    )


def find_place(given: Namespace) -> Place:
    return deployed(given.stack) if given.stack else local()


def local() -> Place:
    """The centre that runs on this machine; raises NothingRuns."""
    run = run_file()
    if run is None or not alive(int(run["pid"])):
        raise NothingRuns("Nothing runs here. Start it with `make run`, or name a deployed one with --stack.")
    access = {
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_ENDPOINT_URL": run["aws_endpoint"],
    }
    _settle(access | {"AWS_DEFAULT_REGION": run["region"], "AWS_REGION": run["region"]})
    os.environ.pop("AWS_PROFILE", None)
    _settle(_variables(run["outputs"]))
    return Place(run["stack"], run["front_door"].rstrip("/"), run["outputs"], run)


def deployed(stack: str) -> Place:
    """A stack in the account of the caller's AWS credentials; raises NothingRuns."""
    import boto3
    from botocore.exceptions import ClientError

    cloudformation = boto3.client("cloudformation")
    try:
        found = cloudformation.describe_stacks(StackName=stack)["Stacks"][0]
    except ClientError as error:
        if "does not exist" in str(error):
            raise NothingRuns(f"There is no stack {stack} in this account and region.") from error
        raise
    outputs = stacks.outputs(cloudformation, stack, dict(found))
    given = {one["ParameterKey"]: one["ParameterValue"] for one in found.get("Parameters", [])}
    _settle(_variables(outputs))
    return Place(stack, (given.get("PublicUrl") or outputs.get("Address", "")).rstrip("/"), outputs, {})


def run_file() -> dict[str, Any] | None:
    """What the local run wrote about itself; None when it left nothing (or half a file)."""
    try:
        return dict(json.loads(RUN_FILE.read_text()))
    except (FileNotFoundError, ValueError):
        return None


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _variables(outputs: Mapping[str, str]) -> dict[str, str]:
    """InboundQueueUrl → INBOUND_QUEUE_URL, as the functions know it."""
    return {re.sub(r"(?<!^)(?=[A-Z])", "_", name).upper(): value for name, value in outputs.items()}


def _settle(variables: Mapping[str, str]) -> None:
    os.environ.update(variables)
