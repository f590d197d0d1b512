"""SMS over Twilio, case by case."""

import json
from base64 import b64encode, encodebytes
from dataclasses import replace
from urllib.parse import parse_qs, urlencode

import pytest

from functions.channels.sms import channel, inbound, outbound
from infra.twins.clock import START
from shared.domain.address.address import Address
from shared.domain.address.way import Way
from shared.domain.channel.arrival import Arrival, Ignored, Message, Reference, StateUpdate, Wish
from shared.domain.channel.carriage import Basic, Failed, Later, NoAnswer, OtherSide, Result, Sent
from shared.domain.errors import Malformed, Rejected
from shared.domain.timeline.choice import Choice
from shared.domain.timeline.content import Content, Part, PartState
from shared.domain.timeline.entry import Audience, Delivery, Entry, Kind
from tests.support.webhooks import ACCOUNT, FORM, PUBLIC_URL, SECRET, payload, raw, request


def through(name: str) -> Arrival | Ignored:
    """A sample as it goes through the door and then the router."""
    (piece,) = inbound.cut(request(payload(f"sms/{name}.txt"))).events
    return inbound.parse(raw("sms", piece.payload))


def text_of(name: str) -> str:
    arrival = through(name)
    assert isinstance(arrival, Arrival) and isinstance(arrival.what, Message)
    return arrival.what.text


TEXTS = {
    "hello": "Hello, my order has not arrived.",
    "hangul": "안녕하세요, 주문한 상품이 아직 안 왔어요.",
    "hangul_decomposed": "배송 조회",
    "emoji": "👍🏽👩‍👩‍👧",
    "nul": "NUL in the middle",
    "line_ends": "one\ntwo\nthree\n",
    "invalid_utf8": "caf� ��",
    "injection": '<script>alert(1)</script> \' OR 1=1 -- =HYPERLINK("x")',
    "card": "My card is **** **** **** **** and my number is ******-*******",
    "stop": "STOP",
    "stop_korean": "수신거부",
    "score": "5",
    "base64": "The carrier encoded this concatenated message as a whole, which happens. " * 3,
}


@pytest.mark.parametrize("name", TEXTS)
def test_the_customers_words_arrive_as_they_were_meant(name: str) -> None:
    assert text_of(name) == TEXTS[name]


def test_a_message_longer_than_twilio_takes_out_arrives_whole() -> None:
    assert len(text_of("long")) > 1600


def test_the_longest_message_twilio_sends_is_taken_with_room_for_what_add_ons_say() -> None:
    media = {f"MediaUrl{n}": f"https://api.twilio.com/2010-04-01/{'x' * 150}" for n in range(10)}
    types = {f"MediaContentType{n}": "application/vnd.openxmlformats-officedocument" for n in range(10)}
    where = {
        f"{side}{part}": "가" * 20 for side in ("From", "To") for part in ("City", "State", "Zip", "Country")
    }
    fields = {"MessageSid": "SM1", "From": "+821055500001", "Body": "가" * 1600, **media, **types, **where}

    sent = request(fields | {"AddOns": "{" * 10_000})
    (piece,) = inbound.cut(sent).events

    assert len(sent.body) <= inbound.BODY_LIMIT
    assert "가" * 1600 in parse_qs(piece.payload)["Body"]


@pytest.mark.parametrize("said", ["가" * 2000 + "끝", "a" * 5000, "1 " * 10_000])
def test_a_text_longer_than_any_sms_is_kept_up_to_a_mark_that_says_so(said: str) -> None:
    (piece,) = inbound.cut(request({"MessageSid": "SM1", "From": "+8210", "Body": said})).events
    arrival = inbound.parse(raw("sms", piece.payload))

    assert isinstance(arrival, Arrival) and isinstance(arrival.what, Message)
    assert (len(arrival.what.text), arrival.what.text[-4:]) == (2004, " […]")


