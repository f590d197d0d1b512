"""A note calls colleagues by name: each finds a notice in their inbox, and their desk is told."""

import pytest

from shared.domain.desk.inbox import MENTION, STEPPED_IN, DeskOf, Notice
from shared.domain.desk.notices import notices_of
from shared.domain.errors import Refused
from shared.domain.routing.staff import Presence
from shared.domain.timeline.bus_facts import facts
from shared.domain.timeline.entry import Entry, Kind, Signals
from shared.domain.timeline.once import RequestKey
from shared.use_cases.desk.see_colleagues import SeeColleagues
from shared.use_cases.desk.see_told import SeeTold, Told
from tests.support.rule_scene import RuleScene
from tests.unit.desk.test_notify_desks import notify, open_desk, told


@pytest.fixture
def scene() -> RuleScene:
    made = RuleScene()
    made.taken()
    made.hire("two")
    made.hire("three")
    return made


def notes(scene: RuleScene, *mentioned: str, text: str = "Do you know?", key: str = "note-0001") -> Entry:
    head = scene.head()
    return scene.answering().note("one", head.customer_id, head.cases[0].id, text, key, mentioned)


def inbox(scene: RuleScene, agent_id: str) -> list[Notice]:
    return [one for one in scene.all(Notice) if one.person == agent_id]


def told_of(scene: RuleScene, agent_id: str, **desk: object) -> Told:
    return SeeTold(*scene.needs)(DeskOf(agent_id, **desk), "en")  # type: ignore[arg-type]


def test_who_is_mentioned_finds_who_said_it_where_and_what(scene: RuleScene) -> None:
    note = notes(scene, "two", text="@Agent Two do you know?")

    (notice,) = told_of(scene, "two").notices
    assert (notice.what, notice.by_name, notice.text) == (MENTION, "Agent One", "@Agent Two do you know?")
    assert (notice.case_id, notice.timeline, notice.seq) == (note.case_id, note.timeline, note.seq)
    assert notice.customer_name == "010-1234-5678"
    assert told_of(scene, "three").notices == ()


def test_note_and_notices_are_one_transaction_and_twice_is_once(scene: RuleScene) -> None:
    first = notes(scene, "two", "three")
    written = [type(write.item) for write in scene.world.store.commits[-1]]

    again = notes(scene, "three", "two")

    assert {RequestKey, Entry, Notice} <= {*written}
    assert first == again
    assert [len(inbox(scene, agent)) for agent in ("one", "two", "three")] == [0, 1, 1]


def test_a_lost_race_writes_each_notice_once_and_for_the_line_that_was_written(scene: RuleScene) -> None:
    def meanwhile(_: object) -> None:
        scene.sms("One more thing")

    scene.world.store.before_commit = meanwhile

    note = notes(scene, "two")

    (notice,) = inbox(scene, "two")
    assert (notice.id, notice.seq) == (note.id, note.seq)


def test_who_mentions_themselves_or_somebody_twice_tells_each_other_once(scene: RuleScene) -> None:
    notes(scene, "one", "two", "two")

    assert [len(inbox(scene, agent)) for agent in ("one", "two")] == [0, 1]


def test_somebody_unknown_and_too_many_are_refused_with_nothing_written(scene: RuleScene) -> None:
    before = len(scene.entries())

    with pytest.raises(Refused) as unknown:
        notes(scene, "two", "nobody")
    with pytest.raises(Refused) as many:
        notes(scene, *(f"agent-{n}" for n in range(11)))

    assert (unknown.value.code, many.value.code) == ("nobody_mentioned", "too_many_mentioned")
    assert (len(scene.entries()), inbox(scene, "two")) == (before, [])


def test_the_same_key_with_other_colleagues_is_another_request(scene: RuleScene) -> None:
    notes(scene, "two")

    with pytest.raises(Refused) as reused:
        notes(scene, "three")

    assert reused.value.code == "key_reused"
    assert inbox(scene, "three") == []


def test_the_desk_of_who_is_mentioned_gets_a_frame_without_a_word_of_the_note(scene: RuleScene) -> None:
    open_desk(scene, "theirs", "two")
    open_desk(scene, "others", "three")

    note = notes(scene, "two", text="A secret")
    notify(scene, note)

    (frame,) = scene.world.desk_sockets.frames["theirs"]
    assert (frame["type"], frame["what"], frame["id"]) == ("told", MENTION, note.id)
    assert "secret" not in str(frame)
    assert told(scene, "others") == []


def test_the_bus_learns_neither_who_is_mentioned_nor_a_word_of_the_note(scene: RuleScene) -> None:
    told = facts(notes(scene, "two", text="A secret"))

    assert "two" not in str([fact.data for fact in told])
    assert "secret" not in str(told)


def test_what_was_looked_at_is_told_no_more_and_the_newest_comes_first(scene: RuleScene) -> None:
    notes(scene, "two", text="Number 0", key="note-0000")
    looked = scene.world.clock()
    for n in (1, 2):
        scene.world.clock.advance(10)
        notes(scene, "two", text=f"Number {n}", key=f"note-{n:04}")

    assert [one.text for one in told_of(scene, "two").notices] == ["Number 2", "Number 1", "Number 0"]
    assert [one.text for one in told_of(scene, "two", seen_at=looked).notices] == ["Number 2", "Number 1"]


def test_whoever_was_here_lately_can_be_mentioned_also_when_they_are_away(scene: RuleScene) -> None:
    scene.presence(Presence.OFFLINE, "two")

    names = [one.name for one in SeeColleagues(*scene.needs).everybody(scene.agent()).agents]

    assert names == ["Agent Three", "Agent Two"]


def test_a_line_that_is_no_note_says_what_it_is(scene: RuleScene) -> None:
    line = Entry("C", 4, "E", scene.world.clock(), Kind.STEPPED_IN, scene.entries()[0].audience, "agent:s")

    assert notices_of(line) == ()
    called = Entry(
        *("C", 4, "E", line.at, line.kind, line.audience, line.actor), signals=Signals(mentioned=("one",))
    )
    assert [(one.what, one.by, one.person) for one in notices_of(called)] == [(STEPPED_IN, "s", "one")]
