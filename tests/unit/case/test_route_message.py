"""From a customer's event to their timeline: recognised, attached, one transaction, exactly one outcome."""

from datetime import timedelta

import pytest

from shared.domain.address.address import Address
from shared.domain.address.way import Way
from shared.domain.channel.arrival import Arrival, CodeRequest, Ignored, Left, Message, SurveyAnswer
from shared.domain.channel.receipt import Mark, Outcome, Receipt
from shared.domain.customer.evidence import AddressOwner, Consent, Link, Strength
from shared.domain.customer.head import ContactState, Head
from shared.domain.customer.kept import Case, Interaction
from shared.domain.routing.pool import Waiting
from shared.domain.timeline.content import Content
from shared.domain.timeline.entry import CASE, CONTACT, Kind, Signals
from shared.domain.times import iso
from shared.use_cases.channel.route_message import RouteMessage
from tests.support.consistency import faults
from tests.support.rule_scene import NUMBER, OUR_NUMBER, VISITOR, RuleScene, What


def arrival(text: str = "Hello", number: str = NUMBER) -> Arrival:
    return Arrival(Way("", Address("phone", number), "", number, OUR_NUMBER), Message(Content(text)))


def test_somebody_new_becomes_a_customer_with_a_case_that_waits() -> None:
    scene = RuleScene()

    assert scene.sms("Hello") is Outcome.HANDLED

    head = scene.head()
    (case,) = head.cases
    assert (case.contact.state, case.contact.queue, case.contact.channel, case.member) == (
        ContactState.WAITING,
        "main",
        "sms",
        head.customer_id,
    )
    assert [row.case_id for row in scene.all(Waiting)] == [case.id]
    (link,) = scene.all(Link)
    assert (link.strength, link.evidence) == (Strength.PROVEN, "arrived")


def test_a_new_customer_is_one_transaction_of_nine_items_and_an_open_case_one_of_three() -> None:
    scene = RuleScene()

    scene.sms("Hello")
    scene.sms("Anybody there?")

    assert [len(writes) for writes in scene.world.store.commits] == [9, 3]


def test_an_entry_has_the_moment_it_came_through_the_door() -> None:
    scene = RuleScene()
    raw = scene.raw("sms")
    scene.world.clock.advance(90)

    scene.route(raw, arrival())

    (entry,) = scene.entries()
    assert entry.at == raw.accepted_at
    begun = Signals("main", begins=(CASE, CONTACT), queue="main", klass="sms", rank=iso(raw.accepted_at))
    assert (entry.facts["door"], entry.signals) == ("sms", begun)


def test_numbers_are_one_person_however_they_are_written() -> None:
    scene = RuleScene()

    for number in ("+821012345678", "010-1234-5678", "+82 10 1234 5678"):
        scene.sms("Hello", number=number)

    assert len(scene.all(Head)) == 1
    assert len(scene.head().cases) == 1


def test_seq_has_no_gaps() -> None:
    scene = RuleScene()

    for n in range(5):
        scene.sms(f"{n}")

    assert [entry.seq for entry in scene.entries()] == [1, 2, 3, 4, 5]
    assert scene.head().version == 5


def test_a_message_on_an_owned_case_goes_to_its_owner() -> None:
    scene = RuleScene()
    scene.taken()

    scene.sms("One more thing")

    entry = scene.entries()[-1]
    assert entry.signals.tell == "one"
    assert entry.signals.wake == ""


def test_within_three_days_a_message_reopens_the_closed_case() -> None:
    scene = RuleScene()
    case = scene.taken()
    scene.closes()
    scene.world.clock.advance(72 * 3600)

    scene.sms("Me again")

    (again,) = scene.head().cases
    kept = scene.get(Case, case.member, case.id)
    assert (again.id, again.state) == (case.id, ContactState.WAITING)
    assert (kept.reopened, kept.closed_at) == (1, None)
    assert scene.entries()[-1].facts["reopened"] is True


def test_after_three_days_it_is_a_new_case() -> None:
    scene = RuleScene()
    case = scene.taken()
    scene.closes()
    scene.world.clock.advance(72 * 3600 + 1)

    scene.sms("Me again")

    assert scene.head().cases[0].id != case.id
    assert len(scene.all(Case)) == 2


@pytest.mark.parametrize("word", ["STOP", " stop ", "Unsubscribe", "수신거부"])
def test_stop_is_kept_and_opens_nothing(word: str) -> None:
    scene = RuleScene()

    scene.sms(word)

    assert scene.get(Consent, Address("phone", NUMBER)).opted_out
    assert scene.head().cases == ()
    assert scene.entries()[0].kind is Kind.OPTED_OUT


