"""What `patchbay ledger` says of the nightly check."""

from infra.cli.commands.ledger import _told
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
