"""Two customers become one: a star of at most 5 members around a root. No entry moves."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from shared.domain.change import Put, Write
from shared.domain.customer.evidence import AddressOwner
from shared.domain.customer.head import ClosedCase, Head, LastMessage
from shared.domain.customer.pending import PendingSurvey

MOST_MEMBERS = 5


def mergeable(root: Head, joining: Head) -> bool:
    return (
        root.customer_id != joining.customer_id
        and not root.root
        and len(root.members) + 1 + len(joining.members) <= MOST_MEMBERS
    )


def merged(root: Head, joining: Head, at: datetime) -> Head:
    """The root's head with the other's open work; of what a head has once, what matters more at this moment.

    Numbering goes on after the larger of both last seqs: a member's entries stay under the member,
    so no later number may have been used there.
    """
    return replace(
        root,
        version=max(root.version, joining.version),
        members=(*root.members, joining.customer_id, *joining.members),
        cases=(*root.cases, *joining.cases),
        **_language(root, joining),
        last=_later(root, joining),
        closed=_closed_later(root, joining),
        survey=_more_urgent(root, joining, at),
    )


def _language(root: Head, joining: Head) -> dict[str, Any]:
    """What staff said of either rules, the root's first; else what the one who joins speaks now."""
    said = next((head for head in (root, joining) if head.language_said), None)
    language = said.language if said else joining.language or root.language
    return {"language": language, "language_said": said is not None}


def joined(
    joining: Head, root_id: str, owners: Sequence[AddressOwner], members: Sequence[Head]
) -> tuple[Write, ...]:
    """The joining head gives up its work. Its addresses and its own `members` get the root's id: whoever
    reads a head or an address follows `root` once, so a chain of two would hide the work at its end.
    """
    away = replace(joining, version=joining.version + 1, root=root_id, members=(), cases=(), proof=None)
    led: list[AddressOwner | Head] = [*owners, *members]
    return (Put(away, over=joining.version), *(_led(item, root_id) for item in led))


def _led(item: AddressOwner | Head, root_id: str) -> Put:
    return Put(replace(item, root=root_id, version=item.version + 1), over=item.version)


def _closed_later(root: Head, joining: Head) -> ClosedCase | None:
    both = [closed for closed in (root.closed, joining.closed) if closed]
    return max(both, key=lambda closed: closed.closed_at, default=None)


def _more_urgent(root: Head, joining: Head, at: datetime) -> PendingSurvey | None:
    """The one that can still be answered, else the later one: no survey is asked again for days after it."""
    both = [survey for survey in (root.survey, joining.survey) if survey]
    return max(both, key=lambda s: (s.score is None and at <= s.until, s.asked_at), default=None)


def _later(root: Head, joining: Head) -> LastMessage | None:
    both = [last for last in (root.last, joining.last) if last]
    return max(both, key=lambda last: last.at, default=None)
