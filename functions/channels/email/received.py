"""A mail that SES received → one piece for the router, and the files that came with it.

https://docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications-contents.html

Everything is masked before it leaves here. The files wait in our bucket until they are checked, as those do
that a visitor uploads; the HTML lies beside the message, with its pictures named by the number of their part.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape, unescape
from typing import Any
from urllib.parse import unquote

from functions.channels.email import threads
from functions.channels.email.mail import Mail, masked, read
from functions.channels.email.notice_fields import inner, without_token
from functions.channels.email.threads import Verdict
from shared.domain.channel.media import UPLOAD, masked_text
from shared.domain.channel.request import Cut, Kept, Notice, Piece
from shared.domain.errors import Malformed
from shared.domain.ids import digest
from shared.domain.timeline.content import PartState

TEXT_LIMIT = 20_000  # characters that travel with the message; a longer text lies whole in the bucket
MARK = " […]"
MOST_RECIPIENTS = 50
MOST_REFERENCES = 20
PLAIN = re.compile(r"[A-Za-z0-9_-]{1,100}", re.ASCII)
PICTURE = re.compile(r'src="cid:([^"]{1,500})"', re.IGNORECASE)
RAW = ("mail.eml", "message/rfc822")


@dataclass(frozen=True, slots=True)
class File:
    """`reason` is why it is not kept ("" for one that is); `content_id` is how the HTML calls it."""

    name: str
    type: str
    data: bytes
    content_id: str = ""
    reason: str = ""


def received(told: Mapping[str, Any], notice: Notice) -> Cut:
    """Raises Malformed for a notice that names no mail."""
    receipt, envelope = inner(told, "receipt"), inner(told, "mail")
    id = str(envelope.get("messageId", ""))
    if not id:
        raise Malformed("no messageId")
    mail, virus = masked(read(notice.file)), _status(receipt, "virus") == "FAIL"
    files = _files(mail, notice.file, virus)
    place = f"mail/{id if PLAIN.fullmatch(id) else digest(id)}"
    kept, page = tuple(_kept(files, place)), _page(mail, files)
    body = Kept(f"bodies/{place}.html", page.encode(), "text/html; charset=utf-8")
    source = str(envelope.get("source", "")).strip("<> ").lower()
    document = {
        **_people(mail, receipt, source),
        **_words(mail),
        "name": mail.sender.name,
        "envelope": source,
        "dmarc": _status(receipt, "dmarc"),
        "automatic": mail.automatic or ("" if source else "null_sender"),
        "message_id": mail.message_id,
        "references": mail.references[-MOST_REFERENCES:],
        "conversation": _conversation(receipt, notice),
        "body_key": body.key if page else "",
        "parts": [_part(file, n, place) for n, file in enumerate(files)],
        "problems": [*mail.problems, *(["virus"] if virus else [])],
    }
    piece = Piece(id, document["sender"], json.dumps(document, ensure_ascii=False))
    return Cut(events=(piece,), files=(*kept, *((body,) if page else ())))


def _people(mail: Mail, receipt: Mapping[str, Any], source: str) -> dict[str, Any]:
    sender = mail.sender.address or source
    recipients = _recipients(receipt)
    return {
        "sender": sender,
        "answers_to": _answers_to(mail, sender, threads.verdict(_status(receipt, "dmarc"))),
        "own": _own(recipients),
        "recipients": recipients[:MOST_RECIPIENTS],
        "to": [one.address for one in mail.to[:MOST_RECIPIENTS]],
        "cc": [one.address for one in mail.cc[:MOST_RECIPIENTS]],
    }


def _answers_to(mail: Mail, sender: str, found: Verdict) -> str:
    """Where answers go, its sender alone decides whose domain says that it is theirs. Of a domain that says
    nothing it stays within it: else whoever writes under a customer's name gets what the customer is told.
    """
    asked = mail.reply_to[0].address if mail.reply_to else ""
    same = asked.rpartition("@")[2] == sender.rpartition("@")[2]
    followed = found is Verdict.PROVEN or (found is Verdict.UNKNOWN and same)
    return asked if asked and followed else sender


def _words(mail: Mail) -> dict[str, str]:
    text = "\n".join((mail.text, *_told(mail))).strip("\n")
    shown = text[:TEXT_LIMIT] + MARK if len(text) > TEXT_LIMIT else text
    return {"subject": mail.subject, "text": shown, "quoted": mail.quoted[:TEXT_LIMIT]}


def _told(mail: Mail) -> Iterator[str]:
    """What only a program reads of a mail: an appointment, and the names of what lies in a winmail.dat."""
    for one in mail.invitations:
        yield " · ".join(filter(None, (one.summary, one.starts, one.ends, one.place)))
    for file in mail.files:
        if file.holds:
            yield f"{file.name}: {', '.join(file.holds)}"


def _page(mail: Mail, files: list[File]) -> str:
    """The HTML to show; of a text that does not travel whole, the text. "" where the message says it all."""
    if not mail.html:
        return f"<pre>{escape(mail.text)}</pre>" if len(mail.text) > TEXT_LIMIT else ""
    numbers = {file.content_id: n for n, file in enumerate(files) if file.content_id}

    def numbered(found: re.Match[str]) -> str:
        number = numbers.get(unquote(unescape(found[1])))
        return found[0] if number is None else f'src="cid:{number}"'

    return PICTURE.sub(numbered, mail.html)


def _files(mail: Mail, raw: bytes, virus: bool) -> list[File]:
    """Those of the mail; the mail itself as the last one where not all of it could be read."""
    why = "virus" if virus else ""
    found = [File(one.name, one.type, one.data, one.content_id, why) for one in mail.files]
    return [*found, File(*RAW, raw)] if mail.problems and not virus else found


def _kept(files: list[File], place: str) -> Iterator[Kept]:
    for n, file in enumerate(files):
        if not file.reason:
            yield Kept(f"uploads/{place}/{n}", masked_text(file.type, file.data), file.type)


def _part(file: File, n: int, place: str) -> dict[str, Any]:
    state = PartState.REFUSED if file.reason else PartState.WAITING
    source = "" if file.reason else f"{UPLOAD}uploads/{place}/{n}"
    told = {"name": file.name, "type": file.type, "size": len(file.data)}
    told |= {"cid": str(n) if file.content_id else ""}
    return {**told, "state": state.value, "reason": file.reason, "source": source}


def _conversation(receipt: Mapping[str, Any], notice: Notice) -> dict[str, str] | None:
    """The one our token names, which was signed with the secret as it is or as it was before."""
    keys = (secret["thread_key"] for secret in notice.secrets if secret.get("thread_key"))
    found = threads.named(_recipients(receipt)[:MOST_RECIPIENTS], keys)
    return {"customer_id": found.customer_id, "case_number": found.case_number} if found else None


def _own(recipients: list[str]) -> str:
    """Our address that the mail came to, without the token in it."""
    first = recipients[0] if recipients else ""
    return without_token(first) if "@" in first else ""


def _recipients(receipt: Mapping[str, Any]) -> list[str]:
    told = receipt.get("recipients")
    return [str(one) for one in told] if isinstance(told, list) else []


def _status(receipt: Mapping[str, Any], what: str) -> str:
    return str(inner(receipt, f"{what}Verdict").get("status", ""))
