"""The door for calls: what to say next at /webhooks/voice, what became of lines at /webhooks/voice/status."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from functions import channels
from functions.channels.voice import answering, inbound
from functions.channels.voice.asked import Asked, read
from shared.domain.channel.request import Cut, HttpReply, Request
from shared.edge import webhook
from shared.edge.early import early
from shared.edge.self_check import answers_self_check
from shared.edge.wiring import ports
from shared.providers import twilio


@answers_self_check
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return webhook.receive("voice", Door(), event)


class Door:
    """One request: the secret that proves it signs the addresses in our answer, too."""

    BODY_LIMIT = inbound.BODY_LIMIT

    def __init__(self) -> None:
        self._keys: tuple[str, ...] = ()
        self._asked = Asked("", told=True, fields={})

    def prove(self, request: Request, secret: Mapping[str, str], public_url: str) -> None:
        inbound.prove(request, secret, public_url)
        self._keys = twilio.call_keys(secret)

    def cut(self, request: Request) -> Cut:
        self._asked = read(request, self._keys, ports().clock())
        return inbound.pieces(self._asked)

    def answer(self, request: Request, cut: Cut) -> HttpReply:
        return answering.answer(self._asked, next(iter(self._keys), ""))


def prepare() -> None:
    """What the first answer needs beside the channels: the rules by which a caller's queue is chosen."""
    channels.imported()
    import_module("shared.domain.routing.needs")


early("inbox", "secrets", "store", "settings", then=prepare)
