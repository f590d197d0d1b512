"""Our own side spoke to a customer without us: a line of the timeline, and nothing follows from it."""

from collections.abc import Iterable

from shared.domain.case.attach import latest_case
from shared.domain.case.receive import handled
from shared.domain.case.turn import Turn
from shared.domain.change import ANY, Change, Put
from shared.domain.channel.arrival import Echo
from shared.domain.channel.sent_as import sent_as
from shared.domain.customer.head import OpenCase
from shared.domain.errors import TryAgain
from shared.domain.timeline.append import next_entry
from shared.domain.timeline.content import Content
from shared.domain.timeline.entry import ELSEWHERE, Audience, Delivery, Entry, Kind

OWN_ECHO = "own_echo"


def repeats(echo: Echo, turn: Turn, lines: Iterable[Entry]) -> bool:
    """Whether the echo is of one of these lines. Where we wait for the provider's answer, nobody can tell:
    raises TryAgain. Where the answer never came, the text tells.
    """
    ours = [
        line for line in lines if line.channel == turn.raw.channel and line.address == turn.speaker.address
    ]
    if any(line.provider_id == echo.provider_id for line in ours):
        return True
    if any(line.delivery is Delivery.SENDING for line in ours):
        raise TryAgain("a message is being sent, and this may be its echo")
    return any(line.delivery is Delivery.UNKNOWN and line.text == echo.text for line in ours)


def receive_echo(turn: Turn) -> Change:
    """It lies in the case that is open, and opens none; the provider's later words about it find it."""
    echo = turn.arrival.what
    if not isinstance(echo, Echo):
        raise ValueError("no echo")
    case = latest_case(turn.head, turn.speaker)
    entry = next_entry(
        turn.head,
        turn.now,
        Kind.MESSAGE_SENT,
        timeline=turn.speaker.member,
        audience=Audience.CUSTOMER,
        actor=ELSEWHERE,
        way=turn.way,
        case_id=case.id if case else "",
        interaction_id=_interaction(case, turn),
        content=Content(echo.text),
        facts={"door": turn.raw.channel} | ({"queue": case.contact.queue} if case else {}),
        delivery=Delivery.SENT,
        provider_id=echo.provider_id,
    )
    return (*handled(turn, turn.head, entry), Put(sent_as(entry, turn.now.at), over=ANY))


def _interaction(case: OpenCase | None, turn: Turn) -> str:
    exchanges = case.interactions if case else ()
    here = (
        one.id for one in exchanges if one.channel == turn.raw.channel and one.address == turn.speaker.address
    )
    return next(here, "")
