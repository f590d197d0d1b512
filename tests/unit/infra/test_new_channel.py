"""A channel as it is laid out: complete, clean, and running, with no file edited but the template."""

import shutil
import subprocess
import sys
from argparse import Namespace
from pathlib import Path

import pytest

from infra.cli.answer import CannotAnswer, WrongUse
from infra.cli.commands import new_channel
from tests.support.tree import ROOT, files

NAME = "google_chat"
# What a person has to write, and the words by which `make check` says so.
LEFT = {"test_a_channel_has_all_its_parts": "inbound.py links the provider's page"}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole tree, with one channel more."""
    root = tmp_path_factory.mktemp("tree")
    for name in files():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, root / name)
    new_channel.run(Namespace(name=NAME, root=root))
    return root


def run(copy: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", *arguments]
    return subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)


def test_nothing_is_edited_but_the_template_which_only_grows(copy: Path) -> None:
    edited = [name for name in files() if (copy / name).read_bytes() != (ROOT / name).read_bytes()]

    before = (ROOT / "template.yaml").read_text().splitlines()
    after = iter((copy / "template.yaml").read_text().splitlines())
    assert edited == ["template.yaml"]
    assert all(line in after for line in before), "every line is still there, in its order"


def test_a_channel_has_all_its_parts_samples_a_stand_in_and_a_test(copy: Path) -> None:
    parts = {"__init__.py", "app.py", "channel.py", "inbound.py", "outbound.py", "README.md"}

    assert parts <= {path.name for path in (copy / "functions/channels" / NAME).iterdir()}
    assert len(list((copy / "events" / NAME).iterdir())) >= 5
    assert list((copy / f"events/{NAME}_webhook").iterdir())
    assert (copy / f"infra/local/providers/{NAME}.py").exists()
    assert (copy / f"tests/channels/test_{NAME}.py").exists()


def test_it_passes_lint_and_layout(copy: Path) -> None:
    for check in (["check"], ["format", "--check"]):
        done = run(copy, "ruff", *check, "--no-cache", ".")
        assert done.returncode == 0, done.stdout


def test_it_passes_what_is_asked_of_all_channels_save_for_what_a_person_has_to_write(copy: Path) -> None:
    asked = ["tests/contract/test_channels.py", f"tests/channels/test_{NAME}.py"]
    done = run(copy, "pytest", "-p", "no:cacheprovider", *asked)

    failed = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    unexpected = [line for line in failed if not any(name in line for name in LEFT)]
    assert done.returncode in (0, 1), done.stdout
    assert unexpected == [], done.stdout
    assert all(any(word in done.stdout for word in LEFT.values()) for _ in failed)


def test_the_rules_of_the_tree_hold_with_it(copy: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=copy, check=True)
    rules = ["test_layers.py", "test_tree.py", "test_channel_names.py", "test_pages.py"]
    done = run(copy, "pytest", "-p", "no:cacheprovider", *(f"tests/unit/repository/{one}" for one in rules))

    assert done.returncode == 0, done.stdout


def test_a_channel_is_not_laid_out_over_another(copy: Path) -> None:
    with pytest.raises(CannotAnswer):
        new_channel.run(Namespace(name=NAME, root=copy))


@pytest.mark.parametrize("name", ["", "Line", "../etc", "1st", "two words"])
def test_a_name_that_is_no_folder_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(WrongUse):
        new_channel.run(Namespace(name=name, root=tmp_path))
