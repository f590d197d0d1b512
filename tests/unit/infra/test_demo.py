"""The demo centre's past: the same for everybody, over before today, and counted like any other week."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

import pytest

from infra.local.demo.demo import seed_demo
from infra.local.demo.demo_people import FIRST_NUMBER
from infra.twins.files import MemoryFiles
from infra.twins.settings import FixedSettings
from infra.twins.store import MemoryStore
from shared.domain.change import Ref
from shared.domain.channel.commands import Raw
from shared.domain.customer.evidence import AddressOwner
from shared.domain.customer.head import Head
from shared.domain.customer.kept import Case
from shared.domain.report.figures import Figure
from shared.domain.report.formulas import add_up
from shared.domain.routing.presence import timeline_of
from shared.domain.routing.staff import Agent, Presence
from shared.domain.timeline.bus_facts import facts
from shared.domain.timeline.entry import Delivery, Entry, Kind
from shared.domain.timeline.kinds import OUTBOUND
from shared.domain.timeline.once import RequestKey
from shared.domain.times import local_day
from shared.use_cases.report.read_ledger import ReadLedger
from shared.use_cases.report.sum_shards import figures_of

NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)  # a Wednesday, noon in Seoul
T = TypeVar("T")
AGENTS = {"one": "Agent One", "two": "Agent Two"}
ZONE = "Asia/Seoul"
DAYS = [date(2026, 11, day) for day in (18, 19, 20, 21, 23, 24)]
COUNTED = {
    Kind.MESSAGE_RECEIVED: "messages_received",
    Kind.MESSAGE_SENT: "messages_sent",
    Kind.CASE_CLOSED: "cases_closed",
    Kind.ASSIGNED: "contacts_handled",
    Kind.OFFER_MADE: "offers_made",
    Kind.SURVEY_ASKED: "surveys_asked",
    Kind.SURVEY_ANSWERED: "surveys_answered",
}


class Doors:
    """The witness that the seed counts with."""

    def __init__(self) -> None:
        self.accepted_at: list[tuple[datetime, str]] = []

    def __call__(self, raws: Sequence[Raw]) -> None:
        self.accepted_at += [(raw.accepted_at, raw.channel) for raw in raws]

    def accepted(self, begin: datetime, end: datetime) -> Mapping[str, int]:
        return Counter(channel for at, channel in self.accepted_at if begin <= at < end)

    def waiting(self) -> int:
        return 0


def seeded() -> MemoryStore:
    store = MemoryStore()
    seed_demo(store, MemoryFiles(), Doors(), lambda: NOW, AGENTS)
    return store


@pytest.fixture(scope="module")
def store() -> MemoryStore:
    return seeded()


def of(store: MemoryStore, kind: type[T]) -> list[T]:
    return [item for item in store.items.values() if isinstance(item, kind)]


def test_two_demo_centres_have_the_same_week(store: MemoryStore) -> None:
    assert seeded().items == store.items


def test_a_second_start_adds_nothing(store: MemoryStore) -> None:
    before = dict(store.items)

    assert seed_demo(store, MemoryFiles(), Doors(), lambda: NOW, AGENTS) == 0
    assert store.items == before


def test_several_customers_have_more_than_one_case_behind_them(store: MemoryStore) -> None:
    behind = Counter(case.customer_id for case in of(store, Case))

    assert sum(number > 1 for number in behind.values()) >= 8


@pytest.mark.parametrize("day", range(7))
@pytest.mark.parametrize("agents", [1, 2, 3])
def test_the_first_customer_has_two_cases_whatever_the_day_and_whoever_works(day: int, agents: int) -> None:
    store, now = MemoryStore(), NOW + timedelta(days=day)

    seed_demo(store, MemoryFiles(), Doors(), lambda: now, {f"a{n}": f"Agent {n}" for n in range(agents)})

    owner = store.get(Ref(AddressOwner, FIRST_NUMBER))
    assert owner
    assert len([case for case in of(store, Case) if case.customer_id == owner.customer_id]) >= 2


def test_mails_have_subjects_and_are_answered_to_their_senders(store: MemoryStore) -> None:
    mails = [entry for entry in of(store, Entry) if entry.way.channel == "email"]
    came = [entry for entry in mails if entry.kind is Kind.MESSAGE_RECEIVED]
    went = [entry for entry in mails if entry.kind is Kind.MESSAGE_SENT]

    assert came and all(entry.content.subject for entry in came)
    assert went and all(entry.way.own_side == "help@shop.example.test" for entry in went)


def test_every_channel_was_used_and_every_case_is_closed(store: MemoryStore) -> None:
    cases = of(store, Case)

    assert {case.opened_channel for case in cases} == {"sms", "chat", "email"}
    assert all(case.closed_at and case.disposition for case in cases)
    assert {case.score for case in cases} > {None, 5}
    assert not any(head.cases for head in of(store, Head))


def test_something_happened_every_day_but_sunday_and_nothing_today(store: MemoryStore) -> None:
    assert {local_day(entry.at, ZONE) for entry in of(store, Entry)} == set(DAYS)


def test_every_case_of_the_past_was_asked_about_so_nobody_is_asked_again(store: MemoryStore) -> None:
    asked = {key.key.partition(".")[0] for key in of(store, RequestKey) if key.actor == "survey"}

    assert {case.id for case in of(store, Case)} == asked


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_timeline_figures_and_ledger_of_a_day_say_the_same(day: date) -> None:
    store, doors = MemoryStore(), Doors()
    seed_demo(store, MemoryFiles(), doors, lambda: NOW, AGENTS)

    lived = [entry for entry in of(store, Entry) if local_day(entry.at, ZONE) == day]
    shown = add_up(figures_of(store, str(day)))
    ledger = ReadLedger(store, doors, FixedSettings())(day)

    for kind, measure in COUNTED.items():
        assert sum(entry.kind is kind for entry in lived) == shown[measure], measure
    came = Counter(str(entry.facts["door"]) for entry in lived if "door" in entry.facts)
    assert {line.channel: (line.accepted, line.handled) for line in ledger.lines} == {
        channel: (number, number) for channel, number in came.items()
    }
    assert (ledger.lost, ledger.never_counted, ledger.marks) == (0, 0, ())


def test_the_demos_past_messages_are_delivered_and_no_timer_waits(store: MemoryStore) -> None:
    sent = [entry for entry in of(store, Entry) if entry.kind in OUTBOUND]

    assert {entry.delivery for entry in sent} == {Delivery.DELIVERED}
    assert not any(entry.due for entry in of(store, Entry))


def test_agents_are_offline_and_their_timelines_go_on(store: MemoryStore) -> None:
    for agent in of(store, Agent):
        told = [e.seq for e in of(store, Entry) if e.timeline == timeline_of(agent.id)]
        assert (agent.presence, agent.engagements) == (Presence.OFFLINE, ())
        assert max(told) <= agent.version


def test_its_figures_are_there_at_once_and_nothing_is_announced() -> None:
    store, files = MemoryStore(), MemoryFiles()

    seed_demo(store, files, Doors(), lambda: NOW, AGENTS)

    entries, figures = of(store, Entry), of(store, Figure)
    received = [entry for entry in entries if entry.kind is Kind.MESSAGE_RECEIVED]
    assert sum(figure.messages_received for figure in figures) == len(received)
    assert files.names("raw/")
    assert not any(facts(entry) for entry in entries)
