"""delivery queue → the entries: states rise by rank, a batch in one transaction."""

from collections.abc import Sequence
from typing import Any

from functions import channels
from shared.adapters import codec
from shared.domain.channel.arrival import Ignored, StateUpdate
from shared.domain.channel.commands import Raw
from shared.domain.channel.receipt import Outcome
from shared.domain.errors import Malformed, Rejected
from shared.edge.batch import Delivered, consume_together
from shared.edge.early import early
from shared.edge.observability import logger
from shared.edge.raws import settled
from shared.edge.self_check import answers_self_check
from shared.edge.wiring import ports
from shared.use_cases.channel.record_states import RecordStates
from shared.use_cases.channel.set_aside import SetAside


@answers_self_check
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return consume_together(event, record)


def record(records: Sequence[Delivered]) -> Sequence[Delivered]:
    """What no channel understands is written down as rejected; what is no event at all, stays, and what
    speaks of a message whose name we do not know yet.
    """
    told, failed = [], []
    for each in records:
        try:
            raw = codec.decode(each.body, Raw)
            told.append((each, raw, parse(raw)))
        except Malformed as error:
            logger().error("state_malformed", record=each.id, reason=str(error))
            failed.append(each)
    early = RecordStates(ports().store, channels.now)([(raw, parsed) for _, raw, parsed in told if parsed])
    settled(raw for _, raw, _ in told if raw not in early)
    return [*failed, *(each for each, raw, _ in told if raw in early)]


def parse(raw: Raw) -> StateUpdate | Ignored | None:
    try:
        told: StateUpdate | Ignored = channels.load(raw.channel).inbound.parse_state(raw)
        return told
    except (Rejected, KeyError) as reason:
        SetAside(ports().store, channels.now)(raw, Outcome.REJECTED, str(reason))
        return None


early("store", "settings", then=lambda: channels.imported("inbound"))
