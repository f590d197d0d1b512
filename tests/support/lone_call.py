"""A call on the desk without a centre: it keeps what the API would say of it, and does what the desk asks."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import Page

from shared.domain.times import iso
from tests.support.asked import Asked, Refusal
from tests.support.lone_desk import LoneDesk, work

ALL = ("hold", "pause_recording", "add", "hang_up")
PATH = "/cases/case-C0/calls"


def leg(id: str, role: str, name: str = "", state: str = "talking", reason: str = "") -> dict[str, Any]:
    since = iso(datetime.now(UTC) - timedelta(seconds=95))
    return {"id": id, "role": role, "name": name, "state": state, "since": since, "reason": reason}


def talking() -> dict[str, Any]:
    """A caller and the agent talk, and are recorded."""
    legs = [leg("L1", "customer"), leg("L2", "agent", "Agent One")]
    told = {"spot": "room", "held": False, "paused": False, "recording": "in-progress", "outbound": False}
    since = iso(datetime.now(UTC) - timedelta(seconds=185))
    return {**told, "number_shown": "010-5550-0001", "since": since, "legs": legs, "may": list(ALL)}


@dataclass
class LoneCall:
    """The call of the first customer's case. `refused` is what the centre says to the next act instead."""

    desk: LoneDesk
    call: dict[str, Any] | None = field(default_factory=talking)
    acts: list[Mapping[str, Any]] = field(default_factory=list)
    refused: Refusal | None = None
    callback: dict[str, Any] | None = None

    def __post_init__(self) -> None:
        if not self.desk.lines:
            self.desk.has("C0", 4)
        self.desk.me |= {"phone": "+821055500009", "own_phones": True, "calls_browser": False}
        nobody: dict[str, Any] = {"agents": [], "queues": []}
        self.desk.answers |= {PATH: self._act, "/cases/new/calls": self._act, "/colleagues": nobody}
        self.tell()

    def open(self, **options: Any) -> Page:
        """The desk with the case open, and the panel of the call where there is one."""
        page = self.desk.open(**options)
        page.locator(".work-item").first.click()
        page.locator("pb-timeline .line").last.wait_for()
        if self.call:
            page.locator("pb-call .call-leg").first.wait_for()
        return page

    def tell(self, live: bool = False, **changes: Any) -> None:
        """The call is another one from now on; `live`: the desk hears that it is time to look."""
        if self.call:
            self.call |= changes
        item = asdict(work("C0", len(self.desk.lines["C0"]))) | {"call": self.call, "callback": self.callback}
        self.desk.me["cases"] = [item]
        if live:
            self.desk.push({"type": "work_changed"})

    def names(self) -> list[str]:
        return [str(one["act"]) for one in self.acts]

    def _act(self, asked: Asked) -> Any:
        self.acts.append(asked.body)
        if self.refused:
            refused, self.refused = self.refused, None
            return refused
        does = getattr(self, f"_{asked.body['act']}", None)
        if does:
            does(asked.body)
        self.tell()
        return {"case_id": "case-C0", "customer_id": "C0"}

    def _may(self, gone: str, came: str) -> list[str]:
        assert self.call
        return [came if one == gone else one for one in self.call["may"]]

    def _hold(self, _: Mapping[str, Any]) -> None:
        self.tell(held=True, spot="hold", may=self._may("hold", "resume"))

    def _resume(self, _: Mapping[str, Any]) -> None:
        self.tell(held=False, spot="room", may=self._may("resume", "hold"))

    def _pause_recording(self, _: Mapping[str, Any]) -> None:
        self.tell(paused=True, recording="paused", may=self._may("pause_recording", "resume_recording"))

    def _resume_recording(self, _: Mapping[str, Any]) -> None:
        self.tell(paused=False, recording="in-progress", may=self._may("resume_recording", "pause_recording"))

    def _add(self, body: Mapping[str, Any]) -> None:
        assert self.call
        legs = [*self.call["legs"], leg(f"N{len(self.acts)}", "number", str(body["number"]), "ringing")]
        self.tell(legs=legs, may=[*self.call["may"], "drop"])

    def _drop(self, body: Mapping[str, Any]) -> None:
        assert self.call
        self.tell(legs=[one for one in self.call["legs"] if one["id"] != body["leg"]])

    def _hang_up(self, _: Mapping[str, Any]) -> None:
        self.call = None
