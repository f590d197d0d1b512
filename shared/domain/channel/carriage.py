"""How a channel asks for its message to be carried, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class OtherSide:
    """Where a channel's provider is ("" for its usual address) and where it calls us back. `files` are the
    addresses, for an hour, of what goes out as a file, by the key it is stored under; `bodies` are such files
    themselves, where the channel carries them in its own request (a key that is missing is gone).

    `own_side` is our address in messages that we begin; `sends_with` names what AWS is to apply to them. Both
    are "" for channels whose secret says it.
    """

    api_url: str
    public_url: str
    files: Mapping[str, str] = field(default_factory=dict, repr=False)
    bodies: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    own_side: str = ""
    sends_with: str = ""


@dataclass(frozen=True, slots=True)
class Basic:
    """A name and a password in the authorization header."""

    name: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Bearer:
    """A token in the authorization header."""

    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class HttpCall:
    """A request to a provider, described; adapters/http.py performs it."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    auth: Basic | Bearer | None = None


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    status: int
    body: bytes


@dataclass(frozen=True, slots=True)
class AwsCall:
    """A request to a service of AWS, described; adapters/aws_call.py performs it.

    `service` and `operation` are botocore's names (say sesv2 and send_email), `parameters` are AWS's own.
    """

    service: str
    operation: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AwsAnswer:
    """What the service said: its answer, or with an error status its Code and Message."""

    status: int
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class NotSent:
    """The request never left: trying again cannot do it twice."""

    reason: str


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """The request left and no answer came that tells: it may be done or not. `code` is the provider's."""

    reason: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame to every open socket of a person."""

    person: str
    body: object


@dataclass(frozen=True, slots=True)
class Sent:
    """The carrier took it. `provider_id` may be empty where the carrier gives none."""

    provider_id: str = ""


@dataclass(frozen=True, slots=True)
class Failed:
    """It will not arrive. `reason` is a stable word, `code` the provider's own."""

    reason: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Later:
    """The carrier asks for patience: the same message may be tried again."""

    reason: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Waits:
    """The customer is not connected now; the message stays queued and goes out when they come back."""


Call = HttpCall | AwsCall | Frame
Result = Sent | Failed | Later | Waits
