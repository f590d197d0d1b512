"""A file that came with a message: stored once, or its state says why not."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest

from infra.twins.files import MemoryFiles
from infra.twins.store import MemoryStore
from shared.adapters.file_type import type_of
from shared.domain.address.address import Address
from shared.domain.address.way import Way
from shared.domain.change import Put, Ref
from shared.domain.channel.commands import FetchPart
from shared.domain.channel.fetching import Fetched, NotFetched, NotThere, Unfetchable, Wanted
from shared.domain.errors import Conflict, TryAgain
from shared.domain.timeline.content import Content, Part, PartState
from shared.domain.timeline.entry import Audience, Entry, Kind
from shared.use_cases.channel.fetch_media import TRIES_TO_APPEAR, FetchMedia

AT = datetime(2026, 3, 2, tzinfo=UTC)
GIF = b"GIF89a" + bytes(20)
FIRST, SECOND = "https://api.twilio.com/1", "https://api.twilio.com/2"
Answer = Fetched | Unfetchable | NotThere | NotFetched


@dataclass
class Scene:
    """`answers` are what the provider says, one a time; the last one stays."""

    answers: list[Answer] = field(default_factory=lambda: [Fetched(GIF)])
    store: MemoryStore = field(default_factory=MemoryStore)
    files: MemoryFiles = field(default_factory=MemoryFiles)
    asked: list[Wanted] = field(default_factory=list)
    before_answer: Callable[[], None] = lambda: None
    longest: int = 1000

    def came(self, *parts: Part) -> None:
        way = Way("sms", Address("phone", "+821055500101"), "C1")
        entry = Entry("C1", 7, "E7", AT, Kind.MESSAGE_RECEIVED, Audience.CUSTOMER, "customer", way,
                      content=Content("Look", parts))  # fmt: skip
        self.store.commit(Put(entry))

    def fetch(self, n: int = 0, tries: int = 1) -> PartState | None:
        return self._use()(FetchPart("C1", 7, n), tries)

    def give_up(self, n: int = 0) -> None:
        self._use().give_up(FetchPart("C1", 7, n), "gave_up")

    @property
    def entry(self) -> Entry:
        entry = self.store.get(Ref(Entry, "C1", 7))
        assert entry
        return entry

    @property
    def part(self) -> Part:
        return self.entry.content.parts[0]

    def _use(self) -> FetchMedia:
        return FetchMedia(
            self.store, self.files, type_of, self._answer, lambda channel, part: Wanted(part.source),
            lambda channel: self.longest,
        )  # fmt: skip

    def _answer(self, wanted: Wanted) -> Answer:
        self.asked.append(wanted)
        self.before_answer()
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_a_file_is_stored_under_its_entry_and_the_entry_says_so(scene: Scene) -> None:
    scene.came(Part(type="image/jpeg", source=FIRST))

    assert scene.fetch() is PartState.STORED
    assert scene.part == Part("", "image/gif", len(GIF), PartState.STORED, "media/C1/E7/0")
    assert scene.files.bodies == {"media/C1/E7/0": GIF}
    assert scene.files.types == {"media/C1/E7/0": "image/gif"}
    assert (scene.entry.version, scene.entry.text) == (2, "Look")


def test_a_command_that_comes_twice_fetches_once(scene: Scene) -> None:
    scene.came(Part(source=FIRST))
    scene.fetch()

    assert scene.fetch() is None
    assert len(scene.asked) == 1 and scene.entry.version == 2


def test_who_died_before_the_state_was_written_does_it_again(scene: Scene) -> None:
    scene.came(Part(source=FIRST))
    commit = scene.store.commit

    def die(*writes: object) -> None:
        raise KeyboardInterrupt

    scene.store.commit = die  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        scene.fetch()
    scene.store.commit = commit  # type: ignore[method-assign]

    assert scene.part.state is PartState.WAITING and scene.files.bodies
    assert scene.fetch() is PartState.STORED
    assert list(scene.files.bodies) == ["media/C1/E7/0"]


def test_two_hands_on_the_same_file_write_one_state(scene: Scene) -> None:
    scene.came(Part(source=FIRST))
    scene.before_answer = lambda: (setattr(scene, "before_answer", lambda: None), scene.fetch())  # type: ignore[assignment,func-returns-value]

    scene.fetch()

    assert scene.part.state is PartState.STORED and scene.entry.version == 2


def test_two_files_of_an_entry_are_written_by_two_hands(scene: Scene) -> None:
    """The first is written while the second is under way: neither overwrites the other."""
    scene.came(Part(source=FIRST), Part(source=SECOND))
    scene.before_answer = lambda: (setattr(scene, "before_answer", lambda: None), scene.fetch(0))  # type: ignore[assignment,func-returns-value]

    scene.fetch(1)

    assert [part.key for part in scene.entry.content.parts] == ["media/C1/E7/0", "media/C1/E7/1"]
    assert scene.entry.version == 3


def test_a_lost_race_is_written_anew(scene: Scene) -> None:
    scene.came(Part(source=FIRST))
    commit, lost = scene.store.commit, [Conflict((0,))]

    def race(*writes: Put) -> None:
        if lost:
            raise lost.pop()
        commit(*writes)

    scene.store.commit = race  # type: ignore[method-assign,assignment]

    assert scene.fetch() is PartState.STORED
    assert scene.part.state is PartState.STORED


@pytest.mark.parametrize("reason", ["not_public", "too_large", "not_allowed"])
def test_what_cannot_be_fetched_is_refused_with_its_reason(scene: Scene, reason: str) -> None:
    scene.came(Part(source=FIRST))
    scene.answers = [Unfetchable(reason)]

    assert scene.fetch() is PartState.REFUSED
    assert scene.part == Part(state=PartState.REFUSED, reason=reason)
    assert not scene.files.bodies


def test_a_file_too_large_for_its_channel_is_not_stored(scene: Scene) -> None:
    scene.came(Part(source=FIRST))
    scene.longest = 10

    assert scene.fetch() is PartState.REFUSED
    assert scene.part.reason == "too_large" and not scene.files.bodies


def test_a_wrong_sum_is_refused(scene: Scene) -> None:
    scene.came(Part(source=FIRST, sha256="0" * 64))

    assert scene.fetch() is PartState.REFUSED
    assert scene.part.reason == "wrong_sum" and not scene.files.bodies


def test_a_type_that_is_a_lie_is_not_believed(scene: Scene) -> None:
    scene.came(Part("cute.png", "image/png", source=FIRST))
    scene.answers = [Fetched(b"<html><script>alert(1)</script>")]

    assert scene.fetch() is PartState.STORED
    assert (scene.part.type, scene.files.types["media/C1/E7/0"]) == ("application/octet-stream",) * 2


def test_what_the_provider_deleted_is_gone(scene: Scene) -> None:
    scene.came(Part(source=FIRST))
    scene.answers = [NotThere(for_good=True)]

    assert scene.fetch() is PartState.GONE
    assert scene.part == Part(state=PartState.GONE)


def test_what_is_not_there_yet_is_asked_for_some_times_before_it_is_gone(scene: Scene) -> None:
    scene.came(Part(source=FIRST))
    scene.answers = [NotThere(for_good=False)]

    for tries in range(1, TRIES_TO_APPEAR):
        with pytest.raises(TryAgain):
            scene.fetch(tries=tries)
    assert scene.fetch(tries=TRIES_TO_APPEAR) is PartState.GONE


def test_what_did_not_answer_may_come_the_next_time(scene: Scene) -> None:
    scene.came(Part(source=FIRST))
    scene.answers = [NotFetched("status_503"), Fetched(GIF)]

    with pytest.raises(TryAgain, match="status_503"):
        scene.fetch()
    assert scene.part.state is PartState.WAITING
    assert scene.fetch(tries=2) is PartState.STORED


def test_who_gives_up_writes_down_why_unless_it_came_meanwhile(scene: Scene) -> None:
    scene.came(Part(source=FIRST), Part(source=SECOND))
    scene.fetch(1)

    scene.give_up(0)
    scene.give_up(1)

    states = [(part.state, part.reason) for part in scene.entry.content.parts]
    assert states == [(PartState.REFUSED, "gave_up"), (PartState.STORED, "")]


def test_an_upload_passes_the_same_checks_and_is_copied(scene: Scene) -> None:
    scene.files.put("uploads/visitor/V1/U1", GIF, "text/html")
    scene.files.put("uploads/visitor/V1/U2", b"MZ" + bytes(60), "image/png")
    scene.came(
        Part("a.gif", source="upload:uploads/visitor/V1/U1"),
        Part("b.png", "image/png", source="upload:uploads/visitor/V1/U2"),
        Part("c.png", source="upload:uploads/visitor/V1/U3"),
    )

    assert [scene.fetch(n) for n in range(3)] == [PartState.STORED, PartState.REFUSED, PartState.REFUSED]
    assert [part.reason for part in scene.entry.content.parts] == ["", "program", "not_uploaded"]
    assert scene.files.types["media/C1/E7/0"] == "image/gif"
    assert not scene.asked


@pytest.mark.parametrize("n", [0, 1, 99])
def test_where_nothing_waits_nothing_is_done(scene: Scene, n: int) -> None:
    scene.came(replace(Part(source=FIRST), state=PartState.GONE))

    assert scene.fetch(n) is None
    scene.give_up(n)
    assert FetchMedia.__call__(scene._use(), FetchPart("C2", 1, 0)) is None
    assert not scene.asked and scene.entry.version == 1
