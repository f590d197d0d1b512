"""How long a key may be: what is longer no try can store, so it is refused before it is asked.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
"""

from shared.domain.errors import Malformed

LONGEST_PK, LONGEST_SK = 2048, 1024  # bytes


def fitting(pk: str, sk: str) -> tuple[str, str]:
    """The key itself. Raises Malformed."""
    if _bytes(pk) > LONGEST_PK or _bytes(sk) > LONGEST_SK:
        raise Malformed("a name is too long for a key")
    return pk, sk


def _bytes(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode(errors="replace"))
