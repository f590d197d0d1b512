"""Facts as they come from the bus: the fewest data each kind must carry, to be varied by tests."""

from collections.abc import Mapping
from datetime import UTC, datetime

from shared.domain.timeline.bus_facts import Fact
from shared.domain.timeline.entry import Scalar

NOON = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)  # 12:00 in Seoul

LEAST: Mapping[str, Mapping[str, Scalar]] = {
    "MessageReceived": {"queue": "main", "door": "sms"},
    "NoteAdded": {},
    "MessageSent": {"queue": "main", "agent": "one"},
    "DeliveryFailed": {"queue": "main", "agent": "one", "of": "message_sent"},
    "Complained": {"queue": "main", "agent": "one"},
    "CaseOpened": {"queue": "main", "door": "sms", "reopened": False},
    "InteractionQueued": {"queue": "main"},
    "CallPlaced": {"queue": "main", "agent": "one"},
    "CallStarted": {"queue": "main", "door": "voice"},
    "LegChanged": {"leg": "l1", "role": "agent", "state": "talking", "door": "voice"},
    "CallRecorded": {"state": "completed", "seconds": 12, "media": 1, "door": "voice"},
    "CallTranscribed": {"door": "voice"},
    "InteractionMoved": {
        "queue": "second",
        "came_from": "main",
        "reason": "overflow",
        "needs": "english.2",
        "priority": 5,
        "waited_ms": 90_000,
    },
    "OfferMade": {"queue": "main", "agent": "one", "offer_id": "o1", "waited_ms": 1000, "reason": "longest"},
    "OfferEnded": {"queue": "main", "agent": "one", "offer_id": "o1", "how": "expired", "rang_ms": 30_000},
    "Assigned": {"queue": "main", "agent": "one", "offer_id": "o1", "queue_ms": 5000, "rang_ms": 2000},
    "InteractionEnded": {"queue": "main", "by": "customer"},
    "CaseClosed": {
        "queue": "main",
        "agent": "one",
        "disposition": "solved",
        "solved": True,
        "channels": 1,
        "resolution_ms": 90_000,
        "handle_ms": 60_000,
        "places": 5,
        "wrap_ms": 10_000,
    },
    "CallbackRequested": {"queue": "main", "door": "chat", "waited_ms": 9000},
    "CallbackCancelled": {"queue": "main", "door": "chat"},
    "CallbackRefused": {"door": "chat", "reason": "callback_bad_number"},
    "CallbackTried": {"queue": "main", "agent": "one", "reached": True, "try": 1},
    "SurveyAsked": {"queue": "main", "agent": "one", "scale": 5},
    "SurveyAnswered": {"queue": "main", "agent": "one", "score": 5, "scale": 5, "door": "sms"},
    "SurveySuppressed": {"queue": "main", "agent": "one", "reason": "opted_out"},
    "OptedOut": {"door": "sms"},
    "OptedIn": {"door": "sms"},
    "CodeSent": {"proof": "p1", "until": "2026-03-02T03:05:00.000Z", "door": "chat"},
    "CodeRefused": {"door": "chat"},
    "AddressLinked": {"door": "chat", "evidence": "code"},
    "PresenceChanged": {"agent": "one", "before": "available", "after": "break", "lasted_ms": 600_000},
    "WrappedUp": {"queue": "main", "agent": "one", "how": "done", "wrap_ms": 20_000, "places": 5},
    "Transferred": {
        "queue": "main",
        "agent": "one",
        "how": "cold",
        "to_queue": "second",
        "to_agent": "",
        "handle_ms": 60_000,
        "places": 5,
    },
    "ConsultEnded": {"queue": "main", "agent": "two", "how": "done", "handle_ms": 30_000, "places": 5},
    "CaseTagged": {"tags": "delivery vip", "agent": "one"},
    "CaseSnoozed": {
        "agent": "one",
        "queue": "main",
        "until": "2026-03-02T03:05:00.000Z",
        "handle_ms": 60_000,
        "places": 5,
    },
    "CaseWoken": {"how": "time", "agent": "one", "queue": "main"},
    "ProfileChanged": {"fields": "name company", "agent": "one"},
    "CustomersMerged": {"door": "chat", "evidence": "code"},
}


def a_fact(
    name: str,
    *,
    seq: int = 1,
    at: datetime = NOON,
    channel: str = "sms",
    customer_id: str = "c1",
    **data: Scalar,
) -> Fact:
    told = {key: value for key, value in {**LEAST[name], **data}.items() if value is not None}
    return Fact(name, f"e{seq}", at, customer_id, seq, "case1", "int1", channel, "system", told)
