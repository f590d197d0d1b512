"""Lists of cases, and what is done to many of them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from functions.desk_api.api import READS, TALKS_WITH_CUSTOMERS, api, needs
from shared.domain.change import Ref
from shared.domain.desk.list_view import ListPage
from shared.domain.desk.lists import ME, SORTS, Which
from shared.domain.errors import Malformed
from shared.domain.routing.staff import Agent
from shared.domain.words.to_staff import sentence
from shared.edge import asked
from shared.edge.staff import Caller
from shared.edge.wiring import ports
from shared.use_cases.desk.act_on_cases import ActOnCases, Done, Named, Values
from shared.use_cases.desk.see_list import Asker, SeeList

ACTS = ("agent",)  # experts read
ENOUGH = timedelta(seconds=9)  # of the 15 that the function has: the slowest act takes some more


@dataclass(frozen=True, slots=True)
class Act:
    """`cases` are {customer_id, case_id}; what else there is depends on the act (see Values)."""

    act: str
    cases: list[Any]
    key: str
    queue: str = ""
    to: str = ""
    note: str = ""
    add: list[str] | None = None
    remove: list[str] | None = None
    until: str = ""
    disposition: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    case_id: str
    done: bool
    code: str = ""
    message: str = ""


@api.route("GET", "/lists/{name}", *READS)
def see_list(caller: Caller, name: str) -> ListPage:
    told = {key: api.asked(key) for key in ("queue", "channel", "owner", "tag", "state", "sort", "cursor")}
    if told["sort"] not in SORTS:
        raise Malformed("no such order")
    owner = caller.id if told["owner"] == ME else told["owner"]
    agent = ports().store.get(Ref(Agent, caller.id)) if caller.may(*TALKS_WITH_CUSTOMERS) else None
    pools = (agent.pool,) if agent else ports().settings.centre().pools
    see = SeeList(*needs(), ports().at_once)
    return see(name, Asker(caller.id, tuple(pools), caller.language), Which(**told | {"owner": owner}))


@api.route("POST", "/acts", *ACTS)
def act(caller: Caller) -> dict[str, list[Outcome]]:
    told, clock = api.body(Act), ports().clock
    until = clock() + ENOUGH
    do = ActOnCases(*needs(), ports().at_once, lambda: clock() > until)
    done = do(caller.id, told.act, [_named(one) for one in told.cases], _values(told), told.key)
    return {"items": [_outcome(one, caller.language) for one in done]}


def _named(told: Any) -> Named:
    names = ("customer_id", "case_id")
    if not isinstance(told, dict) or not all(isinstance(told.get(name), str) for name in names):
        raise Malformed("a case is named by its customer and its id")
    return Named(*(told[name] for name in names))


def _values(told: Act) -> Values:
    tags = tuple(told.add or ()), tuple(told.remove or ())
    until = asked.moment(told.until) if told.until else None
    return Values(told.queue, told.to, told.note, *tags, until, told.disposition)


def _outcome(one: Done, language: str) -> Outcome:
    if one.refused is None:
        return Outcome(one.case_id, done=True)
    code = one.refused.code
    return Outcome(one.case_id, False, code, sentence(code, language, **one.refused.said(language)))
