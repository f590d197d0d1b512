"""A running centre as people use it: pages in a real browser, customers who write, staff who are hired."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from playwright.sync_api import (
    APIResponse,
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    ViewportSize,
)

from functions.channels import traits
from infra.cli.web import ask
from infra.local.centre import Centre
from infra.local.demo.seed import PASSWORD, account, hire
from infra.local.providers import Said, load
from tests.support.patience import soon

NARROW: ViewportSize = {"width": 390, "height": 780}
BLOCKED = "Content Security Policy"
# Each test's people are others, as one centre serves them all.
NEXT = count(1)
SIGNED_IN_BEFORE = "try { localStorage.setItem('patchbay.session', 'yes') } catch {}"


@dataclass
class Staff:
    """Somebody hired for one test, signed in; every page of theirs shares the sign-in."""

    email: str
    name: str
    context: BrowserContext
    token: str

    def put(self, path: str, body: dict[str, Any]) -> Any:
        return self._ask("PUT", path, body)

    def post(self, path: str, body: dict[str, Any]) -> Any:
        return self._ask("POST", path, body)

    def get(self, path: str) -> Any:
        return self._ask("GET", path, None)

    def finish(self) -> None:
        """Take what is offered, close all that is theirs and wrap it up; what has ended is done already."""
        for offer in self.get("/me")["offers"]:
            self._send("POST", f"/offers/{offer['offer_id']}/accept", {})
        for case in self.get("/me")["cases"]:
            closing = {"key": f"finish-{case['case_id']}", "disposition": "spam"}
            closing["customer_id"] = case["customer_id"]
            self._send("POST", f"/cases/{case['case_id']}/close", closing)
        for wrap in self.get("/me")["wrapping"]:
            self._send("POST", f"/cases/{wrap['case_id']}/wrapped", {})

    def goes(self, presence: str) -> bool:
        """False for who answers no customers, and so has no presence."""
        return self._send("PUT", "/me/presence", {"presence": presence}).ok

    def _ask(self, method: str, path: str, body: dict[str, Any] | None) -> Any:
        answer = self._send(method, path, body)
        assert answer.ok, f"{method} {path}: {answer.status} {answer.text()}"
        return answer.json()

    def _send(self, method: str, path: str, body: dict[str, Any] | None) -> APIResponse:
        bearer = {"Authorization": f"Bearer {self.token}"}
        return self.context.request.fetch(f"/api{path}", method=method, headers=bearer, data=body)


def _nobody_waits(who: Staff) -> bool:
    """Customers whose agent left in the middle are taken and closed as well."""
    told = who.get("/me")
    if not (sum(told["waiting"].values()) or told["offers"] or told["cases"]):
        return who.goes("offline")
    who.goes("available")
    who.finish()
    return False


@dataclass
class House:
    """`wrong` collects the errors no script caught, and what a page's own policy blocked."""

    centre: Centre
    browser: Browser
    wrong: list[str] = field(default_factory=list)
    staff: list[Staff] = field(default_factory=list)
    _contexts: list[BrowserContext] = field(default_factory=list)

    def person(self, **options: Any) -> BrowserContext:
        """Somebody's browser, with cookies and storage of its own; options as of Playwright's new_context."""
        made = self.browser.new_context(base_url=self.centre.address, reduced_motion="reduce", **options)
        made.on("weberror", lambda told: self.wrong.append(str(told.error)))
        made.on("console", self._hear)
        self._contexts.append(made)
        return made

    def visit(self, path: str, **options: Any) -> Page:
        """A page of somebody who was never here."""
        page = self.person(**options).new_page()
        page.goto(path)
        return page

    def hire(self, *groups: str, **options: Any) -> Staff:
        """An agent, or staff of these groups, with a browser that is signed in."""
        name = f"Staff {next(NEXT)}"
        email = f"{name.replace(' ', '')}@example.test"
        pool = self.centre.outputs["UserPoolId"]
        hire(self.centre.client("cognito-idp"), pool, email, name, groups or ("agent",))
        context = self.person(**options)
        answer = context.request.post("/api/session", data={"email": email, "password": PASSWORD})
        assert answer.ok, answer.text()
        context.add_init_script(SIGNED_IN_BEFORE)
        self.staff.append(Staff(email, name, context, answer.json()["id_token"]))
        return self.staff[-1]

    def desk(self, who: Staff, presence: str = "available") -> Page:
        """The desk of somebody who is there."""
        page = who.context.new_page()
        page.goto("/desk")
        page.locator("pb-top select").first.select_option(presence)
        page.locator(f".dot[data-presence={presence}]").wait_for()
        return page

    def number(self) -> str:
        """A phone number that nobody has written from."""
        return f"+8210{55600000 + next(NEXT)}"

    def sms(self, number: str, text: str) -> str:
        """A customer's SMS through the provider's signed request; the answer is the provider's id of it."""
        channel = next(one for one in traits().all if one.name == "sms")
        held = account(self.centre.emulator, self.centre.outputs, channel)
        made: Said = load(channel).said(held, self.centre.address, number, text)
        status, _ = ask(self.centre.address + made.path, made.body, dict(made.headers))
        assert status == 200
        return made.id

    def leave(self) -> None:
        """Everybody closes their cases and goes home: no offer of the next test rings here, and none of this
        one's customers is offered there.
        """
        for who in self.staff:
            who.finish()
        agents = [who for who in self.staff if who.goes("offline")]
        soon(lambda: all(map(_nobody_waits, agents[:1])))
        for context in self._contexts:
            context.close()

    def _hear(self, told: ConsoleMessage) -> None:
        if told.type == "error" and BLOCKED in told.text:
            self.wrong.append(told.text)
