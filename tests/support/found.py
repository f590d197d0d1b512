"""Customers with their rows in a memory table."""

from collections.abc import Sequence
from datetime import UTC, datetime

from infra.twins.settings import FixedSettings
from infra.twins.store import MemoryStore
from shared.domain.address.address import Address
from shared.domain.centre import Centre
from shared.domain.change import Put
from shared.domain.customer.evidence import FieldValue
from shared.domain.declared import Field, Tag
from shared.domain.desk.find_rows import Known, find_rows
from shared.domain.desk.find_view import FoundItem, FoundPage
from shared.use_cases.desk.find import Find

CENTRE = Centre(tags=(Tag("vip", "우수 고객", "VIP"), Tag("trade")), fields=(Field("order"),))
NOVEMBER = datetime(2026, 11, 27, tzinfo=UTC)


def somebody(
    customer_id: str,
    name: str = "",
    *addresses: str,
    tags: Sequence[str] = (),
    order: str = "",
    at: datetime | None = NOVEMBER,
) -> Known:
    """Numbers begin with a plus; what has an @ is a mail address."""
    kinds = [Address("email" if "@" in one else "phone", one) for one in addresses]
    fields = (FieldValue("order", order),) if order else ()
    return Known(customer_id, name, tuple(kinds), tuple(tags), fields, at)


def keep(store: MemoryStore, *customers: Known) -> None:
    for who in customers:
        for row in find_rows(who, "KR"):
            store.commit(Put(row))


def search(store: MemoryStore, text: str, cursor: str = "") -> FoundPage:
    return Find(store, FixedSettings(CENTRE))(text, cursor)


def every_page(store: MemoryStore, text: str) -> list[FoundItem]:
    page = search(store, text)
    items = list(page.items)
    while page.next:
        page = search(store, text, page.next)
        items += page.items
    return items


def ids(store: MemoryStore, text: str) -> list[str]:
    """Whom a search finds in all its pages, in order."""
    return list(dict.fromkeys(item.customer_id for item in every_page(store, text)))
