"""Why a contact was offered to this agent, for people: one sentence."""

from collections.abc import Callable
from datetime import datetime, timedelta

from shared.domain.routing.choice import Choice
from shared.domain.routing.explain import rule_of

Label = Callable[[str], str]

ORDER = {
    "en": {True: "longest waiting of {n} or more in {queue}", False: "longest waiting of {n} in {queue}"},
    "ko": {
        True: "{queue} 대기 {n}건 이상 중 가장 오래 기다림",
        False: "{queue} 대기 {n}건 중 가장 오래 기다림",
    },
}
RULES = {
    "alone": {"en": "waited for this agent alone", "ko": "이 상담원만 기다림"},
    "owner": {"en": "owns the case", "ko": "케이스 담당자"},
    "preferred": {"en": "the agent they were to have", "ko": "고객에게 지정된 상담원"},
    "only": {"en": "the only free agent who fits", "ko": "지금 맡을 수 있는 유일한 상담원"},
    "fewest_classes": {"en": "the others are needed for more", "ko": "다른 상담원은 더 많은 문의에 필요함"},
    "proficiency": {"en": "knows it best", "ko": "숙련도가 가장 높음"},
    "longest_available": {"en": "available longest", "ko": "가장 오래 대기한 상담원"},
    "tie": {"en": "first of equals", "ko": "조건이 같아 순서대로 배정"},
}
FREE = {"en": "free for {time}", "ko": "{time} 대기"}
UNITS = {
    "en": (("1 hour", "{n} hours"), ("1 minute", "{n} minutes"), ("1 second", "{n} seconds")),
    "ko": (("{n}시간", "{n}시간"), ("{n}분", "{n}분"), ("{n}초", "{n}초")),
}


def why_offer(choice: Choice, at: datetime, language: str = "en", label: Label = str) -> str:
    """`at` is the moment of the offer; `label` gives a queue's or a skill's name as people read it."""
    first = choice.ranked[0]
    levels = zip(choice.needs, first.levels, strict=True)
    skills = ", ".join(f"{label(need.skill)} {level}" for need, level in levels if level)
    waited = ORDER[language][choice.more].format(n=choice.waiting, queue=label(choice.queue))
    free = FREE[language].format(time=span(at - first.figures.since, language))
    told = ("" if choice.alone else waited, skills, RULES[rule_of(choice)][language], free)
    return "; ".join(part for part in told if part)


def span(time: timedelta, language: str) -> str:
    """About how long, in its largest unit."""
    seconds = max(0, int(time.total_seconds()))
    for size, (one, many) in zip((3600, 60, 1), UNITS[language], strict=True):
        if seconds >= size or size == 1:
            return (one if seconds // size == 1 else many).format(n=seconds // size)
    return ""
