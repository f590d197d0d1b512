"""A mail from the command line: to the server that the run file names, from a file or as it is typed."""

import asyncio
from argparse import ArgumentParser
from pathlib import Path

import mailparser
import pytest

from infra.cli import mail
from infra.cli.answer import CannotAnswer, WrongUse
from infra.cli.commands import say
from infra.local.providers.ses_book import ADDRESS
from tests.support.mail_server import Post, run

ANA = "ana@example.test"


def told(post: Post) -> dict[str, dict[str, str]]:
    return {"mail": {"server": f"127.0.0.1:{post.ses.smtp_port}", "address": ADDRESS}}


def sent(raw: bytes) -> Post:
    async def journey(post: Post) -> None:
        assert await asyncio.to_thread(mail.send, told(post), ANA, raw) == ""

    return run(journey)


def test_what_is_typed_becomes_a_mail_to_the_centre() -> None:
    (raw,) = sent(mail.written(ANA, ADDRESS, "주문", "안녕하세요")).objects.values()

    read = mailparser.parse_from_bytes(raw)
    assert (read.from_[0][1], read.subject, read.text_plain[0].strip()) == (ANA, "주문", "안녕하세요")
    assert read.message_id


def test_a_mail_in_a_file_goes_as_it_is_to_the_centre_whoever_it_was_written_to(tmp_path: Path) -> None:
    path = tmp_path / "x.eml"
    path.write_bytes(b"From: bo@example.test\nTo: somebody@elsewhere.example.test\nX-Odd: \xff\n\nHi\n")

    post = sent(mail.read(str(path)))

    assert list(post.objects.values()) == [path.read_bytes().replace(b"\n", b"\r\n")]
    assert f'"recipients": ["{ADDRESS}"]' in post.notices[0]


def test_a_mail_that_is_refused_is_said_to_be() -> None:
    async def journey(post: Post) -> None:
        post.fails = True
        raw = mail.written(ANA, ADDRESS, "x", "y")
        assert await asyncio.to_thread(mail.send, told(post), ANA, raw) == "Refused with 451"

    run(journey)


def test_a_centre_without_mails_says_so() -> None:
    with pytest.raises(CannotAnswer, match="takes no mails"):
        mail.address({"mail": None})


@pytest.mark.parametrize("line", ["email", "email hello", "email a@b.test x y", "sms --file /nowhere"])
def test_who_writes_and_what_must_be_said(line: str) -> None:
    parser = ArgumentParser()
    say.arguments(parser)

    with pytest.raises(WrongUse):
        say.run(parser.parse_args(line.split()))


def test_a_file_that_is_not_there_is_wrong_use() -> None:
    with pytest.raises(WrongUse, match="cannot be read"):
        mail.read("/nowhere/x.eml")


def test_a_head_that_no_mail_may_have_is_wrong_use() -> None:
    with pytest.raises(WrongUse, match="head"):
        mail.written(ANA, ADDRESS, "one\nBcc: all@example.test", "text")
