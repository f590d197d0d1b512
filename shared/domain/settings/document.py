"""All settings of a centre together: what one version holds, whoever wrote it, by file or by screen."""

from dataclasses import dataclass, replace

from shared.domain.centre import Centre
from shared.domain.flow.flow import Flow
from shared.domain.hours import Hours
from shared.domain.public_holidays import with_holidays
from shared.domain.queue import Queue
from shared.domain.saved_reply import SavedReply
from shared.domain.staffing import Member
from shared.domain.template import Template

DEMO = Centre()


@dataclass(frozen=True, slots=True)
class Document:
    centre: Centre = DEMO
    templates: tuple[Template, ...] = ()
    flows: tuple[Flow, ...] = ()
    members: tuple[Member, ...] = ()
    replies: tuple[SavedReply, ...] = ()


def with_calendar(told: Document, year: int) -> Document:
    """The public holidays of all hours worked out, from this year on."""
    centre = told.centre
    queues = tuple(_of_queue(queue, year) for queue in centre.queues)
    return replace(told, centre=replace(centre, hours=with_holidays(centre.hours, year), queues=queues))


def without_calendar(told: Document) -> Document:
    """As a person writes it: the country alone."""
    queues = tuple(
        replace(queue, hours=_plain(queue.hours)) if queue.hours else queue for queue in told.centre.queues
    )
    return replace(told, centre=replace(told.centre, hours=_plain(told.centre.hours), queues=queues))


def _of_queue(queue: Queue, year: int) -> Queue:
    return replace(queue, hours=with_holidays(queue.hours, year)) if queue.hours else queue


def _plain(hours: Hours) -> Hours:
    return replace(hours, closed=())
