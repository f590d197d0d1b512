"""A telephone call that the router knows: where it lies, what goes on of it, and its lines."""

from dataclasses import dataclass, replace

from shared.domain.case.about_call import about_call
from shared.domain.case.attach import Attached
from shared.domain.case.turn import Turn
from shared.domain.change import Put
from shared.domain.channel.calling import Keyed
from shared.domain.customer.call import Call, Spot
from shared.domain.customer.head import Contact, Head, OpenCase, OpenInteraction
from shared.domain.flow.step import About, End
from shared.domain.timeline.append import case_of, contact_of, next_entry
from shared.domain.timeline.entry import Entry, Kind, Scalar

# Where the door puts a caller at the end of a flow.
SPOTS = {
    End.HAND_OVER: Spot.QUEUE,
    End.SURVEY: Spot.SURVEY,
    End.DONE: Spot.GOODBYE,
    End.VOICEMAIL: Spot.VOICEMAIL,
}


@dataclass(frozen=True, slots=True)
class OnCall:
    """The call, and as far as they still go on: its case, its exchange, its contact."""

    call: Call
    case: OpenCase | None = None
    going: OpenInteraction | None = None
    contact: Contact | None = None

    @property
    def attached(self) -> Attached | None:
        """Its case and exchange, as a message finds them; None where it is over."""
        return Attached(self.case, self.going, ()) if self.case and self.going else None


def on_call(head: Head, call: Call) -> OnCall:
    """A case that was closed and taken up again has the call no more."""
    case = case_of(head, call.case_id)
    if case is None:
        return OnCall(call)
    going = next((one for one in case.interactions if one.id == call.interaction_id), None)
    return OnCall(call, case, going, contact_of(case, call.interaction_id))


def changed(call: Call, **to: object) -> tuple[Put, ...]:
    """The call with these fields, where they are other ones."""
    after = replace(call, **to)  # type: ignore[arg-type]  # fields of Call
    if after == call:
        return ()
    return (Put(replace(after, version=call.version + 1), over=call.version),)


def line(turn: Turn, call: Call, kind: Kind, facts: dict[str, Scalar], **told: object) -> Entry:
    """A line of the call for staff, in the customer's timeline."""
    where = {"timeline": call.customer_id, "case_id": call.case_id, "interaction_id": call.interaction_id}
    actor: dict[str, object] = {"actor": "customer", "way": turn.way}
    return next_entry(turn.head, turn.now, kind, facts=facts, **(where | actor | told))


def language_of(turn: Turn) -> str:
    """What the caller hears: what they chose, else what the door says that it spoke, else the centre's."""
    what = turn.arrival.what
    told = (what.place.language or what.language) if isinstance(what, Keyed) else ""
    return told or turn.arrival.language or turn.now.centre.languages[0]


def asked_of(turn: Turn) -> About:
    """What its flow may ask of the centre: in the caller's language, as the door asked too."""
    return about_call(language_of(turn), turn.now)
