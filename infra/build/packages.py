"""Fetches the pinned packages for a target and lays each one out, compiled, in build/.packages/."""

import re
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

from infra.build.bundles import BUILD, ROOT, SERVICES
from infra.build.target import CannotBuild, Target, python

PINNED = re.compile(r"^([\w.-]+)==", re.MULTILINE)
# dist-info stays for the licences and for packages that ask for their own version.
JUNK = re.compile(
    r"(^|/)(tests?|examples|holidays/locale)/|\.dist-info/(RECORD|WHEEL|entry_points\.txt|top_level\.txt)$|\.pyi$"
)


def fetch(lists: tuple[str, ...], target: Target) -> Path:
    """A folder with every wheel of these lists, each proven by its hash; again only when a list changed."""
    folder = BUILD / ".wheels" / target.name
    stamp = folder / ".lists"
    if not stamp.exists() or stamp.read_text() != _state(lists):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        _download(lists, target, folder)
        stamp.write_text(_state(lists))
    return folder


def pinned(name: str) -> set[str]:
    """The packages of requirements/<name>.txt, as wheels spell them."""
    text = _list(name).read_text()
    return {match[1].lower().replace("-", "_") for match in PINNED.finditer(text)}


def laid_out(wheels: Path, target: Target) -> dict[str, Path]:
    """Package → its folder, for every wheel there."""
    return {_package(wheel): _unpacked(wheel, target) for wheel in wheels.glob("*.whl")}


def _list(name: str) -> Path:
    return ROOT / "requirements" / f"{name}.txt"


def _state(lists: tuple[str, ...]) -> str:
    return sha256(b"".join(_list(name).read_bytes() for name in lists)).hexdigest()


def _download(lists: tuple[str, ...], target: Target, folder: Path) -> None:
    wanted = [option for name in lists for option in ("--requirement", str(_list(name)))]
    whose = [] if target.platforms else ["--python", python()]
    pip = [sys.executable, "-m", "pip", *whose, "--quiet", "--disable-pip-version-check", "download"]
    exactly = ["--no-deps", "--require-hashes", "--only-binary=:all:", *target.pip_options()]
    done = subprocess.run(
        [*pip, *exactly, *wanted, "--dest", str(folder)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CannotBuild(
            f"The pinned packages for {target.name} cannot be fetched: {done.stderr.strip()[-500:]}"
        )


def _package(wheel: Path) -> str:
    return wheel.name.split("-")[0].lower()


def _unpacked(wheel: Path, target: Target) -> Path:
    """The package, unpacked once. Two builds at the same time each unpack for themselves; the first one stays."""
    folder = BUILD / ".packages" / target.name / _rules() / wheel.stem
    if not folder.exists():
        half = folder.with_name(f"{folder.name}.{os.getpid()}.half")
        shutil.rmtree(half, ignore_errors=True)
        with ZipFile(wheel) as archive:
            archive.extractall(half, members=list(_useful(archive)))
        compile_tree(half)
        _keep_first(half, folder)
    return folder


def _keep_first(half: Path, folder: Path) -> None:
    try:
        half.rename(folder)
    except OSError:
        if not folder.exists():
            raise
        shutil.rmtree(half)


def _rules() -> str:
    """Changes with what is kept of a package and with what compiles it."""
    return sha256("".join([JUNK.pattern, *sorted(SERVICES), python()]).encode()).hexdigest()[:12]


def _useful(archive: ZipFile) -> Iterator[str]:
    for name in archive.namelist():
        if ".data/" in name:
            continue  # scripts and headers
        if not JUNK.search(name) and _wanted_model(name):
            yield name


def _wanted_model(name: str) -> bool:
    """False for what botocore knows of services that we do not use, and for its examples."""
    parts = name.split("/")
    if parts[:2] != ["botocore", "data"] or len(parts) < 4:
        return True
    return parts[2] in SERVICES and not parts[-1].startswith("examples-")


def compile_tree(folder: Path) -> None:
    """Bytecode that is never checked against the source, naming the place where Lambda unpacks it."""
    how = ["-q", "--invalidation-mode", "unchecked-hash", "-s", str(folder), "-p", "/var/task"]
    subprocess.run([python(), "-m", "compileall", *how, str(folder)], check=True)