def test_a_card_on_the_edge_of_a_long_text_is_masked_before_it_is_cut() -> None:
    said = "가" * 1990 + "4111111111111111"
    (piece,) = inbound.cut(request({"MessageSid": "SM1", "From": "+8210", "Body": said})).events
    arrival = inbound.parse(raw("sms", piece.payload))

    assert isinstance(arrival, Arrival) and isinstance(arrival.what, Message)
    assert arrival.what.text == "가" * 1990 + "*" * 10 + " […]"


SENDERS = {
    "hello": "+821055500001",
    "withheld": "anonymous",
    "withheld_number": "+266696687",
    "alphanumeric": "Shop Alert",
    "short_code": "15447000",
}


@pytest.mark.parametrize("name", SENDERS)
def test_a_sender_passes_as_the_provider_wrote_it(name: str) -> None:
    arrival = through(name)

    assert isinstance(arrival, Arrival)
    assert arrival.way.address == Address("phone", SENDERS[name])
    assert arrival.way.reply_to == SENDERS[name]
    assert arrival.way.own_side == "+15005550006"


@pytest.mark.parametrize(("name", "media"), [("ten_media", 10), ("only_media", 1), ("hello", 0)])
def test_attachments_are_counted(name: str, media: int) -> None:
    arrival = through(name)

    assert isinstance(arrival, Arrival) and isinstance(arrival.what, Message)
    parts = arrival.what.content.parts
    assert len(parts) == media
    assert all(part.source.startswith("https://api.twilio.com/2010-04-01/Accounts/AC") for part in parts)
    assert {part.type for part in parts} <= {"image/jpeg"}
    assert {part.state for part in parts} <= {PartState.WAITING}


def test_an_address_of_no_length_or_too_great_a_one_is_none() -> None:
    told = {"MessageSid": "SM1", "Body": "", "NumMedia": "2", "MediaUrl0": "https://a.test/" + "a" * 1000}

    arrival = inbound.parse(raw("sms", urlencode(told)))

    assert isinstance(arrival, Arrival) and isinstance(arrival.what, Message)
    assert [part.source for part in arrival.what.content.parts] == ["", ""]


@pytest.mark.parametrize("count", ["-1", "many", "", "99999999999999999999", "१०"])
def test_a_senseless_number_of_attachments_does_not_stop_a_message(count: str) -> None:
    arrival = inbound.parse(raw("sms", urlencode({"MessageSid": "SM1", "Body": "hi", "NumMedia": count})))

    assert isinstance(arrival, Arrival)
    assert arrival.what == Message(Content("hi", (Part(),) * 0))


def test_a_message_without_words_or_pictures_is_ignored() -> None:
    assert through("empty") == Ignored("empty")


def test_a_card_number_is_masked_before_anything_is_stored() -> None:
    (piece,) = inbound.cut(request(payload("sms/card.txt"))).events

    assert "4111" not in piece.payload
    assert "1234567" not in piece.payload


def test_a_card_number_in_a_message_in_base64_is_masked_too() -> None:
    hidden = "VGhlIGNhcnJpZXIgZW5jb2RlZCB0aGlzLiBDYXJkOiA0MTExIDExMTEgMTExMSAxMTExIG9rIQ=="
    (piece,) = inbound.cut(request({"MessageSid": "SM1", "Body": hidden})).events

    assert parse_qs(piece.payload)["Body"] == ["The carrier encoded this. Card: **** **** **** **** ok!"]


SENTENCE = "안녕 👩‍👩‍👧, the carrier encoded all of this. Card: 4111 1111 1111 1111, 감사합니다 "
MASKED = SENTENCE.replace("4111 1111 1111 1111", "**** **** **** ****")
WHOLE = b64encode(SENTENCE.encode()).decode()
IN_LINES = encodebytes(SENTENCE.encode()).decode()


