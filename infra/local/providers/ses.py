"""A stand-in for SES and the mail servers of the world: any mail program writes to its SMTP port.

What is addressed to the centre becomes what SES makes of it: an object in the bucket, and the notice that
names it. What the centre sends comes to the same port, through the embedded SESv2 (see sent_mails), and lies
in a mailbox that /phone shows; what becomes of it is told as by SES's mailbox simulator. Never deployed.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

from infra.local.providers import Site
from infra.local.providers.kit import SLOW, Later, Server, arranged
from infra.local.providers.ses_book import ADDRESS, DOMAIN, Book, Posted
from infra.local.providers.ses_mailbox import Mailbox
from infra.local.providers.ses_words import Letter, Verdicts, fate_of, letter, words
from infra.local.sent_mails import TAGS, TOO_MANY, sent_id, tags_of, without

log = logging.getLogger("patchbay")
LARGEST = 40 * 1024 * 1024
PARAMETERS = {"EmailEnabled": "true", "MailDomain": DOMAIN, "MailAddress": ADDRESS}
REFUSALS = {"too_many": TOO_MANY, "broken": "451 Temporary service failure"}


@dataclass(frozen=True, slots=True)
class Ground:
    """Where SES puts a mail, and where it publishes. Both may take a while, and raise."""

    put: Callable[[str, bytes], object]
    publish: Callable[[str], object]
    bucket: str = "mail"


@dataclass(slots=True)
class StandInSes:
    """`smtp_port` 0 takes a free port; `address` is the front door's."""

    ground: Ground
    smtp_port: int = 0
    address: str = ""
    verdicts: Verdicts = field(default_factory=Verdicts)
    book: Book = field(default_factory=Book)
    _later: Later = field(default_factory=Later)
    _web: Server = field(init=False)
    _smtp: asyncio.Server | None = None

    def __post_init__(self) -> None:
        box = Mailbox(self.book, self._take, self.verdicts, self.address, self._post)
        self._web = Server(self.book.orders, box.routes())

    @property
    def url(self) -> str:
        return self._web.url

    async def start(self, port: int = 0) -> None:
        """Pages are answered on `port`, mails taken on `smtp_port`; each is a free one for 0."""

        def connected() -> SMTP:
            return SMTP(self, data_size_limit=LARGEST, enable_SMTPUTF8=True, hostname="localhost")

        await self._web.start(port)
        loop = asyncio.get_running_loop()
        self._smtp = await loop.create_server(connected, "127.0.0.1", self.smtp_port)
        self.smtp_port = self._smtp.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        if self._smtp:
            self._smtp.close()
        await self._later.stop()
        await self._web.stop()

    async def settled(self) -> None:
        """Wait until SES has told everything of our mails."""
        await self._later.settled()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """aiosmtpd's name for a mail that is complete. The sender hears of one that was not kept."""
        raw = envelope.original_content or envelope.content or b""
        raw = raw if isinstance(raw, bytes) else raw.encode()
        manner = self.book.orders.manner(envelope.rcpt_tos[0].lower())
        if manner in REFUSALS:
            return REFUSALS[manner]
        try:
            await self._take(raw, envelope.mail_from or "", envelope.rcpt_tos, manner)
        except Exception:  # whatever it is, a mail that was not kept must not be called taken
            log.exception("a mail was not kept")
            return "451 It could not be kept, please try again"
        if manner == "slow":
            await asyncio.sleep(SLOW)
        if manner == "no_answer" and isinstance(server.transport, asyncio.Transport):
            server.transport.abort()
        return "250 OK"

    async def _post(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        return await self._web.post(url, body, headers)

    async def _take(self, raw: bytes, source: str, recipients: Sequence[str], manner: str = "") -> Posted:
        """Each recipient's server gets it: ours is SES."""
        id, tags = sent_id(raw), tags_of(raw)
        ours = [one for one in recipients if _domain(one) == DOMAIN]
        others = [one for one in recipients if one not in ours]
        by_us = bool(tags) and _domain(source) == DOMAIN
        if ours:
            letter = self.letter(raw, source, ours)
            await asyncio.to_thread(self.ground.put, letter.key, letter.raw)
            await self._publish(letter.notice)
        state = fate_of(others[0]) if by_us and others else "received"
        named = id if by_us else secrets.token_hex(16)
        posted = self.book.add(named, without(raw, TAGS), source, recipients, not by_us, state)
        if by_us:
            await self._tell(id, others, tags, manner)
        return posted

    def letter(self, raw: bytes, source: str, recipients: Sequence[str]) -> Letter:
        """A mail as SES keeps and tells it."""
        bucket, verdicts = self.ground.bucket, self.verdicts
        return letter(secrets.token_hex(16), raw, source, recipients, bucket, verdicts)

    async def _tell(self, id: str, others: Sequence[str], tags: dict[str, list[str]], manner: str) -> None:
        """What became of our mail at each of its receivers; "early": before the sender hears its id."""
        told = arranged([word for one in others for word in words(id, one, tags)], manner)
        calls = [partial(self._publish, word) for word in told]
        if manner == "early":
            for call in calls:
                await call()
            return
        self._later.tell(calls, manner)

    async def _publish(self, word: str) -> None:
        await asyncio.to_thread(self.ground.publish, word)


def at(site: Site) -> StandInSes | None:
    """SES of a running centre, whose identity is verified; None where its template has no email."""
    topic, bucket = site.outputs.get("MailTopic"), site.outputs.get("MailBucket")
    if not topic or not bucket:
        return None
    s3, sns, ses = (site.client(name) for name in ("s3", "sns", "sesv2"))
    _verified(ses)
    ground = Ground(
        lambda key, raw: s3.put_object(Bucket=bucket, Key=key, Body=raw),
        lambda word: sns.publish(TopicArn=topic, Message=word, Subject="Amazon SES notification"),
        bucket,
    )
    return StandInSes(ground, site.mail_port, site.address)


def _verified(ses: Any) -> None:
    """On AWS a person proves that the domain is theirs, by records in its DNS."""
    known = ses.list_email_identities()["EmailIdentities"]
    if DOMAIN not in (one["IdentityName"] for one in known):
        ses.create_email_identity(EmailIdentity=DOMAIN)


def _domain(address: str) -> str:
    return address.rpartition("@")[2].strip("> ").lower()
