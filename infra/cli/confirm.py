"""Asking before something that costs or deletes."""

import sys

from infra.cli.answer import WrongUse


def confirmed(question: str, word: str, yes: bool) -> bool:
    """Whether the person typed the word. Without a terminal --yes must have been given."""
    print(question, file=sys.stderr)
    if yes:
        return True
    if not sys.stdin.isatty():
        raise WrongUse("Nobody is there to answer; say --yes if it shall happen.")
    print(f"\nType {word} to go on: ", end="", file=sys.stderr, flush=True)
    return input().strip() == word
