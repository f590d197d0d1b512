"""What a caller hears at each place, as TwiML: values in, verbs out."""

from xml.etree.ElementTree import Element

from functions.channels.voice.line import Line
from shared.domain.customer.flow_place import FlowPlace
from shared.domain.flow.flow import Step, StepKind
from shared.domain.flow.step import Stepped
from shared.domain.words.to_callers import key, keys, tell
from shared.providers import twiml

ONE_KEY = 9  # choices that one key each can stand for
ANSWER_SECONDS, DIGITS_SECONDS, WAIT_SECONDS = 6, 10, 1
SCORE_TRIES = 3
LONGEST_WORD = 120  # seconds of a voicemail
MUSIC_SECONDS = 10  # of the file, once
GOODBYE_SECONDS = 8  # for who still wants to say something, or a survey that is on its way


def asked(line: Line, stepped: Stepped, step: Step) -> list[Element]:
    """A question of a flow, which keys and words may interrupt."""
    language = stepped.place.language or line.language
    place = {"flow": stepped.place, "language": language, "masked": step.masked}
    labels = [choice.label for choice in stepped.choices]
    spoken = list(_said(stepped.words, language))
    if step.kind is StepKind.LANGUAGE:
        spoken += [
            twiml.say(key(one.label, number, one.id), one.id) for number, one in enumerate(stepped.choices, 1)
        ]
    elif labels:
        spoken.append(twiml.say(keys(labels, language), language))
    collects = step.kind is StepKind.COLLECT
    gather = twiml.gather(
        *spoken,
        action=line.asks("step", **place),
        language=language,
        digits=step.most if collects else 1 if len(labels) <= ONE_KEY else 2,
        timeout=DIGITS_SECONDS if collects else ANSWER_SECONDS,
        hints=labels,
        speech=step.kind is not StepKind.LANGUAGE and not step.masked,
    )
    return [gather]


def queued(line: Line, words: str, queue: str, language: str) -> list[Element]:
    """The carrier's own queue only holds the caller: who is next is decided by us."""
    place = {"queue": queue, "language": language}
    wait, left = line.asks("wait", **place), line.asks("left", **place)
    return [*_said(words, language), twiml.enqueue(queue, action=left, wait=wait)]


def waits(line: Line, words: str, call_me: bool, take_word: bool, every: int) -> list[Element]:
    """While they wait: where they stand, what they can do instead, and music until it is said again."""
    offered = [tell("call_me", line.language)] * call_me + [tell("take_word", line.language)] * take_word
    spoken = [one for text in (words, *offered) for one in _said(text, line.language)]
    music = twiml.play(line.music, max(1, every // MUSIC_SECONDS))
    if not offered:
        return [*spoken, music]
    return [
        twiml.gather(
            *spoken,
            music,
            action=line.asks("callback"),
            language=line.language,
            timeout=WAIT_SECONDS,
            speech=False,
        )
    ]


def voicemail(line: Line, words: str, language: str, transcribe: bool) -> list[Element]:
    """They speak after a tone. The carrier goes on to the last words where it heard nothing."""
    heard = line.tells("text", language=language) if transcribe else ""
    record = twiml.record(
        line.asks("voicemail", language=language),
        status=line.tells("voicemail", language=language),
        transcribed=heard,
        longest=LONGEST_WORD,
    )
    return [
        *_said(words, language),
        twiml.say(tell("leave_word", language), language),
        record,
        *ends("no_word", language),
    ]


def score(line: Line, words: str, language: str, tries: int = 0) -> list[Element]:
    """The survey by keys; `tries` so many answers were none."""
    place = FlowPlace("score", 0, "score", line.place.until, tries)
    hint = "score_hint" if tries else "score"
    gather = twiml.gather(
        *_said(words, language),
        twiml.say(tell(hint, language), language),
        action=line.asks("score", flow=place, language=language),
        language=language,
        timeout=ANSWER_SECONDS,
    )
    return [gather]


def ends(word: str, language: str, words: str = "") -> list[Element]:
    return [*_said(words, language), twiml.say(tell(word, language), language), twiml.hang_up()]


def over(line: Line) -> list[Element]:
    """The room is empty: whoever wants the caller elsewhere has a moment to say so."""
    said, hang_up = ends("goodbye", line.language)
    return [said, twiml.pause(GOODBYE_SECONDS), hang_up]


def promised(words: str, language: str) -> list[Element]:
    """They need not stay."""
    return [*_said(words, language), twiml.hang_up()]


def alone(line: Line | None, languages: tuple[str, ...] = ("ko", "en")) -> list[Element]:
    """Where nothing is known: fixed words in both languages, and whoever calls may leave word."""
    sorry = [twiml.say(tell("away", language), language) for language in languages]
    if line is None:
        return [*sorry, twiml.hang_up()]
    first, *others = languages
    also = [twiml.say(tell("leave_word", other), other) for other in others]
    return [*sorry, *also, *voicemail(line, "", first, transcribe=False)]


def music(line: Line) -> list[Element]:
    return [twiml.play(line.music)]


def lost(language: str) -> list[Element]:
    return list(_said(tell("lost", language), language))


def _said(words: str, language: str) -> list[Element]:
    text = " ".join(words.split())
    return [twiml.say(text, language)] if text else []
