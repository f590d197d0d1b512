"""What a list of waiting cases answers."""

from dataclasses import asdict
from typing import Any

from shared.domain.desk.list_view import ListItem
from tests.support.lone_page import moment


def waiting(most: int) -> dict[str, Any]:
    """A page with so many cases."""
    return {"items": [item(n) for n in range(most)], "next": None, "total": most}


def item(n: int) -> dict[str, Any]:
    told = (f"case-C{n}", f"{n:06}", f"C{n}", f"Customer C{n}", "sms", "main", "waiting", "", "", moment(n))
    return asdict(ListItem(*told, moment(n), moment(n), f"Line {n}, long enough", "customer", (), 0))
