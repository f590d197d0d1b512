"""Why a contact waits, in one word with its numbers, and the sentence that people read."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from infra.twins.clock import START
from shared.domain.address.address import Address
from shared.domain.centre import Centre
from shared.domain.customer.callback import Callback
from shared.domain.customer.head import Contact, ContactState, Decline
from shared.domain.hours import Hours
from shared.domain.now import Now
from shared.domain.queue import Need, Queue, Ring
from shared.domain.roster import roster
from shared.domain.routing.staff import Agent, Engagement, Presence
from shared.domain.routing.why_waiting import why_waiting
from shared.domain.staffing import Member, Profile, Skill
from shared.domain.traits import Channels, Traits
from shared.domain.words.why_waiting import SENTENCES, waiting_sentence

MINUTE = timedelta(minutes=1)
SMS = Channels((Traits("sms", "phone", "SMS", "문자", "", ("", "")),))
ENGLISH = (Need("english", 3),)
QUEUE = Queue("main", rings=(Ring(60, drop=("english",)),))


def now_with(*members: Member, queue: Queue = QUEUE) -> Now:
    centre = Centre(queues=(queue,), skills=(Skill("english"),), profiles=(Profile("all", ("main",)),))
    return Now(START, str, centre, SMS, lambda: roster(centre, members))


def member(name: str, *skills: Need) -> Member:
    return Member(name, "all", skills)


def contact(waited: timedelta = timedelta(), **told: object) -> Contact:
    made = Contact("i1", "sms", "main", ContactState.WAITING, START - waited, needs=ENGLISH)
    return replace(made, **told)  # type: ignore[arg-type]


def agent(name: str, presence: Presence = Presence.AVAILABLE, held: int = 0, **told: object) -> Agent:
    work = tuple(Engagement(f"c{n}", "k", "sms", START, f"i{n}", 5) for n in range(held))
    made = Agent(name, name.capitalize(), "main", 1, presence, engagements=work, login=name)
    return replace(made, **told)  # type: ignore[arg-type]


FLUENT, PLAIN = member("fluent", *ENGLISH), member("plain")


def test_nobody_who_is_logged_in_has_the_skill() -> None:
    away = agent("fluent", Presence.OFFLINE)

    found = why_waiting(contact(), [away, agent("plain")], now_with(FLUENT, PLAIN))

    assert (found.code, found.fit, found.needs) == ("nobody", 0, ENGLISH)
    assert found.next_ring == START + MINUTE


def test_in_a_wider_ring_the_need_does_not_count_and_no_other_ring_follows() -> None:
    found = why_waiting(contact(2 * MINUTE), [agent("plain", held=3)], now_with(FLUENT, PLAIN))

    assert (found.code, found.ring, found.needs, found.next_ring) == ("busy", 1, (), None)


def test_all_who_fit_are_busy_or_away() -> None:
    second = member("second", *ENGLISH)
    here = [agent("fluent", held=3), agent("second", Presence.BREAK), agent("plain")]

    found = why_waiting(contact(), here, now_with(FLUENT, second, PLAIN))

    assert (found.code, found.fit, found.busy, found.away) == ("busy", 2, 1, 1)


@pytest.mark.parametrize("told", [{"presence": Presence.MEAL}, {"not_responding": True}, {"draining": True}])
def test_all_who_fit_take_no_work(told: dict[str, object]) -> None:
    found = why_waiting(contact(), [agent("fluent", **told)], now_with(FLUENT))  # type: ignore[arg-type]

    assert (found.code, found.away) == ("away", 1)


def test_an_agent_to_whom_something_rings_is_busy() -> None:
    rings = Engagement("c1", "k", "sms", START, "i9", 5, offer_id="offer")

    assert why_waiting(contact(), [agent("fluent", engagements=(rings,))], now_with(FLUENT)).code == "busy"


def test_who_fits_declined_and_rests() -> None:
    until = START + MINUTE
    declined = contact(declines=(Decline("fluent", until), Decline("gone", until)))

    found = why_waiting(declined, [agent("fluent")], now_with(FLUENT))

    assert (found.code, found.until) == ("rests", until)


def test_somebody_who_fits_is_free() -> None:
    over = contact(declines=(Decline("fluent", START),))

    assert why_waiting(over, [agent("fluent")], now_with(FLUENT)).code == "soon"


def test_the_queue_is_closed_and_nobody_works() -> None:
    closed = replace(QUEUE, hours=Hours(("tue 09:00-18:00",)))

    found = why_waiting(contact(), [], now_with(FLUENT, queue=closed))

    assert (found.code, found.until) == ("closed", datetime.fromisoformat("2026-01-06T00:00:00Z"))


@pytest.mark.parametrize(
    ("told", "code", "who"),
    [
        ({"state": ContactState.OFFERED, "agent": "one"}, "rings", "one"),
        ({"state": ContactState.CONNECTED, "agent": "one"}, "has_agent", "one"),
        ({"state": ContactState.FLOW}, "flow", ""),
        ({"preferred": "one", "alone_until": START + MINUTE}, "alone", "one"),
        ({"callback": Callback(Address("phone", "+821"), not_before=START + MINUTE)}, "later", ""),
    ],
)
def test_what_is_not_in_the_queue_says_where_it_is(told: dict[str, object], code: str, who: str) -> None:
    found = why_waiting(contact(**told), [agent("fluent")], now_with(FLUENT))  # type: ignore[arg-type]

    assert (found.code, found.agent) == (code, who)


def test_a_contact_that_waited_long_enough_for_one_agent_waits_for_all() -> None:
    alone = contact(preferred="one", alone_until=START)

    assert why_waiting(alone, [agent("fluent")], now_with(FLUENT)).code == "soon"


def test_the_sentence_names_skills_and_moments_in_the_zone() -> None:
    found = why_waiting(contact(), [], now_with(FLUENT))

    english = waiting_sentence(found, "en", "Asia/Seoul", label=str.title)
    korean = waiting_sentence(found, "ko", "Asia/Seoul")

    assert english == (
        "Nobody logged in can take it: it needs English 3. From 05 Jan, 18:01:00 on more agents may be asked."
    )
    assert korean.startswith("로그인한 상담원 중 맡을 수 있는 사람이 없습니다. 필요: english 3.")


def test_every_reason_has_a_sentence_in_both_languages() -> None:
    from shared.domain.routing import why_waiting as codes

    words = {value for name, value in vars(codes).items() if name.isupper() and isinstance(value, str)}

    assert set(SENTENCES) == words
    assert all(set(said) == {"ko", "en"} for said in SENTENCES.values())
