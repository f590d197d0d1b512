"""A mail's bytes → a Mail. Whatever they are, there is one: what cannot be read is named as a problem.

https://www.rfc-editor.org/rfc/rfc5322 and, for the parts, https://www.rfc-editor.org/rfc/rfc2045
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from io import BytesIO

from functions.channels.email import automatic, headers, invitation, markup, quotes, winmail
from functions.channels.email.headers import LENIENT, Mailbox
from functions.channels.email.invitation import Invitation
from functions.channels.email.parts import Body, File, body
from shared.domain.masking import mask
from shared.domain.text import clean

LARGEST = 40_000_000  # bytes; SES takes no more, and 25 MB of files are 34 MB in a mail
MOST_OF_FILES = 25 * 1024 * 1024
LONGEST_HEAD = 256 * 1024
MOST_SHORT_LINES, SHORT_LINE = 100_000, 16
MOST_LINES, MOST_BOUNDARIES = 1_000_000, 2_000  # more are made to cost memory, not to say something
LONGEST_SUBJECT = 300
BOUNDARY = re.compile(rb"boundary\s{0,20}=\s{0,20}\"?([^\"\s;]{1,200})", re.IGNORECASE)
DIVIDER = re.compile(rb"[\r\n]--([^\r\n]{1,204})")
HEAD_END = re.compile(rb"\r?\n\r?\n|\r\r")


@dataclass(frozen=True, slots=True)
class Mail:
    """`text` is what was said, `quoted` what was repeated of earlier mails; `html` is safe to show.
    `problems` are stable words for what could not be read: then the raw mail is offered beside the rest.
    """

    senders: tuple[Mailbox, ...] = ()
    reply_to: tuple[Mailbox, ...] = ()
    to: tuple[Mailbox, ...] = ()
    cc: tuple[Mailbox, ...] = ()
    subject: str = ""
    written_at: datetime | None = None
    message_id: str = ""
    references: tuple[str, ...] = ()
    text: str = ""
    quoted: str = ""
    html: str = ""
    files: tuple[File, ...] = ()
    invitations: tuple[Invitation, ...] = ()
    automatic: str = ""
    problems: tuple[str, ...] = ()

    @property
    def sender(self) -> Mailbox:
        """Whom it says it comes from; several that write together are the first one."""
        return next(iter(self.senders), Mailbox(""))

    @property
    def readable(self) -> bool:
        return "unreadable" not in self.problems


def read(raw: bytes) -> Mail:
    """Never raises, and takes time in proportion to the mail's size."""
    try:
        if reason := _refused(raw):
            return _head_alone(raw, reason)
        message: Message = BytesParser(policy=LENIENT).parse(BytesIO(raw))  # in pieces: 25 MB as text are 100
        return _read(message) if message.keys() else Mail(problems=("unreadable",))
    except Exception:  # a mail must never be lost over its form: the raw one is the entry
        return _head_alone(raw, "unreadable")


def masked(mail: Mail) -> Mail:
    """Without card and resident numbers in what people read of it. The files themselves are as they came."""
    html = markup.masked(mail.html)
    return replace(
        mail,
        subject=mask(mail.subject),
        text=mask(mail.text),
        quoted=mask(mail.quoted),
        html=html,
        files=tuple(_masked_file(file) for file in mail.files),
        invitations=tuple(
            replace(one, summary=mask(one.summary), place=mask(one.place)) for one in mail.invitations
        ),
        problems=mail.problems if html or not mail.html else (*mail.problems, "html_held_back"),
    )


def _masked_file(file: File) -> File:
    return replace(file, name=mask(file.name), holds=tuple(map(mask, file.holds)))


def _refused(raw: bytes) -> str:
    """Why these bytes are not taken apart at all; "" for a mail of a usual form."""
    if len(raw) > LARGEST:
        return "too_large"
    head = HEAD_END.search(raw, 0, LONGEST_HEAD)
    if not head and len(raw) > LONGEST_HEAD:
        return "unreadable"
    names = set(BOUNDARY.findall(raw))
    dividers = (found[1].rstrip().removesuffix(b"--") for found in DIVIDER.finditer(raw) if names)
    many = sum(one in names for one in dividers) > MOST_BOUNDARIES
    lines = max(raw.count(b"\n"), raw.count(b"\r"))
    short = lines > MOST_SHORT_LINES and len(raw) < SHORT_LINE * lines
    return "too_many_parts" if many or short or lines > MOST_LINES else ""


def _head_alone(raw: bytes, reason: str) -> Mail:
    """Who, to whom, and the subject, as far as they can be read."""
    try:
        message = BytesHeaderParser(policy=LENIENT).parsebytes(raw[:LONGEST_HEAD])
        return replace(_headers(message), problems=_once(("unreadable", reason)))
    except Exception:  # nothing of it can be read: what is left is the raw mail
        return Mail(problems=_once(("unreadable", reason)))


def _read(message: Message) -> Mail:
    found = body(message)
    html = "\n".join(found.html)
    plain = "\n".join(one.strip("\n") for one in found.text if one.strip())
    page = markup.page(html) if html.strip() else markup.Page()
    folded = quotes.fold(plain if plain.strip() else page.words)
    if html.strip() and not page.shown:
        found.problems.append("html_held_back")
    too_much = sum(len(file.data) for file in found.files) > MOST_OF_FILES
    if not (folded.said or found.files or found.html):
        found.problems.append("empty")
    return replace(
        _headers(message),
        text=folded.said,
        quoted=folded.quoted,
        html=page.shown,
        files=tuple(_opened(file) for file in found.files),
        invitations=_invitations(found),
        problems=_once((*found.problems, *(["too_large"] if too_much else []))),
    )


def _headers(message: Message) -> Mail:
    threaded = (*headers.ids(message, "references"), *headers.ids(message, "in-reply-to"))
    return Mail(
        senders=headers.mailboxes(message, "from"),
        reply_to=headers.mailboxes(message, "reply-to"),
        to=headers.mailboxes(message, "to"),
        cc=headers.mailboxes(message, "cc"),
        subject=clean(headers.text(message, "subject"))[:LONGEST_SUBJECT],
        written_at=headers.moment(message),
        message_id="".join(headers.ids(message, "message-id")[:1]),
        references=_once(threaded),
        automatic=automatic.reason(message),
    )


def _opened(file: File) -> File:
    held = file.type in winmail.TYPES or file.name.lower() == "winmail.dat"
    return replace(file, holds=winmail.names(file.data)) if held else file


def _invitations(found: Body) -> tuple[Invitation, ...]:
    """Of the calendars; the same one often comes twice, as a part and as a file."""
    calendars = (f for f in found.files if f.type in invitation.TYPES or f.name.lower().endswith(".ics"))
    read = (invitation.invitation(file.data) for file in [*calendars][:3])
    return tuple(dict.fromkeys(one for one in read if one))


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
