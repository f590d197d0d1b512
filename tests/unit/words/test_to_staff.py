"""Nobody is refused with a bare word."""

import ast
from collections.abc import Iterator

import pytest

from shared.domain.words.to_staff import SENTENCES, sentence
from tests.support.tree import modules


def refusals() -> Iterator[str]:
    """Every code that is written down where something is refused."""
    for module in modules():
        if module.path.startswith(("shared/", "functions/")):
            yield from (str(value) for node in ast.walk(module.tree) for value in _code(node))


def _code(node: ast.AST) -> Iterator[object]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refused":
        yield from (given.value for given in node.args[:1] if isinstance(given, ast.Constant))


def test_every_refusal_has_a_sentence() -> None:
    assert {"offer_gone", "not_owner"} <= set(refusals()) <= set(SENTENCES)


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_sentence_is_one_in_both_languages(code: str) -> None:
    for language in ("ko", "en"):
        words = sentence(code, language, request="R1")
        assert words.endswith((".", "R1")), words


def test_who_reads_neither_gets_english() -> None:
    assert sentence("empty", "fr") == "Write something first."
