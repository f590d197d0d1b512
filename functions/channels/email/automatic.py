"""Mail that programs send: it is shown, answered by no program of ours, and reopens nothing.

https://www.rfc-editor.org/rfc/rfc3834 and what others send in its place.
"""

from collections.abc import Callable
from email.message import Message
from email.utils import parseaddr

BULK = frozenset({"bulk", "junk", "list", "auto_reply", "auto-reply"})
SUPPRESSES = frozenset({"all", "autoreply", "oof", "dr", "rn", "nrn"})
SAYS_SO = (
    "x-autoreply",
    "x-autorespond",
    "x-autoresponder",
    "x-auto-reply-from",
    "x-mail-autoreply",
    "x-loop",
    "x-failed-recipients",
)
ROBOTS = frozenset(
    {"mailer-daemon", "postmaster", "noreply", "no-reply", "no_reply", "donotreply", "do-not-reply", "bounce"}
)


def reason(message: Message, envelope_sender: str | None = None) -> str:
    """A stable word for why this was written by no person; "" where a person may have written it.

    `envelope_sender` is what SES says (`mail.source`); None where it is not known.
    """
    for word, holds in RULES.items():
        if holds(message):
            return word
    return "null_sender" if envelope_sender is not None and not envelope_sender.strip("<> ") else ""


def _submitted(message: Message) -> bool:
    word = _value(message, "auto-submitted").partition(";")[0].strip()
    return word not in ("", "no")


def _report(message: Message) -> bool:
    return message.get_content_type() == "multipart/report"


def _null_sender(message: Message) -> bool:
    return "return-path" in message and not _value(message, "return-path").strip("<> ")


def _bulk(message: Message) -> bool:
    return _value(message, "precedence") in BULK


def _list(message: Message) -> bool:
    return any(name.lower().startswith("list-") for name in message)


def _suppressed(message: Message) -> bool:
    told = _value(message, "x-auto-response-suppress").replace(";", ",").split(",")
    return not SUPPRESSES.isdisjoint(one.strip() for one in told)


def _says_so(message: Message) -> bool:
    return any(name in message for name in SAYS_SO)


def _robot(message: Message) -> bool:
    return parseaddr(_value(message, "from"))[1].partition("@")[0].partition("+")[0] in ROBOTS


def _value(message: Message, name: str) -> str:
    return str(message.get(name, ""))[:1000].strip().lower()


RULES: dict[str, Callable[[Message], bool]] = {
    "auto_submitted": _submitted,
    "report": _report,
    "null_sender": _null_sender,
    "bulk": _bulk,
    "list": _list,
    "suppressed": _suppressed,
    "autoresponder": _says_so,
    "robot": _robot,
}
