"""What a page asks a centre that is not there, and how it is refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Route

from shared.adapters.codec import encode


@dataclass(frozen=True)
class Refusal:
    """What a request is refused with: the status, and the error as the server says it."""

    status: int
    code: str = ""
    message: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """A request for data: its query and its body, read."""

    method: str
    path: str
    query: Mapping[str, str]
    body: Mapping[str, Any]
    language: str = "en"


def refuse(route: Route, told: Refusal) -> None:
    error = {"code": told.code, "message": told.message, "fields": told.fields}
    route.fulfill(
        status=told.status,
        body=encode({"error": error} if told.code else {}),
        content_type="application/json",
    )
