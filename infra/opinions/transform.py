"""The SAM transform, with the code AWS runs for it: what it refuses, and the plain template it makes."""

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from samtranslator.model.exceptions import InvalidDocumentException
from samtranslator.parser.parser import Parser
from samtranslator.translator.arn_generator import ArnGenerator
from samtranslator.translator.translator import Translator

from infra.local.template import written
from infra.opinions.finding import Finding
from infra.opinions.lint import REGIONS, WRITTEN
from infra.opinions.lint import look as lint

UPLOADED = "s3://bucket/key"  # where `sam package` would have put the code
STACK = "https://s3.amazonaws.com/bucket/key"


def look(folder: Path) -> list[Finding]:
    """What the transform says, then what cfn-lint says of its results, which are written into the folder."""
    made = [folder / f"{file.stem}.json" for file in WRITTEN]
    refused = [finding for file, to in zip(WRITTEN, made, strict=True) for finding in _transformed(file, to)]
    return refused or lint(made)


def _transformed(file: Path, to: Path) -> Iterator[Finding]:
    document = _packaged(json.loads(json.dumps(written(file))))
    ArnGenerator.BOTO_SESSION_REGION_NAME = REGIONS[0]
    session: Any = SimpleNamespace(region_name=REGIONS[0])  # no account is asked
    try:
        plain = Translator({}, Parser(), boto_session=session).translate(document, {})
    except InvalidDocumentException as refusal:
        for cause in refusal.causes:
            yield Finding("refused", file.name, cause.message)
        return
    to.write_text(json.dumps(plain))


def _packaged(document: dict[str, Any]) -> dict[str, Any]:
    for one in document["Resources"].values():
        if one["Type"] == "AWS::Serverless::Application":
            one["Properties"]["Location"] = STACK
        if one["Type"] == "AWS::Serverless::Function":
            one["Properties"]["CodeUri"] = UPLOADED
    return document
