"""Which visitor a browser is: the one in its token, or a new one."""

from dataclasses import dataclass

from functions.channels.chat.channel import CHANNEL
from shared.domain.address.visitor import KIND, sign, visitor_of
from shared.edge.settings import Misconfigured, environment
from shared.edge.wiring import ports


@dataclass(frozen=True, slots=True)
class Visitor:
    """`token` is signed with the current key, so that old keys run out; `known` if there was a good one."""

    id: str
    token: str
    known: bool

    @property
    def person(self) -> str:
        return f"{KIND}:{self.id}"


def recognise(token: str) -> Visitor:
    """A token that no version of the key fits is as good as none. Raises TryAgain, Misconfigured."""
    secret_id = environment.secret_id(CHANNEL.name)
    key = ports().secrets.get(secret_id).get("key", "")
    if not key:
        raise Misconfigured("The chat secret holds no key.")
    known = _known(token, secret_id) if token else ""
    visitor = known or ports().ids()
    return Visitor(visitor, sign(visitor, key), bool(known))


def _known(token: str, secret_id: str) -> str:
    for secret in ports().secrets.candidates(secret_id):
        visitor = visitor_of(token, secret["key"]) if secret.get("key") else ""
        if visitor:
            return visitor
    return ""
