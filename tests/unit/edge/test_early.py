"""What is built in INIT: on Lambda alone, and never so that INIT fails."""

import ast
import io
from pathlib import Path

import pytest

from shared.edge import wiring
from shared.edge.early import SAYS_LAMBDA, early
from tests.support.tree import ROOT

APPS = [*sorted((ROOT / "functions").rglob("app.py")), ROOT / "infra/cli/scaffold/app.py.txt"]


@pytest.fixture
def on_lambda(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SAYS_LAMBDA, "on-demand")


def test_elsewhere_nothing_is_built_early(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SAYS_LAMBDA, raising=False)

    early("inbox", then=lambda: pytest.fail("it was not late"))

    assert "inbox" not in wiring.ports().__dict__


def test_on_lambda_what_is_named_is_there_before_the_first_event(
    on_lambda: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INBOUND_QUEUE_URL", "https://sqs.ap-northeast-2.amazonaws.com/1/inbound.fifo")
    done: list[str] = []

    early("inbox", "secrets", then=lambda: done.append("then"))

    assert {"clock", "inbox", "secrets"} <= set(wiring.ports().__dict__)
    assert done == ["then"]


def test_what_cannot_be_built_is_told_and_left_to_the_first_event(
    on_lambda: None, monkeypatch: pytest.MonkeyPatch, log: io.StringIO
) -> None:
    monkeypatch.delenv("INBOUND_QUEUE_URL", raising=False)

    early("inbox", "secrets")

    assert '"port":"inbox"' in log.getvalue().replace(" ", "")
    assert "secrets" in wiring.ports().__dict__


@pytest.mark.parametrize("app", APPS, ids=lambda app: app.parent.name)
def test_every_function_says_once_at_its_end_what_it_needs_early(app: Path) -> None:
    last = ast.parse(app.read_text().replace("$name", "some")).body[-1]

    assert isinstance(last, ast.Expr) and isinstance(last.value, ast.Call)
    assert isinstance(last.value.func, ast.Name) and last.value.func.id == "early"
