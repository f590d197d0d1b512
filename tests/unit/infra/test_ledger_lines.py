"""What `patchbay ledger` says of the day, and of the nightly check."""

from datetime import UTC, date, datetime

from infra.cli.commands.ledger import _as_text, _told
from shared.domain.channel.ledger import balance
from shared.domain.channel.receipt import Mark, Outcome, Tally
from shared.domain.report.checkpoint import Checked


def test_a_check_that_is_done_says_what_it_found() -> None:
    assert _told(Checked("2026-03-03", 7, 1, 16, 0, True)) == [
        "Check of the night of 2026-03-03: 7 facts looked at, 1 announced again; done."
    ]


def test_a_check_under_way_says_how_far_it_is() -> None:
    (line,) = _told(Checked("2026-03-03", 7, 1, 16, 5, False))

    assert line.endswith("5 of 16 parts are left.")


def test_without_a_check_nothing_is_said() -> None:
    assert _told(None) == []


DAY, AT = date(2026, 3, 2), datetime(2026, 3, 2, 3, tzinfo=UTC)
NEVER = Mark(str(DAY), "sms", Outcome.NEVER_COUNTED, "A1B2C3D4", "", "counted_by_no_door", AT, AT)


def test_what_was_never_counted_has_its_own_sentence_and_adds_up() -> None:
    said = _as_text(balance(DAY, {"sms": 1}, [Tally(str(DAY), "sms", handled=2)], [NEVER], 0))

    assert "Handled but never counted: 1." in said
    assert "by the sum alone" not in said
    assert said.endswith("It adds up.")


def test_what_is_lost_is_said_though_as_many_were_never_counted() -> None:
    said = _as_text(balance(DAY, {"sms": 2}, [Tally(str(DAY), "sms", handled=2)], [NEVER], 0))

    assert "Handled but never counted: 1." in said
    assert "It does NOT add up: 1 lost." in said


def test_what_the_sum_alone_tells_of_is_said_to_be_no_proof() -> None:
    said = _as_text(balance(DAY, {}, [Tally(str(DAY), "sms", handled=2)], [], 0))

    assert "2 of them are known by the sum alone" in said
