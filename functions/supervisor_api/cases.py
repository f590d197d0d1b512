"""What supervisors do on an open case: note, step in, leave, give it to somebody else. In between they answer
as agents do (desk_api/answers.py).
"""

from dataclasses import dataclass, replace

from functions.supervisor_api.api import MAY, api, needs
from shared.domain.address.readable import reworded
from shared.domain.desk.open_view import WhichOpen
from shared.domain.desk.views import EntryView, entry_view
from shared.domain.errors import Malformed
from shared.domain.timeline.entry import Entry
from shared.edge.observability import logger
from shared.edge.staff import Caller
from shared.use_cases.call.listen_to_call import ListenToCall
from shared.use_cases.desk.see_open import OpenPage, SeeOpen
from shared.use_cases.desk.supervise_case import SuperviseCase
from shared.use_cases.routing.add_staff import AddStaff


@dataclass(frozen=True, slots=True)
class Supervised:
    """`act` is note, step_in, leave or assign. `text` is the note or the reason; `queue` or `to` (an agent's
    id) is where an assigned case goes.
    """

    act: str
    customer_id: str
    key: str
    text: str = ""
    queue: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class Listening:
    """`how` is listen, whisper, join or stop, `reason` why (for stop none is needed)."""

    how: str
    customer_id: str
    key: str
    reason: str = ""


@api.route("GET", "/open", *MAY)
def opened(caller: Caller) -> OpenPage:
    """Every open conversation; auditors see the trail of each, not this list."""
    longer = api.asked_number("longer", 0)
    which = WhichOpen(api.asked("queue"), api.asked("channel"), api.asked("owner"), longer)
    page = SeeOpen(*needs())(which, api.asked("after"))
    called = (replace(one, customer_name=reworded(one.customer_name, caller.language)) for one in page.items)
    return replace(page, items=tuple(called))


@api.route("POST", "/cases/{case_id}/supervised", *MAY)
def supervised(caller: Caller, case_id: str) -> dict[str, EntryView]:
    """The line that says so. Who does this is known by name from then on, without a place in a pool."""
    told = api.body(Supervised)
    if told.act not in ACTS:
        raise Malformed("no such act")
    AddStaff(*needs())(caller.id, caller.name, login=caller.login)
    entry = ACTS[told.act](caller, case_id, told)
    logger().info("case_supervised", act=told.act, actor=caller.actor, case=case_id, seq=entry.seq)
    return {"entry": entry_view(entry, {caller.id: caller.name})}


def _note(caller: Caller, case_id: str, told: Supervised) -> Entry:
    return SuperviseCase(*needs()).note(caller.id, told.customer_id, case_id, told.text, told.key)


def _step_in(caller: Caller, case_id: str, told: Supervised) -> Entry:
    return SuperviseCase(*needs()).step_in(caller.id, told.customer_id, case_id, told.text, told.key)


def _leave(caller: Caller, case_id: str, told: Supervised) -> Entry:
    return SuperviseCase(*needs()).step_out(caller.id, told.customer_id, case_id, told.key)


def _assign(caller: Caller, case_id: str, told: Supervised) -> Entry:
    goes = (told.queue, told.to, told.text, told.key)
    return SuperviseCase(*needs()).assign(caller.id, told.customer_id, case_id, *goes)


@api.route("POST", "/cases/{case_id}/listen", *MAY)
def listen(caller: Caller, case_id: str) -> dict[str, EntryView]:
    """To the call of an agent: the line that says why."""
    told = api.body(Listening)
    AddStaff(*needs())(caller.id, caller.name, login=caller.login)
    asked = (told.customer_id, case_id, told.how, told.reason, told.key)
    entry = ListenToCall(*needs())(caller.id, *asked)
    logger().info("call_listened", how=told.how, actor=caller.actor, case=case_id, seq=entry.seq)
    return {"entry": entry_view(entry, {caller.id: caller.name})}


ACTS = {"note": _note, "step_in": _step_in, "leave": _leave, "assign": _assign}
