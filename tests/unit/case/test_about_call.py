"""What a flow on the phone may ask of the centre."""

from dataclasses import replace

import pytest

from infra.twins.world import World
from shared.domain.case.about_call import about_call
from shared.domain.centre import Centre
from shared.domain.hours import Hours


@pytest.mark.parametrize("language", ["ko", "en", "fr"])
def test_the_hours_are_known_in_each_language_of_the_centre_and_in_that_of_the_caller(
    world: World, language: str
) -> None:
    told = about_call(language, replace(world.now(), centre=Centre()))

    assert told.languages[0] == language and told.calls and told.open
    assert told.hours == told.hours_in[language]
    assert (told.hours_in["ko"], told.hours_in["en"]) == ("지금 상담 시간입니다.", "We are open right now.")


def test_a_centre_that_is_closed_says_when_it_opens(world: World) -> None:
    closed = Centre(hours=Hours(weekly=("sun 03:00-03:01",)))

    told = about_call("en", replace(world.now(), centre=closed))

    assert not told.open and told.hours.startswith("We are closed right now.")
