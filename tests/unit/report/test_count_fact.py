"""What each fact adds to the figures and to the ledger."""

from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared.domain.centre import Centre
from shared.domain.change import Add
from shared.domain.channel.receipt import Tally
from shared.domain.errors import Rejected
from shared.domain.queue import Queue
from shared.domain.report.count_fact import NOT_COUNTED, count_fact, together
from shared.domain.report.figures import Figure
from shared.domain.timeline.bus_facts import NAMES, Fact
from tests.support.facts import LEAST, NOON, a_fact

SEOUL = Centre(zone="Asia/Seoul", service_level_seconds=30)


def added(fact: Fact) -> dict[str, int]:
    return {
        name: n
        for add in count_fact(fact, SEOUL)
        if isinstance(add.item, Figure)
        for name, n in add.amounts.items()
    }


def keys(fact: Fact) -> list[Any]:
    return [add.item for add in count_fact(fact, SEOUL)]


@pytest.mark.parametrize(
    ("name", "data", "amounts"),
    [
        ("MessageReceived", {"media": 2}, {"messages_received": 1, "media_received": 2}),
        ("MessageSent", {}, {"messages_sent": 1}),
        (
            "MessageSent",
            {"first_reply_ms": 4000},
            {"messages_sent": 1, "first_replies": 1, "first_reply_ms": 4000},
        ),
        ("MessageSent", {"first_reply_ms": 0}, {"messages_sent": 1, "first_replies": 1}),
        ("DeliveryFailed", {}, {"messages_failed": 1}),
        ("DeliveryFailed", {"of": "survey_asked"}, {"surveys_failed": 1}),
        ("DeliveryFailed", {"of": "code_sent"}, {}),
        ("DeliveryFailed", {"bounced": True}, {"messages_failed": 1, "messages_bounced": 1}),
        (
            "DeliveryFailed",
            {"of": "survey_asked", "bounced": True},
            {"surveys_failed": 1, "messages_bounced": 1},
        ),
        ("Complained", {}, {"complaints": 1}),
        (
            "SurveySuppressed",
            {"reason": "complained"},
            {"surveys_suppressed": 1, "surveys_suppressed_opted_out": 1},
        ),
        (
            "SurveySuppressed",
            {"reason": "no_such_address"},
            {"surveys_suppressed": 1, "surveys_suppressed_unreachable": 1},
        ),
        ("CaseOpened", {}, {"cases_opened": 1}),
        ("CaseOpened", {"reopened": True}, {"cases_reopened": 1}),
        ("InteractionQueued", {}, {"contacts_queued": 1}),
        ("InteractionQueued", {"agent": "one", "reason": "gone"}, {"contacts_requeued": 1}),
        ("OfferMade", {}, {"offers_made": 1}),
        ("OfferEnded", {}, {"offers_expired": 1, "ring_ms": 30_000}),
        ("OfferEnded", {"how": "declined", "rang_ms": 10}, {"offers_declined": 1, "ring_ms": 10}),
        ("OfferEnded", {"how": "withdrawn", "rang_ms": 0}, {"offers_withdrawn": 1}),
        (
            "Assigned",
            {"queue_ms": 30_000},
            {
                "contacts_handled": 1,
                "contacts_handled_in_time": 1,
                "queue_answer_ms": 30_000,
                "offers_accepted": 1,
                "ring_ms": 2000,
            },
        ),
        (
            "Assigned",
            {"queue_ms": 30_001, "offer_id": None, "rang_ms": None},
            {"contacts_handled": 1, "queue_answer_ms": 30_001},
        ),
        ("InteractionEnded", {}, {"interactions_ended": 1}),
        (
            "CaseClosed",
            {},
            {
                "cases_closed": 1,
                "cases_solved": 1,
                "resolution_ms": 90_000,
                "contacts_completed": 1,
                "handle_ms": 60_000,
                "wrap_ms": 10_000,
                "slot_ms": 20_000,
            },
        ),
        (
            "CaseClosed",
            {"agent": None, "abandoned": True, "waited_ms": 40_000, "solved": False, "handle_ms": None},
            {
                "cases_closed": 1,
                "resolution_ms": 90_000,
                "cases_unanswered": 1,
                "contacts_abandoned": 1,
                "abandon_ms": 40_000,
            },
        ),
        ("SurveyAsked", {}, {"surveys_asked": 1}),
        (
            "SurveyAnswered",
            {"score": 4},
            {"surveys_answered": 1, "surveys_satisfied": 1, "survey_score_percent": 80},
        ),
        ("SurveyAnswered", {"score": 3}, {"surveys_answered": 1, "survey_score_percent": 60}),
        ("SurveySuppressed", {}, {"surveys_suppressed": 1, "surveys_suppressed_opted_out": 1}),
        (
            "SurveySuppressed",
            {"reason": "a new one"},
            {"surveys_suppressed": 1, "surveys_suppressed_other": 1},
        ),
        ("CodeSent", {}, {"codes_sent": 1}),
        ("PresenceChanged", {}, {"available_ms": 600_000}),
        ("PresenceChanged", {"before": "offline"}, {}),
        ("PresenceChanged", {"before": "busy"}, {"other_custom_ms": 600_000}),
        ("CustomersMerged", {}, {"addresses_linked": 1, "customers_merged": 1}),
    ],
)
def test_a_fact_adds_exactly_this(name: str, data: dict[str, Any], amounts: dict[str, int]) -> None:
    assert added(a_fact(name, **data)) == amounts


