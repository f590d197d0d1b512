"""What every channel must have and do. Channels are found by their folders: a new one is asked at once."""

import inspect
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from functions import channels
from infra.local.template import resources
from infra.twins.world import World
from shared.domain.channel.arrival import Arrival, Ignored, StateUpdate
from shared.domain.channel.carriage import NoAnswer
from shared.domain.errors import Rejected
from shared.edge import notice
from shared.use_cases.case.reply_to_customer import LONGEST
from tests.support import letters
from tests.support.webhooks import EVENTS, PUBLIC_URL, event_of, raw, request

NAMES = channels.names()
PROOFS = {"signature", "secret", "ticket", "aws"}
WITH_WEBHOOK = [name for name in NAMES if channels.load(name).inbound.PROOF in ("signature", "secret")]
# A channel of the tests stands among those that AWS feeds, so that what is asked of them is asked today.
BY_AWS = {name: channels.load(name).inbound for name in NAMES if channels.load(name).inbound.PROOF == "aws"}
BY_AWS |= {"notice_sns": letters.a_channel("sns"), "notice_s3": letters.a_channel("s3")}
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
    assert callable(outbound.render)


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
