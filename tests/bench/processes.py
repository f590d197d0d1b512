"""Processes of their own, for what only a fresh interpreter can tell."""

import json
import os
import re
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from dataclasses import dataclass

from shared.edge.early import SAYS_LAMBDA
from tests.support.tree import ROOT

SITE = sysconfig.get_paths()["purelib"]

OURS = """
import json, sys, time
from importlib import import_module
told = json.load(sys.stdin)
class Context:
    function_name = aws_request_id = "first"
    memory_limit_in_mb, invoked_function_arn = 256, "arn:aws:lambda:x:0:function:first"
    def get_remaining_time_in_millis(self): return 80000
module, _, name = told["handler"].rpartition(".")
handler = getattr(import_module(module), name)
init = time.process_time()
answer = handler(told["event"], Context())
print("spent", init, time.process_time() - init, file=sys.stderr)
print(json.dumps(answer))
"""
FLOOR = """
import json, sys, time
calls = json.load(sys.stdin)
import boto3, botocore, urllib3
clients = {service: boto3.client(service) for service, _, _ in calls if service != "http"}
pool = urllib3.PoolManager()
init = time.process_time()
for service, operation, told in calls:
    if service == "http":
        pool.request("POST", told["url"])
    else:
        getattr(clients[service], botocore.xform_name(operation))(**told)
print("spent", init, time.process_time() - init, file=sys.stderr)
"""
EARLY = {SAYS_LAMBDA: "on-demand"}  # then INIT builds the clients


@dataclass(frozen=True, slots=True)
class Spent:
    """CPU seconds up to the end of INIT, and of the event after it."""

    init: float
    event: float

    @property
    def whole(self) -> float:
        return self.init + self.event


def process(script: str, told: bytes, around: Mapping[str, str], *options: str) -> "subprocess.Popen[bytes]":
    """Without `site`: a function has no .pth files to read."""
    command = [sys.executable, "-S", *options, "-c", script]
    started = subprocess.Popen(command, cwd=ROOT, env=dict(around), stdin=-1, stdout=-1, stderr=-1)
    assert started.stdin
    started.stdin.write(told)
    started.stdin.close()
    return started


def finished(started: "subprocess.Popen[bytes]") -> Spent:
    assert started.stdout and started.stderr
    out, errors = started.stdout.read(), started.stderr.read()
    assert started.wait() == 0, errors.decode()[-2000:]
    check(out.decode())
    # Not the last words: a library may say something of its own while the interpreter ends.
    told = re.search(r"^spent (\S+) (\S+)$", errors.decode(), re.MULTILINE)
    assert told, errors.decode()[-2000:]
    return Spent(float(told[1]), float(told[2]))


def check(out: str) -> None:
    """An event that failed would be a cheap one."""
    answer = json.loads(out.splitlines()[-1]) if out.strip() else None
    if isinstance(answer, dict):
        assert not answer.get("batchItemFailures"), out
        assert answer.get("statusCode", 200) == 200, out


def environment(variables: Mapping[str, str], url: str) -> dict[str, str]:
    """The function's own, with every other side on loopback."""
    sides = dict.fromkeys(("AWS_ENDPOINT_URL", "CHAT_SOCKET_URL", "DESK_SOCKET_URL", "CHANNEL_API_URL"), url)
    keys = {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x", "AWS_SESSION_TOKEN": "x"}
    region = {"AWS_REGION": "ap-northeast-2", "AWS_DEFAULT_REGION": "ap-northeast-2"}
    path = {"PYTHONPATH": f"{ROOT}{os.pathsep}{SITE}", "PATH": os.environ["PATH"]}
    return {**{name: str(value) for name, value in variables.items()}, **sides, **keys, **region, **path}
