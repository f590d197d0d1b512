"""A flow as it is written in a file; the reverse of infra.flow_file."""

from typing import Any

from shared.domain.flow.flow import Flow, Option, Step, StepKind

PLAIN = (StepKind.SURVEY, StepKind.END)


def shown(flow: Flow) -> dict[str, Any]:
    told: dict[str, Any] = {"tries": flow.tries, "expires_seconds": flow.expires_seconds}
    if flow.channels:
        told["channels"] = list(flow.channels)
    return told | {"steps": {step.name: _step(step) for step in flow.steps}}


def _step(step: Step) -> dict[str, Any]:
    told: dict[str, Any] = {str(step.kind): _what(step)}
    if step.kind is StepKind.ASK:
        told["choices"] = [_option(one) for one in step.options]
    if step.kind is StepKind.COLLECT:
        told |= {"digits": [step.least, step.most]} | ({"masked": True} if step.masked else {})
    if step.callback:
        told["callback"] = True
    if step.next and step.kind is not StepKind.OPEN:
        told["next"] = step.next
    return told | ({"intent": step.intent} if step.intent else {})


def _what(step: Step) -> Any:
    if step.kind is StepKind.OPEN:
        return {"yes": step.next, "no": step.other}
    if step.kind in (StepKind.HAND_OVER, StepKind.VOICEMAIL):
        return step.queue or True
    if step.kind is StepKind.INFORM:
        return "hours"
    return True if step.kind in PLAIN else dict(step.words)


def _option(one: Option) -> dict[str, Any]:
    told = {"id": one.id, **one.labels, "next": one.next}
    told |= {"intent": one.intent} if one.intent else {}
    return told | ({"description": dict(one.descriptions)} if one.descriptions else {})
