"""What a supervisor does on a case that an agent has: a note to the agent, stepping in, leaving again."""

from dataclasses import dataclass, replace

from shared.domain.change import Change, Put
from shared.domain.customer.head import Head, OpenCase
from shared.domain.desk.notices import notices
from shared.domain.errors import Refused
from shared.domain.now import Now
from shared.domain.timeline.append import case_of, next_entry, with_case, written
from shared.domain.timeline.content import Content
from shared.domain.timeline.entry import Entry, Kind, Scalar, Signals
from shared.domain.timeline.once import Asking

IN, OUT = "stepped_in", "stepped_out"


@dataclass(frozen=True, slots=True)
class Supervision:
    """What the supervisor `by` wants on a case. `words` are the note, or the reason for stepping in."""

    by: str
    case_id: str
    words: str
    asked: Asking


def noted_to_agent(head: Head, told: Supervision, now: Now) -> Change:
    """A line for staff alone. The agent who has the case is told of it, wherever they look."""
    case = open_case(head, told.case_id)
    return _change(head, case, _line(head, case, Kind.NOTE_ADDED, told, now), told)


def stepped_in(head: Head, told: Supervision, now: Now) -> Change:
    """From now on the supervisor may answer the customer. Owner, places and figures stay as they are, and
    the customer hears nothing of it. Refused `stepped_in_already` (409).
    """
    case = open_case(head, told.case_id)
    if told.by in case.stepped_in:
        raise Refused("stepped_in_already", status=409)
    joined = replace(case, stepped_in=(*case.stepped_in, told.by))
    return _change(head, joined, _line(head, case, Kind.STEPPED_IN, told, now, how=IN), told)


def stepped_out(head: Head, told: Supervision, now: Now) -> Change:
    """The supervisor leaves the case to its agent. Refused `not_stepped_in` (409)."""
    case = open_case(head, told.case_id)
    if told.by not in case.stepped_in:
        raise Refused("not_stepped_in", status=409)
    left = replace(case, stepped_in=tuple(id for id in case.stepped_in if id != told.by))
    return _change(head, left, _line(head, case, Kind.STEPPED_IN, told, now, how=OUT), told)


def open_case(head: Head, case_id: str) -> OpenCase:
    """Refused `case_closed` (409)."""
    case = case_of(head, case_id)
    if case is None:
        raise Refused("case_closed", status=409)
    return case


def _line(head: Head, case: OpenCase, kind: Kind, told: Supervision, now: Now, **facts: Scalar) -> Entry:
    """It reaches the agent's desk wherever they look; who leaves calls nobody."""
    called = case.agent not in ("", told.by) and facts.get("how") != OUT
    signals = Signals(tell=case.agent, mentioned=(case.agent,) if called else ())
    said = {"actor": f"agent:{told.by}", "case_id": case.id, "content": Content(told.words)}
    return next_entry(head, now, kind, facts=facts, signals=signals, **said)


def _change(head: Head, case: OpenCase, line: Entry, told: Supervision) -> Change:
    return (
        Put(told.asked.remembered(line)),
        *written(head, with_case(head, case), line),
        *notices(line),
    )
