"""Write to the centre as a customer would: say sms +821055500001 "Is anybody there?"

The request is the provider's own, signed with the centre's secret, through the front door.
"""

import json
import secrets
from argparse import ArgumentParser, Namespace
from urllib.parse import urlencode

from infra.cli.answer import Answer
from infra.cli.place import Place, add_place, find_place
from infra.cli.web import ask
from shared.domain.channel.request import Request
from shared.providers.twilio import signature, signed_strings

CHANNELS = ("sms",)
WEBHOOK = "/webhooks/sms"


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("channel", choices=CHANNELS)
    parser.add_argument("sender", metavar="FROM", help="the customer's number (any text is tried)")
    parser.add_argument("text")
    parser.add_argument("--id", help="the provider's id of the message, to send the same one twice")
    add_place(parser)


def run(given: Namespace) -> Answer:
    place = find_place(given)
    secret = _secret(place)
    form = _form(given, secret)
    status, body = _post(place.address, form, secret["auth_token"])
    document = {"status": status, "id": form["MessageSid"], "body": body.decode(errors="replace")}
    said = "Accepted" if 200 <= status < 300 else f"Refused with {status}"
    return Answer(document, f"{said}: {form['MessageSid']}", yes=200 <= status < 300)


def _secret(place: Place) -> dict[str, str]:
    answer = place.client("secretsmanager").get_secret_value(SecretId=place.output("SmsSecretId"))
    return dict(json.loads(answer["SecretString"]))


def _form(given: Namespace, secret: dict[str, str]) -> dict[str, str]:
    """What Twilio posts for an incoming message."""
    return {
        "MessageSid": given.id or f"SM{secrets.token_hex(16)}",
        "AccountSid": secret["account_sid"],
        "From": given.sender,
        "To": secret["from_number"],
        "Body": given.text,
        "NumMedia": "0",
        "ApiVersion": "2010-04-01",
    }


def _post(address: str, form: dict[str, str], token: str) -> tuple[int, bytes]:
    headers = {"content-type": "application/x-www-form-urlencoded"}
    request = Request("POST", WEBHOOK, "", headers, urlencode(form).encode(), "")
    proof = signature(token.encode(), next(signed_strings(request, address)))
    return ask(address + WEBHOOK, request.body, headers | {"x-twilio-signature": proof.decode()})
