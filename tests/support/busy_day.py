"""What supervisors see of a day in full swing, and of one on which nothing happens."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from shared.domain.desk.inbox import ABUSED, STEPPED_IN
from shared.domain.desk.labels import labels
from shared.domain.desk.live_view import Live, LiveAgent, LiveQueue, doing
from shared.domain.desk.open_view import OpenView
from shared.domain.desk.waiting_view import WaitingPage, WaitingView
from shared.domain.desk.why_view import CandidateView, ContactWhy, OfferWhy, WaitsWhy
from shared.domain.report.figures import Figure
from shared.domain.report.formulas import row, totals
from shared.domain.report.wall import WallQueue, shown, wall
from shared.domain.routing.staff import Presence, RoutingStatus
from shared.domain.times import iso
from shared.use_cases.desk.see_notices import NoticeView
from shared.use_cases.report.see_agents import AgentDay
from shared.use_cases.report.see_reports import ReportFile
from tests.support.full_settings import FULL
from tests.support.lone_page import moment

DAY = date(2026, 3, 2)


def ago(minutes: float) -> str:
    return iso(datetime.now(UTC) - timedelta(minutes=minutes))


def live(busy: bool = True) -> Live:
    named = labels(FULL).queues
    queues = (
        LiveQueue("main", 12, 754, named["main"], 4, 1, goal_seconds=30),
        LiveQueue("billing", 0, None, named["billing"], 2, 0, "draining", "S", "Friday", "main", None, 120),
        LiveQueue("night", 3, 41, named["night"], 0, 0, "closed", "S", "", "", moment(900), 30),
    )
    told = Live(queues, tuple(_people()))
    return told if busy else _quiet(told)


def _people() -> Iterator[LiveAgent]:
    yes, off, rest = Presence.AVAILABLE, Presence.OFFLINE, Presence.BREAK
    made: tuple[tuple[Any, ...], ...] = (
        ("A", "Agent One", yes, RoutingStatus.INTERACTING, 2, ago(63), "", False, ("sms", "chat"), 10),
        ("B", "김서연", yes, RoutingStatus.NOT_RESPONDING, 0, ago(4), "", False, (), 0),
        ("D", "Agent Four", rest, RoutingStatus.OFF_QUEUE, 0, ago(18), "", True, (), 0),
        ("E", "Agent Five", off, RoutingStatus.OFF_QUEUE, 0, None, "", False, (), 0),
    )
    for one in made:
        yield LiveAgent(*one)


def _quiet(told: Live) -> Live:
    none: dict[str, Any] = {"waiting": 0, "oldest_seconds": None, "serving": 0, "free": 0, "opening": "open"}
    return Live(tuple(replace(one, **none) for one in told.queues), ())


def opened() -> tuple[OpenView, ...]:
    base = OpenView(
        "case-C0", "7Q2M4X", "C0", "Customer C0", "I0", "sms", "main", "owned", "A", "Agent One", ago(95),
        ago(21), ("delivery",), None, ("Supervisor Two",),
    )  # fmt: skip
    fresh: dict[str, Any] = {"stepped_in": (), "tags": ()}
    waits: dict[str, Any] = {
        "state": "waiting",
        "owner": "",
        "owner_name": "",
        "waits_since": ago(3),
        "queue": "billing",
    }
    return (
        base,
        replace(base, **fresh, **waits, case_id="case-C1", number="K83RTA", customer_id="C1",
                customer_name="박하늘", channel="chat", opened_at=ago(4)),
        replace(base, **fresh, case_id="case-C2", number="M1N0PQ", customer_id="C2", customer_name="",
                channel="email", waits_since=None, snoozed_until=moment(900)),
    )  # fmt: skip


def figures() -> tuple[Figure, ...]:
    base = Figure(str(DAY), 9, "sms", "main", "A")
    made = {"messages_received": 31, "messages_sent": 28, "contacts_queued": 20, "contacts_handled": 18,
            "contacts_handled_in_time": 15, "queue_answer_ms": 240_000, "offers_made": 22, "cases_closed": 14,
            "cases_solved": 12, "surveys_asked": 9, "surveys_answered": 7, "surveys_satisfied": 6,
            "contacts_completed": 14, "handle_ms": 5_400_000, "first_replies": 12, "offers_expired": 2,
            "first_reply_ms": 900_000, "available_ms": 9_000_000, "slot_ms": 4_000_000}  # fmt: skip
    channels = ("sms", "chat", "email")
    return tuple(
        replace(base, hour=9 + n, channel=channel, agent="AB"[n % 2], **_part(made, n + 1))
        for n, channel in enumerate(channels)
    )


def _part(made: Mapping[str, int], n: int) -> dict[str, Any]:
    return {name: value // n for name, value in made.items()}


def day_figures(busy: bool) -> dict[str, Any]:
    counted = figures() if busy else ()
    rows = [{k: v for k, v in row(one).items() if v or k == "hour"} for one in counted]
    about = {"day": DAY, "zone": FULL.zone, "formulas": "1", "service_level_seconds": 30}
    return about | {"totals": totals(counted), "rows": rows, "agents": {}, "queues": {"main": 83.3}}


def agents_day(busy: bool) -> dict[str, Any]:
    counted = figures() if busy else ()
    names = {"A": "Agent One", "B": "김서연"}
    of = {id: [one for one in counted if one.agent == id] for id in names}
    days = [AgentDay(id, names[id], totals(rows)) for id, rows in of.items() if rows]
    return {"day": DAY, "zone": FULL.zone, "items": days}


def notices() -> tuple[NoticeView, ...]:
    told = ("C0", "case-C0", "7Q2M4X", "Agent One")
    return (
        NoticeView("N1", ABUSED, moment(3), *told, False),
        NoticeView("N2", STEPPED_IN, moment(1), *told, True),
    )


def ledger(busy: bool) -> dict[str, Any]:
    sums = {"day": DAY, "waiting": 0, "adds_up": True, "lost": 0, "never_counted": 1, "unnamed": 0}
    check = {"run": DAY, "facts": 1204, "announced": 0, "left": 0, "parts": 16, "finished": True}
    mark = {"at": moment(5), "channel": "sms", "outcome": "ignored", "reason": "not ours", "event_id": "SM01"}
    line = {"accepted": 1204, "handled": 1190, "ignored": 9, "duplicates": 5}
    rows = [{"channel": one, **line} for one in ("sms", "chat", "email")]
    kept = {"channels": rows, "marks": [mark], "check": check} if busy else {"channels": [], "marks": []}
    return sums | {"compared": moment(6), "check": None} | kept


def reports() -> tuple[ReportFile, ...]:
    names = ("figures.csv", "totals.csv", "events.parquet")
    return tuple(ReportFile(f"2026-03-0{d}", name, "/", 48_213 * d) for d in (1, 2) for name in names)


def waiting() -> WaitingPage:
    first = WaitingView(1, "C1", "case-C1", "K83RTA", "I1", "chat", ("english",), ago(3))
    return WaitingPage(tuple(replace(first, position=n) for n in range(1, 6)), None, 5, 100)


def why(language: str) -> tuple[ContactWhy, ...]:
    first = CandidateView("A", "Agent One", True, False, 0, 2, 4, ago(9), {"english": 4})
    then = replace(first, agent_id="B", name="김서연", owner=False, because="…", beaten_by="owner")
    sentence = {"ko": "이 고객을 담당하던 상담원입니다.", "en": "They had this customer before."}[language]
    figures: dict[str, Any] = {"rule": "owner", "needs": {"english": 2}, "dropped": ("english",), "ring": 1}
    figures |= {"age_seconds": 90, "waiting": 3, "free": 2, "settings_version": 4}
    offer = OfferWhy("O1", moment(2), "A", "Agent One", sentence, "declined", moment(3), **figures,
                     winner=first, runners_up=(then,))  # fmt: skip
    now = WaitsWhy("busy", sentence, 2, 2, 1, {"english": 2}, 1, None, None, position=3)
    return (ContactWhy("I0", "C0", "case-C0", "7Q2M4X", "sms", "main", (offer,), now),)


def on_the_wall(busy: bool) -> Any:
    now, counted = live(busy), figures() if busy else ()
    rows = [
        WallQueue(one.queue, {"ko": one.label.ko, "en": one.label.en}, one.waiting, one.oldest_seconds,
                  one.opening, one.goal_seconds, shown(f for f in counted if f.queue == one.queue))
        for one in now.queues
    ]  # fmt: skip
    there = [doing(one) for one in now.agents if one.presence is not Presence.OFFLINE]
    return wall(rows, there, counted, DAY, FULL.zone)
