"""A step of guided work is done at a case, or is not done after all."""

from dataclasses import dataclass, replace

from shared.domain.change import Change, Put
from shared.domain.customer.head import Head
from shared.domain.customer.kept import Case
from shared.domain.errors import Refused
from shared.domain.guided import guide_of
from shared.domain.now import Now
from shared.domain.timeline.append import case_of, next_entry, written
from shared.domain.timeline.entry import Kind
from shared.domain.timeline.once import Asking


@dataclass(frozen=True, slots=True)
class Tick:
    """`step` is a code of the case's guide; `done` says which way."""

    agent_id: str
    case_id: str
    step: str
    done: bool
    asked: Asking


def ticked(head: Head, kept: Case, told: Tick, now: Now) -> Change:
    """The case with the step, and the line that says so; nothing where it is as told already.

    Refused `case_closed` (409), and `no_step` (422) for a step that this case has not.
    """
    going = case_of(head, told.case_id)
    if going is None:
        raise Refused("case_closed", status=409)
    if told.done is (told.step in kept.steps):
        return ()
    guide = guide_of(now.centre.guides, going.contact.queue, going.contact.intent)
    if told.done and told.step not in {step.code for step in (guide.steps if guide else ())}:
        raise Refused("no_step", status=422)
    others = tuple(step for step in kept.steps if step != told.step)
    after = replace(kept, steps=(*others, *((told.step,) if told.done else ())), version=kept.version + 1)
    facts = {"step": told.step, "done": told.done}
    actor = f"agent:{told.agent_id}"
    entry = next_entry(head, now, Kind.STEP_TICKED, actor=actor, case_id=told.case_id, facts=facts)
    return (
        Put(told.asked.remembered(entry)),
        *written(head, head, entry),
        Put(after, over=kept.version),
    )
