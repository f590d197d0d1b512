"""What the stand-in asks and tells other servers: documents, sounds, callbacks, signed as Twilio signs."""

import asyncio
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import aiohttp
from yarl import URL

from infra.local.providers.kit import Later
from infra.local.providers.voice.call import API_VERSION, Call, new_sid
from infra.local.providers.voice.documents import FORM, UNREACHABLE, Document, Source, Trouble, fetch
from infra.local.providers.voice.phones import Sound
from infra.local.providers.voice.proof import proof
from infra.local.providers.voice.recordings import Recording
from infra.local.providers.voice.wave_file import RATE, read

UNREAD = 10.0  # seconds of a sound in a format that is not read here
TRANSCRIBED = range(2, 121)  # seconds of a recording that can be


class Outside:
    """`url` is where the stand-in itself is found, known once it is served."""

    def __init__(self, account_sid: str, auth_token: str) -> None:
        self.account_sid, self._token = account_sid, auth_token
        self.later = Later()
        self.alerts: list[dict[str, Any]] = []
        self.client: aiohttp.ClientSession | None = None
        self.url = ""

    async def document(self, call: Call, source: Source) -> Document:
        """Raises Trouble. The call is answered by the first document that does not reject it."""
        document = await fetch(self._client(), source, call.fields(self.account_sid), self._token)
        rejects = len(document.root) and document.root[0].tag == "Reject"
        if call.answered_at is None and not rejects:
            call.answer()
        return document

    async def sound(self, url: str) -> Sound:
        """Raises Trouble where it cannot be got."""
        try:
            async with self._client().get(URL(url, encoded=True)) as answer:
                body = await answer.read()
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise Trouble(UNREACHABLE, url) from error
        if answer.status != 200:
            raise Trouble(UNREACHABLE, url)
        try:
            samples = await asyncio.to_thread(read, body)
        except ValueError:
            return Sound(UNREAD)
        return Sound(len(samples) / 2 / RATE, samples)

    async def post(self, url: str, form: Mapping[str, str]) -> int:
        """A signed form; the status, 0 for no answer."""
        headers = {"Content-Type": FORM, "X-Twilio-Signature": proof(url, form, self._token)}
        try:
            async with self._client().post(
                URL(url, encoded=True), data=urlencode(form), headers=headers
            ) as answer:
                await answer.read()
                return answer.status
        except (aiohttp.ClientError, TimeoutError, ValueError):
            return 0

    def tell(self, url: str, form: Mapping[str, str]) -> None:
        """In its own time."""
        self.later.begin(self._told(url, form))

    def tell_once(self, call: Call, source: Source, over: bool = True) -> None:
        """A document is asked for, and nobody runs it: the call is over (or just ending), or elsewhere."""
        status = "completed" if over and not call.ended else call.status
        self.tell(source.url, {**call.fields(self.account_sid), "CallStatus": status, **source.fields})

    def recorded(self, one: Recording) -> None:
        """A recording's state has changed."""
        url = self.recording_url(one)
        if one.wish.callback and one.status in one.wish.events | {"absent"}:
            self.tell(one.wish.callback, one.fields(self.account_sid, url))
        if one.wish.transcribe and one.status == "completed":
            self.tell(one.wish.transcribe, self._transcription(one, url))

    def _transcription(self, one: Recording, url: str) -> dict[str, str]:
        """Of what was typed: nobody here understands real sound."""
        done = bool(one.words) and one.seconds in TRANSCRIBED
        told = {
            "TranscriptionSid": new_sid("TR"),
            "TranscriptionStatus": "completed" if done else "failed",
            "TranscriptionText": one.words if done else "",
            "TranscriptionType": "fast",
            "RecordingSid": one.sid,
            "RecordingUrl": url,
        }
        return one.call.fields(self.account_sid) | told

    def recording_url(self, one: Recording) -> str:
        return f"{self.url}/{API_VERSION}/Accounts/{self.account_sid}/Recordings/{one.sid}"

    def alert(self, call: Call, trouble: Trouble) -> None:
        self.alerts.append({"call_sid": call.sid, "code": trouble.code, "url": trouble.url})

    async def _told(self, url: str, form: Mapping[str, str]) -> None:
        await self.post(url, form)

    def _client(self) -> aiohttp.ClientSession:
        if self.client is None:
            raise RuntimeError("the stand-in has not started")
        return self.client
