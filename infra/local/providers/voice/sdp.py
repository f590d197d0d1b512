"""What both ends of a call agree on (RFC 4566, RFC 3264): µ-law, and keys as events (RFC 4733)."""

import re
from dataclasses import dataclass
from ipaddress import ip_address

PCMU, EVENTS = 0, 101


@dataclass(frozen=True, slots=True)
class Media:
    """Where the other end hears, and the number that it gave to key events."""

    host: str
    port: int
    events: int = EVENTS


def read(body: bytes) -> Media:
    """Raises ValueError where the other end speaks no µ-law, or is not on this machine."""
    text = body.decode("utf-8", "replace")
    media = re.search(r"^m=audio (\d{1,5}) \S+ ([\d ]+)", text, re.MULTILINE)
    host = re.search(r"^c=IN IP4 (\S+)", text, re.MULTILINE)
    if not media or not host or str(PCMU) not in media[2].split():
        raise ValueError("no µ-law audio")
    if not ip_address(host[1]).is_loopback:
        raise ValueError("not on this machine")
    if not 0 < int(media[1]) < 65536:
        raise ValueError("no port")
    events = re.search(r"^a=rtpmap:(\d+) telephone-event/8000", text, re.MULTILINE)
    return Media(host[1], int(media[1]), int(events[1]) if events else EVENTS)


def written(port: int, events: int = EVENTS) -> bytes:
    """Ours."""
    lines = (
        "v=0", f"o=- {port} {port} IN IP4 127.0.0.1", "s=-", "c=IN IP4 127.0.0.1", "t=0 0",
        f"m=audio {port} RTP/AVP {PCMU} {events}", f"a=rtpmap:{PCMU} PCMU/8000",
        f"a=rtpmap:{events} telephone-event/8000", f"a=fmtp:{events} 0-15", "a=ptime:20", "a=sendrecv",
    )  # fmt: skip
    return "".join(f"{line}\r\n" for line in lines).encode()
