"""What a call costs at the carrier: two legs, begun minutes, and the account's own prices."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from hypothesis import given
from hypothesis import strategies as some

from infra.cost.calls import UNITED_STATES, CallPrices, asked, begun, call, thousand_minutes

PRICES = CallPrices(1.0, 10.0, 0.0, 100.0, 1000.0, "made up")
SECONDS = some.floats(0, 7200)


class PriceApi(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        known = self.headers.get("authorization", "").startswith("Basic ") and self.path == "/KR"
        body = {
            "country": "South Korea",
            "price_unit": "USD",
            "inbound_call_prices": [
                {"number_type": "toll free", "current_price": "0.16"},
                {"number_type": "local", "current_price": "0.01"},
            ],
            "outbound_prefix_prices": [{"current_price": "0.05"}, {"current_price": "0.03"}],
        }
        self.send_response(200 if known else 401)
        self.end_headers()
        self.wfile.write(json.dumps(body if known else {}).encode())

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def price_api() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), PriceApi)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(("seconds", "minutes"), [(0, 0), (1, 1), (60, 1), (60.5, 2), (78, 2)])
def test_a_minute_that_was_begun_is_billed(seconds: float, minutes: int) -> None:
    assert begun(seconds) == minutes


def test_the_callers_leg_is_billed_from_the_first_word_and_the_agents_from_the_first_of_theirs() -> None:
    assert call(PRICES, waited=50, talked=20) == 2 * 1 + 1 * 10


def test_a_recording_and_an_answer_by_voice_come_on_top() -> None:
    assert call(PRICES, 0, 90, recorded=True, spoken=1) == 2 * 1 + 2 * 10 + 2 * 100 + 1000


@given(SECONDS, SECONDS, SECONDS)
def test_who_talks_longer_never_pays_less(waited: float, talked: float, more: float) -> None:
    assert call(UNITED_STATES, waited, talked + more) >= call(UNITED_STATES, waited, talked)


def test_a_thousand_minutes_cost_more_than_their_bare_legs_as_begun_minutes_are_whole() -> None:
    assert thousand_minutes(UNITED_STATES, False) > 1000 * (UNITED_STATES.inbound + UNITED_STATES.outbound)


def test_the_account_s_own_prices_are_read(price_api: str) -> None:
    prices = asked("KR", "AC1", "token", price_api)

    assert (prices.inbound, prices.outbound) == (0.01, 0.03)
    assert prices.source == "price API, South Korea, USD"


def test_what_the_price_api_refuses_is_said(price_api: str) -> None:
    with pytest.raises(ValueError, match="401 for XX"):
        asked("XX", "AC1", "token", price_api)
