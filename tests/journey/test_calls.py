"""Calls the whole way in memory: the menu, the queue, an agent's telephone, and what follows."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from functions.channels import traits
from infra.flow_file import Place, read_flow
from shared.domain.calls import Calls
from shared.domain.centre import Centre
from shared.domain.change import Ref
from shared.domain.routing.staff import Agent
from shared.domain.timeline.entry import Delivery, Entry, Kind
from tests.support.exchange import AGENT_PHONE, Exchange
from tests.support.line import Line
from tests.support.whole_scene import Desk, WholeScene, adds_up

CALLER = "+821055500101"
SECOND_PHONE = "+821055500202"
PERSON = "4"  # what the menu says for a person


@pytest.fixture
def scene() -> WholeScene:
    return a_scene()


def a_scene(**calls: bool) -> WholeScene:
    centre = Centre()
    place = Place(centre.languages, traits().all, [queue.name for queue in centre.queues])
    flow = read_flow(Path("flows/welcome.yaml"), place)
    return WholeScene(centre=replace(centre, flow=flow.name, calls=Calls(**calls)), flows=[flow])


def desk_of(scene: WholeScene, name: str = "one", phone: str = AGENT_PHONE) -> Desk:
    return scene.agent(name, phone=phone)


def rung(scene: WholeScene, exchange: Exchange) -> Line:
    """A caller who has passed the menu and waits."""
    line = exchange.ring(CALLER)
    line.press(PERSON)
    scene.run()
    return line


def talking(scene: WholeScene, exchange: Exchange, desk: Desk) -> tuple[Line, Line, dict[str, str]]:
    """A caller and an agent in one room, and their case."""
    line = rung(scene, exchange)
    case = desk.accept()
    scene.run()
    phone = exchange.ringing(AGENT_PHONE)
    phone.pick_up()
    scene.run()
    assert line.room == phone.room != ""
    return line, phone, case


def kinds(scene: WholeScene) -> list[Kind]:
    return [entry.kind for entry in scene.entries() if entry.timeline == scene.customer(CALLER)]


def test_a_caller_passes_the_menu_waits_and_is_put_through_and_scores_by_a_key(scene: WholeScene) -> None:
    exchange, desk = Exchange(scene), desk_of(scene)
    line, _, case = talking(scene, exchange, desk)

    desk.close(case)
    scene.run()
    line.press("5")
    scene.run()

    spoken = [e.text for e in scene.timeline(scene.customer(CALLER)) if e.kind is Kind.MESSAGE_SENT]
    assert spoken and all(text in " ".join(line.heard) for text in spoken[0].splitlines())
    assert any("5" in word for word in line.heard)
    answered = [e for e in scene.entries() if e.kind is Kind.SURVEY_ANSWERED]
    assert [e.facts["score"] for e in answered] == [5]
    assert kinds(scene).count(Kind.CALL_STARTED) == 1
    adds_up(scene)


@pytest.mark.parametrize("twice", [False, True])
def test_a_caller_who_hangs_up_in_the_queue_is_counted_as_gone_once(scene: WholeScene, twice: bool) -> None:
    exchange = Exchange(scene)
    line = rung(scene, exchange)

    line.hang_up(twice)
    scene.run()

    closed = [e for e in scene.entries() if e.kind is Kind.CASE_CLOSED]
    assert [e.facts["disposition"] for e in closed] == ["abandoned"]
    adds_up(scene)


@pytest.mark.parametrize("how", ["no-answer", "busy", "failed", "canceled"])
def test_an_agent_who_does_not_pick_up_loses_the_call_which_waits_on_with_its_age(
    scene: WholeScene, how: str
) -> None:
    exchange, desk = Exchange(scene), desk_of(scene)
    line = rung(scene, exchange)
    before = scene.head(scene.customer(CALLER)).cases[0].contacts[-1].enqueued_at
    desk.accept()
    scene.run()

    exchange.ringing(AGENT_PHONE).fails(how)
    scene.run()

    contact = scene.head(scene.customer(CALLER)).cases[0].contacts[-1]
    assert (contact.state, contact.enqueued_at) == ("waiting", before)
    agent = scene.store.get(Ref(Agent, "one"))
    assert agent is not None and agent.not_responding
    assert line.at in ("enqueue", "gather")
    adds_up(scene)


def test_a_call_rings_the_agent_who_has_the_case_while_its_sms_goes_on(scene: WholeScene) -> None:
    exchange, desk, other = Exchange(scene), desk_of(scene), desk_of(scene, "two", SECOND_PHONE)
    other.presence("break")
    scene.sms(CALLER, "Where is my order?")
    scene.run()
    offers = desk.offers() or None
    while not offers:  # the menu talks first
        scene.sms(CALLER, PERSON)
        scene.run()
        offers = desk.offers()
    desk.accept()
    other.presence("available")
    scene.run()

    rung(scene, exchange)

    assert len(desk.offers()) == 1 and not other.offers()
    adds_up(scene)


def test_a_caller_is_put_on_hold_and_taken_back(scene: WholeScene) -> None:
    exchange, desk = Exchange(scene), desk_of(scene)
    line, phone, case = talking(scene, exchange, desk)

    assert desk.on_call(case, "hold").status == 200
    scene.run()
    held = line.room
    assert desk.on_call(case, "resume").status == 200
    scene.run()

    assert (held, line.room) == ("", phone.room)
    adds_up(scene)


def test_a_caller_is_handed_to_a_colleague_who_picks_up(scene: WholeScene) -> None:
    exchange, desk, other = Exchange(scene), desk_of(scene), desk_of(scene, "two", SECOND_PHONE)
    line, phone, case = talking(scene, exchange, desk)

    assert desk.hand_on(case, "two", "Asks for a refund").status == 200
    scene.run()
    between = (line.room, phone.status)
    other.accept()
    scene.run()
    exchange.ringing(SECOND_PHONE).pick_up()
    scene.run()

    assert between == ("", "completed")
    assert line.room and [one.to for one in exchange.in_room(line.room)][-1] == SECOND_PHONE
    adds_up(scene)


def test_an_agent_calls_a_customer_and_both_are_joined(scene: WholeScene) -> None:
    exchange, desk = Exchange(scene), desk_of(scene)
    scene.sms(CALLER, "Please call me")
    scene.run()
    scene.sms(CALLER, PERSON)
    scene.run()
    case = desk.accept()

    assert desk.on_call(case, "place", number=CALLER).status == 200
    scene.run()
    exchange.ringing(AGENT_PHONE).pick_up()
    scene.run()
    customer = exchange.ringing(CALLER)
    customer.pick_up()
    scene.run()

    assert len(exchange.in_room(customer.room)) == 2
    adds_up(scene)


@pytest.mark.parametrize("how", ["busy", "no-answer", "hang_up"])
def test_an_agent_whose_own_telephone_is_not_answered_is_not_rung_again(scene: WholeScene, how: str) -> None:
    exchange, desk = Exchange(scene), desk_of(scene)
    scene.sms(CALLER, "Please call me")
    scene.run()
    scene.sms(CALLER, PERSON)
    scene.run()
    case = desk.accept()
    desk.close(case)
    scene.run()
    placed = desk.on_call(case | {"case_id": "new"}, "place", number=CALLER)
    assert placed.status == 200
    scene.run()

    if how == "hang_up":
        assert desk.on_call(json.loads(placed.body), "hang_up").status == 200
    else:
        exchange.ringing(AGENT_PHONE).fails(how)
    scene.run()
    scene.live(120)

    dialled = [call for call in exchange.asked if call.url.endswith("/Calls.json") and call.method == "POST"]
    assert len(dialled) == 1
    adds_up(scene)


def test_a_call_whose_creation_was_never_answered_is_not_dialled_again(scene: WholeScene) -> None:
    from shared.domain.channel.carriage import NoAnswer

    exchange, desk = Exchange(scene), desk_of(scene)
    rung(scene, exchange)
    desk.accept()
    exchange.answers = [NoAnswer("timeout")]
    scene.run()
    scene.live(120)

    dialled = [call for call in exchange.asked if call.url.endswith("/Calls.json") and call.method == "POST"]
    assert len(dialled) == 1
    contact = scene.head(scene.customer(CALLER)).cases[0].contacts[-1]
    assert contact.state == "waiting", "nobody came, so the caller waits on"


def test_a_recorded_call_is_announced_first_and_pauses_for_a_card(scene: WholeScene) -> None:
    scene = a_scene(record=True)
    exchange, desk = Exchange(scene), desk_of(scene)
    line, _, case = talking(scene, exchange, desk)

    desk.on_call(case, "pause_recording")
    scene.run()
    desk.on_call(case, "resume_recording")
    scene.run()

    asked = [(call.url.rpartition("/")[2], call.body.decode()) for call in exchange.asked]
    started, paused, resumed = (body for path, body in asked if "Recordings" in path or "CURRENT" in path)
    assert "RecordingChannels=dual" in started
    assert "Status=paused" in paused and "PauseBehavior=silence" in paused
    assert "Status=in-progress" in resumed
    assert any("녹음" in word or "record" in word for word in line.heard)
    line.recorded()
    scene.run()
    assert [e.facts["state"] for e in scene.entries() if e.kind is Kind.CALL_RECORDED][-1] == "completed"
    scene.live(61)
    adds_up(scene)


def delivered(entry: Entry) -> bool:
    return entry.kind is not Kind.MESSAGE_SENT or entry.delivery is Delivery.DELIVERED


def test_what_the_menu_said_counts_as_said_and_nothing_is_left_to_send(scene: WholeScene) -> None:
    exchange = Exchange(scene)
    rung(scene, exchange)
    scene.live(600)

    assert all(delivered(entry) for entry in scene.entries())
    adds_up(scene)
