"""Web chat, case by case: frames in, frames out."""

import json
from datetime import datetime
from typing import Any

import pytest

from functions.channels.chat import inbound, outbound
from infra.twins.clock import START
from shared.domain.address.address import Address
from shared.domain.address.way import Way
from shared.domain.channel.arrival import (
    Arrival,
    CodeRequest,
    Ignored,
    Left,
    Message,
    Reference,
    StateUpdate,
    SurveyAnswer,
)
from shared.domain.channel.frame import Unfit
from shared.domain.channel.request import Piece
from shared.domain.errors import Rejected
from shared.domain.timeline.choice import Choice, Chosen
from shared.domain.timeline.content import Content, Part, PartState
from shared.domain.timeline.entry import Audience, Delivery, Entry, Kind
from shared.domain.timeline.kinds import OUTBOUND
from tests.support.chat import VISITOR
from tests.support.webhooks import payload, raw

ID = "6f1c1a5e-3f0e-4c4f-9a52-0d2f6f0a7b01"
SPEAKER = inbound.SocketSpeaker(VISITOR, "ko")


def sample(name: str) -> Arrival | Ignored:
    return inbound.parse(raw("chat", payload(f"chat/{name}.json")))


def message(text: str, **fields: object) -> str:
    return json.dumps({"action": "message", "id": ID, "text": text} | fields)


def piece(frame: str) -> Piece:
    (cut,) = inbound.cut(inbound.read(frame), SPEAKER, "request-1").events
    return cut


def through(frame: str) -> Arrival:
    """A frame as it goes through the door and then the router."""
    arrival = inbound.parse(raw("chat", piece(frame).payload))
    assert isinstance(arrival, Arrival)
    return arrival


MEANINGS: dict[str, Message | Chosen | CodeRequest | SurveyAnswer | Left] = {
    "message": Message(Content("Hello, do you still have these in blue?")),
    "hangul": Message(Content("안녕하세요, 파란색도 있나요?")),
    "emoji": Message(Content("👍🏽👩‍👩‍👧")),
    "card": Message(Content("My card is **** **** **** **** and my number is ******-*******")),
    "code": Message(Content("123456")),
    "score": Message(Content("5")),
    "injection": Message(Content('<script>alert(1)</script> \' OR 1=1 -- =HYPERLINK("x")')),
    "new_fields": Message(Content("Fields appear without notice")),
    "ask_code": CodeRequest("010-1234-5678"),
    "survey": SurveyAnswer(4),
    "choose": Chosen("delivery", 12),
    "leave": Left(),
}


CHOICES = (Choice("delivery", "Delivery", "Where it is"), Choice("refund", "Refund"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"choice": "Delivery"},
        {"choice": ""},
        {"choice": 1},
        {"of": 0},
        {"of": "12"},
        {"of": None},
        {"id": None},
    ],
)
def test_a_choice_that_names_none_is_unfit(wrong: dict[str, Any]) -> None:
    told = {"action": "choose", "id": ID, "choice": "delivery", "of": 12} | wrong

    with pytest.raises(Unfit):
        inbound.read(json.dumps(told))


def test_choices_go_out_as_buttons_or_as_a_list() -> None:
    few: Any = outbound.render(entry(choices=CHOICES)).body
    many: Any = outbound.render(entry(choices=tuple(Choice(f"c{n}", f"One {n}") for n in range(6)))).body

    assert (few["shown"], few["choices"]) == (
        "buttons",
        [
            {"id": "delivery", "label": "Delivery", "description": "Where it is"},
            {"id": "refund", "label": "Refund"},
        ],
    )
    assert (many["shown"], len(many["choices"])) == ("list", 6)


@pytest.mark.parametrize("name", MEANINGS)
def test_an_event_means_what_the_visitor_did(name: str) -> None:
    arrival = sample(name)

    assert isinstance(arrival, Arrival)
    assert (arrival.way, arrival.what) == (
        Way("chat", Address("visitor", VISITOR), "", VISITOR, ""),
        MEANINGS[name],
    )


@pytest.mark.parametrize("name", MEANINGS)
def test_whatever_they_do_their_page_says_its_language(name: str) -> None:
    told = json.loads(payload(f"chat/{name}.json"))["language"]

    arrival = sample(name)

    assert isinstance(arrival, Arrival)
    assert arrival.language == told


