"""Why a contact waits, for people: one sentence."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from shared.domain.routing import why_waiting as codes
from shared.domain.routing.why_waiting import Waits

Label = Callable[[str], str]

SENTENCES = {
    codes.FLOW: {"en": "A menu still talks with the customer.", "ko": "아직 메뉴 안내가 진행 중입니다."},
    codes.RINGS: {"en": "It rings {agent} now.", "ko": "지금 {agent} 상담원에게 제안되어 있습니다."},
    codes.HAS_AGENT: {"en": "{agent} has it.", "ko": "{agent} 상담원이 맡고 있습니다."},
    codes.ALONE: {
        "en": "It waits for {agent} alone until {until}.",
        "ko": "{until}까지 {agent} 상담원만 기다립니다.",
    },
    codes.LATER: {"en": "The customer is called back from {until} on.", "ko": "{until}부터 다시 전화합니다."},
    codes.CLOSED: {
        "en": "The queue is closed until {until}, and nobody who fits works.",
        "ko": "{until}까지 운영 시간이 아니며, 맡을 수 있는 상담원이 없습니다.",
    },
    codes.NOBODY: {
        "en": "Nobody logged in can take it: it needs {needs}.",
        "ko": "로그인한 상담원 중 맡을 수 있는 사람이 없습니다. 필요: {needs}.",
    },
    codes.RESTS: {
        "en": "All who fit and are free declined it; it is offered again from {until} on.",
        "ko": "맡을 수 있는 상담원이 모두 거절했습니다. {until}부터 다시 제안됩니다.",
    },
    codes.AWAY: {
        "en": "All {fit} agents who fit take no work now.",
        "ko": "맡을 수 있는 상담원 {fit}명이 모두 자리 비움 상태입니다.",
    },
    codes.BUSY: {
        "en": "All agents who fit are busy: {busy} of {fit}; {away} take no work now.",
        "ko": "맡을 수 있는 상담원 {fit}명 중 {busy}명은 상담 중, {away}명은 자리 비움입니다.",
    },
    codes.SOON: {
        "en": "An agent who fits is free: it is offered when its turn comes, within a minute.",
        "ko": "맡을 수 있는 상담원이 있습니다. 차례가 되면 1분 안에 제안됩니다.",
    },
}
MORE = {"en": "From {ring} on more agents may be asked.", "ko": "{ring}부터 더 많은 상담원에게 제안됩니다."}
NO_SKILL = {"en": "its queue in their profile", "ko": "이 대기열을 맡는 프로필"}
NEVER = {"en": "further notice", "ko": "별도 안내"}
MOMENT = {"en": "%d %b, %H:%M:%S", "ko": "%m월 %d일 %H:%M:%S"}


def waiting_sentence(waits: Waits, language: str, zone: str, agent: str = "", label: Label = str) -> str:
    """`agent` is the name of the agent it is about; moments are by the clock of the zone."""
    needs = ", ".join(f"{label(need.skill)} {need.level}" for need in waits.needs) or NO_SKILL[language]
    until = _moment(waits.until, language, zone)
    said = SENTENCES[waits.code][language].format(
        agent=agent, until=until, needs=needs, fit=waits.fit, busy=waits.busy, away=waits.away
    )
    if waits.next_ring is None:
        return said
    return f"{said} {MORE[language].format(ring=_moment(waits.next_ring, language, zone))}"


def _moment(at: datetime | None, language: str, zone: str) -> str:
    return at.astimezone(ZoneInfo(zone)).strftime(MOMENT[language]) if at else NEVER[language]
