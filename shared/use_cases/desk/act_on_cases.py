"""One act on up to 200 cases. Each answers for itself, and the same request again does nothing twice."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from shared.domain.errors import Conflict, Malformed, Refused, TryAgain
from shared.domain.ids import digest
from shared.domain.timeline.once import must_be_key
from shared.ports import AtOnce, Moment, Store
from shared.use_cases.at_once import one_after_another
from shared.use_cases.case.close_case import CloseCase
from shared.use_cases.case.snooze_case import SnoozeCase
from shared.use_cases.case.tag_case import TagCase
from shared.use_cases.desk.assign_case import AssignCase
from shared.use_cases.desk.hand_on import Wish
from shared.use_cases.routing.take_case import TakeCase

MOST = 200
TAKE, ASSIGN, TAG, SNOOZE, WAKE, CLOSE = ACTS = ("take", "assign", "tag", "snooze", "wake", "close")
AGENTS_OWN = (TAKE, ASSIGN, SNOOZE, WAKE, CLOSE)  # they change the agent, so one after another is fastest


@dataclass(frozen=True, slots=True)
class Named:
    customer_id: str
    case_id: str


@dataclass(frozen=True, slots=True)
class Values:
    """What an act takes: `to` (an agent) or `queue` with `note`; `add` and `remove` tags; `until`;
    `disposition`.
    """

    queue: str = ""
    to: str = ""
    note: str = ""
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    until: datetime | None = None
    disposition: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one case: done, or why not."""

    case_id: str
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class ActOnCases:
    """When the time is `over`, the others are not done (`not_done_yet`): asked again with the same key they
    are, and those that were done stay as they are.
    """

    store: Store
    now: Moment
    at_once: AtOnce = one_after_another
    over: Callable[[], bool] = lambda: False

    def __call__(
        self, agent_id: str, act: str, cases: Sequence[Named], values: Values, key: str
    ) -> list[Done]:
        """In the order asked, each case once. Raises Malformed for no act, no key, or too many cases: then
        nothing of it is done.
        """
        must_be_key(key)
        if act not in ACTS or len(cases) > MOST:
            raise Malformed("no such act on so many cases")
        if act == SNOOZE and values.until is None:
            raise Malformed("until when")
        once = list({one.case_id: one for one in cases}.values())
        done: dict[str, Done] = {}
        for lane in self.at_once(
            lambda lane: [self._one(agent_id, act, one, values, key) for one in lane], _lanes(act, once)
        ):
            done |= {one.case_id: one for one in lane}
        return [done[one.case_id] for one in once]

    def _one(self, agent_id: str, act: str, named: Named, values: Values, key: str) -> Done:
        try:
            if self.over():
                raise TryAgain("no time left")
            self._acts()[act](agent_id, named, values, digest(key, named.case_id))
        except Refused as refused:
            return Done(named.case_id, refused)
        except (TryAgain, Conflict):
            return Done(named.case_id, Refused("not_done_yet", status=503))
        return Done(named.case_id)

    def _acts(self) -> Mapping[str, Callable[[str, Named, Values, str], None]]:
        return {
            TAKE: self._take,
            ASSIGN: self._assign,
            TAG: self._tag,
            SNOOZE: self._snooze,
            WAKE: self._wake,
            CLOSE: self._close,
        }

    def _take(self, agent_id: str, one: Named, values: Values, key: str) -> None:
        TakeCase(self.store, self.now)(agent_id, one.customer_id, one.case_id, key)

    def _assign(self, agent_id: str, one: Named, values: Values, key: str) -> None:
        wish = Wish(agent_id, one.customer_id, one.case_id, values.queue, values.to, values.note)
        AssignCase(self.store, self.now)(wish, key)

    def _tag(self, agent_id: str, one: Named, values: Values, key: str) -> None:
        tag = TagCase(self.store, self.now)
        tag(agent_id, one.customer_id, one.case_id, values.add, values.remove, key)

    def _snooze(self, agent_id: str, one: Named, values: Values, key: str) -> None:
        if values.until:
            snooze = SnoozeCase(self.store, self.now)
            snooze(agent_id, one.customer_id, one.case_id, values.until, key)

    def _wake(self, agent_id: str, one: Named, values: Values, key: str) -> None:
        SnoozeCase(self.store, self.now).wake(agent_id, one.customer_id, one.case_id, key)

    def _close(self, agent_id: str, one: Named, values: Values, key: str) -> None:
        close = CloseCase(self.store, self.now)
        close(agent_id, one.customer_id, one.case_id, values.disposition, values.note, key)


def _lanes(act: str, cases: Sequence[Named]) -> list[list[Named]]:
    """What goes one after another: the cases of a customer, or all where the act changes the agent."""
    lanes: dict[str, list[Named]] = defaultdict(list)
    for one in cases:
        lanes["" if act in AGENTS_OWN else one.customer_id].append(one)
    return list(lanes.values())
