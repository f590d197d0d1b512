"""Webhooks that a provider lost are found in its own list, once each."""

from datetime import timedelta

import pytest

from functions.channels.sms import listing
from shared.domain.channel.carriage import HttpAnswer, HttpCall, NoAnswer
from shared.domain.errors import TryAgain
from shared.domain.timeline.entry import Entry, Kind
from shared.domain.times import iso
from tests.support.whole_scene import NUMBER, WholeScene

OTHER = "+821000000002"
DAY = 24 * 3600


def night(scene: WholeScene) -> dict[str, int]:
    """The comparer's run after the next midnight of GMT; what it found, by day, where it came to its end."""
    now = scene.world.clock()
    midnight = now.replace(hour=0, minute=20, second=0) + timedelta(days=1)
    scene.world.clock.advance((midnight - now).total_seconds())
    told = scene.stepper.tick("SmsComparer")
    scene.run()
    return dict(told["recovered"]) if told else {}


def said(scene: WholeScene, number: str) -> list[str]:
    return [entry.text for entry in heard(scene, number)]


def heard(scene: WholeScene, number: str) -> list[Entry]:
    mine = [one for one in scene.entries() if one.timeline == scene.customer(number)]
    return sorted((one for one in mine if one.kind is Kind.MESSAGE_RECEIVED), key=lambda one: one.seq)


def test_what_was_lost_is_found_with_the_time_it_was_sent_and_waits_for_an_agent() -> None:
    scene = WholeScene()
    scene.sms(NUMBER, "This one came.")
    scene.run()
    sent_at = scene.world.clock()
    scene.lost_sms(OTHER, "This one did not.")

    found = night(scene)

    assert sum(found.values()) == 1
    (entry,) = heard(scene, OTHER)
    assert (entry.text, entry.facts["sent_at"]) == ("This one did not.", iso(sent_at))
    assert scene.head(scene.customer(OTHER)).cases[0].state == "waiting"
    assert scene.world.meter.total("Recovered") == 1


def test_looking_again_finds_nothing_and_the_ledger_adds_up() -> None:
    scene = WholeScene()
    scene.lost_sms(NUMBER, "Hello?")
    night(scene)

    again = scene.stepper.tick("SmsComparer")["recovered"]
    ledger = scene.ledger()
    late = night(scene)

    assert (sum(again.values()), sum(late.values())) == (0, 0)
    assert said(scene, NUMBER) == ["Hello?"]
    assert ledger.adds_up and ledger.never_counted == 0


def test_a_webhook_that_comes_after_all_is_a_duplicate() -> None:
    scene = WholeScene()
    sid = scene.lost_sms(NUMBER, "Hello?")
    night(scene)

    scene.sms(NUMBER, "Hello?", sid=sid)
    scene.run()

    assert said(scene, NUMBER) == ["Hello?"]
    (line,) = scene.ledger().lines
    assert (line.accepted, line.handled, line.duplicates, line.difference) == (2, 1, 1, 0)


def test_a_day_larger_than_a_page_is_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "PAGE", 5)
    scene = WholeScene()
    for number in range(11):
        scene.lost_sms(NUMBER, f"message {number}")

    found = night(scene)

    assert sum(found.values()) == 11
    assert said(scene, NUMBER) == [f"message {number}" for number in range(11)]


def test_a_provider_that_does_not_answer_one_night_is_asked_the_next() -> None:
    scene = WholeScene()
    scene.lost_sms(NUMBER, "Hello?")
    carry = scene.world.http.answer
    scene.world.http.answer = silent

    in_vain = night(scene)
    scene.world.http.answer = carry
    found = night(scene)

    assert (in_vain, sum(found.values())) == ({}, 1)
    assert [(function, type(error)) for function, error in scene.stepper.errors] == [
        ("SmsComparer", TryAgain)
    ]
    assert said(scene, NUMBER) == ["Hello?"]


def silent(call: HttpCall) -> HttpAnswer | NoAnswer:
    return NoAnswer("ReadTimeoutError")
