"""Mail through the door that AWS feeds: SES → bucket and topic → queue → what is enqueued for the router."""

import json
from typing import Any

import pytest

from functions.channels.email import inbound
from infra.twins.world import World
from shared.domain.address.address import Address
from shared.domain.channel.arrival import Arrival, Ignored, Reference, StateUpdate, Suppressed
from shared.domain.timeline.entry import Delivery
from shared.edge import notice
from tests.channels.test_email import raw
from tests.support.sqs import batch, failures
from tests.support.webhooks import lambda_event

QUEUE = "arn:aws:sqs:ap-northeast-2:000000000000:email-notices"
TOPIC = "arn:aws:sns:ap-northeast-2:000000000000:mail"
KEY = "inbound/0100example1"
OF_STATES = ("delivered", "bounced", "out_of_office", "complained")


@pytest.fixture(autouse=True)
def _mail(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTICE_QUEUE_ARN", QUEUE)
    monkeypatch.setenv("NOTICE_SOURCES", TOPIC)
    world.notice_files.put(KEY, raw("file_name_card"))


def bring(*names: str) -> list[str]:
    records: list[dict[str, Any]] = [lambda_event(f"email_notice/{name}")["Records"][0] for name in names]
    return failures(notice.receive("email", inbound, batch(*records)))


def test_a_received_mail_is_enqueued_masked_and_counted(world: World) -> None:
    assert bring("received") == []

    (event,) = world.inbox.events
    arrival = inbound.parse(event)
    assert isinstance(arrival, Arrival) and arrival.way.address.value == "ana@example.test"
    assert event.event_id == "0100example1" and "4111" not in event.payload
    assert world.meter.total("Accepted", channel="email") == 1


def test_the_same_mail_delivered_twice_has_one_name(world: World) -> None:
    bring("received", "received")

    assert len({event.event_id for event in world.inbox.events}) == 1


def test_a_notice_whose_mail_is_not_there_yet_comes_again_and_hinders_no_other(world: World) -> None:
    world.notice_files.remove([KEY])

    assert bring("received", "delivered") == ["e1"]
    assert len(world.inbox.states) == 1


@pytest.mark.parametrize("name", ["foreign_topic", "foreign_queue"])
def test_what_comes_from_elsewhere_leaves_nothing_behind(name: str, world: World) -> None:
    assert bring(name) == []

    assert not world.inbox.events and world.meter.total("NoticesRefused") == 1


def test_the_greeting_of_a_subscription_is_no_event(world: World) -> None:
    assert bring("greeting") == []

    assert not world.inbox.events and not world.inbox.states and not world.meter.total("NoticesRefused")


def test_what_became_of_our_mail_finds_its_message(world: World) -> None:
    assert bring(*OF_STATES) == []

    told = [inbound.parse_state(state) for state in world.inbox.states]
    message = Reference("01KE0000000000000000000000", 7)
    gone, unwanted = (
        (Suppressed(Address("email", "ana@example.test"), why),) for why in ("no_such_address", "complained")
    )
    assert told == [
        StateUpdate(message, Delivery.DELIVERED, "0100example2"),
        StateUpdate(message, Delivery.FAILED, "0100example2", "no_such_address", "5.1.1", gone),
        Ignored("answered_automatically"),
        StateUpdate(message, None, "0100example2", "complained", "abuse", unwanted),
    ]


def test_only_bounces_for_good_and_complaints_say_that_an_address_is_to_be_left_alone(world: World) -> None:
    bring(*OF_STATES)

    suppressed = [json.loads(state.payload)["suppressed"] for state in world.inbox.states]
    assert [[one["reason"] for one in told] for told in suppressed] == [
        [],
        ["no_such_address"],
        [],
        ["complained"],
    ]
