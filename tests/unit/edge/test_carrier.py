"""The way out: what a channel renders is performed, and the answer is read in the channel's words."""

from collections.abc import Mapping
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from infra.twins.clock import START
from infra.twins.world import World
from shared.domain.channel.carriage import (
    AwsAnswer,
    AwsCall,
    Failed,
    HttpAnswer,
    HttpCall,
    Later,
    NoAnswer,
    NotSent,
    OtherSide,
    Sent,
)
from shared.domain.errors import Rejected
from shared.domain.timeline.content import Content, Part
from shared.domain.timeline.entry import Audience, Entry, Kind
from shared.domain.traits import Traits
from shared.edge import carrier

OPEN = Traits("mail", "email", "Mail", "메일", "M0 0", ("#000000", "#ffffff"), secret=False)
ENTRY = Entry("C1", 1, "E1", START, Kind.MESSAGE_SENT, Audience.CUSTOMER, "agent:one")
MAIL = AwsCall("sesv2", "send_email", {"FromEmailAddress": "desk@example.test"})
POST = HttpCall("POST", "https://provider.example.test/send")


def a_channel(call: object) -> Any:
    """It takes what it is asked for as its own words."""

    def interpret(status: int, body: Any) -> object:
        return Sent(str(body)) if status < 300 else Failed(f"{status}")

    return SimpleNamespace(render=lambda entry, secret, other_side: call, interpret=interpret)


def test_a_call_to_aws_is_performed_there_and_its_answer_is_a_mapping(world: World) -> None:
    world.aws.outcomes = [AwsAnswer(200, {"MessageId": "M1"}), AwsAnswer(400, {"Code": "MessageRejected"})]

    assert carrier.carry(OPEN, a_channel(MAIL), ENTRY) == Sent("{'MessageId': 'M1'}")
    assert carrier.carry(OPEN, a_channel(MAIL), ENTRY) == Failed("400")
    assert (world.aws.calls, world.http.calls) == ([MAIL, MAIL], [])


def test_a_request_to_a_provider_is_performed_and_its_answer_is_bytes(world: World) -> None:
    world.http.outcomes = [HttpAnswer(200, b"ok")]

    assert carrier.carry(OPEN, a_channel(POST), ENTRY) == Sent("b'ok'")
    assert (world.aws.calls, world.http.calls) == ([], [POST])


@pytest.mark.parametrize("call", [MAIL, POST], ids=["aws", "http"])
def test_what_never_left_may_be_tried_again_and_what_was_not_answered_may_not(
    call: AwsCall | HttpCall, world: World
) -> None:
    world.aws.outcomes = [NotSent("no_connection"), NoAnswer("timeout")]
    world.http.outcomes = [NotSent("no_connection"), NoAnswer("timeout")]

    assert carrier.carry(OPEN, a_channel(call), ENTRY) == Later("no_connection")
    assert carrier.carry(OPEN, a_channel(call), ENTRY) == NoAnswer("timeout")


def test_a_secret_that_cannot_be_read_is_tried_again_and_nothing_left(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHANNEL_SECRET_ID", "unknown")

    assert isinstance(carrier.carry(replace(OPEN, secret=True), a_channel(POST), ENTRY), Later)
    assert world.http.calls == []


def test_what_cannot_be_sent_says_so(world: World) -> None:
    def render(entry: Entry, secret: Mapping[str, str], other_side: OtherSide) -> HttpCall:
        raise Rejected("too_long")

    with pytest.raises(Rejected, match="too_long"):
        carrier.carry(OPEN, SimpleNamespace(render=render, interpret=None), ENTRY)


def test_a_provider_gets_links_to_what_goes_as_a_file_and_to_nothing_else(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHANNEL_SECRET_ID", "secret")
    monkeypatch.setenv("PUBLIC_URL", "https://hooks.example.test")
    world.secrets.rotate("secret", {})
    told: list[OtherSide] = []
    channel = a_channel(POST)
    channel.render = lambda entry, secret, other_side: told.append(other_side) or POST  # type: ignore[func-returns-value]
    parts = (Part(key="media/C1/E1/0"), Part(key="media/C1/E1/1", link="0" * 26), Part(source="https://x"))

    carrier.carry(replace(OPEN, secret=True), channel, replace(ENTRY, content=Content("", parts)))

    assert [dict(each.files) for each in told] == [{"media/C1/E1/0": "memory:///media/C1/E1/0"}]
    assert "memory:" not in repr(told)


BY_AWS = Traits("mail", "email", "Mail", "메일", "M0 0", ("#000000", "#ffffff"), by_aws=True)


def test_aws_gets_the_files_themselves_and_what_the_template_says_of_sending(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBLIC_URL", "https://desk.example.test")
    monkeypatch.setenv("CHANNEL_OWN_SIDE", "help@mail.example.test")
    monkeypatch.setenv("CHANNEL_SENDS_WITH", "centre-mail")
    world.files.put("media/C1/E1/0", b"photo")
    parts = tuple(Part(key=f"media/C1/E1/{n}", link="x" if n == 1 else "") for n in range(3))

    told = carrier.other_side(BY_AWS, replace(ENTRY, content=Content("", parts)))

    assert told == OtherSide(
        "",
        "https://desk.example.test",
        {},
        {"media/C1/E1/0": b"photo"},  # one goes as a link, one is gone
        "help@mail.example.test",
        "centre-mail",
    )


def test_who_is_carried_how_decides_what_is_built_early() -> None:
    assert carrier.ports_of(BY_AWS) == ("secrets", "aws")
    assert carrier.ports_of(replace(BY_AWS, by_aws=False)) == ("secrets", "http")
    assert carrier.ports_of(replace(BY_AWS, by_aws=False, secret=False)) == ("chat_sockets",)
