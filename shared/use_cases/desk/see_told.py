"""What an agent was told and has not looked at, and the cases they follow."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shared.domain.change import Ref
from shared.domain.customer.evidence import Profile
from shared.domain.customer.head import Head
from shared.domain.desk.card import customer_name
from shared.domain.desk.inbox import DeskOf, Follow, Notice
from shared.domain.desk.reader import Reader
from shared.domain.desk.told_view import FollowView, NoticeView, notice_view
from shared.domain.desk.views import moment
from shared.domain.ids import case_number
from shared.domain.routing.staff import Agent
from shared.domain.timeline.append import case_of
from shared.domain.timeline.entry import Entry
from shared.ports import Moment, Store

SHOWN = 50
AT_ONCE = 100  # items of one batch read
Found = Mapping[Ref[Any], Any]


@dataclass(frozen=True, slots=True)
class Told:
    """`notices` are the newest first, at most 50; `followed` the cases by their ids."""

    notices: tuple[NoticeView, ...] = ()
    followed: tuple[FollowView, ...] = ()


@dataclass(frozen=True, slots=True)
class SeeTold:
    """Two queries; where something is shown a batch read for each 100 items, and one for roots and owners."""

    store: Store
    now: Moment

    def __call__(self, desk: DeskOf, language: str) -> Told:
        recent = self.store.find(Notice, desk.agent_id, limit=SHOWN, newest_first=True)
        unseen = [one for one in recent if desk.seen_at is None or one.at > desk.seen_at]
        follows = self.store.find(Follow, desk.agent_id)
        ids = {one.customer_id for one in unseen} | {one.customer_id for one in follows}
        said = [Ref(Entry, one.timeline, one.seq) for one in unseen]
        people = [Ref(Agent, one.by) for one in unseen if one.by]
        known = self._read([*said, *people, *_of(Head, ids), *_of(Profile, ids)])
        more = self._read([*_behind(known, ids), *_owners(known, follows)])
        reader = Reader(language, self.now())
        found = {**known, **more}
        return Told(
            tuple(_notice(one, found, reader) for one in unseen),
            tuple(_follow(one, found, reader) for one in follows),
        )

    def _read(self, refs: Sequence[Ref[Any]]) -> dict[Ref[Any], Any]:
        once = [*dict.fromkeys(refs)]
        pages = (once[start : start + AT_ONCE] for start in range(0, len(once), AT_ONCE))
        pairs = (zip(page, self.store.get_all(*page), strict=True) for page in pages)
        return {ref: row for page in pairs for ref, row in page if row is not None}


def _of(kind: type, ids: Iterable[str]) -> list[Ref[Any]]:
    return [Ref(kind, id) for id in sorted(ids)]


def _behind(known: Found, ids: Iterable[str]) -> list[Ref[Any]]:
    """The heads and profiles of those whom these customers were merged into."""
    roots = {head.root for id in ids if (head := known.get(Ref(Head, id))) and head.root}
    return [*_of(Head, roots), *_of(Profile, roots)]


def _owners(known: Found, follows: Iterable[Follow]) -> list[Ref[Any]]:
    heads = (known.get(Ref(Head, one.customer_id)) for one in follows)
    return _of(Agent, {case.agent for head in heads if head for case in head.cases if case.agent})


def _ruling(customer_id: str, found: Found) -> Head | None:
    head: Head | None = found.get(Ref(Head, customer_id))
    return found.get(Ref(Head, head.root)) if head and head.root else head


def _name(customer_id: str, found: Found, reader: Reader) -> str:
    head = _ruling(customer_id, found)
    ids = (head.customer_id, customer_id) if head else ()
    profiles = [row for id in ids if (row := found.get(Ref(Profile, id)))]
    return customer_name(head, profiles, reader) if head else ""


def _notice(one: Notice, found: Found, reader: Reader) -> NoticeView:
    by = found.get(Ref(Agent, one.by))
    line = found.get(Ref(Entry, one.timeline, one.seq))
    return notice_view(one, _name(one.customer_id, found, reader), by.name if by else "", line)


def _follow(one: Follow, found: Found, reader: Reader) -> FollowView:
    head = _ruling(one.customer_id, found)
    case = case_of(head, one.case_id) if head else None
    owner = found.get(Ref(Agent, case.agent)) if case else None
    last = head.last if head and case else None
    spoke = last and case and last.interaction_id in {going.id for going in case.interactions}
    return FollowView(
        case_id=one.case_id,
        number=case_number(one.case_id),
        customer_id=head.customer_id if head else one.customer_id,
        customer_name=_name(one.customer_id, found, reader),
        channel=case.contact.channel if case else "",
        state=case.state if case else "closed",
        owner_name=owner.name if owner else "",
        last_at=moment(last.at) if last and spoke else None,
    )
