"""Whether a flow can be shown: every step is reached, every loop left, in every language, short enough."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shared.domain.channel.choosing import LONGEST, question
from shared.domain.flow.flow import ENDS, TO_PEOPLE, WAITS, Flow, Step, StepKind
from shared.domain.text import fold
from shared.domain.timeline.choice import CHOICE_ID
from shared.domain.traits import Traits

LONGEST_INFORM = 200  # characters of the sentence about opening hours
LONGEST_HINT = 100


@dataclass(frozen=True, slots=True)
class Fault:
    """`step` is where it is ("" for the flow as a whole); the sentence says what to do."""

    step: str
    sentence: str


def faults(
    flow: Flow, languages: Sequence[str], channels: Sequence[Traits], queues: Sequence[str]
) -> list[Fault]:
    """All that is wrong, in the order of the steps. `channels` are those that exist."""
    if not flow.steps:
        return [Fault("", "There is no step. Write at least one that hands over.")]
    if lost := list(_lost(flow)):
        return lost
    shown = [one for one in channels if not flow.channels or one.name in flow.channels]
    each = [fault for step in flow.steps for fault in _of_step(step, languages, queues)]
    found = [*_of_flow(flow, channels), *each, *_unreachable(flow), *_endless(flow), *_unasked(flow)]
    return found or list(_too_long(flow, languages, shown))


def _of_flow(flow: Flow, channels: Sequence[Traits]) -> Iterator[Fault]:
    if not 1 <= flow.tries <= 9:
        yield Fault("", "`tries` is a number from 1 to 9.")
    if not 30 <= flow.expires_seconds <= 86_400:
        yield Fault("", "`expires_seconds` is a number from 30 to 86400.")
    known = {one.name for one in channels}
    for name in (name for name in flow.channels if name not in known):
        yield Fault("", f"There is no channel {name}. The channels are {', '.join(sorted(known))}.")


def _lost(flow: Flow) -> Iterator[Fault]:
    """Steps that lead nowhere, or to one that does not exist."""
    names = {step.name for step in flow.steps}
    for step in flow.steps:
        if step.kind not in ENDS and not step.leads_to:
            yield Fault(step.name, "It leads nowhere. Name the step behind it: `next: …`.")
        for name in step.leads_to:
            if name not in names:
                yield Fault(step.name, f"There is no step {name}. The steps are {', '.join(sorted(names))}.")


def _of_step(step: Step, languages: Sequence[str], queues: Sequence[str]) -> Iterator[Fault]:
    texts = [step.words] if step.kind in (StepKind.SAY, *WAITS) else [step.words] if step.words else []
    texts += [option.labels for option in step.options] + [
        o.descriptions for o in step.options if o.descriptions
    ]
    for language in languages:
        if any(not text.get(language, "").strip() for text in texts):
            yield Fault(step.name, f"Words are missing in the language {language}.")
    if step.kind is StepKind.ASK:
        yield from _of_choices(step)
    if step.kind is StepKind.LANGUAGE:
        yield from _of_languages(step, languages)
    if step.kind is StepKind.COLLECT and not 1 <= step.least <= step.most <= 40:
        yield Fault(
            step.name, "`digits` are two numbers, the fewest and the most: `digits: [4, 12]`, at most 40."
        )
    if step.callback and step.kind is not StepKind.HAND_OVER:
        yield Fault(step.name, "Only a `hand_over` can end in a `callback`.")
    if any(intent and not CHOICE_ID.fullmatch(intent) for intent in _intents(step)):
        yield Fault(step.name, "An `intent` is one word of at most 32 small letters, digits, `-` and `_`.")
    if step.queue and step.queue not in queues:
        yield Fault(step.name, f"There is no queue {step.queue}. The queues are {', '.join(queues)}.")


def _of_languages(step: Step, languages: Sequence[str]) -> Iterator[Fault]:
    """A language without a name was found before."""
    for language in (one for one in step.words if one not in languages):
        yield Fault(step.name, f"{language} is no language of the centre: {', '.join(languages)}.")
    if len(step.words) < 2:
        yield Fault(step.name, "There is nothing to choose: a `language` step takes two languages or more.")
    yield from _of_labels(step.name, list(step.words.values()), "the step")


def _intents(step: Step) -> tuple[str, ...]:
    return (step.intent, *(option.intent for option in step.options))


def _of_choices(step: Step) -> Iterator[Fault]:
    if not step.options:
        yield Fault(step.name, "It asks and offers nothing. Add `choices:`.")
    ids = [option.id for option in step.options]
    if len(set(ids)) < len(ids) or not all(map(CHOICE_ID.fullmatch, ids)):
        yield Fault(step.name, "Each choice has an `id` of its own: small letters, digits, `-` and `_`.")
    for language in dict.fromkeys(name for option in step.options for name in option.labels):
        yield from _of_labels(
            step.name, [option.labels.get(language, "") for option in step.options], language
        )


def _of_labels(step: str, labels: Sequence[str], language: str) -> Iterator[Fault]:
    folded = [fold(label) for label in labels]
    if len(set(folded)) < len(folded):
        yield Fault(step, f"Two choices read the same in {language}. Whoever types one cannot be understood.")
    if any(not label or label[0].isdigit() or len(label) > LONGEST for label in folded):
        yield Fault(step, f"A label in {language} begins with a letter: digits stand for a choice's place.")


def _unreachable(flow: Flow) -> Iterator[Fault]:
    reached, ahead = {flow.steps[0].name}, [flow.steps[0]]
    while ahead:
        for name in ahead.pop().leads_to:
            following = flow.at(name)
            if following and name not in reached:
                reached.add(name)
                ahead.append(following)
    for step in flow.steps:
        if step.name not in reached:
            yield Fault(step.name, "Nothing leads here. Name it behind another step, or take it out.")


def _endless(flow: Flow) -> Iterator[Fault]:
    """Steps from which no end can be reached, and circles in which nobody is asked."""
    ending = {step.name for step in flow.steps if step.kind in ENDS}
    grown = True
    while grown:
        more = {step.name for step in flow.steps if set(step.leads_to) & ending} - ending
        ending, grown = ending | more, bool(more)
    for step in flow.steps:
        if step.name not in ending:
            yield Fault(step.name, "No way leads from here to a person or an end. Add a `hand_over`.")
        elif step.kind not in WAITS and step.name in _behind(flow, step):
            yield Fault(step.name, "It comes back to itself without asking anything, so it would never stop.")


def _behind(flow: Flow, start: Step) -> set[str]:
    """The steps that are walked through from here without an answer."""
    found: set[str] = set()
    ahead = list(start.leads_to)
    while ahead:
        name = ahead.pop()
        step = flow.at(name)
        if step and name not in found:
            found.add(name)
            ahead += step.leads_to if step.kind not in WAITS else ()
    return found


def _unasked(flow: Flow) -> Iterator[Fault]:
    """A message that nobody answered must not be closed by the flow that greets it."""
    first = flow.steps[0]
    at_once = {first.name, *(_behind(flow, first) if first.kind not in WAITS else ())}
    for step in flow.steps:
        if step.name in at_once and step.kind in ENDS - TO_PEOPLE:
            yield Fault(step.name, "The conversation would end before the customer was asked anything.")


def _too_long(flow: Flow, languages: Sequence[str], channels: Sequence[Traits]) -> Iterator[Fault]:
    """The longest message that can end in a step: all that is said on the way there, with its choices."""
    for traits in channels:
        for language in languages:
            known: dict[str, str] = {}
            for step in (one for one in flow.steps if one.kind in (*WAITS, *ENDS)):
                text = _longest_before(flow, step, language, known) + "x" * LONGEST_HINT * (
                    step.kind in WAITS
                )
                asked = question(traits, text, step.choices((language,))).text
                if not traits.fits(asked):
                    over = traits.length(asked) - traits.text_limit
                    yield Fault(
                        step.name,
                        f"With what is said before it, it is too long for {traits.name} "
                        f"in {language}, by {over}. Shorten it, or ask in between.",
                    )


def _longest_before(flow: Flow, step: Step, language: str, known: dict[str, str]) -> str:
    """The longest words on any way to this step since the last answer; circles were refused before."""
    if step.name in known:
        return known[step.name]
    said = "" if step.kind is StepKind.LANGUAGE else step.words.get(language, "")
    own = "x" * LONGEST_INFORM if step.kind is StepKind.INFORM else said
    before = [one for one in flow.steps if step.name in one.leads_to and one.kind not in WAITS]
    ways = [_longest_before(flow, one, language, known) for one in before]
    known[step.name] = "\n".join((max(ways, key=len, default=""), own))
    return known[step.name]
