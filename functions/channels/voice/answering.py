"""What the door says: the settings and the flow are asked, for a second and a half; then it speaks alone."""

from collections.abc import Callable
from xml.etree.ElementTree import Element

from functions import channels
from functions.channels.voice import speaking
from functions.channels.voice.asked import Asked
from functions.channels.voice.channel import CHANNEL
from functions.channels.voice.inbound import CALL_ME
from functions.channels.voice.line import Line, line_of
from shared.domain.case.about_call import about_call
from shared.domain.case.typed import score_in
from shared.domain.channel.request import HttpReply
from shared.domain.customer.flow_place import FlowPlace
from shared.domain.errors import PatchbayError
from shared.domain.flow.flow import FlowVersion
from shared.domain.flow.step import Begun, End, Said, Stepped, Typed, Why, person, step
from shared.domain.now import Now
from shared.domain.text import clean
from shared.domain.words.to_callers import tell
from shared.domain.words.to_customers import say
from shared.edge.observability import frames, logger
from shared.edge.settings import environment
from shared.edge.wiring import ports
from shared.providers import twiml

PATIENCE = 1.5  # seconds; a caller hears silence meanwhile
TAKE_WORD = "2"
UNDER_WAY = frozenset({"redirected", "hangup", "bridged", "redirected-from-bridged"})
Verbs = list[Element]


def answer(asked: Asked, key: str) -> HttpReply:
    """The document that the carrier carries out now. It never fails: whoever calls hears words."""
    if asked.told:
        return HttpReply(200, twiml.document(), twiml.TYPE)
    return HttpReply(200, twiml.document(*_verbs(asked, key)), twiml.TYPE)


def _verbs(asked: Asked, key: str) -> Verbs:
    if not key:
        logger().error("call_without_a_key")
        return speaking.alone(None)
    try:
        return ports().within(PATIENCE, lambda: _spoken(asked, key))
    except PatchbayError as error:
        logger().error("call_answered_alone", reason=str(error))
    except Exception as error:
        logger().error("call_answered_alone", frames=frames(error))
    line = line_of(asked, "ko", key, environment.public_url, ports().clock())
    return speaking.music(line) if asked.what in ("wait", "callback") else speaking.alone(line)


def _spoken(asked: Asked, key: str) -> Verbs:
    now = channels.now()
    line = line_of(asked, now.centre.languages[0], key, environment.public_url, now.at)
    if asked.place is None:
        if asked.ours:
            return speaking.ends("lost_for_good", line.language)
        if asked.lost and "QueuePosition" in asked.fields:  # no menu fits into a queue
            return [*speaking.lost(line.language), twiml.leave()]
        before = speaking.lost(line.language) if asked.lost else []
        return [*before, *_begun(asked, line, now)]
    return PLACES[asked.what](asked, line, now)


def _begun(asked: Asked, line: Line, now: Now) -> Verbs:
    """The menu that greets on this channel; where there is none, the queue."""
    version = ports().settings.flow(now.centre.flow) if now.centre.flow else None
    if version is None or (version.flow.channels and CHANNEL.name not in version.flow.channels):
        return speaking.queued(line, tell("waits", line.language), _queue("", "", line, now), line.language)
    first = FlowPlace(version.name, version.n, version.flow.steps[0].name, line.place.until)
    return _stepped(asked, line, now, version, first, Begun())


def _answered(asked: Asked, line: Line, now: Now) -> Verbs:
    """The same step that the router takes, for the same words."""
    place = asked.place.flow if asked.place else None
    version = ports().settings.flow(place.flow, place.version) if place else None
    if version is None or place is None:
        broken = place or FlowPlace("", 0, "", now.at)
        return _ended(asked, line, now, person(broken, Why.BROKEN, about_call(line.language, now)))
    return _stepped(asked, line, now, version, place, Typed(clean(asked.said)))


