"""One set of answers for each port: the twin's, the adapter's on moto, the adapter's on the embedded AWS."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from infra.twins.clock import START, FakeClock
from infra.twins.files import MemoryFiles
from infra.twins.finder import MemoryFinder
from infra.twins.inbox import MemoryInbox
from infra.twins.outbox import MemoryOutbox
from infra.twins.secrets import MemorySecrets
from infra.twins.store import MemoryStore
from shared.adapters import clients, codec
from shared.adapters.table import LAYOUT
from shared.domain.address.address import Address
from shared.domain.address.way import Way
from shared.domain.centre import Centre, Config, ConfigPointer
from shared.domain.change import ABSENT, ANY, PRESENT, Add, Delete, Put, Ref
from shared.domain.channel.commands import Due, DueRow, FetchPart, Raw, Send, Swept, Wake, due_row
from shared.domain.channel.receipt import Compared, Mark, Outcome, Receipt, Tally
from shared.domain.channel.sent_as import SentAs
from shared.domain.customer.call import Call, CallOf, Leg, LegRole, LegState, RecordingState, Spot
from shared.domain.customer.evidence import AddressOwner, Consent, Link, Profile, Proof, Strength
from shared.domain.customer.head import Contact, ContactState, Head, LastMessage, OpenCase, OpenInteraction
from shared.domain.customer.kept import Case, Interaction
from shared.domain.customer.snooze import Sleeper
from shared.domain.desk.found import FindRow, FoundKeys, OpenRow
from shared.domain.desk.inbox import DeskOf, Follow, Notice, OwnReply, SavedView
from shared.domain.difference import Difference
from shared.domain.errors import ChannelOff, Conflict, Malformed, TryAgain
from shared.domain.flow.flow import FlowVersion
from shared.domain.queue import Need
from shared.domain.queue_state import Opening, QueueState, QueueStates
from shared.domain.report.checkpoint import Checkpoint
from shared.domain.report.figures import Figure, Folded
from shared.domain.routing.former import Former
from shared.domain.routing.pool import BEHIND, Waiting
from shared.domain.routing.seats import Bench, OfPool, Open, OpenClass, Seat
from shared.domain.routing.staff import Agent, Engagement, Heartbeat, Presence
from shared.domain.saved_reply import ReplyAction, SavedReplies, SavedReply
from shared.domain.session.socket import Connection, SignedOut, SocketOf, Ticket, Watch
from shared.domain.session.uses import Uses
from shared.domain.staffing import Member, StaffPart
from shared.domain.template import Template, Templates
from shared.domain.timeline.content import Content, Part
from shared.domain.timeline.entry import Audience, Delivery, Entry, Kind, Scalar, Signals, Timer
from shared.domain.timeline.once import RequestKey
from shared.domain.timeline.searched import Indexed, TextKey
from shared.edge.settings import Environment
from shared.edge.wiring import Ports
from shared.ports import Files, Finder, Inbox, Outbox, Secrets, Store
from tests.conformance.conftest import Enter
from tests.support.flows import WELCOME
from tests.support.rooms import Room

GROUNDS = [
    pytest.param("twin", id="twin"),
    pytest.param("moto", id="moto"),
    pytest.param("embedded", id="embedded", marks=pytest.mark.embedded),
]
GREETING = SavedReply(
    "greet",
    "인사",
    "Hello",
    "안녕하세요 {customer}",
    "Hello {customer}",
    (ReplyAction("tag", "vip"),),
    ("main",),
)
LATER = START + timedelta(days=1)
PHONE = Address("phone", "+821000000001")


@dataclass
class Side:
    """A port's side of the world, and how to look behind it. `lying` reads and removes bodies of a queue."""

    store: Store
    inbox: Inbox
    outbox: Outbox
    files: Files
    finder: Finder
    secrets: Secrets
    lying: Callable[[str], list[str]]
    rotate: Callable[[str, dict[str, str]], None]