def test_start_takes_it_back() -> None:
    scene = RuleScene()
    scene.sms("STOP")
    scene.sms("STOP")

    scene.sms("START")

    assert not scene.get(Consent, Address("phone", NUMBER)).opted_out


def test_stop_in_a_sentence_or_in_a_chat_is_a_message() -> None:
    scene = RuleScene()

    scene.sms("Please stop sending me the wrong size")
    scene.chat("stop")

    assert {entry.kind for entry in scene.entries()} == {Kind.MESSAGE_RECEIVED}


def test_withheld_callers_are_never_one_person() -> None:
    scene = RuleScene()

    for _ in range(3):
        scene.sms("Guess who", number="anonymous")

    assert len(scene.all(Head)) == 3


def test_the_same_delivery_again_is_the_same_outcome_and_leaves_no_mark() -> None:
    scene = RuleScene()
    raw = scene.raw("sms", "E1", "A1")

    outcomes = [scene.route(raw, arrival()) for _ in range(2)]

    assert outcomes == [Outcome.HANDLED, Outcome.HANDLED]
    assert len(scene.entries()) == 1
    assert scene.all(Mark) == []


def test_another_copy_of_the_event_is_a_duplicate_marked_once() -> None:
    scene = RuleScene()
    scene.route(scene.raw("sms", "E1", "A1"), arrival())

    outcomes = [scene.route(scene.raw("sms", "E1", "A2"), arrival()) for _ in range(2)]

    assert outcomes == [Outcome.DUPLICATE, Outcome.DUPLICATE]
    assert len(scene.entries()) == 1
    assert [mark.acceptance for mark in scene.all(Mark)] == ["A2"]


def test_two_routers_with_the_same_event_write_one_entry() -> None:
    scene = RuleScene()
    raw = scene.raw("sms", "E1", "A1")

    def other(writes: object) -> None:
        scene.route(raw, arrival())

    scene.world.store.before_commit = other

    assert scene.route(raw, arrival()) is Outcome.HANDLED
    assert len(scene.entries()) == 1


def test_two_events_of_somebody_new_at_once_make_one_customer_and_one_case() -> None:
    scene = RuleScene()

    def other(writes: object) -> None:
        scene.sms("Second")

    scene.world.store.before_commit = other

    scene.sms("First")

    assert [entry.text for entry in scene.entries()] == ["Second", "First"]
    assert len(scene.all(Head)) == len(scene.all(Case)) == len(scene.all(AddressOwner)) == 1


def test_a_message_while_the_offer_is_being_made_loses_neither() -> None:
    scene = RuleScene()
    scene.sms("First")
    scene.hire()

    def other(writes: object) -> None:
        scene.assign()

    scene.world.store.before_commit = other

    scene.sms("Second")

    assert [e.kind for e in scene.entries()][1:] == [Kind.OFFER_MADE, Kind.MESSAGE_RECEIVED]
    assert scene.head().cases[0].contact.state is ContactState.OFFERED


def test_what_the_channel_ignored_is_kept_with_its_reason() -> None:
    scene = RuleScene()
    raw = scene.raw("sms", "E1")

    outcome = RouteMessage(*scene.needs)(raw, Ignored("no_words"))

    assert outcome is Outcome.IGNORED
    kept = scene.get(Receipt, "sms", "E1")
    assert (kept.outcome, kept.reason, kept.payload) == (Outcome.IGNORED, "no_words", "payload")
    assert scene.entries() == []


def test_one_line_in_another_language_flips_nothing_and_two_do() -> None:
    scene = RuleScene()
    languages = []

    for text in ("안녕하세요", "👍", "Gangnam Avenue", "네", "Thank you", "123", "Do you speak English?"):
        scene.sms(text)
        languages.append(scene.head().language)

    assert languages == ["ko"] * 6 + ["en"]


@pytest.mark.parametrize(
    "text", ["ok", "OK!", "https://shop.example.com/items/7", "SM-G991N", "ㅋㅋㅋ", "me@example.com", "5"]
)
def test_what_fits_any_language_shows_none(text: str) -> None:
    scene = RuleScene()
    scene.sms(text)
    scene.sms(text)

    assert scene.head().language == ""


def test_a_line_in_hangul_is_evidence_enough_unless_it_is_mostly_latin() -> None:
    scene = RuleScene()
    scene.sms("Where is my order?")
    scene.sms("It goes to 서울시 and nowhere else")
    before = scene.head().language

    scene.sms("어디쯤 왔나요?")

    assert (before, scene.head().language) == ("en", "ko")


