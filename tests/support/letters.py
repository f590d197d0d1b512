"""A small channel that AWS feeds: letters, from a topic or from a bucket. Its queue and its sources."""

import json
from types import SimpleNamespace
from typing import Any

import pytest

from infra.twins.world import World
from shared.domain.channel.request import Cut, Notice, Piece
from shared.domain.errors import Malformed

QUEUE = "arn:aws:sqs:ap-northeast-2:000000000000:letter-notices"
SOURCES = "arn:aws:sns:ap-northeast-2:000000000000:letters,files"
FILE = "mail/L1 & more"


def key(notice: Notice) -> str:
    """Where a topic tells that a mail was written: its object."""
    told = json.loads(notice.body)
    return str(told.get("receipt", {}).get("action", {}).get("objectKey", ""))


def cut(notice: Notice) -> Cut:
    try:
        told = json.loads(notice.file or notice.body)
        return Cut(events=(Piece(told["id"], told["from"], told["text"]),))
    except (KeyError, ValueError) as error:
        raise Malformed("no letter") from error


def a_channel(wrapping: str) -> Any:
    return SimpleNamespace(PROOF="aws", WRAPPING=wrapping, key=key, cut=cut)


def settle(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the template would tell the function, and a letter in the bucket."""
    monkeypatch.setenv("NOTICE_QUEUE_ARN", QUEUE)
    monkeypatch.setenv("NOTICE_SOURCES", SOURCES)
    letter = {"id": "L1", "from": "someone@example.test", "text": "hello"}
    world.notice_files.put(FILE, json.dumps(letter).encode())
