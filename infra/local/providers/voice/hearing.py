"""What a line heard, for the page, the terminal and tests: words, music, a beep, another person's voice."""

from collections import deque
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

MOST = 200


@dataclass(frozen=True, slots=True)
class Heard:
    """`kind`: words, music, ringing, silence, beep, person (what another person types), sound (their
    real voice), keys, spoken, error. `who` is that person's number. `times`: how often in a row.
    """

    n: int
    at: datetime
    kind: str
    text: str = ""
    language: str = ""
    who: str = ""
    times: int = 1

    def shown(self) -> dict[str, Any]:
        at = self.at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        shown = {"n": self.n, "at": at, "kind": self.kind, "text": self.text, "times": self.times}
        return shown | {"language": self.language, "who": self.who}

    def like(self, kind: str, text: str, who: str) -> bool:
        return (self.kind, self.text, self.who) == (kind, text, who)


class Hearing:
    """The last of it; the same again counts up."""

    def __init__(self) -> None:
        self.items: deque[Heard] = deque(maxlen=MOST)
        self._n = 0

    def add(self, kind: str, text: str = "", language: str = "", who: str = "") -> None:
        last = self.items[-1] if self.items else None
        if last and last.like(kind, text, who) and kind not in ("keys", "spoken", "person"):
            self.items[-1] = replace(last, times=last.times + 1)
            return
        self._n += 1
        self.items.append(Heard(self._n, datetime.now(UTC), kind, text, language, who))

    def add_once(self, kind: str, who: str) -> None:
        """Not again while it goes on."""
        if not self.items or (self.items[-1].kind, self.items[-1].who) != (kind, who):
            self.add(kind, who=who)

    def words(self) -> list[str]:
        """All that was spoken to this line by a program, in order."""
        return [one.text for one in self.items if one.kind == "words"]
