"""What a key may be: what is longer no try can store, so it is refused before it is asked.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
"""

from shared.domain.errors import Malformed

LONGEST_PK, LONGEST_SK = 2048, 1024  # bytes


def fitting(pk: str, sk: str) -> tuple[str, str]:
    """The key, readable. Raises Malformed.

    Providers may name things as they like, also with line ends in it; but the role that lets a function at
    `RCPT#*` need not mean what stands behind a line end, and a half of a surrogate pair is no UTF-8.
    """
    pk, sk = _readable(pk), _readable(sk)
    if _bytes(pk) > LONGEST_PK or _bytes(sk) > LONGEST_SK:
        raise Malformed("a name is too long for a key")
    return pk, sk


def _readable(text: str) -> str:
    """With a number in the place of each character that cannot be seen."""
    return text if text.isprintable() else "".join(c if c.isprintable() else f"\\u{ord(c):06x}" for c in text)


def _bytes(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode())
