"""CloudFormation's functions, as far as our template uses them, over parameters and names of our choice."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from infra.local.template import template

PSEUDO = {
    "AWS::Partition": "aws",
    "AWS::Region": "ap-northeast-2",
    "AWS::AccountId": "000000000000",
    "AWS::URLSuffix": "amazonaws.com",
    "AWS::StackName": "patchbay",
}
NO_VALUE = {"Ref": "AWS::NoValue"}


class Values:
    """`ref` and `attribute` say what a resource's Ref and GetAtt are."""

    def __init__(
        self,
        parameters: Mapping[str, str],
        ref: Callable[[str], str],
        attribute: Callable[[str, str], str],
    ) -> None:
        defaults = {name: str(told.get("Default", "")) for name, told in template()["Parameters"].items()}
        self._parameters = {**PSEUDO, **defaults, **parameters}
        self._ref, self._attribute = ref, attribute

    def __call__(self, value: Any) -> Any:
        """The value with every function in it worked out. Raises KeyError for one it does not know."""
        if isinstance(value, list):
            return [self(part) for part in value if not self._absent(part)]
        if not isinstance(value, Mapping):
            return value
        (name, told), *more = value.items()
        if more or not (name == "Ref" or name == "Condition" or name.startswith("Fn::")):
            return {key: self(part) for key, part in value.items() if not self._absent(part)}
        return FUNCTIONS[name](self, told)

    def holds(self, condition: str | None) -> bool:
        """Whether a resource or output under this condition is there."""
        return condition is None or bool(self(template()["Conditions"][condition]))

    def named(self, name: str) -> str:
        if name in self._parameters:
            return self._parameters[name]
        return self._attribute(*name.split(".", 1)) if "." in name else self._ref(name)

    def sub(self, told: Any) -> str:
        text, more = told if isinstance(told, list) else (told, {})
        given = {name: str(self(value)) for name, value in more.items()}
        return re.sub(r"\$\{([\w:.]+)\}", lambda m: given.get(m[1]) or str(self.named(m[1])), text)

    def _absent(self, part: Any) -> bool:
        if isinstance(part, Mapping) and "Fn::If" in part:
            condition, yes, no = part["Fn::If"]
            return self._absent(yes if self.holds(condition) else no)
        return bool(part == NO_VALUE)


FUNCTIONS: dict[str, Callable[[Values, Any], Any]] = {
    "Ref": lambda values, name: values.named(name),
    "Condition": lambda values, name: values.holds(name),
    "Fn::GetAtt": lambda values, told: values.named(".".join(told)),
    "Fn::Sub": lambda values, told: values.sub(told),
    "Fn::If": lambda values, told: values(told[1] if values.holds(told[0]) else told[2]),
    "Fn::Equals": lambda values, told: values(told[0]) == values(told[1]),
    "Fn::And": lambda values, told: all(values(part) for part in told),
    "Fn::Or": lambda values, told: any(values(part) for part in told),
    "Fn::Not": lambda values, told: not values(told[0]),
    "Fn::Select": lambda values, told: values(told[1])[int(told[0])],
    "Fn::Split": lambda values, told: str(values(told[1])).split(told[0]),
    "Fn::Join": lambda values, told: told[0].join(values(told[1])),
}
