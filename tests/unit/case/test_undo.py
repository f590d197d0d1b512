"""Second thoughts: a reply is held for some seconds, can be taken back, and leaves by itself."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infra.twins.settings import FixedSettings
from infra.twins.world import World
from shared.domain.centre import Centre
from shared.domain.change import Put, Ref
from shared.domain.channel.carriage import NoAnswer, Result, Sent
from shared.domain.channel.commands import Due, Send
from shared.domain.declared import Undo
from shared.domain.errors import Conflict, Refused, TryAgain
from shared.domain.timeline.bus_facts import Fact, facts
from shared.domain.timeline.entry import RELEASE, Delivery, Entry, Kind
from shared.use_cases.case.withdraw_reply import WithdrawReply
from shared.use_cases.channel.publish_entries import PublishEntries
from shared.use_cases.channel.replay import Replay
from shared.use_cases.channel.send_queued import SendQueued
from shared.use_cases.keep_time import KeepTime
from shared.use_cases.report.announce_uncounted import _said
from tests.support.rule_scene import VISITOR, RuleScene

HELD_FOR = 10
CENTRE = Centre(acw_seconds=0, undo=(Undo("sms", HELD_FOR), Undo("chat", HELD_FOR)))


@dataclass
class Undoing:
    """An agent's case in a centre that holds replies; what the stream sets going is done when told."""

    scene: RuleScene = field(default_factory=lambda: RuleScene(World(settings=FixedSettings(CENTRE))))
    carried: list[str] = field(default_factory=list)
    told: int = 0

    def __post_init__(self) -> None:
        self.scene.taken()

    def says(self, text: str, key: str = "key-0001") -> Entry:
        return self.scene.says(text, key=key)

    def back(self, entry: Entry, key: str = "back-0001", agent_id: str = "one") -> Entry:
        head = self.scene.head()
        withdraw = WithdrawReply(*self.scene.needs)
        return withdraw(agent_id, head.customer_id, entry.case_id, entry.timeline, entry.seq, key)

    def stream(self) -> None:
        """The publisher hears of everything that was written since."""
        world = self.scene.world
        pairs = world.store.stream[self.told :]
        self.told = len(world.store.stream)
        PublishEntries(world.outbox, world.store, world.clock)(pairs)

    def rings(self) -> None:
        """The delayed messages whose time has come."""
        now = self.scene.world.clock()
        for due in [due for due in self.scene.world.outbox.dues if due.at <= now]:
            self.keeper().fire(due)

    def keeper(self) -> KeepTime:
        return KeepTime(*self.scene.needs, self.scene.world.outbox)

    def waits(self, seconds: float) -> None:
        self.scene.world.clock.advance(seconds)

    def sends(self, entry: Entry) -> None:
        SendQueued(*self.scene.needs, self._carry)(Send(entry.timeline, entry.seq))

    def now(self, entry: Entry) -> Entry:
        return self.scene.get(Entry, entry.timeline, entry.seq)

    def facts(self, name: str = "MessageSent") -> Sequence[Fact]:
        """Of what people wrote, as the bus heard it."""
        return [one for one in self.scene.world.outbox.facts if one.name == name and one.actor != "system"]

    def commands(self) -> list[int]:
        return [command.seq for _, command, _ in self.scene.world.outbox.sends]

    def _carry(self, entry: Entry) -> Result | NoAnswer:
        self.carried.append(entry.text)
        return Sent(f"SM{len(self.carried)}")


def test_a_reply_is_held_and_nothing_is_sent_or_counted() -> None:
    undoing = Undoing()

    held = undoing.says("Hello")
    undoing.stream()

    assert held.delivery is Delivery.HELD
    assert held.held_until == held.at + timedelta(seconds=HELD_FOR)
    assert held.seq not in undoing.commands()
    assert undoing.facts() == []


def test_on_a_channel_without_undo_it_leaves_at_once() -> None:
    scene = RuleScene()
    scene.taken()

    sent = scene.says("Hello")

    assert (sent.delivery, sent.held_until, sent.timers) == (Delivery.QUEUED, None, ())


def test_when_its_time_has_come_it_leaves_and_is_counted_once() -> None:
    undoing = Undoing()
    held = undoing.says("Hello")
    undoing.stream()

    undoing.waits(HELD_FOR)
    undoing.rings()
    undoing.rings()
    undoing.stream()
    undoing.sends(held)

    assert undoing.commands().count(held.seq) == 1
    assert [fact.seq for fact in undoing.facts()] == [held.seq]
    assert undoing.carried == ["Hello"]


def test_a_lost_timer_is_made_up_for_by_the_minutes_round() -> None:
    undoing = Undoing()
    held = undoing.says("Hello")
    undoing.stream()
    undoing.scene.world.outbox.dues.clear()

    undoing.waits(90)
    undoing.keeper().sweep()

    assert undoing.now(held).delivery is Delivery.QUEUED


