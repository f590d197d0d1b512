"""A mail to the centre on this machine, by SMTP as any mail program sends one."""

import smtplib
from collections.abc import Mapping
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.utils import formatdate, getaddresses, make_msgid
from pathlib import Path
from typing import Any

from infra.cli.answer import CannotAnswer, WrongUse

PATIENCE = 60.0


def send(run: Mapping[str, Any], sender: str, raw: bytes) -> str:
    """Why the mail server refused it; "" for a mail that it took. It goes to whom it names at the centre,
    else to the centre's own address.
    """
    own = address(run)
    host, _, port = str(run["mail"]["server"]).partition(":")
    try:
        with smtplib.SMTP(host, int(port), local_hostname="localhost", timeout=PATIENCE) as program:
            program.sendmail(sender, _receivers(raw, own), raw)
    except smtplib.SMTPResponseException as refused:
        return f"Refused with {refused.smtp_code}"
    except OSError as error:
        raise CannotAnswer(f"The mail server on port {port} does not answer: {error}") from error
    return ""


def address(run: Mapping[str, Any]) -> str:
    """The centre's own address. Raises CannotAnswer where it takes no mails."""
    if not (mail := run.get("mail")):
        raise CannotAnswer("The centre on this machine takes no mails: its channel is off.")
    return str(mail["address"])


def written(sender: str, to: str, subject: str, text: str) -> bytes:
    """Raises WrongUse for what no header may hold."""
    mail = EmailMessage()
    try:
        mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    except ValueError as error:
        raise WrongUse(f"That cannot stand in a mail's head: {error}") from error
    mail["Date"], mail["Message-ID"] = formatdate(), make_msgid(domain="example.test")
    mail.set_content(text)
    return mail.as_bytes()


def read(path: str) -> bytes:
    """A mail as it lies in a file, with the line ends that SMTP wants."""
    try:
        raw = Path(path).read_bytes()
    except OSError as error:
        raise WrongUse(f"{path} cannot be read: {error.strerror}") from error
    return raw if b"\r\n" in raw else raw.replace(b"\n", b"\r\n")


def _receivers(raw: bytes, own: str) -> list[str]:
    """Those at the centre's domain: a file may hold a mail that was written to somebody else."""
    told = BytesHeaderParser().parsebytes(raw)
    named = [address for _, address in getaddresses([str(told.get(name, "")) for name in ("To", "Cc")])]
    domain = own.partition("@")[2]
    return [one for one in named if one.lower().endswith(f"@{domain}")] or [own]
