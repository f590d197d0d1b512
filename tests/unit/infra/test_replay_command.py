"""patchbay replay: from a day's raw files and a settings file to figures side by side."""

from argparse import Namespace
from datetime import timedelta
from pathlib import Path

import pytest

from infra.cli.answer import CannotAnswer
from infra.cli.commands import replay
from infra.local.demo.demo import seed_demo
from infra.settings_file import PATH
from infra.twins.world import World
from shared.edge import wiring


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    world = World()
    seed_demo(world.store, world.files, lambda raws: None, world.clock, {"a": "Ana", "b": "Ben"})
    wiring.use(world.ports())
    monkeypatch.setattr(replay, "find_place", lambda given: None)
    return world


def given(world: World, back: int, path: Path = PATH) -> Namespace:
    day = world.clock().date() - timedelta(days=back)
    return Namespace(day=day, config=path, seed=3)


def test_a_day_of_the_demos_week_is_shown_side_by_side_with_what_was_assumed(world: World) -> None:
    answer = replay.run(given(world, 2))

    assert answer.document["seed"] == 3
    assert {"recorded", "own", "other", "drawn"} <= set(answer.document)
    assert answer.text.splitlines()[1].split() == ["as", "it", "was", "replayed", "other", "settings"]
    assert "seed 3" in answer.text and "drawn from those who gave up that day" in answer.text


def test_a_day_without_contacts_has_nothing_to_replay(world: World) -> None:
    with pytest.raises(CannotAnswer, match="nothing to replay"):
        replay.run(given(world, 400))


def test_a_file_that_is_wrong_is_told_line_by_line(world: World, tmp_path: Path) -> None:
    wrong = tmp_path / "other.yaml"
    wrong.write_text("queues:\n  - name: main\n    colour: blue\n")

    with pytest.raises(CannotAnswer, match=r"other\.yaml"):
        replay.run(given(world, 2, wrong))
