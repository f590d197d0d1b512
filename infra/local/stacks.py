"""The stacks of the template in place: what a block makes stands there as if it were written out.

A child's resource Webhook is called SmsWebhook in the block Sms; so are its outputs and conditions. What is
settled by a block's own parameters (the kind of its door) is decided here.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Template = Mapping[str, Any]
BLOCK = "AWS::Serverless::Application"
NO_VALUE = {"Ref": "AWS::NoValue"}
FREE = re.compile(r"\$\{([\w:.]+)\}")


def in_place(root: Template, child: Callable[[str], Template]) -> dict[str, Any]:
    """The root with every block replaced by what its child makes; `child` reads a Location."""
    blocks = [
        Block(name, one.get("Condition", ""), one["Properties"].get("Parameters", {}), child(_location(one)))
        for name, one in root["Resources"].items()
        if one["Type"] == BLOCK
    ]
    own = {name: one for name, one in root["Resources"].items() if one["Type"] != BLOCK}
    placed = {
        **root,
        "Conditions": root["Conditions"] | _merged(block.conditions() for block in blocks),
        "Resources": own | _merged(block.resources() for block in blocks),
        "Outputs": root["Outputs"] | _merged(block.outputs() for block in blocks),
    }
    return dict(_joined(placed, {block.name for block in blocks}, placed["Outputs"]))


def _location(block: Template) -> str:
    return str(block["Properties"]["Location"])


def _joined(value: Any, blocks: set[str], outputs: Template) -> Any:
    """What a stack asks of another, !GetAtt Block.Outputs.X, is that output's value; its id is its name."""
    if isinstance(value, list):
        return [_joined(part, blocks, outputs) for part in value]
    if not isinstance(value, Mapping):
        return value
    if value.get("Ref") in blocks:
        return value["Ref"]
    name, attribute = value.get("Fn::GetAtt", ("", ""))
    if name in blocks:
        return _joined(outputs[f"{name}{attribute.removeprefix('Outputs.')}"]["Value"], blocks, outputs)
    return {key: _joined(part, blocks, outputs) for key, part in value.items()}


def _merged(parts: Iterator[dict[str, Any]]) -> dict[str, Any]:
    return {name: one for part in parts for name, one in part.items()}


