"""The demo's past, written into the table of the centre that was just deployed."""

from infra.local.demo import seed_demo
from infra.local.emulator import Emulator
from shared.adapters.store import TableStore
from shared.edge.wiring import system_clock

ANSWERS = "agent"


def remember(emulator: Emulator, outputs: dict[str, str]) -> int:
    """The week before today, with the agents of the user pool; the answer is the number of items written."""
    store = TableStore(outputs["TableName"], lambda: emulator.client("dynamodb"))
    return seed_demo(store, system_clock, _agents(emulator, outputs["UserPoolId"]))


def _agents(emulator: Emulator, pool: str) -> dict[str, str]:
    """Names by the login's sub, which is the agent's id."""
    told = emulator.client("cognito-idp").list_users_in_group(UserPoolId=pool, GroupName=ANSWERS)["Users"]
    known = [{each["Name"]: each["Value"] for each in user["Attributes"]} for user in told]
    return {user["sub"]: user["name"] for user in sorted(known, key=lambda user: user["email"])}