@pytest.fixture(params=GROUNDS)
def side(request: pytest.FixtureRequest, enter: Enter, monkeypatch: pytest.MonkeyPatch) -> Iterator[Side]:
    if request.param == "twin":
        yield a_twin()
        return
    room = enter(request.param)
    clients.reset()
    if room.ground == "embedded":
        monkeypatch.setenv("AWS_ENDPOINT_URL", room.client("sqs").meta.endpoint_url)
    yield an_adapter(room, monkeypatch)
    clients.reset()


def a_twin() -> Side:
    store, inbox, secrets = MemoryStore(), MemoryInbox(), MemorySecrets()
    outbox = MemoryOutbox(store)
    outbox.off.add("fax")
    queues: dict[str, Callable[[], list[Any]]] = {
        "inbound": lambda: inbox.events,
        "delivery": lambda: inbox.states,
        "routing": lambda: outbox.wakes,
        "timers": lambda: outbox.dues,
        "media": lambda: outbox.fetches,
        "outbound-sms": lambda: [command for _, command, _ in outbox.sends],
        "unannounced": lambda: [record for record, _ in outbox.parked],
    }

    def lying(name: str) -> list[str]:
        found = list(queues[name]())
        return [body if isinstance(body, str) else codec.encode(body) for body in found]

    return Side(store, inbox, outbox, MemoryFiles(), MemoryFinder(), secrets, lying, secrets.rotate)


FIFO = ("inbound", "routing", "outbound-sms")


def an_adapter(room: Room, monkeypatch: pytest.MonkeyPatch) -> Side:
    urls = {
        name: room.queue(name, name in FIFO) for name in (*FIFO, "delivery", "timers", "media", "unannounced")
    }
    for name, url in urls.items():
        monkeypatch.setenv(f"{name.upper()}_QUEUE_URL", url)
    monkeypatch.setattr(
        Environment, "outbound_queue_url", lambda _, channel: _beside(urls["outbound-sms"], channel)
    )
    monkeypatch.setenv("TABLE_NAME", room.table())
    monkeypatch.setenv("FILES_BUCKET", f"files-{room.number}")
    room.client("s3").create_bucket(
        Bucket=f"files-{room.number}", CreateBucketConfiguration={"LocationConstraint": "ap-northeast-2"}
    )
    ports = Ports(clock=FakeClock())

    def lying(name: str) -> list[str]:
        asked = {"QueueUrl": urls[name], "MaxNumberOfMessages": 10, "WaitTimeSeconds": 0}
        return [message["Body"] for message in room.sqs.receive_message(**asked).get("Messages", ())]

    def rotate(name: str, secret: dict[str, str]) -> None:
        manager, text = room.client("secretsmanager"), json.dumps(secret)
        try:
            manager.put_secret_value(SecretId=name, SecretString=text)
        except ClientError:
            manager.create_secret(Name=name, SecretString=text)

    return Side(
        ports.store, ports.inbox, ports.outbox, ports.files, ports.finder, ports.secrets, lying, rotate
    )


def _beside(url: str, channel: str) -> str:
    """The room's number ends the names of its queues, where a stack's begins them."""
    return url.replace("outbound-sms", f"outbound-{channel}")


# ---------------------------------------------------------------------- every kind of item

WAY = Way("sms", PHONE, "C1", PHONE.value, "+15005550006")
INTERACTION = OpenInteraction("I1", WAY, START, LATER)
CONTACT = Contact("I1", "sms", "main", ContactState.CONNECTED, START, agent="one", assigned_at=LATER,
                  needs=(Need("english", 2),), preferred="one", alone_until=LATER, came_from=("first",),
                  intent="refund", tier="gold", location="KR")  # fmt: skip
OPEN = OpenCase("K1", "C1", START, (CONTACT,), (INTERACTION,), "one")
FACTS: dict[str, Scalar] = {"queue": "main", "n": 3, "f": 0.5, "b": True, "none": None}
ENTRY = Entry("C1", 1, "E1", START, Kind.MESSAGE_SENT, Audience.CUSTOMER, "agent:one", WAY, "K1", "I1",
              Content("안녕 😀\nline", (Part("photo.jpg", "image/jpeg", 3),)), FACTS,
              Signals("main", "one", begins=("case",)), Delivery.QUEUED, give_up_at=LATER, due=LATER,
              timers=(Timer(LATER, "ring"),), due_for="silence", heard=("a", "b"))  # fmt: skip
