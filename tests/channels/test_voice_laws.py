"""What holds for any flow, any answer, any caller: the door is asked at random."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from functions.channels.voice.line import Line
from infra.twins.clock import START
from infra.twins.world import World
from shared.domain.case.about_call import about_call
from shared.domain.centre import Centre
from shared.domain.channel.arrival import Arrival
from shared.domain.channel.call_place import HOLDS, CallPlace
from shared.domain.channel.calling import Keyed
from shared.domain.customer.flow_place import Collected, FlowPlace
from shared.domain.flow.check import faults
from shared.domain.flow.flow import Flow, Step, StepKind
from shared.domain.flow.step import Stepped, Typed, step
from shared.domain.signed import LONGEST
from shared.providers.twiml import LONGEST as LONGEST_DOCUMENT
from tests.support.at_the_door import KEY, AtTheDoor, address, place_of
from tests.support.flows import option
from tests.support.webhooks import PUBLIC_URL

ENGLISH = Centre(languages=("en",))
SOME = settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much],
)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
WORDS = st.fixed_dictionaries(
    {"en": st.text("<&>'\"abc \x07\ud55c", min_size=1, max_size=30).filter(str.strip)}
)
SAID = st.one_of(
    st.builds(lambda keys: {"Digits": keys}, st.text("0123456789*#", max_size=6)),
    st.builds(lambda text: {"SpeechResult": text}, TEXT),
    st.just({}),
)
KINDS = (StepKind.ASK, StepKind.COLLECT, StepKind.SAY, StepKind.INFORM, StepKind.VOICEMAIL, StepKind.END)
ENDS = {StepKind.HAND_OVER, StepKind.VOICEMAIL, StepKind.END}


@st.composite
def flows(draw: st.DrawFn) -> Flow:
    names = [f"s{n}" for n in range(draw(st.integers(1, 4)))]
    following, steps = st.sampled_from([*names, "last"]), []
    for name in names:
        kind = draw(st.sampled_from(KINDS))
        choices = [option(f"o{chr(97 + n)}", draw(following)) for n in range(draw(st.integers(1, 3)))]
        steps.append(
            Step(
                name,
                kind,
                {} if kind in (*ENDS, StepKind.INFORM) else draw(WORDS),
                tuple(choices) if kind is StepKind.ASK else (),
                "" if kind in (StepKind.ASK, *ENDS) else draw(following),
                masked=draw(st.booleans()),
            )
        )
    return Flow("any", (*steps, Step("last", StepKind.HAND_OVER)), tries=draw(st.integers(1, 3)))


@pytest.fixture
def door(world: World, monkeypatch: pytest.MonkeyPatch) -> AtTheDoor:
    return AtTheDoor(world, monkeypatch)


def followed(door: AtTheDoor, flow: Flow, answers: list[dict[str, str]]) -> None:
    """The door and the rules agree at each step, and a repeated request gets the same document."""
    door.settle(ENGLISH, flow)
    line = door.ring()
    for said in answers:
        if line.at != "gather" or place_of(action := line._verb.get("action", "")).what != "step":  # type: ignore[union-attr]
            return
        first = door.asks(door.request(action, line.sid, said)).body
        keyed = door.said[-1]
        assert door.asks(door.request(action, line.sid, said)).body == first
        assert isinstance(keyed, Keyed)
        agrees(door, flow, keyed, first)
        line.follow(action, said)


def agrees(door: AtTheDoor, flow: Flow, keyed: Keyed, document: str) -> None:
    """The router takes this step by what lies in the queue: the caller heard the same words."""
    stepped = step(flow, keyed.place, Typed(keyed.text), about_call("en", door.world.now()))
    spoken = ElementTree.fromstring(document)  # noqa: S314  # our own words
    heard = " ".join(one.text or "" for one in spoken.iter("Say"))
    assert seen(stepped) in " ".join(heard.split())
    action = spoken.find("Gather")
    if stepped.end is None:
        assert action is not None
        place = place_of(action.get("action", "")).flow
        assert place and (place.step, place.tries) == (stepped.place.step, stepped.place.tries)


def seen(stepped: Stepped) -> str:
    return " ".join("".join(c for c in stepped.words if c.isprintable() or c == "\n").split())


@SOME
@given(flows(), st.lists(SAID, max_size=8))
def test_the_door_says_what_the_router_will_write_down_and_says_it_again_when_asked_again(
    door: AtTheDoor, flow: Flow, answers: list[dict[str, str]]
) -> None:
    assume(not faults(flow, ("en",), (), ("main",)))

    followed(door, flow, answers)


PLACES = st.builds(
    CallPlace,
    st.sampled_from(["step", "wait", "left", "callback", "voicemail", "after", "score", "leg", "text", "x"]),
    st.sampled_from([START + timedelta(hours=1), START - timedelta(hours=1)]),
    sid=st.sampled_from(["", "CA1", "CA2"]),
    address=st.sampled_from(["", "+821055500101", "anonymous", "sip:a@b"]),
    language=st.sampled_from(["", "ko", "en", "fr"]),
    queue=st.sampled_from(["", "main", "gone"]),
    flow=st.none() | st.just(FlowPlace("gone", 3, "nowhere", START)),
)
FORMS = st.dictionaries(
    st.sampled_from(["Digits", "SpeechResult", "QueueResult", "QueuePosition", "Direction", "CallStatus"]),
    TEXT | st.sampled_from(["1", "2", "leave", "queue-full", "outbound-api", "completed"]),
)


@SOME
@given(PLACES, FORMS, st.sampled_from(["/webhooks/voice", "/webhooks/voice/status"]))
def test_any_place_and_any_form_get_a_document_that_the_carrier_can_carry_out(
    door: AtTheDoor, place: CallPlace, form: dict[str, str], path: str
) -> None:
    answer = door.asks(door.request(address(place, path), "CA1", form))

    assert answer.status == 200 and answer.headers["content-type"] == "text/xml"
    assert len(answer.body.encode()) <= LONGEST_DOCUMENT
    assert ElementTree.fromstring(answer.body).tag == "Response"  # noqa: S314  # our own words
    for word in door.words:
        assert not isinstance(word, Arrival) or word.way.channel == "voice"


@given(st.lists(st.builds(Collected, TEXT, st.text("가나다", max_size=40)), max_size=20))
def test_an_address_is_never_too_long_to_be_believed(collected: list[Collected]) -> None:
    flow = FlowPlace("a" * 40, 9, "b" * 40, START, collected=tuple(collected))
    line = Line(CallPlace("", START + HOLDS, "CA1", "+821055500101", language="ko"), PUBLIC_URL, KEY)

    url = line.asks("step", flow=flow, masked=True)

    assert len(parse_qs(urlsplit(url).query)["t"][0]) <= LONGEST
    kept = place_of(url).flow
    assert kept and (kept.step, kept.collected) == (
        flow.step,
        flow.collected[len(flow.collected) - len(kept.collected) :],
    )


def test_a_menu_that_is_longer_than_a_document_loses_words_and_goes_on(door: AtTheDoor) -> None:
    words = {"en": "& and so on, " * 8000}
    steps = (
        Step("a", StepKind.ASK, words, (option("one", "b"),)),
        Step("b", StepKind.HAND_OVER),
    )
    door.settle(ENGLISH, Flow("long", steps))

    line = door.ring()

    assert len(door.documents[-1].encode()) <= LONGEST_DOCUMENT
    assert line.heard[0].endswith("…") and line.heard[1] == "For One, press 1."
    line.press("1")
    assert line.at == "enqueue"
