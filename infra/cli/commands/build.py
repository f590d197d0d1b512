"""Build the artifacts for AWS in build/ (python3.13, arm64), without a container.

--here builds the same for this machine in build/here/, to try them out.
"""

from argparse import ArgumentParser, Namespace

from infra.build.browser_phone import take_library
from infra.build.bundles import BUILD, MEGABYTE
from infra.build.stage import Built, build
from infra.build.target import HERE, LAMBDA, CannotBuild
from infra.cli.answer import Answer, CannotAnswer
from infra.cli.table import table


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--here", action="store_true", help="for this machine instead of Lambda's arm64")


def run(given: Namespace) -> Answer:
    try:
        built = build(HERE, BUILD / "here") if given.here else build(LAMBDA, BUILD)
    except CannotBuild as error:
        raise CannotAnswer(str(error)) from error
    phone = take_library()
    told = {"bundles": [_row(one) for one in built], "browser_phone": phone}
    return Answer(told, f"{_as_text(built)}\n{phone}", yes=all(one.fits for one in built))


def _row(one: Built) -> dict[str, object]:
    return {
        "bundle": one.bundle.name,
        "folder": str(one.folder),
        "files": one.files,
        "bytes": one.bytes,
        "limit_bytes": one.bundle.limit * MEGABYTE,
    }


def _as_text(built: list[Built]) -> str:
    lines = [(one.bundle.name, one.files, one.megabytes, one.bundle.limit) for one in built]
    too_large = [f"{one.bundle.name} is too large." for one in built if not one.fits]
    return "\n".join([table(("bundle", "files", "MB", "limit"), lines), *too_large])