@pytest.mark.parametrize(
    ("hidden", "kept"),
    [
        (IN_LINES, MASKED),
        (IN_LINES.replace("\n", "\r\n"), MASKED),
        (f"{WHOLE}\r", MASKED),
        (WHOLE.rstrip("="), MASKED),
        (b64encode(b"\xef\xbb\xbf" + SENTENCE.encode()).decode(), MASKED),
        (f"\ufeff{WHOLE}", MASKED),
        (WHOLE.replace("+", " "), MASKED),
        (WHOLE[:-3], MASKED[:-1]),
        (WHOLE[:-6], MASKED[:-2]),
    ],
    ids=["lines", "CRLF", "CR", "no padding", "BOM inside", "BOM", "no plus", "cut", "cut in a letter"],
)
def test_base64_is_read_however_the_carrier_cut_it(hidden: str, kept: str) -> None:
    (piece,) = inbound.cut(request({"MessageSid": "SM1", "Body": hidden})).events

    (body,) = parse_qs(piece.payload)["Body"]
    assert "4111" not in body
    assert body == kept


@pytest.mark.parametrize(
    ("told", "wish"), [("STOP", Wish.OPT_OUT), ("START", Wish.OPT_IN), ("HELP", Wish.NONE), ("", Wish.NONE)]
)
def test_what_the_carrier_took_the_words_for_is_kept(told: str, wish: Wish) -> None:
    fields = {"MessageSid": "SM1", "From": "+821055500001", "Body": "enough", "OptOutType": told}
    arrival = inbound.parse(raw("sms", urlencode(fields)))

    assert isinstance(arrival, Arrival) and isinstance(arrival.what, Message)
    assert arrival.what.wish is wish


@pytest.mark.parametrize(
    "word",
    ["a" * 64, "https" * 16, "AAAA" * 20, "x" * 61, "가" * 80, "abcd" * 15 + "===="],
    ids=["letters", "words", "zeros", "odd", "hangul", "padding"],
)
def test_a_long_word_is_not_taken_for_base64(word: str) -> None:
    (piece,) = inbound.cut(request({"MessageSid": "SM1", "Body": word})).events

    assert parse_qs(piece.payload)["Body"] == [word]


def test_numbers_and_ids_are_never_masked() -> None:
    fields = {"MessageSid": "SM4111111111111111", "From": "+4111111111111111", "Body": "hi"}
    (piece,) = inbound.cut(request(fields)).events

    assert dict(parse_qs(piece.payload)) == {name: [value] for name, value in fields.items()}


def test_the_same_message_again_has_the_same_id() -> None:
    first, again = (inbound.cut(request(payload("sms/hello.txt"))).events[0] for _ in range(2))

    assert first == again


def test_spaces_around_a_sender_make_no_other_group() -> None:
    (plain,), (spaced,) = (
        inbound.cut(request({"MessageSid": "SM1", "From": sender, "Body": "hi"})).events
        for sender in ("+821055500001", " +821055500001 ")
    )

    assert plain.sender == spaced.sender


@pytest.mark.parametrize(
    "malformed",
    [
        request(b"", content_type=FORM),
        request({"From": "+821055500001", "Body": "no sid"}),
        request('{"MessageSid": "SM1"}', content_type="application/json"),
        request("MessageSid=SM1&Body=hi", content_type="multipart/form-data; boundary=x"),
        request("MessageSid=SM1&Body=hi", content_type=""),
        request("&".join(f"MessageSid{n}=1" for n in range(600)).encode(), x_twilio_signature="-"),
        request(b"\x00\xff\xfe"),
        request(
            {"MessageSid": "SM1", "MessageStatus": "sent"}, query="&".join(f"p{n}=1" for n in range(200))
        ),
        request({"MessageSid": "S" * 3000, "Body": "hi"}),
        request({"MessageSid": "SM1", "From": "+" + "8" * 3000, "Body": "hi"}),
    ],
    ids=[
        "empty",
        "no sid",
        "json",
        "multipart",
        "no type",
        "600 fields",
        "bytes",
        "200 parameters",
        "a long id",
        "a long sender",
    ],
)
def test_what_is_no_twilio_form_is_malformed(malformed: object) -> None:
    with pytest.raises(Malformed):
        inbound.cut(malformed)  # type: ignore[arg-type]  # a parametrised request


