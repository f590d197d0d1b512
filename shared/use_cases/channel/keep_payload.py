"""A long payload lies in the bucket: a receipt is written with every message and billed by the kilobyte."""

from dataclasses import replace

from shared.domain.channel.commands import Raw
from shared.domain.ids import digest
from shared.ports import Files

LONGEST = 1024  # bytes that a receipt carries itself


def keep_payload(files: Files, raw: Raw) -> Raw:
    """The event as its receipt keeps it; parse it before. The same event again is the same file."""
    body = raw.payload.encode("utf-8", "surrogatepass")
    if len(body) <= LONGEST:
        return raw
    key = f"receipts/{raw.channel}/{digest(raw.channel, raw.event_id)}"
    files.put(key, body, "text/plain; charset=utf-8")
    return replace(raw, payload="", payload_key=key)
