"""Two customers become one: whatever either had under way goes on, under whichever id one holds."""

from dataclasses import replace

import pytest

from shared.adapters.table import to_image
from shared.domain.address.address import Address
from shared.domain.channel.arrival import CodeRequest
from shared.domain.customer.evidence import AddressOwner, Consent
from shared.domain.customer.head import ContactState, Head, OpenCase
from shared.domain.routing.pool import Waiting
from shared.domain.timeline.entry import Kind
from shared.use_cases.customer.find_customer import head_of
from shared.use_cases.desk.see_customer import SeeCustomer
from shared.use_cases.desk.see_work import SeeWork
from tests.support.consistency import faults
from tests.support.rule_scene import CODE, VISITOR, RuleScene

ONE, TWO = "+821011110001", "+821011110002"
VISITORS = tuple(f"01KDXZ8E00000000000000000{n}" for n in range(8))


def begun() -> RuleScene:
    """A phone and a chat, a case each."""
    scene = RuleScene()
    scene.sms("By SMS", ONE)
    scene.chat("By chat")
    return scene


def member(scene: RuleScene) -> str:
    return scene.owner(Address("visitor", VISITOR)).customer_id


def case_of_the_chat(scene: RuleScene) -> OpenCase:
    return next(case for case in scene.visitor_head().cases if case.contact.channel == "chat")


def test_a_member_of_a_customer_who_joins_another_is_found_in_one_step() -> None:
    """A chain would hide the member's work: its rows and places carry the member's id."""
    scene = begun()
    scene.hire()
    scene.proves(ONE)
    scene.world.clock.advance(301)

    scene.sms("Another phone", TWO)
    scene.proves(TWO)

    assert faults(scene.world.store) == []
    assert head_of(scene.world.store, member(scene)).customer_id == scene.head(TWO).customer_id
    taken = {scene.assign() and scene.accept() for _ in range(3)}
    assert taken == {case.id for case in scene.head(TWO).cases}


def test_an_offer_that_rings_during_the_merge_can_be_accepted() -> None:
    scene = RuleScene()
    scene.chat("By chat")
    scene.hire()
    scene.assign()
    scene.sms("By SMS", ONE)

    scene.proves(ONE)
    scene.accept()

    assert case_of_the_chat(scene).contact.state is ContactState.CONNECTED
    assert faults(scene.world.store) == []


def test_the_owner_of_the_members_case_answers_and_closes_it() -> None:
    scene = RuleScene()
    scene.chat("By chat")
    scene.hire()
    scene.assign()
    case = scene.accept()
    scene.sms("By SMS", ONE)
    scene.proves(ONE)

    scene.answering().reply("one", member(scene), case, "sms", None, "By SMS then", "key-0001")
    (item,) = SeeWork(scene.world.store, scene.world.now)(scene.agent(), "en").cases
    scene.answering().close("one", member(scene), case, "solved")

    assert item.customer_id == scene.head(ONE).customer_id
    assert scene.agent().engagements == ()
    assert faults(scene.world.store) == []


def test_a_case_that_waits_keeps_its_row_and_its_age() -> None:
    scene = begun()
    before = scene.all(Waiting)

    scene.proves(ONE)

    assert scene.all(Waiting) == before


def test_the_survey_that_can_still_be_answered_is_kept() -> None:
    """The other customer was asked by SMS long ago."""
    scene = RuleScene()
    scene.taken()
    scene.surveys(scene.closes())
    scene.world.clock.advance(86_400 + 1)
    scene.chat("By chat")
    scene.assign()
    case = scene.accept()
    head = scene.visitor_head()
    scene.answering().reply("one", head.customer_id, case, "chat", None, "Yes?", "key-0009")
    scene.answering().close("one", head.customer_id, case, "solved")
    scene.surveys(scene.closed())

    scene.proves()
    scene.chat("5")

    assert [entry.case_id for entry in scene.entries(Kind.SURVEY_ANSWERED)] == [case]


