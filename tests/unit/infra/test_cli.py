"""The command line itself: exit codes, JSON, sentences."""

import json
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from infra.cli import commands, main, place
from infra.cli.answer import Answer, CannotAnswer, NothingRuns, WrongUse
from infra.cli.table import table
from shared.domain.errors import Refused, TryAgain


@pytest.fixture(autouse=True)
def _nothing_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, "RUN_FILE", tmp_path / "run.json")


class Said:
    """A command that says or raises what it was given."""

    __doc__ = "Says something."

    def __init__(self, what: Answer | Exception) -> None:
        self.what = what

    def arguments(self, parser: ArgumentParser) -> None:
        """None."""

    def run(self, given: Namespace) -> Answer:
        if isinstance(self.what, Exception):
            raise self.what
        return self.what


def say(monkeypatch: pytest.MonkeyPatch, what: Answer | Exception, *options: str) -> int:
    monkeypatch.setattr(commands, "names", lambda: ["speak"])
    monkeypatch.setattr(commands, "load", lambda _: Said(what))
    return main.main(["speak", *options])


def test_what_is_refused_is_told_in_its_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert say(monkeypatch, Refused("no_customer", status=404)) == 1
    assert capsys.readouterr().err == "There is no such customer.\n"

    say(monkeypatch, Refused("no_version", "There is no version 7."))
    assert capsys.readouterr().err == "There is no version 7.\n"


@pytest.mark.parametrize(
    ("what", "code"),
    [
        (Answer({}, "done"), 0),
        (Answer({}, "no", yes=False), 1),
        (CannotAnswer("why"), 1),
        (TryAgain("the queue did not answer"), 1),
        (WrongUse("how"), 2),
        (NothingRuns("where"), 3),
    ],
)
def test_the_exit_code_tells_programs_what_the_words_tell_people(
    what: Answer | Exception, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert say(monkeypatch, what) == code


def test_json_is_one_document_on_standard_output(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    at = datetime(2026, 1, 31, 1, 2, 3, 4000, UTC)

    say(monkeypatch, Answer({"at": at, "text": "안녕"}, "for people"), "--json")

    assert json.loads(capsys.readouterr().out) == {"at": "2026-01-31T01:02:03.004Z", "text": "안녕"}


def test_an_error_is_a_sentence_on_standard_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    say(monkeypatch, CannotAnswer("The table is closed."), "--json")

    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "The table is closed.\n")


def test_a_mistake_of_ours_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ZeroDivisionError):
        say(monkeypatch, ZeroDivisionError())


def test_every_command_explains_itself_and_takes_json(capsys: pytest.CaptureFixture[str]) -> None:
    for name in commands.names():
        with pytest.raises(SystemExit):
            main.main([name, "--help"])

        assert "--json" in capsys.readouterr().out, name


@pytest.mark.parametrize(
    "line",
    [
        "stop",
        "say sms +821055500001 hello",
        "say email --from ana@example.test hello",
        "sent sms",
        "ledger",
        "logs",
        "redrive",
    ],
)
def test_a_command_that_needs_a_centre_says_that_none_runs(
    line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.main(line.split()) == 3
    assert "make run" in capsys.readouterr().err


@pytest.mark.parametrize(
    "line", ["", "fly", "say pigeon x y", "ledger --day tomorrow", "staff add a --group king"]
)
def test_wrong_use_is_told_apart(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as leaving:
        main.main(line.split())

    assert leaving.value.code == 2
    assert capsys.readouterr().err


def test_a_run_file_of_a_process_that_is_gone_counts_as_nothing() -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    place.RUN_FILE.write_text(json.dumps({"pid": gone.pid}))

    with pytest.raises(NothingRuns):
        place.local()


def test_half_a_run_file_counts_as_nothing() -> None:
    place.RUN_FILE.write_text('{"pid": 1')

    assert place.run_file() is None


def test_names_are_seen_as_the_functions_see_them() -> None:
    outputs = {"TableName": "t", "InboundDeadQueueUrl": "u"}

    assert place._variables(outputs) == {"TABLE_NAME": "t", "INBOUND_DEAD_QUEUE_URL": "u"}


def test_a_table_puts_words_left_and_numbers_right() -> None:
    assert (
        table(("channel", "n"), [("sms", 5), ("chat", 1200)]) == "channel     n\nsms         5\nchat     1200"
    )
