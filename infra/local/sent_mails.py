"""What SESv2 sends leaves the embedded AWS as it was written, to the mail server of this machine.

Ministack's own relay (SMTP_HOST) writes a mail anew, from its subject and its words: files, Reply-To and what
finds the conversation again are lost, and so are our tags. On AWS SES replaces Message-ID and Date, and sends
the rest as it is (docs.aws.amazon.com/ses/latest/dg/header-fields.html); its answer's id has no domain.
"""

import asyncio
import json
import logging
import os
import re
import smtplib
from base64 import b64decode
from collections.abc import Mapping, Sequence
from email.utils import formatdate
from typing import Any

log = logging.getLogger("patchbay")
SERVER = "PATCHBAY_MAIL"  # host:port of the mail server; ministack's own relay is not asked
DOMAIN = "ap-northeast-2.amazonses.com"
# By this header SES's own SMTP interface is told a mail's tags; it leaves them out of what it sends.
TAGS = "X-SES-MESSAGE-TAGS"
TOO_MANY = "454 Throttling failure: Maximum sending rate exceeded."
ENDED = re.compile(rb"\r?\n\r?\n")
NAMED = re.compile(rb"^Message-ID:\s*<([^@<>\s]+)@", re.IGNORECASE | re.MULTILINE)
PATIENCE = 10.0


def install() -> None:
    """Around ministack's SESv2: what it takes goes out before its answer does, so that the mail server's word
    decides what the sender hears.
    """
    from ministack.services import ses_v2

    answer = ses_v2.handle_request

    async def answer_and_send(method: str, path: str, headers: Any, body: Any, query: Any) -> Any:
        told = await answer(method, path, headers, body, query)
        sends = method == "POST" and path.rstrip("/").endswith("/outbound-emails") and told[0] == 200
        return await asyncio.to_thread(_sent, json.loads(body), told) if sends else told

    ses_v2.handle_request = answer_and_send


def _sent(
    asked: Mapping[str, Any], told: tuple[int, dict[str, str], bytes]
) -> tuple[int, dict[str, str], Any]:
    status, headers, body = told
    id = str(json.loads(body)["MessageId"]).partition("@")[0]
    raw = b64decode(asked.get("Content", {}).get("Raw", {}).get("Data", ""))
    to = [one for kind in ("To", "Cc", "Bcc") for one in asked["Destination"].get(f"{kind}Addresses", [])]
    tags = {one["Name"]: one["Value"] for one in asked.get("EmailTags", [])}
    if raw and (server := os.environ.get(SERVER)):
        code = _handed_over(server, asked["FromEmailAddress"], to, outgoing(raw, id, tags))
        if code:
            wrong = (
                ("TooManyRequestsException", 429) if code == 454 else ("InternalServiceErrorException", 500)
            )
            return (
                wrong[1],
                headers | {"x-amzn-errortype": wrong[0]},
                json.dumps({"__type": wrong[0]}).encode(),
            )
    return status, headers, json.dumps({"MessageId": id}).encode()


def _handed_over(server: str, source: str, to: Sequence[str], raw: bytes) -> int:
    """0 for a mail that was taken, also where nobody listens: then it lies nowhere, as on AWS in no mailbox
    of ours. Else the server's code; 500 where it ended the talk in the middle.
    """
    host, _, port = server.rpartition(":")
    try:
        with smtplib.SMTP(host, int(port), local_hostname="localhost", timeout=PATIENCE) as talk:
            talk.sendmail(source, list(to), raw)
        return 0
    except ConnectionRefusedError:
        log.warning("a mail was sent and nobody took it: there is no mail server on port %s", port)
        return 0
    except smtplib.SMTPResponseException as refused:
        return refused.smtp_code
    except (smtplib.SMTPException, OSError):
        log.warning("a mail was handed over, and its taking not said", exc_info=True)
        return 500


def outgoing(raw: bytes, id: str, tags: Mapping[str, str]) -> bytes:
    """A mail of ours with SES's own names, and its tags for the stand-in."""
    told = ", ".join(f"{name}={value}" for name, value in tags.items())
    named = {TAGS: told, "Message-ID": f"<{id}@{DOMAIN}>", "Date": formatdate(usegmt=True)}
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items() if value)
    return head.encode() + without(without(without(raw, "Message-ID"), "Date"), TAGS)


def sent_id(raw: bytes) -> str:
    """SES's id of a mail that it sent for us."""
    found = NAMED.search(_head(raw))
    return found[1].decode() if found else ""


def tags_of(raw: bytes) -> dict[str, list[str]]:
    """The tags as SES gives them back; nothing for a mail that SES did not send."""
    found = re.search(rb"^" + TAGS.encode() + rb":([^\r\n]*)", _head(raw), re.IGNORECASE | re.MULTILINE)
    pairs = [one.partition("=") for one in found[1].decode().split(",")] if found else []
    return {name.strip(): [value.strip()] for name, _, value in pairs}


def without(raw: bytes, header: str) -> bytes:
    """The mail without a header and its folded lines."""
    head, rest = _head(raw), raw[len(_head(raw)) :]
    folded = rb"^" + re.escape(header.encode()) + rb":[^\n]*\n(?:[ \t][^\n]*\n)*"
    return re.sub(folded, b"", head, flags=re.IGNORECASE | re.MULTILINE) + rest


def _head(raw: bytes) -> bytes:
    """Up to the line break before the empty line, which belongs to the last header."""
    end = ENDED.search(raw)
    return raw[: raw.index(b"\n", end.start()) + 1] if end else raw
