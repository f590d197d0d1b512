"""Stand-ins for providers, each found by the name its channel declares: a file or a folder here.

A stand-in is a real server on loopback, built with kit.py. Its module brings:

    account()                                  what the channel's secret holds, for a made-up account
    stand_in(account, public_url)              the server
    said(account, address, sender, text, id)   the provider's own signed request for a customer's message

A service of AWS has no account with us. The module of its stand-in brings:

    PARAMETERS                                 what the template is told, so that the channel is on
    at(site)                                   the server, or None where the channel is off
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from importlib import import_module
from typing import Any, Protocol

from functions import channels
from shared.domain.traits import Traits

Account = Mapping[str, str]


class StandIn(Protocol):
    async def start(self, port: int = 0) -> None:
        """Serve on this port of the loopback, or on a free one."""

    async def stop(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Said:
    """A request as the provider would post it; `id` is the provider's name for the message."""

    path: str
    body: bytes
    headers: Mapping[str, str]
    id: str


@dataclass(frozen=True, slots=True)
class Site:
    """Where the stand-in of a service of AWS stands: the front door, the stack's outputs, clients of the
    embedded AWS, and the port on which mails come and go.
    """

    address: str
    outputs: Mapping[str, str]
    client: Callable[[str], Any]
    mail_port: int


@dataclass(frozen=True, slots=True)
class MailServer:
    """`server` is host:port, for SMTP without encryption or login; `address` is the centre's."""

    server: str
    address: str

    def document(self) -> dict[str, str]:
        return asdict(self)


def carried() -> tuple[Traits, ...]:
    """The channels that a provider carries, which has an address and a stand-in of its own."""
    return tuple(traits for traits in channels.traits().all if traits.own_stack and not traits.by_aws)


def fed() -> tuple[Traits, ...]:
    """The channels that a service of AWS carries, for which a program stands in here."""
    return tuple(traits for traits in channels.traits().all if traits.own_stack and traits.by_aws)


def load(traits: Traits) -> Any:
    """The module of a channel's stand-in."""
    return import_module(f"{__name__}.{traits.stand_in}")


def block(channel: str) -> str:
    """The name of a channel's block in the template, with which its outputs and parameters begin."""
    return channel.title().replace("_", "")
