"""Give somebody a login, or demand an authenticator app of everybody.

staff add EMAIL --group agent [--group supervisor] [--name "Agent Seven"]
staff require-mfa --stack NAME [--off]
staff forget-mfa EMAIL

A deployed centre sends an invitation with a password to choose anew. The local one sends no mail and prints a
password. Who is there already gets the groups in addition.
With require-mfa, who has no app yet sets one up at the next login; --off asks only those who have one.
With forget-mfa, somebody whose phone is lost is not asked for its codes any more.
"""

import secrets
from argparse import ArgumentParser, Namespace
from typing import Any

from infra.cli.answer import Answer, WrongUse
from infra.cli.parameters import changed
from infra.cli.place import add_place, deployed, find_place

SAID = {
    "ON": "All staff log in with an authenticator app from now on. Who has none sets one up at the next one.",
    "OPTIONAL": "An authenticator app is asked for only of those who have one.",
}
GROUPS = ("agent", "expert", "supervisor", "admin", "auditor")


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("action", choices=("add", "require-mfa", "forget-mfa"))
    parser.add_argument("email", nargs="?", default="")
    parser.add_argument("--group", action="append", choices=GROUPS, help="may be repeated (default: agent)")
    parser.add_argument("--name", default="", help="what colleagues see (default: the address before the @)")
    parser.add_argument("--language", choices=("ko", "en"), default="", help="default: the browser's")
    parser.add_argument("--off", action="store_true", help="require-mfa: demand it no longer")
    add_place(parser)


def run(given: Namespace) -> Answer:
    actions = {"add": _add, "require-mfa": _require_mfa, "forget-mfa": _forget_mfa}
    return actions[given.action](given)


def _require_mfa(given: Namespace) -> Answer:
    if not given.stack or given.email:
        raise WrongUse("It is demanded of all staff of a deployed centre: staff require-mfa --stack NAME")
    place, wanted = deployed(given.stack), "OPTIONAL" if given.off else "ON"
    new = changed(place.client("cloudformation"), place.stack, {"StaffMfa": wanted})
    return Answer({"staff_mfa": wanted, "changed": new}, SAID[wanted])


def _forget_mfa(given: Namespace) -> Answer:
    _somebody(given)
    place, no = find_place(given), {"Enabled": False, "PreferredMfa": False}
    user = {"UserPoolId": place.output("UserPoolId"), "Username": given.email}
    place.client("cognito-idp").admin_set_user_mfa_preference(**user, SoftwareTokenMfaSettings=no)
    return Answer({"email": given.email}, f"{given.email} is not asked for codes of the old app any more.")


def _somebody(given: Namespace) -> None:
    if not given.email:
        raise WrongUse(f"Say whom: staff {given.action} EMAIL")


def _add(given: Namespace) -> Answer:
    _somebody(given)
    place = find_place(given)
    name, groups = given.name or given.email.partition("@")[0], given.group or ["agent"]
    client, pool = place.client("cognito-idp"), place.output("UserPoolId")
    known = _exists(client, pool, given.email)
    password = "" if known else _invite(client, pool, given.email, name, place.local)
    for group in groups:
        client.admin_add_user_to_group(UserPoolId=pool, Username=given.email, GroupName=group)
    agent_id = _hire(_sub(client, pool, given.email), name, given.language, given.email)
    how = "The login is the one they have." if known else "An invitation is on its way."
    document = {"id": agent_id, "email": given.email, "groups": groups, "known": known, "password": password}
    said = f"{given.email} may log in at {place.address}/desk ({', '.join(groups)})."
    return Answer(document, f"{said} {f'Password: {password}' if password else how}")


def _exists(client: Any, pool: str, email: str) -> bool:
    try:
        client.admin_get_user(UserPoolId=pool, Username=email)
    except client.exceptions.UserNotFoundException:
        return False
    return True


def _invite(client: Any, pool: str, email: str, name: str, local: bool) -> str:
    """Creates the login. Returns the password where no mail can carry it."""
    told = {"email": email, "email_verified": "true", "name": name}
    attributes = [{"Name": key, "Value": value} for key, value in told.items()]
    user = {"UserPoolId": pool, "Username": email}
    if not local:
        client.admin_create_user(**user, UserAttributes=attributes, DesiredDeliveryMediums=["EMAIL"])
        return ""
    password = f"Aa1-{secrets.token_urlsafe(12)}"
    client.admin_create_user(**user, UserAttributes=attributes, MessageAction="SUPPRESS")
    client.admin_set_user_password(**user, Password=password, Permanent=True)
    return password


def _sub(client: Any, pool: str, email: str) -> str:
    attributes = client.admin_get_user(UserPoolId=pool, Username=email)["UserAttributes"]
    return next(str(one["Value"]) for one in attributes if one["Name"] == "sub")


def _hire(sub: str, name: str, language: str, login: str) -> str:
    from functions import channels
    from shared.edge.wiring import ports
    from shared.use_cases.routing.add_staff import AddStaff

    add = AddStaff(ports().store, channels.now)
    return add(sub, name, language, "operator", login).id
