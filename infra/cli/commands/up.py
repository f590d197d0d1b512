"""Run the whole contact centre on this machine until Ctrl-C (what `make run` does)."""

from argparse import ArgumentParser, Namespace

from infra.cli.answer import Answer, CannotAnswer


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--empty", action="store_true", help="without the demo's week of synthetic past")


def run(given: Namespace) -> Answer:
    from infra.local.run import main  # serves until it is told to stop

    if code := main(["--empty"] if given.empty else []):
        raise CannotAnswer(f"The centre did not start (code {code}).")
    return Answer({"stopped": True}, "")
