"""The repository as files and as syntax trees, for the tests that keep its rules."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
OURS = frozenset({"functions", "shared", "infra", "tests"})


@dataclass(frozen=True, slots=True)
class Module:
    """`path` is relative to the root, with slashes."""

    path: str
    tree: ast.Module

    def imports(self) -> Iterator[str]:
        """Every module it imports, wherever in the file, those for type checking included."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from _named(node)

    def texts(self) -> Iterator[str]:
        """Every string in the code, comments excluded."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


@cache
def files() -> tuple[str, ...]:
    """What git holds or would take in, still there, relative to the root."""
    ask = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(ask, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return tuple(sorted(name for name in listed if (ROOT / name).is_file()))


@cache
def modules() -> tuple[Module, ...]:
    return tuple(
        Module(name, ast.parse((ROOT / name).read_text())) for name in files() if name.endswith(".py")
    )


def standard(module: str) -> bool:
    return module.partition(".")[0] in sys.stdlib_module_names


def within(module: str, packages: tuple[str, ...]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def _named(node: ast.ImportFrom) -> Iterator[str]:
    """`from shared.domain import ids` imports shared.domain.ids; `from x import name` is just x."""
    if node.level:
        raise AssertionError(f"line {node.lineno}: a relative import")
    source = node.module or ""
    for alias in node.names:
        inner = f"{source}.{alias.name}"
        is_module = source.partition(".")[0] in OURS and _exists(inner)
        yield inner if is_module else source


def _exists(module: str) -> bool:
    path = ROOT / module.replace(".", "/")
    return path.is_dir() or path.with_suffix(".py").exists()