CLAIMED = Address("unproven", "ana@example.test")
MAIL = Way("email", CLAIMED, "C1", "ana@example.test", "help@shop.example.test",
           "a@example.test c@example.test", ("bea@example.test", "carl@example.test"), "주문 42")  # fmt: skip
RECEIVED = Entry("C1", 2, "E2", START, Kind.MESSAGE_RECEIVED, Audience.CUSTOMER, "customer", MAIL, "K1", "I1",
                 Content("Hi", (), "Re: 주문 42", "bodies/mail/1.html", "> we wrote", ("text_cut",)),
                 {"automatic": "list", "unproven": True})  # fmt: skip
MAILED = OpenCase("K2", "C1", START, (CONTACT,), (OpenInteraction("I2", MAIL, START, LATER),))
LINE = Leg("L1", LegRole.CUSTOMER, LegState.TALKING, START, "CA1", sequence=3)
LISTENS = Leg("L2", LegRole.SUPERVISOR, LegState.CLAIMED, START, who="one", until=LATER, listens="whisper")
ITEMS: tuple[Any, ...] = (
    Head("C9", 7, "ko", cases=(MAILED,), last=LastMessage(MAIL, "I2", LATER)),
    RECEIVED,
    AddressOwner(CLAIMED, "C9", "C9"),
    Link("C9", CLAIMED, Strength.CLAIMED, "arrived", "E1", "channel:email", START),
    SentAs("email", "c@example.test", "C1", 2, LATER),
    Head("C1", 7, "ko", members=("C2",), cases=(OPEN,)),
    Consent(PHONE, True, LATER),
    Profile("C1", "Name", tier="gold"),
    ENTRY,
    Case("C1", "K1", "ABC123", START, "main", "sms", "one", LATER, "solved", 1, 5, 3),
    Interaction("C1", "K1", "I1", "sms", PHONE, START, LATER, "case", 2),
    Call("C1", "I1", "K1", START, (LINE, LISTENS), Spot.HOLD, True, True, False, (("one", "listen"),),
         ("+821055500102",), RecordingState.PAUSED, "RE1", True, False, "+15005550009", "ko", 4),
    CallOf("voice", "CA1", LATER, "C1", "I1", 7),
    Link("C1", PHONE, Strength.PROVEN, "code", "E1", "customer", START, LATER),
    AddressOwner(PHONE, "C1", "C2", 2),
    SentAs("sms", "SM1", "C1", 1, LATER),
    Proof(PHONE, "P1", "C1", "123456", LATER, 5, 1, "2026-01-05", LATER),
    Receipt("sms", "SM1", "a.e0", START, Outcome.IGNORED, "empty", "Body=%EC%95%88", "C1", 1, LATER),
    Mark("2026-01-05", "sms", Outcome.DUPLICATE, "a.e1", "SM1", "seen_before", START, LATER),
    Tally("2026-01-05", "sms", 3, 4),
    Compared(LATER),
    Waiting("main", "main", "rank", "I1", "C1", "K1", "sms", START, 5, klass="sms+english.3"),
    Open("main", (OpenClass("main", "sms+english.3", "rank"), OpenClass("@one", "chat", "rank")), 7),
    Bench("main", 3, (Seat("main", 3, "one", START, "0123456789ab", ("chat", "sms"), ("voice",)),
                      Seat("main", 3, "6f1c9dc0-7a0d-4bd6-93ab-0e9c6a4d1f00", LATER, "", ("sms",)))),
    Former("main", "WAIT", "main#rank#I1", "main", "I1", "C1", "K1"),
    Heartbeat("main", "one", START, LATER),
    Agent("one", "Agent One", "main", 4, Presence.BREAK, START, True, "ko",
          (Engagement("K1", "C1", "sms", START, "I1", 5, "O1"),), free_since=START),
    Ticket("digest", "agent:one", LATER, "ko"),
    Connection("abc=", "agent:one", LATER),
    SocketOf("agent:one", "abc=", LATER),
    SignedOut("one", START, LATER),
    Watch("C1", "abc=", "one", LATER),
    Uses("subject", "2026-01-05T09:00", 3, LATER),
    RequestKey("agent:one", "key", "C1", 1, LATER),
    DueRow("2026-01-05T09:15", "id", Due(LATER, "silence", "C1", "K1", "I1"), LATER),
    Swept(START),
    Figure("2026-01-05", 9, "sms", "main", "one", messages_received=3),
    Folded("C1", 1, "MessageSent", LATER),
    Checkpoint("2026-01-05", 3, 16, START, LATER, LATER, "after", 7, 1, True, 2),
    Config(1, Centre(name="다른 이름")),
    Config(2, Centre(), ("AGENTS#0",), START, "agent:one", 1, "One", (Difference("queue", "a", "added"),), 3),
    FlowVersion(1, "welcome", WELCOME),
    StaffPart(1, 0, (Member("one@example.test", "phones", (Need("english", 3),)),)),
    Templates(1, (Template("pager", "order", "ko", "utility", "{{1}}", ("number",)),)),
    ConfigPointer(1),
    QueueStates((QueueState("main", Opening.DRAINING, START, "agent:one", "busy", "second"),), 1),
    SavedReplies(7, (GREETING,)),
    OwnReply("one", "mine", SavedReply("mine", title_en="Mine", text_en="Bye")),
    DeskOf("one", (SavedView("Late", "list=waiting&sort=age"),), ("offers.sound",), START, 2),
    Notice("one", "N1", "mention", START, "C1", "K1", "C1", 5, "two", LATER),
    Follow("one", "K1", "C1", START),
    Sleeper("one", "K1", "C1", LATER),
    OpenRow("open", "K1", "C1", "7SY4V1", "sms", "main", "one", "Kim", ("vip",), START, LATER),
    FindRow("tail#5678", "9676 4321 C1", "C1", "Kim", "010-8765-4321", "K1", ("vip",)),
    FoundKeys("C1", ("tail#5678\n9676 4321 C1",), 3, "signed"),
    TextKey("00ff" * 16),
)  # fmt: skip