def test_a_form_in_another_case_with_a_charset_is_a_form() -> None:
    cut = inbound.cut(
        request({"MessageSid": "SM1", "Body": "hi"}, content_type=f"{FORM.upper()}; charset=UTF-8")
    )

    assert len(cut.events) == 1


# ---------------------------------------------------------------------- what became of ours

REFERENCE = "01KDY0CUST0000000000000001"
STATES: dict[str, StateUpdate | Ignored] = {
    "accepted": Ignored("on_the_way"),
    "queued": Ignored("on_the_way"),
    "sending": Ignored("on_the_way"),
    "sent": StateUpdate(Reference(REFERENCE, 7), Delivery.SENT, "SM000000000000000000000000000000ff"),
    "delivered": StateUpdate(
        Reference(REFERENCE, 7), Delivery.DELIVERED, "SM000000000000000000000000000000ff"
    ),
    "undelivered": StateUpdate(
        Reference(REFERENCE, 7), Delivery.FAILED, "SM000000000000000000000000000000ff", "unreachable", "30003"
    ),
    "failed": StateUpdate(
        Reference(REFERENCE, 7), Delivery.FAILED, "SM000000000000000000000000000000ff", "filtered", "30007"
    ),
    "opted_out": StateUpdate(
        Reference(REFERENCE, 7), Delivery.FAILED, "SM000000000000000000000000000000ff", "opted_out", "21610"
    ),
    "unknown_code": StateUpdate(
        Reference(REFERENCE, 7), Delivery.FAILED, "SM000000000000000000000000000000ff", "refused", "39999"
    ),
    "unknown_word": Ignored("unknown_state"),
    "not_ours": Ignored("not_ours"),
}


@pytest.mark.parametrize("name", STATES)
def test_a_callback_says_what_became_of_a_message(name: str) -> None:
    assert inbound.parse_state(raw("sms", payload(f"sms/status_{name}.txt"))) == STATES[name]


def test_a_callback_is_cut_as_a_state_with_our_reference_from_its_address() -> None:
    fields = {"MessageSid": "SM1", "MessageStatus": "delivered", "To": "+821055500001"}
    cut = inbound.cut(request(fields, path="/webhooks/sms/status", query="c=01ABC&s=7&x=9"))

    assert not cut.events
    assert cut.states[0].event_id == "SM1:delivered"
    update = inbound.parse_state(raw("sms", cut.states[0].payload))
    assert update == StateUpdate(Reference("01ABC", 7), Delivery.DELIVERED, "SM1")


def test_two_states_of_one_message_are_two_events() -> None:
    ids = {
        inbound.cut(request({"MessageSid": "SM1", "MessageStatus": word}, query="c=a&s=1")).states[0].event_id
        for word in ("sent", "delivered")
    }

    assert len(ids) == 2


def test_a_message_that_came_to_the_callback_address_is_still_a_message() -> None:
    cut = inbound.cut(request(payload("sms/hello.txt"), path="/webhooks/sms/status"))

    assert len(cut.events) == 1


def test_the_form_cannot_overrule_our_reference() -> None:
    fields = {"MessageSid": "SM1", "MessageStatus": "delivered", "c": "forged", "s": "1"}
    cut = inbound.cut(request(fields, query="c=ours&s=7"))

    update = inbound.parse_state(raw("sms", cut.states[0].payload))
    assert isinstance(update, StateUpdate) and update.of == Reference("ours", 7)


@pytest.mark.parametrize("seq", ["", "x", "-1", "1e3", "9" * 40, "٣"])
def test_a_reference_that_is_none_is_not_ours(seq: str) -> None:
    told = urlencode({"c": "a", "s": seq, "MessageSid": "SM1", "MessageStatus": "delivered"})

    assert inbound.parse_state(raw("sms", told)) == Ignored("not_ours")