def test_the_language_of_the_page_wins_over_the_words() -> None:
    scene = RuleScene()
    what = Message(Content("Hello there, my friend"))

    scene.arrives("chat", Address("visitor", VISITOR), what, language="ko")

    assert scene.visitor_head().language == "ko"


@pytest.mark.parametrize("what", [CodeRequest(NUMBER), Left(), SurveyAnswer(5)])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_language_of_the_page_holds_before_the_first_message(what: What, language: str) -> None:
    scene = RuleScene()

    scene.arrives("chat", Address("visitor", VISITOR), what, language=language)

    assert scene.visitor_head().language == language


@pytest.mark.parametrize(("language", "word"), [("ko", "코드"), ("en", "code")])
def test_a_code_asked_for_before_any_message_is_sent_in_the_language_of_the_page(
    language: str, word: str
) -> None:
    scene = RuleScene()

    scene.arrives("chat", Address("visitor", VISITOR), CodeRequest(NUMBER), language=language)

    (code,) = scene.entries(Kind.CODE_SENT)
    (said,) = [entry for entry in scene.entries(Kind.MESSAGE_SENT) if entry.channel == "chat"]
    assert code.facts["language"] == language
    assert word in said.text


def test_who_changes_the_language_of_the_page_is_answered_in_the_new_one() -> None:
    scene = RuleScene()
    visitor = Address("visitor", VISITOR)
    scene.arrives("chat", visitor, Message(Content("Hello there, my friend")), language="en")

    scene.arrives("chat", visitor, CodeRequest(NUMBER), language="ko")

    assert scene.entries(Kind.CODE_SENT)[-1].facts["language"] == "ko"


def test_leaving_the_chat_ends_the_exchange_and_keeps_the_case() -> None:
    scene = RuleScene()
    scene.chat("Hello")
    scene.hire()
    scene.assign()
    scene.accept()

    scene.does(Left())

    (case,) = scene.visitor_head().cases
    assert (case.contact.state, case.interactions) == (ContactState.CONNECTED, ())
    assert scene.all(Interaction)[0].ended_by == "customer"


def test_leaving_before_anybody_answered_abandons_the_case() -> None:
    scene = RuleScene()
    scene.chat("Hello")
    scene.world.clock.advance(30)

    scene.does(Left())

    assert scene.visitor_head().cases == ()
    assert scene.all(Waiting) == []
    closed = scene.entries(Kind.CASE_CLOSED)[0]
    assert (closed.facts["abandoned"], closed.facts["waited_ms"], closed.facts["door"]) == (
        True,
        30_000,
        "chat",
    )


def test_leaving_without_ever_having_written_is_handled() -> None:
    scene = RuleScene()

    assert scene.does(Left()) is Outcome.HANDLED


def test_leaving_twice_is_harmless() -> None:
    scene = RuleScene()
    scene.chat("Hello")

    assert [scene.does(Left()) for _ in range(2)] == [Outcome.HANDLED, Outcome.HANDLED]


def test_coming_back_after_leaving_goes_on_in_the_same_case() -> None:
    scene = RuleScene()
    scene.chat("Hello")
    scene.hire()
    scene.assign()
    case_id = scene.accept()
    scene.does(Left())

    scene.chat("I am back")

    (case,) = scene.visitor_head().cases
    assert (case.id, len(case.interactions), len(scene.all(Interaction))) == (case_id, 1, 2)


def test_a_score_nobody_asked_for_is_a_message() -> None:
    scene = RuleScene()

    scene.does(SurveyAnswer(5))

    assert scene.entries()[0].kind is Kind.MESSAGE_RECEIVED


def test_receipts_outlive_every_retry() -> None:
    scene = RuleScene()

    scene.sms("Hello", event_id="E1")

    kept = scene.get(Receipt, "sms", "E1")
    assert kept.expires_at - scene.world.clock() == timedelta(days=40)
    assert (kept.customer_id, kept.seq) == (scene.head().customer_id, 1)


def test_leaving_while_it_rings_takes_the_offer_back_and_abandons_the_case() -> None:
    scene = RuleScene()
    scene.chat("Hello?")
    scene.hire()
    scene.assign()
    scene.world.clock.advance(10)

    scene.does(Left())

    assert [entry.facts["how"] for entry in scene.entries(Kind.OFFER_ENDED)] == ["withdrawn"]
    assert scene.all(Case)[0].disposition == "abandoned"
    assert (scene.agent().engagements, scene.agent().not_responding) == ((), False)
    assert faults(scene.world.store) == []
