"""A screen that was away gets what was said to it, and nothing else of the timeline."""

from dataclasses import replace
from typing import Any

from infra.twins.clock import START
from infra.twins.world import World
from shared.domain.address.address import Address
from shared.domain.address.way import Way
from shared.domain.change import Put
from shared.domain.customer.evidence import AddressOwner
from shared.domain.timeline.content import Content
from shared.domain.timeline.entry import Audience, Delivery, Entry, Kind
from shared.domain.timeline.kinds import OUTBOUND
from shared.use_cases.channel.replay import PAGE, Replay, Replayed

HERE, ELSEWHERE = Address("visitor", "V1"), Address("visitor", "V2")


def entry(seq: int, kind: Kind = Kind.MESSAGE_SENT, **told: Any) -> Entry:
    usual: dict[str, Any] = {"way": Way("chat", HERE), "content": Content("Hello")}
    return Entry("MEMBER", seq, f"E{seq}", START, kind, Audience.CUSTOMER, "agent:A1", **(usual | told))


def written(world: World, *entries: Entry) -> Replay:
    for item in (AddressOwner(HERE, "MEMBER", "ROOT"), *entries):
        world.store.commit(Put(item))
    return Replay(world.store, "chat")


def test_what_was_said_after_a_number_comes_oldest_first(world: World) -> None:
    replay = written(world, *(entry(seq) for seq in range(1, 12)))

    replayed = replay(HERE, 8)

    assert [e.seq for e in replayed.entries] == [9, 10, 11]
    assert (replayed.after, replayed.more) == (11, False)


def test_of_every_kind_of_entry_only_outbound_ones_come(world: World) -> None:
    kinds = list(Kind)
    replay = written(world, *(entry(seq, kind) for seq, kind in enumerate(kinds, 1)))

    replayed = replay(HERE, 0)

    assert {e.kind for e in replayed.entries} == OUTBOUND
    assert replayed.after == len(kinds)


def test_what_staff_other_channels_and_other_visitors_heard_stays_away(world: World) -> None:
    replay = written(
        world,
        entry(1),
        replace(entry(2), audience=Audience.STAFF),
        entry(3, way=Way("sms", Address("phone", "+821055500001"))),
        entry(4, way=Way("chat", ELSEWHERE)),
        entry(5, delivery=Delivery.FAILED),
        entry(6, delivery=Delivery.QUEUED),
    )

    assert [e.seq for e in replay(HERE, 0).entries] == [1, 6]


def test_a_long_timeline_comes_in_pages(world: World) -> None:
    replay = written(world, *(entry(seq) for seq in range(1, PAGE + 4)))

    first = replay(HERE, 0)
    second = replay(HERE, first.after)

    assert (len(first.entries), first.after, first.more) == (PAGE, PAGE, True)
    assert ([e.seq for e in second.entries], second.more) == ([PAGE + 1, PAGE + 2, PAGE + 3], False)


def test_somebody_who_never_wrote_has_missed_nothing(world: World) -> None:
    assert Replay(world.store, "chat")(HERE, 5) == Replayed((), 5, more=False)
