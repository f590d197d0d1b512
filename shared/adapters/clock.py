"""The clock of the machine."""

from datetime import UTC, datetime


def system_clock() -> datetime:
    """Now, UTC, cut to the milliseconds that we write."""
    return (now := datetime.now(UTC)).replace(microsecond=now.microsecond // 1000 * 1000)
