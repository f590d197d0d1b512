"""A message that was found late is on the timeline; it rings where its customer still waits, only there."""

from dataclasses import replace
from datetime import datetime, timedelta

from shared.domain.address.address import Address
from shared.domain.address.way import Way
from shared.domain.change import Ref
from shared.domain.channel.arrival import Arrival, Message
from shared.domain.channel.receipt import Outcome
from shared.domain.customer.evidence import Consent
from shared.domain.timeline.content import Content
from shared.domain.timeline.entry import Kind
from shared.domain.times import iso
from tests.support.rule_scene import NUMBER, RuleScene

HOUR = timedelta(hours=1)


def found(scene: RuleScene, text: str, sent_at: datetime, event_id: str = "lost") -> Outcome:
    raw = replace(scene.raw("sms", event_id), sent_at=sent_at)
    return scene.route(raw, Arrival(Way("", Address("phone", NUMBER), "", NUMBER), Message(Content(text))))


def opted_out(scene: RuleScene) -> bool:
    consent = scene.world.store.get(Ref(Consent, Address("phone", NUMBER)))
    return consent is not None and consent.opted_out


def test_who_wrote_nothing_since_still_waits_and_is_offered() -> None:
    scene = RuleScene()
    sent_at = scene.world.clock() - 20 * HOUR

    found(scene, "Hello?", sent_at)

    (case,) = scene.head().cases
    (entry,) = scene.entries(Kind.MESSAGE_RECEIVED)
    assert case.state == "waiting"
    assert entry.facts["sent_at"] == iso(sent_at)


def test_a_case_that_was_closed_since_is_not_opened_again() -> None:
    scene = RuleScene()
    sent_at = scene.world.clock()
    scene.world.clock.advance(60)
    scene.taken("My parcel is lost")
    scene.closes()
    scene.world.clock.advance(3600)

    found(scene, "Where is my parcel?", sent_at)

    assert scene.head().cases == ()
    assert [e.text for e in scene.entries() if e.kind is Kind.MESSAGE_RECEIVED][-1] == "Where is my parcel?"


def test_an_open_case_takes_it_and_nobody_is_asked_again() -> None:
    scene = RuleScene()
    sent_at = scene.world.clock()
    scene.world.clock.advance(60)
    scene.taken("My parcel is lost")

    found(scene, "Where is my parcel?", sent_at)

    (case,) = scene.head().cases
    assert case.state == "owned"
    assert len(case.contacts) == 1


def test_a_stop_that_was_found_late_holds() -> None:
    scene = RuleScene()
    scene.sms("Hello")

    found(scene, "STOP", scene.world.clock() - HOUR)

    assert opted_out(scene)


def test_a_stop_before_a_later_start_does_not_undo_it() -> None:
    scene = RuleScene()
    sent_at = scene.world.clock()
    scene.world.clock.advance(60)
    scene.sms("START")

    found(scene, "STOP", sent_at)

    assert not opted_out(scene)


def test_found_twice_or_delivered_after_all_it_is_one_message() -> None:
    scene = RuleScene()
    sent_at = scene.world.clock() - HOUR

    outcomes = [
        found(scene, "Hello?", sent_at),
        found(scene, "Hello?", sent_at),
        scene.sms("Hello?", event_id="lost"),
    ]

    assert outcomes == [Outcome.HANDLED, Outcome.DUPLICATE, Outcome.DUPLICATE]
    assert len(scene.entries(Kind.MESSAGE_RECEIVED)) == 1
