"""flows/<name>.yaml as a flow; whoever wrote it is told file, line and a sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from infra.yaml_lines import Lines, WrongSettings, at, load
from shared.domain.flow.check import faults
from shared.domain.flow.flow import Flow, Option, Step, StepKind
from shared.domain.traits import Traits

LATER = {
    "queue": "is told by the announcements of a queue (docs/settings.md), after a person was called",
}
OF_FLOW = ("steps", "tries", "expires_seconds", "channels")
OF_STEP = ("next", "choices", "digits", "masked", "callback", "intent")
OF_OPTION = ("id", "next", "description", "intent")
KINDS = tuple(str(kind) for kind in StepKind)
Where = tuple[Path, Lines, tuple[str, ...]]  # a file, its lines, and the keys under which the flow lies


@dataclass(frozen=True, slots=True)
class Place:
    """What a flow is checked against."""

    languages: Sequence[str]
    channels: Sequence[Traits]
    queues: Sequence[str]


def read_flows(folder: Path, place: Place) -> tuple[Flow, ...]:
    """All flows of a folder; none where there is no folder. Raises WrongSettings for the first wrong one."""
    return tuple(read_flow(path, place) for path in sorted(folder.glob("*.yaml")))


def read_flow(path: Path, place: Place) -> Flow:
    told, lines = load(path)
    return read_told(path.stem, told, (path, lines, ()), place)


def read_told(name: str, told: Any, where: Where, place: Place) -> Flow:
    """A flow as it lies in a file of its own, or under a key of another one. Raises WrongSettings."""
    if not isinstance(told, dict):
        raise _wrong(where, (), "A flow is its steps: `steps: …`.")
    _known(told, OF_FLOW, where)
    steps = told.get("steps")
    if not isinstance(steps, dict) or not steps:
        raise _wrong(where, ("steps",), "`steps:` holds the steps by name.")
    read = tuple(_step(str(step), one, where) for step, one in steps.items())
    numbers = {field: told[field] for field in ("tries", "expires_seconds") if field in told}
    if any(type(number) is not int for number in numbers.values()):
        raise _wrong(where, tuple(numbers)[:1], "`tries` and `expires_seconds` are whole numbers.")
    channels = told.get("channels") or []
    if not isinstance(channels, list):
        raise _wrong(where, ("channels",), "`channels:` holds a list: `[chat, sms]`.")
    flow = Flow(name, read, channels=tuple(map(str, channels)), **numbers)
    for fault in faults(flow, place.languages, place.channels, place.queues):
        raise _wrong(where, ("steps", fault.step) if fault.step else (), fault.sentence)
    return flow


def _step(name: str, told: Any, where: Where) -> Step:
    """One step: the key that is a kind says what it does."""
    keys = ("steps", name)
    if not isinstance(told, dict):
        raise _wrong(where, keys, "A step is what it does and where it leads: `say: …` and `next: …`.")
    for later in (key for key in LATER if key in told):
        raise _wrong(where, (*keys, later), f"`{later}` {LATER[later]}. Use `hand_over`.")
    _known(told, (*KINDS, *OF_STEP), where, *keys)
    kinds = [StepKind(key) for key in told if key in KINDS]
    if not kinds and "callback" in told:
        raise _wrong(where, (*keys, "callback"), "`callback` stands beside `hand_over`: `hand_over: true`.")
    if len(kinds) != 1:
        raise _wrong(where, keys, f"A step does one thing: one of {', '.join(KINDS)}.")
    try:
        return replace(_made(name, kinds[0], told), intent=_word(told.get("intent", "")))
    except (TypeError, ValueError, OverflowError, KeyError, AttributeError) as error:
        raise _wrong(where, keys, f"`{kinds[0]}` is written as {FORMS[kinds[0]]}.") from error


FORMS = {
    StepKind.SAY: "`say: {ko: …, en: …}` with `next: …`",
    StepKind.ASK: "`ask: {ko: …, en: …}` with `choices: [{id: …, ko: …, en: …, next: …}]`",
    StepKind.OPEN: "`open: {yes: …, no: …}`, each a step",
    StepKind.INFORM: "`inform: hours` with `next: …`",
    StepKind.COLLECT: "`collect: {ko: …, en: …}` with `digits: [4, 12]`, `next: …`, perhaps `masked: true`",
    StepKind.SURVEY: "`survey: true`",
    StepKind.HAND_OVER: "`hand_over: true`, or the name of a queue, perhaps with `callback: true`",
    StepKind.END: "`end: true`",
    StepKind.LANGUAGE: "`language: {ko: 한국어, en: English}`, each by its own name, with `next: …`",
    StepKind.VOICEMAIL: "`voicemail: true`, or the name of a queue",
}


def _made(name: str, kind: StepKind, told: dict[str, Any]) -> Step:
    value, following, called = told[kind], str(told.get("next") or ""), told.get("callback") is True
    if kind is StepKind.OPEN:
        # YAML reads a bare yes and no as true and false.
        ways = {str(key).lower(): str(step) for key, step in value.items()}
        yes, no = (ways.get(word) or ways[truth] for word, truth in (("yes", "true"), ("no", "false")))
        return Step(name, kind, next=yes, other=no)
    if kind is StepKind.HAND_OVER:
        return Step(name, kind, queue="" if value is True else _word(value), callback=called)
    if kind is StepKind.VOICEMAIL:
        return Step(name, kind, queue="" if value is True else _word(value))
    if kind in (StepKind.SURVEY, StepKind.END) and value is not True:
        raise ValueError(value)
    if kind is StepKind.INFORM and value != "hours":
        raise ValueError(value)
    if kind in (StepKind.SURVEY, StepKind.END, StepKind.INFORM):
        return Step(name, kind, next=following)
    least, most = map(int, told.get("digits") or (1, 20))
    return Step(
        name,
        kind,
        _words(value),
        tuple(map(_option, told.get("choices") or ())),
        following,
        least=least,
        most=most,
        masked=told.get("masked") is True,
    )


def _option(told: dict[str, Any]) -> Option:
    labels = {key: value for key, value in told.items() if key not in OF_OPTION}
    descriptions, intent = _words(told.get("description") or {}), _word(told.get("intent", ""))
    return Option(str(told["id"]), _words(labels), str(told["next"]), descriptions, intent)


def _words(told: Mapping[Any, Any]) -> dict[str, str]:
    return {str(language): _word(text) for language, text in told.items()}


def _word(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(value)
    return value


def _known(told: Mapping[str, Any], names: Sequence[str], where: Where, *keys: str) -> None:
    for key in (key for key in told if str(key) not in names):
        sentence = f"There is no use for `{key}`. It may be one of {', '.join(names)}."
        raise _wrong(where, (*keys, str(key)), sentence)


def _wrong(where: Where, keys: tuple[str, ...], sentence: str) -> WrongSettings:
    path, lines, above = where
    return WrongSettings(f"{at(path, lines, *above, *keys)}: {sentence}")
