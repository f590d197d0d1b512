"""The carrier's REST interface for calls, and what it tells of their states."""

import asyncio
from typing import Any

import pytest
from aiohttp import BasicAuth, ServerDisconnectedError

from infra.local.providers import kit
from tests.support.twiml_house import ACCOUNT, AGENT, CALLER, OWN, House, run

ALL = ("initiated", "ringing", "answered", "completed")
HI = "<Response><Say>Third call</Say></Response>"


async def placed(house: House, to: str = AGENT, **more: str) -> tuple[int, Any]:
    form = {"To": to, "From": OWN, "Twiml": HI, "StatusCallback": f"{house.url}/told?t=x", "Timeout": "600"}
    wanted = [*(form | more).items(), *(("StatusCallbackEvent", event) for event in ALL)]
    return await house.rest("POST", "Calls.json", [pair for pair in wanted if pair[1]])


def states(house: House) -> list[tuple[str, str]]:
    return [(form["CallStatus"], form["SequenceNumber"]) for form in house.forms("/told")]


def test_a_placed_call_rings_until_somebody_picks_up_and_every_state_is_told() -> None:
    async def journey(house: House) -> None:
        status, made = await placed(house)
        await house.until(lambda: len(states(house)) == 2)
        _, ringing = await house.ask(f"/calls?number={AGENT}".replace("+", "%2B"))
        await house.ask("/pick_up", {"call_sid": made["sid"]})
        call = house.carrier.exchange.book.get(made["sid"])
        assert call
        await house.rung_out(call)

        assert (status, made["status"], made["direction"], made["to"]) == (
            201,
            "queued",
            "outbound-api",
            AGENT,
        )
        assert [one["rings"] for one in ringing["items"]] == [True]
        assert call.heard.words() == ["Third call"]
        assert states(house) == [
            ("initiated", "0"),
            ("ringing", "1"),
            ("in-progress", "2"),
            ("completed", "3"),
        ]
        assert {form["t"] for form in house.forms("/told")} == {"x"}

    run(journey)


@pytest.mark.parametrize(("act", "status"), [("decline", "busy"), ("hang_up", "canceled"), ("", "no-answer")])
def test_a_call_that_nobody_takes_says_how_it_ended(act: str, status: str) -> None:
    async def journey(house: House) -> None:
        _, made = await placed(house, Timeout="600" if act else "2")
        call = house.carrier.exchange.book.get(made["sid"])
        assert call
        await house.until(lambda: call.status != "queued")
        if act:
            await house.ask(f"/{act}", {"call_sid": call.sid})
        await house.rung_out(call)

        assert (states(house)[-1], call.heard.words()) == ((status, "2"), [])
        assert house.forms("/told")[-1]["CallDuration"] == "0"

    run(journey)


@pytest.mark.parametrize("behaviour", ["busy", "no-answer", "failed"])
def test_the_far_end_can_be_ordered_to_behave(behaviour: str) -> None:
    async def journey(house: House) -> None:
        await house.ask("/control", {"number": AGENT, "behaviour": behaviour, "times": 1})
        _, made = await placed(house)
        call = house.carrier.exchange.book.get(made["sid"])
        assert call
        await house.rung_out(call)

        assert states(house)[-1][0] == behaviour

    run(journey)


ORDERED = {
    "in_order": ["0", "1", "2", "3"],
    "reordered": ["1", "0", "3", "2"],
    "doubled": ["0", "0", "1", "1", "2", "2", "3", "3"],
    "silent": [],
    "late": ["0", "1", "2", "3"],
    "answers": ["0", "1", "2", "3"],
}


@pytest.mark.parametrize("manner", ORDERED)
def test_callbacks_come_as_they_were_ordered(manner: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kit, "LATE", 0.05)

    async def journey(house: House) -> None:
        await house.ask("/control", {"number": AGENT, "behaviour": manner})
        _, made = await placed(house)
        call = house.carrier.exchange.book.get(made["sid"])
        assert call
        call.picked_up.set()
        await house.rung_out(call)

        assert [n for _, n in states(house)] == ORDERED[manner]

    run(journey)


def test_a_callback_can_overtake_the_answer_to_the_request() -> None:
    async def journey(house: House) -> None:
        await house.ask("/control", {"number": AGENT, "behaviour": "early"})
        await placed(house)

        assert states(house)[0] == ("initiated", "0")

    run(journey)


