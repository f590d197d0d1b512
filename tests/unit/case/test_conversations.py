"""Where a mail goes: the conversation that it names, its sender's own, or one for whom nobody vouches."""

from datetime import timedelta
from typing import Any, TypeVar

import pytest

from infra.twins.store import MemoryStore
from infra.twins.world import World
from shared.domain.address.address import UNPROVEN, Address
from shared.domain.change import Ref
from shared.domain.channel.receipt import Outcome, Receipt
from shared.domain.channel.sent_as import SentAs
from shared.domain.customer.evidence import AddressOwner, Link, Strength
from shared.domain.customer.head import Head
from shared.domain.ids import case_number
from shared.domain.routing.pool import Waiting
from shared.domain.timeline.entry import Kind
from tests.support.consistency import faults
from tests.support.mails import ANA, COLLEAGUE, OF_SES, OWN, MailScene

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


def test_the_same_mail_to_two_of_our_addresses_is_one_message() -> None:
    scene = MailScene()
    scene.mail("Hello")

    outcome = scene.mail("Hello", own="info@shop.example.test", recipients=["info@shop.example.test"])

    assert outcome is Outcome.IGNORED and len(scene.received()) == 1
    assert scene.get(Receipt, "email", "event-2").reason == "same_message"


def test_another_mail_with_the_same_name_is_no_copy() -> None:
    scene = MailScene()
    scene.mail("Hello", message_id="always@mail.example.test")

    scene.mail("Something else", message_id="always@mail.example.test")

    assert [entry.text for entry in scene.received()] == ["Hello", "Something else"]


def test_our_own_mail_that_comes_back_is_no_message() -> None:
    """Redirected by a customer to another address of ours, from which we did not send it."""
    scene = MailScene()
    scene.works()
    scene.leaves(scene.answers("We look into it."), "0100-abc")

    told: dict[str, Any] = {"own": "info@shop.example.test", "recipients": ["info@shop.example.test"]}
    outcome = scene.mail("We look into it.", OWN, message_id=f"0100-abc{OF_SES}", **told)

    assert outcome is Outcome.IGNORED and len(scene.received()) == 1
    assert scene.get(Receipt, "email", "event-2").reason == "own_echo"


def test_an_automatic_answer_with_our_token_an_hour_after_closing_is_seen_and_reopens_nothing() -> None:
    scene = MailScene()
    scene.works()
    scene.ends()
    before = scene.of()
    scene.world.clock.advance(HOUR)

    scene.mail("I am away", COLLEAGUE, automatic="auto_submitted", conversation=scene.token())

    entry, after = scene.received()[-1], scene.of()
    assert (entry.timeline, entry.case_id) == (after.customer_id, before.closed and before.closed.id)
    assert entry.facts["automatic"] == "auto_submitted"
    assert (after.cases, after.closed, after.last) == (before.cases, before.closed, before.last)
    assert not scene.all(Waiting) and not faults(scene.world.store)


def test_a_persons_answer_with_our_token_an_hour_after_closing_reopens_the_case() -> None:
    scene = MailScene()
    scene.works()
    scene.ends()
    scene.world.clock.advance(HOUR)

    scene.mail("Not yet", COLLEAGUE, conversation=scene.token())

    assert scene.received()[-1].facts["reopened"] is True and len(scene.of().cases) == 1


@pytest.mark.parametrize("text", ["Out of office", "5", "thanks"])
def test_a_program_rings_nobody_and_moves_no_clock_in_an_open_case(text: str) -> None:
    scene = MailScene()
    scene.works()
    before = scene.of()
    scene.world.clock.advance(HOUR)

    scene.mail(text, automatic="auto_submitted")

    entry, after = scene.received()[-1], scene.of()
    assert (entry.case_id, entry.interaction_id) == (before.cases[0].id, before.cases[0].interactions[0].id)
    assert (entry.signals.tell, entry.due) == ("", None)
    assert after.cases == before.cases and after.last == before.last


def test_an_automatic_number_is_no_answer_to_a_survey() -> None:
    scene = MailScene()
    scene.works()
    scene.ends()
    scene.surveys(scene.closed())

    scene.mail("5", automatic="auto_submitted")

    survey = scene.of().survey
    assert survey is not None and survey.score is None
    scene.mail("4")
    survey = scene.of().survey
    assert survey is not None and survey.score == 4


def test_a_program_that_writes_first_is_kept_without_a_case() -> None:
    scene = MailScene()

    scene.mail("Weekly news", "news@list.example.test", automatic="list")

    head = scene.of("news@list.example.test")
    assert head.cases == () and head.last is None and head.version == 1
    assert scene.received()[0].case_id == "" and not scene.all(Waiting)
    scene.mail("I have a question", "news@list.example.test")
    assert len(scene.of("news@list.example.test").cases) == 1
    assert not faults(scene.world.store)


def test_two_programs_that_answer_each_other_ring_nobody() -> None:
    scene = MailScene()
    for n in range(20):
        scene.mail(f"Automatic {n}", automatic="auto_submitted", event_id=f"loop-{n}")

    assert len(scene.received()) == 20
    assert not scene.entries(Kind.MESSAGE_SENT) and not scene.of().cases


def test_a_mail_that_arrives_twice_or_late_is_one_message() -> None:
    scene = MailScene()
    scene.works()
    told: dict[str, Any] = {"conversation": scene.token(), "sender": COLLEAGUE}

    assert scene.mail("Once", event_id="twice", **told) is Outcome.HANDLED
    assert scene.mail("Once", event_id="twice", **told) is Outcome.DUPLICATE
    scene.world.clock.advance(timedelta(days=2).total_seconds())
    assert scene.mail("Once", event_id="twice", **told) is Outcome.DUPLICATE

    assert len(scene.received()) == 2


class Counted(MemoryStore):
    """Remembers what was asked for, once `asked` is emptied."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def get(self, ref: Ref[T]) -> T | None:
        self.asked.append(ref.kind.__name__)
        return super().get(ref)

    def get_all(self, *refs: Ref[Any], strong: bool = True) -> tuple[Any, ...]:
        self.asked.append("batch")
        return super().get_all(*refs, strong=strong)

    def find(self, kind: type[T], *partition: object, **how: Any) -> tuple[T, ...]:
        self.asked.append("query")
        return super().find(kind, *partition, **how)


def reads(scene: MailScene, sender: str = ANA, **told: Any) -> list[str]:
    """The requests for reading that one more mail takes."""
    store = scene.world.store
    assert isinstance(store, Counted)
    store.asked.clear()
    assert scene.mail("One more", sender, **told) is Outcome.HANDLED
    return list(store.asked)


def test_a_mail_reads_as_often_as_an_sms_and_one_with_our_token_once_less() -> None:
    scene = MailScene(World(store=Counted()))
    scene.works()

    names: dict[str, Any] = {"message_id": "b@b", "references": ["Hello@mail.example.test"]}
    assert reads(scene) == reads(scene, **names) == ["batch", "Head"]
    assert reads(scene, conversation=scene.token(), sender=COLLEAGUE, message_id="a@b") == ["batch"]


def _owner(sender: str) -> Ref[AddressOwner]:
    return Ref(AddressOwner, Address("email", sender))
