"""What a snooze offers, by the clock of the centre's zone."""

import pytest

from tests.support.node import needs_node, run

pytestmark = needs_node
SEOUL, BERLIN = "Asia/Seoul", "Europe/Berlin"


def offered(now: str, zone: str = SEOUL) -> dict[str, str]:
    script = f"""import {{ choices }} from "%/desk/lists/moments.js";
    say(choices(Date.parse("{now}"), "{zone}").map(([word, at]) => [word, new Date(at).toISOString()]));"""
    return dict(run(script))


def test_the_morning_is_that_of_the_centre() -> None:
    thursday_noon = offered("2026-03-05T03:00:00Z")

    assert thursday_noon == {
        "later": "2026-03-05T06:00:00.000Z",
        "tomorrow": "2026-03-06T00:00:00.000Z",
        "monday": "2026-03-09T00:00:00.000Z",
    }


@pytest.mark.parametrize("now", ["2026-03-05T06:30:00Z", "2026-03-05T14:30:00Z"])
def test_in_the_evening_there_is_no_later_today(now: str) -> None:
    assert "later" not in offered(now)


def test_on_a_monday_the_next_monday_is_a_week_away() -> None:
    assert offered("2026-03-09T03:00:00Z")["monday"] == "2026-03-16T00:00:00.000Z"


def test_a_change_of_the_clocks_moves_no_morning() -> None:
    assert offered("2026-03-28T12:00:00Z", BERLIN)["tomorrow"] == "2026-03-29T07:00:00.000Z"
    assert offered("2026-10-24T12:00:00Z", BERLIN)["tomorrow"] == "2026-10-25T08:00:00.000Z"


@pytest.mark.parametrize("at", ["2026-03-29T00:30:00Z", "2026-07-01T09:15:00Z", "2026-12-31T23:00:00Z"])
@pytest.mark.parametrize("zone", [SEOUL, BERLIN, "America/St_Johns"])
def test_what_the_field_shows_is_read_as_the_same_moment(at: str, zone: str) -> None:
    script = f"""import {{ asField, fromField }} from "%/desk/lists/moments.js";
    say(fromField(asField(Date.parse("{at}"), "{zone}"), "{zone}") - Date.parse("{at}"));"""

    assert run(script) == 0