def test_an_action_of_another_time_is_ignored_with_a_reason() -> None:
    assert sample("unknown_action") == Ignored("unknown_action")


@pytest.mark.parametrize(
    "words",
    [
        "",
        "[]",
        "null",
        "{}",
        '{"frame": 1, "visitor": "V"}',
        '{"frame": {}, "visitor": ""}',
        '{"frame": {"action": "message"}, "visitor": "V"}',
        '{"frame": {"action": "survey", "score": "x"}, "visitor": "V"}',
        "[" * 50_000,
    ],
)
def test_a_payload_this_door_never_wrote_is_rejected(words: str) -> None:
    with pytest.raises(Rejected):
        inbound.parse(raw("chat", words))


def test_what_the_widget_showed_is_delivered() -> None:
    update = inbound.parse_state(raw("chat", payload("chat/ack.json")))

    assert update == StateUpdate(Reference("01KDY0CUST0000000000000001", 7), Delivery.DELIVERED, "")


def test_a_state_that_names_no_message_is_ignored() -> None:
    assert inbound.parse_state(raw("chat", payload("chat/leave.json"))) == Ignored("not_ours")


TEXTS = {
    "line\r\nends\rare\nours": "line\nends\nare\nours",
    "NUL\x00 in the middle": "NUL in the middle",
    "a lone surrogate \ud800": "a lone surrogate ",
    "\u1107\u1162\u1109\u1169\u11bc": "배송",
    "4111 1111 1111 1111": "**** **** **** ****",
    "900101-1234567": "******-*******",
    "👩‍👩‍👧": "👩‍👩‍👧",
}


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_text_is_cleaned_and_masked_before_it_leaves_the_door(text: str) -> None:
    words = piece(message(text)).payload

    assert json.loads(words)["frame"]["text"] == TEXTS[text]
    assert words.encode()  # nothing in it that UTF-8 cannot carry


def test_a_frame_is_named_by_the_visitor_and_the_widgets_id() -> None:
    assert piece(message("hi")).event_id.startswith(f"{VISITOR}:{ID}:")
    assert piece(message("hi")).event_id == piece(message("hi")).event_id


def test_the_same_id_with_other_words_is_another_event() -> None:
    assert piece(message("hi")).event_id != piece(message("ho")).event_id
    assert piece(message("hi")).sender == VISITOR


def test_leaving_without_an_id_is_named_by_the_request() -> None:
    assert piece('{"action": "leave"}').event_id == f"{VISITOR}:request-1"


def test_an_acknowledgement_is_a_state_named_by_its_number() -> None:
    said = inbound.read('{"action": "ack", "seq": 9}')

    cut = inbound.cut(said, inbound.SocketSpeaker(VISITOR, customer_id="CUSTOMER"), "request-1")

    (state,) = cut.states
    assert (cut.events, state.event_id) == ((), f"{VISITOR}:ack:9")
    assert inbound.parse_state(raw("chat", state.payload)) == StateUpdate(
        Reference("CUSTOMER", 9), Delivery.DELIVERED, ""
    )


@pytest.mark.parametrize("frame", ['{"action": "hello", "after": 3}', '{"action": "typing"}'])
def test_what_is_no_event_is_cut_into_nothing(frame: str) -> None:
    cut = inbound.cut(inbound.read(frame), SPEAKER, "request-1")

    assert (cut.events, cut.states) == ((), ())


def test_fields_that_we_do_not_know_stay_outside() -> None:
    told = json.loads(piece(message("hi", visitor="somebody else", phone="x", at="yesterday")).payload)

    assert told == {
        "frame": {"action": "message", "id": ID, "text": "hi"},
        "visitor": VISITOR,
        "language": "ko",
    }


def test_the_language_is_that_of_the_widget() -> None:
    assert {through(message(text)).language for text in ("Hello", "안녕", "👍")} == {"ko"}


@pytest.mark.parametrize("text", ["가" * 4000, "a" * 4000])
def test_four_thousand_characters_arrive_whole(text: str) -> None:
    assert through(message(text)).what == Message(Content(text))


