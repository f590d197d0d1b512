"""What SES's notices and envelopes say, for whoever reads them: no mail is read here."""

from collections.abc import Mapping
from typing import Any

MOST_COPIES = 49  # SES takes 50 receivers of one mail: the one it goes to, and these


def inner(told: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """What lies under these names, one in the other; an empty object where one is missing."""
    found: Any = told
    for name in names:
        found = found.get(name) if isinstance(found, Mapping) else None
    return found if isinstance(found, dict) else {}


def without_token(address: str) -> str:
    """Without what stands behind a plus: our token does."""
    local, _, domain = address.lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"
