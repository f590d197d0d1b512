"""Recordings beside the one of the call as it stands: a word that was left, and those of earlier tries."""

from collections.abc import Callable
from dataclasses import replace

from shared.domain.call.order import Act, Order
from shared.domain.call.recording_words import recording_of
from shared.domain.channel.carriage import Later, NoAnswer, Result
from shared.domain.customer.call import Call
from shared.domain.errors import TryAgain
from shared.domain.timeline.content import PartState
from shared.use_cases.call.line_now import LineNow

Ask = Callable[[LineNow, Order, Call], Result | NoAnswer]


def delete_recordings(line: LineNow, ask: Ask) -> None:
    """Those of this line of the timeline that lie in our bucket, where the settings do not leave them with
    the carrier. One that is gone already is a success, so nobody remembers it. Raises TryAgain.
    """
    if not line.now.centre.calls.delete_recordings:
        return
    stored = (part for part in line.entry.content.parts if part.state is PartState.STORED)
    for sid in (recording_of(part) for part in stored):
        if sid and sid != line.call.recording_sid:
            result = ask(line, Order(Act.DELETE), replace(line.call, recording_sid=sid))
            if isinstance(result, Later | NoAnswer):
                raise TryAgain(result.reason)
