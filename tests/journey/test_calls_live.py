"""A call the whole way live: the deployed template on the embedded AWS, and the stand-in that carries out our
TwiML.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from infra.local.centre import Centre
from tests.support.patience import soon
from tests.support.person import Case, Person, accepted

pytestmark = pytest.mark.embedded
CALLER = "+821055500171"
QUICK = {"sounds": 0.02, "waits": 1, "answers": 5}


class Telephones:
    """What people do with telephones on this machine."""

    def __init__(self, centre: Centre) -> None:
        self.hand = Person(centre)
        self.hand.ask("POST", "/local/voice/pace", QUICK)

    def rings(self, number: str) -> str:
        return str(self.hand.ask("POST", "/local/voice/call", {"from": number})["call_sid"])

    def lines(self) -> list[Any]:
        return list(self.hand.ask("GET", "/local/voice/calls")["items"])

    def line(self, sid: str) -> Any:
        return next(line for line in self.lines() if line["call_sid"] == sid)

    def heard(self, sid: str) -> str:
        return " ".join(one["text"] for one in self.line(sid)["heard"] if one["kind"] == "words")

    def does(self, what: str, sid: str, **told: Any) -> None:
        self.hand.ask("POST", f"/local/voice/{what}", {"call_sid": sid, **told})

    def ringing(self) -> str:
        return str(soon(lambda: next((line["call_sid"] for line in self.lines() if line["rings"]), None)))


@pytest.fixture
def agent(centre: Centre) -> Iterator[Person]:
    person = Person(centre, "agent1@example.test")
    person.ask("PUT", "/api/me/presence", {"presence": "available"})
    yield person
    person.ask("PUT", "/api/me/presence", {"presence": "offline"})


def taken(agent: Person) -> Case:
    """The call that is offered; other tests' customers, who wait longer, are served before."""

    def look() -> Any:
        for offer in agent.ask("GET", "/api/me")["offers"]:
            if offer["channel"] == "voice":
                return offer
            accepted(agent, offer).end()
        return None

    return accepted(agent, soon(look))


def test_a_caller_is_put_through_and_both_lines_end_with_the_case(centre: Centre, agent: Person) -> None:
    telephones = Telephones(centre)
    caller = telephones.rings(CALLER)
    case = taken(agent)
    phone = telephones.ringing()
    telephones.does("pick_up", phone)
    room = soon(lambda: telephones.line(caller)["room"])
    soon(lambda: agent.ask("GET", "/api/me")["cases"][0]["call"]["spot"] == "room")

    assert telephones.line(phone)["room"] == room
    case.act("close", disposition="solved")
    soon(lambda: telephones.line(caller)["state"] == telephones.line(phone)["state"] == "completed")

    told = case.lines()
    kinds = [line["kind"] for line in told]
    assert kinds.count("call_started") == 1 and "leg_changed" in kinds
    assert [line["seq"] for line in told] == list(range(1, len(told) + 1))


def test_an_agent_who_does_not_pick_up_leaves_the_caller_in_the_queue(centre: Centre, agent: Person) -> None:
    telephones = Telephones(centre)
    caller = telephones.rings(CALLER)
    taken(agent)

    telephones.does("decline", telephones.ringing())
    soon(lambda: agent.ask("GET", "/api/me")["agent"]["routing_status"] == "not_responding")

    assert telephones.line(caller)["state"] == "in-progress"
    telephones.does("hang_up", caller)
    soon(lambda: agent.ask("GET", "/api/me")["waiting"].get("main", 0) == 0)
