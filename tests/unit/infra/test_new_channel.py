"""A channel as it is laid out: complete, clean, and closed."""

import subprocess
import sys
from argparse import Namespace
from pathlib import Path

import pytest

from infra.cli.answer import CannotAnswer, WrongUse
from infra.cli.commands import new_channel
from tests.support.tree import ROOT


def laid_out(root: Path, name: str) -> list[str]:
    files = new_channel.run(Namespace(name=name, root=root)).document["files"]
    assert isinstance(files, list)
    return files


def test_a_channel_has_all_its_parts_and_a_test(tmp_path: Path) -> None:
    files = laid_out(tmp_path, "line")

    parts = {"__init__.py", "app.py", "inbound.py", "outbound.py", "README.md"}
    assert {f"functions/channels/line/{part}" for part in parts} < set(files)
    assert "tests/channels/test_line.py" in files
    assert all((tmp_path / file).exists() for file in files)


def test_what_is_laid_out_passes_the_lint(tmp_path: Path) -> None:
    laid_out(tmp_path, "google_chat")

    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    for check in (["check"], ["format", "--check"]):
        ruff = [sys.executable, "-m", "ruff", *check, "--no-cache", "."]
        done = subprocess.run(ruff, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout


def test_what_is_laid_out_refuses_everything(tmp_path: Path) -> None:
    laid_out(tmp_path, "line")
    words: dict[str, object] = {}

    exec((tmp_path / "functions/channels/line/inbound.py").read_text(), words)  # noqa: S102  # our own scaffold

    refusal: object = words["Untrusted"]
    assert isinstance(refusal, type)
    with pytest.raises(refusal):
        words["prove"](None, {}, "")  # type: ignore[operator]  # a function, read from a file


def test_a_channel_is_not_laid_out_over_another(tmp_path: Path) -> None:
    laid_out(tmp_path, "line")

    with pytest.raises(CannotAnswer):
        laid_out(tmp_path, "line")


@pytest.mark.parametrize("name", ["", "Line", "../etc", "1st", "two words"])
def test_a_name_that_is_no_folder_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(WrongUse):
        laid_out(tmp_path, name)
