"""Facts: what the bus says about an entry. Ids and measures, never text nor addresses."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from shared.domain.timeline.entry import Delivery, Entry, Kind, Scalar


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


NAMES = {
    Kind.MESSAGE_RECEIVED: "MessageReceived",
    Kind.MESSAGE_SENT: "MessageSent",
    Kind.OFFER_MADE: "OfferMade",
    Kind.OFFER_ENDED: "OfferEnded",
    Kind.ASSIGNED: "Assigned",
    Kind.REQUEUED: "InteractionQueued",
    Kind.INTERACTION_ENDED: "InteractionEnded",
    Kind.CASE_CLOSED: "CaseClosed",
    Kind.SURVEY_ASKED: "SurveyAsked",
    Kind.SURVEY_ANSWERED: "SurveyAnswered",
    Kind.SURVEY_SUPPRESSED: "SurveySuppressed",
    Kind.CODE_SENT: "CodeSent",
    Kind.CODE_REFUSED: "CodeRefused",
    Kind.ADDRESS_LINKED: "AddressLinked",
    Kind.CUSTOMERS_MERGED: "CustomersMerged",
    Kind.OPTED_OUT: "OptedOut",
    Kind.OPTED_IN: "OptedIn",
    Kind.PRESENCE_CHANGED: "PresenceChanged",
}


def facts(entry: Entry) -> tuple[Fact, ...]:
    """The facts of a new entry: its own, and those of what it began.

    `case_opened` and `queued` among the entry's facts say that the message opened a case or put it
    into a queue; they are facts of their own because others listen to them. What was imported is no news.
    """
    if entry.imported:
        return ()
    names = [NAMES[entry.kind]] if entry.kind in NAMES else []
    if entry.facts.get("case_opened"):
        names.append("CaseOpened")
    if entry.facts.get("queued"):
        names.append("InteractionQueued")
    return tuple(_fact(name, entry) for name in dict.fromkeys(names))


def state_facts(before: Entry, after: Entry) -> tuple[Fact, ...]:
    """The facts of a changed delivery state: only a failure is news to anybody outside the desk.

    `of` is the kind of entry that did not arrive: a survey that failed is no message that failed.
    """
    failed = after.delivery is Delivery.FAILED and before.delivery is not Delivery.FAILED
    told = replace(after, facts={**after.facts, "of": after.kind})
    return (_fact("DeliveryFailed", told),) if failed else ()


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
