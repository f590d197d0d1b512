"""A case goes on to a queue or to a colleague, or a colleague is asked first."""

from itertools import count

import pytest

from infra.twins.settings import FixedSettings
from infra.twins.world import World
from shared.domain.centre import Centre
from shared.domain.customer.head import ContactState
from shared.domain.errors import Refused
from shared.domain.queue import Queue
from shared.domain.report.count_fact import count_fact
from shared.domain.routing.pool import Waiting
from shared.domain.routing.staff import Presence
from shared.domain.timeline.bus_facts import facts
from shared.domain.timeline.entry import Kind
from shared.use_cases.desk.hand_on import HandOn, Wish
from shared.use_cases.routing.answer_offer import AnswerOffer
from shared.use_cases.routing.sweep_presence import SweepPresence
from tests.support.rule_scene import RuleScene

QUEUES = (Queue(), Queue("second", label_en="Second", keeps_age=False))
KEYS = count()


def taken(*colleagues: str) -> RuleScene:
    scene = RuleScene(World(settings=FixedSettings(Centre(queues=QUEUES, acw_seconds=0))))
    scene.taken()
    for name in colleagues:
        scene.hire(name)
    scene.world.clock.advance(30)
    return scene


def wish(scene: RuleScene, **told: str) -> Wish:
    head = scene.head()
    return Wish("one", head.customer_id, head.cases[0].id, **told)


def key() -> str:
    return f"handing-{next(KEYS):04}"


def hands(scene: RuleScene) -> HandOn:
    return HandOn(*scene.needs)


def asks(scene: RuleScene) -> str:
    """Agent two is asked; the answer is the offer."""
    hands(scene).ask(wish(scene, to="two", note="What is our policy?"), key())
    return scene.offers("two")[0]


def test_a_case_that_goes_to_a_queue_waits_there_with_a_note_and_the_agent_is_free() -> None:
    scene = taken()
    before = scene.head().cases[0].contact

    hands(scene).transfer(wish(scene, queue="main", note="Wants a refund"), key())

    case = scene.head().cases[0]
    assert (case.owner, case.contact.state, case.contact.queue) == ("", ContactState.WAITING, "main")
    assert case.contact.enqueued_at == before.enqueued_at
    assert scene.agent().engagements == ()
    assert [row.interaction_id for row in scene.all(Waiting)] == [before.interaction_id]
    assert scene.entries(Kind.NOTE_ADDED)[0].text == "Wants a refund"
    line = scene.entries(Kind.TRANSFERRED)[0]
    assert (line.facts["agent"], line.facts["to_queue"], line.facts["handle_ms"]) == ("one", "main", 30_000)


def test_a_queue_that_does_not_keep_the_age_lets_it_begin_anew() -> None:
    scene = taken()

    hands(scene).transfer(wish(scene, queue="second"), key())

    assert scene.head().cases[0].contact.enqueued_at == scene.world.clock()


def test_a_case_that_goes_to_a_colleague_waits_for_them_alone_at_first_and_is_counted_out_and_in() -> None:
    scene = taken("two")

    hands(scene).transfer(wish(scene, to="two"), key())
    contact = scene.head().cases[0].contact
    scene.assign()
    AnswerOffer(*scene.needs).accept("two", scene.offers("two")[0])

    assert (contact.preferred, contact.handed_by) == ("two", "one")
    assert contact.alone_until is not None
    assert scene.head().cases[0].owner == "two"
    out = [f for e in scene.entries(Kind.TRANSFERRED) for f in facts(e)]
    counted = [add.amounts for fact in out for add in count_fact(fact, scene.world.settings.centre())]
    assert counted[0]["contacts_transferred_out"] == counted[0]["contacts_completed"] == 1
    assert counted[1] == {"contacts_queued": 1}
    assert scene.entries(Kind.ASSIGNED)[-1].facts["transferred"] is True


def test_the_same_request_again_hands_on_once() -> None:
    scene = taken("two")
    told, same = wish(scene, to="two"), key()

    hands(scene).transfer(told, same)
    hands(scene).transfer(told, same)

    assert len(scene.entries(Kind.TRANSFERRED)) == 1


@pytest.mark.parametrize("to", ["two", "nobody", "one"])
def test_a_colleague_who_is_not_there_is_refused_and_others_are_named(to: str) -> None:
    scene = taken("two", "three")
    scene.presence(Presence.OFFLINE, "two")

    with pytest.raises(Refused) as caught:
        hands(scene).transfer(wish(scene, to=to), key())

    assert (caught.value.code, caught.value.status) == ("colleague_gone", 409)
    assert caught.value.said("en") == {"others": "Agent Three", "queues": "main, Second"}
    assert scene.head().cases[0].owner == "one"


