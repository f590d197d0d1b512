"""Where a mail goes: the conversation that it names, its sender's own, or one for whom nobody vouches."""

from datetime import timedelta
from typing import Any, TypeVar

from shared.domain.address.address import UNPROVEN, Address
from shared.domain.change import Ref
from shared.domain.channel.receipt import Outcome
from shared.domain.channel.sent_as import SentAs
from shared.domain.customer.evidence import AddressOwner, Link, Profile, Strength
from shared.domain.customer.head import Head
from shared.domain.ids import case_number
from shared.domain.timeline.entry import Kind
from shared.use_cases.desk.see_customer import SeeCustomer
from tests.support.consistency import faults
from tests.support.mails import ANA, COLLEAGUE, OF_SES, MailScene

HOUR = 3600
T = TypeVar("T")


def test_an_answer_with_our_token_joins_the_conversation_whoever_sends_it() -> None:
    scene = MailScene()
    scene.works()

    scene.mail("I am her colleague", COLLEAGUE, conversation=scene.token())

    (case,) = scene.of().cases
    entry = scene.received()[-1]
    assert (entry.timeline, entry.case_id) == (scene.of().customer_id, case.id)
    assert entry.address == Address("email", COLLEAGUE) and entry.signals.tell == "one"
    assert scene.world.store.get(_owner(COLLEAGUE)) is None, "their address is not the customer's"
    assert len(scene.all(Head)) == 1 and not faults(scene.world.store)


def test_an_agent_answers_whom_the_token_brought() -> None:
    scene = MailScene()
    scene.works()
    scene.mail("I am her colleague", COLLEAGUE, conversation=scene.token())

    assert scene.answers(address=COLLEAGUE).way.reply_to == COLLEAGUE
    assert scene.answers(address=ANA).way.reply_to == ANA


def test_the_desk_offers_to_answer_whom_the_token_brought_and_shows_whose_conversation_it_is() -> None:
    scene = MailScene()
    scene.works()
    scene.mail("I am her colleague", COLLEAGUE, conversation=scene.token())

    card = SeeCustomer(*scene.needs).card(scene.of().customer_id, "en")

    assert card.name == ANA
    assert [way.address for way in card.reply_channels] == [f"email:{ANA}", f"email:{COLLEAGUE}"]


def test_who_joined_in_is_not_asked_how_it_was() -> None:
    scene = MailScene()
    scene.works()
    scene.mail("I am her colleague", COLLEAGUE, conversation=scene.token())
    scene.ends()

    scene.surveys(scene.closed())

    (asked,) = scene.entries(Kind.SURVEY_ASKED)
    assert asked.way.reply_to == ANA


def test_a_number_of_who_joined_in_is_no_score() -> None:
    scene = MailScene()
    scene.works()
    scene.ends()
    scene.surveys(scene.closed())

    scene.mail("1", COLLEAGUE, conversation=scene.token())

    survey = scene.of().survey
    assert survey is not None and survey.score is None and scene.received()[-1].text == "1"


def test_a_score_above_the_logo_of_a_signature_is_one() -> None:
    scene = MailScene()
    scene.works()
    scene.ends()
    scene.surveys(scene.closed())
    logo = {"name": "logo.png", "type": "image/png", "size": 3, "state": "waiting", "source": "upload:u/1"}

    scene.mail("5", parts=[logo | {"cid": "0"}])

    survey = scene.of().survey
    assert survey is not None and survey.score == 5 and scene.of().cases == ()


def test_the_desk_warns_of_an_unproven_sender_and_lets_a_person_answer() -> None:
    scene = MailScene()
    scene.mail(dmarc="FAIL")

    card = SeeCustomer(*scene.needs).card(scene.unproven().customer_id, "en")

    assert card.name == f"{ANA} (unproven)"
    assert [(one.strength, one.channels) for one in card.addresses] == [("claimed", ())]
    assert [(way.address, way.reason) for way in card.reply_channels] == [(f"{UNPROVEN}:{ANA}", "")]


def test_what_bounces_at_an_address_counts_for_who_only_claims_it() -> None:
    scene = MailScene()
    scene.mail(dmarc="FAIL")

    (entry,) = scene.received()

    assert entry.way.recipient == Address("email", ANA)


def test_a_token_of_somebody_with_a_case_on_sms_joins_that_case() -> None:
    scene = MailScene()
    scene.taken("By SMS")
    head = scene.head()

    scene.mail("By mail", conversation={"customer_id": head.customer_id, "case_number": "ABCDEF"})

    (case,) = scene.head().cases
    assert {one.channel for one in case.interactions} == {"sms", "email"}
    assert not faults(scene.world.store)


def test_a_token_of_a_customer_who_was_merged_finds_who_they_are_now() -> None:
    scene = MailScene()
    scene.sms("By SMS")
    old = scene.head().customer_id
    scene.chat("In the chat")
    scene.proves()
    root = scene.head().customer_id
    assert old in (root, *scene.head().members)

    for member in (root, *scene.head().members):
        scene.mail(f"To {member}", conversation={"customer_id": member, "case_number": "ABCDEF"})
        assert scene.received()[-1].timeline == member

    assert scene.head().version == max(entry.seq for entry in scene.entries())
    assert not faults(scene.world.store)


def test_of_two_open_cases_the_token_names_its_own() -> None:
    scene = MailScene()
    scene.sms("By SMS")
    scene.chat("In the chat")
    first = {case.id for case in (*scene.head().cases, *scene.visitor_head().cases)}
    scene.proves()
    for case in sorted(first & {one.id for one in scene.head().cases}):
        scene.mail(
            case, conversation={"customer_id": scene.head().customer_id, "case_number": case_number(case)}
        )
        assert scene.received()[-1].case_id == case