def _stepped(asked: Asked, line: Line, now: Now, version: FlowVersion, place: FlowPlace, said: Said) -> Verbs:
    stepped = step(version.flow, place, said, about_call(line.language, now))
    waits_at = version.flow.at(stepped.place.step)
    if stepped.end is None and waits_at:
        return speaking.asked(line, stepped, waits_at)
    return _ended(asked, line, now, stepped)


def _ended(asked: Asked, line: Line, now: Now, stepped: Stepped) -> Verbs:
    language = stepped.place.language or line.language
    if stepped.end is End.SURVEY:
        return speaking.score(line, stepped.words, language)
    if stepped.end is End.VOICEMAIL:
        return speaking.voicemail(line, stepped.words, language, now.centre.calls.transcribe)
    if stepped.end is End.DONE:
        return speaking.ends("goodbye", language, stepped.words)
    queue = _queue(stepped.queue, stepped.place.intent, line, now)
    if stepped.callback and (promise := _promise(asked, line, now, stepped, queue)):
        return speaking.promised(f"{stepped.words} {promise}", language)
    return speaking.queued(line, stepped.words, queue, language)


def _queue(chosen: str, intent: str, line: Line, now: Now) -> str:
    """Where they wait, as far as the door knows: what rules ask of the customer is known to the router."""
    from shared.domain.routing.needs import Facts, placed

    return placed(Facts(CHANNEL.name, line.language, "", intent), now.centre, chosen).queue


def _promise(asked: Asked, line: Line, now: Now, stepped: Stepped, queue: str) -> str:
    """That they are called instead, where the flow ends in a call and there is a number; "" where not."""
    from functions.channels.voice.waiting import promise_by_flow

    typed = [one.value for one in stepped.place.collected]
    return promise_by_flow(asked, typed, queue, stepped.place.language or line.language, now)


def _waits(asked: Asked, line: Line, now: Now, before: str = "") -> Verbs:
    """Where they stand; music alone while nothing is known of them yet."""
    from functions.channels.voice.waiting import waiting

    found = waiting(asked, line.language, ports().store, now)
    if found is None:
        return speaking.music(line)
    told = found.told
    return speaking.waits(line, f"{before} {told.words}", found.calls, told.offers, told.every)


def _in_the_queue(asked: Asked, line: Line, now: Now) -> Verbs:
    """A key that was pressed while the music played; no key, and it goes round again."""
    from functions.channels.voice.waiting import promised, waiting

    pressed = asked.said
    found = waiting(asked, line.language, ports().store, now) if pressed else None
    if found and pressed == CALL_ME and found.calls:
        return speaking.promised(promised(asked, found, line.language, now), line.language)
    if found and pressed == TAKE_WORD and found.told.offers:
        return [twiml.leave()]
    refused = say("callback_bad_number", line.language) if found and pressed == CALL_ME else ""
    return _waits(asked, line, now, refused)


def _left(asked: Asked, line: Line, now: Now) -> Verbs:
    """Out of the carrier's queue: to leave word, or because it is full. Anything else is our own doing."""
    result = asked.fields.get("QueueResult", "")
    if result in UNDER_WAY:
        return []
    sorry = "" if result == "leave" else tell("away", line.language)
    return speaking.voicemail(line, sorry, line.language, now.centre.calls.transcribe)


def _scored(asked: Asked, line: Line, now: Now) -> Verbs:
    """Asked again for what is no score, and not for ever."""
    place = asked.place.flow if asked.place else None
    tries = (place.tries if place else 0) + 1
    if score_in(asked.said):
        return speaking.ends("scored", line.language)
    if tries >= speaking.SCORE_TRIES:
        return speaking.ends("goodbye", line.language)
    return speaking.score(line, "", line.language, tries)


PLACES: dict[str, Callable[[Asked, Line, Now], Verbs]] = {
    "step": _answered,
    "wait": _waits,
    "callback": _in_the_queue,
    "left": _left,
    "voicemail": lambda asked, line, now: speaking.ends("word_kept", line.language),
    "after": lambda asked, line, now: speaking.over(line),
    "score": _scored,
}
