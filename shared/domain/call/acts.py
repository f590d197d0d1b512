"""What an agent may do with a call that goes on, and what it makes of the call."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from shared.domain.call.leg_words import in_room
from shared.domain.customer.call import Call, Leg, LegRole, LegState, RecordingState
from shared.domain.errors import Refused

HOLD, RESUME, HANG_UP = "hold", "resume", "hang_up"
PAUSE, GO_ON, ADD, DROP, PLACE = "pause_recording", "resume_recording", "add", "drop", "place"
MOST_NUMBERS = 3
RUNS = (RecordingState.CLAIMED, RecordingState.IN_PROGRESS, RecordingState.PAUSED)
STAYS = (LegRole.CUSTOMER, LegRole.AGENT)  # who is let go only with the call


def goes_on(call: Call) -> bool:
    """Whether anybody is on the line, or is to be rung, and nobody has hung up for all."""
    to_come = call.outbound and not call.legs
    return not call.ending and (to_come or any(not leg.over for leg in call.legs))


def may_be_done(call: Call) -> tuple[str, ...]:
    """The acts that fit now, for who has the contact."""
    return tuple(act for act, refusal in REFUSALS.items() if not refusal(call))


def acted(call: Call, act: str, leg: str = "", number: str = "") -> Call:
    """Refused with 409: `no_call`, `not_together`, `already_held`, `not_held`, `not_recorded`,
    `recording_paused`, `recording_runs`, `no_leg`, `in_it_already`, `too_many_numbers`.
    """
    if refusal := REFUSALS[act](call):
        raise Refused(refusal, status=409)
    if act == ADD:
        return _with_number(call, number)
    return _without(call, leg) if act == DROP else replace(call, **WISHES[act])  # type: ignore[arg-type]


WISHES: Mapping[str, Mapping[str, object]] = {
    HOLD: {"held": True},
    RESUME: {"held": False},
    PAUSE: {"paused": True},
    GO_ON: {"paused": False},
    HANG_UP: {"ending": True},
}


def _together(call: Call) -> str:
    if not goes_on(call):
        return "no_call"
    talks = any(leg.state is LegState.TALKING for leg in call.staff())
    return "" if in_room(call) and talks else "not_together"


def _hold(call: Call) -> str:
    return _together(call) or ("already_held" if call.held else "")


def _resume(call: Call) -> str:
    return _together(call) or ("" if call.held else "not_held")


def _pause(call: Call) -> str:
    return _records(call) or ("recording_paused" if call.paused else "")


def _go_on(call: Call) -> str:
    return _records(call) or ("" if call.paused else "recording_runs")


def _records(call: Call) -> str:
    return _together(call) or ("" if call.recording in RUNS else "not_recorded")


def _drop(call: Call) -> str:
    if not goes_on(call):
        return "no_call"
    return "" if _guests(call) else "no_leg"


def _guests(call: Call) -> list[Leg]:
    return [leg for leg in call.staff() if leg.role not in STAYS]


def without_gone(call: Call) -> Call:
    """Guests whose line is over are not wished for any more: who did not answer can be rung again."""
    guests = [leg for leg in call.legs if leg.role in (LegRole.NUMBER, LegRole.SUPERVISOR)]
    stay = {leg.who or leg.to for leg in guests if not leg.over}
    gone = {leg.who or leg.to for leg in guests} - stay
    return replace(
        call,
        legs=tuple(leg for leg in call.legs if not (leg in guests and leg.over)),
        numbers=tuple(number for number in call.numbers if number not in gone),
        listeners=tuple(one for one in call.listeners if one[0] not in gone),
    )


def _with_number(call: Call, number: str) -> Call:
    call = without_gone(call)
    if number in call.numbers:
        raise Refused("in_it_already", status=409)
    if len(call.numbers) >= MOST_NUMBERS:
        raise Refused("too_many_numbers", status=409)
    return replace(call, numbers=(*call.numbers, number))


def _without(call: Call, leg_id: str) -> Call:
    """Whoever the leg is of is not wished for any more. A colleague who gives advice is let go by ending the
    advice.
    """
    leg = next((one for one in _guests(call) if one.id == leg_id), None)
    if leg is None:
        raise Refused("no_leg", status=409)
    numbers = tuple(number for number in call.numbers if leg.who or number != leg.to)
    return replace(call, numbers=numbers, listeners=tuple(one for one in call.listeners if one[0] != leg.who))


REFUSALS: Mapping[str, Callable[[Call], str]] = {
    HOLD: _hold,
    RESUME: _resume,
    PAUSE: _pause,
    GO_ON: _go_on,
    ADD: _together,
    DROP: _drop,
    HANG_UP: lambda call: "" if goes_on(call) else "no_call",
}
