"""Write to the centre as a customer would: say sms +821055500001 "Is anybody there?"

The request is the provider's own, signed with the centre's secret, through the front door.
"""

from argparse import ArgumentParser, Namespace

from infra.cli.answer import Answer
from infra.cli.place import add_place, find_place
from infra.cli.say_as import account as account_of
from infra.cli.web import ask
from infra.local.providers import Said, carried, load


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("channel", choices=[traits.name for traits in carried()])
    parser.add_argument("sender", metavar="FROM", help="the customer's address (any text is tried)")
    parser.add_argument("text")
    parser.add_argument("--id", default="", help="the provider's id of the message, to send it twice")
    add_place(parser)


def run(given: Namespace) -> Answer:
    place = find_place(given)
    stand_in = load(next(traits for traits in carried() if traits.name == given.channel))
    account = account_of(place, given.channel)
    made: Said = stand_in.said(account, place.address, given.sender, given.text, given.id)
    status, body = ask(place.address + made.path, made.body, dict(made.headers))
    document = {"status": status, "id": made.id, "body": body.decode(errors="replace")}
    said = "Accepted" if 200 <= status < 300 else f"Refused with {status}"
    return Answer(document, f"{said}: {made.id}", yes=200 <= status < 300)
