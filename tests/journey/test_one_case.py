"""One customer's way through the centre when nothing goes wrong."""

from shared.domain.address.address import Address
from shared.domain.change import Ref
from shared.domain.customer.kept import Case
from shared.domain.timeline.entry import Delivery, Entry, Kind
from tests.support.whole_scene import NUMBER, Desk, Visitor, WholeScene, adds_up, prove


def test_an_sms_is_offered_accepted_answered_and_delivered() -> None:
    scene = WholeScene()
    desk = scene.agent()

    assert scene.sms(NUMBER, "Where is my order?").status == 200
    scene.run()
    (offer,) = desk.offers()
    case = desk.accept()
    scene.run()
    answer = desk.reply(case, "sms", "On its way.")
    scene.run()
    scene.report_all()
    scene.run()

    assert offer["preview"] == "Where is my order?"
    assert answer.status == 202
    assert scene.provider.to(NUMBER) == ["On its way."]
    kinds = [entry.kind for entry in scene.timeline(scene.customer(NUMBER))]
    assert kinds == [Kind.MESSAGE_RECEIVED, Kind.OFFER_MADE, Kind.ASSIGNED, Kind.MESSAGE_SENT]
    assert scene.timeline(scene.customer(NUMBER))[-1].delivery is Delivery.DELIVERED
    adds_up(scene)


def a_chat(scene: WholeScene, desk: Desk) -> tuple[Visitor, dict[str, str]]:
    """A visitor whose case the agent has accepted."""
    visitor = scene.visitor()
    visitor.say("Hello?")
    scene.run()
    case = desk.accept()
    scene.run()
    return visitor, case


def test_a_number_proven_in_the_chat_is_the_same_customer_the_same_case_and_the_same_owner() -> None:
    scene = WholeScene()
    desk = scene.agent()
    visitor, case = a_chat(scene, desk)

    prove(scene, visitor)
    answer = desk.reply(case, "sms", "Let us go on here.")
    scene.run()

    assert answer.status == 202
    assert scene.provider.to(NUMBER)[-1] == "Let us go on here."
    head = scene.head(visitor.customer)
    assert scene.customer(NUMBER) == visitor.customer
    assert [(c.id, c.owner, c.state) for c in head.cases] == [(case["case_id"], desk.id, "owned")]
    assert {i.channel for i in head.cases[0].interactions} == {"chat", "sms"}
    adds_up(scene)


def test_the_answer_to_such_an_sms_comes_into_the_same_case() -> None:
    scene = WholeScene()
    desk = scene.agent()
    visitor, case = a_chat(scene, desk)
    prove(scene, visitor)

    scene.sms(NUMBER, "Good, by SMS then.")
    scene.run()

    head = scene.head(visitor.customer)
    assert [c.id for c in head.cases] == [case["case_id"]]
    assert scene.timeline(visitor.customer)[-1].text == "Good, by SMS then."
    adds_up(scene)


def test_a_proof_joins_the_visitor_with_the_customer_whose_number_it_is() -> None:
    scene = WholeScene()
    desk = scene.agent()
    scene.sms(NUMBER, "I wrote before.")
    scene.run()
    desk.accept()
    scene.run()
    visitor = scene.visitor()
    visitor.say("And now I am here.")
    scene.run()

    prove(scene, visitor)

    root = scene.customer(NUMBER)
    assert visitor.customer == root
    assert len([head for head in scene.heads() if not head.root]) == 1
    told = [line["text"] for line in desk.ask("GET", f"/customers/{root}/entries").told["items"]]
    assert {"I wrote before.", "And now I am here."} <= set(told)
    adds_up(scene)


def test_a_number_merely_typed_joins_nothing() -> None:
    scene = WholeScene()
    desk = scene.agent()
    visitor, case = a_chat(scene, desk)

    visitor.ask_code(NUMBER)
    scene.run()
    visitor.say("000000" if "000000" not in scene.provider.to(NUMBER)[-1] else "111111")
    scene.run()

    assert desk.reply(case, "sms", "Hello?").status == 422
    card = desk.card(visitor.customer)
    claimed = [a for a in card["addresses"] if a["kind"] == "phone"]
    assert [a["strength"] for a in claimed] == ["claimed"]
    adds_up(scene)


def test_a_closed_chat_is_asked_for_a_score_in_the_chat_and_the_agent_sees_it_on_the_case() -> None:
    scene = WholeScene()
    desk = scene.agent()
    visitor, case = a_chat(scene, desk)
    desk.reply(case, "chat", "Done.")
    scene.run()
    visitor.acknowledge()

    assert desk.close(case).status == 200
    scene.run()
    question = visitor.shown()[-1]
    visitor.score(4)
    scene.run()

    assert (question["kind"], question["scale"], question["from"]) == ("survey_asked", 5, "system")
    (told,) = desk.card(visitor.customer)["cases"]
    assert (told["state"], told["disposition"], told["score"]) == ("closed", "solved", 4)
    adds_up(scene)


