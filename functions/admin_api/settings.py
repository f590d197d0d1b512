"""The settings on the administrators' page: the same document and the same checks as in a file."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from chalice.app import Response

from functions import channels
from functions.admin_api.api import api
from shared.domain.centre import Centre, Config
from shared.domain.declared import FIELD_KINDS
from shared.domain.desk.channel_view import channel_view
from shared.domain.difference import Difference
from shared.domain.queue import AGENT_ORDER
from shared.domain.routing.needs import FACTS
from shared.domain.saved_reply import ACTIONS, SavedReply
from shared.domain.settings.document import Document
from shared.domain.settings.problem import Problem
from shared.domain.settings.said import told_difference, told_problem
from shared.domain.staffing import Member
from shared.domain.times import iso
from shared.domain.words.to_staff import sentence
from shared.edge.observability import logger
from shared.edge.staff import Caller, answer
from shared.edge.wiring import ports
from shared.use_cases.configure import Author, Configure, NotApplied, Outlook
from shared.use_cases.routing.add_staff import AddStaff
from shared.use_cases.settings.versions import Versions

LONGEST = 4_000_000  # bytes: what a version may hold


@dataclass(frozen=True, slots=True)
class Saving:
    """What the page shows; templates and flows, which it does not, stay as in the version it began from, and
    the saved replies where none are sent.
    """

    centre: Centre
    based_on: int
    agents: tuple[Member, ...] = ()
    saved_replies: tuple[SavedReply, ...] | None = None


@dataclass(frozen=True, slots=True)
class TakingUp:
    """With `check` it is told what would change, and nothing is written."""

    n: int
    based_on: int
    check: bool = False


@api.route("GET", "/settings", "admin", "auditor")
def settings(caller: Caller) -> dict[str, object]:
    versions = Versions(ports().store)
    current, history = versions.current(), versions.history()
    return {
        "n": current.n,
        "centre": current.document.centre,
        "agents": current.document.members,
        "saved_replies": current.document.replies,
        "history": [_told(config, caller.language) for config in history],
        "channels": [channel_view(one) for one in channels.traits().all],
        "facts": FACTS,
        "agent_order": AGENT_ORDER,
        "field_kinds": FIELD_KINDS,
        "actions": ACTIONS,
    }


@api.route("PUT", "/settings", "admin")
def save_settings(caller: Caller) -> Response:
    told = api.body(Saving, LONGEST)
    try:
        n = _configure()(_document(told), told.based_on, Author(caller.actor, caller.name))
    except NotApplied as refused:
        return _not_applied(refused, caller.language)
    return _saved(caller, n)


@api.route("POST", "/settings/check", "admin")
def check_settings(caller: Caller) -> dict[str, object]:
    """What saving would do; nothing is written."""
    told = api.body(Saving, LONGEST)
    outlook = _configure().look(_document(told), told.based_on)
    return _outlook(outlook, caller.language)


@api.route("POST", "/settings/rollback", "admin")
def take_up_settings(caller: Caller) -> Response:
    told = api.body(TakingUp)
    if told.check:
        document = Versions(ports().store).of(told.n).document
        return answer(_outlook(_configure().look(document, told.based_on), caller.language))
    try:
        n = _configure().roll_back(told.n, told.based_on, Author(caller.actor, caller.name))
    except NotApplied as refused:
        return _not_applied(refused, caller.language)
    return _saved(caller, n)


def _configure() -> Configure:
    return Configure(ports().store, ports().clock, channels.traits())


def _document(told: Saving) -> Document:
    """Raises Refused `no_version`."""
    began = Versions(ports().store).of(told.based_on).document
    replies = began.replies if told.saved_replies is None else told.saved_replies
    return replace(began, centre=told.centre, members=told.agents, replies=replies)


def _saved(caller: Caller, n: int) -> Response:
    logger().info("settings_saved", version=n, by=caller.actor)
    AddStaff(ports().store, channels.now).audit(caller.id, "settings_saved", caller.actor, version=n)
    return answer({"n": n})


def _not_applied(refused: NotApplied, language: str) -> Response:
    """A refusal like others, with the fields that are wrong and what changed meanwhile."""
    words = sentence(refused.code, language)
    error = {"code": refused.code, "message": words, "fields": _outlook(refused.outlook, language)}
    return answer({"error": error}, refused.status)


def _outlook(outlook: Outlook, language: str) -> dict[str, object]:
    return {
        "n": outlook.n,
        "problems": [_problem(one, language) for one in outlook.problems],
        "differences": _lines(outlook.differences, language),
        "meanwhile": _lines(outlook.meanwhile, language),
    }


def _problem(found: Problem, language: str) -> dict[str, str]:
    return {"path": ".".join(found.path), "message": told_problem(found, language)}


def _lines(found: Sequence[Difference], language: str) -> list[str]:
    return [told_difference(one, language) for one in found]


def _told(config: Config, language: str) -> dict[str, object]:
    return {
        "n": config.n,
        "at": config.at and iso(config.at),
        "by": config.name or config.by,
        "of": config.of,
        "changes": _lines(config.changes, language),
        "changed": config.changed,
    }
