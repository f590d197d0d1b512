"""A user pool in memory. Its tokens are unsigned: only twins believe them."""

import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass

from shared.domain.desk.login import Enrolment, Tokens
from shared.domain.errors import Refused
from shared.domain.ids import digest

HOUR = 3600
WEAK = 12


@dataclass
class Login:
    """`secret` is the one in the person's authenticator app, "" for nobody's."""

    id: str
    name: str
    password: str
    groups: tuple[str, ...]
    temporary: bool = False
    secret: str = ""


class MemoryPool:
    def __init__(self) -> None:
        self.logins: dict[str, Login] = {}
        self.second_factor_demanded = False
        self._live: dict[str, str] = {}
        self._enrolling: dict[str, tuple[str, str]] = {}
        self._given = 0

    def hire(self, email: str, login: Login) -> None:
        self.logins[email] = login

    def login(self, email: str, password: str, new_password: str = "", code: str = "") -> Tokens | Enrolment:
        login = self.logins.get(email)
        if login is None or login.password != password:
            raise Refused("login_failed", status=401)
        if login.temporary:
            _choose(login, new_password)
        if login.secret:
            _prove(login.secret, code)
        elif self.second_factor_demanded:
            return self._begin_enrolment(email)
        return self._open(email)

    def enrol(self, email: str, session: str, code: str) -> Tokens:
        if session not in self._enrolling or self._enrolling[session][0] != email:
            raise Refused("login_over", status=401)
        secret = self._enrolling[session][1]
        _prove(secret, code or "none")
        del self._enrolling[session]
        self.logins[email].secret = secret
        return self._open(email)

    def refresh(self, refresh_token: str) -> Tokens:
        email = self._live.get(refresh_token)
        if email is None:
            raise Refused("signed_out", status=401)
        return Tokens(self._id_token(email), HOUR)

    def revoke(self, refresh_token: str) -> None:
        self._live.pop(refresh_token, None)

    def claims(self, email: str) -> dict[str, object]:
        login = self.logins[email]
        return {
            "sub": login.id,
            "token_use": "id",
            "email": email,
            "name": login.name,
            "cognito:groups": list(login.groups),
        }

    def _open(self, email: str) -> Tokens:
        self._given += 1
        refresh = f"refresh-{self._given}"
        self._live[refresh] = email
        return Tokens(self._id_token(email), HOUR, refresh)

    def _begin_enrolment(self, email: str) -> Enrolment:
        self._given += 1
        session, secret = f"session-{self._given}", f"SECRET{self._given}"
        self._enrolling[session] = (email, secret)
        return Enrolment(secret, session)

    def _id_token(self, email: str) -> str:
        return f"{_part({'alg': 'none'})}.{_part(self.claims(email))}."


def code_of(secret: str) -> str:
    """What the person's app shows; here it never changes."""
    return f"{int.from_bytes(digest(secret).encode()) % 1_000_000:06}"


def _prove(secret: str, code: str) -> None:
    if not code:
        raise Refused("code_required", status=403)
    if code != code_of(secret):
        raise Refused("wrong_code", status=403)


def _choose(login: Login, new_password: str) -> None:
    if not new_password:
        raise Refused("new_password_required", status=403)
    if len(new_password) < WEAK:
        raise Refused("weak_password", status=422)
    login.password, login.temporary = new_password, False


def _part(value: object) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")