def ref(item: Any) -> Ref[Any]:
    return Ref(type(item), *(getattr(item, name) for name in LAYOUT[type(item)].by))


def test_the_samples_are_of_every_kind() -> None:
    assert {type(item) for item in ITEMS} == set(LAYOUT)


def test_every_kind_comes_back_as_it_was_written(side: Side) -> None:
    for item in ITEMS:
        side.store.commit(Put(item))

    assert side.store.get_all(*map(ref, ITEMS)) == ITEMS
    assert [side.store.get(ref(item)) for item in ITEMS] == list(ITEMS)


def test_a_transaction_writes_them_as_well(side: Side) -> None:
    side.store.commit(*(Put(item) for item in ITEMS))

    assert side.store.get_all(*map(ref, ITEMS)) == ITEMS


def test_what_was_never_written_is_nothing(side: Side) -> None:
    side.store.commit(Put(Profile("C1")))

    assert side.store.get(Ref(Head, "C9")) is None
    assert side.store.get_all(Ref(Head, "C1"), Ref(Profile, "C1")) == (None, Profile("C1"))


# ---------------------------------------------------------------------- conditions

A, B = Profile("A", "a"), Profile("B", "b")


def lost(side: Side, *writes: Any) -> tuple[int, ...]:
    with pytest.raises(Conflict) as conflict:
        side.store.commit(*writes)
    return conflict.value.failed


