"""A centre in a process of its own, as `make run` starts it."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import boto3

from infra.local.emulator import ACCESS
from infra.local.template import ROOT
from tests.support.patience import PATIENCE

START = """
import pathlib, sys
from infra.local import run
run.PLACE = pathlib.Path(sys.argv[1])
sys.exit(run.main(sys.argv[2:]))
"""


def start(place: Path, port: int, *options: str) -> "subprocess.Popen[str]":
    environment = os.environ | {"PATCHBAY_PORT": str(port)}
    return subprocess.Popen(
        [sys.executable, "-c", START, str(place), *(options or ("--empty",))],
        cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def told(place: Path) -> dict[str, Any]:
    """Its run file; empty before it is ready."""
    file = place / "run.json"
    return dict(json.loads(file.read_text())) if file.is_file() else {}


def free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ask(url: str, document: object) -> Any:
    """Posts JSON and reads JSON."""
    body = json.dumps(document).encode()
    with urlopen(Request(url, body, {"content-type": "application/json"}), timeout=PATIENCE) as answer:
        return json.loads(answer.read())


def stored(run: dict[str, Any]) -> str:
    """All items of its table, as one text."""
    session = boto3.Session(
        ACCESS["AWS_ACCESS_KEY_ID"], ACCESS["AWS_SECRET_ACCESS_KEY"], region_name=run["region"]
    )
    client = session.client("dynamodb", endpoint_url=run["aws_endpoint"])
    return json.dumps(client.scan(TableName=run["outputs"]["TableName"])["Items"], ensure_ascii=False)


def group_of(centre: "subprocess.Popen[str]") -> set[str]:
    """The process group of its embedded AWS and the workers in it."""
    mine = f"emulator_process {centre.pid}"
    return {group for group, command in _processes() if command.endswith(mine)}


def members(groups: set[str]) -> list[str]:
    """Commands of processes that still run in these groups."""
    return [command for group, command in _processes() if group in groups and "<defunct>" not in command]


def _processes() -> list[tuple[str, str]]:
    listed = subprocess.run(["ps", "-A", "-o", "pgid=,command="], capture_output=True, text=True, check=True)
    found = (line.split(maxsplit=1) for line in listed.stdout.splitlines())
    return [(group, command) for group, command in (one for one in found if len(one) == 2)]
