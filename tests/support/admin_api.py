"""The administrators' API as their page asks it: with a login, in a language."""

from typing import Any

from functions.admin_api.app import handler
from tests.support.staff_event import asked_by_staff


def ask(
    method: str, path: str, body: Any = None, groups: str = "admin", language: str = "en"
) -> tuple[int, Any]:
    claims = {"sub": "boss", "email": "boss@example.test", "name": "Boss", "cognito:groups": groups}
    return asked_by_staff(handler, method, path, claims, body=body, language=language)
