"""After-contact work ends: the agent says so, its time is over, or they are gone."""

from dataclasses import dataclass
from datetime import datetime

from shared.domain.channel.commands import Due
from shared.domain.errors import Refused
from shared.domain.routing.wrap_up import wrapped, wrapping
from shared.domain.traits import FULL
from shared.ports import Moment, Store
from shared.use_cases.retry_on_conflict import retry_on_conflict
from shared.use_cases.routing.load_agent import agent_of


@dataclass(frozen=True, slots=True)
class WrapUp:
    store: Store
    now: Moment

    def done(self, agent_id: str, case_id: str) -> None:
        """The agent's own word. What is over already stays over: said twice, it is a success."""
        self._end(agent_id, case_id, "done", None)

    def over(self, agent_id: str, case_id: str) -> None:
        """Its time has come. Before that, or after it, there is nothing to do."""
        self._end(agent_id, case_id, "over", self.now().at)

    def _end(self, agent_id: str, case_id: str, how: str, at: datetime | None) -> None:
        def once() -> bool:
            agent = agent_of(self.store, agent_id)
            for place in wrapping(agent, case_id):
                if at is None or (place.wraps_until and place.wraps_until <= at):
                    self.store.commit(*wrapped(agent, place, how, self.now()))
                    return True
            return False

        for _ in range(FULL):  # each round frees one place of this case
            if not retry_on_conflict(once):
                return


def end_wrap_up(store: Store, now: Moment, due: Due) -> None:
    """A timer. Whose account is gone has nothing to end."""
    try:
        WrapUp(store, now).over(due.reference, due.case_id)
    except Refused as gone:
        if gone.code != "no_agent":
            raise
