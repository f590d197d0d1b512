"""An agent's work as their desk gets it: offers, cases, and what is left to do after one."""

from dataclasses import dataclass

from shared.domain.desk.call_view import CallbackView
from shared.domain.desk.line_view import LineView
from shared.domain.queue import Need


@dataclass(frozen=True, slots=True)
class OfferView:
    """A customer who waits for this agent's yes. `reason` is the rule that chose them, a stable word;
    `needs` are the skills the contact asks for.
    `consult`: a colleague asks for advice. `by_name`: who asks, or who hands it on. `callback`: to be called.
    """

    offer_id: str
    customer_id: str
    case_id: str
    channel: str
    queue: str
    waiting_since: str
    until: str
    preview: str
    customer_name: str
    reason: str
    needs: tuple[Need, ...] = ()
    consult: bool = False
    by_name: str = ""
    callback: bool = False


@dataclass(frozen=True, slots=True)
class WrapView:
    """After-contact work that goes on: the case is closed, or the exchange over."""

    case_id: str
    number: str
    customer_id: str
    customer_name: str
    channel: str
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class WorkItem:
    """A case the agent owns. `unread` counts what the customer wrote since staff last answered, and
    `waiting_since` is when they wrote the first of it; None when nothing waits for an answer. `asked` is the
    colleague who is asked about it, `asked_name` what people call them, `asked_rings` until they answer.
    `callback` is set while the customer is to be called, `call` while one goes on.
    """

    case_id: str
    number: str
    customer_id: str
    customer_name: str
    channel: str
    state: str
    opened_at: str
    last_at: str
    last_text: str
    last_from: str
    unread: int
    waiting_since: str | None
    asked: str = ""
    asked_name: str = ""
    asked_rings: bool = False
    callback: CallbackView | None = None
    call: LineView | None = None
