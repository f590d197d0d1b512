"""One telephone of an exchange in memory: what its person does, what it hears, where our TwiML put it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol
from xml.etree.ElementTree import Element, fromstring

from infra.local.stepper import Answered, Fault
from tests.support.webhooks import ACCOUNT

MOST_STEPS = 50  # documents that lead from one to the next
OVER = ("completed", "no-answer", "busy", "failed", "canceled")


class Carrier(Protocol):
    recordings: dict[str, str]

    def tells(self, url: str, line: "Line", told: Mapping[str, str], fault: Fault | None = None) -> Answered:
        """A signed request about a line."""


def parsed(document: str) -> list[Element]:
    """The verbs of a document of ours."""
    return list(fromstring(document))  # noqa: S314  # our own words


@dataclass
class Line:
    """One leg. `heard` are the words and the music (its address) so far, `at` where it is: gather, enqueue,
    record, dial (with `room`), silence or "" once it is over.
    """

    exchange: "Carrier"
    sid: str
    from_: str
    to: str
    direction: str = "inbound"
    callback: str = ""
    status: str = "ringing"
    heard: list[str] = field(default_factory=list)
    at: str = ""
    room: str = ""
    muted: bool = False
    coach: str = ""
    sequence: int = 0
    _verb: Element | None = None
    _queue: Element | None = None
    rest: list[Element] = field(default_factory=list)

    # ------------------------------------------------------------------ what a person does

    def press(self, digits: str, fault: Fault | None = None) -> None:
        self._answers({"Digits": digits}, fault)

    def speak(self, words: str) -> None:
        self._answers({"SpeechResult": words, "Confidence": "0.9"})

    def stays_silent(self) -> None:
        self._answers({"Digits": ""})

    def leaves_word(self, seconds: int = 12) -> None:
        """Speaks after the tone; the recording is told of as well."""
        assert self.at == "record" and self._verb is not None, self
        record, recording = self._verb, f"RE{self.sid[2:]}"
        told = {"RecordingSid": recording, "RecordingDuration": str(seconds)}
        told["RecordingUrl"] = f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Recordings/{recording}"
        self.follow(record.get("action", ""), told)
        if callback := record.get("recordingStatusCallback"):
            self.exchange.tells(callback, self, told | {"RecordingStatus": "completed"})

    def recorded(self, seconds: int = 30) -> None:
        """The recording of this line is there."""
        sid = f"RE{self.sid[2:]}"
        told = {"RecordingSid": sid, "RecordingDuration": str(seconds), "RecordingStatus": "completed"}
        told["RecordingUrl"] = f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Recordings/{sid}"
        self.exchange.tells(self.exchange.recordings[sid], self, told)

    def waits(self) -> None:
        """The queue's music goes round once more."""
        assert self._queue is not None, self
        self._runs(self._said(self._queue.get("waitUrl", ""), {"QueuePosition": "1"}))

    def sits_out(self) -> None:
        """Says nothing while nothing is said."""
        assert self.at == "pause", self
        self._runs(self.rest)

    def pick_up(self) -> None:
        assert self.status == "ringing", self
        self.reports("in-progress")
        self._runs(self.rest)

    def fails(self, status: str) -> None:
        """busy, no-answer, canceled or failed."""
        self.reports(status)
        self.at = ""

    def hang_up(self, twice: bool = False) -> None:
        self.ends()
        if twice:
            self.reports("completed", again=True)

    # ------------------------------------------------------------------ what the exchange does

    def ends(self) -> None:
        if self.status in OVER:
            return
        before, self.at, self.room = self.status, "", ""
        self.reports("completed" if before == "in-progress" else "canceled")

    def reports(self, status: str, again: bool = False) -> Answered | None:
        self.status = status
        told = {"SequenceNumber": str(self.sequence - again), "CallDuration": "30"}
        self.sequence += not again
        if self.callback or self.direction == "inbound":
            return self.exchange.tells(self.callback or "/webhooks/voice/status", self, told)
        return None

    def runs(self, document: str) -> None:
        """A document in the place of what was going on."""
        self._queue, self.room = None, ""
        self._runs(parsed(document))

    def follow(self, url: str, told: Mapping[str, str], fault: Fault | None = None) -> None:
        self._runs(self._said(url, told, fault))

    def _answers(self, told: Mapping[str, str], fault: Fault | None = None) -> None:
        assert self.at == "gather" and self._verb is not None, self
        self.follow(self._verb.get("action", ""), told, fault)

    def _said(self, url: str, told: Mapping[str, str], fault: Fault | None = None) -> list[Element]:
        answer = self.exchange.tells(url, self, told, fault)
        assert answer.status == 200, answer
        return parsed(answer.body)

    def _runs(self, verbs: list[Element]) -> None:
        for _ in range(MOST_STEPS):
            if not verbs:
                self.at = self.at if self._queue is not None else ""
                return self._fell_out()
            verb, *verbs = verbs
            if self._stops(verb, verbs):
                return None
            if verb.tag == "Redirect":
                verbs = self._said(verb.text or "", {})
            elif verb.tag == "Leave" and self._queue is not None:
                left, self._queue = self._queue, None
                verbs = self._said(left.get("action", ""), {"QueueResult": "leave"})
        raise AssertionError("a document that never ends")

    def _stops(self, verb: Element, rest: list[Element]) -> bool:
        """Whether the call stays at this verb."""
        if verb.tag in ("Say", "Play"):
            self.heard.append(verb.text or "")
            endless = verb.get("loop") == "0"
            self.at = "music" if endless else self.at
            return endless
        if verb.tag == "Gather":
            self.heard += [inner.text or "" for inner in verb if inner.tag in ("Say", "Play")]
            self._verb, self.rest, self.at = verb, rest, "gather"
        elif verb.tag == "Record":
            self._verb, self.at = verb, "record"
        elif verb.tag == "Enqueue":
            self._queue, self.at = verb, "enqueue"
            self.waits()
            return True
        elif verb.tag == "Dial":
            self._dials(verb)
        elif verb.tag == "Pause":
            self.rest, self.at = rest, "pause"
        elif verb.tag in ("Hangup", "Reject"):
            self.ends()
        return verb.tag in ("Gather", "Record", "Dial", "Pause", "Hangup", "Reject")

    def _dials(self, verb: Element) -> None:
        (noun,) = verb
        self._verb, self.at, self.room = verb, "dial", noun.text or ""
        self.muted, self.coach = noun.get("muted") == "true", noun.get("coach", "")

    def _fell_out(self) -> None:
        """A document without more verbs ends the call; in a queue the music would go round again."""
        if self._queue is None and self.status == "in-progress":
            self.ends()
