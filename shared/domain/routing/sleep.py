"""A case that its agent snoozed, as the routing knows it."""

from shared.domain.change import Delete, Write
from shared.domain.customer.head import Contact, ContactState, OpenCase
from shared.domain.customer.snooze import Sleeper

# An agent has the contact: they talk, or left it alone for a while.
HAS_IT = (ContactState.CONNECTED, ContactState.SNOOZED)


def sleeping(case: OpenCase) -> Contact:
    """The contact of a snoozed case that its agent left alone."""
    return next((c for c in case.contacts if c.state is ContactState.SNOOZED), case.contact)


def off_the_list(case: OpenCase) -> tuple[Write, ...]:
    """The row of a snoozed case leaves its agent's list."""
    if case.snoozed is None:
        return ()
    return (Delete(Sleeper(case.snoozed.by, case.id, case.member, case.snoozed.until)),)
