"""CPU of the worst text each door takes: Hypothesis looks for it, with the time taken as its target."""

import json
import time
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlencode

from hypothesis import HealthCheck, Phase, given, seed, settings, target
from hypothesis import strategies as st

from functions.channels.chat import inbound as chat
from functions.channels.sms import inbound as sms
from shared.domain.errors import Malformed, Refused
from shared.edge.socket import FRAME_LIMIT
from shared.providers import form
from shared.use_cases.case.reply_to_customer import written_words
from tests.bench.measure import tell, within
from tests.support.webhooks import PUBLIC_URL, SECRET, request

LIMIT = 5  # milliseconds of CPU, counted in turns of a loop: 5 to 6 of them on an idle core
TURNS = 250_000
LONGEST = 64 * 1024
PIECES = (
    *"1 4,-가a각ᄀ\u1161\u0300\u0315\u0344\u0f73\u200b\u3161🙂１",
    "4111 1111 1111 1",
    "900101-1",
    "\ud800",
)
TEXT = st.tuples(
    st.text(max_size=4),
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=14).map("".join),
    st.sampled_from((3_999, 12_000, LONGEST)),
).map(lambda told: (told[0] + told[1] * LONGEST)[: told[2]])


def sms_door(text: str) -> Callable[[], object]:
    """What nobody signed comes as far as the proof, so both are its work."""
    fields = {"MessageSid": "SM1", "From": "+821055500001", "Body": text.encode(errors="replace").decode()}
    asked = request(urlencode(fields).encode()[: sms.BODY_LIMIT].rpartition(b"%")[0])

    def run() -> None:
        form.as_sent.cache_clear()
        sms.prove(asked, SECRET, PUBLIC_URL)
        sms.cut(asked)

    return run


def chat_door(text: str) -> Callable[[], object]:
    frame = {"action": "message", "id": "00000001", "text": text}
    told = json.dumps(frame, ensure_ascii=False).encode(errors="replace")
    while len(told) > FRAME_LIMIT:
        frame["text"] = frame["text"][: len(frame["text"]) * 3 // 4]
        told = json.dumps(frame, ensure_ascii=False).encode(errors="replace")
    speaker = chat.SocketSpeaker("visitor-0001", "ko")
    return lambda: chat.cut(chat.read(told.decode()), speaker, "r")


def desk_door(text: str) -> Callable[[], object]:
    return lambda: written_words(text)


DOORS = {"sms": sms_door, "chat": chat_door, "desk": desk_door}


def bench_the_worst_input_of_a_door_takes_little_time() -> None:
    worst = {name: _worst(door) for name, door in DOORS.items()}

    rows = [f"| {name} | {seconds * 1000:.1f} | {text[:24]!r} × |" for name, (seconds, text) in worst.items()]
    tell("worst_input", "\n".join(("| door | ms of CPU | the text |", "| --- | --- | --- |", *rows)) + "\n")
    for name, (seconds, _) in worst.items():
        taken = seconds / _taken(_five_milliseconds, 15)
        within(f"worst input of {name}, against a loop of some {LIMIT} ms", taken, 1)


def _five_milliseconds() -> None:
    """What others do on this machine slows it as much as what is measured."""
    for _ in range(TURNS):
        pass


def _worst(door: Callable[[str], Callable[[], object]]) -> tuple[float, str]:
    found = [(0.0, "")]

    @seed(7)
    @settings(
        max_examples=150,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.target],
        suppress_health_check=list(HealthCheck),
    )
    @given(TEXT)
    def look(text: str) -> None:
        seconds = _taken(door(text))
        target(seconds)
        found.append((seconds, text))

    look()
    return max((_taken(door(text), 15), text) for _, text in sorted(found)[-5:] if text)


def _taken(run: Callable[[], object], times: int = 3) -> float:
    """The least of some runs: what others do on this machine only adds."""
    told = []
    for _ in range(times):
        started = time.process_time()
        with suppress(Malformed, Refused):
            run()
        told.append(time.process_time() - started)
    return min(told)
