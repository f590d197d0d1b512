"""The hops of a message, and how many pairs (one message in and one out) a second each sustains."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from infra.capacity import load, setup
from infra.capacity.quotas import QUOTAS
from shared.adapters.threads import HANDS
from shared.domain.shards import SHARDS
from shared.edge.deadline import TABLE

# What an operator sets for a thousand pairs a second: all of it is named in the table.
RAISED = {"WarmWrites": 40_000}


@dataclass(frozen=True, slots=True)
class Hop:
    """`pairs` a second; `bound` says by what, and `by` which quota or parameter would have to be raised.
    What is not `held` is printed, and limits nothing yet.
    """

    name: str
    pairs: float
    bound: str
    by: str = ""
    held: bool = True


def hops(region: str, raised: Mapping[str, int] | None = None) -> list[Hop]:
    """Every hop, the narrowest first. `raised`: quotas and parameters at other values, by name."""
    return sorted(Room(region, raised or {}).all(), key=lambda hop: hop.pairs)


def first(found: list[Hop]) -> Hop:
    """The first bottleneck."""
    return next(hop for hop in found if hop.held)


class Room:
    def __init__(self, region: str, raised: Mapping[str, int]) -> None:
        self._region, self._raised = region, raised
        self.warm = raised.get("WarmWrites", setup.parameter("WarmWrites"))
        self.shards = -(-self.warm // self.quota("partition_writes"))

    def quota(self, name: str) -> int:
        return self._raised.get(name, QUOTAS[name].of(self._region))

    def all(self) -> Iterator[Hop]:
        yield from self._doors()
        yield from self._queues()
        yield from self._functions()
        yield from self._table()
        yield from self._bus()
        yield self._concurrency()
        yield self._offers()

    # ------------------------------------------------------------------ what comes in, what goes to desks

    def _doors(self) -> Iterator[Hop]:
        staff = load.STAFF_REQUESTS / load.CASE
        for name, stage, each in (
            ("providers' door", "DoorsStage", load.DOOR),
            ("desk's socket, in", "DeskSocketStage", load.SOCKET_IN),
        ):
            rate = setup.throttle(stage)
            yield Hop(name, rate / each, f"{rate} requests a second, {each} a pair", stage)
        rate = setup.staff_throttle()
        yield Hop("staff's requests", rate / staff, f"{rate} requests a second", "StaffApi")
        whole = load.DOOR + load.SOCKET_IN + load.FRAMES + staff
        gateway = self.quota("gateway")
        bound = f"{gateway} requests a second of the account, {whole:.1f} a pair"
        yield Hop("doors, sockets and frames together", gateway / whole, bound, QUOTAS["gateway"].name)

    def _queues(self) -> Iterator[Hop]:
        fifo = self.quota("fifo")
        for name in ("inbound.fifo", "outbound-<channel>.fifo"):
            yield Hop(name, fifo, f"{fifo} requests a second, one a message at worst", QUOTAS["fifo"].name)

    # ------------------------------------------------------------------ functions behind queues and stream

    def _functions(self) -> Iterator[Hop]:
        """Batches are full when it matters: what waits fills them."""
        yield self._fed("router", "RouterSource", load.ms("Router", 3 * 10), 1)
        yield self._fed("sender", "SmsSenderSource", load.ms("SmsSender", 4 * 10, 10, HANDS), 1)
        chat = load.ms("ChatSender", 5 * 10, at_once=HANDS)
        yield self._fed("sender of the chat", "ChatSenderSource", chat, 1)
        yield self._fed("delivery recorder", "DeliveryRecorderSource", self._recording(), load.STATES)
        yield self._fed("report aggregator", "ReportAggregatorSource", self._counting(), load.ENTRIES)
        # words do not wait for files, so this holds nothing up
        fetched = self._fed("files", "MediaFetcherSource", load.ms("MediaFetcher", 5, 1), load.FILES)
        yield replace(fetched, held=False)
        # what was written is found a moment later, or a minute
        told = self._fed("index of texts", "TextIndexerSource", load.ms("TextIndexer", 20), load.TEXTS)
        yield replace(told, held=False)
        yield replace(
            self._fed("what is found", "FinderSource", load.ms("Finder", 4 * 10), load.FOUND), held=False
        )
        rang = load.ms("Timekeeper", 3 * 10)
        yield self._fed("timers", "TimekeeperSource", rang, 1 / load.CASE)
        yield self._lanes("event publisher", "EventPublisherSource", self._publishing())
        yield self._lanes("desk notifier", "DeskNotifierSource", self._telling())
        yield self._sweep()

    def _recording(self) -> float:
        return load.ms("DeliveryRecorder", 2)

    def _counting(self) -> float:
        """A hundred facts: a file, and two transactions of a hundred actions at most."""
        return load.ms("ReportAggregator", 3) + 2 * load.HELD_MS

    def _publishing(self) -> float:
        """A hundred entries: ten PutEvents, the commands of 30 replies, a wake, timers, five rows."""
        return load.ms("EventPublisher", 10 + 3 + 1 + 1 + 5)

    def _telling(self) -> float:
        """A hundred entries of as many customers: two questions and a frame and a bit each."""
        return load.ms("DeskNotifier", 100 * (2 + load.FRAMES / load.ENTRIES), at_once=HANDS)

    def _fed(self, name: str, mapping: str, ms: float, each: float) -> Hop:
        source = setup.source(mapping)
        per_second = source.hands * source.batch * 1000 / ms
        bound = f"{source.hands} at once, {source.batch} in {ms:.0f} ms"
        return Hop(name, per_second / each, bound, f"MaximumConcurrency of {mapping}")

    def _lanes(self, name: str, mapping: str, ms: float) -> Hop:
        source = setup.source(mapping)
        per_second = self.shards * source.hands * source.batch * 1000 / ms
        bound = f"{self.shards} shards, {source.hands} at once on each, {source.batch} in {ms:.0f} ms"
        return Hop(name, per_second / load.ENTRIES, bound, "WarmWrites")

    def _sweep(self) -> Hop:
        """The minute's round: a row of each case that falls silent, three requests, ten rows at once."""
        row = load.ms("Timekeeper", 3 * HANDS, at_once=HANDS) / HANDS
        usable = min(60, setup.timeout("Timekeeper") - TABLE / 1000) / 60
        rows = usable * 1000 / row
        return Hop(
            "minute's round", rows * load.CASE, f"{rows:.0f} rows a second", "MemorySize of Timekeeper"
        )

    # ------------------------------------------------------------------ table, bus, account

    def _table(self) -> Iterator[Hop]:
        each = load.writes()
        bound = f"{self.warm} write units a second on the first day, {each:.1f} a pair"
        yield Hop("table", self.warm / each, bound, "WarmWrites")
        most = self.quota("table_writes")
        yield Hop("table, grown", most / each, f"{most} write units a second", QUOTAS["table_writes"].name)
        free = len(SHARDS) * load.BUSY * 1000 / load.HELD_MS
        recorded = 10 / load.STATES
        yield Hop("tallies", free * recorded, f"{free:.0f} transactions a second on {len(SHARDS)} items")
        facts = 50 / load.ENTRIES
        yield Hop("figures", free * facts, f"{free:.0f} transactions a second on {len(SHARDS)} items")
        hot = self.quota("partition_writes") / each
        bound = "all its items lie in one partition"
        yield Hop("one customer alone", hot, bound, held=False)
        group = 1000 / load.ms("Router", 3)
        yield Hop("one group of inbound.fifo", group, "one message after another", held=False)
        partition = self.quota("fifo_partition")
        yield Hop("one partition of a FIFO queue", partition, "AWS adds partitions with the load", held=False)

    def _bus(self) -> Iterator[Hop]:
        put, out = self.quota("put_events"), self.quota("deliveries")
        bound = f"{put} a second, were each fact a request; they go in tens"
        yield Hop("bus, in", put / load.ENTRIES, bound, QUOTAS["put_events"].name)
        each = load.ENTRIES + load.TEXTS + load.FOUND + 1 / load.CASE
        yield Hop("bus, out", out / each, f"{out} deliveries a second", QUOTAS["deliveries"].name)

    def _concurrency(self) -> Hop:
        """All functions together: the seconds that a pair takes of them."""
        fed = {
            "DeliveryRecorder": load.STATES * self._recording() / 10,
            "ReportAggregator": load.ENTRIES * self._counting() / 100,
            "EventPublisher": load.ENTRIES * self._publishing() / 100,
            "DeskNotifier": load.ENTRIES * self._telling() / 100,
            "Router": load.ms("Router", 3 * 10) / 10,
            "SmsSender": load.ms("SmsSender", 4 * 10, 10, HANDS) / 10,
            "SmsWebhook": load.DOOR * load.ms("SmsWebhook", 1),
            "DeskSocket": load.SOCKET_IN * load.ms("DeskSocket", 3),
            "DeskApi": load.STAFF_REQUESTS / load.CASE * load.ms("DeskApi", 5),
            "Assigner": load.look_ms() / load.OFFERS / load.CASE,
            "Timekeeper": 2 * load.ms("Timekeeper", 3) / load.CASE,
        }
        whole = sum(fed.values())
        most = self.quota("concurrency")
        bound = f"{most} at once in the account, {whole:.0f} ms a pair"
        return Hop("all functions together", most * 1000 / whole, bound, QUOTAS["concurrency"].name)

    def _offers(self) -> Hop:
        """A pool is looked at by one function at a time; a pool is one of many. Its benches lie in one
        partition, and each offer, its answer and the end of the work change one in a transaction.
        """
        looked = 1000 * load.OFFERS / load.look_ms()
        stored = self.quota("partition_writes") / (2 * load.SEATINGS)
        offers = min(looked, stored)
        bound = f"{offers:.0f} offers a second in a pool: {looked:.0f} by looks, {stored:.0f} by its benches"
        return Hop("assigner, one pool", load.CASE * offers, bound, held=False)
