"""Places in a saved text that are filled when it is used: {customer}, {field.plan}, or a name of its own."""

import re
from collections.abc import Mapping

PLACE = re.compile(r"\{([^\W\d][^\s{}]{0,39})\}")


def places(text: str) -> tuple[str, ...]:
    """The names of its places, each once, in the order of the text."""
    return tuple(dict.fromkeys(PLACE.findall(text)))


def filled(text: str, values: Mapping[str, str]) -> str:
    """Each place with its value; one without a value, or with a blank one, stays a place. A value is never
    looked into: what stands in braces there is the customer's or the agent's own word.
    """
    return PLACE.sub(lambda found: values.get(found[1], "").strip() or found[0], text)


def left_open(text: str, *saved: str) -> tuple[str, ...]:
    """Places of the saved texts that still stand in what is to be sent."""
    own = {name for one in saved for name in places(one)}
    return tuple(name for name in places(text) if name in own)