@pytest.mark.parametrize("alone", [True, False])
def test_a_condition_that_fails_says_where_and_writes_nothing(alone: bool, side: Side) -> None:
    side.store.commit(Put(A))
    more = () if alone else (Put(B),)

    assert lost(side, Put(replace(A, name="x"), ABSENT), *more) == (0,)
    assert lost(side, Put(replace(A, name="x"), 2), *more) == (0,)
    assert lost(side, Put(Profile("C"), 1), *more) == (0,)
    assert lost(side, Delete(Profile("C"), PRESENT), *more) == (0,)
    assert side.store.get_all(Ref(Profile, "A"), Ref(Profile, "B"), Ref(Profile, "C")) == (A, None, None)


def test_positions_are_those_of_the_writes_whatever_their_kinds(side: Side) -> None:
    side.store.commit(Put(A))
    tally = Tally("2026-01-05", "sms")

    writes = (Add(tally, {"handled": 1}), Put(A), Put(B), Delete(Profile("C"), PRESENT))

    assert lost(side, *writes) == (1, 3)
    assert side.store.get_all(Ref(Profile, "B"), ref(tally)) == (None, None)


def test_a_version_is_replaced_once(side: Side) -> None:
    side.store.commit(Put(A))
    side.store.commit(Put(replace(A, version=2), over=1))

    assert lost(side, Put(replace(A, version=2), over=1)) == (0,)
    side.store.commit(Put(replace(A, version=3), over=2), Put(B))
    assert side.store.get(Ref(Profile, "A")) == replace(A, version=3)


def test_whatever_lies_there_is_overwritten_on_demand(side: Side) -> None:
    side.store.commit(Put(A, ANY))
    side.store.commit(Put(replace(A, name="x"), ANY), Put(B, ANY))

    assert side.store.get_all(Ref(Profile, "A"), Ref(Profile, "B")) == (replace(A, name="x"), B)


def test_deleting_what_is_not_there_is_harmless(side: Side) -> None:
    side.store.commit(Delete(A))
    side.store.commit(Put(A))
    side.store.commit(Delete(A, PRESENT), Delete(Ref(Profile, "B")))

    assert side.store.get(Ref(Profile, "A")) is None


def test_numbers_are_added_to_what_may_not_be_there_yet(side: Side) -> None:
    tally, uses = Tally("2026-01-05", "sms"), Uses("s", "m", expires_at=LATER)
    side.store.commit(Add(tally, {"handled": 2}))
    side.store.commit(Add(tally, {"handled": 1, "delivery_states": 5}), Add(uses, {"times": 1}))

    assert side.store.find(Tally, "2026-01-05", "") == (replace(tally, handled=3, delivery_states=5),)
    assert side.store.get(ref(uses)) == replace(uses, times=1)


def test_an_item_twice_in_a_transaction_is_nobodys_wish(side: Side) -> None:
    with pytest.raises((ValueError, Malformed)):
        side.store.commit(Put(A, ANY), Delete(A))


# ---------------------------------------------------------------------- queries


def entries(side: Side, *seqs: int) -> list[Entry]:
    made = [Entry("C1", n, f"E{n}", START, Kind.NOTE_ADDED, Audience.STAFF, "system") for n in seqs]
    for entry in made:
        side.store.commit(Put(entry))
    return made


def test_entries_come_in_the_order_of_their_numbers(side: Side) -> None:
    ten, nine, hundred = entries(side, 10, 9, 100)

    assert side.store.find(Entry, "C1") == (nine, ten, hundred)
    assert side.store.find(Entry, "C1", newest_first=True, limit=2) == (hundred, ten)
    assert side.store.find(Entry, "C1", after=f"{9:012}") == (ten, hundred)
    assert side.store.find(Entry, "C1", after=f"{9:012}", limit=1) == (ten,)
    assert side.store.find(Entry, "C1", after=f"{100:012}") == ()


