"""Show what the stand-in provider received from the centre on this machine, newest last."""

from argparse import ArgumentParser, Namespace
from typing import Any

from infra.cli.answer import Answer
from infra.cli.place import local
from infra.cli.table import table
from infra.cli.web import ask_json
from infra.local.providers import carried, fed


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("channel", choices=[traits.name for traits in (*carried(), *fed())])


def run(given: Namespace) -> Answer:
    found = ask_json(f"{local().address}/local/{given.channel}/messages")
    messages: list[dict[str, Any]] = found["items"] if isinstance(found, dict) else found
    return Answer({"channel": given.channel, "items": messages}, _as_text(messages))


def _as_text(messages: list[dict[str, Any]]) -> str:
    if not messages:
        return "Nothing was sent."
    heads = list(messages[0])
    return table(heads, ([one.get(head, "") for head in heads] for one in messages))
