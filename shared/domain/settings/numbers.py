"""Numbers in the settings and what they may be."""

from collections.abc import Iterator

from shared.domain.queue import Announcement, Need, Queue
from shared.domain.settings.document import Document
from shared.domain.settings.names import once
from shared.domain.settings.problem import Path, Problem, problem
from shared.domain.staffing import Profile
from shared.domain.traits import FULL

DAY = 86_400
YEAR = 366 * DAY
A_LOT = 1_000_000
LONGEST = 1000  # characters that a queue says at once: less than any channel carries
OF_CENTRE = {
    "heartbeat_gone_seconds": (1, DAY),
    "live_silence_seconds": (1, YEAR),
    "silence_seconds": (1, YEAR),
    "reopen_seconds": (0, YEAR),
    "survey_answer_seconds": (1, YEAR),
    "survey_rest_days": (0, 3660),
    "proof_seconds": (1, DAY),
    "proof_tries": (1, 100),
    "proofs_a_day": (0, A_LOT),
    "proofs_a_day_customer": (0, A_LOT),
    "proofs_a_day_in_all": (0, A_LOT),
    "reply_give_up_seconds": (1, YEAR),
    "receipt_days": (1, 3660),
    "offer_seconds": (1, 3600),
    "acw_seconds": (0, 3600),
    "decline_rest_seconds": (0, DAY),
    "service_level_seconds": (1, DAY),
}
MOST_RINGS = 9


def numbers(told: Document) -> Iterator[Problem]:
    centre = told.centre
    for field, (least, most) in OF_CENTRE.items():
        yield from within((field,), getattr(centre, field), least, most)
    for place, queue in enumerate(centre.queues):
        yield from _of_queue(("queues", str(place)), queue)
    for place, profile in enumerate(centre.profiles):
        yield from _of_profile(("profiles", str(place)), profile)
    for place, rule in enumerate(centre.rules):
        yield from within(("rules", str(place), "priority"), rule.priority, 0, 9)
        yield from _levels(("rules", str(place), "needs"), rule.needs)
        yield from once(("rules", str(place), "when"), [when.fact for when in rule.when])
    for place, member in enumerate(told.members):
        yield from _levels(("agents", str(place), "skills"), member.skills)


def _of_queue(path: Path, queue: Queue) -> Iterator[Problem]:
    yield from within((*path, "priority"), queue.priority, 1, 9)
    yield from within((*path, "service_level_seconds"), queue.service_level_seconds, 0, DAY)
    yield from within((*path, "preferred_seconds"), queue.preferred_seconds, 0, DAY)
    yield from within((*path, "last_agent_days"), queue.last_agent_days, 0, 365)
    yield from _levels((*path, "needs"), queue.needs)
    yield from _of_announcements((*path, "announcements"), queue.announcements)
    if queue.overflow:
        yield from within((*path, "overflow"), queue.overflow.after_seconds, 1, DAY)
    if len(queue.rings) > MOST_RINGS:
        yield problem((*path, "rings"), "too_many_rings", most=MOST_RINGS)


def _of_announcements(path: Path, told: tuple[Announcement, ...]) -> Iterator[Problem]:
    for place, one in enumerate(told):
        yield from within((*path, str(place)), one.after_seconds, 0, DAY)
        if not 0 < (length := max(len(one.ko), len(one.en))) <= LONGEST:
            yield problem((*path, str(place)), "words", value=length, most=LONGEST)


def _of_profile(path: Path, profile: Profile) -> Iterator[Problem]:
    for limit in profile.limits:
        yield from within((*path, "limits"), limit.most, 1, FULL)
    yield from once((*path, "limits"), [one.channel for one in profile.limits])
    yield from once((*path, "interrupts"), [one.channel for one in profile.interrupts])


def _levels(path: Path, needs: tuple[Need, ...]) -> Iterator[Problem]:
    yield from once(path, [need.skill for need in needs])
    for need in (need for need in needs if not 1 <= need.level <= 5):
        yield problem(path, "level", name=need.skill, value=need.level)


def within(path: Path, value: int, least: int, most: int) -> Iterator[Problem]:
    if not least <= value <= most:
        yield problem(path, "range", value=value, least=least, most=most)
