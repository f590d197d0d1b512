"""What every channel must have and do. Channels are found by their folders: a new one is asked at once."""

import inspect
import json
from base64 import b64encode
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from functions import channels
from infra.local.template import resources
from infra.twins.world import World
from shared.domain.address.address import Address
from shared.domain.address.way import Way
from shared.domain.channel.arrival import Arrival, Ignored, Message, StateUpdate
from shared.domain.channel.carriage import AwsCall, Frame, HttpCall, NoAnswer, OtherSide
from shared.domain.channel.choosing import Shown, meant, shown_as
from shared.domain.channel.commands import Raw
from shared.domain.channel.media import goes_as_link, link_path
from shared.domain.channel.request import Notice
from shared.domain.errors import Rejected
from shared.domain.timeline.choice import Choice
from shared.domain.timeline.content import Content, Part, PartState
from shared.domain.timeline.entry import Audience, Entry, Kind
from shared.domain.window import Allowed, window
from shared.domain.words.to_callers import key, keys
from shared.edge import notice, wiring
from shared.use_cases.case.reply_to_customer import LONGEST
from tests.support import chat, letters
from tests.support.notices import envelope
from tests.support.webhooks import EVENTS, NOON, PUBLIC_URL, event_of, raw, request

NAMES = channels.names()
PROOFS = {"signature", "secret", "ticket", "aws"}
WITH_WEBHOOK = [name for name in NAMES if channels.load(name).inbound.PROOF in ("signature", "secret")]
# A channel of the tests stands among those that AWS feeds, so that what is asked of them is asked today.
BY_AWS = {name: channels.load(name).inbound for name in NAMES if channels.load(name).inbound.PROOF == "aws"}
BY_AWS |= {"notice_sns": letters.a_channel("sns"), "notice_s3": letters.a_channel("s3")}
CALLS = [name for name in NAMES if channels.load(name).traits.calls]
# Nothing is sent on a telephone call: what programs say is said by its door, and people talk themselves.
SENDS = [name for name in NAMES if name not in CALLS]
WITH_TICKET = [name for name in NAMES if channels.load(name).inbound.PROOF == "ticket"]


def samples() -> Iterator[tuple[str, Path]]:
    """Everything in events/<channel>/: payloads as they lie in a Raw event. Mails are read by the door."""
    for name in NAMES:
        files = sorted(path for path in (EVENTS / name).iterdir() if path.is_file())
        yield from ((name, path) for path in files if path.suffix != ".eml")


SAMPLES = [pytest.param(name, path, id=f"{name}/{path.name}") for name, path in samples()]


def lambda_events(name: str) -> list[dict[str, Any]]:
    """The provider's requests in events/<channel>_webhook/."""
    return [json.loads(path.read_text()) for path in sorted((EVENTS / f"{name}_webhook").iterdir())]


def handler(name: str) -> Any:
    return import_module(f"functions.channels.{name}.app").handler


def test_there_are_channels_and_an_unknown_one_is_said_to_be() -> None:
    assert {"sms"} <= set(NAMES)
    with pytest.raises(KeyError):
        channels.load("pigeon")


@pytest.mark.parametrize("name", NAMES)
def test_a_channel_has_all_its_parts(name: str) -> None:
    folder = Path(channels.__file__).parent / name
    channel = channels.load(name)

    assert {"app.py", "inbound.py", "outbound.py", "README.md"} <= {path.name for path in folder.iterdir()}
    assert callable(handler(name))
    assert callable(channel.inbound.parse) and callable(channel.inbound.parse_state)
    assert callable(channel.inbound.cut)
    assert (channel.inbound.__doc__ or "").find("https://") > 0, "inbound.py links the provider's page"


@pytest.mark.parametrize("name", NAMES)
def test_a_channel_that_is_listed_can_ask_for_the_list_and_read_it_and_has_whoever_does(name: str) -> None:
    folder = Path(channels.__file__).parent / name
    listed = channels.load(name).traits.listed

    assert (folder / "listing.py").exists() == listed
    assert (f"{name.title().replace('_', '')}Comparer" in resources()) == listed
    if listed:
        listing = channels.load(name).listing
        assert list(inspect.signature(listing.render_list).parameters) == ["day", "secret", "other_side"]
        assert list(inspect.signature(listing.parse_list).parameters) == [
            "status",
            "body",
            "secret",
            "other_side",
        ]