UNFIT = {
    "": "junk",
    "PING": "junk",
    "[]": "junk",
    "null": "junk",
    '"message"': "junk",
    "[" * 30_000: "junk",
    "{}": "junk",
    '{"action": null}': "junk",
    '{"action": ["message"]}': "junk",
    '{"action": "drop_table"}': "junk",
    '{"action": "message", "text": "no id"}': "junk",
    '{"action": "message", "id": "short", "text": "hi"}': "junk",
    '{"action": "message", "id": "has a space in it", "text": "hi"}': "junk",
    '{"action": "message", "id": 12345678, "text": "hi"}': "junk",
    f'{{"action": "message", "id": "{"x" * 65}", "text": "hi"}}': "junk",
    '{"action": "leave", "id": "?"}': "junk",
    f'{{"action": "message", "id": "{ID}"}}': "junk",
    f'{{"action": "message", "id": "{ID}", "text": 5}}': "junk",
    f'{{"action": "message", "id": "{ID}", "text": ""}}': "empty",
    f'{{"action": "message", "id": "{ID}", "text": " \\u0000\\n"}}': "empty",
    message("a" * 4001): "too_long",
    message("👍" * 3001): "too_long",
    message("\u0300\u0315" * 6001): "too_long",
    f'{{"action": "ask_code", "id": "{ID}", "phone": "{"1" * 12_001}"}}': "too_long",
    f'{{"action": "survey", "id": "{ID}", "score": 0}}': "junk",
    f'{{"action": "survey", "id": "{ID}", "score": 6}}': "junk",
    f'{{"action": "survey", "id": "{ID}", "score": "5"}}': "junk",
    f'{{"action": "survey", "id": "{ID}", "score": true}}': "junk",
    f'{{"action": "survey", "id": "{ID}", "score": 4.5}}': "junk",
    '{"action": "ack"}': "junk",
    '{"action": "ack", "seq": 0}': "junk",
    '{"action": "ack", "seq": 1e3}': "junk",
    '{"action": "ack", "seq": 10000000000000}': "junk",
    '{"action": "hello", "after": -1}': "junk",
    '{"action": "hello", "after": null}': "junk",
    f'{{"action": "ask_code", "id": "{ID}"}}': "junk",
    f'{{"action": "ask_code", "id": "{ID}", "phone": "call me"}}': "bad_phone",
    f'{{"action": "ask_code", "id": "{ID}", "phone": "4111 1111 1111 1111"}}': "bad_phone",
    f'{{"action": "ask_code", "id": "{ID}", "phone": "900101-1234567"}}': "bad_phone",
    f'{{"action": "ask_code", "id": "{ID}", "phone": "+1"}}': "bad_phone",
    f'{{"action": "ask_code", "id": "{ID}", "phone": "일이삼사오육칠팔"}}': "bad_phone",
}


@pytest.mark.parametrize("frame", UNFIT, ids=[text[:60] for text in UNFIT])
def test_a_frame_that_says_nothing_we_take_is_unfit(frame: str) -> None:
    with pytest.raises(Unfit) as refused:
        inbound.read(frame)

    assert refused.value.code == UNFIT[frame]


def test_the_reason_names_the_frame_where_it_had_a_name() -> None:
    with pytest.raises(Unfit) as refused:
        inbound.read(message("a" * 4001))

    assert refused.value.id == ID


@pytest.mark.parametrize("phone", ["010-1234-5678", "+82 10 1234 5678", "(02) 312-3456", "0082-10-1234-5678"])
def test_a_number_passes_as_it_was_typed(phone: str) -> None:
    frame = json.dumps({"action": "ask_code", "id": ID, "phone": phone})

    assert through(frame).what == CodeRequest(phone)


def entry(**told: Any) -> Entry:
    usual: dict[str, Any] = {
        "timeline": "CUSTOMER",
        "seq": 12,
        "id": "01KDY0ENTRY000000000000001",
        "at": START,
        "kind": Kind.MESSAGE_SENT,
        "audience": Audience.CUSTOMER,
        "actor": "agent:01KDY0AGENT000000000000001",
        "way": Way("chat", Address("visitor", VISITOR), "CUSTOMER", VISITOR),
        "case_id": "CASE",
        "content": Content("Yes, in blue as well."),
        "facts": {"queue": "main", "agent": "01KDY0AGENT000000000000001"},
    }
    return Entry(**(usual | told))