def test_taken_back_it_never_leaves_and_never_counts() -> None:
    undoing = Undoing()
    held = undoing.says("Wrong customer")
    undoing.stream()

    undoing.back(held)
    undoing.waits(HELD_FOR)
    undoing.rings()
    undoing.keeper().sweep()
    undoing.stream()
    undoing.sends(held)

    assert undoing.now(held).delivery is Delivery.WITHDRAWN
    assert (undoing.carried, undoing.facts()) == ([], [])
    assert held.seq not in undoing.commands()


def test_the_nightly_check_announces_neither_what_is_held_nor_what_was_taken_back() -> None:
    undoing = Undoing()
    held = undoing.says("One")
    gone = undoing.says("Two", key="key-0002")
    undoing.back(gone)

    assert _said(undoing.now(held)) == ()
    assert _said(undoing.now(gone)) == ()


def test_the_trail_says_who_took_it_back() -> None:
    undoing = Undoing()
    held = undoing.says("Wrong customer")

    told = undoing.back(held)

    assert (told.kind, told.actor) == (Kind.REPLY_WITHDRAWN, "agent:one")
    assert told.facts == {"reply_seq": held.seq}
    assert undoing.scene.head().version == told.seq


def test_the_same_request_again_is_answered_with_the_same_line() -> None:
    undoing = Undoing()
    held = undoing.says("Wrong customer")

    first, again = undoing.back(held), undoing.back(held)

    assert again == first
    assert len(undoing.scene.entries(Kind.REPLY_WITHDRAWN)) == 1


def test_a_second_wish_to_take_it_back_is_told_that_it_is_back() -> None:
    undoing = Undoing()
    held = undoing.says("Wrong customer")
    undoing.back(held)

    with pytest.raises(Refused, match="already_back"):
        undoing.back(held, key="back-0002")


@pytest.mark.parametrize("claimed", [False, True])
def test_what_has_left_cannot_be_taken_back(claimed: bool) -> None:
    undoing = Undoing()
    held = undoing.says("Hello")
    undoing.stream()
    undoing.waits(HELD_FOR)
    undoing.rings()
    if claimed:
        undoing.sends(held)

    with pytest.raises(Refused, match="already_gone") as refused:
        undoing.back(held)

    assert refused.value.status == 409


def test_nobody_takes_back_what_another_agent_wrote() -> None:
    undoing = Undoing()
    held = undoing.says("Hello")
    undoing.scene.hire("two")

    with pytest.raises(Refused, match="no_reply"):
        undoing.back(held, agent_id="two")

    assert undoing.now(held).delivery is Delivery.HELD


def test_a_reply_to_one_customer_is_not_taken_back_under_the_name_of_another() -> None:
    """The other's timeline would say so, and the customer's own case would pass for answered."""
    undoing = Undoing()
    held = undoing.says("Hello")
    undoing.scene.sms("Somebody else", "+821077777777")
    other, before = undoing.scene.head("+821077777777"), undoing.scene.head()

    withdraw = WithdrawReply(*undoing.scene.needs)
    with pytest.raises(Refused, match="no_reply"):
        withdraw("one", other.customer_id, held.case_id, held.timeline, held.seq, "back-0001")

    assert undoing.now(held).delivery is Delivery.HELD
    assert undoing.scene.head("+821077777777") == other
    assert undoing.scene.head() == before


def test_of_two_hands_at_once_one_has_it_and_the_other_is_told() -> None:
    """The timer fires between the look and the write: the write finds another version, and looks again."""
    undoing = Undoing()
    held = undoing.says("Hello")
    store = undoing.scene.world.store
    plain = store.commit
    due = Due(held.at, RELEASE, held.timeline, held.case_id, str(held.seq))

    def overtaken(*writes: object) -> None:
        store.commit = plain  # type: ignore[method-assign]
        undoing.keeper().fire(due)
        plain(*writes)  # type: ignore[arg-type]

    store.commit = overtaken  # type: ignore[method-assign]

    with pytest.raises(Refused, match="already_gone"):
        undoing.back(held)
    assert undoing.scene.entries(Kind.REPLY_WITHDRAWN) == []


def test_a_later_message_waits_for_an_earlier_one_that_is_held() -> None:
    undoing = Undoing()
    held = undoing.says("First")
    later = _queued_behind(undoing, held)

    with pytest.raises(TryAgain):
        undoing.sends(later)
    undoing.waits(HELD_FOR)
    with pytest.raises(TryAgain):
        undoing.sends(later)
    undoing.sends(later)

    assert undoing.carried == ["First", "Second"]


def test_a_later_message_leaves_when_the_earlier_one_was_taken_back() -> None:
    undoing = Undoing()
    held = undoing.says("First")
    later = _queued_behind(undoing, held)

    undoing.back(held)
    undoing.sends(later)

    assert undoing.carried == ["Second"]


def test_one_that_was_taken_back_hides_none_that_is_held_before_it() -> None:
    undoing = Undoing()
    undoing.says("First")
    second = undoing.says("Second", key="key-0002")
    undoing.back(second)
    later = _queued_behind(undoing, second)

    with pytest.raises(TryAgain):
        undoing.sends(later)

    assert undoing.carried == []


