"""What programs of ours may send by mail, and the headers by which other programs know it.

https://www.rfc-editor.org/rfc/rfc3834. What an agent writes bears none of them: people answer it.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import Enum

MOST = 3
WITHIN = timedelta(hours=1)


class By(Enum):
    """What made one of our mails: a person; a program that answers a mail; a program on its own."""

    PERSON = "person"
    ANSWER = "answer"
    NOTICE = "notice"


HEADERS: Mapping[By, Mapping[str, str]] = {
    By.PERSON: {},
    By.ANSWER: {"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"},
    By.NOTICE: {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
}


def may_answer(automatic: str, envelope_sender: str, sent: Sequence[datetime], now: datetime) -> bool:
    """Whether a program may answer a mail. `automatic` is why it was written by none (automatic.reason);
    `sent` is when this person got our last automatic mails.
    """
    nobody = bool(automatic) or not envelope_sender.strip("<> ")
    return not nobody and sum(now - WITHIN < one for one in sent) < MOST
