"""One customer with an open case, and the items and records of a message of theirs."""

from datetime import UTC, datetime
from typing import Any

from shared.adapters.table import key, ref_of, to_image
from shared.domain.address.address import Address
from shared.domain.address.way import Way
from shared.domain.case.attach import interaction
from shared.domain.centre import Centre, Config, ConfigPointer
from shared.domain.channel.commands import Raw
from shared.domain.channel.receipt import Outcome, Receipt
from shared.domain.customer.evidence import AddressOwner
from shared.domain.customer.head import Contact, ContactState, Head, OpenCase
from shared.domain.now import Now
from shared.domain.timeline.content import Content
from shared.domain.timeline.entry import Audience, Entry, Kind
from tests.support.webhooks import payload

AT = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
CUSTOMER = "01KDVDNAZ84F4JQAS9DZR94AFZ"
CASE = "01KDVDNAZ84F4JQAS9DZR9CASE"
SENDER = Address("phone", "+821000000001")
OWN_NUMBER = "+15005550010"
VERSION = 7  # of the head: the customer has written before
HELLO = "sms/hello.txt"


WAY = Way("sms", SENDER, CUSTOMER, SENDER.value, OWN_NUMBER)


def table() -> dict[tuple[str, str], dict[str, Any]]:
    """What the way of a message reads, as it is stored."""
    known = (head(), AddressOwner(SENDER, CUSTOMER, CUSTOMER), ConfigPointer(1), Config(1, Centre()))
    return {key(ref_of(item)): to_image(item) for item in known}


def head() -> Head:
    counter = iter(range(100))
    now = Now(AT, lambda: f"01KDVDNAZ84F4JQAS9DZR9{next(counter):04}", Centre())
    begun = interaction(WAY, now)
    waits = Contact(begun.id, begun.channel, "main", ContactState.WAITING, AT)
    return Head(CUSTOMER, VERSION, "ko", cases=(OpenCase(CASE, CUSTOMER, AT, (waits,), (begun,)),))


def entry(seq: int = VERSION + 1) -> Entry:
    return Entry(
        CUSTOMER, seq, "01KDVDNAZ84F4JQAS9DZR9ENTR", AT, Kind.MESSAGE_RECEIVED, Audience.CUSTOMER, "customer",
        way=WAY, case_id=CASE, interaction_id="01KDVDNAZ84F4JQAS9DZR90000",
        content=Content("Hello, where is my order?"),
        facts={"queue": "main", "door": "sms"},
    )  # fmt: skip


def receipt() -> Receipt:
    return Receipt("sms", "SM1", "a.e0", AT, Outcome.HANDLED, "", payload(HELLO), CUSTOMER, VERSION + 1, AT)


def raws(size: int) -> list[Raw]:
    parts = payload(HELLO).split("&")
    body = "&".join("From=%2B821000000001" if part.startswith("From=") else part for part in parts)
    return [Raw("sms", f"SM{i}", f"a{i}.e0", AT, body, "g") for i in range(size)]


def stream_record(seq: int = VERSION + 1) -> dict[str, Any]:
    image = to_image(entry(seq))
    keys = {name: image[name] for name in ("pk", "sk")}
    return {
        "eventID": str(seq),
        "eventName": "INSERT",
        "dynamodb": {"Keys": keys, "NewImage": image, "SequenceNumber": str(seq)},
    }
