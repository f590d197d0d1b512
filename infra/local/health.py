"""Whether everything runs: asked of the embedded AWS itself."""

import re
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError

from infra.local.emulator import Emulator, answers
from infra.local.template import ROOT, resources


def missing(emulator: Emulator) -> list[str]:
    """What does not run, in sentences."""
    if not emulator.alive() or not answers(f"{emulator.endpoint}/_ministack/health"):
        return [f"The embedded AWS does not answer; see {emulator.log}."]
    try:
        return handlers_without_code() + _functions(emulator) + _sources(emulator)
    except (BotoCoreError, ClientError) as error:
        return [f"The embedded AWS answers with an error: {error}"]


def handlers_without_code() -> list[str]:
    """Functions of the template whose module does not exist."""
    return [
        f"{name} has no handler: {_file(one['Properties']['Handler']).relative_to(ROOT)} is not there."
        for name, one in resources("AWS::Serverless::Function").items()
        if not _file(one["Properties"]["Handler"]).is_file()
    ]


def _file(handler: str) -> Path:
    return ROOT / (re.sub(r"\.\w+$", "", handler).replace(".", "/") + ".py")


def _functions(emulator: Emulator) -> list[str]:
    found = emulator.client("lambda").get_paginator("list_functions").paginate().build_full_result()
    states = {one["FunctionName"]: one.get("State", "Active") for one in found["Functions"]}
    return [f"Function {name} is {state}." for name, state in states.items() if state != "Active"]


def _sources(emulator: Emulator) -> list[str]:
    client = emulator.client("lambda")
    found = client.get_paginator("list_event_source_mappings").paginate().build_full_result()
    return [
        f"The source of {one['FunctionArn'].rsplit(':', 1)[1]} is {one['State']}."
        for one in found["EventSourceMappings"]
        if one["State"] != "Enabled"
    ]
