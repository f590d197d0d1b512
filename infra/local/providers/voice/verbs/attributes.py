"""Attributes of a verb, with Twilio's defaults where they are missing."""

from xml.etree.ElementTree import Element

MOST_LOOPS = 1000  # what Twilio makes of loop="0"


def number(node: Element, name: str, default: int) -> int:
    told = node.get(name, "")
    return int(told) if told.isdecimal() else default


def flag(node: Element, name: str, default: bool = False) -> bool:
    return node.get(name, str(default)).strip().lower() == "true"


def loops(node: Element) -> int:
    return number(node, "loop", 1) or MOST_LOOPS


def text(node: Element) -> str:
    return "".join(node.itertext()).strip()
