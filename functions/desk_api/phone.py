"""The browser as an agent's telephone: a token of an hour, for this agent alone."""

from functions import channels
from functions.desk_api.api import TALKS_WITH_CUSTOMERS, api
from shared.domain.address.rung import client_name
from shared.domain.errors import Refused
from shared.edge.settings import environment
from shared.edge.staff import Caller
from shared.edge.wiring import ports
from shared.providers.twilio_token import LIFE, has_key, phone_token


@api.route("POST", "/me/phone-token", *TALKS_WITH_CUSTOMERS)
def token(caller: Caller) -> dict[str, str | int]:
    """Refused `browser_calls_off` (422) where the settings or the account do not offer it."""
    if not ports().settings.centre().calls.browser:
        raise Refused("browser_calls_off", status=422)
    secret = _secret()
    if not has_key(secret):
        raise Refused("browser_calls_off", status=422)
    made = phone_token(secret, caller.id, ports().clock())
    return {"token": made, "identity": client_name(caller.id), "expires_in": int(LIFE.total_seconds())}


def _secret() -> dict[str, str]:
    """Of the channel that carries calls; nothing where there is none, or it is off."""
    named = (environment.secret_of(one.name) for one in channels.traits().all if one.calls)
    at = next((secret_id for secret_id in named if secret_id), "")
    return dict(ports().secrets.get(at)) if at else {}
