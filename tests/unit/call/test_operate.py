"""The operator puts people together by one request to the carrier at a time, whatever happens in between."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from infra.twins.settings import FixedSettings
from infra.twins.store import MemoryStore
from infra.twins.world import World
from shared.domain.address.address import Address
from shared.domain.call.order import Act
from shared.domain.calls import Calls
from shared.domain.centre import Centre
from shared.domain.change import ANY, Put, Write
from shared.domain.channel.carriage import Failed, Later, NoAnswer, Sent
from shared.domain.channel.commands import DueRow, Send
from shared.domain.customer.call import LegRole, LegState, RecordingState, Spot
from shared.domain.customer.evidence import Profile
from shared.domain.customer.head import Head
from shared.domain.errors import Conflict, Rejected, TryAgain
from shared.domain.timeline.content import Content, Part, PartState
from shared.domain.timeline.entry import Audience, Delivery, Entry, Kind
from shared.use_cases.call.operate import Operate
from tests.support.call_scene import CallScene
from tests.support.operating import SID, Operated, ScriptedCarrier
from tests.support.rule_scene import RuleScene

DIALS_AGENT = (Act.DIAL, "one")
ROOM = (Act.ROOM, "")


def recorded(**calls: bool) -> Operated:
    centre = Centre(acw_seconds=0, calls=Calls(record=True, **calls))
    return Operated(CallScene(World(settings=FixedSettings(centre))))


def test_who_took_the_call_is_rung_and_the_leg_bears_the_carriers_name() -> None:
    operated = Operated()

    operated.operate()

    leg = operated.leg("one")
    assert operated.carrier.asked == [DIALS_AGENT]
    assert (leg.state, leg.role, bool(leg.sid), leg.until) == (LegState.DIALLED, LegRole.AGENT, True, None)
    assert (operated.call.ordered, operated.call.ordered_until) == ("", None)


def test_the_same_command_again_rings_nobody_again() -> None:
    operated = Operated()

    operated.operate()
    operated.operate()
    operated.operate(Kind.CALL_STARTED)

    assert operated.carrier.asked == [DIALS_AGENT]


def test_the_customer_comes_into_the_room_once_the_agent_talks() -> None:
    operated = Operated()
    operated.operate()

    operated.heard("one", LegState.TALKING)
    operated.operate()

    assert operated.carrier.asked == [DIALS_AGENT, ROOM]
    assert operated.call.spot is Spot.ROOM


def test_an_agent_who_picks_up_before_the_carrier_has_answered_talks() -> None:
    operated = Operated()
    before = operated.carrier.order

    def order(*asked: Any) -> Any:
        if asked[0].act is Act.DIAL:
            operated.heard("one", LegState.TALKING, "CA7")
        return before(*asked)

    operated.carrier.order = order  # type: ignore[method-assign, assignment]
    operated.operate()

    assert (operated.leg("one").state, operated.leg("one").sid) == (LegState.TALKING, "CA7")
    assert operated.carrier.asked == [DIALS_AGENT, ROOM], "and nobody waits for the next word"


def test_whoever_picks_up_hears_who_calls_and_what_for() -> None:
    operated = Operated()
    operated.scene.world.store.commit(Put(Profile(operated.call.customer_id, "Kim"), over=ANY))

    operated.operate()

    assert operated.carrier.said[0].whisper.startswith("Kim")


def test_a_caller_without_a_name_is_told_by_the_end_of_their_number() -> None:
    operated = Operated()

    operated.operate()

    assert "5 6 7 8" in operated.carrier.said[0].whisper
    assert operated.carrier.said[0].number == "+821012345678"


def test_a_caller_whose_number_is_withheld_is_told_without_digits() -> None:
    operated = Operated()
    head = operated.scene.head()
    case = head.cases[0]
    going = case.interactions[0]
    hidden = replace(going, way=replace(going.way, address=Address("phone", "withheld-CA1")))
    after = replace(head, cases=(replace(case, interactions=(hidden,)),), version=head.version + 1)
    operated.scene.world.store.commit(Put(after, over=head.version))

    operated.operate()

    assert "5 6 7 8" not in operated.carrier.said[0].whisper
    assert operated.carrier.said[0].number == "+821012345678"


def test_a_call_is_recorded_after_the_caller_heard_so() -> None:
    operated = recorded()

    operated.talks()

    assert [act for act, _ in operated.carrier.asked] == [Act.DIAL, Act.ROOM, Act.RECORD]
    assert operated.carrier.said[1].notice
    assert not operated.carrier.said[2].notice
    assert (operated.call.announced, operated.call.recording) == (True, RecordingState.IN_PROGRESS)


def test_a_recording_stops_for_a_while_and_is_deleted_at_the_carrier_in_the_end() -> None:
    operated = recorded(delete_recordings=True)
    operated.talks()

    operated.change(paused=True)
    operated.operate()
    operated.change(paused=False)
    operated.operate()
    operated.change(recording=RecordingState.COMPLETED, stored=True)
    operated.operate()

    assert [act for act, _ in operated.carrier.asked][3:] == [Act.PAUSE, Act.RESUME, Act.DELETE]
    assert operated.call.recording is RecordingState.DELETED


def word_left(operated: Operated, state: PartState = PartState.STORED) -> None:
    started = operated.scene.entries(Kind.CALL_STARTED)[0]
    parts = (Part("RE7.wav", "audio/wav", state=state),)
    left = replace(started, seq=98, id="E98", kind=Kind.MESSAGE_RECEIVED, content=Content(parts=parts))
    operated.scene.world.store.commit(Put(left, over=ANY))


def deleted(operated: Operated) -> list[str]:
    return [call.recording_sid for act, call in operated.carrier.about if act is Act.DELETE]


def test_a_word_that_was_left_is_deleted_at_the_carrier_once_it_lies_in_our_bucket() -> None:
    operated = recorded(delete_recordings=True)
    word_left(operated, PartState.WAITING)
    operated.operate(Kind.MESSAGE_RECEIVED)
    assert deleted(operated) == []

    word_left(operated)
    operated.operate(Kind.MESSAGE_RECEIVED)

    assert deleted(operated) == ["RE7"]
    assert operated.call.recording is RecordingState.OFF, "which is that of the talk"


def test_a_word_that_was_left_stays_with_the_carrier_where_the_settings_say_so() -> None:
    operated = recorded()
    word_left(operated)

    operated.operate(Kind.MESSAGE_RECEIVED)

    assert deleted(operated) == []


@pytest.mark.parametrize("answer", [Later("busy"), NoAnswer("timeout")])
def test_a_carrier_that_does_not_answer_is_asked_to_delete_again(answer: Later | NoAnswer) -> None:
    operated = recorded(delete_recordings=True)
    word_left(operated)
    operated.carrier.answers = [answer]

    with pytest.raises(TryAgain):
        operated.operate(Kind.MESSAGE_RECEIVED)
    operated.carrier.answers = [Failed("not_found", "20404")]
    operated.operate(Kind.MESSAGE_RECEIVED)

    assert deleted(operated) == ["RE7", "RE7"]


# ---------------------------------------------------------------------- what the carrier says


def test_an_agent_whose_telephone_can_not_be_rung_has_not_picked_up() -> None:
    operated = Operated()
    operated.carrier.answers = [Failed("bad_number", "21211")]

    operated.operate()

    told = [e.facts for e in operated.scene.entries(Kind.LEG_CHANGED)]
    assert [(one["state"], one["reason"]) for one in told] == [("failed", "bad_number")]
    assert operated.carrier.asked.count(DIALS_AGENT) == 1


def test_what_can_not_be_asked_for_at_all_has_failed_too() -> None:
    operated = Operated()
    operated.carrier.answers = [Rejected("configuration")]

    operated.operate()

    assert [e.facts["reason"] for e in operated.scene.entries(Kind.LEG_CHANGED)] == ["configuration"]


def test_a_carrier_that_wants_patience_is_asked_again() -> None:
    operated = Operated()
    operated.carrier.answers = [Later("too_many")]

    with pytest.raises(TryAgain):
        operated.operate()
    assert [leg.role for leg in operated.call.legs] == [LegRole.CUSTOMER]

    operated.operate()
    assert operated.leg("one").state is LegState.DIALLED


def test_a_carrier_that_wants_patience_for_a_minute_has_failed() -> None:
    operated = Operated()
    operated.carrier.answers = [Later("unavailable")]
    operated.scene.world.clock.advance(61)

    operated.operate()

    assert [e.facts["reason"] for e in operated.scene.entries(Kind.LEG_CHANGED)] == ["unavailable"]


@pytest.mark.parametrize("listed", ["", "CA7"])
def test_a_telephone_that_may_ring_is_looked_for_once_and_never_rung_again(listed: str) -> None:
    operated = Operated()
    operated.carrier.answers, operated.carrier.listed = [NoAnswer("timeout")], listed

    operated.operate()
    operated.operate()
    operated.scene.world.clock.advance(120)
    operated.operate()

    leg = operated.leg("one")
    assert (leg.sid, leg.state) == (listed, LegState.DIALLED if listed else LegState.UNKNOWN)
    assert (operated.carrier.asked, operated.carrier.looks) == ([DIALS_AGENT], ["one"])


def test_the_way_into_the_room_is_asked_for_again_where_no_answer_came() -> None:
    operated = Operated()
    operated.operate()
    operated.heard("one", LegState.TALKING)
    operated.carrier.answers = [NoAnswer("timeout")]

    with pytest.raises(TryAgain):
        operated.operate()
    with pytest.raises(TryAgain, match="another hand"):
        operated.operate()
    operated.scene.world.clock.advance(31)
    operated.operate()

    assert operated.carrier.asked == [DIALS_AGENT, ROOM, ROOM]
    assert operated.call.spot is Spot.ROOM


def test_a_refused_way_into_the_room_is_asked_for_by_the_next_word_alone() -> None:
    operated = Operated()
    operated.operate()
    operated.heard("one", LegState.TALKING)
    operated.carrier.answers = [Failed("call_over", "21220")]

    operated.operate()
    assert operated.carrier.asked == [DIALS_AGENT, ROOM]

    operated.operate()
    assert operated.carrier.asked == [DIALS_AGENT, ROOM, ROOM]


@pytest.mark.parametrize("code", ["21220", "20404"])
def test_a_telephone_that_the_carrier_does_not_know_any_more_is_over(code: str) -> None:
    operated = Operated()
    operated.talks()
    operated.heard("", LegState.ENDED)
    operated.carrier.answers = [Failed("call_over", code)]

    operated.operate()

    assert operated.carrier.asked[-1][0] is Act.HANG_UP
    assert not operated.call.staff()


def test_staff_are_hung_up_once_when_the_customer_has_gone() -> None:
    operated = Operated()
    operated.talks()
    operated.heard("", LegState.ENDED)

    operated.operate()
    operated.operate()

    assert operated.carrier.asked[2:] == [(Act.HANG_UP, "one")]


def test_a_customer_whom_we_call_is_rung_once_the_agent_talks() -> None:
    operated = Operated()
    operated.change(outbound=True, number="+821077778888", legs=())

    operated.operate()
    operated.heard("one", LegState.TALKING)
    operated.operate()

    assert operated.carrier.asked == [DIALS_AGENT, (Act.DIAL, "+821077778888")]
    assert operated.carrier.said[1].number == "+821077778888"
    assert [row.due.what for row in operated.scene.all(DueRow) if row.due.what == "leg"] == ["leg"]


def test_the_call_of_a_customer_who_became_one_with_another_is_found_where_it_lies() -> None:
    operated = Operated()
    started = operated.scene.entries(Kind.CALL_STARTED)[0]
    root = operated.scene.get(Head, started.timeline)
    operated.scene.world.store.commit(Put(replace(root, customer_id="C0", members=(root.customer_id,))))
    operated.scene.world.store.commit(Put(replace(root, root="C0", cases=()), over=ANY))
    under_root = replace(started, timeline="C0", seq=98, kind=Kind.CALL_ACTED)
    operated.scene.world.store.commit(Put(under_root))

    operated.operate(Kind.CALL_ACTED)

    assert operated.carrier.asked == [DIALS_AGENT]


# ---------------------------------------------------------------------- whoever dies, or is late


class Died(Exception):
    """A Lambda that is gone."""


class Dies(MemoryStore):
    """The scene's store; whoever writes for the n-th time dies, before it or behind it."""

    def __init__(self, of: MemoryStore, n: int, behind: bool) -> None:
        super().__init__()
        self.__dict__ |= vars(of)
        self.left, self.behind, self.of = n, behind, of

    def commit(self, *writes: Write) -> None:
        self.left -= 1
        if self.left == 0 and not self.behind:
            raise Died
        self.of.commit(*writes)
        if self.left == 0:
            raise Died


