"""Who is told of a line by name: a notice in the inbox of each, written together with the line."""

from datetime import timedelta

from shared.domain.change import Change, Put
from shared.domain.desk.inbox import ABUSED, ASSIGNED, MENTION, REASSIGNED, STEPPED_IN, Notice
from shared.domain.desk.views import agent_id
from shared.domain.timeline.entry import Entry, Kind

KEPT = timedelta(days=40)
WHAT = {
    Kind.NOTE_ADDED: MENTION,
    Kind.STEPPED_IN: STEPPED_IN,
    Kind.CASE_CLOSED: ABUSED,
    Kind.TRANSFERRED: REASSIGNED,
}


def notices_of(entry: Entry) -> tuple[Notice, ...]:
    """One for each whom the line calls, under the line's own id: written twice it is one."""
    return tuple(
        Notice(
            person=person,
            id=entry.id,
            what=WHAT.get(entry.kind, ASSIGNED),
            at=entry.at,
            customer_id=entry.timeline,
            case_id=entry.case_id,
            timeline=entry.timeline,
            seq=entry.seq,
            by=agent_id(entry.actor),
            expires_at=entry.at + KEPT,
        )
        for person in entry.signals.mentioned
    )


def notices(entry: Entry) -> Change:
    return tuple(Put(notice) for notice in notices_of(entry))