@pytest.mark.parametrize("parse", [inbound.parse, inbound.parse_state])
def test_a_payload_without_an_id_is_rejected(parse: object) -> None:
    with pytest.raises(Rejected):
        parse(raw("sms", "nonsense"))  # type: ignore[operator]  # a parametrised function


# ---------------------------------------------------------------------- out

HERE = OtherSide("", PUBLIC_URL)
REPLY = Entry(
    timeline=REFERENCE,
    seq=7,
    id="E7",
    at=START,
    kind=Kind.MESSAGE_SENT,
    audience=Audience.CUSTOMER,
    actor="agent:one",
    way=Way(
        channel="sms",
        address=Address("phone", "+821055500001"),
        reply_to="010-5550-0001",
        own_side="+15005550007",
    ),
    content=Content("곧 도착합니다 👍 & more"),
    delivery=Delivery.QUEUED,
)


def test_an_answer_goes_to_the_address_as_received_from_the_number_it_was_written_to() -> None:
    call = outbound.render(REPLY, SECRET, HERE)

    assert call.method == "POST"
    assert call.url == f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    assert call.auth == Basic(ACCOUNT, SECRET["auth_token"])
    assert parse_qs(call.body.decode()) == {
        "To": ["010-5550-0001"],
        "From": ["+15005550007"],
        "Body": ["곧 도착합니다 👍 & more"],
        "StatusCallback": [f"{PUBLIC_URL}/webhooks/sms/status?c={REFERENCE}&s=7"],
    }


def test_a_message_to_somebody_who_never_wrote_goes_from_our_usual_number() -> None:
    call = outbound.render(replace(REPLY, way=replace(REPLY.way, own_side="")), SECRET, HERE)

    assert parse_qs(call.body.decode())["From"] == ["+15005550006"]


def test_choices_are_numbered_in_the_text() -> None:
    asked = replace(REPLY, choices=(Choice("delivery", "배송"), Choice("refund", "환불")))

    told = parse_qs(outbound.render(asked, SECRET, HERE).body.decode())

    assert told["Body"] == [f"{REPLY.text}\n1 배송\n2 환불"]


def test_a_text_that_is_too_long_with_its_choices_is_not_asked_for() -> None:
    asked = replace(REPLY, content=Content("a" * 1598), choices=(Choice("delivery", "Delivery"),))

    with pytest.raises(Rejected, match="too_long"):
        outbound.render(asked, SECRET, HERE)


def test_a_messaging_service_chooses_the_number_where_nobody_wrote_to_one() -> None:
    secret = SECRET | {"messaging_service_sid": "MG1"}

    fresh = parse_qs(outbound.render(replace(REPLY, way=replace(REPLY.way, own_side="")), secret, HERE).body)
    going = parse_qs(outbound.render(REPLY, secret, HERE).body)

    assert (fresh[b"MessagingServiceSid"], b"From" in fresh) == ([b"MG1"], False)
    assert (going[b"From"], b"MessagingServiceSid" in going) == ([b"+15005550007"], False)


def test_nothing_is_asked_for_without_a_sender() -> None:
    with pytest.raises(Rejected, match="configuration"):
        outbound.render(
            replace(REPLY, way=replace(REPLY.way, own_side="")), SECRET | {"from_number": ""}, HERE
        )


def test_the_provider_can_be_somewhere_else() -> None:
    call = outbound.render(REPLY, SECRET, OtherSide("http://127.0.0.1:9/", PUBLIC_URL))

    assert call.url.startswith("http://127.0.0.1:9/2010-04-01/")


