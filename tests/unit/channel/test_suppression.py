"""Why nothing more goes to an address: who tells us, whom it stops, and what it never undoes."""

from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest

from infra.twins.clock import START
from shared.domain.address.address import Address
from shared.domain.change import Put
from shared.domain.channel.arrival import Reference, StateUpdate, Suppressed
from shared.domain.channel.carriage import Sent
from shared.domain.channel.commands import Send
from shared.domain.customer.evidence import Consent
from shared.domain.customer.suppression import reason_of, replaces, why_stopped
from shared.domain.timeline.bus_facts import state_facts
from shared.domain.timeline.entry import Delivery, Entry, Kind
from shared.use_cases.channel.record_states import RecordStates
from shared.use_cases.channel.send_queued import SendQueued
from tests.support.rule_scene import NUMBER, RuleScene

ADDRESS = Address("phone", NUMBER)
EVERYTHING = ("", "opted_out", "no_such_address", "on_suppression_list")
PROGRAMS = ("complained", "unsubscribed")


def stopped(reason: str, minutes: int = 0) -> Consent:
    return Consent(ADDRESS, True, START + timedelta(minutes=minutes), reason)


def answered() -> tuple[RuleScene, Entry]:
    scene = RuleScene()
    scene.taken()
    return scene, scene.says("Hi")


def hears(
    scene: RuleScene, entry: Entry, state: Delivery | None, reason: str = "", *addresses: Address
) -> None:
    gone = tuple(Suppressed(address, reason) for address in addresses)
    update = StateUpdate(Reference(entry.timeline, entry.seq), state, "M1", reason, suppressed=gone)
    RecordStates(*scene.needs)([(scene.raw("sms", f"M1:{state}:{reason}"), update)])


def now(scene: RuleScene, entry: Entry) -> Entry:
    return scene.get(Entry, entry.timeline, entry.seq)


@pytest.mark.parametrize("reason", EVERYTHING)
def test_some_reasons_stop_agents_and_programs(reason: str) -> None:
    word = reason or "opted_out"

    assert (why_stopped(stopped(reason), True), why_stopped(stopped(reason), False)) == (word, word)


@pytest.mark.parametrize("reason", PROGRAMS)
def test_after_a_complaint_an_agent_may_answer_and_no_program_may_write(reason: str) -> None:
    assert (why_stopped(stopped(reason), True), why_stopped(stopped(reason), False)) == ("", reason)


def test_where_nothing_was_said_or_they_came_back_everybody_may_write() -> None:
    assert why_stopped(None, by_agent=False) == ""
    assert why_stopped(replace(stopped(""), opted_out=False), by_agent=False) == ""


@pytest.mark.parametrize("weak", PROGRAMS)
@pytest.mark.parametrize("strong", EVERYTHING)
def test_what_stops_only_programs_never_weakens_what_stops_everything(strong: str, weak: str) -> None:
    assert not replaces(stopped(strong), stopped(weak, minutes=1))
    assert replaces(stopped(weak), stopped(strong, minutes=1))


def test_a_word_older_than_what_they_said_since_changes_nothing() -> None:
    assert not replaces(Consent(ADDRESS, False, START + timedelta(minutes=1)), stopped("complained"))


def test_a_bounce_for_good_fails_the_message_and_closes_the_address() -> None:
    scene, entry = answered()

    hears(scene, entry, Delivery.FAILED, "no_such_address", ADDRESS)

    assert (now(scene, entry).delivery, now(scene, entry).delivery_reason) == (
        Delivery.FAILED,
        "no_such_address",
    )
    assert reason_of(scene.get(Consent, ADDRESS)) == "no_such_address"


@pytest.mark.parametrize("order", list(permutations(("delivered", "bounced"))))
def test_a_mail_that_a_server_took_and_then_sent_back_has_failed_in_either_order(
    order: tuple[str, ...],
) -> None:
    scene, entry = answered()

    for word in order:
        if word == "delivered":
            hears(scene, entry, Delivery.DELIVERED)
        else:
            hears(scene, entry, Delivery.FAILED, "no_such_address", ADDRESS)

    assert now(scene, entry).delivery is Delivery.FAILED


def test_a_bounce_of_who_got_a_copy_leaves_the_message_as_it_is() -> None:
    scene, entry = answered()
    copied = Address("phone", "+821000000042")

    hears(scene, entry, Delivery.FAILED, "no_such_address", copied)

    assert now(scene, entry).delivery is Delivery.QUEUED
    assert reason_of(scene.get(Consent, copied)) == "no_such_address"


def test_a_complaint_is_one_fact_and_leaves_the_message_delivered() -> None:
    scene, entry = answered()
    hears(scene, entry, Delivery.DELIVERED)
    delivered = now(scene, entry)

    hears(scene, entry, None, "complained", ADDRESS)

    complained = now(scene, entry)
    assert (complained.delivery, complained.complained) == (Delivery.DELIVERED, True)
    assert [fact.name for fact in state_facts(delivered, complained)] == ["Complained"]
    assert state_facts(complained, replace(complained, delivery=Delivery.READ)) == ()


def test_a_bounce_says_on_the_bus_that_it_was_one() -> None:
    scene, entry = answered()
    hears(scene, entry, Delivery.FAILED, "no_such_address", ADDRESS)

    (fact,) = state_facts(entry, now(scene, entry))

    assert (fact.name, fact.data["bounced"]) == ("DeliveryFailed", True)


def test_after_a_complaint_the_agents_answer_leaves_and_the_survey_does_not() -> None:
    scene, entry = answered()
    hears(scene, entry, None, "complained", ADDRESS)
    texts: list[str] = []

    def carry(sent: Entry) -> Sent:
        texts.append(sent.text)
        return Sent("M2")

    SendQueued(*scene.needs, carry)(Send(entry.timeline, entry.seq))
    scene.surveys(scene.closes())

    assert texts == ["Hi"]
    assert [line.facts["reason"] for line in scene.entries(Kind.SURVEY_SUPPRESSED)] == ["complained"]


def test_what_a_program_queued_before_the_complaint_does_not_leave_after_it() -> None:
    scene, _ = answered()
    scene.surveys(scene.closes())
    (survey,) = scene.entries(Kind.SURVEY_ASKED)
    scene.world.store.commit(Put(stopped("unsubscribed")))

    SendQueued(*scene.needs, lambda sent: Sent("M2"))(Send(survey.timeline, survey.seq))

    assert (now(scene, survey).delivery, now(scene, survey).delivery_reason) == (
        Delivery.FAILED,
        "unsubscribed",
    )
