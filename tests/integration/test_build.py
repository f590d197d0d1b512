"""The artifacts: every handler imports from its bundle under Python 3.13, with nothing else on the path."""

import ast
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.build.bundles import BUILD, BUNDLES, SERVICES
from infra.build.stage import Built, build
from infra.build.target import HERE, CannotBuild, python
from infra.local.template import resources
from tests.support.tree import modules

# -I -S: no user site, no site-packages, no PYTHON* variables, no working directory on the path.
IMPORT = """
import importlib, json, sys
sys.path.insert(0, sys.argv[1])
outcome = {}
for name in json.loads(sys.argv[2]):
    module, _, function = name.rpartition(".")
    try:
        outcome[name] = "" if callable(getattr(importlib.import_module(module), function)) else "not callable"
    except Exception as error:
        outcome[name] = f"{type(error).__name__}: {error}"
print(json.dumps(outcome))
"""
CLIENTS = """
import sys
sys.path.insert(0, sys.argv[1])
import botocore.session
session = botocore.session.Session()
for service in sys.argv[2:]:
    session.create_client(service, region_name="eu-west-1", aws_access_key_id="a", aws_secret_access_key="b")
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Built]:
    try:
        python()
    except CannotBuild as error:
        pytest.skip(str(error))
    # Beside the unpacked packages, so that hard links reach.
    folder = BUILD / "tested"
    return {one.bundle.name: one for one in build(HERE, folder)}


@pytest.mark.bundle
def test_every_handler_imports_from_its_artifact_with_nothing_else_on_the_path(
    built: dict[str, Built],
) -> None:
    outcomes = {
        name: _imported(one.folder, handlers) for name, handlers in _handlers() for one in [built[name]]
    }

    failed = {handler: why for outcome in outcomes.values() for handler, why in outcome.items() if why}
    assert failed == {}


@pytest.mark.bundle
def test_an_artifact_carries_the_models_of_the_services_it_may_reach(built: dict[str, Built]) -> None:
    _run(CLIENTS, str(built["worker"].folder), *sorted(SERVICES))


@pytest.mark.bundle
def test_every_artifact_is_small_and_compiled(built: dict[str, Built]) -> None:
    too_large = {name: one.megabytes for name, one in built.items() if not one.fits}
    bare = {name: _not_compiled(one.folder) for name, one in built.items()}

    assert too_large == {}
    assert {name: paths for name, paths in bare.items() if paths} == {}


@pytest.mark.bundle
def test_an_artifact_holds_neither_tests_nor_infra_nor_pages(built: dict[str, Built]) -> None:
    for one in built.values():
        top = {path.name for path in one.folder.iterdir()}

        assert top.isdisjoint({"infra", "tests", "events"})
        assert list((one.folder / "functions").rglob("web")) == []


def test_every_function_of_the_template_takes_a_bundle_that_is_built() -> None:
    named = {
        function["Properties"]["CodeUri"] for function in resources("AWS::Serverless::Function").values()
    }

    assert named <= {f"build/{bundle.name}" for bundle in BUNDLES}


def test_a_bundle_keeps_the_model_of_every_service_we_make_a_client_of() -> None:
    used = {
        name
        for module in modules()
        if module.path.startswith(("shared/", "functions/"))
        for name in _clients(module.tree)
    }

    assert used and used <= SERVICES


def _handlers() -> Iterator[tuple[str, list[str]]]:
    functions = [one["Properties"] for one in resources("AWS::Serverless::Function").values()]
    for bundle in BUNDLES:
        yield bundle.name, sorted({f["Handler"] for f in functions if f["CodeUri"] == f"build/{bundle.name}"})


def _imported(folder: Path, handlers: list[str]) -> dict[str, str]:
    """Handler → what went wrong, "" for nothing."""
    return dict(json.loads(_run(IMPORT, str(folder), json.dumps(handlers))))


def _run(program: str, *arguments: str) -> str:
    command = [python(), "-I", "-S", "-c", program, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True, env={}).stdout


def _not_compiled(folder: Path) -> list[str]:
    return [
        str(path.relative_to(folder))
        for path in folder.rglob("*.py")
        if not (path.parent / "__pycache__" / f"{path.stem}.cpython-313.pyc").exists()
    ]


def _clients(tree: ast.Module) -> Iterator[str]:
    """The services in `client("sqs")` and `_client("sqs")`."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and getattr(node.func, "id", getattr(node.func, "attr", "")).lstrip("_") == "client"
        ):
            yield from (
                a.value for a in node.args[:1] if isinstance(a, ast.Constant) and isinstance(a.value, str)
            )
