"""Twilio's REST interface for recordings: start, pause, resume, stop, look, listen, delete.

https://www.twilio.com/docs/voice/api/recording
"""

import asyncio
from typing import Any

from aiohttp import web

from infra.local.providers.kit import after
from infra.local.providers.voice import refusals
from infra.local.providers.voice.call import Call
from infra.local.providers.voice.exchange import Exchange
from infra.local.providers.voice.playing import wav
from infra.local.providers.voice.recordings import LIVE, Recording, Wish
from infra.local.providers.voice.refusals import Refusal
from infra.local.providers.voice.rest_calls import ACCOUNT, Stranger

OF_CALL = f"{ACCOUNT}/Calls/{{call}}/Recordings"
CURRENT = "Twilio.CURRENT"
MONO_ASKED_AS_TWO = Refusal(400, 16113, "Cannot download a dual-channel presentation of a mono recording")


class RecordingsInterface:
    def __init__(self, exchange: Exchange, stranger: Stranger) -> None:
        self._exchange, self._stranger = exchange, stranger

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post(f"{OF_CALL}.json", self._start),
            web.get(f"{OF_CALL}.json", self._list),
            web.post(OF_CALL + "/{recording}.json", self._change),
            web.get(ACCOUNT + "/Recordings/{recording}.json", self._look),
            web.delete(ACCOUNT + "/Recordings/{recording}.json", self._delete),
            web.get(ACCOUNT + "/Recordings/{recording}.wav", self._listen),
            web.get(ACCOUNT + "/Recordings/{recording}", self._listen),
        ]

    async def _start(self, request: web.Request) -> web.StreamResponse:
        call = self._call(request)
        if isinstance(call, Refusal):
            return call.answer()
        form, manner = await request.post(), self._exchange.orders.manner(call.sid)
        if refusal := refusals.ORDERED.get(manner):
            return refusal.answer()
        if call.status != "in-progress":
            return refusals.NOT_RECORDABLE.answer()
        events = [
            word for one in form.getall("RecordingStatusCallbackEvent", []) for word in str(one).split()
        ]
        wish = Wish(
            "StartCallRecordingAPI",
            str(form.get("RecordingStatusCallback", "")),
            frozenset(events or ["completed"]),
            2 if form.get("RecordingChannels") == "dual" else 1,
        )
        made = self._exchange.recordings.begin(call, wish)
        await after(manner, request)
        return web.json_response(self._resource(made), status=201)

    async def _list(self, request: web.Request) -> web.StreamResponse:
        call = self._call(request)
        if isinstance(call, Refusal):
            return call.answer()
        found = [self._resource(one) for one in self._exchange.recordings if one.call is call]
        return web.json_response({"recordings": found, "page": 0, "next_page_uri": None})

    async def _change(self, request: web.Request) -> web.StreamResponse:
        call = self._call(request)
        if isinstance(call, Refusal):
            return call.answer()
        form, manner = await request.post(), self._exchange.orders.manner(call.sid)
        live, named = self._exchange.recordings.live(call), request.match_info["recording"]
        found = [one for one in live if named in (CURRENT, one.sid)]
        if not found:
            return refusals.NOT_FOUND.answer()
        refusal = refusals.ORDERED.get(manner) or self._changed(found[-1], dict(form))
        if refusal:
            return refusal.answer()
        await after(manner, request)
        return web.json_response(self._resource(found[-1]))

    def _changed(self, one: Recording, form: dict[str, Any]) -> Refusal | None:
        status = form.get("Status")
        if status == "stopped":
            self._exchange.recordings.finish(one)
        elif status in LIVE:
            one.status, one.skips = status, form.get("PauseBehavior") == "skip"
        else:
            return refusals.BAD_STATUS
        return None

    async def _look(self, request: web.Request) -> web.StreamResponse:
        found = self._recording(request)
        return found.answer() if isinstance(found, Refusal) else web.json_response(self._resource(found))

    async def _delete(self, request: web.Request) -> web.StreamResponse:
        found = self._recording(request)
        if isinstance(found, Refusal):
            return found.answer()
        self._exchange.recordings.remove(found)
        return web.Response(status=204)

    async def _listen(self, request: web.Request) -> web.StreamResponse:
        """As it was recorded, or as RequestedChannels says; not while it is being made."""
        found = self._recording(request)
        if isinstance(found, Refusal):
            return found.answer()
        if found.status != "completed":
            return refusals.NOT_FOUND.answer()
        channels = int(request.query.get("RequestedChannels", found.wish.channels))
        if channels > found.wish.channels:
            return MONO_ASKED_AS_TWO.answer()
        return await played(found, channels)

    def _call(self, request: web.Request) -> Call | Refusal:
        call = self._exchange.book.get(request.match_info["call"])
        return self._stranger(request) or call or refusals.NOT_FOUND

    def _recording(self, request: web.Request) -> Recording | Refusal:
        found = self._exchange.recordings.get(request.match_info["recording"])
        return self._stranger(request) or found or refusals.NOT_FOUND

    def _resource(self, one: Recording) -> dict[str, Any]:
        return one.resource(self._exchange.outside.account_sid)


async def played(recording: Recording, channels: int) -> web.Response:
    body = await asyncio.to_thread(wav, recording, channels)
    headers = {"Content-Type": "audio/x-wav", "X-Content-Type-Options": "nosniff"}
    return web.Response(body=body, headers=headers)
