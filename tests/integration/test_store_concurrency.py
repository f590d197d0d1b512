"""Many hands on one customer at once, on the embedded AWS: no second case, no gap, nobody comes again."""

import json
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cache, partial
from itertools import count
from typing import Any
from urllib.parse import urlencode

import pytest

from functions import channels
from infra.local.emulator import Emulator
from infra.twins.clock import START
from infra.twins.settings import FixedSettings
from shared.adapters import clients
from shared.adapters.clients import client
from shared.adapters.store import TableStore
from shared.domain.address.address import Address
from shared.domain.change import Put, Ref
from shared.domain.channel.commands import Raw
from shared.domain.customer.evidence import AddressOwner
from shared.domain.customer.head import Head
from shared.domain.timeline.entry import Entry
from shared.edge.wiring import Ports
from shared.ports import Store
from shared.use_cases.channel.route_message import RouteMessage
from tests.support.rooms import Room

pytestmark = pytest.mark.embedded
_numbers = count(1)


@pytest.fixture
def store(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    clients.reset()
    monkeypatch.setenv("AWS_ENDPOINT_URL", emulator.endpoint)
    room = Room(cache(emulator.client), "embedded")
    made = TableStore(room.table(), lambda: client("dynamodb"))
    made.get(Ref(Head, "nobody"))  # connected before the threads start
    yield made
    clients.reset()


def sms(number: str, n: int) -> Raw:
    form = {"MessageSid": f"SM{number}{n}", "From": number, "To": "+15005550006", "Body": f"{n}"}
    return Raw("sms", f"SM{number}{n}", f"a{number}.{n}", START, urlencode(form))


def chat(visitor: str, n: int) -> Raw:
    told = {"frame": {"action": "message", "id": f"f{n}", "text": f"{n}"}, "visitor": visitor}
    return Raw(
        "chat", f"{visitor}:{n}", f"b{visitor}.{n}", START + timedelta(milliseconds=n), json.dumps(told)
    )


def route(store: Store, *raws: Raw) -> None:
    """As the router does it, one after another."""
    ports = Ports(store=store, settings=FixedSettings(), clock=lambda: START)
    routing = RouteMessage(store, lambda at=None: ports.now(channels.traits(), at))
    for raw in raws:
        routing(raw, channels.load(raw.channel).inbound.parse(raw))


def at_once(*acts: Callable[[], None]) -> list[BaseException]:
    """All begin at the same moment; what they raised."""
    barrier, raised = threading.Barrier(len(acts)), []

    def run(act: Callable[[], None]) -> None:
        barrier.wait()
        try:
            act()
        except BaseException as error:
            raised.append(error)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def a_customer(store: Store, ways: int) -> tuple[str, list[Address]]:
    """Somebody who has these many addresses, and never wrote yet."""
    n = next(_numbers)
    addresses = [Address("visitor", f"01KDXZ8E00000000000{n:03}{way:04}") for way in range(ways - 1)]
    addresses.append(Address("phone", f"+8210000{n:05}"))
    for address in addresses:
        store.commit(Put(AddressOwner(address, f"C{n}", f"C{n}")))
    return f"C{n}", addresses


def seqs(store: Store, customer: str) -> list[int]:
    return [entry.seq for entry in store.find(Entry, customer, limit=1000)]


def test_two_channels_writing_at_once_never_open_two_cases(store: Store) -> None:
    for _ in range(10):
        customer, (visitor, phone) = a_customer(store, 2)

        raised = at_once(
            partial(route, store, sms(phone.value, 1)), partial(route, store, chat(visitor.value, 1))
        )

        head: Any = store.get(Ref(Head, customer))
        assert raised == []
        assert len(head.cases) == 1
        assert {i.channel for i in head.cases[0].interactions} == {"sms", "chat"}
        assert seqs(store, customer) == [1, 2]


def test_the_same_stranger_writing_twice_at_once_is_one_customer(store: Store) -> None:
    for _ in range(5):
        number = f"+8210111{next(_numbers):05}"

        raised = at_once(partial(route, store, sms(number, 1)), partial(route, store, sms(number, 2)))

        owner: Any = store.get(Ref(AddressOwner, Address("phone", number)))
        assert raised == []
        assert seqs(store, owner.customer_id) == [1, 2]


EACH = 5


@pytest.mark.parametrize("hands", [2, 8])
def test_a_storm_on_one_customer_makes_nobody_come_again(hands: int, store: Store) -> None:
    """Each hand is an address of the customer (its own message group), as many as there can be and more."""
    customer, addresses = a_customer(store, hands)

    def write(address: Address) -> Callable[[], None]:
        made = sms if address.kind == "phone" else chat
        return partial(route, store, *(made(address.value, n) for n in range(EACH)))

    raised = at_once(*map(write, addresses))

    assert raised == []
    assert seqs(store, customer) == list(range(1, hands * EACH + 1))
    head: Any = store.get(Ref(Head, customer))
    assert (head.version, len(head.cases)) == (hands * EACH, 1)


def test_a_message_that_comes_twice_at_once_is_one(store: Store) -> None:
    customer, (phone,) = a_customer(store, 1)

    raised = at_once(*(partial(route, store, sms(phone.value, 1)) for _ in range(6)))

    assert raised == []
    assert seqs(store, customer) == [1]
