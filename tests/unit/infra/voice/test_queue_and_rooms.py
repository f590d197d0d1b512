"""Waiting in a queue, and conferences: who is in, who hears whom, and what the carrier says afterwards."""

from functools import partial

from infra.local.providers.voice.call import Call
from tests.support.twiml_house import AGENT, CALLER, OWN, House, run

VOICE = "/webhooks/voice"
WAITS = '<Enqueue waitUrl="/wait" action="/left">main</Enqueue><Say>Behind</Say>'
ROOM = '<Dial action="/after"><Conference beep="false" {}>I1</Conference></Dial>'
WAITING = "startConferenceOnEnter='false'"
LISTENS, CALLED = (
    "muted='true' startConferenceOnEnter='false'",
    '<Conference waitUrl="/music" {}>I1</Conference>',
)


async def queued(house: House, wait: str = "<Play>/music.mp3</Play>") -> Call:
    house.pages["/music.mp3"] = (200, "audio/mpeg", b"ID3")
    house.serve(VOICE, WAITS)
    house.serve("/wait", wait)
    call = house.ring()
    await house.until(lambda: house.forms("/wait"))
    return call


async def joined(house: House, inside: str, to: str = AGENT) -> Call:
    """Somebody whom we call and who picks up."""
    await house.ask("/control", {"number": to, "behaviour": "answers"})
    form = [("To", to), ("From", OWN), ("Twiml", f"<Response>{inside}</Response>")]
    _, made = await house.rest("POST", "Calls.json", form)
    call = house.carrier.exchange.book.get(made["sid"])
    assert call
    await house.until(lambda: call.room)
    return call


def heard(call: Call) -> list[tuple[str, str]]:
    return [(one.text, one.who) for one in call.heard.items if one.kind == "person"]


async def says(house: House, call: Call, text: str) -> None:
    assert (await house.ask("/say", {"call_sid": call.sid, "text": text}))[0] == 200


def test_the_wait_document_is_asked_for_again_and_again_with_the_place_in_the_queue() -> None:
    async def journey(house: House) -> None:
        call = await queued(house)
        await house.until(lambda: len(house.forms("/wait")) > 2)

        form = house.forms("/wait")[-1]
        assert (form["QueuePosition"], form["CurrentQueueSize"], form["CallSid"]) == ("1", "1", call.sid)
        assert {"QueueSid", "QueueTime", "AvgQueueTime"} <= set(form)
        assert call.queue == "main"

    run(journey)


def test_a_key_in_the_queue_may_lead_out_of_it() -> None:
    async def journey(house: House) -> None:
        house.serve("/two", "<Leave/>")
        call = await queued(house, '<Gather action="/two" numDigits="1" timeout="900"/>')
        await house.until(lambda: call.waits_for)
        await house.ask("/keys", {"call_sid": call.sid, "digits": "2"})
        await house.rung_out(call)

        (form,) = house.forms("/left")
        assert (form["QueueResult"], form["CallStatus"], call.heard.words()) == ("leave", "in-progress", [])

    run(journey)


def test_a_caller_who_hangs_up_in_the_queue_is_told_as_such() -> None:
    async def journey(house: House) -> None:
        call = await queued(house)
        await house.ask("/hang_up", {"call_sid": call.sid})
        await house.rung_out(call)

        (form,) = house.forms("/left")
        assert (form["QueueResult"], form["CallStatus"], call.heard.words()) == ("hangup", "completed", [])

    run(journey)


def test_a_caller_who_is_turned_elsewhere_has_left_the_queue() -> None:
    async def journey(house: House) -> None:
        call = await queued(house)
        await house.rest(
            "POST", f"Calls/{call.sid}.json", [("Twiml", "<Response><Say>Here</Say></Response>")]
        )
        await house.rung_out(call)

        (form,) = house.forms("/left")
        assert (form["QueueResult"], form["CallStatus"]) == ("redirected", "in-progress")
        assert (call.heard.words(), call.queue) == (["Here"], "")

    run(journey)


def test_a_full_queue_takes_nobody() -> None:
    async def journey(house: House) -> None:
        house.carrier.exchange.queues.largest = 0
        house.serve(VOICE, WAITS.replace(' action="/left"', ""))

        assert (await house.rung_out(house.ring())).heard.words() == ["Behind"]

    run(journey)


