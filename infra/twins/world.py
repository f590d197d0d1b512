"""All twins together: a whole world in memory, for tests, the stepper and the simulation."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from functions import channels
from infra.twins.aws import MemoryAws
from infra.twins.census import MemoryCensus
from infra.twins.clock import FakeClock
from infra.twins.fetch import MemoryFetch
from infra.twins.files import MemoryFiles
from infra.twins.finder import MemoryFinder
from infra.twins.http import MemoryHttp
from infra.twins.ids import CountedIds
from infra.twins.inbox import MemoryInbox
from infra.twins.meter import MemoryMeter, MemoryPostpone
from infra.twins.outbox import MemoryOutbox
from infra.twins.secrets import MemorySecrets
from infra.twins.settings import FixedSettings
from infra.twins.sockets import MemorySockets
from infra.twins.staff_pool import MemoryPool
from infra.twins.store import MemoryStore
from infra.twins.witness import MemoryJournal, MemoryWitness
from shared.domain.now import Now
from shared.domain.traits import Channels
from shared.edge.wiring import Ports
from shared.ports import AtOnce, Within
from shared.use_cases.at_once import one_after_another

T = TypeVar("T")


def at_last(seconds: float, work: Callable[[], T]) -> T:
    """In memory nothing takes long."""
    return work()


@dataclass
class World:
    """Hand `ports()` to `wiring.use`; afterwards look into the twins."""

    clock: FakeClock = field(default_factory=FakeClock)
    store: MemoryStore = field(default_factory=MemoryStore)
    inbox: MemoryInbox = field(default_factory=MemoryInbox)
    outbox: MemoryOutbox = field(init=False)
    desk_sockets: MemorySockets = field(default_factory=MemorySockets)
    chat_sockets: MemorySockets = field(default_factory=MemorySockets)
    staff_pool: MemoryPool = field(default_factory=MemoryPool)
    http: MemoryHttp = field(default_factory=MemoryHttp)
    aws: MemoryAws = field(default_factory=MemoryAws)
    fetch: MemoryFetch = field(default_factory=MemoryFetch)
    secrets: MemorySecrets = field(default_factory=MemorySecrets)
    files: MemoryFiles = field(default_factory=MemoryFiles)
    finder: MemoryFinder = field(default_factory=MemoryFinder)
    notice_files: MemoryFiles = field(default_factory=MemoryFiles)
    meter: MemoryMeter = field(default_factory=MemoryMeter)
    at_once: AtOnce = one_after_another
    many_at_once: AtOnce = one_after_another
    within: Within = at_last
    postpone: MemoryPostpone = field(default_factory=MemoryPostpone)
    settings: FixedSettings = field(default_factory=FixedSettings)
    channels: Channels = field(default_factory=channels.traits)
    ids: CountedIds = field(init=False)
    witness: MemoryWitness = field(init=False)
    journal: MemoryJournal = field(init=False)
    census: MemoryCensus = field(init=False)

    def __post_init__(self) -> None:
        self.outbox = MemoryOutbox(self.store)
        self.ids = CountedIds(self.clock)
        self.witness = MemoryWitness(self.meter)
        self.journal = MemoryJournal(self.meter)
        self.census = MemoryCensus(self.store)

    def now(self, at: datetime | None = None) -> Now:
        """As functions.channels.now: what a use case takes."""
        return self.ports().now(self.channels, at)

    def ports(self) -> Ports:
        return Ports(**self.twins())

    def twins(self) -> dict[str, Any]:
        """Every twin by the name of its port."""
        return {name: twin for name, twin in vars(self).items() if name != "channels"}
