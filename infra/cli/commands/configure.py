"""Put the settings of centre.yaml into force: configure [FILE] [--stack NAME]; they hold within 10 seconds"""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from infra.cli.answer import Answer, CannotAnswer
from infra.cli.place import add_place, find_place
from infra.settings_file import PATH, WrongSettings, read_settings


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", type=Path, default=PATH, help="default: centre.yaml")
    add_place(parser)


def run(given: Namespace) -> Answer:
    from functions.channels import traits
    from shared.domain.errors import Refused
    from shared.edge.wiring import ports
    from shared.use_cases.configure import Configure

    try:
        told = read_settings(traits(), given.file)
    except WrongSettings as error:
        raise CannotAnswer(str(error)) from error
    find_place(given)
    try:
        version = Configure(ports().store)(told.centre, told.templates, told.flows)
    except Refused as refused:
        raise CannotAnswer(str(refused)) from refused
    centre, flows = told.centre, [flow.name for flow in told.flows]
    document = {"version": version, "name": centre.name, "zone": centre.zone, "flows": flows}
    with_flows = f", flows: {', '.join(flows)}" if flows else ""
    return Answer(
        document, f"Version {version} of the settings holds ({centre.name}, {centre.zone}{with_flows})."
    )