def test_an_answer_can_get_lost_while_the_phone_rings() -> None:
    async def journey(house: House) -> None:
        await house.ask("/control", {"number": AGENT, "behaviour": "no_answer"})
        with pytest.raises(ServerDisconnectedError):
            await placed(house)
        _, listed = await house.rest("GET", f"Calls.json?To=%2B{AGENT[1:]}&StartTime%3E=2020-01-01")

        assert [call["to"] for call in listed["calls"]] == [AGENT]

    run(journey)


@pytest.mark.parametrize(
    ("more", "status", "code"),
    [
        ({"to": "12"}, 400, 21211),
        ({"From": "+15005550001"}, 400, 21210),
        ({"Twiml": ""}, 400, 21205),
        ({"Twiml": "<Response>" + " " * 4000 + "</Response>"}, 400, 20001),
    ],
)
def test_a_call_that_cannot_be_placed_is_refused_in_twilios_shape(
    more: dict[str, str], status: int, code: int
) -> None:
    async def journey(house: House) -> None:
        answered, told = await placed(house, **more)

        assert (answered, told["code"], told["status"]) == (status, code, status)
        assert told["more_info"].endswith(f"/{code}")

    run(journey)


@pytest.mark.parametrize(("behaviour", "status"), [("too_many", 429), ("broken", 503), ("bad_number", 400)])
def test_a_refusal_can_be_ordered(behaviour: str, status: int) -> None:
    async def journey(house: House) -> None:
        await house.ask("/control", {"behaviour": behaviour})

        assert (await placed(house))[0] == status

    run(journey)


def test_a_stranger_is_told_to_authenticate() -> None:
    async def journey(house: House) -> None:
        url = f"{house.carrier.url}/2010-04-01/Accounts/{ACCOUNT}/Calls.json"
        for auth in (None, BasicAuth(ACCOUNT, "guessed")):
            async with house.client.post(url, data={"To": AGENT}, auth=auth) as answer:
                assert (answer.status, (await answer.json())["code"]) == (401, 20003)

    run(journey)


def test_a_call_in_progress_can_be_turned_to_other_words_or_ended() -> None:
    async def journey(house: House) -> None:
        house.serve("/webhooks/voice", '<Say loop="0">Please wait</Say>')
        call = house.ring()
        await house.until(lambda: call.heard.items)
        turned, _ = await house.rest(
            "POST", f"Calls/{call.sid}.json", [("Twiml", "<Response><Pause length='9000'/></Response>")]
        )
        await house.until(lambda: call.heard.items[-1].kind == "silence")
        ended, _ = await house.rest("POST", f"Calls/{call.sid}.json", [("Status", "completed")])
        await house.rung_out(call)
        again, told = await house.rest("POST", f"Calls/{call.sid}.json", [("Twiml", HI)])

        assert (turned, ended, call.status) == (200, 200, "completed")
        assert (again, told["code"]) == (400, 21220)

    run(journey)


def test_a_document_that_fails_leads_to_the_fallback() -> None:
    async def journey(house: House) -> None:
        house.serve("/broken", "", status=500)
        house.serve("/fallback", "<Say>Instead</Say>")
        await house.ask("/control", {"number": AGENT, "behaviour": "answers"})
        urls = {"Twiml": "", "Url": f"{house.url}/broken", "FallbackUrl": f"{house.url}/fallback"}
        _, made = await placed(house, **urls)
        call = house.carrier.exchange.book.get(made["sid"])
        assert call
        await house.rung_out(call)

        assert call.heard.words() == ["Instead"]
        (form,) = house.forms("/fallback")
        assert (form["ErrorCode"], form["ErrorUrl"]) == ("11200", f"{house.url}/broken")

    run(journey)


def test_the_list_is_newest_first_and_filtered() -> None:
    async def journey(house: House) -> None:
        first, second = house.ring(sender="+821055500102"), house.ring()
        await asyncio.gather(house.rung_out(first), house.rung_out(second))

        async def listed(query: str) -> list[str]:
            _, told = await house.rest("GET", f"Calls.json?{query}")
            return [call["sid"] for call in told["calls"]]

        assert await listed("") == [second.sid, first.sid]
        assert await listed(f"From=%2B{CALLER[1:]}") == [second.sid]
        assert await listed("StartTime%3E=2999-01-01") == []
        assert await listed("Status=in-progress") == []
        assert await listed("PageSize=1&Page=1") == [first.sid]

    run(journey)