def test_a_code_of_the_other_customer_stays_under_way() -> None:
    """Another browser of theirs asked for a code to a second number; it still counts."""
    scene = begun()
    scene.proves(ONE)
    scene.world.clock.advance(301)
    scene.chat("On a second browser", VISITORS[2])
    scene.does(CodeRequest(ONE), VISITORS[2])
    scene.does(CodeRequest(TWO))

    scene.chat(CODE, VISITORS[2])
    scene.chat(CODE)

    assert scene.head(TWO).customer_id == scene.head(ONE).customer_id
    assert faults(scene.world.store) == []


def test_of_both_closed_cases_the_later_may_be_reopened() -> None:
    scene = begun()
    early, late = scene.head(ONE), scene.visitor_head()
    scene.hire()
    for head in (early, late):
        scene.assign()
        scene.accept()
        scene.world.clock.advance(86_400)
        scene.presence(scene.agent().presence)
        scene.answering().close("one", head.customer_id, head.cases[0].id, "solved")

    scene.proves(ONE)

    assert scene.head(ONE).closed.id == late.cases[0].id  # type: ignore[union-attr]


def test_a_sixth_member_is_refused_and_nothing_is_joined() -> None:
    scene = RuleScene()
    scene.sms("By SMS", ONE)
    for visitor in VISITORS[:6]:
        scene.chat("By chat", visitor)
        scene.world.clock.advance(86_400)
        scene.proves(ONE, visitor)

    assert len(scene.head(ONE).members) == 5
    assert scene.visitor_head(VISITORS[5]).customer_id != scene.head(ONE).customer_id
    assert faults(scene.world.store) == []


def test_a_merged_visitor_may_ask_for_a_code_to_their_own_number_again() -> None:
    scene = begun()
    scene.proves(ONE)
    scene.world.clock.advance(301)

    scene.proves(ONE)

    assert len(scene.entries(Kind.ADDRESS_LINKED)) == 1
    assert faults(scene.world.store) == []


def test_a_message_to_the_members_address_during_the_merge_comes_after_it() -> None:
    scene = begun()
    scene.does(CodeRequest(ONE))
    raced: list[str] = []

    def merges(writes: object) -> None:
        raced.append("merged")
        scene.chat(CODE)

    scene.world.store.before_commit = merges
    scene.sms("In between", ONE)

    assert raced and scene.entries()[-1].text == "In between"
    assert faults(scene.world.store) == []


def test_stop_is_kept_by_address_and_a_merge_changes_nothing_of_it() -> None:
    scene = begun()
    scene.sms("STOP", ONE)
    scene.sms("STOP", TWO)
    scene.sms("START", ONE)

    scene.proves(ONE)

    assert not scene.get(Consent, Address("phone", ONE)).opted_out
    assert scene.get(Consent, Address("phone", TWO)).opted_out


@pytest.mark.parametrize("after", [0, 3, 7])
def test_a_desk_reads_on_across_the_jump_and_misses_nothing(after: int) -> None:
    scene = begun()
    for n in range(5):
        scene.chat(f"{n} more")
    scene.proves(ONE)
    scene.sms("And on", ONE)
    see = SeeCustomer(scene.world.store, scene.world.now)

    seen, at = [], after
    while True:
        page = see.entries(member(scene), at, 2)
        seen += [entry.id for entry in page.items]
        if page.next is None:
            break
        at = page.next

    assert sorted(seen) == sorted(entry.id for entry in scene.entries() if entry.seq > after)


def test_a_head_with_two_open_cases_is_one_kilobyte_and_a_third_costs_a_write_unit() -> None:
    """Nothing breaks with more: a customer of six who all had a case open is 3 KB, of DynamoDB's 400."""
    scene = begun()
    scene.hire()
    scene.proves(ONE)
    scene.assign()
    scene.accept()
    head = scene.head(ONE)
    crowded = replace(head, members=VISITORS[:5], cases=head.cases * 3)

    assert size(head) <= 1024
    assert size(crowded) <= 3 * 1024


def size(head: Head) -> int:
    image = to_image(head)
    return sum(len(name) + len(next(iter(value.values()))) for name, value in image.items())


def test_every_address_leads_to_the_root_at_once() -> None:
    scene = begun()

    scene.proves(ONE)

    assert {owner.root for owner in scene.all(AddressOwner)} == {scene.head(ONE).customer_id}
