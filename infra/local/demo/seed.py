"""What an operator does after the first deployment, for the demo centre: credentials and staff."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from infra.local.emulator import Emulator
from infra.local.providers import Account, block, load
from shared.domain.traits import Traits

GROUPS = {
    "agent1@example.test": ("Agent One", ("agent",)),
    "agent2@example.test": ("Agent Two", ("agent",)),
    "supervisor@example.test": ("Supervisor", ("agent", "supervisor")),
    "admin@example.test": ("Administrator", ("admin", "supervisor")),
}
# Printed, and only good on this machine's loopback.
PASSWORD = "Patchbay-Demo-1"  # noqa: S105  # printed at every start


@dataclass(frozen=True, slots=True)
class Login:
    email: str
    password: str
    groups: tuple[str, ...]

    def document(self) -> dict[str, Any]:
        return asdict(self) | {"groups": list(self.groups)}


def account(emulator: Emulator, outputs: dict[str, str], traits: Traits) -> Account | None:
    """What a channel's secret holds; a made-up account in place of the empty one a deployment begins with.

    None for a channel that is off.
    """
    secret = outputs.get(f"{block(traits.name)}SecretId")
    if secret is None:
        return None
    client = emulator.client("secretsmanager")
    told: dict[str, str] = json.loads(client.get_secret_value(SecretId=secret)["SecretString"])
    fresh: dict[str, str] = load(traits).account()
    if not all(told.get(name) for name in fresh):
        told = fresh
        client.put_secret_value(SecretId=secret, SecretString=json.dumps(told))
    return told


def staff(emulator: Emulator, outputs: dict[str, str]) -> list[Login]:
    """Twice is once: who is there stays as they are."""
    cognito, pool = emulator.client("cognito-idp"), outputs["UserPoolId"]
    for email, (name, groups) in GROUPS.items():
        hire(cognito, pool, email, name, groups)
    return [Login(email, PASSWORD, groups) for email, (_, groups) in GROUPS.items()]


def hire(cognito: Any, pool: str, email: str, name: str, groups: tuple[str, ...]) -> None:
    """A login with the demo password; who is there already stays as they are."""
    try:
        cognito.admin_get_user(UserPoolId=pool, Username=email)
        return
    except cognito.exceptions.UserNotFoundException:
        pass
    cognito.admin_create_user(
        UserPoolId=pool,
        Username=email,
        MessageAction="SUPPRESS",
        UserAttributes=[
            {"Name": "email", "Value": email},
            {"Name": "email_verified", "Value": "true"},
            {"Name": "name", "Value": name},
        ],
    )
    cognito.admin_set_user_password(UserPoolId=pool, Username=email, Password=PASSWORD, Permanent=True)
    for group in groups:
        cognito.admin_add_user_to_group(UserPoolId=pool, Username=email, GroupName=group)