def test_a_closed_sms_case_is_asked_by_sms_and_a_lone_digit_answers_and_opens_nothing() -> None:
    scene = WholeScene()
    desk = scene.agent()
    scene.sms(NUMBER, "Hi")
    scene.run()
    case = desk.accept()
    desk.reply(case, "sms", "Done.")
    desk.close(case)
    scene.run()

    scene.sms(NUMBER, " 5 ")
    scene.run()

    customer = scene.customer(NUMBER)
    assert "1" in scene.provider.to(NUMBER)[-1] and "5" in scene.provider.to(NUMBER)[-1]
    stored = scene.world.store.get(Ref(Case, customer, case["case_id"]))
    assert stored is not None and stored.score == 5
    assert scene.head(customer).cases == ()
    assert scene.timeline(customer)[-1].kind is Kind.SURVEY_ANSWERED
    adds_up(scene)


def test_a_note_never_reaches_a_widget_nor_a_phone() -> None:
    scene = WholeScene()
    desk = scene.agent()
    visitor, case = a_chat(scene, desk)
    prove(scene, visitor)

    assert desk.note(case, "Difficult customer").status == 200
    scene.run()
    scene.doors.frame(visitor.connection, {"action": "hello", "after": 0})

    assert "Difficult" not in str(visitor.frames())
    assert "Difficult" not in str(scene.provider.texts)
    adds_up(scene)


def test_nothing_of_any_kind_but_outbound_messages_reaches_the_customer() -> None:
    scene = WholeScene()
    desk = scene.agent()
    visitor, case = a_chat(scene, desk)
    prove(scene, visitor)
    desk.note(case, "inside")
    desk.reply(case, "chat", "outside")
    desk.close(case)
    scene.run()
    visitor.score(5)
    scene.run()

    written = {entry.kind for entry in scene.entries()}
    scene.doors.frame(visitor.connection, {"action": "hello", "after": 0})

    assert {Kind.NOTE_ADDED, Kind.OFFER_MADE, Kind.ASSIGNED, Kind.CASE_CLOSED} <= written
    assert {f["kind"] for f in visitor.shown()} <= {Kind.MESSAGE_SENT, Kind.SURVEY_ASKED}
    assert "agent:" not in str(visitor.frames())


def test_a_withheld_caller_is_a_customer_each_time() -> None:
    scene = WholeScene()

    for word in ("one", "two", "three"):
        scene.sms("anonymous", word)
    scene.run()

    assert len(scene.heads()) == 3
    assert {len(head.cases) for head in scene.heads()} == {1}
    adds_up(scene)


def test_a_sender_with_a_space_is_one_customer_who_cannot_be_answered() -> None:
    scene = WholeScene()
    desk = scene.agent()

    scene.sms("ACME SHOP", "Sale!")
    scene.sms("ACME SHOP", "Sale again!")
    scene.run()
    case = desk.accept()

    assert len(scene.heads()) == 1
    assert desk.reply(case, "sms", "Stop that.").status == 422
    (entry, *_) = scene.timeline(scene.heads()[0].customer_id)
    assert entry.address == Address("phone", "name-ACME SHOP")
    adds_up(scene)


def test_who_said_stop_is_written_to_no_more_and_the_agent_is_told_why() -> None:
    scene = WholeScene()
    desk = scene.agent()
    scene.sms(NUMBER, "Hi")
    scene.run()
    case = desk.accept()

    scene.sms(NUMBER, "STOP")
    scene.run()
    refused = desk.reply(case, "sms", "Hello?")

    assert (refused.status, refused.told["error"]["code"]) == (422, "opted_out")
    assert scene.provider.texts == []
    adds_up(scene)


def test_everything_a_customer_does_is_numbered_without_gaps() -> None:
    scene = WholeScene()
    desk = scene.agent()
    scene.sms(NUMBER, "1st")
    scene.run()
    case = desk.accept()
    for n in range(5):
        scene.sms(NUMBER, f"message {n}")
        desk.reply(case, "sms", f"answer {n}")
    scene.run()

    lines: list[Entry] = scene.timeline(scene.customer(NUMBER))

    assert [line.seq for line in lines] == list(range(1, len(lines) + 1))
    assert scene.provider.to(NUMBER) == [f"answer {n}" for n in range(5)]
    adds_up(scene)
