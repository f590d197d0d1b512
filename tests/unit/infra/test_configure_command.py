"""`patchbay configure`: check, compare, apply, show, look back, take up again."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from infra.cli import main
from infra.cli.commands import configure
from infra.twins.world import World
from shared.domain.centre import Centre
from shared.domain.settings.document import Document
from shared.edge import wiring
from shared.use_cases.configure import Author
from shared.use_cases.settings.versions import Versions
from tests.support.configured import configure_of, configured

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    world = World()
    wiring.use(world.ports())
    monkeypatch.setattr(configure, "find_place", lambda _: None)
    return world


@pytest.fixture
def run(world: World, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: object) -> tuple[int, str, str]:
        code = main.main(["configure", *map(str, arguments)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    def file(text: str) -> Path:
        path = tmp_path / "centre.yaml"
        path.write_text(text)
        return path

    return file


def test_the_first_file_holds_without_more_ado(run: Run, file: Callable[..., Path], world: World) -> None:
    assert run(file("name: One")) == (0, "Version 1 of the settings holds (One, Asia/Seoul).\n", "")
    assert Versions(world.store).current().document.centre.name == "One"


def test_the_same_file_again_makes_no_new_version(run: Run, file: Callable[..., Path]) -> None:
    run(file("name: One"))

    assert run(file("name: One"))[1] == "Version 1 of the settings holds (One, Asia/Seoul).\n"


def test_a_file_that_names_no_version_changes_nothing_without_over(
    run: Run, file: Callable[..., Path], world: World
) -> None:
    run(file("name: One"))

    code, out, refused = run(file("name: Two"))

    assert (code, out) == (1, "")
    assert "centre: name One → Two" in refused and "`based_on: 1`" in refused
    assert run(file("name: Two"), "--over")[:2] == (
        0,
        "centre: name One → Two\nVersion 2 of the settings holds (Two, Asia/Seoul).\n",
    )


def test_a_file_that_names_the_version_in_force_is_applied(run: Run, file: Callable[..., Path]) -> None:
    run(file("name: One"))

    assert run(file("based_on: 1\nname: Two"))[0] == 0


def test_a_file_that_names_an_older_version_is_refused_with_what_changed_meanwhile(
    run: Run, file: Callable[..., Path], world: World
) -> None:
    run(file("name: One"))
    configured(world, Document(Centre(name="Other")))

    code, _, refused = run(file("based_on: 1\nname: Two"))

    assert code == 1 and "centre: name One → Other" in refused
    assert Versions(world.store).current().n == 2


def test_a_dry_run_says_what_would_change_and_writes_nothing(
    run: Run, file: Callable[..., Path], world: World
) -> None:
    run(file("name: One"))

    assert run(file("name: Two"), "--dry-run")[:2] == (0, "centre: name One → Two\n")
    assert run(file("name: One"), "--dry-run")[:2] == (0, "Nothing would change.\n")
    assert Versions(world.store).current().n == 1


def test_a_dry_run_of_an_older_version_taken_up_again_writes_nothing(
    run: Run, file: Callable[..., Path], world: World
) -> None:
    run(file("name: One"))
    run(file("name: Two"), "--over")

    assert run("--rollback", 1, "--dry-run") == (0, "centre: name Two → One\n", "")
    assert Versions(world.store).current().n == 2


def test_a_dry_run_of_a_stale_file_answers_no(run: Run, file: Callable[..., Path], world: World) -> None:
    run(file("name: One"))
    configured(world, Document(Centre(name="Other")))

    code, out, _ = run(file("based_on: 1\nname: Two"), "--dry-run")

    assert code == 1
    assert out.splitlines()[1] == "Changed meanwhile: centre: name One → Other"


def test_a_wrong_file_is_refused_with_line_and_sentence(run: Run, file: Callable[..., Path]) -> None:
    path = file("name: One\nqueues:\n  - {name: main, priority: 12}")

    assert run(path) == (1, "", f"{path}:3: The value is 12; it is a number from 1 to 9.\n")


def test_a_version_that_is_shown_can_be_applied_again(
    run: Run, file: Callable[..., Path], world: World
) -> None:
    run(file("name: One\nskills: [english]"))
    run(file("name: Two"), "--over")

    shown = run("--show", 1)[1]

    assert shown.startswith("based_on: 1\n")
    assert run("--show")[1].startswith("based_on: 2\n")
    assert run(file(shown.replace("based_on: 1", "based_on: 2")))[0] == 0
    versions = Versions(world.store)
    assert versions.of(3).document == versions.of(1).document


def test_the_history_tells_who_saved_what_and_when(run: Run, file: Callable[..., Path], world: World) -> None:
    run(file("name: One"))
    configure_of(world)(Document(Centre(name="Two", acw_seconds=30)), 1, Author("agent:boss", "Boss"))
    run("--rollback", 1)

    lines = run("--history")[1].splitlines()

    assert [line.split()[0] for line in lines] == ["3", "2", "1"]
    assert "Boss: centre: name One → Two; centre: acw seconds 60 → 30" in lines[1]
    assert "operator: takes up version 1 again; centre: name Two → One" in lines[0]
    told = json.loads(run("--history", "--json")[1])["items"]
    assert [(one["version"], one["of"], one["changed"]) for one in told] == [(3, 1, 2), (2, 0, 2), (1, 0, 0)]


def test_nothing_in_the_history_is_said_too(run: Run) -> None:
    assert run("--history")[1] == "Nothing was ever written.\n"


@pytest.mark.parametrize("option", ["--show", "--rollback"])
def test_a_version_that_never_was_is_answered_with_a_sentence(option: str, run: Run) -> None:
    assert run(option, 7) == (1, "", "There is no version 7 of the settings.\n")
