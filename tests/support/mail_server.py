"""The stand-in for SES with a bucket and a topic in memory, and mails as a mail program sends them."""

import asyncio
import smtplib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

import aiohttp

from infra.local.providers.ses import Ground, StandInSes
from infra.local.providers.ses_book import ADDRESS
from infra.local.sent_mails import outgoing


@dataclass
class Post:
    """What SES put and published, and its stand-in."""

    objects: dict[str, bytes] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    fails: bool = False
    ses: StandInSes = field(init=False)

    def __post_init__(self) -> None:
        self.ses = StandInSes(Ground(self._put, self.notices.append))

    def _put(self, key: str, raw: bytes) -> None:
        if self.fails:
            raise OSError("no bucket")
        self.objects[key] = raw

    async def by_smtp(self, mail: EmailMessage | bytes, source: str = "", to: str = "") -> None:
        await asyncio.to_thread(by_smtp, self.ses.smtp_port, mail, source, to)

    async def ask(self, path: str, told: object = None) -> tuple[int, Any]:
        method = "GET" if told is None else "POST"
        async with (
            aiohttp.ClientSession() as client,
            client.request(method, self.ses.url + path, json=told) as answer,
        ):
            plain = answer.content_type == "application/json"
            return answer.status, await answer.json() if plain else await answer.read()

    async def type_of(self, path: str) -> str:
        async with aiohttp.ClientSession() as client, client.get(self.ses.url + path) as answer:
            return answer.content_type


def run(journey: Callable[[Post], Awaitable[None]]) -> Post:
    post = Post()

    async def scene() -> None:
        await post.ses.start()
        try:
            await journey(post)
            await post.ses.settled()
        finally:
            await post.ses.stop()

    asyncio.run(scene())
    return post


def by_smtp(port: int, mail: EmailMessage | bytes, source: str = "", to: str = "") -> None:
    with smtplib.SMTP("127.0.0.1", port, local_hostname="localhost", timeout=10) as program:
        if isinstance(mail, EmailMessage):
            program.send_message(mail)
        else:
            program.sendmail(source, [to], mail)


def to_the_centre() -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Ana Kim <ana@example.test>", ADDRESS, "주문"
    mail.set_content("안녕하세요, 언제 오나요?")
    mail.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="영수증.pdf")
    return mail


def from_the_centre(to: str = "ana@example.test", id: str = "0100-1", **headers: str) -> bytes:
    """A mail of ours as it leaves SES, for our message C-7."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = ADDRESS, to, "Re: 주문"
    mail["Message-ID"] = "<ours@shop.example.test>"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content("내일 도착합니다.")
    return outgoing(mail.as_bytes(), id, {"entry": "C-7"})