@pytest.mark.parametrize("name", NAMES)
def test_a_channel_declares_its_proof(name: str) -> None:
    assert channels.load(name).inbound.PROOF in PROOFS


@pytest.mark.parametrize("name", WITH_WEBHOOK)
def test_a_webhook_can_prove_cut_and_answer(name: str) -> None:
    inbound = channels.load(name).inbound

    assert list(inspect.signature(inbound.prove).parameters) == ["request", "secret", "public_url"]
    assert 0 < inbound.BODY_LIMIT <= 6_000_000


@pytest.mark.parametrize("name", NAMES)
def test_a_channel_declares_what_it_can_carry(name: str) -> None:
    traits, outbound = channels.load(name).traits, channels.load(name).outbound

    assert traits.name == name
    assert traits.address_kind and traits.word_en and traits.word_ko and traits.icon and all(traits.colours)
    assert 0 < traits.text_limit <= LONGEST
    assert callable(getattr(outbound, "render_order", None) or outbound.render)


@pytest.mark.parametrize("name", NAMES)
def test_a_channel_has_samples(name: str) -> None:
    assert sum(of == name for of, _ in samples()) >= 5


@pytest.mark.parametrize(("name", "path"), SAMPLES)
def test_every_sample_is_understood_or_ignored_with_a_reason(name: str, path: Path) -> None:
    inbound, event = channels.load(name).inbound, raw(name, path.read_bytes().decode())
    told: list[object] = []

    for parse in (inbound.parse, inbound.parse_state):
        with suppress(Rejected):
            told.append(parse(event))

    assert told
    assert all(isinstance(one, (Arrival, StateUpdate, Ignored)) for one in told)
    assert all(one.reason for one in told if isinstance(one, Ignored))


@pytest.mark.parametrize(("name", "path"), SAMPLES)
def test_a_sample_cut_short_is_never_a_crash(name: str, path: Path) -> None:
    inbound, payload = channels.load(name).inbound, path.read_bytes().decode()

    for length in range(0, min(len(payload), 400), 7):
        for parse in (inbound.parse, inbound.parse_state):
            with suppress(Rejected):
                parse(raw(name, payload[:length]))


