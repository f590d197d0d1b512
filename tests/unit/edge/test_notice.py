"""A door that AWS feeds: only what lies in its own queue and comes from its own sources is taken."""

import json
from types import SimpleNamespace
from typing import Any

import pytest

from infra.twins.world import World
from shared.domain.channel.request import Cut, Kept, Notice, Piece
from shared.domain.errors import TryAgain
from shared.edge import notice
from tests.support.letters import a_channel, settle
from tests.support.sqs import batch, failures
from tests.support.webhooks import lambda_event


@pytest.fixture(autouse=True)
def _letters(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    settle(world, monkeypatch)


def bring(*records: dict[str, Any], wrapping: str = "sns") -> list[str]:
    return failures(notice.receive("letter", a_channel(wrapping), batch(*records)))


def a_record(name: str, id: str = "n1") -> dict[str, Any]:
    told: dict[str, Any] = lambda_event(f"notice_{name}")["Records"][0]
    return told | {"messageId": id}


def test_what_a_topic_says_is_enqueued_and_counted(world: World) -> None:
    assert bring(a_record("sns/letter")) == []

    (event,) = world.inbox.events
    assert (event.channel, event.event_id, event.payload) == ("letter", "L1", "안녕하세요")
    assert event.acceptance == "n1.1.0.e0"
    assert world.meter.total("Accepted", channel="letter") == 1


@pytest.mark.parametrize(("wrapping", "name"), [("s3", "s3/letter"), ("sns", "sns/mail_in_bucket")])
def test_an_object_in_the_bucket_is_read_for_its_notice(wrapping: str, name: str, world: World) -> None:
    assert bring(a_record(name), wrapping=wrapping) == []

    assert [event.payload for event in world.inbox.events] == ["hello"]


FOREIGN = [
    ("sns", "sns/foreign_queue"),
    ("sns", "sns/foreign_topic"),
    ("sns", "sns/confirmation"),
    ("s3", "s3/foreign_bucket"),
    ("s3", "s3/foreign_queue"),
]


@pytest.mark.parametrize(("wrapping", "name"), FOREIGN)
def test_what_is_not_proven_is_counted_thrown_away_and_never_enqueued(
    wrapping: str, name: str, world: World
) -> None:
    assert bring(a_record(name), wrapping=wrapping) == []

    assert not world.inbox.events and not world.meter.total("Accepted")
    assert world.meter.total("NoticesRefused") == 1


def test_the_first_word_of_a_bucket_is_nothing(world: World) -> None:
    assert bring(a_record("s3/test"), wrapping="s3") == []

    assert not world.inbox.events and not world.meter.total("NoticesRefused")


@pytest.mark.parametrize("body", ["", "{}", "[]", "no json", '{"Type": "Notification"}', '{"Records": [1]}'])
@pytest.mark.parametrize("wrapping", notice.WRAPPINGS)
def test_what_nobody_understands_is_kept_for_the_dead_letters_and_hinders_no_other(
    body: str, wrapping: str, world: World
) -> None:
    good = a_record("sns/letter" if wrapping == "sns" else "s3/letter", "good")
    bad = good | {"messageId": "bad", "body": body}

    assert bring(bad, good, wrapping=wrapping) == ["bad"]

    assert len(world.inbox.events) == 1
    assert world.meter.total("NoticesNotUnderstood", channel="letter") == 1


def test_a_queue_that_does_not_answer_makes_only_that_record_come_again(world: World) -> None:
    world.inbox.refusing = 1

    assert bring(a_record("sns/letter", "first"), a_record("sns/letter", "second")) == ["first"]

    assert [event.acceptance for event in world.inbox.events] == ["second.1.0.e0"]


def test_a_letter_that_is_not_in_the_bucket_waits_for_somebody_to_look(world: World) -> None:
    gone = a_record("s3/letter")
    gone["body"] = gone["body"].replace("mail/L1", "mail/L2")

    assert bring(gone, wrapping="s3") == ["n1"]


def test_a_second_receive_is_an_acceptance_of_its_own(world: World) -> None:
    again = a_record("sns/letter")
    again["attributes"] = again["attributes"] | {"ApproximateReceiveCount": "2"}

    bring(a_record("sns/letter"), again)

    first, second = world.inbox.events
    assert first.event_id == second.event_id and first.acceptance != second.acceptance


def with_file(notice: Notice) -> Cut:
    return Cut((Piece("L1", "ana", "hello"),), files=(Kept("uploads/letter/1", b"photo", "image/png"),))


KEEPING = SimpleNamespace(WRAPPING="sns", cut=with_file)


def test_what_came_with_a_letter_lies_in_the_bucket_before_anybody_hears_of_it(world: World) -> None:
    world.inbox.refusing = 1

    assert failures(notice.receive("letter", KEEPING, batch(a_record("sns/letter")))) == ["n1"]

    assert not world.inbox.events
    assert (world.files.get("uploads/letter/1"), world.files.types) == (
        b"photo",
        {"uploads/letter/1": "image/png"},
    )


def test_a_bucket_that_takes_no_file_makes_the_notice_come_again_with_nothing_enqueued(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(key: str, body: bytes, content_type: str) -> None:
        raise TryAgain("the bucket did not take the file")

    monkeypatch.setattr(world.files, "put", full)

    assert failures(notice.receive("letter", KEEPING, batch(a_record("sns/letter")))) == ["n1"]
    assert not world.inbox.events and not world.meter.total("NoticesNotUnderstood")


def test_a_door_that_asks_gets_the_secret_as_it_is_and_as_it_was(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHANNEL_SECRET_ID", "ours")
    for word in ("old", "new"):
        world.secrets.rotate("ours", {"word": word})
    heard: list[str] = []

    def cut(one: Notice) -> Cut:
        heard.extend(secret["word"] for secret in one.secrets)
        return Cut()

    notice.receive("letter", SimpleNamespace(WRAPPING="sns", cut=cut), batch(a_record("sns/letter")))

    assert heard[:2] == ["new", "old"]


def test_a_notice_says_where_it_comes_from() -> None:
    heard: list[Notice] = []

    def cut(one: Notice) -> Cut:
        heard.append(one)
        return Cut()

    channel = SimpleNamespace(WRAPPING="sns", cut=cut)

    assert failures(notice.receive("letter", channel, batch(a_record("sns/letter")))) == []
    assert heard[0].source.endswith(":letters") and json.loads(heard[0].body)["id"] == "L1"
