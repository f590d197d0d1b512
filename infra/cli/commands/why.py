"""Show why a contact was offered to whom, or why it waits: why 7KQ2MZ (or a contact's id, or an address).

What nobody has any more is found by the facts of its day: today and the day before, or --day.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, timedelta

from infra.cli.answer import Answer, CannotAnswer
from infra.cli.days import as_day, today
from infra.cli.place import add_place, find_place
from infra.cli.why_text import told
from infra.simulation.facts import lines_of
from shared.domain.errors import Refused
from shared.domain.ids import case_number
from shared.domain.words.to_staff import sentence


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "contact", metavar="CONTACT_OR_CASE", help="a contact, a case or its number, a customer, an address"
    )
    parser.add_argument("--day", type=as_day, metavar="YYYY-MM-DD", help="the day of its facts")
    parser.add_argument("--language", choices=["en", "ko"], default="en", help="of the sentences")
    add_place(parser)


def run(given: Namespace) -> Answer:
    from functions import channels
    from shared.edge.wiring import ports
    from shared.use_cases.desk.see_why import SeeWhy

    find_place(given)
    customer_id, which = found(given.contact, given.day)
    contacts = SeeWhy(ports().store, channels.now)(customer_id, which, given.language)
    return Answer({"contacts": [asdict(one) for one in contacts]}, "\n\n".join(map(told, contacts)))


def found(name: str, day: date | None) -> tuple[str, str]:
    """Customer, and which of their contacts. Raises CannotAnswer."""
    from shared.edge.wiring import ports
    from shared.use_cases.desk.find_contact import FindContact

    try:
        return FindContact(ports().store, ports().settings)(name)
    except Refused as refused:
        of_facts = next(_by_facts(name, day), None)
        if of_facts is None:
            raise CannotAnswer(sentence(refused.code, "en")) from refused
        return of_facts, name


def _by_facts(name: str, day: date | None) -> Iterator[str]:
    from shared.edge.wiring import ports
    from shared.use_cases.report.read_raw import ReadRaw

    read = ReadRaw(ports().files)
    for one in [day] if day else [today(), today() - timedelta(days=1)]:
        for fact in lines_of(read(one)):
            case_id = fact["case_id"]
            if name in (fact["interaction_id"], case_id) or name.upper() == case_number(case_id):
                yield fact["customer_id"]
