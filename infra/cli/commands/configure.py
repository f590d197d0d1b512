"""Put the settings of centre.yaml into force: configure [FILE] [--stack NAME]; they hold within 10 seconds

configure [FILE] [--dry-run] [--over]
configure --show [N]        the version in force, or version N, as a file that names it
configure --history         the newest versions: when, by whom, what changed
configure --rollback N      a new version with the settings of version N; --dry-run shows what would change

A file that says `based_on: N` is refused where another version holds by now, with what changed since.
One that names none is put over what holds with --over alone; the first version needs neither.
"""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from infra.cli.answer import Answer, CannotAnswer
from infra.cli.place import add_place, find_place
from infra.settings_file import PATH, Settings, WrongSettings, read_settings
from infra.settings_show import text_of
from shared.domain.centre import Config
from shared.domain.difference import Difference
from shared.domain.errors import Refused
from shared.domain.settings.said import told_difference, told_problem
from shared.domain.times import iso
from shared.use_cases.configure import Configure, Outlook
from shared.use_cases.settings.versions import Versions

IN_FORCE = -1
A_LINE = 3  # changes of a version that are told in the history


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", type=Path, default=PATH, help="default: centre.yaml")
    parser.add_argument("--dry-run", action="store_true", help="show what would change, and write nothing")
    parser.add_argument("--over", action="store_true", help="whatever holds now")
    parser.add_argument("--history", action="store_true", help="the newest versions")
    parser.add_argument(
        "--show", nargs="?", type=int, const=IN_FORCE, metavar="N", help="a version as a file"
    )
    parser.add_argument("--rollback", type=int, metavar="N", help="take up version N again")
    add_place(parser)


def run(given: Namespace) -> Answer:
    if given.history:
        return _history(given)
    if given.show is not None:
        return _show(given)
    return _roll_back(given) if given.rollback is not None else _apply(given)


def _apply(given: Namespace) -> Answer:
    from functions.channels import traits

    try:
        told = read_settings(traits(), given.file)
    except WrongSettings as error:
        raise CannotAnswer(str(error)) from error
    find_place(given)
    try:
        outlook = _configure().look(told.document, told.based_on)
        if given.dry_run:
            return _foreseen(outlook)
        if outlook.differences and outlook.n and told.based_on is None and not given.over:
            raise CannotAnswer(_names_none(outlook))
        return _done(_configure()(told.document, told.based_on), outlook, told)
    except Refused as refused:
        raise CannotAnswer(str(refused)) from refused


def _foreseen(outlook: Outlook) -> Answer:
    """Exit code 1 where the settings would be refused."""
    told = [told_difference(one) for one in outlook.differences]
    wrong = [told_problem(one) for one in outlook.problems]
    wrong += [f"Changed meanwhile: {told_difference(one)}" for one in outlook.meanwhile]
    document = {"version": outlook.n, "differences": told, "problems": wrong}
    return Answer(document, "\n".join([*(told or ["Nothing would change."]), *wrong]), yes=not wrong)


def _done(n: int, outlook: Outlook, told: Settings) -> Answer:
    centre, flows = told.document.centre, [flow.name for flow in told.document.flows]
    changes = [told_difference(one) for one in outlook.differences] if n > outlook.n > 0 else []
    document = {
        "version": n,
        "name": centre.name,
        "zone": centre.zone,
        "flows": flows,
        "differences": changes,
    }
    with_flows = f", flows: {', '.join(flows)}" if flows else ""
    said = f"Version {n} of the settings holds ({centre.name}, {centre.zone}{with_flows})."
    return Answer(document, "\n".join([*changes, said]))


def _names_none(outlook: Outlook) -> str:
    told = "\n".join(f"  {told_difference(one)}" for one in outlook.differences)
    return (
        f"Version {outlook.n} holds, and the file does not say which one it began from. It would change:\n"
        f"{told}\n"
        f"Write `based_on: {outlook.n}` into the file, or use --over. The settings are as before."
    )


def _history(given: Namespace) -> Answer:
    find_place(given)
    told = [_version(config) for config in _versions().history()]
    return Answer({"items": told}, "\n".join(map(_line, told)) or "Nothing was ever written.")


def _version(config: Config) -> dict[str, object]:
    changes: tuple[Difference, ...] = config.changes
    return {
        "version": config.n,
        "at": iso(config.at) if config.at else "",
        "by": config.name or config.by,
        "of": config.of,
        "changes": [told_difference(one) for one in changes],
        "changed": config.changed,
    }


def _line(told: dict[str, object]) -> str:
    again = f" takes up version {told['of']} again;" if told["of"] else ""
    changes = told["changes"]
    assert isinstance(changes, list)  # noqa: S101
    left = int(str(told["changed"])) - len(changes[:A_LINE])
    more = f"; {left} more" if left > 0 else ""
    said = f"{told['version']:>5}  {told['at']}  {told['by']}:{again} {'; '.join(changes[:A_LINE])}{more}"
    return said.rstrip(": ")


def _show(given: Namespace) -> Answer:
    find_place(given)
    try:
        version = _versions().current() if given.show == IN_FORCE else _versions().of(given.show)
    except Refused as refused:
        raise CannotAnswer(str(refused)) from refused
    text = text_of(version.document, version.n)
    return Answer({"version": version.n, "file": text}, text.rstrip())


def _roll_back(given: Namespace) -> Answer:
    find_place(given)
    try:
        if given.dry_run:
            return _foreseen(_configure().look(_versions().of(given.rollback).document))
        n = _configure().roll_back(given.rollback)
    except Refused as refused:
        raise CannotAnswer(str(refused)) from refused
    said = f"Version {n} of the settings holds; it takes up version {given.rollback} again."
    return Answer({"version": n, "of": given.rollback}, said)


def _configure() -> Configure:
    from functions.channels import traits
    from shared.edge.wiring import ports

    return Configure(ports().store, ports().clock, traits())


def _versions() -> Versions:
    from shared.edge.wiring import ports

    return Versions(ports().store)
