"""What a login gives."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tokens:
    """`id_token` names its bearer for `seconds`; `refresh_token` is "" where the one in use goes on."""

    id_token: str
    seconds: int
    refresh_token: str = ""
