"""Two customers become one: a star of at most 5 members around a root. No entry moves."""

from collections.abc import Sequence
from dataclasses import replace

from shared.domain.change import Put, Write
from shared.domain.customer import AddressOwner, Head, LastMessage

MOST_MEMBERS = 5


def mergeable(root: Head, joining: Head) -> bool:
    return (
        root.customer_id != joining.customer_id
        and not root.root
        and len(root.members) + 1 + len(joining.members) <= MOST_MEMBERS
    )


def merged(root: Head, joining: Head) -> Head:
    """The root's head with the other's open work.

    Numbering goes on after the larger of both last seqs: a member's entries stay under the member,
    so no later number may have been used there.
    """
    return replace(
        root,
        version=max(root.version, joining.version),
        members=(*root.members, joining.customer_id, *joining.members),
        cases=(*root.cases, *joining.cases),
        language=joining.language or root.language,
        last=_later(root, joining),
        closed=root.closed or joining.closed,
        survey=root.survey or joining.survey,
        proof=None,
        opted_out=tuple(dict.fromkeys((*root.opted_out, *joining.opted_out))),
    )


def joined(joining: Head, root_id: str, owners: Sequence[AddressOwner]) -> tuple[Write, ...]:
    """The member's head gives up its work; its addresses lead to the root at once."""
    away = replace(joining, version=joining.version + 1, root=root_id, members=(), cases=(), proof=None)
    moved = (Put(replace(o, root=root_id, version=o.version + 1), over=o.version) for o in owners)
    return (Put(away, over=joining.version), *moved)


def _later(root: Head, joining: Head) -> LastMessage | None:
    both = [last for last in (root.last, joining.last) if last]
    return max(both, key=lambda last: last.at, default=None)
