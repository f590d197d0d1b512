"""What an operator does after the first deployment, for the demo centre: credentials and staff."""

import json
import secrets
from dataclasses import asdict, dataclass
from typing import Any

from infra.local.emulator import Emulator

FROM_NUMBER = "+15005550006"  # Twilio's own number for tests
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


@dataclass(frozen=True, slots=True)
class Account:
    """Our account at the stand-in provider."""

    account_sid: str
    auth_token: str
    from_number: str


def twilio_account(emulator: Emulator, outputs: dict[str, str]) -> Account | None:
    """The account in the secret; a new one in place of the empty one that a deployment begins with."""
    secret = outputs.get("SmsSecretId")
    if secret is None:
        return None
    client = emulator.client("secretsmanager")
    told = json.loads(client.get_secret_value(SecretId=secret)["SecretString"])
    if not told.get("account_sid"):
        told = asdict(Account(f"AC{secrets.token_hex(16)}", secrets.token_hex(16), FROM_NUMBER))
        client.put_secret_value(SecretId=secret, SecretString=json.dumps(told))
    return Account(told["account_sid"], told["auth_token"], told["from_number"])


def staff(emulator: Emulator, outputs: dict[str, str]) -> list[Login]:
    """Twice is once: who is there stays as they are."""
    cognito, pool = emulator.client("cognito-idp"), outputs["UserPoolId"]
    for email, (name, groups) in GROUPS.items():
        _hire(cognito, pool, email, name, groups)
    return [Login(email, PASSWORD, groups) for email, (_, groups) in GROUPS.items()]


def _hire(cognito: Any, pool: str, email: str, name: str, groups: tuple[str, ...]) -> None:
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
