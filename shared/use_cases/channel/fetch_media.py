"""A file that came with a message: from where it waits into our bucket, checked, and its state written."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from shared.domain.call.recording_words import recording_of
from shared.domain.change import Change, Put, Ref
from shared.domain.channel.commands import FetchPart
from shared.domain.channel.fetching import Fetched, NotFetched, NotThere, Unfetchable, Wanted
from shared.domain.channel.media import UPLOAD, Taken, gone, media_key, refused, take
from shared.domain.customer.call import Call, RecordingState
from shared.domain.errors import TryAgain
from shared.domain.timeline.content import Part, PartState, with_part
from shared.domain.timeline.entry import Entry, Kind
from shared.ports import FetchFile, Files, Store, TypeOf
from shared.use_cases.retry_on_conflict import retry_on_conflict

# Twilio tells of a file a moment before it has it:
# support.twilio.com/hc/en-us/articles/44750147594523
TRIES_TO_APPEAR = 4


@dataclass(frozen=True, slots=True)
class FetchMedia:
    """Stored first, its state written then: whoever dies between does the same again, and it is the same
    file. A final state stays. `ask` says how to ask a channel's provider for a part. Raises TryAgain.
    """

    store: Store
    files: Files
    type_of: TypeOf
    fetch: FetchFile
    ask: Callable[[str, Part], Wanted]
    longest: Callable[[str], int]

    def __call__(self, command: FetchPart, tries: int = 1) -> PartState | None:
        """None where nothing waits there (any more)."""
        entry = self._entry(command)
        part = _waiting(entry, command.n)
        if entry is None or part is None:
            return None
        became = self._became(entry, part, command.n, tries)
        self._write(command, became)
        return became.state

    def give_up(self, command: FetchPart, reason: str) -> None:
        part = _waiting(self._entry(command), command.n)
        if part:
            self._write(command, refused(part, reason))

    def _became(self, entry: Entry, part: Part, n: int, tries: int) -> Part:
        found = self._body(entry.channel, part, tries)
        if isinstance(found, Part):
            return found
        taken = take(part, found, self.type_of(found), self.longest(entry.channel))
        if not isinstance(taken, Taken):
            return taken
        key = media_key(entry.timeline, entry.id, n)
        self.files.put(key, taken.body, taken.part.type)
        return replace(taken.part, key=key)

    def _body(self, channel: str, part: Part, tries: int) -> bytes | Part:
        """The file, or its part where there will be none."""
        if part.source.startswith(UPLOAD):
            body = self.files.get(part.source.removeprefix(UPLOAD))
            return refused(part, "not_uploaded") if body is None else body
        answer = self.fetch(self.ask(channel, part))
        if isinstance(answer, Fetched):
            return answer.body
        if isinstance(answer, Unfetchable):
            return refused(part, answer.reason)
        return _not_yet(part, answer, tries)

    def _write(self, command: FetchPart, became: Part) -> None:
        """The other parts of the entry are written by other hands at the same time."""

        def once() -> None:
            entry = self._entry(command)
            if entry and _waiting(entry, command.n):
                content = with_part(entry.content, command.n, became)
                after = replace(entry, content=content, version=entry.version + 1)
                self.store.commit(Put(after, over=entry.version), *self._of_call(entry, became))

        retry_on_conflict(once)

    def _of_call(self, entry: Entry, became: Part) -> Change:
        """The call whose recording it is knows that we have it, and that the carrier may delete its own. The
        file of an earlier try says nothing of the one that goes on.
        """
        if entry.kind is not Kind.CALL_RECORDED or became.state is not PartState.STORED:
            return ()
        call = self.store.get(Ref(Call, entry.timeline, entry.interaction_id))
        if call is None or call.stored or call.recording is not RecordingState.COMPLETED:
            return ()
        if call.recording_sid and recording_of(became) != call.recording_sid:
            return ()
        return (Put(replace(call, stored=True, version=call.version + 1), over=call.version),)

    def _entry(self, command: FetchPart) -> Entry | None:
        return self.store.get(Ref(Entry, command.timeline, command.seq))


def _not_yet(part: Part, answer: NotThere | NotFetched, tries: int) -> Part:
    """Raises TryAgain while it may still come."""
    if isinstance(answer, NotFetched):
        raise TryAgain(answer.reason)
    if not answer.for_good and tries < TRIES_TO_APPEAR:
        raise TryAgain("not there yet")
    return gone(part)


def _waiting(entry: Entry | None, n: int) -> Part | None:
    """The part, while it waits."""
    if entry is None or n >= len(entry.content.parts):
        return None
    part = entry.content.parts[n]
    return part if part.state is PartState.WAITING else None
