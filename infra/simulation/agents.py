"""The agents of a simulated centre: what they hold, and the seats that offer them."""

from dataclasses import dataclass, field
from functools import lru_cache

from infra.simulation.plan import Shift, moment
from shared.domain.roster import Roster
from shared.domain.routing.capacity import has_room_for, places
from shared.domain.routing.seats import Seat
from shared.domain.routing.staff import Agent, Engagement
from shared.domain.staffing import Profile, member_key
from shared.domain.traits import Channels


@dataclass(slots=True)
class Worker:
    """`held` are the channels of the contacts they talk in, `rings` the contact that is offered to them.
    While they are there, `busy` is the time with contacts and `rang` that in which something rang and they
    had none; the moments are set while that goes on.
    """

    shift: Shift
    here: bool = False
    held: tuple[str, ...] = ()
    rings: str = ""
    busy_since: float | None = None
    busy: float = 0.0
    rang_since: float | None = None
    rang: float = 0.0
    here_since: float = 0.0
    staffed: float = 0.0


@dataclass(slots=True)
class Workers:
    """All agents by id. `seats` are those who may be asked now."""

    roster: Roster
    channels: Channels
    seats: dict[str, Seat] = field(default_factory=dict)
    known: dict[str, Worker] = field(default_factory=dict)

    def come(self, at: float, shift: Shift) -> None:
        worker = self.known.setdefault(shift.agent_id, Worker(shift))
        worker.here, worker.here_since = True, at
        worker.busy_since = at if worker.held else None
        self._offer(at, worker)

    def go(self, at: float, agent_id: str) -> None:
        worker = self.known[agent_id]
        self._count(at, worker)
        worker.here = False
        worker.staffed += at - worker.here_since
        self.seats.pop(agent_id, None)

    def ring(self, at: float, agent_id: str, contact_id: str) -> None:
        worker = self.known[agent_id]
        worker.rings, worker.rang_since = contact_id, None if worker.held else at
        self.seats.pop(agent_id, None)

    def stop_ringing(self, at: float, agent_id: str) -> None:
        worker = self.known[agent_id]
        if worker.rang_since is not None and worker.here:
            worker.rang += at - worker.rang_since
        worker.rings, worker.rang_since = "", None
        self._offer(at, worker)

    def take(self, at: float, agent_id: str, channel: str) -> None:
        worker = self.known[agent_id]
        worker.held = (*worker.held, channel)
        if worker.busy_since is None and worker.here:
            worker.busy_since = at
        self.stop_ringing(at, agent_id)

    def finish(self, at: float, agent_id: str, channel: str) -> None:
        worker = self.known[agent_id]
        left = list(worker.held)
        left.remove(channel)
        worker.held = tuple(left)
        if not left:
            self._count(at, worker)
        self._offer(at, worker)

    def _count(self, at: float, worker: Worker) -> None:
        if worker.busy_since is not None:
            worker.busy += at - worker.busy_since
            worker.busy_since = None

    def _offer(self, at: float, worker: Worker) -> None:
        shift, key = worker.shift, member_key(worker.shift.login)
        abilities = self.roster.of(key)
        open_for = room(abilities.profile, worker.held, self.channels) if abilities and worker.here else ()
        if open_for and not worker.rings:
            bench = self.roster.bench_of(key, shift.agent_id)
            self.seats[shift.agent_id] = Seat("main", bench, shift.agent_id, moment(at), key, open_for)
        else:
            self.seats.pop(shift.agent_id, None)


@lru_cache(maxsize=4096)
def room(profile: Profile, held: tuple[str, ...], channels: Channels) -> tuple[str, ...]:
    """The channels of which somebody who holds these contacts can take one more."""
    begun = moment(0)
    work = tuple(
        Engagement(str(n), "", channel, begun, str(n), places(profile, channel, channels))
        for n, channel in enumerate(held)
    )
    return has_room_for(Agent("", "", "", 1, engagements=work), profile, channels)
