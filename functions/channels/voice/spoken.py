"""What somebody on a call hears when the operator moves them, as TwiML."""

from xml.etree.ElementTree import Element

from functions.channels.voice.line import Line
from shared.domain.words.of_calls import tell
from shared.providers import twiml

SCORE_SECONDS = 10
LONGEST_WORDS = 1000  # characters: a request takes TwiML of at most 4000 (error 32018), addresses among them


def picks_up(room: str, whisper: str, language: str, muted: bool = False, coach: str = "") -> list[Element]:
    """Who of ours picks up hears who it is, and is in the room."""
    noun = twiml.conference(room, starts=True, muted=muted, coach=coach)
    return [*_said(whisper, language), twiml.dial(noun)]


def joins(line: Line, room: str, notice: str) -> list[Element]:
    """The customer hears that the call is recorded, and is in the room."""
    noun = twiml.conference(room, starts=False)
    return [*_said(notice, line.language), twiml.dial(noun, line.asks("after"))]


def held(line: Line) -> list[Element]:
    return [*_said(tell("held", line.language), line.language), twiml.play(line.music, loop=0)]


def survey(line: Line, question: str) -> list[Element]:
    """One key; who says nothing is asked on by the door."""
    asked = twiml.gather(
        *_said(question, line.language),
        action=line.asks("score"),
        language=line.language,
        timeout=SCORE_SECONDS,
        speech=False,
    )
    return [asked]


def _said(words: str, language: str) -> list[Element]:
    return [twiml.say(words[:LONGEST_WORDS], language)] if words else []
