"""Whatever dies wherever: what is lost is told exactly, and nothing that no door counted stands in for it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from infra.local.stepper import AFTER, BEFORE, TWICE, Crash, Fault
from infra.local.stepper.queues import Message
from shared.adapters import codec
from shared.domain.channel.commands import Raw
from shared.domain.times import local_day
from shared.use_cases.report.read_ledger import ReadLedger
from tests.support.whole_scene import Desk, Visitor, WholeScene

# A door touches the outside once before it counts: the queue. So it dies before it does anything, just before
# the enqueue, between the enqueue and the count, or with its answer.
UNCOUNTED = Crash(2)
DOOR_FAULTS: tuple[Fault | None, ...] = (None, None, BEFORE, Crash(1), UNCOUNTED, AFTER)
FAULTS: tuple[Fault | None, ...] = (
    None, TWICE, BEFORE, AFTER, *(Crash(n, back_after=0) for n in (1, 2, 3, 4, 5, 6))
)  # fmt: skip
HANDLERS = ("Router", "DeliveryRecorder", "EventPublisher", "ReportAggregator")
DOORS = ("Inbound", "Delivery")
NUMBERS = ("+821000000001", "+821000000002")


@dataclass
class Town:
    """Customers and a provider at doors that die; `denied` was stored and not counted."""

    scene: WholeScene = field(default_factory=WholeScene)
    denied: set[str] = field(default_factory=set)
    lost: int = 0
    desk: Desk = field(init=False)
    visitor: Visitor = field(init=False)

    def __post_init__(self) -> None:
        self.desk = self.scene.agent()
        self.visitor = self.scene.visitor()
        self.scene.sms(NUMBERS[0], "Hello?")
        self.scene.run()
        self.desk.reply(self.desk.accept(), "sms", "Hello.")
        self.scene.run()

    def read_by_page(self) -> tuple[int, int]:
        """Lost and never counted as the page reads them, which looks into no log."""
        world, ports = self.scene.world, self.scene.ground.ports
        day = local_day(world.clock(), world.settings.centre().zone)
        ledger = ReadLedger(self.scene.store, ports["witness"], world.settings)(day)
        return ledger.lost, ledger.never_counted

    def write(self, what: int, fault: Fault | None) -> None:
        """The same `what` again is the provider delivering twice."""
        self._at_door(lambda: self.scene.sms(NUMBERS[what % 2], "Hi", sid=f"SM-{what}", fault=fault), fault)

    def say(self, what: int, fault: Fault | None) -> None:
        self._at_door(lambda: self.visitor.say("Hi", id=f"frame-{what:04}", fault=fault), fault)

    def report(self, what: int, fault: Fault | None) -> None:
        (text,) = self.scene.provider.texts
        state = ("sent", "delivered", "queued")[what % 3]
        self._at_door(lambda: self.scene.report(text, state, fault=fault), fault)

    def handle(self, what: int, fault: Fault | None) -> None:
        function = HANDLERS[what % len(HANDLERS)]
        if function in {pending.function for pending in self.scene.stepper.pending()}:
            self.scene.stepper.deliver(function, fault=fault)

    def lose(self, what: int, fault: Fault | None) -> None:
        """A message that nobody received yet vanishes from a door's queue, as by a purge. What the door did
        not count, it also promised to nobody.
        """
        queue = self.scene.ground.sqs.queues[DOORS[what % 2]].messages
        untouched = [message for message in queue if message.receives == 0]
        if untouched:
            queue.remove(gone := untouched[what % len(untouched)])
            self.lost += _acceptance(gone) not in self.denied
            self.denied.discard(_acceptance(gone))

    def compare(self, what: int, fault: Fault | None) -> None:
        self.scene.stepper.tick("Reconciler")

    def _at_door(self, act: Callable[[], object], fault: Fault | None) -> None:
        before = self._lying()
        act()
        self.denied |= self._lying() - before if fault is UNCOUNTED else set()

    def _lying(self) -> set[str]:
        queues = self.scene.ground.sqs.queues
        return {_acceptance(message) for name in DOORS for message in queues[name].messages}


def _acceptance(message: Message) -> str:
    return codec.decode(message.body, Raw).acceptance


Act = tuple[Callable[[Town, int, Fault | None], None], int, Fault | None]
AT_DOORS = st.sampled_from((Town.write, Town.say, Town.report))
BEHIND = st.sampled_from((Town.handle, Town.handle, Town.lose, Town.compare))
ACTS = st.one_of(
    st.tuples(AT_DOORS, st.integers(0, 5), st.sampled_from(DOOR_FAULTS)),
    st.tuples(BEHIND, st.integers(0, 7), st.sampled_from(FAULTS)),
)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(acts=st.lists(ACTS, min_size=1, max_size=14))
@example(acts=[(Town.write, n, UNCOUNTED) for n in range(3)] + [(Town.write, 3, None), (Town.lose, 6, None)])
@example(acts=[(Town.report, 0, UNCOUNTED), (Town.write, 0, None), (Town.lose, 0, None)])
@example(acts=[(Town.say, 0, UNCOUNTED), (Town.handle, 0, None), (Town.say, 1, None), (Town.lose, 0, None)])
@example(acts=[(Town.write, 0, UNCOUNTED), (Town.handle, 0, Crash(4, back_after=0)), (Town.write, 1, None)])
def test_whatever_dies_the_ledger_tells_exactly_what_is_lost(acts: list[Act]) -> None:
    town = Town()

    for act, what, fault in acts:
        act(town, what, fault)
    town.scene.live(300)  # all of it comes to its end

    ledger = town.scene.ledger()
    assert (ledger.waiting, ledger.lost, ledger.never_counted) == (0, town.lost, len(town.denied))
    town.scene.world.clock.now += timedelta(minutes=10)
    town.compare(0, None)
    assert town.read_by_page() == (town.lost, len(town.denied))
