"""The token by which an answer finds its conversation; what else does, recognise.py knows.

It stands in the address that our mails ask answers to: help+t.<token>@the-centre. It names a customer
and a case, and only we can make one. SES replaces Message-ID, so a mail's own id cannot carry it.
"""

import hmac
import re
from base64 import b32encode
from collections.abc import Iterable
from enum import Enum
from hashlib import sha256

from shared.domain.channel.conversation import Conversation

PREFIX = "t."
MARK = re.compile(r"\+t\.([a-z0-9]{1,30})\.([a-z0-9]{1,10})\.([a-z2-7]{13})$")
SIGNED = 13  # characters of base32, 65 bits: small and large letters of an address may get mixed on its way
LONGEST_LOCAL = 64  # octets before the @, which RFC 5321 demands of every server


class Verdict(Enum):
    """What SES found of DMARC. UNKNOWN: the sender's domain says nothing of it, or SES could not find out."""

    PROVEN = "proven"
    FAILED = "failed"
    UNKNOWN = "unknown"


VERDICTS = {"PASS": Verdict.PROVEN, "FAIL": Verdict.FAILED}


def verdict(word: str) -> Verdict:
    """Of SES's `dmarcVerdict.status`; a word nobody knows proves nothing."""
    return VERDICTS.get(word.strip().upper(), Verdict.UNKNOWN)


def reply_address(own: str, conversation: Conversation, key: str) -> str:
    """Where an answer to this conversation goes. An own address too long to bear the token stays as it is:
    then References alone find the conversation.
    """
    local, _, domain = own.partition("@")
    ids = f"{conversation.customer_id}.{conversation.case_number}".lower()
    bearing = f"{local}+{PREFIX}{ids}.{_signature(ids, key)}"
    return f"{bearing}@{domain}" if len(bearing) <= LONGEST_LOCAL else own


def named(recipients: Iterable[str], keys: Iterable[str]) -> Conversation | None:
    """The conversation that an envelope recipient names with a signature of ours, made with the current key
    or the previous one. Ids are ULIDs, in capitals; an address may have come back in small letters.
    """
    marked = [found for one in recipients if (found := MARK.search(one.partition("@")[0].lower()))]
    for key in keys if marked else ():  # most mails bear none, and keys are fetched when they are asked for
        for found in marked:
            if _fits(found, key):
                return Conversation(found[1].upper(), found[2].upper())
    return None


def _fits(found: re.Match[str], key: str) -> bool:
    return hmac.compare_digest(_signature(f"{found[1]}.{found[2]}", key), found[3])


def _signature(ids: str, key: str) -> str:
    made = hmac.digest(key.encode(), f"patchbay mail thread v1 {ids}".encode(), sha256)
    return b32encode(made).decode().lower()[:SIGNED]