def test_who_dials_a_queue_gets_the_first_who_waits() -> None:
    async def journey(house: House) -> None:
        call = await queued(house)
        agent = await joined(house, "<Dial><Queue>main</Queue></Dial>")
        await house.until(lambda: call.room)
        await says(house, agent, "Hello")
        await house.ask("/hang_up", {"call_sid": agent.sid})
        await house.rung_out(call)

        assert heard(call) == [("Hello", AGENT)]
        assert house.forms("/left")[-1]["QueueResult"] == "bridged"

    run(journey)


def test_in_a_room_both_hear_each_other_once_somebody_has_begun_it() -> None:
    async def journey(house: House) -> None:
        house.serve("/music", "<Say>Please hold</Say>")
        house.serve(VOICE, f'<Dial action="/after">{CALLED.format(WAITING)}</Dial>')
        caller = house.ring()
        await house.until(lambda: caller.heard.words())
        await says(house, caller, "Anybody?")
        agent = await joined(house, ROOM.format(""))
        await says(house, caller, "안녕하세요")
        await says(house, agent, "네, 고객님")

        assert (heard(agent), heard(caller)) == ([("안녕하세요", CALLER)], [("네, 고객님", AGENT)])
        assert caller.heard.words()[0] == "Please hold"

    run(journey)


def test_the_caller_goes_on_behind_the_room_when_somebody_who_ends_it_leaves() -> None:
    async def journey(house: House) -> None:
        house.serve("/after", "<Say>How was it?</Say>")
        house.serve(VOICE, ROOM.format(""))
        caller = house.ring()
        agent = await joined(house, ROOM.format("endConferenceOnExit='true'"))
        await house.until(lambda: caller.room)
        await house.ask("/hang_up", {"call_sid": agent.sid})
        await house.rung_out(caller)

        assert caller.heard.words()[-1] == "How was it?"
        first = house.forms("/after")[0]
        assert first["DialCallStatus"] == "answered"

    run(journey)


def test_a_room_goes_on_when_somebody_leaves_who_does_not_end_it() -> None:
    async def journey(house: House) -> None:
        house.serve(VOICE, ROOM.format(""))
        caller = house.ring()
        first = await joined(house, ROOM.format(""))
        second = await joined(house, ROOM.format(""), "+821055500901")
        await house.ask("/hang_up", {"call_sid": first.sid})
        await house.rung_out(first)
        await says(house, caller, "Still here")

        assert (caller.room is not None, heard(second)) == (True, [("Still here", CALLER)])

    run(journey)


def test_who_listens_is_heard_by_nobody_and_who_coaches_by_one_alone() -> None:
    async def journey(house: House) -> None:
        house.serve(VOICE, ROOM.format(""))
        caller = house.ring()
        agent = await joined(house, ROOM.format(""))
        listener = await joined(house, ROOM.format(LISTENS), "+821055500902")
        coach = await joined(house, ROOM.format(f"coach='{agent.sid}'"), "+821055500903")
        await says(house, listener, "Psst")
        await says(house, coach, "Offer a refund")
        await says(house, caller, "Well?")

        assert heard(caller) == []
        assert heard(agent) == [("Offer a refund", "+821055500903"), ("Well?", CALLER)]
        assert heard(listener) == heard(coach) == [("Well?", CALLER)]

    run(journey)


def test_a_verb_that_may_not_stand_in_a_rooms_music_is_an_error() -> None:
    async def journey(house: House) -> None:
        house.serve("/music", "<Gather/>")
        house.serve(VOICE, f"<Dial>{CALLED.format('')}</Dial>")
        caller = house.ring()
        await house.until(lambda: caller.errors)

        assert caller.errors == [13238]

    run(journey)


def test_a_dialled_number_rings_and_its_end_is_told_to_the_action() -> None:
    async def journey(house: House) -> None:
        house.serve(VOICE, f'<Dial action="/after" timeout="600"><Number>{AGENT}</Number></Dial>')
        for pick_up, status in ((True, "completed"), (False, "busy")):
            caller = house.ring()
            await house.until(partial(_child, house, caller))
            child = _child(house, caller)
            assert child
            await house.ask("/pick_up" if pick_up else "/decline", {"call_sid": child.sid})
            if pick_up:
                await house.until(partial(getattr, child, "room"))
                await says(house, caller, "Hello")
                await house.ask("/hang_up", {"call_sid": child.sid})
            await house.rung_out(caller)

            form = house.forms("/after")[-1]
            assert (form["DialCallStatus"], form["DialCallSid"]) == (status, child.sid)
            assert heard(child) == ([("Hello", CALLER)] if pick_up else [])

    run(journey)


def _child(house: House, parent: Call) -> Call | None:
    found = (one for one in house.carrier.exchange.book if one.parent == parent.sid)
    return next((one for one in found if one.status == "ringing"), None)
