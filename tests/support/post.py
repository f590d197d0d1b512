"""Mails into a scene: as SES brings them, by an object in the bucket and a notice in the door's queue."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from tests.support.notices import envelope
from tests.support.whole_scene import WholeScene

DOOR, QUEUE = "EmailReader", "EmailNotices"
OWN = "help@mail.example.test"
WRITER = "ana@example.test"


def written(text: str, subject: str = "Where is my order", sender: str = WRITER, **headers: str) -> bytes:
    mail = EmailMessage(policy=SMTP)
    named = {"From": sender, "To": OWN, "Subject": subject, "Message-ID": "<m1@example.test>", **headers}
    for name, value in named.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail.as_bytes()


@dataclass
class Post:
    """What SES does for a scene. The secret with which addresses for answers are signed is there at once."""

    scene: WholeScene
    _mails: int = 0

    def __post_init__(self) -> None:
        secret = self.scene.stepper.ground.variables(DOOR)["CHANNEL_SECRET_ID"]
        self.scene.world.secrets.rotate(secret, {"thread_key": "key-of-the-tests"})

    def bring(self, raw: bytes, *recipients: str, source: str = WRITER, **receipt: Any) -> str:
        """A mail that SES took in; its id."""
        self._mails += 1
        id = f"0100mail{self._mails:04}"
        self.scene.world.notice_files.put(f"inbound/{id}", raw)
        action = {"type": "S3", "bucketName": "mail", "objectKey": f"inbound/{id}"}
        usual = {"recipients": [*(recipients or (OWN,))], "dmarcVerdict": {"status": "PASS"}}
        mail = {"messageId": id, "source": source}
        receipt = {"action": action, **usual, **receipt}
        self.tell({"notificationType": "Received", "mail": mail, "receipt": receipt})
        return id

    def tell(self, word: Mapping[str, Any]) -> None:
        """A word of SES in the door's queue."""
        ground = self.scene.stepper.ground
        topic = ground.variables(DOOR)["NOTICE_SOURCES"]
        body = envelope(json.dumps(word), topic, ground.arn(QUEUE))["Records"][0]["body"]
        ground.sqs.send_message(QueueUrl=ground.url(QUEUE), MessageBody=body)
