"""Outside the hours of a queue its customers are told when somebody is there, and what is open instead."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from infra.twins.settings import FixedSettings
from infra.twins.world import World
from shared.domain.case.notice import about_hours, is_served
from shared.domain.centre import Centre
from shared.domain.customer.head import Head
from shared.domain.hours import ALWAYS, Hours, open_spans
from shared.domain.now import Now
from shared.domain.queue import Queue
from shared.domain.timeline.entry import Kind
from tests.support.rule_scene import RuleScene

CLOSED = Hours(("mon-fri 18:30-19:00",))  # the tests' clock begins at 18:00 on a Monday in Seoul
MAIN = Queue("main", hours=CLOSED, channels=("chat",), alternatives=("sms", "night", "email"))
NIGHT = Queue("night", "main", label_ko="야간 상담", label_en="Night desk", channels=("sms",), hours=ALWAYS)
CENTRE = Centre(queues=(MAIN, NIGHT))


def now(centre: Centre = CENTRE) -> Now:
    return World(settings=FixedSettings(centre)).now()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            "We are closed right now. Somebody will read your message from Mon 5 Jan, 18:30. "
            "Open right now: SMS, Night desk.",
        ),
        (
            "ko",
            "지금은 상담 시간이 아닙니다. 남겨 주신 내용은 1월 5일(월) 18:30부터 확인합니다. "
            "지금 이용하실 수 있는 곳: 문자, 야간 상담.",
        ),
    ],
)
def test_who_comes_too_late_is_told_what_is_open_instead(language: str, words: str) -> None:
    assert about_hours(Head("c1", 1, language=language), now(), "main") == words


def test_an_alternative_that_is_closed_itself_is_not_named() -> None:
    both = Centre(queues=(MAIN, Queue("night", "main", hours=CLOSED)))

    assert "Open right now" not in about_hours(Head("c1", 1, language="en"), now(both), "main")


def test_a_queue_without_hours_of_its_own_has_those_of_the_centre() -> None:
    centre = Centre(hours=CLOSED, queues=(Queue(), Queue("always", hours=ALWAYS)))

    assert (is_served("main", now(centre)), is_served("always", now(centre))) == (False, True)


def test_they_are_told_once_for_each_opening_and_keep_their_place() -> None:
    scene = RuleScene(World(settings=FixedSettings(CENTRE)))
    scene.chat("Hello?")
    scene.chat("Is somebody there?")

    assert len(scene.entries(Kind.MESSAGE_SENT)) == 1
    assert scene.visitor_head().cases[0].contact.state == "waiting"


def test_open_spans_are_cut_at_both_ends() -> None:
    monday = datetime(2026, 1, 5, 9, 40, tzinfo=UTC)  # 18:40 in Seoul

    spans = list(open_spans(CLOSED, monday, monday + timedelta(days=1), "Asia/Seoul"))

    assert [(start.hour, start.minute, end.hour, end.minute) for start, end in spans] == [
        (9, 40, 10, 0),
        (9, 30, 9, 40),
    ]


def test_always_open_is_every_moment() -> None:
    begin = datetime(2026, 1, 5, 9, 40, tzinfo=UTC)
    end = begin + timedelta(days=7)

    spans = list(open_spans(ALWAYS, begin, end, "Asia/Seoul"))

    assert (spans[0][0], spans[-1][1]) == (begin, end)
    assert all(before[1] == after[0] for before, after in pairwise(spans))
