"""Run the whole contact centre on this machine until Ctrl-C (what `make run` does)."""

import sys
from argparse import ArgumentParser, Namespace
from contextlib import redirect_stdout

from infra.cli.answer import Answer


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--empty", action="store_true", help="without the demo's week of synthetic past")


def run(given: Namespace) -> Answer:
    from infra.local.run import main  # serves until it is told to stop

    with redirect_stdout(sys.stderr if given.json else sys.stdout):
        code = main(["--empty"] if given.empty else [])
    if code:
        raise SystemExit(code)  # it has said why
    return Answer({"stopped": True}, "")
