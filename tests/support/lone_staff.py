"""The supervisors' page and the wall without a centre: in full swing, or where nothing goes on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from shared.domain.desk.agent_view import AgentView
from shared.domain.desk.declared_view import declared
from shared.domain.desk.labels import labels
from shared.domain.report.terms import terms
from tests.support import busy_day
from tests.support.asked import Asked
from tests.support.full_settings import FULL
from tests.support.lone_desk import words
from tests.support.lone_page import LonePage

SUPERVISOR = AgentView("S", "Supervisor One", ("supervisor", "admin"), "")


@dataclass
class LoneStaff(LonePage):
    """`busy` is a day in full swing; without it nobody is there and nothing was counted."""

    AT: ClassVar[str] = "/supervisor"
    STANDS: ClassVar[str] = "pb-live"

    agent: AgentView = SUPERVISOR
    busy: bool = True

    def answer(self, asked: Asked) -> Any:
        day, busy, level = busy_day, self.busy, FULL.service_level_seconds
        told: dict[str, Callable[[], Any]] = {
            "/me": self._me,
            "/live": lambda: day.live(busy),
            "/open": lambda: _page(day.opened() if busy else ()),
            "/figures": lambda: day.day_figures(busy),
            "/agents": lambda: day.agents_day(busy),
            "/notices": lambda: _page(day.notices() if busy else ()),
            "/ledger": lambda: day.ledger(busy),
            "/reports": lambda: _page(day.reports() if busy else ()),
            "/terms": lambda: _page(terms(asked.language, level)),
            "/waiting": day.waiting,
            "/wall": lambda: day.on_the_wall(busy),
            "/notices/seen": dict,
            "/contacts/7Q2M4X/why": lambda: _page(day.why(asked.language)),
        }
        return told[asked.path]() if asked.path in told else super().answer(asked)

    def _me(self) -> dict[str, Any]:
        told = {"agent": self.agent, "offers": [], "cases": [], "waiting": {}, "zone": FULL.zone}
        named = {"labels": labels(FULL), "declared": declared(FULL), "aux": FULL.aux}
        return told | words(FULL) | named | self.me


@dataclass
class LoneWall(LoneStaff):
    AT: ClassVar[str] = "/wall"
    STANDS: ClassVar[str] = ".wall-board"


def _page(items: Any) -> dict[str, Any]:
    return {"items": items, "next": None}
