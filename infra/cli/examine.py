"""What the doctor looks at. Every finding is a sentence that says what to do."""

import json
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from typing import Any

from infra.cli import place as places
from infra.cli.answer import NothingRuns
from infra.cli.functions import functions, resources
from infra.cli.place import ROOT, Place
from infra.cli.queues import dead_letters, depth
from infra.cli.web import ask
from infra.local.providers import block, carried, load

PORT = "8000"
ROOM = 500_000_000  # bytes: an environment and a busy day's state
WRITE_SECRET = "write it with: aws secretsmanager put-secret-value"  # noqa: S105  # advice, no secret
HEALTHY_MAPPINGS = {"Enabled", "Creating", "Enabling", "Updating"}


def machine() -> Iterator[str]:
    if not (ROOT / ".venv" / ".installed").exists():
        yield "The environment .venv is missing or half made; make it with: make install"
    if shutil.disk_usage(ROOT).free < ROOM:
        yield f"Less than 500 MB are free under {ROOT}."
    if (run := places.run_file()) and not places.alive(int(run["pid"])):
        yield "The local centre did not stop cleanly: .patchbay/run.json is left over; `make run` mends that."
    if places.RUN_FILE.exists() and places.RUN_FILE.stat().st_mode & 0o077:
        yield "Others may read .patchbay/run.json, which holds logins. Mend it: chmod 600 .patchbay/run.json"


def port_taken() -> list[str]:
    """Whether something that is not ours sits on the port that `make run` would take."""
    port = os.environ.get("PATCHBAY_PORT", PORT)
    if not port.isdigit():
        return [f"PATCHBAY_PORT is {port!r}, which is not a number."]
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", int(port))):
            return []
    return [f"Port {port} is taken by another program; choose one with PATCHBAY_PORT=8001 make run."]


def centre(place: Place) -> list[str]:
    """All findings of a running centre. A part that cannot be examined is a finding itself."""
    return [
        finding
        for part in (_doors, _secrets, _queues, _mappings, _functions, _staff)
        for finding in _of(part, place)
    ]


def _of(part: Callable[[Place], Iterator[str]], place: Place) -> list[str]:
    try:
        return list(part(place))
    except NothingRuns as silence:
        return [str(silence)]
    except Exception as error:  # whatever it is, the person wants to read it
        return [f"The {part.__name__.strip('_')} cannot be examined: {error}"]


def _doors(place: Place) -> Iterator[str]:
    if not place.address:
        yield "The stack has no Address output, so nobody can reach it."
        return
    expected = {"/desk": 200, "/api/me": 401} | ({"/local/ready": 200} if place.local else {})
    for path, status in expected.items():
        if (given := ask(place.address + path)[0]) != status:
            yield f"{place.address}{path} answers {given} instead of {status}."
    if not place.local and not place.address.startswith("https://"):
        yield f"The public address {place.address} is not https; providers' signatures and sockets need it."


def _secrets(place: Place) -> Iterator[str]:
    wanted = {f"{block(one.name)}SecretId": tuple(load(one).account()) for one in carried()}
    wanted |= {"ChatSecretId": ("key",)}  # our own, with which visitors' tokens are signed
    for output, names in wanted.items():
        if output not in place.outputs:
            continue  # that channel is off
        answer = place.client("secretsmanager").get_secret_value(SecretId=place.outputs[output])
        secret: dict[str, Any] = json.loads(answer["SecretString"])
        for name in names:
            if not secret.get(name):
                yield f"The secret {place.outputs[output]} has no {name}; {WRITE_SECRET}"


def _queues(place: Place) -> Iterator[str]:
    sqs = place.client("sqs")
    for dead in dead_letters(place):
        if count := depth(sqs, dead.url):
            cure = (
                f"see `patchbay logs`, mend it, then: patchbay redrive {dead.name}"
                if dead.queue
                else "see `patchbay logs`"
            )
            yield f"{dead.name} has {count} dead letters; {cure}."


def _mappings(place: Place) -> Iterator[str]:
    client = place.client("lambda")
    for name, uuid in resources(place, "AWS::Lambda::EventSourceMapping"):
        state = client.get_event_source_mapping(UUID=uuid)["State"]
        if state not in HEALTHY_MAPPINGS:
            yield f"The event source {name} is {state.lower()}: its queue fills up and nobody reads it."


def _functions(place: Place) -> Iterator[str]:
    client = place.client("lambda")
    for function in functions(place):
        found = client.get_function_configuration(FunctionName=function.physical)
        if found.get("State", "Active") not in {"Active", "Pending", "Inactive"}:
            reason = found.get("StateReason", "no reason given")
            yield f"The function {function.name} is {found['State'].lower()}: {reason}."


def _staff(place: Place) -> Iterator[str]:
    pool = place.output("UserPoolId")
    if not place.client("cognito-idp").list_users(UserPoolId=pool, Limit=1)["Users"]:
        yield "Nobody can log in yet; add somebody with: patchbay staff add EMAIL --group admin"
