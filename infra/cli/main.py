"""The entry of the console script: reads the arguments, runs one command, prints its answer.

Exit codes: 0 done, 1 the answer is no, 2 wrong use, 3 nothing runs there.
"""

import json
import os
import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from datetime import datetime

from infra.cli import access, commands
from infra.cli.answer import Answer, CannotAnswer
from shared.domain.errors import PatchbayError, Refused
from shared.domain.times import iso
from shared.domain.words.to_staff import sentence


def main(arguments: Sequence[str] | None = None) -> int:
    given = understood(arguments)
    access.settle_region()
    try:
        answer = commands.load(given.command).run(given)
        print_answer(answer, given.json)
    except CannotAnswer as error:
        return complain(error, error.code)
    except Refused as refused:
        return complain(in_words(refused))
    except PatchbayError as error:
        return complain(error)
    except KeyboardInterrupt:
        return 0
    except BrokenPipeError:  # `| head` has read enough; Python must not try again when it ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if not access.from_aws(error):
            raise
        refusal = access.refusal(error)
        return complain(refusal, refusal.code)
    return 0 if answer.yes else 1


def complain(why: object, code: int = 1) -> int:
    print(why, file=sys.stderr)
    return code


def in_words(refused: Refused) -> str:
    """Its own sentence, else the one that staff are told."""
    own = str(refused)
    return sentence(refused.code, "en", **refused.said("en")) if own == refused.code else own


def understood(arguments: Sequence[str] | None) -> Namespace:
    """argparse takes a command's words from before its first option alone; those behind one are added."""
    whole = parser()
    given, left = whole.parse_known_args(arguments)
    if left and (not hasattr(given, "words") or any(word.startswith("-") for word in left)):
        whole.error(f"unrecognized arguments: {' '.join(left)}")
    if left:
        given.words += left
    return given


def parser() -> ArgumentParser:
    whole = ArgumentParser(prog="patchbay", description="Run and operate a Patchbay contact centre.")
    one_of = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in commands.names():
        command = commands.load(name)
        description = command.__doc__ or ""
        one = one_of.add_parser(
            name,
            help=description.splitlines()[0].rstrip("."),
            description=description,
            formatter_class=RawDescriptionHelpFormatter,
        )
        one.add_argument("--json", action="store_true", help="one JSON document on standard output")
        command.arguments(one)
    return whole


def print_answer(answer: Answer, as_json: bool) -> None:
    if as_json:
        print(json.dumps(answer.document, ensure_ascii=False, default=_plain), flush=True)
    elif answer.text:
        print(answer.text, flush=True)


def _plain(value: object) -> str:
    """Moments as everywhere else; days, paths and the like as their text."""
    return iso(value) if isinstance(value, datetime) else str(value)


if __name__ == "__main__":
    sys.exit(main())
