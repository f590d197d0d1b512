"""What somebody on a call is told to hear, and the addresses at which Twilio asks on or tells of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from shared.domain.channel.call_place import CallPlace, sign
from shared.domain.words.of_calls import tell
from shared.providers import twiml

DOOR = "/webhooks/voice"
MUSIC = "/hold.wav"
GOODBYE_SECONDS = 8  # within which the survey's question comes, where there is one
SCORE_SECONDS = 10
LONGEST_WORDS = 1000  # characters: a request takes TwiML of at most 4000 (error 32018), addresses among them


@dataclass(frozen=True, slots=True)
class Line:
    """`place` is what every address says, `key` signs it."""

    place: CallPlace
    public_url: str
    key: str = field(repr=False)

    def asks(self, what: str) -> str:
        """Where Twilio gets the words that follow."""
        return f"{self._base}{DOOR}?t={self._token(what)}"

    def tells(self, what: str) -> str:
        """Where Twilio tells what became of it."""
        return f"{self._base}{DOOR}/status?t={self._token(what)}"

    def picks_up(
        self, room: str, whisper: str, language: str, muted: bool = False, coach: str = ""
    ) -> list[Element]:
        """Who of ours picks up hears who it is, and is in the room."""
        noun = twiml.conference(room, starts=True, muted=muted, coach=coach)
        return [*_said(whisper, language), twiml.dial(noun)]

    def joins(self, room: str, notice: str) -> list[Element]:
        """The customer hears that the call is recorded, and is in the room."""
        noun = twiml.conference(room, starts=False)
        return [*_said(notice, self.place.language), twiml.dial(noun, self.asks("after"))]

    def queued(self, queue: str) -> list[Element]:
        return [twiml.enqueue(queue, action=self.asks("left"), wait=self.asks("wait"))]

    def held(self) -> list[Element]:
        return [*_said(tell("held", self.place.language), self.place.language), self._music()]

    def goodbye(self) -> list[Element]:
        words = _said(tell("thanks", self.place.language), self.place.language)
        return [*words, twiml.pause(GOODBYE_SECONDS), twiml.hang_up()]

    def survey(self, question: str) -> list[Element]:
        """One key; who says nothing is asked on by the door."""
        language = self.place.language
        asked = twiml.gather(
            *_said(question, language),
            action=self.asks("score"),
            language=language,
            timeout=SCORE_SECONDS,
            speech=False,
        )
        return [asked]

    def _music(self) -> Element:
        return twiml.play(f"{self._base}{MUSIC}", loop=0)

    @property
    def _base(self) -> str:
        return self.public_url.rstrip("/")

    def _token(self, what: str) -> str:
        return sign(replace(self.place, what=what), self.key)


def document_of(spoken: Sequence[Element]) -> str:
    return twiml.document(*spoken)


def _said(words: str, language: str) -> list[Element]:
    return [twiml.say(words[:LONGEST_WORDS], language)] if words else []
