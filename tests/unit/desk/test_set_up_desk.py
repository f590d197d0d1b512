"""An agent sets up their desk."""

from datetime import UTC, datetime

import pytest

from infra.twins.store import MemoryStore
from shared.domain.desk.inbox import SavedView
from shared.domain.errors import Malformed, Refused
from shared.use_cases.desk.set_up_desk import SetUpDesk

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
VIEW = SavedView("Refunds", "list=open&tag=refund")


def test_what_is_left_out_stays_as_it_is() -> None:
    set_up = SetUpDesk(MemoryStore())

    set_up("one", 0, views=[VIEW])
    desk = set_up("one", 1, told=["offers.sound"], seen_at=NOON)

    assert (desk.views, desk.told, desk.seen_at, desk.version) == ((VIEW,), ("offers.sound",), NOON, 2)


def test_two_windows_do_not_overwrite_each_other() -> None:
    set_up = SetUpDesk(MemoryStore())
    set_up("one", 0, views=[VIEW])

    with pytest.raises(Refused, match="stale_desk"):
        set_up("one", 0, views=[])

    assert set_up.of("one").views == (VIEW,)


def test_the_same_again_is_a_success() -> None:
    set_up = SetUpDesk(MemoryStore())

    first = set_up("one", 0, views=[VIEW])

    assert set_up("one", 0, views=[VIEW]) == first


def test_notices_that_were_seen_stay_seen() -> None:
    set_up = SetUpDesk(MemoryStore())
    set_up("one", 0, seen_at=NOON)

    assert set_up("one", 1, seen_at=NOON.replace(hour=3)).seen_at == NOON


@pytest.mark.parametrize(
    "views", [[VIEW, VIEW], [SavedView(" ", "")], [SavedView("x" * 61, "")], [SavedView("x", "q" * 501)]]
)
def test_views_have_short_names_of_their_own(views: list[SavedView]) -> None:
    with pytest.raises(Malformed):
        SetUpDesk(MemoryStore())("one", 0, views=views)
