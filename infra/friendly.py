"""The shape in which people write settings, as that of the document and back: `needs: {english: 2}`."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from infra.yaml_lines import Lines, WrongSettings, at
from shared.domain.calls import Calls
from shared.domain.declared import Abuse, Field, Guide, Tag
from shared.domain.hours import Hours
from shared.domain.queue import Queue
from shared.domain.saved_reply import SavedReply
from shared.domain.staffing import Aux, Skill

Keys = tuple[str, ...]
Told = dict[str, Any]
Turn = Callable[[Any, Keys], Any]


class Friendly:
    """Turns what a file holds into the shape of the document. Raises WrongSettings with the file's line."""

    def __init__(self, path: Path, lines: Lines) -> None:
        self._path, self._lines = path, lines

    def centre(self, told: Told) -> Told:
        made = dict(told)
        for part, turn in self._parts().items():
            if part in told:
                made[part] = self._each(told[part], (part,), turn)
        if "hours" in told:
            made["hours"] = self._hours(told["hours"], ("hours",))
        if "undo" in told:
            held = self._mapping(told["undo"], ("undo",), "{sms: 10, chat: 5}")
            made["undo"] = [{"channel": name, "seconds": seconds} for name, seconds in held.items()]
        if "abuse" in told:
            made["abuse"] = self.known(told["abuse"], ("abuse",), of(Abuse))
        if "calls" in told:
            made["calls"] = self.known(told["calls"], ("calls",), of(Calls))
        return made

    def replies(self, told: Any) -> list[Told]:
        return self._each(told, ("saved_replies",), self._reply)

    def agents(self, told: Any) -> list[Told]:
        return self._each(told, ("agents",), self._agent)

    def wrong(self, keys: Keys, sentence: str) -> WrongSettings:
        return WrongSettings(f"{at(self._path, self._lines, *keys)}: {sentence}")

    def known(self, told: Any, keys: Keys, names: tuple[str, ...]) -> Told:
        """A mapping with these keys and no others."""
        if not isinstance(told, dict):
            raise self.wrong(keys, f"Here stands a mapping with some of {', '.join(names)}.")
        for key in (key for key in told if str(key) not in names):
            sentence = f"There is no use for `{key}`. It may be one of {', '.join(names)}."
            raise self.wrong((*keys, str(key)), sentence)
        return {str(key): value for key, value in told.items()}

    def _parts(self) -> dict[str, Turn]:
        return {
            "queues": self._queue,
            "profiles": self._profile,
            "rules": self._rule,
            "skills": self._skill,
            "aux": lambda told, keys: self.known(told, keys, of(Aux)),
            "tags": lambda told, keys: self._coded(told, keys, Tag),
            "fields": lambda told, keys: self._coded(told, keys, Field),
            "guides": self._guide,
        }

    def _each(self, told: Any, keys: Keys, turn: Turn) -> list[Any]:
        if told is None:
            return []
        if not isinstance(told, list):
            raise self.wrong(keys, f"`{keys[-1]}:` holds a list: `- …` on each line.")
        return [turn(one, (*keys, str(place))) for place, one in enumerate(told)]

    def _queue(self, told: Any, keys: Keys) -> Told:
        told = self.known(told, keys, of(Queue))
        turns: dict[str, Turn] = {
            "needs": self._levels,
            "rings": self._rings,
            "overflow": self._overflow,
            "announcements": self._announcements,
            "hours": self._hours,
        }
        return {key: turns[key](one, (*keys, key)) if key in turns else one for key, one in told.items()}

    def _profile(self, told: Any, keys: Keys) -> Told:
        told = self.known(told, keys, ("name", "queues", "capacity", "interrupts"))
        made = {key: told[key] for key in ("name", "queues") if key in told}
        limits = self._mapping(told.get("capacity"), (*keys, "capacity"), "{chat: 3, email: 5}")
        over = self._mapping(told.get("interrupts"), (*keys, "interrupts"), "{phone: [email]}")
        made["limits"] = [{"channel": name, "most": most} for name, most in limits.items()]
        made["interrupts"] = [{"channel": name, "over": listed(some)} for name, some in over.items()]
        return made

    def _rule(self, told: Any, keys: Keys) -> Told:
        told = self.known(told, keys, ("when", "queue", "needs", "priority"))
        when = self._mapping(told.get("when"), (*keys, "when"), "{language: en, tier: [gold, platinum]}")
        made = {key: told[key] for key in ("queue", "priority") if key in told}
        made["when"] = [{"fact": fact, "values": listed(values)} for fact, values in when.items()]
        return made | {"needs": self._levels(told.get("needs"), (*keys, "needs"))}

    def _agent(self, told: Any, keys: Keys) -> Told:
        agent = self.known(told, keys, ("login", "profile", "skills", "phone"))
        return agent | {"skills": self._levels(agent.get("skills"), (*keys, "skills"))}

    def _skill(self, told: Any, keys: Keys) -> Told:
        return {"name": told} if isinstance(told, str) else self.known(told, keys, of(Skill))

    def _coded(self, told: Any, keys: Keys, kind: Any) -> Told:
        """A code alone, or with what people call it."""
        return {"code": told} if isinstance(told, str) else self.known(told, keys, of(kind))

    def _guide(self, told: Any, keys: Keys) -> Told:
        told = self.known(told, keys, of(Guide))
        made: Told = {**told, "steps": self._each(told.get("steps"), (*keys, "steps"), self._step)}
        return made

    def _step(self, told: Any, keys: Keys) -> Told:
        told = self.known(told, keys, ("code", "ko", "en"))
        return {"code": told.get("code"), "label_ko": told.get("ko", ""), "label_en": told.get("en", "")}

    def _reply(self, told: Any, keys: Keys) -> Told:
        """What it does besides is written as `do: {tag: vip, close: solved}`."""
        names = tuple("do" if name == "actions" else name for name in of(SavedReply))
        told = self.known(told, keys, names)
        does = self._mapping(told.pop("do", None), (*keys, "do"), "{tag: vip, close: solved}")
        pairs = [(what, value) for what, values in does.items() for value in listed(values)]
        made: Told = {**told, "actions": [{"what": what, "value": str(value)} for what, value in pairs]}
        return made

    def _hours(self, told: Any, keys: Keys) -> Told:
        return self.known(told, keys, tuple(name for name in of(Hours) if name != "closed"))

    def _rings(self, told: Any, keys: Keys) -> list[Told]:
        return self._each(told, keys, self._ring)

    def _ring(self, told: Any, keys: Keys) -> Told:
        told = self.known(told, keys, ("after", "drop", "admit"))
        return {
            "after_seconds": told.get("after"),
            **{key: listed(told.get(key)) for key in ("drop", "admit")},
        }

    def _overflow(self, told: Any, keys: Keys) -> Told:
        told = self.known(told, keys, ("to", "after"))
        return {"queue": told.get("to"), "after_seconds": told.get("after")}

    def _announcements(self, told: Any, keys: Keys) -> list[Told]:
        return self._each(told, keys, self._announcement)

    def _announcement(self, told: Any, keys: Keys) -> Told:
        told = self.known(told, keys, ("after", "ko", "en"))
        return {"after_seconds" if key == "after" else key: value for key, value in told.items()}

    def _levels(self, told: Any, keys: Keys) -> list[Told]:
        """`{english: 2}`, or the names alone for level 1."""
        if isinstance(told, list):
            told = dict.fromkeys(map(str, told), 1)
        levels = self._mapping(told, keys, "{english: 2}")
        return [{"skill": skill, "level": level} for skill, level in levels.items()]

    def _mapping(self, told: Any, keys: Keys, form: str) -> Mapping[str, Any]:
        if told is not None and not isinstance(told, dict):
            raise self.wrong(keys, f"It is written as `{keys[-1]}: {form}`.")
        return {str(key): value for key, value in (told or {}).items()}


def of(kind: Any) -> tuple[str, ...]:
    """The fields of a type."""
    return tuple(field.name for field in fields(kind))


def listed(told: Any) -> list[Any]:
    """One value stands for a list of it."""
    if told is None:
        return []
    return told if isinstance(told, list) else [told]
