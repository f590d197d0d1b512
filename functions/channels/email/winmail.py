"""The names of the files in a winmail.dat, the packet in which Outlook hides them (MS-OXTNEF).

Names alone: the packet itself stays a file. https://learn.microsoft.com/openspecs/exchange_server_protocols/ms-oxtnef
"""

from functions.channels.email.charsets import decode

TYPES = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
SIGNATURE = b"\x78\x9f\x3e\x22"
HEAD, ATTRIBUTE = 6, 9  # bytes: signature and key; level, id and length
ATTACHMENT, TITLE = 2, 0x00018010
MOST_NAMES, MOST_ATTRIBUTES = 50, 2000


def names(data: bytes) -> tuple[str, ...]:
    """In their order; none for what is no such packet, and those before the place where one is broken."""
    if not data.startswith(SIGNATURE):
        return ()
    found: list[str] = []
    place = HEAD
    for _ in range(MOST_ATTRIBUTES):
        level, head = data[place : place + 1], data[place + 1 : place + ATTRIBUTE]
        if len(head) < ATTRIBUTE - 1 or len(found) >= MOST_NAMES:
            break
        kind, length = int.from_bytes(head[:4], "little"), int.from_bytes(head[4:], "little")
        value = data[place + ATTRIBUTE : place + ATTRIBUTE + length]
        if level == bytes([ATTACHMENT]) and kind == TITLE:
            found.append(decode(value.partition(b"\0")[0]).strip()[:150])
        place += ATTRIBUTE + length + 2
    return tuple(name for name in found if name)