def test_a_partition_holds_many_kinds_and_a_query_asks_for_one(side: Side) -> None:
    for item in ITEMS:
        side.store.commit(Put(item))

    assert [found.id for found in side.store.find(Case, "C1")] == ["K1"]
    assert [found.id for found in side.store.find(Interaction, "C1")] == ["I1"]
    assert [found.id for found in side.store.find(Interaction, "C1", "K1")] == ["I1"]
    assert [found.address for found in side.store.find(Link, "C1")] == [PHONE]
    assert [found.n for found in side.store.find(Bench, "main")] == [3]
    assert [type(found) for found in side.store.find(OfPool, "main")] == [Bench, Open]
    assert [found.case_id for found in side.store.find(Former, "main", "WAIT")] == ["K1"]
    assert [found.case_id for found in side.store.find(Waiting, "main", "main")] == ["K1"]
    assert [found.handled for found in side.store.find(Tally, "2026-01-05", "")] == [3]
    assert [found.reason for found in side.store.find(Mark, "2026-01-05")] == ["seen_before"]
    assert side.store.find(Entry, "C2") == ()


def waits(side: Side, klass: str, *minutes: int, queue: str = "main") -> None:
    for n in minutes:
        rank = f"2026-01-05T09:0{n}"
        row = Waiting("main", queue, rank, f"I{n}", "C1", f"K{n}", klass, START, 5, klass=klass)
        side.store.commit(Put(row))


def found(side: Side, *of: str, **told: Any) -> list[str]:
    return [row.interaction_id for row in side.store.find(Waiting, "main", *of, **told)]


def test_who_waits_longest_in_a_class_comes_first(side: Side) -> None:
    waits(side, "sms", 3, 1, 2)
    waits(side, "sms+english.3", 4)
    waits(side, "sms", 5, queue="main2")

    assert found(side, "main", "sms", limit=2) == ["I1", "I2"]
    assert found(side, "main", "sms", after="2026-01-05T09:01#I1") == ["I2", "I3"]
    assert found(side, "main", "sms", after="2026-01-05T09:02") == ["I2", "I3"]


def test_a_read_skips_from_one_class_to_the_next(side: Side) -> None:
    waits(side, "chat", 1, 2)
    waits(side, "chat+english.3", 3)
    waits(side, "sms", 4)

    heads, after = [], ""
    while rows := side.store.find(Waiting, "main", "main", after=after, limit=1):
        heads.append(rows[0].interaction_id)
        after = rows[0].klass + BEHIND

    assert heads == ["I1", "I3", "I4"]


def test_rows_are_counted_below_a_place_and_up_to_a_limit(side: Side) -> None:
    waits(side, "chat", 1)
    waits(side, "sms", 1, 2, 3, 4)
    count = side.store.count

    assert count(Waiting, "main", "main") == 5
    assert count(Waiting, "main", "main", limit=3) == 3
    assert count(Waiting, "main", "main", "sms", before="2026-01-05T09:03#I3") == 2
    assert count(Waiting, "main", "main", "sms", before="2026-01-05T09:01#I1") == 0
    assert count(Waiting, "main", "main", "sms", before="2026-01-05T09:09", limit=2) == 2
    assert count(Waiting, "main", "nobody") == 0


# ---------------------------------------------------------------------- seats

ONE = Seat("main", 3, "one", START, "0123456789ab", ("chat",), ())
TWO = Seat("main", 3, "6f1c9dc0-7a0d-4bd6-93ab-0e9c6a4d1f00", LATER)


def bench(side: Side, n: int = 3) -> tuple[Seat, ...]:
    (row,) = side.store.find(Bench, "main", limit=9) or (Bench("main", n),)
    return row.seats


def test_agents_come_and_go_on_a_bench_without_reading_it(side: Side) -> None:
    side.store.commit(Put(TWO, over=ANY))
    side.store.commit(Put(ONE, over=ANY))
    assert bench(side) == (ONE, TWO)

    side.store.commit(Put(replace(ONE, channels=("sms",), since=LATER + timedelta(seconds=1)), over=ANY))
    assert [seat.channels for seat in bench(side)] == [(), ("sms",)]

    side.store.commit(Delete(ONE))
    side.store.commit(Delete(ONE))
    assert bench(side) == (TWO,)