@dataclass(frozen=True, slots=True)
class Block:
    """One child: `condition` is the block's own ("" for none), `given` what it sets of the parameters."""

    name: str
    condition: str
    given: Mapping[str, Any]
    child: Template

    def resources(self) -> dict[str, Any]:
        return self._those_there(self.child["Resources"])

    def outputs(self) -> dict[str, Any]:
        return self._those_there(self.child.get("Outputs", {}))

    def conditions(self) -> dict[str, Any]:
        """Those that only AWS can decide, each within the block's own."""
        within = [{"Condition": self.condition}] if self.condition else []
        return {
            f"{self.name}{name}": {"Fn::And": [*within, self.filled(told)]} if within else self.filled(told)
            for name, told in self.child.get("Conditions", {}).items()
            if self._decided(told) is None
        }

    def filled(self, value: Any) -> Any:
        """A value of the child in the root's words."""
        if isinstance(value, list):
            return [new for part in value if (new := self.filled(part)) != NO_VALUE]
        if not isinstance(value, Mapping):
            return value
        if len(value) == 1:
            ((name, told),) = value.items()
            if function := FUNCTIONS.get(name):
                return function(self, told)
        filled = {key: self.filled(part) for key, part in value.items()}
        return {key: part for key, part in filled.items() if part != NO_VALUE}

    def _those_there(self, found: Mapping[str, Any]) -> dict[str, Any]:
        return {
            f"{self.name}{name}": self._placed(one)
            for name, one in found.items()
            if self._holds(one.get("Condition")) is not False
        }

    def _placed(self, one: Mapping[str, Any]) -> dict[str, Any]:
        """A resource or an output under the condition it has in the root."""
        rest = {key: value for key, value in one.items() if key not in ("Condition", "DependsOn")}
        undecided = "Condition" in one and self._holds(one["Condition"]) is None
        condition = f"{self.name}{one['Condition']}" if undecided else self.condition
        return {**self.filled(rest), **self._order(one), **({"Condition": condition} if condition else {})}

    def _order(self, one: Mapping[str, Any]) -> dict[str, Any]:
        """What a resource waits for, without what is not there."""
        told = one.get("DependsOn", [])
        names = [told] if isinstance(told, str) else told
        there = self.child["Resources"]
        left = [f"{self.name}{n}" for n in names if self._holds(there[n].get("Condition")) is not False]
        return {"DependsOn": left} if left else {}

    def ref(self, name: str) -> Any:
        if "::" in name:
            return {"Ref": name}
        if name in self.child.get("Parameters", {}):
            return self._parameter(name)
        return {"Ref": f"{self.name}{name}"}

    def attribute(self, told: list[str]) -> Any:
        return {"Fn::GetAtt": [f"{self.name}{told[0]}", told[1]]}

    def sub(self, told: Any) -> Any:
        text, more = told if isinstance(told, list) else (told, {})
        known = {name: self.filled(value) for name, value in more.items()}

        def placed(match: re.Match[str]) -> str:
            name = match[1]
            if name in known:
                return match[0]
            resource, _, attribute = name.partition(".")
            value = self.attribute([resource, attribute]) if attribute else self.ref(name)
            return _in_text(value) or _kept(known, name, value)

        text = FREE.sub(placed, text)
        if known:
            return {"Fn::Sub": [text, known]}
        return {"Fn::Sub": text} if FREE.search(text) else text

    def either(self, told: list[Any]) -> Any:
        condition, yes, no = told
        holds = self._holds(condition)
        if holds is None:
            return {"Fn::If": [f"{self.name}{condition}", self.filled(yes), self.filled(no)]}
        return self.filled(yes if holds else no)

    def _parameter(self, name: str) -> Any:
        declared = self.child["Parameters"][name]
        if name not in self.given and "Default" not in declared:
            raise ValueError(f"the block {self.name} does not say its {name}")
        return self.given.get(name, declared.get("Default"))

    def _holds(self, condition: str | None) -> bool | None:
        return True if condition is None else self._decided(self.child["Conditions"][condition])

    def _decided(self, told: Any) -> bool | None:
        """Whether a condition holds; None where the block's parameters do not tell."""
        ((name, parts),) = told.items()
        if name == "Condition":
            return self._holds(parts)
        if name == "Fn::Equals":
            one, other = self.filled(parts)
            return None if isinstance(one, Mapping) or isinstance(other, Mapping) else one == other
        known = [self._decided(part) for part in parts]
        if name == "Fn::Not":
            return None if known[0] is None else not known[0]
        final = name == "Fn::Or"  # one part that holds decides Or, one that does not decides And
        return final if final in known else None if None in known else not final


def _in_text(value: Any) -> str:
    """How a value stands in a Sub; "" for one that must be named beside it."""
    if isinstance(value, Mapping):
        if "Ref" in value:
            return f"${{{value['Ref']}}}"
        attribute = ".".join(value.get("Fn::GetAtt", ()))
        return f"${{{attribute}}}" if attribute and ".Outputs." not in attribute else ""
    return str(value)


def _kept(known: dict[str, Any], name: str, value: Any) -> str:
    known[name] = value
    return f"${{{name}}}"


FUNCTIONS: dict[str, Callable[[Block, Any], Any]] = {
    "Ref": Block.ref,
    "Fn::GetAtt": Block.attribute,
    "Fn::Sub": Block.sub,
    "Fn::If": Block.either,
    "Condition": lambda block, told: {
        "Condition": f"{block.name}{told}" if isinstance(told, str) else block.filled(told)
    },
}