def test_closing_the_case_sends_it_all_the_same() -> None:
    undoing = Undoing()
    held = undoing.says("Goodbye")
    undoing.stream()

    undoing.scene.closes()
    undoing.waits(HELD_FOR)
    undoing.rings()
    undoing.sends(held)

    assert undoing.carried == ["Goodbye"]


def test_after_closing_it_can_still_be_taken_back() -> None:
    undoing = Undoing()
    held = undoing.says("Goodbye")
    undoing.scene.closes()

    undoing.back(held)

    assert undoing.now(held).delivery is Delivery.WITHDRAWN


def test_the_first_answer_comes_when_it_leaves() -> None:
    undoing = Undoing()
    undoing.waits(5)

    held = undoing.says("Hello")

    assert held.facts["first_reply_ms"] == (5 + HELD_FOR) * 1000
    assert undoing.scene.head().cases[0].first_reply_at == held.held_until


def test_without_its_first_answer_the_customer_waits_for_one_again() -> None:
    undoing = Undoing()
    held = undoing.says("Wrong customer")

    undoing.back(held)
    undoing.waits(20)
    second = undoing.says("Hello", key="key-0002")

    assert second.facts["first_reply_ms"] == (20 + HELD_FOR) * 1000


def test_the_next_reply_that_is_held_becomes_the_first_answer() -> None:
    undoing = Undoing()
    first = undoing.says("Wrong customer")
    undoing.waits(3)
    second = undoing.says("Hello", key="key-0002")

    undoing.back(first)
    undoing.stream()
    undoing.waits(HELD_FOR)
    undoing.rings()
    undoing.stream()

    assert undoing.scene.head().cases[0].first_reply_at == second.held_until
    (fact,) = undoing.facts()
    assert (fact.seq, fact.data["first_reply_ms"]) == (second.seq, (3 + HELD_FOR) * 1000)


def test_a_reply_that_was_not_the_first_leaves_the_clocks_as_they_are() -> None:
    undoing = Undoing()
    first = undoing.says("Hello")
    second = undoing.says("Wrong", key="key-0002")

    undoing.back(second)

    assert undoing.scene.head().cases[0].first_reply_at == first.held_until
    assert undoing.now(first).facts == first.facts


def test_a_widget_that_comes_back_is_not_shown_it_and_asks_again_from_before_it() -> None:
    scene = RuleScene(World(settings=FixedSettings(CENTRE)))
    scene.chat("Hi")
    scene.hire()
    scene.assign()
    case_id = scene.accept()
    head = scene.visitor_head()
    held = scene.answering().reply("one", head.customer_id, case_id, "chat", None, "Secret", "key-0001")

    replayed = Replay(scene.world.store, "chat")(held.address, 0)

    assert "Secret" not in [entry.text for entry in replayed.entries]
    assert (replayed.after, replayed.more) == (held.seq - 1, False)
    assert held.address.value == VISITOR


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["say", "back", "wait", "ring", "sweep", "send", "stream"]), max_size=24))
def test_whatever_happens_each_reply_leaves_once_in_order_or_was_taken_back(steps: list[str]) -> None:
    undoing = Undoing()
    written: list[Entry] = []
    for number, step in enumerate(steps):
        _step(undoing, written, step, number)

    undoing.waits(120)
    for _ in range(3):
        undoing.stream()
        undoing.keeper().sweep()
    for entry in written:
        undoing.sends(entry)

    stay = [entry.text for entry in written if undoing.now(entry).delivery is not Delivery.WITHDRAWN]
    assert undoing.carried == stay
    assert sorted({fact.seq for fact in undoing.facts()}) == [e.seq for e in written if e.text in stay]
    firsts = [e for e in written if e.text in stay and "first_reply_ms" in undoing.now(e).facts]
    assert [e.text for e in firsts] == stay[:1]


def _step(undoing: Undoing, written: list[Entry], step: str, number: int) -> None:
    if step == "say":
        written.append(undoing.says(f"Reply {number}", key=f"key-{number:05}"))
    elif step == "back" and written:
        try:
            undoing.back(written[-1], key=f"back-{number:05}")
        except Refused as refused:
            assert refused.code in ("already_gone", "already_back")
    elif step == "send" and written:
        with suppress(TryAgain, Conflict):
            undoing.sends(written[-1])
    elif step == "wait":
        undoing.waits(4)
    elif step in ("ring", "stream"):
        getattr(undoing, "rings" if step == "ring" else "stream")()
    elif step == "sweep":
        undoing.keeper().sweep()


def _queued_behind(undoing: Undoing, held: Entry) -> Entry:
    """A message of the house itself, which is not held."""
    store, head = undoing.scene.world.store, undoing.scene.head()
    later = replace(
        held,
        seq=head.version + 1,
        id="later",
        content=replace(held.content, text="Second"),
        delivery=Delivery.QUEUED,
        timers=(),
        actor="system",
    )
    store.commit(Put(later), Put(replace(head, version=later.seq), over=head.version))
    found = store.get(Ref(Entry, later.timeline, later.seq))
    assert found is not None
    assert facts(found)
    return found
