"""The whole centre with a channel of every kind of door: nothing of the channels' stack is left out."""

from functools import cache
from typing import Any

from infra.local.template import whole, written


@cache
def every_door() -> dict[str, Any]:
    """The template with its stacks in place, and a channel more whose door is the other kind."""
    root = written()
    sms = root["Resources"]["Sms"]
    letter = {"Channel": "letter", "Door": "notice", "Topic": {"Ref": "Alarms"}, "Proven": "no"}
    given = sms["Properties"]["Parameters"] | letter
    block = sms | {"Properties": sms["Properties"] | {"Parameters": given}}
    return whole(root | {"Resources": root["Resources"] | {"Letter": block}})