@pytest.mark.parametrize("behind", [False, True])
@pytest.mark.parametrize("n", range(1, 7))
def test_whoever_dies_at_any_point_the_call_comes_together_and_nobody_is_rung_twice(
    n: int, behind: bool
) -> None:
    operated = recorded()
    store = Dies(operated.scene.world.store, n, behind)

    for _ in range(8):
        try:
            operated.operate(store=store)
        except (Died, TryAgain):
            operated.scene.world.clock.advance(31)
        else:
            picks_up(operated)

    never_asked = (n, behind) == (1, True)
    assert operated.carrier.rings == ([] if never_asked else ["one"])
    assert operated.call.ordered == ""
    together = operated.call.spot is Spot.ROOM and operated.call.recording is RecordingState.IN_PROGRESS
    assert together or (never_asked and operated.leg("one").state is LegState.UNKNOWN)


def picks_up(operated: Operated) -> None:
    """Whose telephone rings; the carrier tells its name."""
    if operated.carrier.rings and operated.leg("one").state is not LegState.TALKING:
        operated.heard("one", LegState.TALKING, "CA7")


def test_while_one_hand_asks_the_carrier_another_asks_for_nothing() -> None:
    operated = Operated()
    second = ScriptedCarrier()

    def order(*asked: Any) -> Any:
        entry = operated.scene.entries(Kind.ASSIGNED)[-1]
        with pytest.raises(TryAgain, match="another hand"):
            Operate(*operated.scene.needs, second)(Send(entry.timeline, entry.seq))
        return Sent("CA7")

    operated.carrier.order = order  # type: ignore[method-assign, assignment]
    operated.operate()

    assert second.asked == []
    assert operated.leg("one").sid == "CA7"


