"""Saved replies: the team's, which lie in the settings, and an agent's own, which lie with the agent."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from shared.domain.change import ANY, Delete, Put, Ref
from shared.domain.desk.inbox import OwnReply
from shared.domain.errors import Malformed, Refused
from shared.domain.saved_reply import ACTIONS, SavedReply
from shared.domain.text import clean
from shared.domain.variables import left_open
from shared.ports import Store

CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
MOST, LONGEST_TITLE, LONGEST_TEXT, MOST_ACTIONS = 200, 80, 2000, 4


@dataclass(frozen=True, slots=True)
class SavedRepliesOf:
    """Those that an agent can use. Where both have one of the same code, the agent's own goes first."""

    store: Store
    team: Callable[[], Sequence[SavedReply]]
    agent_id: str

    def own(self) -> tuple[SavedReply, ...]:
        return tuple(one.reply for one in self.store.find(OwnReply, self.agent_id, limit=MOST))

    def keep(self, reply: SavedReply) -> None:
        """An agent's own, in the place of the one of its code; without a text it is taken away. Twice is
        once. Raises Malformed, and Refused `no_title`, `too_long`, `too_many_saved` (422).
        """
        told = _cleaned(reply)
        mine = OwnReply(self.agent_id, told.code, told)
        if not (told.text_ko or told.text_en):
            self.store.commit(Delete(mine))
            return
        _fits(told)
        if self._is_full(told.code):
            raise Refused("too_many_saved", status=422, told={"most": str(MOST)})
        self.store.commit(Put(mine, over=ANY))

    def check(self, code: str, text: str) -> None:
        """Nothing goes out with an empty place in it. Refused `place_open` (422). A saved reply that was
        taken away meanwhile has no places to look for.
        """
        used = self._find(code) if code else None
        if used and (names := left_open(text, used.text_ko, used.text_en)):
            raise Refused("place_open", status=422, told={"names": ", ".join(names)})

    def _find(self, code: str) -> SavedReply | None:
        if mine := self.store.get(Ref(OwnReply, self.agent_id, code)):
            return mine.reply
        return next((one for one in self.team() if one.code == code), None)

    def _is_full(self, code: str) -> bool:
        known = [one.code for one in self.own()]
        return len(known) >= MOST and code not in known


def _cleaned(told: SavedReply) -> SavedReply:
    """Raises Malformed."""
    if not CODE.fullmatch(told.code):
        raise Malformed("a code has 1 to 40 small letters, digits, - and _")
    if len(told.actions) > MOST_ACTIONS or any(one.what not in ACTIONS for one in told.actions):
        raise Malformed("no such action")
    return replace(
        told,
        title_ko=_line(told.title_ko),
        title_en=_line(told.title_en),
        text_ko=clean(told.text_ko).strip(),
        text_en=clean(told.text_en).strip(),
    )


def _line(text: str) -> str:
    return " ".join(clean(text).split())


def _fits(told: SavedReply) -> None:
    if not (told.title_ko or told.title_en):
        raise Refused("no_title", status=422)
    titles, texts = (told.title_ko, told.title_en), (told.text_ko, told.text_en)
    if any(len(one) > LONGEST_TITLE for one in titles) or any(len(one) > LONGEST_TEXT for one in texts):
        raise Refused("too_long", status=422)
