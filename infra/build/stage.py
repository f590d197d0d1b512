"""Puts a bundle together: hard links to the packages, copies of our own code, compiled."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from infra.build.bundles import BUNDLES, MEGABYTE, ROOT, Bundle
from infra.build.packages import compile_tree, fetch, laid_out, pinned
from infra.build.target import CannotBuild, Target

OURS = ("functions", "shared")
# Pages go to the bucket of pages; READMEs stay home.
NOT_SHIPPED = shutil.ignore_patterns("__pycache__", "web", "pages", "*.md", "*.pyc")


@dataclass(frozen=True, slots=True)
class Built:
    bundle: Bundle
    folder: Path
    files: int
    bytes: int

    @property
    def megabytes(self) -> float:
        return round(self.bytes / MEGABYTE, 1)

    @property
    def fits(self) -> bool:
        return self.bytes < self.bundle.limit * MEGABYTE


def build(target: Target, into: Path) -> list[Built]:
    """Builds every bundle, or raises CannotBuild with a sentence."""
    lists = tuple(dict.fromkeys(name for bundle in BUNDLES for name in bundle.lists))
    packages = laid_out(fetch(_widest(lists), target), target)
    return [_staged(bundle, packages, into / bundle.name) for bundle in BUNDLES]


def _widest(lists: tuple[str, ...]) -> tuple[str, ...]:
    """Lists without those that another one holds whole: pip refuses a package named twice."""
    return tuple(name for name in lists if not any(pinned(name) < pinned(other) for other in lists))


def _staged(bundle: Bundle, packages: dict[str, Path], folder: Path) -> Built:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for package in sorted(set().union(*(pinned(name) for name in bundle.lists))):
        _link(_found(package, packages), folder)
    _copy_ours(folder)
    return _measured(bundle, folder)


def _found(package: str, packages: dict[str, Path]) -> Path:
    if package not in packages:
        raise CannotBuild(f"{package} is pinned but no wheel of it was fetched; remove build/ and try again.")
    return packages[package]


def _link(package: Path, folder: Path) -> None:
    shutil.copytree(package, folder, copy_function=os.link, dirs_exist_ok=True)


def _copy_ours(folder: Path) -> None:
    """Compiled apart, so that the packages' bytecode is not written again."""
    ours = folder / ".ours"
    for name in OURS:
        shutil.copytree(ROOT / name, ours / name, ignore=NOT_SHIPPED)
    compile_tree(ours)
    for name in OURS:
        (ours / name).rename(folder / name)
    ours.rmdir()


def _measured(bundle: Bundle, folder: Path) -> Built:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return Built(bundle, folder, len(files), sum(path.stat().st_size for path in files))
