"""How a file is asked for: credentials for declared hosts, exceptions for numbers the operator gave."""

from collections.abc import Mapping
from types import SimpleNamespace

import pytest

from infra.twins.world import World
from shared.domain.channel.carriage import Basic
from shared.domain.channel.fetching import Wanted
from shared.domain.timeline.content import Part
from shared.domain.traits import LONGEST_FILE, Media, Traits
from shared.edge import reach

URL = "https://api.example.test/1"
GUARDED = Traits(
    "letter", "post", "Letter", "편지", "M0 0", ("#000000", "#ffffff"),
    media=Media(hosts=("api.example.test",), taken=1000),
)  # fmt: skip


def credentials(secret: Mapping[str, str]) -> Basic:
    return Basic("me", secret["word"])


CHANNEL = SimpleNamespace(credentials=credentials)


@pytest.fixture(autouse=True)
def secret(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LETTER_SECRET_ID", "letter-secret")
    world.secrets.rotate("letter-secret", {"word": "t0psecret"})


def asked(monkeypatch: pytest.MonkeyPatch, provider: str) -> Wanted:
    monkeypatch.setenv("LETTER_API_URL", provider)
    return reach.wanted(GUARDED, CHANNEL, Part(source=URL))


def test_a_file_is_asked_for_with_the_channels_credentials_hosts_and_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wanted = asked(monkeypatch, "")

    assert wanted == Wanted(URL, Basic("me", "t0psecret"), ("api.example.test",), (), 1000)


def test_a_provider_at_a_number_is_our_own_and_gets_them_too(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = asked(monkeypatch, "http://127.0.0.1:4010/")

    assert wanted.hosts == ("api.example.test", "http://127.0.0.1:4010")
    assert wanted.own == ("127.0.0.1",)


@pytest.mark.parametrize(
    "provider", ["https://api.example.test", "http://localhost:4010", "http://2130706433"]
)
def test_a_provider_at_a_name_is_never_our_own(monkeypatch: pytest.MonkeyPatch, provider: str) -> None:
    assert asked(monkeypatch, provider).own == ()


def test_a_channel_without_hosts_has_no_secret_to_give() -> None:
    open_to_all = Traits("fax", "post", "Fax", "팩스", "M0 0", ("#000000", "#ffffff"))

    assert reach.wanted(open_to_all, CHANNEL, Part(source=URL)) == Wanted(URL, longest=LONGEST_FILE)
