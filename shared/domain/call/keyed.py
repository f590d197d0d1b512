"""A caller pressed or said something at a place of a flow. The door has answered by the same rules: here it
becomes lines, and the place where their contact is.
"""

import re
from dataclasses import replace

from shared.domain.call.on_call import SPOTS, OnCall, asked_of, changed, language_of, on_call
from shared.domain.case.attach import Attached
from shared.domain.case.guide import goes_on, scene_of
from shared.domain.case.receive import heard, heard_last
from shared.domain.case.turn import Turn
from shared.domain.change import Change
from shared.domain.channel.calling import Keyed
from shared.domain.customer.call import Call
from shared.domain.customer.flow_place import FlowPlace
from shared.domain.customer.head import ContactState, Head
from shared.domain.customer.language import as_told
from shared.domain.flow.flow import StepKind
from shared.domain.flow.step import Stepped, Typed, Why, person, step
from shared.domain.timeline.append import with_interaction, written
from shared.domain.timeline.content import Content
from shared.domain.timeline.entry import Entry

DIGIT = re.compile("[0-9]")


def receive_keyed(turn: Turn, call: Call, said: Keyed) -> Change:
    """All but the receipt. What was pressed at an earlier place than where they are is on record, and moves
    nobody. () for nothing said at such a place.
    """
    here, stepped = on_call(turn.head, call), _stepped(turn, said)
    if not _is_there(here, said.place):
        return _recorded(turn, call, said, stepped)
    after = replace(turn.head, last=heard_last(turn, call.interaction_id))
    after = as_told(after, stepped.place.language)
    entries = _entries(turn, call, said, stepped)
    return (*_moved(turn, here, after, entries, stepped), *_spot(call, stepped))


def _is_there(here: OnCall, place: FlowPlace) -> bool:
    contact = here.contact
    if here.going is None or contact is None or contact.state is not ContactState.FLOW:
        return False
    return contact.flow is None or place.turns >= contact.flow.turns


def _moved(turn: Turn, here: OnCall, after: Head, said: tuple[Entry, ...], stepped: Stepped) -> Change:
    if here.case is None or here.going is None:
        raise ValueError("a call that is over goes nowhere")
    going = replace(here.going, last_at=max(here.going.last_at, turn.now.at))
    attached = Attached(with_interaction(here.case, going), going, ())
    return goes_on(scene_of(turn, attached, after, language_of(turn)), said, stepped, turn)


def _stepped(turn: Turn, said: Keyed) -> Stepped:
    version = turn.known.flow
    if version is None:
        return person(said.place, Why.BROKEN, asked_of(turn))
    return step(version.flow, said.place, Typed(said.text), asked_of(turn))


def _recorded(turn: Turn, call: Call, said: Keyed, stepped: Stepped) -> Change:
    if not said.text:
        return ()
    return written(turn.head, turn.head, _entry(turn, call, _words(turn, said, stepped.chosen)))


def _entries(turn: Turn, call: Call, said: Keyed, stepped: Stepped) -> tuple[Entry, ...]:
    """None for a caller who said nothing and is asked again."""
    if not said.text and stepped.words:
        return ()
    return (_entry(turn, call, _words(turn, said, stepped.chosen)),)


def _entry(turn: Turn, call: Call, words: str) -> Entry:
    queues = (case.contact.queue for case in turn.head.cases if case.id == call.case_id)
    facts = {"queue": next(queues, turn.now.centre.queue.name)}
    where = {"case_id": call.case_id, "interaction_id": call.interaction_id}
    return replace(heard(turn, facts=facts, **where), content=Content(words))


def _words(turn: Turn, said: Keyed, chosen: str) -> str:
    """What the choice is called; digits that are never kept as stars."""
    version = turn.known.flow
    current = version.flow.at(said.place.step) if version else None
    if current is None:
        return said.text
    choices = current.choices(asked_of(turn).languages)
    labels = (one.label for one in choices if one.id == chosen)
    hidden = current.kind is StepKind.COLLECT and current.masked
    return next(labels, DIGIT.sub("*", said.text) if hidden else said.text)


def _spot(call: Call, stepped: Stepped) -> Change:
    """Where the door has put them."""
    return changed(call, spot=SPOTS[stepped.end]) if stepped.end in SPOTS else ()
