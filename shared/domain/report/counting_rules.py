"""What each fact counts: one rule per name. A measure is a whole number, not negative.

The keys of a fact's data are those of events/bus/<Name>.json.
"""

from collections.abc import Callable, Mapping

from shared.domain.centre import Centre
from shared.domain.customer.suppression import (
    COMPLAINED,
    NO_SUCH_ADDRESS,
    ON_SUPPRESSION_LIST,
    OPTED_OUT,
    UNSUBSCRIBED,
)
from shared.domain.errors import Rejected
from shared.domain.report.counting_legs import (
    Amounts,
    completed,
    consulted,
    count,
    in_time,
    left_alone,
    measure,
    placed,
    slots,
    tried,
    word,
    wrapped,
)
from shared.domain.report.figures import MEASURES
from shared.domain.timeline.bus_facts import Fact
from shared.domain.timeline.entry import ELSEWHERE

SELF_SERVED = "self_served"


def _received(fact: Fact, centre: Centre) -> Amounts:
    return {"messages_received": 1, "media_received": count(fact, "media")}


def _sent(fact: Fact, centre: Centre) -> Amounts:
    """What our side said elsewhere is no work of this centre's."""
    if fact.actor == ELSEWHERE:
        return {}
    first = fact.data.get("first_reply_ms") is not None
    return {"messages_sent": 1, "first_replies": int(first), "first_reply_ms": count(fact, "first_reply_ms")}


FAILED = {"survey_asked": "surveys_failed", "message_sent": "messages_failed"}


def _failed(fact: Fact, centre: Centre) -> Amounts:
    """`of` is the kind of entry that did not arrive; a code that did not arrive counts nowhere."""
    of = word(fact, "of") or "message_sent"
    return {FAILED[of]: 1, "messages_bounced": int(bool(fact.data.get("bounced")))} if of in FAILED else {}


def _opened(fact: Fact, centre: Centre) -> Amounts:
    return {"cases_reopened" if fact.data.get("reopened") else "cases_opened": 1}


def _queued(fact: Fact, centre: Centre) -> Amounts:
    """A contact whose agent is gone names that agent; it keeps its age and is no new one."""
    if not word(fact, "agent"):
        return {"contacts_queued": 1}
    return {"contacts_requeued": 1, "slot_ms": slots(fact, count(fact, "handle_ms"))}


def _offered(fact: Fact, centre: Centre) -> Amounts:
    return {"offers_made": 1}


ENDED = {"declined": "offers_declined", "expired": "offers_expired", "withdrawn": "offers_withdrawn"}


def _offer_ended(fact: Fact, centre: Centre) -> Amounts:
    return {ENDED.get(word(fact, "how"), "offers_withdrawn"): 1, "ring_ms": count(fact, "rang_ms")}


def _assigned(fact: Fact, centre: Centre) -> Amounts:
    waited = measure(fact, "queue_ms")
    return {
        "contacts_handled": 1,
        "contacts_handled_in_time": in_time(waited, fact, centre),
        "queue_answer_ms": waited,
        "offers_accepted": int(bool(fact.data.get("offer_id"))),
        "ring_ms": count(fact, "rang_ms"),
        "contacts_transferred_in": int(bool(fact.data.get("transferred"))),
    }


def _ended(fact: Fact, centre: Centre) -> Amounts:
    """A contact of its own may end with it: handled, or given up while it waited. `before`: the exchange had
    ended and was counted, and the contact went on.
    """
    handled = completed(fact) if word(fact, "agent") else {}
    return {"interactions_ended": int(not fact.data.get("before"))} | handled | _abandoned(fact, centre)


def _closed(fact: Fact, centre: Centre) -> Amounts:
    solved, many = int(bool(fact.data.get("solved"))), int(count(fact, "channels") > 1)
    amounts = {
        "cases_closed": 1,
        "cases_solved": solved,
        "cases_multichannel": many,
        "cases_multichannel_solved": solved * many,
        "resolution_ms": measure(fact, "resolution_ms"),
    }
    if word(fact, "disposition") == SELF_SERVED:  # by a flow: nobody was needed
        return amounts
    handled = word(fact, "agent") and not fact.data.get("abandoned")
    return amounts | (completed(fact) if handled else {"cases_unanswered": 1} | _abandoned(fact, centre))


def _abandoned(fact: Fact, centre: Centre) -> Amounts:
    """The contact left the queue with the exchange or with the case, whichever of the two says so."""
    if not fact.data.get("abandoned"):
        return {}
    waited = measure(fact, "waited_ms")
    soon = in_time(waited, fact, centre)
    return {"contacts_abandoned": 1, "contacts_abandoned_in_time": soon, "abandon_ms": waited}


def _callback_requested(fact: Fact, centre: Centre) -> Amounts:
    """Who is to be called left the queue, or the agent who had them; a changed wish is no new one."""
    first = {} if fact.data.get("again") else {"callbacks_requested": 1}
    had = completed(fact) if word(fact, "agent") else {}
    if fact.data.get("waited_ms") is None:
        return first | had
    soon = in_time(measure(fact, "waited_ms"), fact, centre)
    return first | had | {"contacts_to_callback": 1, "contacts_to_callback_in_time": soon}


def _asked(fact: Fact, centre: Centre) -> Amounts:
    return {"surveys_asked": 1}


def _answered(fact: Fact, centre: Centre) -> Amounts:
    score, scale = measure(fact, "score"), measure(fact, "scale")
    if not 1 <= score <= scale:
        raise Rejected(f"{fact.name} with a score outside its scale")
    return {
        "surveys_answered": 1,
        "surveys_satisfied": int(score >= scale - 1),
        "survey_score_percent": score * 100 // scale,
    }


# Reasons that the figures count together with another one.
ALSO = {
    UNSUBSCRIBED: OPTED_OUT,
    COMPLAINED: OPTED_OUT,
    NO_SUCH_ADDRESS: "unreachable",
    ON_SUPPRESSION_LIST: "unreachable",
}


def _suppressed(fact: Fact, centre: Centre) -> Amounts:
    reason = word(fact, "reason")
    why = f"surveys_suppressed_{ALSO.get(reason, reason)}"
    return {"surveys_suppressed": 1, why if why in MEASURES else "surveys_suppressed_other": 1}


def _once(*measures: str) -> Callable[[Fact, Centre], Amounts]:
    return lambda fact, centre: dict.fromkeys(measures, 1)


RULES: Mapping[str, Callable[[Fact, Centre], Amounts]] = {
    "MessageReceived": _received,
    "MessageSent": _sent,
    "DeliveryFailed": _failed,
    "CaseOpened": _opened,
    "InteractionQueued": _queued,
    "OfferMade": _offered,
    "OfferEnded": _offer_ended,
    "Assigned": _assigned,
    "CallPlaced": placed,
    "InteractionEnded": _ended,
    "CaseClosed": _closed,
    "CaseSnoozed": left_alone,
    "WrappedUp": wrapped,
    "ConsultEnded": consulted,
    "SurveyAsked": _asked,
    "SurveyAnswered": _answered,
    "SurveySuppressed": _suppressed,
    "CallbackRequested": _callback_requested,
    "CallbackCancelled": _once("callbacks_cancelled"),
    "CallbackTried": tried,
    "Complained": _once("complaints"),
    "OptedOut": _once("opted_out"),
    "OptedIn": _once("opted_in"),
    "CodeSent": _once("codes_sent"),
    "CodeRefused": _once("codes_refused"),
    "AddressLinked": _once("addresses_linked"),
    "CustomersMerged": _once("addresses_linked", "customers_merged"),
}
