"""What a telephone call costs at the carrier: `python -m infra.cost.calls`, or with your account's own prices
`TWILIO_ACCOUNT_SID=… TWILIO_AUTH_TOKEN=… python -m infra.cost.calls KR`.

A call has two legs, the caller's and the agent's; of each, minutes that were begun are billed
(https://support.twilio.com/hc/en-us/articles/223132307). Both are in one conference, and ring for nothing.
"""

import json
import math
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from urllib3 import PoolManager
from urllib3.util import make_headers

PRICE_API = "https://pricing.twilio.com/v2/Voice/Countries/"
MINUTE = 60


@dataclass(frozen=True, slots=True)
class CallPrices:
    """USD a begun minute: a caller's leg, an agent's leg to a phone, a leg's part in the conference, and the
    recording. `speech` is a Gather that listens for 15 seconds. `source` says whose word it is, and when.
    """

    inbound: float
    outbound: float
    conference: float
    recording: float
    speech: float
    source: str


# The price API asks for an account, and there was none: these are what others were billed and published.
UNITED_STATES = CallPrices(
    0.0085, 0.014, 0.0018, 0.0025, 0.02, "US local numbers as published by others in 2026, not the price API"
)


def begun(seconds: float) -> int:
    """Minutes that are billed."""
    return math.ceil(seconds / MINUTE)


def call(prices: CallPrices, waited: float, talked: float, recorded: bool = False, spoken: int = 0) -> float:
    """USD of one call in: so many seconds in menu and queue, so many with an agent on a telephone of theirs,
    and so many questions answered by voice.
    """
    caller, agent = begun(waited + talked), begun(talked)
    legs = prices.inbound * caller + prices.outbound * agent
    together = prices.conference * 2 * begun(talked) + (prices.recording * begun(talked) if recorded else 0)
    return legs + together + prices.speech * spoken


def thousand_minutes(prices: CallPrices, recorded: bool) -> float:
    """USD of a thousand minutes of talk in calls of three minutes and twenty seconds that waited for one."""
    waited, talked = 60.0, 200.0
    return 1000 * MINUTE / talked * call(prices, waited, talked, recorded)


def asked(country: str, account: str, token: str, api: str = PRICE_API) -> CallPrices:
    """The prices of a country as the price API tells this account; what it does not tell is as above. The
    cheapest way out counts, and numbers of the kind `local` come in, else the first. Raises ValueError with
    the API's own words.
    """
    headers = make_headers(basic_auth=f"{account}:{token}")
    answer = PoolManager().request(
        "GET", f"{api}{quote(country)}", headers=headers, timeout=10, retries=False
    )
    if answer.status != 200:
        raise ValueError(f"The price API answered {answer.status} for {country}.")
    told = json.loads(answer.data)
    usual, source = UNITED_STATES, f"price API, {told['country']}, {told['price_unit']}"
    out = [float(one["current_price"]) for one in told["outbound_prefix_prices"]]
    return CallPrices(_inbound(told), min(out), usual.conference, usual.recording, usual.speech, source)


def _inbound(told: Mapping[str, Any]) -> float:
    kinds = {one["number_type"]: float(one["current_price"]) for one in told["inbound_call_prices"]}
    return kinds.get("local", next(iter(kinds.values()), 0.0))


def told(prices: CallPrices) -> str:
    plain, recorded = thousand_minutes(prices, False), thousand_minutes(prices, True)
    return f"1,000 minutes of talk: ${plain:.2f}, recorded ${recorded:.2f} ({prices.source})"


if __name__ == "__main__":
    country = sys.argv[1] if len(sys.argv) > 1 else ""
    account = os.environ.get("TWILIO_ACCOUNT_SID", ""), os.environ.get("TWILIO_AUTH_TOKEN", "")
    sys.stdout.write(told(asked(country, *account) if country else UNITED_STATES) + "\n")