def test_a_case_on_two_channels_counts_as_multichannel() -> None:
    amounts = added(a_fact("CaseClosed", channels=2))

    assert (amounts["cases_multichannel"], amounts["cases_multichannel_solved"]) == (1, 1)


def test_the_row_is_the_hour_of_the_centre_with_channel_queue_and_agent() -> None:
    late = datetime(2026, 3, 1, 15, 30, tzinfo=UTC)

    assert keys(a_fact("MessageSent", at=late)) == [Figure("2026-03-02", 0, "sms", "main", "one")]


def test_the_door_is_counted_once_for_an_entry_that_announces_several_facts() -> None:
    names = ("MessageReceived", "CaseOpened", "InteractionQueued", "DeliveryFailed")
    facts = [a_fact(name, door="sms") for name in names]

    tallies = [item for fact in facts for item in keys(fact) if isinstance(item, Tally)]

    assert tallies == [Tally("2026-03-02", "sms")]


def test_the_ledger_takes_the_day_of_the_centre() -> None:
    midnight = datetime(2026, 3, 1, 15, 0, tzinfo=UTC)

    days = [
        keys(a_fact("OptedOut", at=midnight + late))[-1].day
        for late in (-timedelta(milliseconds=1), timedelta())
    ]

    assert days == ["2026-03-01", "2026-03-02"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("Assigned", {"queue_ms": None}),
        ("Assigned", {"queue_ms": "5"}),
        ("Assigned", {"queue_ms": True}),
        ("CaseClosed", {"resolution_ms": 1.5}),
        ("SurveyAnswered", {"score": 9}),
        ("MessageReceived", {"queue": 7}),
    ],
)
def test_a_measure_that_makes_no_sense_is_rejected(name: str, data: dict[str, Any]) -> None:
    with pytest.raises(Rejected):
        count_fact(a_fact(name, **data), SEOUL)


def test_two_clocks_that_disagree_give_no_negative_time() -> None:
    assert "queue_answer_ms" not in added(a_fact("Assigned", queue_ms=-3))


def test_in_time_is_what_the_goal_of_its_queue_says() -> None:
    centre = replace(SEOUL, queues=(Queue("main"), Queue("quick", service_level_seconds=5)))

    def in_time(queue: str) -> int:
        add = count_fact(a_fact("Assigned", queue=queue, queue_ms=10_000), centre)[0]
        return add.amounts.get("contacts_handled_in_time", 0)

    assert (in_time("main"), in_time("quick")) == (1, 0)


def test_presence_is_cut_at_the_hours_of_the_centre() -> None:
    until = datetime(2026, 3, 2, 3, 10, tzinfo=UTC)

    adds = count_fact(
        a_fact("PresenceChanged", at=until, lasted_ms=80 * 60_000), Centre(zone="Asia/Kathmandu")
    )

    assert [(add.item.hour, add.amounts["available_ms"] // 60_000) for add in adds] == [  # type: ignore[attr-defined]
        (7, 25),
        (8, 55),
    ]


def test_a_desk_forgotten_for_a_month_is_still_one_small_transaction() -> None:
    month = timedelta(days=30) // timedelta(milliseconds=1)

    adds = count_fact(a_fact("PresenceChanged", lasted_ms=month), SEOUL)

    assert len(adds) <= 50
    assert sum(add.amounts["available_ms"] for add in adds) == month


def test_the_same_item_is_added_to_once() -> None:
    figure = Figure("2026-03-02", 12, "sms", "main")

    adds = together([Add(figure, {"opted_in": 1}), Add(figure, {"opted_in": 2, "opted_out": 1})])

    assert adds == (Add(figure, {"opted_in": 3, "opted_out": 1}),)


def test_every_fact_of_the_house_is_known_to_the_figures() -> None:
    assert set(LEAST) == NAMES
    assert {name for name in LEAST if not count_fact(a_fact(name), SEOUL)} == {*NOT_COUNTED}
    assert count_fact(replace(a_fact("OptedIn"), name="SomethingNewer", data={}), SEOUL) == ()


def test_no_amount_is_zero_and_every_amount_is_a_measure() -> None:
    for name in LEAST:
        for add in count_fact(a_fact(name, at=NOON), SEOUL):
            assert all(add.amounts.values())
            assert set(add.amounts) <= set(asdict(add.item))  # type: ignore[call-overload]