def test_a_lost_race_is_read_and_decided_again() -> None:
    operated = Operated()
    changes: list[Callable[[], None]] = [lambda: operated.change(ending=True)]

    class Overtaken(Dies):
        def commit(self, *writes: Write) -> None:
            if changes:
                changes.pop()()
                raise Conflict((0,))
            self.of.commit(*writes)

    operated.operate(store=Overtaken(operated.scene.world.store, 0, False))

    assert operated.carrier.asked == [(Act.HANG_UP, "")], "the customer is to be let go by now"


def test_a_line_of_an_exchange_that_is_no_call_asks_the_carrier_for_nothing() -> None:
    scene, carrier = RuleScene(), ScriptedCarrier()
    scene.taken()
    for entry in scene.entries():
        Operate(*scene.needs, carrier)(Send(entry.timeline, entry.seq))

    assert carrier.asked == []


def test_a_command_about_a_line_that_is_gone_is_done_with() -> None:
    operated = Operated()

    Operate(*operated.scene.needs, operated.carrier)(Send("C404", 1))

    assert operated.carrier.asked == []


# ---------------------------------------------------------------------- what is said


def asks(operated: Operated, kind: Kind = Kind.SURVEY_ASKED) -> Entry:
    """A question on the call's own way, that waits to be asked."""
    started = operated.scene.entries(Kind.CALL_STARTED)[0]
    entry = replace(
        started, seq=99, id="E99", kind=kind, audience=Audience.CUSTOMER, delivery=Delivery.QUEUED, due=None
    )
    operated.scene.world.store.commit(Put(entry))
    return entry


