"""The next line of a timeline, and the head that goes with it."""

from dataclasses import replace
from typing import Any

from shared.domain.change import ABSENT, Change, Put, Write
from shared.domain.customer.head import Contact, Head, OpenCase, OpenInteraction
from shared.domain.now import Now
from shared.domain.timeline.entry import Audience, Entry, Kind
from shared.domain.timeline.subject import with_subject


def next_entry(head: Head, now: Now, kind: Kind, **told: Any) -> Entry:
    """The entry after the head's last one; for staff, by the system, unless told otherwise."""
    usual: dict[str, Any] = {"timeline": head.customer_id, "audience": Audience.STAFF, "actor": "system"}
    entry = Entry(seq=head.version + 1, id=now.new_id(), kind=kind, **(usual | {"at": now.at} | told))
    return with_subject(entry, head, now)


def written(before: Head, after: Head, *entries: Entry) -> tuple[Write, ...]:
    """The entries and the head that counts them, conditioned on the head as it was read."""
    over = before.version if before.version else ABSENT
    last = max(entry.seq for entry in entries)
    return (*(Put(entry) for entry in entries), Put(replace(after, version=last), over=over))


def first_entry(change: Change) -> Entry:
    """What a change writes into a timeline first. Raises ValueError for one that writes nothing there."""
    for write in change:
        if isinstance(write.item, Entry):
            return write.item
    raise ValueError("a change without an entry")


def with_case(head: Head, case: OpenCase) -> Head:
    """The head with this case in place of its former self, or added."""
    others = tuple(c for c in head.cases if c.id != case.id)
    return replace(head, cases=(*others, case))


def without_case(head: Head, case_id: str) -> Head:
    return replace(head, cases=tuple(c for c in head.cases if c.id != case_id))


def with_interaction(case: OpenCase, one: OpenInteraction) -> OpenCase:
    """The case with this interaction in place of its former self, or added."""
    others = tuple(i for i in case.interactions if i.id != one.id)
    return replace(case, interactions=(*others, one))


def with_contact(case: OpenCase, one: Contact) -> OpenCase:
    """The case with this contact in the place of its former self, or added as the last."""
    if contact_of(case, one.interaction_id) is None:
        return replace(case, contacts=(*case.contacts, one))
    same = (one if c.interaction_id == one.interaction_id else c for c in case.contacts)
    return replace(case, contacts=tuple(same))


def without_contact(case: OpenCase, interaction_id: str) -> OpenCase:
    return replace(case, contacts=tuple(c for c in case.contacts if c.interaction_id != interaction_id))


def contact_of(case: OpenCase, interaction_id: str) -> Contact | None:
    """None when it has ended."""
    return next((c for c in case.contacts if c.interaction_id == interaction_id), None)


def case_of(head: Head, case_id: str) -> OpenCase | None:
    return next((c for c in head.cases if c.id == case_id), None)
