"""Whatever arrives at a door: an answer below 500, and nothing but the customer's words goes further."""

import json
from base64 import b64encode
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from functions.channels.chat import inbound as chat
from functions.channels.sms import app, inbound
from functions.desk_socket import frames
from functions.public_api.asking import asking
from infra.twins.world import World
from shared.adapters import codec
from shared.domain.address.visitor import visitor_of
from shared.domain.channel.arrival import Arrival, Ignored, StateUpdate
from shared.domain.channel.commands import Raw
from shared.domain.channel.frame import Unfit
from shared.domain.errors import Malformed, Rejected
from shared.edge import wiring
from tests.support.webhooks import NOON, PUBLIC_URL, SECRET, event_of, lambda_event, request

FIELDS = (
    "MessageSid",
    "SmsSid",
    "MessageStatus",
    "Body",
    "From",
    "To",
    "NumMedia",
    "ErrorCode",
    "c",
    "s",
    "\x00",
)
A_FORM = st.lists(st.tuples(st.sampled_from(FIELDS) | st.text(max_size=5), st.text(max_size=40)), max_size=12)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
FRAME = st.fixed_dictionaries(
    {"action": st.sampled_from([*chat.READERS, "", "x"]) | JSON},
    optional=dict.fromkeys(("id", "text", "phone", "seq", "score", "after", "customer_id", "key"), JSON),
)
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(autouse=True, scope="module")
def _door() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PUBLIC_URL", PUBLIC_URL)
        patch.setenv("CHANNEL_SECRET_ID", "twilio")
        yield


def raw(channel: str, payload: str) -> Raw:
    return Raw(channel, "E1", "acceptance.e0", NOON, payload)


@QUICK
@given(A_FORM, st.binary(max_size=200), st.booleans(), st.text(alphabet="cs=&%+é\ud800", max_size=20))
def test_signed_garbage_at_the_sms_door_is_never_a_bug(
    form: list[tuple[str, str]], junk: bytes, well_formed: bool, query: str
) -> None:
    body = urlencode(form, errors="replace").encode() if well_formed else junk
    status, world = _posted(body, query)

    assert status in (200, 400, 413)
    for event in world.inbox.events:
        _understood(inbound.parse, event)
    for state in world.inbox.states:
        _understood(inbound.parse_state, state)


@QUICK
@given(st.text(max_size=300))
def test_what_lies_in_the_queue_is_understood_or_rejected(payload: str) -> None:
    for channel, module in (("sms", inbound), ("chat", chat)):
        _understood(module.parse, raw(channel, payload))
        _understood(module.parse_state, raw(channel, payload))


@QUICK
@given(FRAME.map(json.dumps) | st.text(max_size=100))
def test_a_visitors_frame_is_understood_or_unfit_and_fits_what_comes_after(frame: str) -> None:
    try:
        said = chat.read(frame)
    except Unfit:
        return
    pieces = chat.cut(said, chat.SocketSpeaker("visitor-0001", "en", "c1"), "request-1")

    for event in pieces.events:
        codec.encode(raw("chat", event.payload))
        _understood(chat.parse, raw("chat", event.payload))
    for state in pieces.states:
        _understood(chat.parse_state, raw("chat", state.payload))


@QUICK
@given(FRAME.map(json.dumps) | st.text(max_size=100))
def test_a_desks_frame_is_understood_or_malformed(frame: str) -> None:
    assert isinstance(frames.key_in(frame), str)
    try:
        frames.read(frame)
    except Malformed:
        return


@QUICK
@given(
    JSON.map(json.dumps) | st.text(max_size=50), st.dictionaries(st.text(max_size=20), st.text(max_size=20))
)
def test_asking_for_a_ticket_is_understood_or_malformed(body: str, headers: dict[str, str]) -> None:
    event = lambda_event("public_api/chat_ticket") | {"body": body}
    event["headers"] |= headers
    try:
        asked = asking(event)
    except Malformed:
        return
    assert visitor_of(asked.token, "key") == ""


def _posted(body: bytes, query: str) -> tuple[int, World]:
    """The status for a body that Twilio signed, and what the door left behind."""
    world = World()
    world.secrets.rotate("twilio", SECRET)
    wiring.use(world.ports())
    event = event_of(request(body, query=query)) | {"body": b64encode(body).decode(), "isBase64Encoded": True}
    return int(app.handler(event, None)["statusCode"]), world


def _understood(parse: Any, event: Raw) -> None:
    try:
        told = parse(event)
    except Rejected:
        return
    assert isinstance(told, Arrival | Ignored | StateUpdate)
