"""The administrators' page without a centre: the API itself checks and saves its settings, in memory."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, ClassVar

from infra.twins.world import World
from shared.domain.change import Put
from shared.domain.desk.agent_view import AgentView
from shared.domain.report.figures import Figure
from shared.domain.times import local_day
from shared.edge import wiring
from tests.support.admin_api import ask
from tests.support.asked import Asked, Refusal
from tests.support.configured import configured
from tests.support.full_settings import FULL, full_document
from tests.support.lone_page import LonePage

ADMIN = AgentView("boss", "Boss", ("admin",), "")


@dataclass
class LoneAdmin(LonePage):
    AT: ClassVar[str] = "/admin"
    STANDS: ClassVar[str] = "nav.places"

    agent: AgentView = ADMIN
    world: World = field(default_factory=World)

    def __post_init__(self) -> None:
        wiring.use(self.world.ports())

    def full(self) -> None:
        """Two versions, and two channels that were used today."""
        configured(self.world, full_document())
        configured(self.world, full_document(members=2))
        today = local_day(self.world.clock(), FULL.zone)
        self.world.store.commit(*map(Put, used(today)))

    def answer(self, asked: Asked) -> Any:
        body = asked.body if asked.method != "GET" else None
        group = self.agent.groups[0]
        status, told = ask(asked.method, asked.path, body, group, asked.language[:2])
        if status < 400:
            return told
        error = told["error"]
        return Refusal(status, error["code"], error["message"], error.get("fields") or {})


def used(today: date) -> tuple[Figure, ...]:
    before = str(today - timedelta(days=1))
    return (
        Figure(str(today), 9, "sms", "main", messages_received=31, messages_sent=28, messages_failed=2),
        Figure(before, 17, "email", "main", messages_received=4),
    )
