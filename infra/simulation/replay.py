"""A recorded day lived through again, under its own settings and under others, by the real matching."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from random import Random
from statistics import fmean

from infra.simulation.figures import DayFigures, day_figures, occupancy
from infra.simulation.patience import Patience
from infra.simulation.plan import Coming, Habits, Lived, Shift
from infra.simulation.recorded import Recorded, RecordedDay
from infra.simulation.simulate import Simulation
from shared.domain.roster import Roster
from shared.domain.traits import Channels


@dataclass(frozen=True, slots=True)
class Replay:
    """`drawn` is how many patiences were drawn, as their customers were answered before they gave up."""

    recorded: DayFigures
    own: DayFigures
    other: DayFigures
    drawn: int
    handle_guessed: int


@dataclass(frozen=True, slots=True)
class Replayer:
    """`logins` are those of the agents by id. `goal_s` is the service goal all three are measured by."""

    day: RecordedDay
    channels: Channels
    logins: Mapping[str, str]
    goal_s: float
    seed: int = 1

    def __call__(self, own: Roster, other: Roster) -> Replay:
        drawn = sum(not one.gave_up for one in self.day.contacts)
        guessed = sum(one.handled is None for one in self.day.contacts)
        return Replay(self._as_it_was(), self._under(own), self._under(other), drawn, guessed)

    def _as_it_was(self) -> DayFigures:
        lived = [
            Lived(_coming(one), one.waited, "" if one.gave_up else "somebody")
            for one in self.day.contacts
            if one.waited is not None
        ]
        return day_figures(lived, self.goal_s, self.day.occupancy)

    def _under(self, settings: Roster) -> DayFigures:
        """The same contacts, patience and handling whatever the settings."""
        rang = self.day.rang or (0.0,)
        habits = Habits(lambda chance: chance.choice(rang), self.day.declined)
        shifts = [Shift(id, self.logins.get(id, ""), *span) for id, *span in self.day.here]
        run = Simulation(settings, self.channels, shifts, self._contacts(settings), habits, self.seed).run()
        return day_figures(run.lived, self.goal_s, occupancy(run.workers.known.values()))

    def _contacts(self, settings: Roster) -> list[Coming]:
        chance = Random(f"patience {self.seed}")  # noqa: S311  # no secret
        day = self.day.contacts
        patience = Patience((one.waited, one.gave_up) for one in day if one.waited is not None)
        handled = [one.handled for one in day if one.handled is not None]
        usual = fmean(handled) if handled else 0.0
        return [
            _coming(one, settings, usual, self._patience(one, patience, chance))
            for one in sorted(day, key=lambda one: (one.at, one.id))
        ]

    def _patience(self, one: Recorded, known: Patience, chance: Random) -> float:
        if one.gave_up and one.waited is not None:
            return one.waited
        return known.after(one.waited or 0.0, chance)


def _coming(
    one: Recorded, settings: Roster | None = None, usual: float = 0.0, patience: float = inf
) -> Coming:
    priority = settings.centre.priority_of(one.queue) if settings else 5
    handle = usual if one.handled is None else one.handled
    return Coming(one.id, one.at, one.queue, handle, one.channel, one.needs, patience, priority)
