"""What each agent did on a day: the published metrics, by the formulas of every export."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from shared.domain.report.figures import Figure
from shared.domain.report.formulas import Number, totals
from shared.ports import Settings, Store
from shared.use_cases.report.sum_shards import figures_of
from shared.use_cases.routing.agent_names import agent_names

SHOWN = (
    "contacts_handled",
    "contacts_completed",
    "average_handle_time",
    "messages_sent",
    "offers_made",
    "agent_non_response",
    "agent_answer_rate",
    "cases_closed",
    "cases_solved",
    "csat",
    "surveys_satisfied",
    "surveys_answered",
    "staffed_time",
    "utilisation_by_slots",
)


@dataclass(frozen=True, slots=True)
class AgentDay:
    """`name` is "" for who is no agent any more; `numbers` by name of metric, None without a base."""

    id: str
    name: str
    numbers: Mapping[str, Number]


@dataclass(frozen=True, slots=True)
class AgentsDay:
    """`zone` is the centre's: the day is one of that."""

    day: date
    zone: str
    items: tuple[AgentDay, ...]


@dataclass(frozen=True, slots=True)
class SeeAgents:
    """The figures of the day, and one batch read for the names."""

    store: Store
    settings: Settings

    def __call__(self, day: date) -> AgentsDay:
        """By name."""
        groups: dict[str, list[Figure]] = {}
        for figure in figures_of(self.store, str(day)):
            if figure.agent:
                groups.setdefault(figure.agent, []).append(figure)
        names = agent_names(self.store, set(groups))
        found = [AgentDay(id, names.get(id, ""), _shown(rows)) for id, rows in groups.items()]
        return AgentsDay(day, self.settings.centre().zone, tuple(sorted(found, key=_order)))


def _shown(figures: Sequence[Figure]) -> Mapping[str, Number]:
    sums = totals(figures)
    return {name: sums[name] for name in SHOWN}


def _order(one: AgentDay) -> tuple[str, str]:
    return one.name or one.id, one.id