def test_the_survey_is_asked_of_who_is_on_the_line_still() -> None:
    operated = Operated()
    entry = asks(operated)

    operated.operate(Kind.SURVEY_ASKED)
    operated.operate(Kind.SURVEY_ASKED)

    assert [one.way.thread for one in operated.carrier.sent] == [SID]
    assert operated.scene.get(Entry, entry.timeline, 99).delivery is Delivery.SENT
    assert operated.call.spot is Spot.SURVEY


def test_what_is_written_to_a_telephone_has_failed_and_moves_nobody() -> None:
    operated = Operated()
    entry = asks(operated, Kind.MESSAGE_SENT)
    operated.carrier.answers = [Rejected("not_on_calls")]

    operated.operate(Kind.MESSAGE_SENT)

    stored = operated.scene.get(Entry, entry.timeline, 99)
    assert (stored.delivery, stored.delivery_reason) == (Delivery.FAILED, "not_on_calls")
    assert operated.call.spot is Spot.QUEUE


def test_nobody_is_asked_who_has_hung_up() -> None:
    operated = Operated()
    entry = asks(operated)
    operated.heard("", LegState.ENDED)

    operated.operate(Kind.SURVEY_ASKED)

    stored = operated.scene.get(Entry, entry.timeline, 99)
    assert (stored.delivery, stored.delivery_reason) == (Delivery.FAILED, "call_over")
    assert operated.carrier.sent == []


def test_a_question_that_can_not_be_asked_for_long_has_failed() -> None:
    operated = Operated()
    entry = asks(operated)

    Operate(*operated.scene.needs, operated.carrier).give_up(Send(entry.timeline, 99), "gave_up")

    assert operated.scene.get(Entry, entry.timeline, 99).delivery_reason == "gave_up"


def test_a_number_outside_that_rings_for_too_long_is_looked_at() -> None:
    operated = Operated()
    operated.change(numbers=("+8225550100",))

    operated.talks()

    assert (Act.DIAL, "+8225550100") in operated.carrier.asked
    due = [row.due for row in operated.scene.all(DueRow) if row.due.what == "leg"]
    assert [(one.reference, one.at) for one in due] == [
        (operated.call.interaction_id, operated.scene.world.clock() + timedelta(seconds=30))
    ]


def test_settings_without_a_recording_say_nothing_of_one() -> None:
    assert not Centre().calls.record
    operated = Operated()

    operated.talks()

    assert [act for act, _ in operated.carrier.asked] == [Act.DIAL, Act.ROOM]
    assert {said.notice for said in operated.carrier.said} == {""}