def test_a_seat_is_taken_in_the_transaction_that_it_belongs_to(side: Side) -> None:
    side.store.commit(Put(A), Put(ONE, over=ANY))

    assert lost(side, Put(A), Delete(ONE)) == (0,)
    assert bench(side) == (ONE,)
    side.store.commit(Put(replace(A, version=2), over=1), Delete(ONE))
    assert bench(side) == ()


def test_two_seats_of_a_bench_change_in_one_transaction(side: Side) -> None:
    side.store.commit(Put(ONE, over=ANY))

    side.store.commit(Put(A), Delete(ONE), Put(TWO, over=ANY))

    assert bench(side) == (TWO,)


def test_a_seat_may_have_to_be_there(side: Side) -> None:
    side.store.commit(Put(TWO, over=ANY))

    assert lost(side, Delete(ONE, over=PRESENT)) == (0,)
    assert lost(side, Put(A), Delete(ONE, over=PRESENT)) == (1,)
    side.store.commit(Put(A), Delete(TWO, over=PRESENT))
    assert bench(side) == ()


def test_who_left_a_bench_that_never_was_leaves_an_empty_one(side: Side) -> None:
    side.store.commit(Delete(ONE))

    assert side.store.find(OfPool, "main") == (Bench("main", 3),)


# ---------------------------------------------------------------------- queues


def a_raw(n: int, group: str = "g") -> Raw:
    return Raw("sms", f"SM{n}", f"request.e{n}", START, "Body=안녕", group)


def raws(side: Side, queue: str) -> list[Raw]:
    return [codec.decode(body, Raw) for body in side.lying(queue)]


def test_events_lie_in_the_order_they_came_and_a_repeat_is_one(side: Side) -> None:
    side.inbox.put([a_raw(1), a_raw(2)], [])
    side.inbox.put([a_raw(2), a_raw(3)], [])

    assert raws(side, "inbound") == [a_raw(1), a_raw(2), a_raw(3)]


def test_states_lie_apart(side: Side) -> None:
    side.inbox.put([], [a_raw(1)])

    assert (raws(side, "delivery"), raws(side, "inbound")) == ([a_raw(1)], [])


def test_a_command_handed_on_again_is_another_message(side: Side) -> None:
    side.outbox.send("sms", [Send("C1", 1), Send("C1", 2)], ["g", "g"])
    side.outbox.send("sms", [Send("C1", 1)], ["g"])

    seqs = [json.loads(body)["seq"] for body in side.lying("outbound-sms")]
    assert seqs == [1, 2, 1]


def test_a_channel_without_a_queue_is_off(side: Side) -> None:
    with pytest.raises(ChannelOff):
        side.outbox.send("fax", [Send("C1", 1)], ["g"])
    with pytest.raises(ChannelOff):
        side.outbox.send("fax", [Send("C1", 1), Send("C1", 2)], ["g", "g"])


def test_wakes_and_near_timers_lie_in_their_queues_and_far_ones_in_the_table(side: Side) -> None:
    near = Due(START, "offer", "C1", "K1", "O1")
    far = Due(START + timedelta(minutes=16), "silence", "C1", "K1", "I1")

    side.outbox.wake([Wake("main")])
    side.outbox.arm([near, far], START)

    assert side.lying("routing") == [codec.encode(Wake("main"))]
    assert side.lying("timers") == [codec.encode(near)]
    assert side.store.find(DueRow, "2026-01-05T09:16") == (due_row(far),)


def test_a_file_to_be_fetched_is_named_and_nothing_more(side: Side) -> None:
    side.outbox.fetch([FetchPart("C1", 7, 0), FetchPart("C1", 7, 1)])
    side.outbox.fetch([])

    assert sorted(side.lying("media")) == [codec.encode(FetchPart("C1", 7, n)) for n in (0, 1)]


def test_a_parked_record_lies_whole(side: Side) -> None:
    side.outbox.park('{"whole": "record"}', "KeyError")

    assert side.lying("unannounced") == ['{"whole": "record"}']


# ---------------------------------------------------------------------- files and secrets


