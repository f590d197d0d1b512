"""The desk without a centre: its page in a browser, answered with as many cases and lines as a test wants."""

from typing import Any

from functions import channels
from shared.domain.centre import Centre
from shared.domain.desk.channel_view import channel_view
from shared.domain.desk.kind_view import kind_views
from shared.domain.desk.work_views import WorkItem
from tests.support.asked import Asked
from tests.support.lone_page import LonePage, moment


def work(customer: str, seq: int) -> WorkItem:
    told = (f"case-{customer}", customer, customer, f"Customer {customer}", "sms", "owned", moment(1))
    return WorkItem(*told, moment(seq), f"Line {seq}", "customer", 1, moment(seq))


class LoneDesk(LonePage):
    """The cases are those of the customers who have lines; `me` says more of the agent's work."""

    def answer(self, asked: Asked) -> Any:
        return self._me() if asked.path == "/me" else super().answer(asked)

    def _me(self) -> dict[str, Any]:
        cases = [work(customer, len(lines)) for customer, lines in self.lines.items()]
        centre = Centre()
        told = {"agent": self.agent, "offers": [], "cases": cases, "waiting": {}, **words(centre)}
        return told | {"survey": {"scale": 5}, "templates": [], "note_limit": 4000} | self.me


def words(centre: Centre) -> dict[str, Any]:
    """What every page of the staff's learns from GET /me."""
    known = [channel_view(one) for one in channels.traits().all]
    return {"channels": known, "dispositions": centre.dispositions, "kinds": kind_views()}
