"""What a provider's refusal means for a message: one table for each provider, from its codes to our words."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from shared.domain.channel.carriage import Failed, Later, NoAnswer
from shared.domain.customer.suppression import OPTED_OUT


class Meaning(StrEnum):
    """UNKNOWN: it may have been taken. It is never sent again; a callback or the provider's list tells."""

    TRY_AGAIN = "try_again"
    GIVE_UP = "give_up"
    OPTED_OUT = "opted_out"
    WINDOW_CLOSED = "window_closed"
    MISCONFIGURED = "misconfigured"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Refusal:
    """`reason` is the word the desk has a sentence for. `not_taken`: the provider says so even behind a 5xx,
    which otherwise may hide that the message was taken.
    """

    meaning: Meaning
    reason: str
    not_taken: bool = False


TRY_AGAIN, GIVE_UP, MISCONFIGURED = Meaning.TRY_AGAIN, Meaning.GIVE_UP, Meaning.MISCONFIGURED
STOPPED = Refusal(Meaning.OPTED_OUT, OPTED_OUT)
WINDOW_OVER = Refusal(Meaning.WINDOW_CLOSED, "window_closed")
# Providers add and split codes without notice: one we do not know is a refusal for good, shown to the agent.
NOT_KNOWN = Refusal(GIVE_UP, "refused")

Table = Mapping[str, Refusal]


def told(table: Table, code: str) -> Refusal | None:
    """What a code means; None where the provider gave none."""
    return table.get(code, NOT_KNOWN) if code else None


def outcome(table: Table, status: int, code: str) -> Failed | Later | NoAnswer:
    """What an HTTP answer outside 2xx means. The provider's own code goes with it."""
    refusal = told(table, code)
    known_not_taken = refusal is not None and refusal.not_taken
    if status >= 500 and not known_not_taken:
        return NoAnswer(f"http_{status}", code)
    reason = refusal.reason if refusal else f"http_{status}"
    meaning = refusal.meaning if refusal else GIVE_UP
    if meaning is Meaning.UNKNOWN:
        return NoAnswer(reason, code)
    again = status in (401, 429) or meaning is TRY_AGAIN
    return Later(reason, code) if again else Failed(reason, code)
