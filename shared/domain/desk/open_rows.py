"""The rows of the list of all open cases."""

from collections.abc import Mapping

from shared.domain.customer.head import Head, OpenCase
from shared.domain.customer.kept import Case
from shared.domain.desk.found import OPEN, OpenRow
from shared.domain.ids import case_number


def open_rows(head: Head, kept: Mapping[str, Case], name: str) -> dict[str, OpenRow]:
    """By case, as the head and the kept cases say now. `name` is what the customer is called."""
    return {case.id: _row(case, kept.get(case.id), name) for case in head.cases}


def closed_row(case_id: str) -> OpenRow:
    """The row of a case that is open no more, to be removed."""
    return OpenRow(OPEN, case_id, "", "", "", "")


def _row(case: OpenCase, kept: Case | None, name: str) -> OpenRow:
    return OpenRow(
        OPEN,
        case.id,
        case.member,
        case_number(case.id),
        case.contact.channel,
        case.contact.queue,
        case.owner,
        name,
        kept.tags if kept else (),
        case.opened_at,
        case.snoozed.until if case.snoozed else None,
    )
