"""What a login gives."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tokens:
    """`id_token` names its bearer for `seconds`; `refresh_token` is "" where the one in use goes on."""

    id_token: str
    seconds: int
    refresh_token: str = ""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """In place of tokens, where a second factor is demanded of somebody who has none: `secret` goes into
    their authenticator app, and a code of it ends the login that `session` stands for.
    """

    secret: str
    session: str
