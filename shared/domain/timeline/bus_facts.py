"""Facts: what the bus says about an entry. Ids and measures, never text nor addresses."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from shared.domain.customer.suppression import NO_SUCH_ADDRESS
from shared.domain.timeline.entry import CASE, CONTACT, INSIDE, Delivery, Entry, Scalar
from shared.domain.timeline.kinds import KINDS


@dataclass(frozen=True, slots=True)
class Fact:
    """One bus event. `id` is the entry's id; (customer_id, seq, name) says which line it came from."""

    name: str
    id: str
    at: datetime
    customer_id: str
    seq: int
    case_id: str
    interaction_id: str
    channel: str
    actor: str
    data: Mapping[str, Scalar]
    v: int = 1


BEGUN = {CASE: "CaseOpened", CONTACT: "InteractionQueued"}
NAMES = frozenset(
    {*(row.fact for row in KINDS.values() if row.fact), *BEGUN.values(), "DeliveryFailed", "Complained"}
)


def facts(entry: Entry) -> tuple[Fact, ...]:
    """The facts of a new entry: its own, and those of what it began.

    What a message began (a case, a contact) is a fact of its own, because others listen to it. What was
    imported is no news; nor is a reply that is held, before it leaves.
    """
    if entry.imported or entry.delivery in INSIDE:
        return ()
    names = (KINDS[entry.kind].fact, *(BEGUN[what] for what in entry.signals.begins))
    return tuple(_fact(name, entry) for name in dict.fromkeys(names) if name)


def state_facts(before: Entry, after: Entry) -> tuple[Fact, ...]:
    """The facts of a changed delivery state: a reply that was held leaves now, a failure, and a complaint of
    who got the message.

    `of` is the kind of entry that did not arrive: a survey that failed is no message that failed. `bounced`:
    it came back, because there is no such address.
    """
    failed = after.delivery is Delivery.FAILED and before.delivery is not Delivery.FAILED
    bounced = {"bounced": True} if after.delivery_reason == NO_SUCH_ADDRESS else {}
    told = replace(after, facts={**after.facts, "of": after.kind, **bounced})
    lost = (_fact("DeliveryFailed", told),) if failed else ()
    complained = after.complained and not before.complained
    left = facts(after) if before.delivery is Delivery.HELD else ()
    return (*left, *lost, *((_fact("Complained", after),) if complained else ()))


def _fact(name: str, entry: Entry) -> Fact:
    return Fact(
        name,
        entry.id,
        entry.at,
        entry.timeline,
        entry.seq,
        entry.case_id,
        entry.interaction_id,
        entry.channel,
        entry.actor,
        dict(entry.facts),
    )
