"""Proof by code: what was typed joins nothing, what was proven joins two customers for good."""

import pytest

from infra.twins.settings import FixedSettings
from infra.twins.world import World
from shared.domain.address.address import Address
from shared.domain.centre import Centre
from shared.domain.channel.arrival import CodeRequest
from shared.domain.customer.evidence import AddressOwner, Link, Proof, Strength
from shared.domain.customer.head import Head
from shared.domain.routing.staff import Agent
from shared.domain.timeline.entry import Entry, Kind
from tests.support.rule_scene import NUMBER, VISITOR, RuleScene

PHONE = Address("phone", NUMBER)
OTHER_VISITOR = "01KDXZ8E000000000000000002"


def said(scene: RuleScene) -> str:
    return [entry.text for entry in scene.entries(Kind.MESSAGE_SENT) if entry.channel == "chat"][-1]


def asked(number: str = "010-1234-5678") -> RuleScene:
    scene = RuleScene()
    scene.chat("Hello")
    scene.does(CodeRequest(number))
    return scene


def test_asking_sends_a_code_shows_a_claim_and_joins_nothing() -> None:
    scene = asked()

    (sent,) = scene.entries(Kind.CODE_SENT)
    assert (sent.channel, sent.way.reply_to, sent.delivery, sent.text) == ("sms", NUMBER, "queued", "")
    claim = next(link for link in scene.all(Link) if link.address == PHONE)
    assert (claim.strength, claim.evidence) == (Strength.CLAIMED, "typed")
    assert not any(owner.address == PHONE for owner in scene.all(AddressOwner))
    assert "six-digit code" in said(scene)


def test_both_halves_of_the_dialogue_are_in_one_language() -> None:
    scene = RuleScene()
    scene.chat("123")
    scene.does(CodeRequest("010-1234-5678"))

    assert "6자리 코드" in said(scene)
    assert scene.entries(Kind.CODE_SENT)[0].facts["language"] == "ko"


def test_the_right_code_links_a_number_nobody_had() -> None:
    scene = asked()

    scene.chat(f" {scene.code} ")

    link = scene.get(Link, scene.visitor_head().customer_id, PHONE)
    assert (link.strength, link.evidence) == (Strength.PROVEN, "code")
    assert scene.head() == scene.visitor_head()
    assert len(scene.entries(Kind.ADDRESS_LINKED)) == 1
    assert "confirmed" in said(scene)


def test_the_right_code_for_somebodys_number_makes_two_customers_one() -> None:
    scene = RuleScene()
    scene.sms("By SMS first")
    number = scene.head().customer_id
    scene.chat("Then by chat")
    visitor = scene.visitor_head().customer_id

    scene.proves()

    head = scene.visitor_head()
    assert (head.customer_id, head.members) == (number, (visitor,))
    assert {case.member for case in head.cases} == {number, visitor}
    assert scene.get(Head, visitor).root == number
    assert scene.owner(Address("visitor", VISITOR)).customer_id == visitor


def test_after_a_merge_numbering_goes_on_behind_both() -> None:
    scene = RuleScene()
    scene.sms("One")
    for n in range(5):
        scene.chat(f"{n} so far")
    scene.proves()
    before = scene.visitor_head().version

    scene.sms("And on")

    last = scene.entries()[-1]
    assert (last.text, last.seq) == ("And on", before + 1)
    assert len({(e.timeline, e.seq) for e in scene.all(Entry)}) == len(scene.all(Entry))


def test_both_cases_go_on_after_a_merge() -> None:
    scene = RuleScene()
    scene.sms("One")
    scene.chat("Two")
    scene.proves()
    scene.hire()

    taken = []
    for _ in range(2):
        scene.assign()
        taken.append(scene.accept())

    assert sorted(taken) == sorted(case.id for case in scene.head().cases)
    assert len(scene.get(Agent, "one").engagements) == 2


def test_a_wrong_code_costs_a_try() -> None:
    scene = asked()

    scene.chat("000000")

    assert scene.get(Proof, PHONE).tries_left == 4
    assert said(scene) == "That code is not right. Tries left: 4"
    assert not any(link.strength is Strength.PROVEN and link.address == PHONE for link in scene.all(Link))


