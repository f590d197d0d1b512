"""One message through the centre: by each provider's door to the ledger, and to nobody's ear.

It is signed as the provider signs, has no words, and is counted as ignored by
shared/domain/channel/self_check.py.
"""

import time
import uuid
from collections.abc import Iterator

from infra.cli.answer import NothingRuns
from infra.cli.line import Line
from infra.cli.place import Place
from infra.cli.say_as import said_as
from infra.local.providers import block, carried
from shared.domain.change import Ref
from shared.domain.channel.receipt import Receipt
from shared.domain.channel.self_check import BEGINS

PATIENCE = 60.0  # seconds; three functions may start cold, and a queue may be long
LOOK_EVERY = 0.5
SENDER = "patchbay-doctor"


def through(place: Place, patience: float = PATIENCE) -> Iterator[Line]:
    names = [traits.name for traits in carried() if f"{block(traits.name)}SecretId" in place.outputs]
    if not names:
        yield Line("message: none sent, as no provider's channel is switched on")
    for channel in names:
        yield _sent(place, channel, patience)


def _sent(place: Place, channel: str, patience: float) -> Line:
    begun = time.monotonic()
    try:
        status, id = said_as(place, channel, SENDER, "", f"{BEGINS}{uuid.uuid4().hex}")
    except NothingRuns as silence:
        return Line(f"message: {channel} did not reach its door. {silence}", wrong=True)
    if not 200 <= status < 300:
        return Line(_refused(channel, status), wrong=True)
    seen = _noted(channel, id, begun + patience)
    if seen is None:
        return Line(
            f"message: {channel} accepted, but not in the ledger after {patience:g} seconds; see"
            " `patchbay logs Router` and docs/runbook.md#inbound-age.",
            wrong=True,
        )
    took = time.monotonic() - begun
    return Line(f"message: {channel} accepted, in the ledger as {seen.outcome}: {seen.reason} ({took:.1f} s)")


def _refused(channel: str, status: int) -> str:
    why = {
        401: "the door does not believe our signature: is PublicUrl the address it is reached under?",
        403: "it did not come through CloudFront, or was stopped there",
        429: "the account may run too few functions at once, or the doors are throttled",
    }
    return f"message: {channel} refused with {status}: {why.get(status, 'see docs/runbook.md#doors-fail')}"


def _noted(channel: str, id: str, until: float) -> Receipt | None:
    from shared.edge.wiring import ports

    while True:
        receipt = ports().store.get(Ref(Receipt, channel, id))
        if receipt or time.monotonic() > until:
            return receipt
        time.sleep(LOOK_EVERY)
