"""A customer's message as the provider would post it, signed with the centre's secret."""

import json

from infra.cli.place import Place
from infra.cli.web import ask
from infra.local.providers import Account, Said, block, carried, load


def said_as(place: Place, channel: str, sender: str, text: str, id: str = "") -> tuple[int, str]:
    """The door's status and the message's id."""
    stand_in = load(next(traits for traits in carried() if traits.name == channel))
    made: Said = stand_in.said(account(place, channel), place.address, sender, text, id)
    status, _ = ask(place.address + made.path, made.body, dict(made.headers))
    return status, made.id


def account(place: Place, channel: str) -> Account:
    secret = place.output(f"{block(channel)}SecretId")
    answer = place.client("secretsmanager").get_secret_value(SecretId=secret)
    return dict(json.loads(answer["SecretString"]))
