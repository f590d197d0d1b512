"""A way to reach somebody, or the way by which they reached us."""

from dataclasses import dataclass

from shared.domain.address.address import NOWHERE, Address


@dataclass(frozen=True, slots=True)
class Way:
    """`address` is canonical, `member` the customer it belongs to. `reply_to` and `own_side` are both ends as
    the provider wrote them: answers go there, and to `cc`, who got the message too. `thread` is what the
    provider calls the conversation: of a mail, the names of the first one and of the last. `subject` is what
    the exchange is about.
    """

    channel: str = ""
    address: Address = NOWHERE
    member: str = ""
    reply_to: str = ""
    own_side: str = ""
    thread: str = ""
    cc: tuple[str, ...] = ()
    subject: str = ""

    @property
    def recipient(self) -> Address:
        """Where an answer arrives: at the address itself, unless a mail asks for answers to another one."""
        asked = self.reply_to.strip().lower()
        return Address("email", asked) if self.address.kind == "email" and "@" in asked else self.address


NO_WAY = Way()
