"""Installing: a sentence for whatever is missing, and nothing at all the second time."""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from tests.support.tree import ROOT

OLD = "#!/bin/sh\ncase $1 in --version) echo Python 3.9.2;; *) exit 1;; esac\n"
WITHOUT_VENV = f"""#!/bin/sh
case "$*" in *"import venv"*) exit 1;; --version) echo Python 3.12.1;; *) exec {sys.executable} "$@";; esac
"""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """As much of a clone as installing looks at, with a list of one small package."""
    (tmp_path / "infra").mkdir()
    (tmp_path / "requirements").mkdir()
    shutil.copy(ROOT / "infra" / "install.sh", tmp_path / "infra")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "requirements" / "dev.txt").write_text(f"found-nowhere==1 --hash=sha256:{'0' * 64}\n")
    (tmp_path / "requirements" / "none.txt").write_text("")
    return tmp_path


def borrowing(folder: Path) -> None:
    """An environment that borrows our pip: making one of its own takes ten seconds."""
    venv.create(folder, symlinks=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    (packages / "ours.pth").write_text(sysconfig.get_path("purelib"))


def install(
    clone: Path, python: Path | str, *arguments: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    # no index but a closed port of this machine, no second try
    closed = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "0", "PIP_CONFIG_FILE": os.devnull}
    return subprocess.run(
        [clone / "infra" / "install.sh", *arguments],
        env={"PATH": os.environ["PATH"], "PYTHON": str(python)} | closed | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def program(folder: Path, text: str) -> Path:
    path = folder / "some-python"
    path.write_text(text)
    path.chmod(0o755)
    return path


def test_a_python_that_is_too_old_is_told_in_a_sentence(clone: Path) -> None:
    done = install(clone, program(clone, OLD))

    assert done.returncode == 1
    assert done.stderr.startswith("Patchbay needs Python 3.11 or newer")
    assert not (clone / ".venv").exists()


def test_a_python_without_venv_is_told_with_its_cure(clone: Path) -> None:
    done = install(clone, program(clone, WITHOUT_VENV))

    assert done.returncode == 1
    assert "python3-venv" in done.stderr
    assert "Traceback" not in done.stderr


def test_no_network_is_told_in_a_sentence(clone: Path) -> None:
    borrowing(clone / ".venv")

    done = install(clone, sys.executable)

    assert done.returncode == 1
    assert "cannot be fetched" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_finished_environment_is_left_alone_without_asking_any_network(clone: Path) -> None:
    borrowing(clone / ".venv-none")
    first = install(clone, sys.executable, ".venv-none", "requirements/none.txt")
    stamp = clone / ".venv-none" / ".installed"
    made = stamp.stat().st_mtime_ns

    second = install(clone, "/nowhere/python", ".venv-none", "requirements/none.txt")

    assert (first.returncode, second.returncode) == (0, 0)
    assert second.stderr == ""
    assert stamp.stat().st_mtime_ns == made
