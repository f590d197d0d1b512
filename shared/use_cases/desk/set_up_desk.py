"""An agent sets up their desk: saved views, what they are told of and how, up to when they looked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from shared.domain.change import ABSENT, Put, Ref
from shared.domain.desk.inbox import SWITCHES, DeskOf, SavedView
from shared.domain.errors import Malformed, Refused
from shared.domain.times import in_utc
from shared.ports import Clock, Store
from shared.use_cases.retry_on_conflict import retry_on_conflict

MOST_VIEWS, LONGEST_NAME, LONGEST_QUERY = 30, 60, 500


@dataclass(frozen=True, slots=True)
class SetUp:
    """What is to be another way; None leaves a part as it is. `version` is the one that the agent saw.
    `phone` is where calls ring them, which lies with the agent (use_cases/routing/set_phone.py).
    """

    views: tuple[SavedView, ...] | None = None
    told: tuple[str, ...] | None = None
    seen_at: datetime | None = None
    version: int | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class SetUpDesk:
    """Another desk of the same agent may write at the same time: nothing of it is lost."""

    store: Store
    clock: Clock

    def __call__(self, agent_id: str, wanted: SetUp) -> DeskOf:
        """Raises Malformed for a switch that is none, views that do not fit and a moment without a zone;
        Refused `desk_changed` (409) for an old version.
        """
        if wanted.told is not None and not {*wanted.told} <= SWITCHES:
            raise Malformed("no such switch")
        if wanted.views is not None and not fit(wanted.views):
            raise Malformed("at most 30 views, each with a short name of its own")

        wanted = replace(wanted, seen_at=in_utc(wanted.seen_at)) if wanted.seen_at else wanted

        def once() -> DeskOf:
            known = self.store.get(Ref(DeskOf, agent_id))
            before = known or DeskOf(agent_id, version=0)
            if wanted.version is not None and wanted.version != before.version:
                raise Refused("desk_changed", status=409)
            after = self._after(before, wanted)
            self.store.commit(Put(after, over=before.version if known else ABSENT))
            return after

        return retry_on_conflict(once)

    def _after(self, before: DeskOf, wanted: SetUp) -> DeskOf:
        """What was looked at is not unseen again, and nothing is looked at before it is there."""
        seen = [at for at in (before.seen_at, wanted.seen_at) if at]
        return replace(
            before,
            views=before.views if wanted.views is None else wanted.views,
            told=before.told if wanted.told is None else tuple(sorted({*wanted.told})),
            seen_at=min(max(seen), self.clock()) if seen else None,
            version=before.version + 1,
        )


def fit(views: Sequence[SavedView]) -> bool:
    """Whether these can be kept: few, each short and with a name of its own."""
    short = all(0 < len(v.name.strip()) <= LONGEST_NAME and len(v.query) <= LONGEST_QUERY for v in views)
    return short and len({view.name.strip() for view in views}) == len(views) <= MOST_VIEWS
