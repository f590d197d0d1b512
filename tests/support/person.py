"""Whoever speaks to the front door of a centre that runs, and an agent's hands on a case."""

import json
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from infra.local.centre import Centre
from tests.support.patience import PATIENCE, soon


class Person:
    """Whoever speaks to the front door; staff log in first."""

    def __init__(self, centre: Centre, email: str = "") -> None:
        self._centre, self._token = centre, ""
        if email:
            login = next(one for one in centre.logins if one.email == email)
            told = {"email": login.email, "password": login.password}
            self._token = self.ask("POST", "/api/session", told)["id_token"]

    def ask(self, method: str, path: str, told: object = None, status: int = 0) -> Any:
        connection = HTTPConnection(urlsplit(self._centre.address).netloc, timeout=PATIENCE)
        headers = {"content-type": "application/json", "accept-language": "en"}
        headers |= {"authorization": f"Bearer {self._token}"} if self._token else {}
        try:
            connection.request(method, path, None if told is None else json.dumps(told), headers)
            answer = connection.getresponse()
            body = json.loads(answer.read() or b"{}")
        finally:
            connection.close()
        assert answer.status == status if status else answer.status < 300, (path, answer.status, body)
        return body


class Case:
    """The agent's hands on one case."""

    def __init__(self, agent: Person, case_id: str, customer_id: str) -> None:
        self.agent, self.id, self.customer = agent, case_id, customer_id

    def act(self, what: str, **told: Any) -> Any:
        body = {"key": uuid4().hex, "customer_id": self.customer, **told}
        return self.agent.ask("POST", f"/api/cases/{self.id}/{what}", body)

    def lines(self) -> list[Any]:
        return list(self.agent.ask("GET", f"/api/customers/{self.customer}/entries")["items"])

    def end(self) -> None:
        """Closed, and the work after it done at once: it would keep the agent's places for a minute."""
        self.act("close", disposition="spam")
        self.agent.ask("POST", f"/api/cases/{self.id}/wrapped")

    def told(self) -> Any:
        card = self.agent.ask("GET", f"/api/customers/{self.customer}")
        return next(case for case in card["cases"] if case["case_id"] == self.id)


def accepted(agent: Person, offer: Any) -> Case:
    told = agent.ask("POST", f"/api/offers/{offer['offer_id']}/accept")
    return Case(agent, told["case_id"], told["customer_id"])


def taken(agent: Person, preview: str) -> Case:
    """The case that begins with these words. Other tests' customers wait longer and are offered first
    (declined, they would be offered again): they are served, in short.
    """

    def look() -> Any:
        agent.ask("PUT", "/api/me/presence", {"presence": "available"})
        for offer in agent.ask("GET", "/api/me")["offers"]:
            if preview in offer["preview"]:
                return offer
            accepted(agent, offer).end()
        return None

    return accepted(agent, soon(look))
