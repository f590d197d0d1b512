"""Twilio's own REST client talks with the stand-in: what it sends is understood, what it reads fits."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.support.twiml_house import ACCOUNT, AGENT, OWN, TOKEN, House, run

twilio = pytest.importorskip("twilio.rest")
HttpClient = pytest.importorskip("twilio.http.http_client").TwilioHttpClient
HOLDS = "<Response><Pause length='9999'/></Response>"


class Here(HttpClient):  # type: ignore[misc, valid-type]
    """The same requests, to the stand-in."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self._base = base

    def request(self, method: str, url: str, *given: Any, **more: Any) -> Any:
        return super().request(method, url.replace("https://api.twilio.com", self._base), *given, **more)


def with_client(journey: Callable[[House, Any], Awaitable[None]]) -> None:
    async def run_with(house: House) -> None:
        await journey(house, twilio.Client(ACCOUNT, TOKEN, http_client=Here(house.carrier.url)))

    run(run_with)


def test_a_call_is_placed_found_turned_recorded_and_ended() -> None:
    async def journey(house: House, client: Any) -> None:
        await house.ask("/control", {"number": AGENT, "behaviour": "answers"})
        made = await asyncio.to_thread(
            client.calls.create, to=AGENT, from_=OWN, twiml=HOLDS, timeout=20,
            status_callback=f"{house.url}/told", status_callback_event=["initiated", "answered", "completed"],
        )  # fmt: skip
        call = house.carrier.exchange.book.get(made.sid)
        assert call
        await house.until(lambda: call.heard.items)
        since = datetime.now(UTC) - timedelta(minutes=5)
        listed = await asyncio.to_thread(client.calls.list, to=AGENT, start_time_after=since)
        recording = await asyncio.to_thread(
            client.calls(made.sid).recordings.create, recording_channels="dual"
        )
        current = client.calls(made.sid).recordings("Twilio.CURRENT")
        paused = await asyncio.to_thread(current.update, status="paused", pause_behavior="silence")
        resumed = await asyncio.to_thread(current.update, status="in-progress")
        await asyncio.to_thread(client.calls(made.sid).update, twiml="<Response><Say>Bye</Say></Response>")
        await house.rung_out(call)
        ended = await asyncio.to_thread(client.calls(made.sid).fetch)
        deleted = await asyncio.to_thread(client.recordings(recording.sid).delete)

        assert (made.status, [one.sid for one in listed]) == ("queued", [made.sid])
        assert (recording.channels, paused.status, resumed.status) == (2, "paused", "in-progress")
        assert (ended.status, call.heard.words(), deleted) == ("completed", ["Bye"], True)
        told = [form["CallStatus"] for form in house.forms("/told")]
        assert told == ["initiated", "in-progress", "completed"]

    with_client(journey)


def test_a_refusal_is_one_of_twilios_errors() -> None:
    async def journey(house: House, client: Any) -> None:
        with pytest.raises(Exception, match="Invalid 'To' Phone Number") as refused:
            await asyncio.to_thread(client.calls.create, to="12", from_=OWN, twiml=HOLDS)

        assert (getattr(refused.value, "code", 0), getattr(refused.value, "status", 0)) == (21211, 400)

    with_client(journey)
