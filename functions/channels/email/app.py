"""The door for email: SES puts a mail into the bucket of mails and its notice, by a topic, into our queue."""

from typing import Any

from functions.channels.email import inbound
from shared.edge import notice
from shared.edge.deadline import FILE_AND_TABLE, deadline
from shared.edge.early import early
from shared.edge.self_check import answers_self_check


@answers_self_check
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return notice.receive("email", inbound, event, deadline(context, FILE_AND_TABLE))


def prepare() -> None:
    """What reads mails: this door alone imports it."""
    from functions.channels.email import received  # noqa: F401  # only imported


early("inbox", "files", "notice_files", "secrets", then=prepare)
