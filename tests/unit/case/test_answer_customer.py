"""What agents do on a case: said once, on any channel of the customer, by its owner alone."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from shared.domain.address.address import Address
from shared.domain.change import ANY, Put, Write
from shared.domain.channel.arrival import Left
from shared.domain.customer.evidence import Link, Strength
from shared.domain.customer.head import OpenCase
from shared.domain.customer.kept import Case, Interaction
from shared.domain.errors import Malformed, Refused
from shared.domain.timeline.entry import Audience, Delivery, Entry, Kind
from shared.domain.timeline.once import RequestKey
from tests.support.answering import Answering
from tests.support.rule_scene import NUMBER, OUR_NUMBER, RuleScene


def refused(act: Callable[[], object]) -> tuple[str, int]:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.code, caught.value.status


def test_a_reply_leaves_by_the_address_as_it_was_received() -> None:
    scene = RuleScene()
    scene.taken()

    entry = scene.says("On its way")

    assert (entry.channel, entry.way.reply_to, entry.way.own_side) == ("sms", NUMBER, OUR_NUMBER)
    assert (entry.audience, entry.delivery) == (Audience.CUSTOMER, Delivery.QUEUED)
    assert entry.give_up_at is not None


def test_the_same_key_again_gives_the_same_entry() -> None:
    scene = RuleScene()
    scene.taken()

    first, again = scene.says("Hi"), scene.says("Hi")

    assert first == again
    assert len(scene.entries(Kind.MESSAGE_SENT)) == 1


def test_the_same_words_under_another_key_are_said_again() -> None:
    scene = RuleScene()
    scene.taken()

    scene.says("Hello?", key="key-0001")
    scene.says("Hello?", key="key-0002")

    assert len(scene.entries(Kind.MESSAGE_SENT)) == 2


def test_a_repeat_after_the_case_was_closed_still_gives_what_was_said() -> None:
    scene = RuleScene()
    case = scene.taken()
    first = scene.says("Bye")
    scene.closes()

    again = scene.answering().reply("one", case.member, case.id, "sms", None, "Bye", "key-0001")

    assert again == first


def test_a_key_belongs_to_one_agent() -> None:
    scene = RuleScene()
    scene.taken()
    scene.says("Hi")

    key = scene.get(RequestKey, "agent:one", "key-0001")

    assert (key.seq, key.expires_at > scene.world.clock()) == (4, True)


def test_a_lost_race_is_decided_again() -> None:
    scene = RuleScene()
    scene.taken()

    def speaks(writes: object) -> None:
        scene.sms("And another thing")

    scene.world.store.before_commit = speaks

    entry = scene.says("Hi")

    assert [e.kind for e in scene.entries()][-2:] == [Kind.MESSAGE_RECEIVED, Kind.MESSAGE_SENT]
    assert entry.seq == 5


def test_only_the_first_reply_says_how_long_the_customer_waited_for_it() -> None:
    scene = RuleScene()
    scene.taken()
    scene.world.clock.advance(12)

    first, second = scene.says("Hi"), scene.says("Again", key="key-0002")

    assert first.facts["first_reply_ms"] == 12_000
    assert "first_reply_ms" not in second.facts


def test_a_reopened_case_counts_from_when_it_came_back() -> None:
    scene = RuleScene()
    scene.taken()
    scene.closes()
    scene.world.clock.advance(86_400)
    scene.sms("Me again")
    scene.assign()
    scene.accept()
    scene.world.clock.advance(20)

    assert scene.says("Welcome back").facts["first_reply_ms"] == 20_000


def test_only_the_owner_answers() -> None:
    scene = RuleScene()
    case = scene.taken()
    scene.hire("two")

    answering = scene.answering()

    assert refused(lambda: answering.reply("two", case.member, case.id, "sms", None, "Hi", "key-0001")) == (
        "not_owner",
        409,
    )


def test_nobody_answers_before_the_offer_is_accepted() -> None:
    scene = RuleScene()
    scene.sms("Hello")
    scene.hire()
    scene.assign()

    assert refused(lambda: scene.says("Too early")) == ("not_owner", 409)


def test_an_opted_out_number_is_not_written_to() -> None:
    scene = RuleScene()
    scene.taken()
    scene.sms("STOP")

    assert refused(lambda: scene.says("Hi")) == ("opted_out", 422)


def test_a_withheld_number_cannot_be_answered() -> None:
    scene = RuleScene()
    scene.sms("Hi", number="anonymous", event_id="E1")
    scene.hire()
    scene.assign()
    case_id = scene.accept()
    member = scene.owner(Address("phone", "withheld-E1")).customer_id

    answering = scene.answering()

    assert refused(lambda: answering.reply("one", member, case_id, "sms", None, "Hi", "key-0001")) == (
        "unreachable",
        422,
    )


def test_a_channel_the_customer_never_used_has_no_address() -> None:
    scene = RuleScene()
    scene.taken()

    assert refused(lambda: scene.says("Hi", channel="chat")) == ("no_address", 422)


def test_a_claimed_number_is_never_written_to() -> None:
    scene = RuleScene()
    scene.chat("Hello")
    scene.hire()
    scene.assign()
    case_id = scene.accept()
    customer = scene.visitor_head().customer_id
    scene.answering().ask_code("one", customer, case_id, "010-1234-5678", "key-0001")

    ways = scene.answering().reply.ways(scene.visitor_head(), scene.world.now())

    assert [way.way.channel for way in ways] == ["chat"]


def test_answering_on_the_other_channel_begins_an_interaction_in_the_same_case() -> None:
    scene = RuleScene()
    scene.chat("Hello")
    scene.hire()
    scene.assign()
    case_id = scene.accept()
    scene.proves()
    customer = scene.visitor_head().customer_id

    entry = scene.answering().reply("one", customer, case_id, "sms", None, "By SMS now", "key-0001")

    head = scene.visitor_head()
    assert [case.id for case in head.cases] == [entry.case_id] == [case_id]
    assert {i.channel for i in head.cases[0].interactions} == {"chat", "sms"}
    assert entry.due_for == "silence"
    assert len(scene.all(Interaction)) == 2


@pytest.mark.parametrize(("text", "code"), [("", "empty"), (" \n\x00", "empty"), ("x" * 4001, "too_long")])
def test_words_that_cannot_be_sent_are_refused(text: str, code: str) -> None:
    scene = RuleScene()
    scene.taken()

    assert refused(lambda: scene.says(text)) == (code, 422)


@pytest.mark.parametrize("key", ["", "short", "has space", "x" * 65, "key#0001"])
def test_a_key_has_a_form(key: str) -> None:
    scene = RuleScene()
    scene.taken()

    with pytest.raises(Malformed):
        scene.says("Hi", key=key)


def test_a_note_may_be_left_by_anybody_and_goes_to_nobody() -> None:
    scene = RuleScene()
    case = scene.taken()
    scene.hire("two")

    entry = scene.answering().note("two", case.member, case.id, "Careful", "key-0001")

    assert (entry.kind, entry.audience, entry.delivery) == (Kind.NOTE_ADDED, Audience.STAFF, None)
    assert scene.head().cases[0].first_reply_at is None


def test_a_card_number_read_out_to_the_agent_is_not_kept_in_a_note() -> None:
    scene = RuleScene()
    case = scene.taken()

    entry = scene.answering().note("one", case.member, case.id, "pays with 4111 1111 1111 1111", "key-0001")

    assert entry.text == "pays with **** **** **** ****"


def test_closing_frees_the_agent_and_ends_every_interaction() -> None:
    scene = RuleScene()
    case = scene.taken()
    scene.world.clock.advance(90)

    closed = scene.closes("information")

    assert scene.agent().engagements == ()
    assert {i.ended_by for i in scene.all(Interaction)} == {"case"}
    kept = scene.get(Case, case.member, case.id)
    assert (kept.disposition, kept.owner, kept.closed_at) == ("information", "one", scene.world.clock())
    assert (closed.data["handle_ms"], closed.data["wrap_ms"], closed.data["solved"]) == (90_000, 0, True)


def test_after_the_last_exchange_ended_it_is_after_contact_work() -> None:
    scene = RuleScene()
    scene.chat("Hello")
    scene.hire()
    scene.assign()
    case_id = scene.accept()
    scene.does(Left())
    scene.world.clock.advance(45)
    customer = scene.visitor_head().customer_id

    scene.answering().close("one", customer, case_id, "solved")

    closed = scene.entries(Kind.CASE_CLOSED)[-1]
    assert closed.facts["wrap_ms"] == 45_000


def test_closing_twice_is_closing_once() -> None:
    scene = RuleScene()
    case = scene.taken()

    for _ in range(2):
        scene.answering().close("one", case.member, case.id, "solved", "Refunded", "key-0001")

    assert [e.kind for e in scene.entries()][-2:] == [Kind.NOTE_ADDED, Kind.CASE_CLOSED]


def test_a_note_and_its_closing_are_one_transaction() -> None:
    scene = RuleScene()
    case = scene.taken()
    commits: list[tuple[Write, ...]] = []
    scene.world.store.before_commit = commits.append

    scene.answering().close("one", case.member, case.id, "solved", "Refunded", "key-0001")

    (writes,) = commits
    entries = [write.item.kind for write in writes if isinstance(write.item, Entry)]
    assert entries == [Kind.NOTE_ADDED, Kind.CASE_CLOSED]
    assert isinstance(writes[0].item, RequestKey)


@pytest.mark.parametrize(
    ("agent", "disposition", "note", "why"),
    [
        ("one", "vanished", "Refunded", "unknown_disposition"),
        ("two", "solved", "Refunded", "not_owner"),
        ("one", "solved", "x" * 4001, "too_long"),
        ("nobody", "solved", "Refunded", "case_closed"),
    ],
)
def test_a_refused_closing_writes_nothing_and_its_key_may_be_used_again(
    agent: str, disposition: str, note: str, why: str
) -> None:
    scene = RuleScene()
    case = scene.taken()
    scene.hire("two")
    before = dict(scene.world.store.items)

    closing = scene.answering()

    assert (
        refused(lambda: closing.close(agent, case.member, case.id, disposition, note, "key-0001"))[0] == why
    )
    assert scene.world.store.items == before
    closing.close("one", case.member, case.id, "solved", "Refunded", "key-0001")
    assert [e.kind for e in scene.entries()][-2:] == [Kind.NOTE_ADDED, Kind.CASE_CLOSED]


def test_a_closing_that_a_message_overtook_keeps_its_note_once() -> None:
    scene = RuleScene()
    case = scene.taken()

    def speaks(writes: object) -> None:
        scene.sms("And another thing")

    scene.world.store.before_commit = speaks

    scene.answering().close("one", case.member, case.id, "solved", "Refunded", "key-0001")

    assert [e.kind for e in scene.entries()][-3:] == [
        Kind.MESSAGE_RECEIVED,
        Kind.NOTE_ADDED,
        Kind.CASE_CLOSED,
    ]


Act = Callable[[Answering, OpenCase, str], object]
ACTS: dict[str, Act] = {
    "a reply": lambda does, case, words: does.reply(
        "one", case.member, case.id, "sms", None, words, "key-0001"
    ),
    "a note": lambda does, case, words: does.note("one", case.member, case.id, words, "key-0001"),
    "a closing": lambda does, case, words: does.close(
        "one", case.member, case.id, "solved", words, "key-0001"
    ),
}


@pytest.mark.parametrize("first", ACTS)
@pytest.mark.parametrize("second", ACTS)
def test_a_key_that_was_used_for_something_else_is_refused(first: str, second: str) -> None:
    scene = RuleScene()
    case = scene.taken()
    ACTS[first](scene.answering(), case, "These words")
    before = dict(scene.world.store.items)

    answered = refused(lambda: ACTS[second](scene.answering(), case, "Other words"))

    assert answered == ("key_reused", 409)
    assert scene.world.store.items == before


@pytest.mark.parametrize("act", ACTS)
def test_the_same_request_again_is_the_same_and_changes_nothing(act: str) -> None:
    scene = RuleScene()
    case = scene.taken()
    first = ACTS[act](scene.answering(), case, "These words")
    before = dict(scene.world.store.items)

    assert ACTS[act](scene.answering(), case, "These words") == first
    assert scene.world.store.items == before


def test_the_same_words_by_another_way_are_another_request() -> None:
    scene = RuleScene()
    case = scene.taken()
    scene.says("Hi")

    answering, address = scene.answering(), Address("phone", NUMBER)

    assert refused(
        lambda: answering.reply("one", case.member, case.id, "sms", address, "Hi", "key-0001")
    ) == ("key_reused", 409)


def test_a_key_from_before_requests_were_remembered_gives_its_entry() -> None:
    scene = RuleScene()
    scene.taken()
    first = scene.says("Hi")
    used = scene.get(RequestKey, "agent:one", "key-0001")
    scene.world.store.commit(Put(replace(used, request=""), over=ANY))

    assert scene.says("Hi there") == first


def asked_for_a_code() -> tuple[RuleScene, str, str]:
    """A visitor's case in which the agent has asked for a code; the customer and the case."""
    scene = RuleScene()
    scene.chat("Hello")
    scene.hire()
    scene.assign()
    case_id = scene.accept()
    customer = scene.visitor_head().customer_id
    scene.answering().ask_code("one", customer, case_id, NUMBER, "key-0001")
    return scene, customer, case_id


