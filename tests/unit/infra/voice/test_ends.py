"""Whatever a document says, a call ends when somebody hangs up, and the stand-in when it is stopped."""

import asyncio
from xml.sax.saxutils import quoteattr

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.twiml_house import AGENT, OWN, House, run

PATHS = ("/webhooks/voice", "/one", "/two")
PATH = st.sampled_from(PATHS)
PROMPT = st.sampled_from(
    ("<Say>안녕</Say>", '<Say loop="0">Again</Say>', '<Pause length="3"/>', "<Play>/music.mp3</Play>")
)


def within(tag: str, attribute: str, inside: str = "") -> st.SearchStrategy[str]:
    return PATH.map(lambda path: f"<{tag} {attribute}={quoteattr(path)}>{inside}</{tag}>")


VERB = st.one_of(
    PROMPT,
    st.lists(PROMPT, max_size=2).flatmap(lambda some: within("Gather", "action", "".join(some))),
    st.lists(PROMPT, max_size=2).flatmap(
        lambda some: within("Gather", "actionOnEmptyResult='true' action", *some[:1])
    ),
    within("Record", "timeout='1' action"),
    within("Enqueue", "waitUrl", "main"),
    within("Enqueue", "waitUrl='/one' action", "main"),
    within("Dial", "action", "<Conference>I1</Conference>"),
    within("Dial", "action", f"<Number>{AGENT}</Number>"),
    within("Dial", "action", "<Queue>main</Queue>"),
    PATH.map(lambda path: f"<Redirect>{path}</Redirect>"),
    st.sampled_from(("<Hangup/>", "<Leave/>", "<Reject/>", "<Shout/>")),
)
DOCUMENT = st.lists(VERB, max_size=4).map("".join)


@settings(max_examples=40, deadline=None)
@given(st.tuples(DOCUMENT, DOCUMENT, DOCUMENT), st.lists(st.sampled_from("0123456789*#"), max_size=3))
def test_a_call_ends_when_it_is_hung_up_and_the_centre_is_told_once(
    documents: tuple[str, str, str], keys: list[str]
) -> None:
    async def journey(house: House) -> None:
        house.pages["/music.mp3"] = (200, "audio/mpeg", b"ID3")
        for path, document in zip(PATHS, documents, strict=True):
            house.serve(path, document)
        call = house.ring(keys=tuple(keys))
        await asyncio.sleep(0.1)
        house.carrier.exchange.hang_up(call)
        await house.rung_out(call)

        told = [form for form in house.forms("/webhooks/voice/status") if form["CallSid"] == call.sid]
        assert len(told) == 1
        assert call.room is None
        assert call.queue == ""

    run(journey)


def test_nothing_is_left_when_the_stand_in_stops() -> None:
    async def journey(house: House) -> None:
        house.serve("/webhooks/voice", '<Enqueue waitUrl="/one">main</Enqueue>')
        house.serve("/one", '<Say loop="0">Please wait</Say>')
        before = asyncio.all_tasks()
        waiting = [house.ring() for _ in range(3)]
        form = [("To", AGENT), ("From", OWN), ("Twiml", "<Response/>")]
        await house.rest("POST", "Calls.json", form)
        await house.until(lambda: all(call.queue for call in waiting))
        house.asked.clear()
        await house.carrier.exchange.stop()

        assert all(call.ended for call in house.carrier.exchange.book)
        assert house.forms("/webhooks/voice/status") == []
        left = {
            task for task in asyncio.all_tasks() - before if "Line" in repr(task) or "voice" in repr(task)
        }
        assert left == set()

    run(journey)