def test_files_are_kept_listed_and_measured(side: Side) -> None:
    side.files.put("reports/b.csv", b"bb", "text/csv")
    side.files.put("reports/a.csv", b"a")
    side.files.put("raw/c", b"")

    assert side.files.names("reports/") == ("reports/a.csv", "reports/b.csv")
    assert dict(side.files.sizes("reports/")) == {"reports/a.csv": 1, "reports/b.csv": 2}
    assert side.files.get("reports/b.csv") == b"bb"


def test_files_are_read_together_and_removed_together(side: Side) -> None:
    keys = [f"raw/day=2026-03-02/{n:02}" for n in range(40)]
    for key in keys:
        side.files.put(key, key.encode())

    assert list(side.files.each([*keys, "raw/none"])) == [
        *((key, key.encode()) for key in keys),
        ("raw/none", None),
    ]
    side.files.remove([*keys[1:], "raw/none"])
    assert side.files.names("raw/") == (keys[0],)
    assert side.files.get("reports/none") is None


def test_a_secret_and_the_one_before(side: Side) -> None:
    side.rotate("twilio", {"auth_token": "one"})
    side.rotate("twilio", {"auth_token": "two"})

    assert side.secrets.get("twilio") == {"auth_token": "two"}
    assert list(side.secrets.candidates("twilio")) == [{"auth_token": "two"}, {"auth_token": "one"}]


def test_a_secret_nobody_wrote_is_to_be_tried_again(side: Side) -> None:
    with pytest.raises(TryAgain):
        side.secrets.get("nobody")


def line(seq: int, *marks: str) -> Indexed:
    return Indexed("C1", seq, marks)


def found_in(side: Side, part: str, *marks: str, **told: Any) -> list[int]:
    return [one.seq for one in side.finder.find(part, marks, **told)]


def test_lines_are_found_by_all_of_their_marks_latest_first_and_once(side: Side) -> None:
    side.finder.add("2026-01-05", [line(1, "aaaaaa", "bbbbbb"), line(2, "aaaaaa")])
    side.finder.add("2026-01-05", [line(2, "aaaaaa"), line(3, "aaaaaa", "bbbbbb")])
    side.finder.add("2025-12", [line(9, "aaaaaa")])

    assert side.finder.parts() == ("2026-01-05", "2025-12")
    assert found_in(side, "2026-01-05", "aaaaaa") == [3, 2, 1]
    assert found_in(side, "2026-01-05", "aaaaaa", "bbbbbb") == [3, 1]
    assert found_in(side, "2026-01-05", "aaaaaa", limit=2) == [3, 2]
    last = side.finder.find("2026-01-05", ["aaaaaa"], 0, 2)[-1]
    assert found_in(side, "2026-01-05", "aaaaaa", before=last.n) == [1]
    assert found_in(side, "2026-01-04", "aaaaaa") == []


def test_a_part_is_replaced_as_it_was_read_or_not_at_all(side: Side) -> None:
    side.finder.add("2026-01-05", [line(1, "aaaaaa")])
    before = side.finder.read("2026-01-05")
    side.finder.add("2026-01-05", [line(2, "aaaaaa")])

    with pytest.raises(Conflict):
        side.finder.replace(before, ())
    now = side.finder.read("2026-01-05")
    assert [one.seq for one in now.lines] == [1, 2]
    side.finder.replace(now, [line(2, "aaaaaa")])

    assert side.finder.parts() == ("2026-01-05",)
    assert found_in(side, "2026-01-05", "aaaaaa") == [2]


def test_an_emptied_part_is_none_and_takes_lines_again(side: Side) -> None:
    side.finder.add("2026-01-05", [line(1, "aaaaaa")])
    side.finder.replace(side.finder.read("2026-01-05"), ())

    assert side.finder.parts() == ()
    assert list(side.finder.read("2026-01-05").lines) == []

    side.finder.add("2026-01-05", [line(2, "aaaaaa")])
    assert side.finder.parts() == ("2026-01-05",)
    assert found_in(side, "2026-01-05", "aaaaaa") == [2]
