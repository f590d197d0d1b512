"""A user pool in memory. Its tokens are unsigned: only twins believe them."""

import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass

from shared.domain.desk.login import Tokens
from shared.domain.errors import Refused

HOUR = 3600
WEAK = 12


@dataclass
class Login:
    id: str
    name: str
    password: str
    groups: tuple[str, ...]
    temporary: bool = False


class MemoryPool:
    def __init__(self) -> None:
        self.logins: dict[str, Login] = {}
        self._live: dict[str, str] = {}
        self._given = 0

    def hire(self, email: str, login: Login) -> None:
        self.logins[email] = login

    def login(self, email: str, password: str, new_password: str = "") -> Tokens:
        login = self.logins.get(email)
        if login is None or login.password != password:
            raise Refused("login_failed", status=401)
        if login.temporary:
            _choose(login, new_password)
        self._given += 1
        refresh = f"refresh-{self._given}"
        self._live[refresh] = email
        return Tokens(self._id_token(email), HOUR, refresh)

    def refresh(self, refresh_token: str) -> Tokens:
        email = self._live.get(refresh_token)
        if email is None:
            raise Refused("signed_out", status=401)
        return Tokens(self._id_token(email), HOUR)

    def revoke(self, refresh_token: str) -> None:
        self._live.pop(refresh_token, None)

    def claims(self, email: str) -> dict[str, object]:
        login = self.logins[email]
        return {"sub": login.id, "email": email, "name": login.name, "cognito:groups": list(login.groups)}

    def _id_token(self, email: str) -> str:
        return f"{_part({'alg': 'none'})}.{_part(self.claims(email))}."


def _choose(login: Login, new_password: str) -> None:
    if not new_password:
        raise Refused("new_password_required", status=403)
    if len(new_password) < WEAK:
        raise Refused("weak_password", status=422)
    login.password, login.temporary = new_password, False


def _part(value: object) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")
