"""Settings as a file that reads back to the same: what `patchbay configure --show` writes."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

import yaml

from infra.flow_show import shown as shown_flow
from shared.adapters import codec
from shared.domain.calls import NO_CALLS
from shared.domain.centre import Centre
from shared.domain.declared import Abuse, Field, Guide, Tag
from shared.domain.hours import Hours
from shared.domain.queue import Need, Queue, Ring
from shared.domain.saved_reply import SavedReply
from shared.domain.settings.document import Document, without_calendar
from shared.domain.staffing import Member, Profile, Rule

ALWAYS = (
    "name",
    "zone",
    "languages",
    "phone_region",
    "currency",
    "queues",
)  # worth reading even at their defaults
WIDTH = 110


def text_of(told: Document, n: int) -> str:
    """`n` is the version it is: the file names it, so that a later save can tell what changed since."""
    return yaml.safe_dump(
        _document(without_calendar(told), n), allow_unicode=True, sort_keys=False, width=WIDTH
    )


def _document(told: Document, n: int) -> dict[str, Any]:
    shown: dict[str, Any] = {"based_on": n, **_centre(told.centre)}
    if told.members:
        shown["agents"] = [_agent(one) for one in told.members]
    if told.templates:
        shown["templates"] = codec.plain(told.templates)
    if told.replies:
        shown["saved_replies"] = [_reply(one) for one in told.replies]
    return shown | {"flows": {flow.name: shown_flow(flow) for flow in told.flows}}


def _centre(centre: Centre) -> dict[str, Any]:
    usual, told = Centre(), {}
    for field in fields(Centre):
        value = getattr(centre, field.name)
        if field.name in ALWAYS or value != getattr(usual, field.name):
            told[field.name] = WRITES.get(field.name, codec.plain)(value)
    return told


def _queue(queue: Queue) -> dict[str, Any]:
    told = _unusual(queue, Queue())
    turns: dict[str, Callable[[Any], Any]] = {
        "needs": _levels,
        "hours": _hours,
        "rings": lambda rings: [_ring(ring) for ring in rings],
    }
    told |= {key: turns[key](getattr(queue, key)) for key in turns if key in told}
    if queue.overflow:
        told["overflow"] = {"to": queue.overflow.queue, "after": queue.overflow.after_seconds}
    if queue.announcements:
        told["announcements"] = [
            {"after": one.after_seconds, **_only(ko=one.ko, en=one.en)} for one in queue.announcements
        ]
    return {"name": queue.name, **told}


def _ring(ring: Ring) -> dict[str, Any]:
    return {"after": ring.after_seconds, **_only(drop=list(ring.drop), admit=list(ring.admit))}


def _hours(hours: Hours) -> dict[str, Any]:
    told: dict[str, Any] = codec.plain(hours)
    return _only(**told)


def _profile(profile: Profile) -> dict[str, Any]:
    return _only(
        name=profile.name,
        queues=list(profile.queues),
        capacity={one.channel: one.most for one in profile.limits},
        interrupts={one.channel: list(one.over) for one in profile.interrupts},
    )


def _rule(rule: Rule) -> dict[str, Any]:
    when = {one.fact: list(one.values) for one in rule.when}
    return {"when": when, **_only(queue=rule.queue, needs=_levels(rule.needs), priority=rule.priority)}


def _agent(member: Member) -> dict[str, Any]:
    told = _only(skills=_levels(member.skills), phone=member.phone)
    return {"login": member.login, "profile": member.profile, **told}


def _guide(guide: Guide) -> dict[str, Any]:
    steps = [{"code": one.code, **_only(ko=one.label_ko, en=one.label_en)} for one in guide.steps]
    return {"name": guide.name, **_only(queue=guide.queue, intent=guide.intent), "steps": steps}


def _coded(one: Tag | Field) -> dict[str, Any]:
    return {"code": one.code, **_unusual(one, type(one)(one.code))}


def _reply(reply: SavedReply) -> dict[str, Any]:
    does: dict[str, list[str]] = {}
    for action in reply.actions:
        does.setdefault(action.what, []).append(action.value)
    told = {key: value for key, value in _unusual(reply, SavedReply(reply.code)).items() if key != "actions"}
    short = {what: values[0] if len(values) == 1 else values for what, values in does.items()}
    return {"code": reply.code, **told, **_only(do=short)}


def _levels(needs: tuple[Need, ...]) -> dict[str, int]:
    return {need.skill: need.level for need in needs}


def _unusual(value: Any, usual: Any) -> dict[str, Any]:
    """The fields that are not at their default, as plain values."""
    told: Mapping[str, Any] = codec.plain(value)
    return {key: one for key, one in told.items() if getattr(value, key) != getattr(usual, key)}


def _only(**told: Any) -> dict[str, Any]:
    return {key: value for key, value in told.items() if value}


WRITES: dict[str, Any] = {
    "skills": lambda skills: [_only(**codec.plain(one)) for one in skills],
    "queues": lambda queues: [_queue(one) for one in queues],
    "profiles": lambda profiles: [_profile(one) for one in profiles],
    "rules": lambda rules: [_rule(one) for one in rules],
    "hours": _hours,
    "tags": lambda tags: [_coded(one) for one in tags],
    "fields": lambda fields: [_coded(one) for one in fields],
    "guides": lambda guides: [_guide(one) for one in guides],
    "undo": lambda undo: {one.channel: one.seconds for one in undo},
    "abuse": lambda abuse: _unusual(abuse, Abuse()),
    "calls": lambda calls: _unusual(calls, NO_CALLS),
}
