"""The headers by which other programs know what programs of ours sent.

https://www.rfc-editor.org/rfc/rfc3834. What an agent writes bears none of them: people answer it.
"""

from collections.abc import Mapping
from enum import Enum


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