def test_a_token_of_a_customer_whom_nobody_knows_any_more_counts_for_nothing() -> None:
    scene = MailScene()

    scene.mail(conversation={"customer_id": "GONE", "case_number": "ABCDEF"})

    assert scene.received()[0].timeline == scene.of().customer_id


def test_references_join_where_the_sender_got_the_mail_that_they_name() -> None:
    scene = MailScene()
    scene.mail("First", cc=[COLLEAGUE])

    scene.mail("Me too", COLLEAGUE, references=["First@mail.example.test"])

    assert [entry.timeline for entry in scene.received()] == [scene.of().customer_id] * 2
    assert len(scene.of().cases) == 1 and not faults(scene.world.store)


def test_references_to_a_mail_of_ours_join_where_the_sender_got_it() -> None:
    scene = MailScene()
    scene.mail("First", cc=[COLLEAGUE])
    scene.hire()
    scene.assign()
    scene.accept()
    scene.leaves(scene.answers(), "0100-abc")

    scene.mail("Thanks to both", COLLEAGUE, references=[f"0100-abc{OF_SES}"])

    assert scene.received()[-1].timeline == scene.of().customer_id


def test_references_of_somebody_who_was_not_there_join_nothing() -> None:
    scene = MailScene()
    scene.mail("First")

    scene.mail("Forwarded to me", COLLEAGUE, references=["First@mail.example.test"])

    assert scene.received()[-1].timeline == scene.of(COLLEAGUE).customer_id != scene.of().customer_id


def test_of_several_references_the_nearest_that_knows_the_sender_counts() -> None:
    scene = MailScene()
    scene.mail("First", cc=["carl@example.test"])
    scene.mail("Second", COLLEAGUE, cc=["carl@example.test"])
    names = ["First@mail.example.test", "Second@mail.example.test", "unknown@mail.example.test"]

    scene.mail("Third", "carl@example.test", references=names)

    assert scene.received()[-1].timeline == scene.of(COLLEAGUE).customer_id


def test_a_colleagues_answer_that_nobody_vouches_for_joins_nothing() -> None:
    """With our references, without a token, and DMARC failed."""
    scene = MailScene()
    scene.mail("First", cc=[COLLEAGUE])

    scene.mail("Give it to me", COLLEAGUE, dmarc="FAIL", references=["First@mail.example.test"])

    entry = scene.received()[-1]
    assert entry.timeline == scene.unproven(COLLEAGUE).customer_id
    assert entry.facts["unproven"] is True and entry.facts["door"] == "email"


def test_who_claims_an_address_gets_a_customer_of_their_own_and_never_its_owners() -> None:
    scene = MailScene()
    scene.works()

    for text in ("It is me", "Really"):
        scene.mail(text, dmarc="FAIL", conversation=scene.token())

    claimed = scene.unproven()
    assert claimed.customer_id != scene.of().customer_id
    assert [entry.timeline for entry in scene.received()[-2:]] == [claimed.customer_id] * 2
    assert len(claimed.cases) == 1
    links = [link for link in scene.all(Link) if link.address.kind == UNPROVEN]
    assert [(link.strength, link.evidence) for link in links] == [(Strength.CLAIMED, "arrived")]
    assert not faults(scene.world.store)


def test_a_person_may_answer_an_unproven_sender_and_no_program_does() -> None:
    scene = MailScene()
    scene.mail(dmarc="FAIL")
    scene.hire()
    scene.assign()
    case = scene.accept()
    member = scene.unproven().customer_id

    sent = scene.answering().reply("one", member, case, "email", None, "Who are you?", "answer-1")
    scene.answering().close("one", member, case, "solved")
    scene.surveys(scene.closed())

    assert sent.way.reply_to == ANA
    (line,) = scene.entries(Kind.SURVEY_SUPPRESSED)
    assert line.facts["reason"] == "unreachable"


def test_the_name_of_an_unproven_mail_finds_nothing() -> None:
    scene = MailScene()
    scene.mail("Claimed", dmarc="FAIL")

    scene.mail("Mine", references=["Claimed@mail.example.test"])

    assert scene.received()[-1].timeline == scene.of().customer_id


def test_a_name_that_is_taken_stays_with_the_first_mail() -> None:
    scene = MailScene()
    scene.mail("First")

    scene.mail("Mine now", "mallory@example.test", message_id="First@mail.example.test")

    assert scene.get(SentAs, "email", "First@mail.example.test").customer_id == scene.of().customer_id
    assert scene.received()[-1].timeline == scene.of("mallory@example.test").customer_id


def test_a_mail_that_arrives_twice_or_late_is_one_message() -> None:
    scene = MailScene()
    scene.works()
    told: dict[str, Any] = {"conversation": scene.token(), "sender": COLLEAGUE}

    assert scene.mail("Once", event_id="twice", **told) is Outcome.HANDLED
    assert scene.mail("Once", event_id="twice", **told) is Outcome.DUPLICATE
    scene.world.clock.advance(timedelta(days=2).total_seconds())
    assert scene.mail("Once", event_id="twice", **told) is Outcome.DUPLICATE

    assert len(scene.received()) == 2


def _owner(sender: str) -> Ref[AddressOwner]:
    return Ref(AddressOwner, Address("email", sender))


def test_who_writes_for_the_first_time_has_the_name_they_gave_and_keeps_it() -> None:
    scene = MailScene()
    scene.mail("Hello", name="Ann Lee")
    scene.mail("Again", name="Somebody Else")

    assert scene.get(Profile, scene.of().customer_id).name == "Ann Lee"
