"""The head is read and written with every message, and billed by the kilobyte: it has a budget."""

from datetime import timedelta

from infra.twins.clock import START
from shared.adapters.table import to_image
from shared.domain.address.address import Address
from shared.domain.address.way import Way
from shared.domain.customer.head import (
    ClosedCase,
    Contact,
    ContactState,
    Decline,
    Head,
    LastMessage,
    OpenCase,
    OpenInteraction,
)
from shared.domain.customer.pending import PendingProof, PendingSurvey

BUDGET = 2048
ID = "01KDXZ8E00000000000000000{}"
AGENT = "0b6e2a4e-8d8c-4c0e-9f3a-2f1f6d5b7a1{}"
LATER = START + timedelta(minutes=5)
PHONE = Address("phone", "+821055500001")
SMS = Way("sms", PHONE, ID.format(1), PHONE.value, "+15005550006")
CHAT = Way("chat", Address("visitor", ID.format(2)), ID.format(1), ID.format(2))


def size(head: Head) -> int:
    """Bytes as DynamoDB bills them: names and values."""
    image = to_image(head)
    return sum(len(name) + len(str(next(iter(value.values()))).encode()) for name, value in image.items())


def contact(n: int, channel: str) -> Contact:
    """An offer of a contact that came back once and was declined once: more than most ever hold."""
    rests = (Decline(AGENT.format(2), LATER),)
    times = (START, 5, AGENT.format(1), ID.format(8), LATER, LATER)
    return Contact(ID.format(n), channel, "main", ContactState.OFFERED, *times, rests)


def busy() -> Head:
    """Two cases with three contacts on three exchanges, and all that a head can wait for."""
    me, owner = ID.format(1), (AGENT.format(1), LATER)
    by_sms, by_chat = (OpenInteraction(ID.format(n), way, START, LATER) for n, way in ((3, SMS), (4, CHAT)))
    two = (contact(3, "sms"), contact(4, "voice"))
    first = OpenCase(ID.format(5), me, START, two, (by_sms, by_chat), *owner)
    second = OpenCase(ID.format(6), me, START, (contact(7, "chat"),), (by_chat,), *owner)
    return Head(
        ID.format(1),
        1234,
        "ko",
        cases=(first, second),
        closed=ClosedCase(ID.format(9), ID.format(1), "main", START, LATER, AGENT.format(1)),
        last=LastMessage(SMS, ID.format(3), LATER),
        survey=PendingSurvey(ID.format(9), ID.format(1), "sms", PHONE, START, LATER),
        proof=PendingProof(ID.format(7), PHONE, LATER),
    )


def test_a_busy_customer_with_three_contacts_stays_within_the_budget() -> None:
    assert size(busy()) <= BUDGET


def test_a_customer_with_one_contact_stays_within_the_first_kilobyte() -> None:
    head = busy()
    (going,) = head.cases[1:]

    assert size(Head(head.customer_id, 12, "ko", cases=(going,), last=head.last)) <= 1024
