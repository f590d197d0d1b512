"""An agent sets up their desk: saved views, what they are told of."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from shared.domain.change import ABSENT, Put, Ref
from shared.domain.desk.inbox import DeskOf, SavedView
from shared.domain.errors import Conflict, Malformed, Refused
from shared.ports import Store

MOST_VIEWS, LONGEST_NAME, LONGEST_QUERY = 30, 60, 500
MOST_SWITCHES, LONGEST_SWITCH = 40, 40


@dataclass(frozen=True, slots=True)
class SetUpDesk:
    store: Store

    def __call__(
        self,
        agent_id: str,
        version: int,
        views: Sequence[SavedView] | None = None,
        told: Sequence[str] | None = None,
        seen_at: datetime | None = None,
    ) -> DeskOf:
        """What is None stays as it is. `version` is the one that was looked at, 0 before the first. Refused
        `stale_desk` (409) where another window was faster; the same values again are a success.
        """
        before = self.of(agent_id)
        after = replace(
            before,
            views=before.views if views is None else _views(views),
            told=before.told if told is None else _switches(told),
            seen_at=max(filter(None, (before.seen_at, seen_at)), default=None),
        )
        if after == before:
            return before
        if version != before.version:
            raise Refused("stale_desk", status=409)
        after = replace(after, version=before.version + 1)
        try:
            self.store.commit(Put(after, over=before.version or ABSENT))
        except Conflict as faster:
            raise Refused("stale_desk", status=409) from faster
        return after

    def of(self, agent_id: str) -> DeskOf:
        """Version 0 is a desk that was never set up."""
        return self.store.get(Ref(DeskOf, agent_id)) or DeskOf(agent_id, version=0)


def _views(views: Sequence[SavedView]) -> tuple[SavedView, ...]:
    fit = (0 < len(v.name.strip()) <= LONGEST_NAME and len(v.query) <= LONGEST_QUERY for v in views)
    names = {view.name.strip() for view in views}
    if len(views) > MOST_VIEWS or len(names) < len(views) or not all(fit):
        raise Malformed("at most 30 views, each with a short name of its own")
    return tuple(SavedView(view.name.strip(), view.query) for view in views)


def _switches(told: Sequence[str]) -> tuple[str, ...]:
    if len(told) > MOST_SWITCHES or any(len(one) > LONGEST_SWITCH for one in told):
        raise Malformed("too many switches")
    return tuple(told)