def test_after_five_wrong_codes_the_right_one_is_over() -> None:
    scene = asked()
    for _ in range(5):
        scene.chat("000000")
    assert said(scene).startswith("That code can no longer be used")

    scene.chat(scene.code)

    assert scene.entries(Kind.ADDRESS_LINKED) == []


def test_after_five_minutes_the_code_is_over() -> None:
    scene = asked()
    scene.world.clock.advance(301)

    scene.chat(scene.code)

    assert scene.entries(Kind.ADDRESS_LINKED) == []
    assert scene.entries()[-1].text == scene.code


def test_a_code_works_once() -> None:
    scene = asked()
    scene.chat(scene.code)

    scene.chat(scene.code)

    assert len(scene.entries(Kind.ADDRESS_LINKED)) == 1
    assert scene.entries()[-1].kind is Kind.MESSAGE_RECEIVED


def test_a_code_does_not_work_for_another_visitor() -> None:
    scene = asked()

    scene.chat(scene.code, visitor=OTHER_VISITOR)

    assert scene.entries(Kind.ADDRESS_LINKED) == []


def test_no_second_code_while_one_is_alive() -> None:
    scene = asked()

    scene.does(CodeRequest(NUMBER))

    assert len(scene.entries(Kind.CODE_SENT)) == 1
    assert said(scene) == "We cannot send a code to this number."


def test_no_more_than_five_codes_a_day_to_one_number() -> None:
    scene = RuleScene()
    scene.chat("Hello")

    for _ in range(7):
        scene.does(CodeRequest(NUMBER))
        scene.world.clock.advance(301)

    assert len(scene.entries(Kind.CODE_SENT)) == 5


def test_no_more_than_five_codes_a_day_for_one_customer_whatever_the_numbers() -> None:
    scene = RuleScene()
    scene.chat("Hello")

    for n in range(7):
        scene.does(CodeRequest(f"010-5550-000{n}"))

    assert len(scene.entries(Kind.CODE_SENT)) == 5
    assert len(scene.entries(Kind.CODE_REFUSED)) == 2


def test_whoever_comes_as_somebody_new_each_time_meets_the_centres_own_limit() -> None:
    scene = RuleScene(World(settings=FixedSettings(Centre(proofs_a_day_in_all=3))))

    for n in range(5):
        scene.does(CodeRequest(f"010-5550-000{n}"), visitor=f"01KDXZ8E00000000000000001{n}")
    scene.world.clock.advance(24 * 3600)
    scene.does(CodeRequest("010-5550-0009"), visitor=OTHER_VISITOR)

    assert len(scene.entries(Kind.CODE_SENT)) == 3 + 1


@pytest.mark.parametrize(
    "number",
    ["+12025550123", "+447400123456", "+88213123456", "02-1577-1234", "070-1234-5678", "060-700-1234"],
)
def test_no_code_to_foreign_fixed_or_dear_numbers(number: str) -> None:
    scene = asked(number)

    assert scene.entries(Kind.CODE_SENT) == []
    assert len(scene.entries(Kind.CODE_REFUSED)) == 1


def test_a_centre_may_name_further_regions() -> None:
    scene = RuleScene(World(settings=FixedSettings(Centre(proof_regions=("KR", "GB")))))

    scene.does(CodeRequest("+447400123456"))

    assert len(scene.entries(Kind.CODE_SENT)) == 1


@pytest.mark.parametrize("number", ["anonymous", "Shop", "114", "40404"])
def test_no_code_to_what_cannot_be_reached(number: str) -> None:
    scene = asked(number)

    assert scene.entries(Kind.CODE_SENT) == []
    assert len(scene.entries(Kind.CODE_REFUSED)) == 1


def test_whoever_proves_a_number_twice_stays_one_customer() -> None:
    scene = asked()
    scene.chat(scene.code)
    scene.world.clock.advance(301)

    scene.proves()

    assert len(scene.all(Head)) == 1


def test_a_lost_race_while_merging_is_decided_again() -> None:
    scene = RuleScene()
    scene.sms("One")
    scene.chat("Two")
    scene.does(CodeRequest(NUMBER))

    def other(writes: object) -> None:
        scene.sms("In between")

    scene.world.store.before_commit = other

    scene.chat(scene.code)

    assert len(scene.entries(Kind.CUSTOMERS_MERGED)) == 1
    assert "In between" in [entry.text for entry in scene.entries()]