def test_a_code_asked_for_again_under_its_key_goes_to_no_other_number() -> None:
    scene, customer, case_id = asked_for_a_code()

    asking = scene.answering()

    assert refused(lambda: asking.ask_code("one", customer, case_id, "010-9999-0000", "key-0001")) == (
        "key_reused",
        409,
    )


def test_a_case_somebody_else_closed_is_closed() -> None:
    scene = RuleScene()
    case = scene.taken()
    scene.closes()

    closing = scene.answering()

    assert refused(lambda: closing.close("two", case.member, case.id, "solved")) == ("case_closed", 409)


def test_a_code_is_not_sent_twice_while_one_is_alive() -> None:
    scene, customer, case_id = asked_for_a_code()

    asking = scene.answering()

    assert refused(lambda: asking.ask_code("one", customer, case_id, NUMBER, "key-0002")) == (
        "code_refused",
        422,
    )


def test_asking_for_a_code_leaves_evidence_of_a_claim_and_never_the_digits() -> None:
    scene = RuleScene(code="424242")
    scene.chat("Hello")
    scene.hire()
    scene.assign()
    case_id = scene.accept()
    customer = scene.visitor_head().customer_id

    scene.answering().ask_code("one", customer, case_id, NUMBER, "key-0001")

    claim = next(link for link in scene.all(Link) if link.address.kind == "phone")
    assert (claim.strength, claim.evidence, claim.by) == (Strength.CLAIMED, "typed", "agent:one")
    assert not any("424242" in str(entry) for entry in scene.entries())


def test_a_customer_nobody_knows_cannot_be_answered() -> None:
    scene = RuleScene()
    scene.hire()

    answering = scene.answering()

    assert refused(lambda: answering.note("one", "nobody", "case", "Hi", "key-0001")) == ("no_customer", 404)


def test_a_card_an_agent_writes_is_kept_no_more_than_a_customers() -> None:
    scene = RuleScene()
    scene.taken()

    entry = scene.says("카드 4111,1111,1111,1111 맞으시죠?")

    assert entry.content is not None
    assert entry.content.text == "카드 ****,****,****,**** 맞으시죠?"


def test_a_reply_of_many_characters_is_refused_before_anything_looks_at_it() -> None:
    scene = RuleScene()
    scene.taken()

    assert refused(lambda: scene.says("\u0300\u0315" * 100_000)) == ("too_long", 422)
