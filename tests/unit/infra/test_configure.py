from dataclasses import replace
from pathlib import Path

import pytest

from infra.local.demo.past import put_into_force
from infra.settings_file import WrongSettings, read
from infra.twins.world import World
from shared.adapters.centre import StoredSettings
from shared.domain.centre import Centre
from shared.domain.settings.document import Document
from shared.use_cases.configure import Author
from shared.use_cases.settings.versions import Versions
from tests.support.configured import configure_of, configured


def test_the_file_in_the_repository_is_the_demo_centre() -> None:
    assert read() == Centre()


def test_new_settings_hold_within_ten_seconds_and_the_old_version_stays() -> None:
    world = World()
    settings = StoredSettings(lambda: world.store, world.clock)
    assert settings.centre() == Centre()

    configured(world, replace(Centre(), name="Teahouse"))
    before = settings.centre().name
    world.clock.advance(10)

    assert (before, settings.centre().name) == (Centre().name, "Teahouse")


def test_the_same_settings_again_make_no_new_version() -> None:
    world = World()
    berlin = replace(Centre(), zone="Europe/Berlin")

    versions = [configured(world, centre) for centre in (Centre(), Centre(), berlin)]

    assert versions == [1, 1, 2]


def test_a_start_of_the_local_centre_applies_the_file_but_not_over_what_staff_saved() -> None:
    world = World()
    assert put_into_force(world.store) == put_into_force(world.store) == 1
    configured(world, replace(Centre(), name="By another file"))
    assert put_into_force(world.store) == 3

    saved = Document(replace(Centre(), name="On the page"))
    configure_of(world)(saved, author=Author("agent:boss", "Boss"))

    assert put_into_force(world.store) == 4
    assert Versions(world.store).current().document == saved


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("zon: Asia/Seoul", "no use for zon"),
        ("zone: Mars/Olympus", "no time zone"),
        ("offer_seconds: soon", "offer_seconds"),
        ("- a list", "must hold settings"),
        ("zone: [", "cannot be read"),
    ],
)
def test_a_wrong_file_is_answered_with_a_sentence(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "centre.yaml"
    path.write_text(text)

    with pytest.raises(WrongSettings, match=said):
        read(path)
