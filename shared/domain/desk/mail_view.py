"""What a mail has besides its text, as staff see it."""

from dataclasses import dataclass

from shared.domain.timeline.entry import Entry, Kind


@dataclass(frozen=True, slots=True)
class MailView:
    """`answers_to` is where the sender wants answers, "" for the sender's own address. `quoted` is what
    repeats earlier mails. `body` is html where it has a form that can be shown. `problems` are stable words
    for what could not be read.
    """

    subject: str
    sender: str
    to: str
    cc: tuple[str, ...] = ()
    answers_to: str = ""
    quoted: str = ""
    body: str = ""
    problems: tuple[str, ...] = ()


def mail_view(entry: Entry) -> MailView | None:
    """None for what is no mail."""
    way, content, came = entry.way, entry.content, entry.kind is Kind.MESSAGE_RECEIVED
    if "@" not in way.address.value or not (came or entry.delivery):
        return None
    elsewhere = came and way.reply_to.strip().lower() not in ("", way.address.value)
    return MailView(
        subject=content.subject,
        sender=way.address.value if came else way.own_side,
        to=way.own_side if came else way.reply_to or way.address.value,
        cc=way.cc,
        answers_to=way.reply_to if elsewhere else "",
        quoted=content.quoted,
        body="html" if content.html_key else "",
        problems=content.problems,
    )