@pytest.mark.parametrize(("text", "reason"), [("", "empty"), ("x" * 1601, "too_long")])
def test_what_twilio_would_refuse_is_not_asked_for(text: str, reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        outbound.render(replace(REPLY, content=Content(text)), SECRET, HERE)


def test_the_token_is_not_in_the_address_nor_in_the_body() -> None:
    call = outbound.render(REPLY, SECRET, HERE)

    assert SECRET["auth_token"] not in call.url
    assert SECRET["auth_token"].encode() not in call.body


ANSWERS: dict[str, tuple[int, object, Result | NoAnswer]] = {
    "taken": (201, {"sid": "SM1"}, Sent("SM1")),
    "taken without a sid": (200, {}, Sent("")),
    "opted out": (400, {"code": 21610}, Failed("opted_out", "21610")),
    "no number": (400, {"code": 21211}, Failed("bad_number", "21211")),
    "a code we do not know": (400, {"code": 21999}, Failed("refused", "21999")),
    "a code that is no number": (400, {"code": "x"}, Failed("refused", "x")),
    "no code": (404, {}, Failed("http_404")),
    "too many": (429, {"code": 20429}, Later("too_many", "20429")),
    "token refused": (401, {"code": 20003}, Later("not_authorised", "20003")),
    "down before it was taken": (503, {"code": 20503}, Later("unavailable", "20503")),
    "too many, behind a 5xx": (503, {"code": 20429}, Later("too_many", "20429")),
    "maintenance": (500, {"code": 21730}, Later("unavailable", "21730")),
    "may have been taken": (500, {"code": 20500}, NoAnswer("http_500", "20500")),
    "may have been taken, behind a 4xx": (400, {"code": 20500}, NoAnswer("unknown", "20500")),
    "the window is closed": (400, {"code": 63016}, Failed("window_closed", "63016")),
    "a code of ours behind a 5xx": (500, {"code": 21610}, NoAnswer("http_500", "21610")),
    "a gateway that waited too long": (504, {"code": 20504}, NoAnswer("http_504", "20504")),
    "a gateway in between": (502, "<html>", NoAnswer("http_502")),
    "nobody's word": (503, "<html>", NoAnswer("http_503")),
    "a list": (500, [], NoAnswer("http_500")),
    "moved": (302, {}, Failed("http_302")),
}


@pytest.mark.parametrize("label", ANSWERS)
def test_an_answer_of_twilio_is_understood(label: str) -> None:
    status, told, result = ANSWERS[label]
    body = told.encode() if isinstance(told, str) else json.dumps(told).encode()

    assert outbound.interpret(status, body) == result


PHOTO = Part("a.png", "image/png", 10, PartState.STORED, "media/C1/E1/0")
PAPER = Part("b.zip", "application/zip", 10, PartState.STORED, "media/C1/E1/1", link="0" * 26)


def sent(text: str, *parts: Part) -> dict[str, list[str]]:
    addresses = {part.key: f"https://files.example.test/{part.key}?signed" for part in parts if not part.link}
    where = replace(HERE, files=addresses)
    call = outbound.render(replace(REPLY, content=Content(text, parts)), SECRET, where)
    return parse_qs(call.body.decode())


def test_a_file_goes_by_its_address_and_what_is_not_carried_as_a_line_of_the_text() -> None:
    form = sent("Here you are", PHOTO, PAPER)

    assert form["MediaUrl"] == ["https://files.example.test/media/C1/E1/0?signed"]
    assert form["Body"] == [
        f"Here you are\n{PUBLIC_URL}/public/files/{REPLY.timeline}.{REPLY.seq}.1.{'0' * 26}"
    ]


def test_a_file_needs_no_words() -> None:
    form = sent("", PHOTO, replace(PHOTO, key="media/C1/E1/2"))

    assert len(form["MediaUrl"]) == 2 and "Body" not in form


def test_a_text_that_its_links_make_too_long_is_refused() -> None:
    with pytest.raises(Rejected, match="too_long"):
        sent("a" * channel.CHANNEL.text_limit, PAPER)


def test_the_provider_hands_out_files_for_the_accounts_own_name_and_word() -> None:
    assert outbound.credentials(SECRET) == Basic(SECRET["account_sid"], SECRET["auth_token"])
