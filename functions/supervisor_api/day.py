"""The day in figures: each agent's, what every figure means, and what stands on a wall."""

from functions.supervisor_api.api import MAY, api, needs
from shared.domain.report.terms import Term, terms
from shared.domain.report.wall import Wall
from shared.domain.times import local_day
from shared.edge.staff import Caller
from shared.edge.wiring import ports
from shared.use_cases.report.see_agents import AgentsDay, SeeAgents
from shared.use_cases.report.see_wall import SeeWall


@api.route("GET", "/agents", *MAY)
def agents(caller: Caller) -> AgentsDay:
    today = local_day(ports().clock(), ports().settings.centre().zone)
    return SeeAgents(ports().store, ports().settings)(api.asked_day("day", today))


@api.route("GET", "/terms", *MAY)
def meanings(caller: Caller) -> dict[str, tuple[Term, ...] | None]:
    """How every published figure is computed, in the reader's language."""
    level = ports().settings.centre().service_level_seconds
    return {"items": terms(caller.language, level), "next": None}


@api.route("GET", "/wall", *MAY)
def on_the_wall(caller: Caller) -> Wall:
    return SeeWall(*needs())()
