"""A telephone call as the desk shows it: who is on the line, and what can be done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from shared.domain.address.address import Address
from shared.domain.address.readable import display
from shared.domain.call.acts import goes_on, may_be_done
from shared.domain.call.on_call import on_call
from shared.domain.customer.call import Call, Leg, LegRole
from shared.domain.customer.head import Head, OpenCase
from shared.domain.desk.reader import Reader
from shared.domain.times import iso


@dataclass(frozen=True, slots=True)
class LegView:
    """`name` is the agent's, or the number of who was added, else "". `reason` is why it failed."""

    id: str
    role: str
    name: str
    state: str
    since: str
    reason: str


@dataclass(frozen=True, slots=True)
class LineView:
    """`number_shown` is the customer's as people read it. `may` are the acts that fit now."""

    spot: str
    held: bool
    paused: bool
    recording: str
    outbound: bool
    number_shown: str
    since: str
    legs: tuple[LegView, ...]
    may: tuple[str, ...]


def line_view(
    head: Head, call: Call, names: Mapping[str, str], reader: Reader, acts: bool = True
) -> LineView:
    """`names` holds agents' names by id; `acts`: who looks has the contact."""
    return LineView(
        call.spot,
        call.held,
        call.paused,
        call.recording,
        call.outbound,
        _number(head, call, reader),
        iso(call.started_at),
        tuple(_leg(leg, names, reader) for leg in sorted(call.legs, key=_place)),
        may_be_done(call) if acts else (),
    )


def going_on(calls: Iterable[Call], case: OpenCase) -> Call | None:
    """The call of this case in which somebody is on the line, or is to be rung; the last, should there be
    two.
    """
    here = (call for call in calls if call.case_id == case.id)
    live = [call for call in here if goes_on(call) or any(not leg.over for leg in call.legs)]
    return max(live, key=lambda call: call.started_at, default=None)


def people_in(call: Call) -> set[str]:
    """The agents whose names are shown."""
    return {leg.who for leg in call.legs if leg.who}


def _place(leg: Leg) -> tuple[bool, str]:
    """The customer first, then in the order in which they were rung."""
    return leg.role is not LegRole.CUSTOMER, leg.id


def _leg(leg: Leg, names: Mapping[str, str], reader: Reader) -> LegView:
    outside = _readable(leg.to, reader) if leg.role is LegRole.NUMBER else ""
    name = names.get(leg.who, "") if leg.who else outside
    return LegView(leg.id, leg.role, name, leg.state, iso(leg.at), leg.reason)


def _number(head: Head, call: Call, reader: Reader) -> str:
    here = on_call(head, call)
    if call.number or here.going is None:
        return _readable(call.number, reader) if call.number else ""
    return display(here.going.way.address, reader.region, reader.language)


def _readable(number: str, reader: Reader) -> str:
    return display(Address("phone", number), reader.region, reader.language)