def test_an_answer_goes_to_every_socket_of_the_visitor_and_tells_nothing_of_the_inside() -> None:
    frame = outbound.render(entry(), {}, None)

    assert frame.person == f"visitor:{VISITOR}"
    assert frame.body == {
        "type": "message",
        "seq": 12,
        "at": "2026-01-05T09:00:00.000Z",
        "text": "Yes, in blue as well.",
        "from": "agent",
        "kind": "message_sent",
    }


def test_a_survey_brings_its_scale() -> None:
    asked = entry(
        kind=Kind.SURVEY_ASKED, actor="system", content=Content("How did we do?"), facts={"scale": 5}
    )

    body: Any = outbound.render(asked).body

    assert (body["from"], body["kind"], body["scale"]) == ("system", "survey_asked", 5)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in OUTBOUND])
@pytest.mark.parametrize("audience", Audience)
def test_nothing_inside_reaches_a_widget(kind: Kind, audience: Audience) -> None:
    with pytest.raises(Rejected):
        outbound.render(entry(kind=kind, audience=audience))


@pytest.mark.parametrize("kind", sorted(OUTBOUND))
def test_what_is_for_staff_does_not_reach_a_widget_even_if_it_goes_out(kind: Kind) -> None:
    with pytest.raises(Rejected):
        outbound.render(entry(kind=kind, audience=Audience.STAFF))


@pytest.mark.parametrize(
    "told",
    [
        {"way": Way("sms", Address("phone", "+821055500001"))},
        {"way": Way("chat")},
        {"content": Content("")},
        {"content": Content("a" * 4001)},
    ],
    ids=["by SMS", "to nobody", "empty", "too long"],
)
def test_what_a_widget_cannot_show_is_rejected(told: dict[str, Any]) -> None:
    with pytest.raises(Rejected):
        outbound.render(entry(**told))


def test_the_moment_of_a_message_is_told_in_utc() -> None:
    body: Any = outbound.render(entry(at=datetime.fromisoformat("2026-01-05T18:00:00+09:00"))).body

    assert body["at"] == "2026-01-05T09:00:00.000Z"


# ---------------------------------------------------------------------- files

UPLOADED = "01KE6P4YM00000000000000009"


def with_files(*files: object, text: str = "") -> str:
    return json.dumps({"action": "message", "id": ID, "text": text, "files": list(files)})


def test_a_message_names_files_that_lie_in_the_visitors_own_places() -> None:
    file = {
        "id": UPLOADED,
        "name": "../4111 1111 1111 1111.png",
        "type": "image/png",
        "source": "https://evil",
    }

    what = through(with_files(file)).what

    assert isinstance(what, Message)
    source = f"upload:uploads/visitor/{VISITOR}/{UPLOADED}"
    assert what.content == Content("", (Part("**** **** **** ****.png", "image/png", source=source),))


def test_what_is_masked_in_a_name_never_leaves_the_door() -> None:
    said = inbound.read(with_files({"id": UPLOADED, "name": "4111 1111 1111 1111.png"}, text="Look"))

    assert "4111" not in inbound.cut(said, inbound.SocketSpeaker(VISITOR), "R1").events[0].payload


@pytest.mark.parametrize(
    "files",
    ["a", {}, [{}], ["a"], [{"id": "../x", "name": "a"}], [{"id": UPLOADED}], [{"id": UPLOADED, "name": 1}],
     [{"id": UPLOADED, "name": "a"}] * 11],
)  # fmt: skip
def test_files_that_are_none_are_unfit(files: object) -> None:
    with pytest.raises(Unfit) as refused:
        inbound.read(json.dumps({"action": "message", "id": ID, "text": "Hi", "files": files}))

    assert (refused.value.code, refused.value.id) == ("junk", ID)


def test_a_message_of_neither_words_nor_files_is_empty() -> None:
    with pytest.raises(Unfit, match="empty"):
        inbound.read(with_files())


def test_a_visitor_is_shown_a_file_by_a_link_on_our_site_and_nothing_else_of_it() -> None:
    part = Part("a.png", "image/png", 10, PartState.STORED, "media/C1/E1/0", link=UPLOADED)

    frame: Any = outbound.render(entry(content=Content("", (part,)))).body

    assert frame["files"] == [
        {
            "name": "a.png",
            "size": 10,
            "shown_as": "picture",
            "path": f"/public/files/CUSTOMER.12.0.{UPLOADED}",
        }
    ]