@pytest.fixture
def secret(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """A world in which every secret is known, and none signed what comes."""
    monkeypatch.setenv("PUBLIC_URL", PUBLIC_URL)
    monkeypatch.setenv("CHANNEL_SECRET_ID", "theirs")
    world.secrets.rotate("theirs", {"auth_token": "another", "account_sid": "AC1"})
    return world


def nothing_left(world: World) -> bool:
    return not world.inbox.events and not world.inbox.states and not world.meter.total("Accepted")


@pytest.mark.parametrize("name", WITH_WEBHOOK)
def test_what_is_not_proven_is_refused_and_leaves_nothing_behind(name: str, secret: World) -> None:
    answers = {handler(name)(event, None)["statusCode"] for event in lambda_events(name)}

    assert answers == {401}
    assert nothing_left(secret)


@pytest.mark.parametrize("name", WITH_WEBHOOK)
@pytest.mark.parametrize("body", [b"", b"\x00", b"{}", b"[" * 1000, b"\xff\xfe", b"=&=&=", b"a" * 1000])
def test_junk_at_a_webhook_is_refused_and_leaves_nothing_behind(
    name: str, body: bytes, secret: World
) -> None:
    junk = event_of(request(body, path=f"/webhooks/{name}", x_twilio_signature="x"))

    assert handler(name)(junk, None)["statusCode"] in (400, 401)
    assert nothing_left(secret)


@pytest.mark.parametrize("name", WITH_WEBHOOK)
def test_a_get_is_greeted_with_a_proof_or_not_at_all(name: str, secret: World) -> None:
    inbound = channels.load(name).inbound
    asked = replace(request(b"", path=f"/webhooks/{name}", query="hub.verify_token=guessed"), method="GET")

    status = handler(name)(event_of(asked), None)["statusCode"]

    assert status in ((401, 403, 405) if hasattr(inbound, "greet") else (405,))
    assert getattr(inbound, "UNPROVEN", 401) in (401, 403)
    assert nothing_left(secret)


def notices(name: str) -> list[dict[str, Any]]:
    """What AWS brings, from events/<channel>_notice/; for the channels of the tests from events/<name>/."""
    folder = EVENTS / f"{name}_notice" if name in NAMES else EVENTS / name
    return [json.loads(path.read_text()) for path in sorted(folder.iterdir())]


@pytest.mark.parametrize("name", BY_AWS)
def test_a_door_that_aws_feeds_says_how_its_notices_are_wrapped(name: str) -> None:
    inbound = BY_AWS[name]

    assert inbound.WRAPPING in notice.WRAPPINGS
    assert list(inspect.signature(inbound.cut).parameters) == ["notice"]
    assert notices(name)


@pytest.mark.parametrize("name", BY_AWS)
@pytest.mark.parametrize("missing", ["NOTICE_QUEUE_ARN", "NOTICE_SOURCES"])
def test_a_notice_is_taken_from_its_own_queue_and_its_own_sources_alone(
    name: str, missing: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters.settle(world, monkeypatch)
    monkeypatch.setenv(missing, "arn:aws:sqs:ap-northeast-2:000000000000:of-somebody-else")

    for event in notices(name):
        assert notice.receive(name, BY_AWS[name], event)["batchItemFailures"] == []

    assert nothing_left(world)
    assert world.meter.total("NoticesRefused")


@pytest.mark.parametrize("name", BY_AWS)
def test_a_door_that_is_not_told_its_queue_takes_nothing(name: str, world: World) -> None:
    for event in notices(name):
        assert notice.receive(name, BY_AWS[name], event)["batchItemFailures"]

    assert nothing_left(world)


@pytest.mark.parametrize("name", WITH_TICKET)
@pytest.mark.parametrize("query", [None, {}, {"ticket": ""}, {"ticket": "never-given"}])
def test_a_socket_without_a_ticket_is_not_opened(
    name: str, query: dict[str, str] | None, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALLOWED_ORIGINS", PUBLIC_URL)
    connect = {
        "headers": {"Origin": PUBLIC_URL},
        "queryStringParameters": query,
        "requestContext": {"routeKey": "$connect", "connectionId": "abc=", "requestId": "r1"},
    }

    assert handler(name)(connect, None)["statusCode"] == 403
    assert nothing_left(world)


@pytest.mark.parametrize("name", WITH_WEBHOOK)
def test_a_signed_request_delivered_twice_is_the_same_event(
    name: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbound = channels.load(name).inbound
    monkeypatch.setattr(inbound, "prove", lambda request, secret, public_url: None)
    monkeypatch.setenv("PUBLIC_URL", PUBLIC_URL)
    monkeypatch.setenv("CHANNEL_SECRET_ID", "known")
    world.secrets.rotate("known", {})
    event = lambda_events(name)[0]

    for request_id in ("first", "second"):
        event["requestContext"]["requestId"] = request_id
        assert handler(name)(event, None)["statusCode"] == 200

    first, second = world.inbox.events
    assert replace(second, acceptance=first.acceptance) == first
    assert second.acceptance != first.acceptance


WITH_FILES = [name for name in NAMES if channels.load(name).traits.media.hosts]


@pytest.mark.parametrize("name", WITH_FILES)
def test_who_hands_out_files_to_its_customers_alone_is_asked_with_credentials_that_the_fetcher_has(
    name: str,
) -> None:
    fetcher = resources()["MediaFetcher"]["Properties"]["Environment"]["Variables"]

    assert callable(channels.load(name).outbound.credentials)
    assert {f"{name.upper()}_SECRET_ID", f"{name.upper()}_API_URL"} <= set(fetcher)


WITH_PROVIDER = [name for name in NAMES if hasattr(channels.load(name).outbound, "interpret")]


@pytest.mark.parametrize("status", [500, 502, 503, 504])
@pytest.mark.parametrize("name", WITH_PROVIDER)
def test_a_server_that_broke_may_have_taken_it_so_nobody_sends_it_again(name: str, status: int) -> None:
    channel = channels.load(name)
    assert channel.outbound.interpret

    broken = channel.outbound.interpret(status, {} if channel.inbound.PROOF == "aws" else b"<html>")

    assert isinstance(broken, NoAnswer)


# ---------------------------------------------------------------- what goes out: files and questions

SECRETS = {
    "account_sid": "AC1",
    "auth_token": "secret",
    "from_number": "+15005550006",
    "thread_key": "a key of ours",
    "token": "secret",
}
FILE = b"%PDF-1.4 what was promised"


def an_entry(name: str, **more: Any) -> Entry:
    """An agent's message on this channel."""
    traits = channels.load(name).traits
    addresses = {"phone": "+821055500001", "email": "ana@example.test"}
    address = Address(traits.address_kind, addresses.get(traits.address_kind, "customer-1"))
    own = {"phone": "+15005550006", "email": "help@shop.example.test"}.get(traits.address_kind, "us")
    way = Way(name, address, reply_to=address.value, own_side=own)
    entry = Entry("C1", 7, "E7", NOON, Kind.MESSAGE_SENT, Audience.CUSTOMER, "agent:one", way=way)
    return replace(entry, **({"content": Content("Here it is")} | more))


def rendered(name: str, entry: Entry, files: tuple[str, ...] = ()) -> str:
    """Everything that leaves for this entry, as one text."""
    side = OtherSide(
        "https://api.example.test",
        PUBLIC_URL,
        files={key: f"https://bucket.example.test/{key}" for key in files},
        bodies=dict.fromkeys(files, FILE),
        own_side="help@shop.example.test",
    )
    call = channels.load(name).outbound.render(entry, SECRETS, side)
    if isinstance(call, Frame):
        return json.dumps(call.body, ensure_ascii=False)
    if isinstance(call, AwsCall):
        return _mail(call.parameters["Content"]["Raw"]["Data"])
    assert isinstance(call, HttpCall)
    return unquote_plus(call.body.decode())


def _mail(data: bytes) -> str:
    parts = list(message_from_bytes(data, policy=policy.default).walk())
    return "\n".join(str(part.get_content()) for part in parts if not part.is_multipart())


@pytest.mark.parametrize("name", SENDS)
def test_a_file_reaches_the_customer_as_the_channel_says_it_does(name: str) -> None:
    part = Part("receipt.pdf", "application/pdf", len(FILE), PartState.STORED, "media/C1/E7/0")
    media = channels.load(name).traits.media
    if not media.sizes and not media.by_link:
        return
    (by_link,) = goes_as_link(media, (part,), links=True)
    sent = replace(part, link="secret-end") if by_link else part
    entry = an_entry(name, content=Content("Here it is", (sent,)))

    told = rendered(name, entry, () if by_link else (part.key,))

    there = (f"bucket.example.test/{part.key}", str(FILE), FILE.decode())
    assert link_path(entry, 0) in told if by_link else any(one in told for one in there)


@pytest.mark.parametrize("name", NAMES)
def test_what_a_channel_says_of_files_is_no_contradiction(name: str) -> None:
    media = channels.load(name).traits.media

    assert bool(media.sizes) == bool(media.most)
    assert all(0 < size <= media.total for _, size in media.sizes)
    assert media.taken > 0


@pytest.mark.parametrize(("name", "path"), SAMPLES)
def test_a_file_that_came_waits_where_it_lies_or_says_why_it_was_not_taken(name: str, path: Path) -> None:
    inbound = channels.load(name).inbound
    try:
        told = inbound.parse(raw(name, path.read_bytes().decode()))
    except Rejected:
        return

    if isinstance(told, Arrival) and isinstance(told.what, Message):
        for part in told.what.content.parts:
            assert part.state in (PartState.WAITING, PartState.REFUSED)
            assert part.reason if part.state is PartState.REFUSED else part.source


@pytest.mark.parametrize("count", [1, 2, 3, 5, 10, 25])
@pytest.mark.parametrize("name", SENDS)
def test_every_choice_of_a_question_reaches_the_customer_and_can_be_answered(name: str, count: int) -> None:
    traits = channels.load(name).traits
    choices = tuple(Choice(f"c{n}", f"Delivery {n}") for n in range(1, count + 1))

    told = rendered(name, an_entry(name, content=Content("What about?"), choices=choices))

    assert all(choice.label in told for choice in choices)
    if shown_as(traits, choices) is Shown.NUMBERS:
        assert all(f"{n} {choice.label}" in told for n, choice in enumerate(choices, start=1))
        assert all(meant(choices, str(n)) is choice for n, choice in enumerate(choices, start=1))


@pytest.mark.parametrize("count", [1, 2, 9, 10, 25])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_choice_is_read_to_a_caller_with_its_keys_and_can_be_answered(
    language: str, count: int
) -> None:
    choices = tuple(Choice(f"c{n}", f"Delivery {n}") for n in range(1, count + 1))

    told = keys([one.label for one in choices], language)

    assert told.count("Delivery") == count
    for n, choice in enumerate(choices, start=1):
        assert key(choice.label, n, language) in told
        assert meant(choices, str(n)) is meant(choices, choice.label) is choice


# ---------------------------------------------------------------- when anything may go out


@pytest.mark.parametrize("name", NAMES)
def test_a_channels_window_opens_with_the_customer_and_closes_as_it_says(name: str) -> None:
    traits = channels.load(name).traits
    closed = Allowed.TEMPLATE_ONLY if traits.templates else Allowed.NEVER

    at_once, never_heard = window(traits, NOON, NOON), window(traits, None, NOON)

    assert traits.opens_window
    assert at_once.free_words
    assert never_heard.allowed == (Allowed.OPEN if traits.starts and not traits.window_hours else closed)
    if traits.window_hours:
        human = max(traits.human_window_hours, traits.window_hours)
        last_words = window(traits, NOON, NOON + timedelta(hours=human) - timedelta(seconds=1))
        assert last_words.a_persons_words and last_words.until
        assert window(traits, NOON, NOON + timedelta(hours=human)).allowed is closed


# ---------------------------------------------------------------- nothing is lost for being unknown

OPEN_VOCABULARY = [name for name in SENDS if name not in WITH_TICKET]


def seen(name: str, path: Path) -> list[Arrival | Ignored]:
    """What the router gets of a sample, by its door where AWS feeds it."""
    inbound = channels.load(name).inbound
    if path.suffix != ".eml":
        return [inbound.parse(raw(name, path.read_bytes().decode()))]
    return [
        inbound.parse(raw(name, piece.payload)) for piece in inbound.cut(a_letter(path.read_bytes())).events
    ]


def a_letter(mail: bytes) -> Notice:
    """A mail in the bucket, and SES's word of it."""
    return Notice("topic", RECEIVED, "inbound/m1", mail)


RECEIVED = json.dumps(
    {
        "notificationType": "Received",
        "mail": {"messageId": "m1", "source": "ana@example.test"},
        "receipt": {
            "recipients": ["help@shop.example.test"],
            "action": {"type": "S3", "objectKey": "inbound/m1"},
            "dmarcVerdict": {"status": "PASS"},
        },
    }
)


@pytest.mark.parametrize("name", OPEN_VOCABULARY)
def test_a_kind_of_message_that_nobody_knows_is_shown_all_the_same(name: str) -> None:
    unknown = sorted((EVENTS / name).glob("unknown_kind*"))

    assert unknown, f"events/{name}/unknown_kind.*: what a provider may send one day"
    for path in unknown:
        (arrival,) = seen(name, path)
        assert isinstance(arrival, Arrival) and isinstance(arrival.what, Message)
        assert arrival.what.text or arrival.what.content.parts


@pytest.mark.parametrize("name", CALLS)
def test_a_word_about_a_call_that_nobody_knows_is_set_aside_with_a_reason(name: str) -> None:
    """A caller has no messages: what they do comes as keys and words, and all else is about lines."""
    unknown = sorted((EVENTS / name).glob("unknown_kind*"))

    assert unknown, f"events/{name}/unknown_kind.*: what a carrier may tell one day"
    for path in unknown:
        (told,) = seen(name, path)
        assert isinstance(told, Ignored) and told.reason


@pytest.mark.parametrize("path", sorted((EVENTS / "email").glob("*.eml")), ids=lambda path: path.stem)
def test_every_mail_is_shown_or_ignored_with_a_reason(path: Path) -> None:
    (told,) = seen("email", path)

    if isinstance(told, Ignored):
        assert told.reason
    else:
        assert isinstance(told.what, Message)
        content = told.what.content
        assert content.text or content.parts or content.subject or content.quoted


# ---------------------------------------------------------------- any bytes, rightly proven

ANYTHING = settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])


def spoiled(folder: str) -> st.SearchStrategy[bytes]:
    """Any bytes, or a sample with any bytes in its middle: what is almost right reaches furthest."""
    files = [path.read_bytes() for path in sorted((EVENTS / folder).iterdir()) if path.is_file()]
    cuts = st.tuples(st.sampled_from(files), st.integers(0, 2000), st.binary(max_size=30), st.integers(0, 40))
    return st.binary(max_size=400) | cuts.map(lambda it: it[0][: it[1]] + it[2] + it[0][it[1] + it[3] :])


def understood(name: str, event: Raw) -> bool:
    """The router can take it, or set it aside by its name; it never breaks on it."""
    inbound = channels.load(name).inbound
    told = []
    for parse in (inbound.parse, inbound.parse_state):
        with suppress(Rejected):
            told.append(parse(event))
    return all(isinstance(one, (Arrival, StateUpdate, Ignored)) for one in told)


def fresh() -> World:
    made = World()
    wiring.reset()
    wiring.use(made.ports())
    made.secrets.rotate("known", SECRETS)
    return made


def nothing_is_lost(name: str, world: World, pieces: int) -> None:
    taken = [*world.inbox.events, *world.inbox.states]
    assert len(taken) == pieces
    assert all(understood(name, event) for event in taken)


@pytest.fixture
def proven(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever comes bears the right proof."""
    for name in WITH_WEBHOOK:
        monkeypatch.setattr(channels.load(name).inbound, "prove", lambda request, secret, public_url: None)
    monkeypatch.setenv("PUBLIC_URL", PUBLIC_URL)
    monkeypatch.setenv("CHANNEL_SECRET_ID", "known")
    monkeypatch.setenv("NOTICE_QUEUE_ARN", letters.QUEUE)
    monkeypatch.setenv("NOTICE_SOURCES", letters.SOURCES)
    monkeypatch.setenv("ALLOWED_ORIGINS", chat.SHOP)


@pytest.mark.usefixtures("proven")
@pytest.mark.parametrize("name", WITH_WEBHOOK)
def test_any_bytes_with_the_right_proof_are_kept_or_refused_and_never_break_the_door(name: str) -> None:
    inbound = channels.load(name).inbound

    @ANYTHING
    @given(spoiled(name))
    def any_bytes(body: bytes) -> None:
        world, asked = fresh(), request(body, path=f"/webhooks/{name}", x_twilio_signature="right")
        event = event_of(asked) | {"body": b64encode(body).decode(), "isBase64Encoded": True}

        status = handler(name)(event, None)["statusCode"]

        assert status in (200, 201, 202, 204, 400, 413)
        cut = inbound.cut(asked) if status < 300 else None
        nothing_is_lost(name, world, len(cut.events) + len(cut.states) if cut else 0)

    any_bytes()


@pytest.mark.usefixtures("proven")
def test_any_bytes_in_the_bucket_of_mails_are_a_message() -> None:
    @ANYTHING
    @given(spoiled("email"))
    def any_bytes(mail: bytes) -> None:
        world = fresh()
        world.notice_files.put("inbound/m1", mail)
        topic = letters.SOURCES.split(",")[0]

        answer = handler("email")(envelope(RECEIVED, topic, letters.QUEUE), None)

        assert answer["batchItemFailures"] == []
        nothing_is_lost("email", world, 1)

    any_bytes()


@pytest.mark.usefixtures("proven")
@pytest.mark.parametrize("name", BY_AWS)
def test_any_words_in_a_notice_are_understood_or_come_again(name: str) -> None:
    @ANYTHING
    @given(st.text(max_size=300) | spoiled(f"{name}_notice" if name in NAMES else name).map(repr))
    def any_words(word: str) -> None:
        world, topic = fresh(), letters.SOURCES.split(",")[0]

        answer = notice.receive(name, BY_AWS[name], envelope(word, topic, letters.QUEUE))

        kept = len(world.inbox.events) + len(world.inbox.states)
        assert not (answer["batchItemFailures"] and kept)

    any_words()


@pytest.mark.usefixtures("proven")
@pytest.mark.parametrize("name", WITH_TICKET)
def test_any_frame_of_a_visitor_is_answered_and_breaks_nothing(name: str) -> None:
    @ANYTHING
    @given(spoiled(name))
    def any_frame(frame: bytes) -> None:
        world = fresh()
        chat.connect(world)

        chat.say(frame.decode(errors="replace"))

        nothing_is_lost(name, world, len(world.inbox.events) + len(world.inbox.states))

    any_frame()