@pytest.mark.parametrize("to", ["", "two"])
def test_a_queue_that_is_not_there_is_refused_also_beside_a_colleague(to: str) -> None:
    scene = taken("two")

    with pytest.raises(Refused, match="no_queue"):
        hands(scene).transfer(wish(scene, queue="third", to=to), key())


def test_who_does_not_have_the_case_cannot_hand_it_on() -> None:
    scene = taken("two")
    head = scene.head()

    with pytest.raises(Refused, match="not_owner"):
        hands(scene).transfer(Wish("two", head.customer_id, head.cases[0].id, "main"), key())


def test_a_colleague_who_is_asked_joins_beside_the_owner_and_leaves_again() -> None:
    scene = taken("two")

    AnswerOffer(*scene.needs).accept("two", asks(scene))
    inside = scene.head().cases[0]
    held = scene.agent("two").engagements
    scene.world.clock.advance(10)
    hands(scene).end("one", scene.head().customer_id, inside.id)

    assert (inside.owner, inside.contact.agent, inside.contact.asked) == ("one", "one", "two")
    assert [place.consult for place in held] == [True]
    assert scene.agent("two").engagements == ()
    ended = scene.entries(Kind.CONSULT_ENDED)[0].facts
    assert (ended["how"], ended["handle_ms"]) == ("done", 10_000)
    assert scene.head().cases[0].contact.asked == ""


def test_a_colleague_who_is_asked_cannot_answer_the_customer() -> None:
    scene = taken("two")
    AnswerOffer(*scene.needs).accept("two", asks(scene))

    with pytest.raises(Refused, match="not_owner"):
        scene.says("Hello from two", agent_id="two")


def test_the_case_is_handed_over_to_who_joined_without_a_wait() -> None:
    scene = taken("two")
    AnswerOffer(*scene.needs).accept("two", asks(scene))

    hands(scene).hand_over(wish(scene), key())

    case = scene.head().cases[0]
    assert (case.owner, case.contact.agent, case.contact.asked) == ("two", "two", "")
    assert scene.agent().engagements == ()
    assert [(place.consult, place.owns) for place in scene.agent("two").engagements] == [(False, True)]
    assert scene.all(Waiting) == []


def test_who_only_rings_cannot_get_the_case_and_the_case_cannot_end_before_the_consult() -> None:
    scene = taken("two")
    asks(scene)

    with pytest.raises(Refused, match="no_consult"):
        hands(scene).hand_over(wish(scene), key())
    with pytest.raises(Refused, match="consult_open"):
        scene.closes(answered=False)


@pytest.mark.parametrize("how", ["declined", "expired", "withdrawn"])
def test_a_consult_that_nobody_joins_ends_and_the_owner_keeps_the_case(how: str) -> None:
    scene = taken("two")
    offer, answer = asks(scene), AnswerOffer(*scene.needs)

    if how == "declined":
        answer.decline("two", offer)
    elif how == "expired":
        answer.expire("two", offer)
    else:
        scene.presence(Presence.OFFLINE, "two")

    assert scene.agent("two").engagements == ()
    assert scene.agent("two").not_responding is (how == "expired")
    assert scene.entries(Kind.CONSULT_ENDED)[0].facts["how"] == how
    assert (scene.head().cases[0].owner, scene.head().cases[0].contact.asked) == ("one", "")


def test_when_the_one_who_asked_is_gone_the_minutes_round_frees_the_colleague_and_no_one_else() -> None:
    scene = taken("two")
    AnswerOffer(*scene.needs).accept("two", asks(scene))
    sweep = SweepPresence(*scene.needs)

    sweep("main")
    during = scene.agent("two").engagements
    scene.presence(Presence.OFFLINE, "one")
    sweep("main")

    assert [place.consult for place in during] == [True]
    assert scene.agent("two").engagements == ()
    assert (scene.head().cases[0].contact.state, scene.head().cases[0].contact.asked) == ("waiting", "")


def test_who_rings_for_somebody_who_is_gone_is_not_taken_for_one_who_does_not_answer() -> None:
    scene = taken("two")
    offer = asks(scene)
    scene.presence(Presence.OFFLINE, "one")

    AnswerOffer(*scene.needs).expire("two", offer)

    assert (scene.agent("two").engagements, scene.agent("two").not_responding) == ((), False)


def test_a_colleague_without_room_is_not_asked() -> None:
    scene = taken("two")
    scene.presence(Presence.BREAK, "two")

    with pytest.raises(Refused, match="colleague_busy"):
        asks(scene)
