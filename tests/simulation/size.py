"""The same tests at two sizes: seconds in `make test`, minutes in `make sim`, which prints its figures."""

import os

FULL = os.environ.get("SIM") == "full"


def size(small: int, full: int) -> int:
    return full if FULL else small


def tell(what: str, measured: str, against: str) -> None:
    """A line of the table."""
    print(f"| {what} | {measured} | {against} |")
