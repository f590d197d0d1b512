"""An agent says where calls ring them: calls are offered to them from then on. The number is not told."""

import pytest

from infra.twins.settings import FixedSettings
from shared.domain.calls import Calls
from shared.domain.centre import Centre
from shared.domain.errors import Refused
from shared.domain.routing.staff import Presence
from shared.domain.staffing import Member, Profile
from shared.domain.timeline.entry import Entry, Kind, Signals
from shared.use_cases.routing.add_staff import AddStaff
from shared.use_cases.routing.set_phone import SetPhone
from tests.support.rule_scene import RuleScene

MINE = "+821055500001"


def with_centre(scene: RuleScene, centre: Centre, *members: Member) -> RuleScene:
    scene.world.settings = FixedSettings(centre, members=members)
    return scene


def hired(calls: Calls | None = None) -> RuleScene:
    made = with_centre(RuleScene(), Centre(calls=calls or Calls()))
    made.hire()
    return made


def sets(scene: RuleScene, typed: str) -> str:
    return SetPhone(*scene.needs)("one", typed)


def lines(scene: RuleScene) -> list[Entry]:
    return [one for one in scene.all(Entry) if one.kind is Kind.AUDITED and "phone" in str(one.facts)]


def test_who_sets_a_phone_stands_in_the_pool_anew_and_wakes_it() -> None:
    scene = hired()

    assert sets(scene, "010-5550-0001") == MINE

    assert [seat.agent_id for seat in scene.seats()] == ["one"]
    assert scene.agent().free_since == scene.seats()[0].since
    assert lines(scene)[-1].signals == Signals("main", agent="one")


def test_the_line_says_that_a_phone_was_set_and_not_which() -> None:
    scene = hired()
    sets(scene, MINE)

    sets(scene, "")

    assert [one.facts["action"] for one in lines(scene)] == ["phone_set", "phone_removed"]
    assert "5550" not in str(lines(scene))


def test_the_same_phone_again_changes_nothing() -> None:
    scene = hired()
    sets(scene, MINE)
    before = scene.agent()

    sets(scene, " +82 10-5550-0001 ")

    assert scene.agent() == before


def test_who_is_away_gets_a_phone_and_no_seat() -> None:
    scene = hired()
    scene.presence(Presence.BREAK)

    sets(scene, MINE)

    assert scene.seats() == []
    assert lines(scene)[-1].signals == Signals()


@pytest.mark.parametrize("typed", ["kim", "119", "010-5550", "+881612345678", "060-700-1234", "+15005550006"])
def test_what_cannot_be_rung_or_costs_a_fortune_is_refused(typed: str) -> None:
    """Satellites, premium numbers and countries that the centre does not call: the settings may name them."""
    scene = hired()

    with pytest.raises(Refused, match="bad_phone"):
        sets(scene, typed)

    assert scene.agent().phone == ""


def test_an_address_of_an_exchange_may_be_set() -> None:
    assert sets(hired(), "sip:one@pbx.example.com") == "sip:one@pbx.example.com"


def test_where_the_settings_name_the_phone_the_agent_does_not() -> None:
    profile = Profile("all", ("main",))
    scene = with_centre(RuleScene(), Centre(profiles=(profile,)), Member("one@example.test", "all", (), MINE))
    scene.hire()
    AddStaff(*scene.needs)("one", "Agent One", login="one@example.test")

    with pytest.raises(Refused, match="phone_of_settings"):
        sets(scene, "010-5550-0002")


def test_a_centre_may_leave_it_to_its_administrators() -> None:
    with pytest.raises(Refused, match="own_phones_off"):
        sets(hired(Calls(own_phones=False)), MINE)


def test_the_browser_is_a_phone_where_the_centre_offers_it() -> None:
    assert sets(hired(Calls(browser=True)), "browser") == "client:one"
    with pytest.raises(Refused, match="browser_calls_off"):
        sets(hired(), "browser")
