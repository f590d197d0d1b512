"""What providers say became of our messages: recorded by rank, each word counted once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from shared.domain.address.address import Address
from shared.domain.change import ANY, Add, Put, Ref, Write
from shared.domain.channel.arrival import Ignored, ProviderId, Reference, StateUpdate
from shared.domain.channel.commands import Raw
from shared.domain.channel.delivery import Heard, hear, heard
from shared.domain.channel.receipt import Outcome, Tally
from shared.domain.channel.sent_as import SentAs
from shared.domain.customer.evidence import Consent
from shared.domain.customer.suppression import OPTED_OUT, replaces
from shared.domain.shards import shard_of
from shared.domain.timeline.entry import Entry
from shared.domain.times import local_day
from shared.ports import Moment, Store
from shared.use_cases.channel.set_aside import SetAside
from shared.use_cases.retry_on_conflict import retry_on_conflict

Told = tuple[Raw, StateUpdate]
Placed = tuple[Raw, StateUpdate, Reference]

# A provider may speak of a message before we have written down what it calls it. Unknown for longer than
# this, it is none of ours. Shorter than the pauses between the ten receives of the queue taken together.
EARLY = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class RecordStates:
    """A batch in one transaction: every entry that heard something, and a tally per day and channel.

    What says nothing to us, or names no message of ours, is set aside with its reason.
    """

    store: Store
    now: Moment

    def __call__(self, batch: Sequence[tuple[Raw, StateUpdate | Ignored]]) -> Sequence[Raw]:
        """Gives back what came too early, to be brought again: see EARLY."""
        for raw, parsed in batch:
            if isinstance(parsed, Ignored):
                self._aside(raw, Outcome.IGNORED, parsed.reason)
        told = [(raw, parsed) for raw, parsed in batch if isinstance(parsed, StateUpdate)]
        named = self._named(told)
        placed = [
            (raw, update, where) for raw, update in told if (where := named.get((raw.channel, update.of)))
        ]
        cheap = iter((False,))  # after a lost race only what is so now will do
        if placed:
            retry_on_conflict(lambda: self._record(placed, next(cheap, True)))
        return self._early([raw for raw, update in told if (raw.channel, update.of) not in named])

    def _named(self, told: Iterable[Told]) -> dict[tuple[str, Reference | ProviderId], Reference]:
        """Which message each of these means. A provider's id nobody knows (yet) is left out."""
        of = list(dict.fromkeys((raw.channel, update.of) for raw, update in told))
        named = {one: one[1] for one in of if isinstance(one[1], Reference)}
        asked = [(channel, name) for channel, name in of if isinstance(name, ProviderId)]
        if asked:
            found = self.store.get_all(*(Ref(SentAs, channel, name.id) for channel, name in asked))
            pairs = zip(asked, found, strict=True)
            named |= {one: Reference(item.customer_id, item.seq) for one, item in pairs if item}
        return named

    def _early(self, unknown: Sequence[Raw]) -> Sequence[Raw]:
        oldest = self.now().at - EARLY
        for raw in (raw for raw in unknown if raw.accepted_at <= oldest):
            self._aside(raw, Outcome.IGNORED, "unknown_message")
        return [raw for raw in unknown if raw.accepted_at > oldest]

    def _record(self, told: Sequence[Placed], strong: bool) -> None:
        """Copies are set aside once the word they repeat is recorded: were it the other way round, a crash
        between the two could let a copy come first the next time, and be counted as both.
        """
        known = self._entries(told, strong)
        after = dict(known)
        counted: list[Raw] = []
        copies: list[Raw] = []
        for raw, update, where in told:
            entry = after.get(where)
            if entry is None or entry.channel != raw.channel:  # a widget speaks for chat alone
                self._aside(raw, Outcome.IGNORED, "unknown_message")
                continue
            verdict = heard(entry, raw)
            if verdict is Heard.NEW:
                after[where] = hear(entry, raw, update)
                counted.append(raw)
            elif verdict is Heard.COPY:
                copies.append(raw)
        if counted:
            closed = self._closed(told, after)
            self.store.commit(*_changed(known, after), *self._tallies(counted), *closed)
        for raw in copies:
            self._aside(raw, Outcome.DUPLICATE, "seen_before")

    def _closed(self, told: Sequence[Placed], after: Mapping[Reference, Entry]) -> list[Write]:
        """The addresses that the provider wants left alone, unless something was said there since."""
        words = [
            word
            for raw, update, where in told
            if where in after
            for word in _stopped(raw, update, after[where])
        ]
        asked = tuple(dict.fromkeys(word.address for word in words))
        said = self.store.get_all(*(Ref(Consent, address) for address in asked)) if asked else ()
        known: dict[Address, Consent | None] = dict(zip(asked, said, strict=True))
        after_all = dict(known)
        for word in words:
            if replaces(after_all[word.address], word):
                after_all[word.address] = word
        return [Put(word, over=ANY) for a, word in after_all.items() if word and word != known[a]]

    def _entries(self, told: Sequence[Placed], strong: bool) -> dict[Reference, Entry]:
        """Half the price first; a message that seems to be missing is asked for again, as it is now."""
        refs = list(dict.fromkeys(where for _, _, where in told))
        found = self.store.get_all(*(Ref(Entry, to.customer_id, to.seq) for to in refs), strong=strong)
        if None in found and not strong:
            return self._entries(told, strong=True)
        pairs = zip(refs, found, strict=True)
        return {where: entry for where, entry in pairs if isinstance(entry, Entry) and entry.delivery}

    def _tallies(self, counted: Sequence[Raw]) -> list[Write]:
        zone, shard = self.now().centre.zone, shard_of(*(raw.acceptance for raw in counted))
        sums: dict[Tally, int] = defaultdict(int)
        for raw in counted:
            sums[Tally(str(local_day(raw.accepted_at, zone)), raw.channel, shard=shard)] += 1
        return [Add(tally, {"delivery_states": number}) for tally, number in sums.items()]

    def _aside(self, raw: Raw, outcome: Outcome, reason: str) -> None:
        SetAside(self.store, self.now)(raw, outcome, reason)


def _stopped(raw: Raw, update: StateUpdate, entry: Entry) -> list[Consent]:
    """What this word says of addresses. A STOP that the carrier knows of is the recipient's."""
    named = [(one.address, one.reason) for one in update.suppressed]
    named += [(entry.address, OPTED_OUT)] if update.reason == OPTED_OUT else []
    return [Consent(address, True, raw.accepted_at, reason) for address, reason in named]


def _changed(known: Mapping[Reference, Entry], after: Mapping[Reference, Entry]) -> list[Write]:
    risen = [(known[where], entry) for where, entry in after.items() if entry != known[where]]
    return [Put(replace(entry, version=old.version + 1), over=old.version) for old, entry in risen]
