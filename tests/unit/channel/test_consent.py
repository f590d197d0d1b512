"""STOP belongs to the address it came from: it decides about every text there, whoever writes or asks."""

import pytest

from shared.domain.channel.arrival import CodeRequest
from shared.domain.channel.carriage import Result, Sent
from shared.domain.channel.commands import Send
from shared.domain.errors import Refused
from shared.domain.timeline.entry import Delivery, Entry, Kind
from shared.use_cases.channel.send_queued import SendQueued
from tests.support.rule_scene import NUMBER, RuleScene

OTHER_VISITOR = "01KDXZ8E000000000000000002"
SAME_NUMBER = ["+821012345678", "010-1234-5678", "+82 10 1234 5678", "0082 10-1234-5678"]


@pytest.fixture
def scene() -> RuleScene:
    return RuleScene()


def carried(scene: RuleScene) -> list[str]:
    """Where texts went when everything queued was sent."""
    numbers: list[str] = []

    def carry(entry: Entry) -> Result:
        numbers.append(entry.way.reply_to)
        return Sent("SM1")

    for entry in scene.entries():
        if entry.delivery is Delivery.QUEUED and entry.channel == "sms":
            SendQueued(*scene.needs, carry)(Send(entry.timeline, entry.seq))
    return numbers


@pytest.mark.parametrize("typed", SAME_NUMBER)
def test_a_stranger_in_the_chat_gets_no_code_sent_to_who_said_stop(scene: RuleScene, typed: str) -> None:
    scene.sms("STOP")

    scene.does(CodeRequest(typed), OTHER_VISITOR)

    assert (scene.entries(Kind.CODE_SENT), carried(scene)) == ([], [])
    assert len(scene.entries(Kind.CODE_REFUSED)) == 1


def test_a_code_that_was_asked_for_before_stop_does_not_leave_after_it(scene: RuleScene) -> None:
    scene.does(CodeRequest(NUMBER), OTHER_VISITOR)
    scene.sms("STOP")

    assert carried(scene) == []
    assert scene.entries(Kind.CODE_SENT)[0].delivery_reason == "opted_out"


def test_an_agent_gets_no_code_sent_to_who_said_stop(scene: RuleScene) -> None:
    scene.chat("Hello", OTHER_VISITOR)
    scene.hire()
    scene.assign()
    case_id = scene.accept()
    scene.sms("STOP")
    asking = scene.visitor_head(OTHER_VISITOR)

    with pytest.raises(Refused, match="code_refused"):
        scene.answering().ask_code("one", asking.customer_id, case_id, NUMBER, "key-0001")


def test_stop_of_one_number_silences_no_other_of_the_same_customer(scene: RuleScene) -> None:
    scene.chat("Hello")
    scene.proves()
    scene.sms("STOP", number="+821099998888")

    scene.does(CodeRequest("+821099998888"))
    scene.world.clock.advance(301)
    scene.does(CodeRequest("+821077776666"))

    assert carried(scene) == ["+821077776666"]


def test_start_lets_a_code_leave_again(scene: RuleScene) -> None:
    scene.sms("STOP")
    scene.sms("START")

    scene.does(CodeRequest(NUMBER), OTHER_VISITOR)

    assert carried(scene) == [NUMBER]
