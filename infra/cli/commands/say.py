"""Write to the centre as a customer would: say sms +821055500001 "Is anybody there?"

What a provider brings is its own request, signed with the centre's secret, through the front door. A mail
goes by SMTP to the centre on this machine: say email --from ana@example.test --file x.eml
"""

from argparse import ArgumentParser, Namespace

from infra.cli import mail
from infra.cli.answer import Answer, WrongUse
from infra.cli.place import add_place, find_place, local
from infra.cli.say_as import account as account_of
from infra.cli.web import ask
from infra.local.providers import Said, carried, fed, load

SUBJECT = "Written with patchbay say"


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("channel", choices=[traits.name for traits in (*carried(), *fed())])
    parser.add_argument("words", nargs="*", metavar="FROM TEXT", help="who writes (or --from), and what")
    parser.add_argument(
        "--from", dest="sender", default="", help="the customer's address (any text is tried)"
    )
    parser.add_argument("--id", default="", help="the provider's id of the message, to send it twice")
    parser.add_argument("--file", default="", metavar="X.EML", help="a whole mail, as it is")
    parser.add_argument("--subject", default=SUBJECT, help="of a mail")
    add_place(parser)


def run(given: Namespace) -> Answer:
    sender, text = _told(given)
    if given.channel in [traits.name for traits in fed()]:
        return _mailed(given, sender, text)
    place = find_place(given)
    stand_in = load(next(traits for traits in carried() if traits.name == given.channel))
    account = account_of(place, given.channel)
    made: Said = stand_in.said(account, place.address, sender, text, given.id)
    status, body = ask(place.address + made.path, made.body, dict(made.headers))
    document = {"status": status, "id": made.id, "body": body.decode(errors="replace")}
    said = "Accepted" if 200 <= status < 300 else f"Refused with {status}"
    return Answer(document, f"{said}: {made.id}", yes=200 <= status < 300)


def _told(given: Namespace) -> tuple[str, str]:
    """Who writes and what. Raises WrongUse where one is missing, or more is there than two words."""
    words = list(given.words)
    sender = given.sender or (words.pop(0) if words else "")
    if not sender or len(words) > 1 or not (words or given.file):
        raise WrongUse('Say who writes and what: say sms +821055500001 "Is anybody there?"')
    return sender, words[0] if words else ""


def _mailed(given: Namespace, sender: str, text: str) -> Answer:
    if given.stack:
        raise WrongUse(
            "A mail is taken by the centre on this machine; to a deployed one, write from a mailbox."
        )
    run = local().run
    if given.file:
        raw = mail.read(given.file)
    else:
        raw = mail.written(sender, mail.address(run), given.subject, text)
    refusal = mail.send(run, sender, raw)
    return Answer({"refusal": refusal, "from": sender}, refusal or f"Taken: {sender}", yes=not refusal)
