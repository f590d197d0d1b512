"""What the stand-in for SES knows: mails both ways, as a mailbox shows them, and how to answer one."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.policy import SMTP, compat32
from email.utils import formatdate, make_msgid
from functools import cached_property
from typing import Any

from functions.channels.email import mail as mails
from functions.channels.email.mail import Mail
from infra.local.providers.kit import Orders
from infra.local.providers.ses_words import now

DOMAIN, ADDRESS = "shop.example.test", "help@shop.example.test"  # the centre's own
# Python would encode what stands in a long References, and then no program finds what a mail answers.
UNFOLDED = SMTP.clone(max_line_length=998)
LINK = re.compile(r"<(https?://[^<>\s]+)>")


@dataclass(frozen=True, slots=True)
class Attached:
    name: str
    type: str
    data: bytes


@dataclass
class Posted:
    """One mail. `source` and `recipients` are its envelope's: what a mail says of itself may be anything."""

    n: int
    id: str
    inbound: bool
    raw: bytes
    source: str
    recipients: tuple[str, ...]
    state: str
    at: str = field(default_factory=now)

    @cached_property
    def mail(self) -> Mail:
        return mails.read(self.raw)

    def between(self) -> tuple[str, ...]:
        return (self.source, *self.recipients)

    def header(self, name: str) -> str:
        """As it stands in the mail, on one line."""
        told = BytesHeaderParser(policy=compat32).parsebytes(self.raw)
        return " ".join(str(told.get(name, "")).split())

    @property
    def unsubscribe(self) -> str:
        """Where this mail says that one can have no more of its kind; "" where it does not."""
        found = LINK.search(self.header("List-Unsubscribe"))
        return found[1] if found else ""

    def shown(self) -> dict[str, Any]:
        mail = self.mail
        return {
            "n": self.n,
            "at": self.at,
            "direction": "inbound" if self.inbound else "outbound",
            "from": self.source,
            "to": ", ".join(self.recipients),
            "cc": ", ".join(one.address for one in mail.cc),
            "subject": mail.subject,
            "text": mail.text,
            "quoted": mail.quoted,
            "files": [
                {"name": file.name, "type": file.type, "size": len(file.data), "path": f"/mails/{self.n}/{i}"}
                for i, file in enumerate(mail.files)
            ],
            "state": self.state,
            "id": self.id,
            "unsubscribe": self.unsubscribe,
        }


@dataclass
class Book:
    mails: list[Posted] = field(default_factory=list)
    orders: Orders = field(default_factory=Orders)

    def add(
        self, id: str, raw: bytes, source: str, recipients: Sequence[str], inbound: bool, state: str
    ) -> Posted:
        small = tuple(one.lower() for one in recipients)
        posted = Posted(len(self.mails) + 1, id, inbound, raw, source.lower(), small, state)
        self.mails.append(posted)
        return posted

    def numbered(self, n: int) -> Posted | None:
        return self.mails[n - 1] if 0 < n <= len(self.mails) else None


def written(told: Mapping[str, Any], files: Sequence[Attached], answered: Posted | None) -> bytes:
    """A mail as a mail program writes it. An answer goes where the answered mail asks for it, to all who got
    that one, and names it and those before it. Raises ValueError where a header holds what none may.
    """
    mail = EmailMessage(policy=UNFOLDED)
    mail["From"] = str(told["from"])
    mail["To"] = _answers_to(answered) if answered else str(told.get("to") or ADDRESS)
    if others := ", ".join(one.address for one in answered.mail.cc) if answered else told.get("cc"):
        mail["Cc"] = str(others)
    mail["Subject"] = str(told.get("subject") or (f"Re: {_bare(answered.mail.subject)}" if answered else ""))
    mail["Date"], mail["Message-ID"] = formatdate(localtime=True), make_msgid(domain="phone.example.test")
    if answered and answered.mail.message_id:
        chain = dict.fromkeys((*answered.mail.references, answered.mail.message_id))
        mail["In-Reply-To"] = f"<{answered.mail.message_id}>"
        mail["References"] = " ".join(f"<{name}>" for name in chain)
    mail.set_content(str(told.get("text", "")))
    for file in files:
        main, _, sub = file.type.partition("/")
        kind = (
            (main, sub) if sub and main not in ("multipart", "message") else ("application", "octet-stream")
        )
        mail.add_attachment(file.data, maintype=kind[0], subtype=kind[1], filename=file.name)
    return mail.as_bytes()


def receivers(raw: bytes) -> list[str]:
    """The addresses of To and Cc."""
    mail = mails.read(raw)
    return list(dict.fromkeys(one.address for one in (*mail.to, *mail.cc)))


def _answers_to(answered: Posted) -> str:
    asked = answered.mail.reply_to or answered.mail.senders
    return asked[0].address if asked else answered.source


def _bare(subject: str) -> str:
    return re.sub(r"^(\s*re\s*:\s*)+", "", subject, flags=re.IGNORECASE)
