"""For people and tests: ring the centre, press keys, speak, pick up, and read what every line hears."""

from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

from aiohttp import web

from infra.local.providers.kit import refused
from infra.local.providers.voice.call import Call, Key, Words
from infra.local.providers.voice.exchange import Exchange
from infra.local.providers.voice.pace import Pace
from infra.local.providers.voice.rest_recordings import played

SHOWN = 60  # the newest calls, of thousands
DIGITS = frozenset("0123456789*#")
Act = Callable[[Call, dict[str, Any]], web.StreamResponse]


class Pages:
    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange

    def routes(self) -> list[web.RouteDef]:
        acts = {"keys": self._keys, "say": self._say, "hang_up": self._hang_up}
        acts |= {"pick_up": self._pick_up, "decline": self._decline}
        return [
            web.post("/call", self._call),
            web.get("/calls", self._calls),
            web.get("/messages", self._messages),
            web.get("/recordings", self._recordings),
            web.get("/recordings/{sid}.wav", self._listen),
            web.get("/alerts", self._alerts),
            web.post("/pace", self._pace),
            *(web.post(f"/{name}", self._acting(act)) for name, act in acts.items()),
        ]

    async def _call(self, request: web.Request) -> web.StreamResponse:
        """{from, keys?, say?, id?, pace?}: somebody rings. `keys` are pressed one after the other, each group
        at its question: "1,2" (an empty group presses nothing); `say` is a list of what is spoken where only
        words are understood. `pace` is {sounds, waits, answers} for this call alone.
        """
        told = await request.json()
        sender = str(told.get("from") or "")
        if not sender:
            return _bad("from", "Say whose number rings.")
        pace = _pace(told["pace"], self._exchange.pace) if told.get("pace") else None
        call = self._exchange.incoming(
            sender,
            pace=pace,
            sid=str(told.get("id") or ""),
            keys_ahead=_groups(told.get("keys")),
            words_ahead=[str(one) for one in told.get("say") or ()],
        )
        return web.json_response({"call_sid": call.sid})

    async def _calls(self, request: web.Request) -> web.StreamResponse:
        """Newest last; of one call_sid, or of one number, where it is said."""
        sid, number = request.query.get("call_sid", ""), request.query.get("number", "")
        found = [call for call in self._exchange.book if sid in ("", call.sid)]
        found = [call for call in found if not number or number in call.between()]
        return web.json_response({"items": [self._shown(call) for call in found[-SHOWN:]]})

    async def _messages(self, request: web.Request) -> web.StreamResponse:
        """What the centre said on its lines, as other stand-ins show what was sent."""
        items = [
            {"n": call.n, "to": call.number, "text": heard.text, "call_sid": call.sid}
            for call in self._exchange.book
            for heard in call.heard.items
            if heard.kind == "words"
        ]
        return web.json_response({"items": items})

    async def _recordings(self, request: web.Request) -> web.StreamResponse:
        return web.json_response({"items": [one.shown() for one in self._exchange.recordings]})

    async def _listen(self, request: web.Request) -> web.StreamResponse:
        found = self._exchange.recordings.get(request.match_info["sid"])
        if found is None:
            return refused("not_found", "There is no such recording.", 404)
        return await played(found, found.wish.channels)

    async def _alerts(self, request: web.Request) -> web.StreamResponse:
        return web.json_response({"items": self._exchange.outside.alerts})

    async def _pace(self, request: web.Request) -> web.StreamResponse:
        """{sounds?, waits?, answers?}: how fast time goes on lines from now on; 1.0 is real time."""
        self._exchange.pace = _pace(await request.json(), self._exchange.pace)
        return web.json_response(asdict(self._exchange.pace))

    # ------------------------------------------------------------------ what a person does on a line

    def _acting(self, act: Act) -> Callable[[web.Request], Any]:
        async def done(request: web.Request) -> web.StreamResponse:
            told = await request.json()
            call = self._exchange.book.get(str(told.get("call_sid", "")))
            if call is None:
                return refused("not_found", "There is no such call.", 404)
            if call.ended:
                return refused("over", "The call is over.", 409)
            return act(call, told)

        return done

    def _keys(self, call: Call, told: dict[str, Any]) -> web.StreamResponse:
        digits = str(told.get("digits", ""))
        if not digits or not set(digits) <= DIGITS:
            return _bad("digits", "Keys are 0 to 9, * and #.")
        call.heard.add("keys", digits)
        for digit in digits:
            call.input.put_nowait(Key(digit))
        return web.json_response(self._shown(call))

    def _say(self, call: Call, told: dict[str, Any]) -> web.StreamResponse:
        """An answer where words are asked for, a word that is left, else into the room."""
        words = str(told.get("text", "")).strip()
        if not words:
            return _bad("text", "Say something.")
        if call.waits_for == "word":
            call.input.put_nowait(Words(words))
        elif "speech" in call.waits_for:
            call.heard.add("spoken", words)
            call.input.put_nowait(Words(words))
        else:
            self._exchange.says(call, words)
        return web.json_response(self._shown(call))

    def _hang_up(self, call: Call, told: dict[str, Any]) -> web.StreamResponse:
        self._exchange.hang_up(call)
        return web.json_response(self._shown(call))

    def _pick_up(self, call: Call, told: dict[str, Any]) -> web.StreamResponse:
        if not call.rings:
            return refused("not_ringing", "This phone does not ring.", 409)
        call.picked_up.set()
        return web.json_response(self._shown(call))

    def _decline(self, call: Call, told: dict[str, Any]) -> web.StreamResponse:
        if not call.rings:
            return refused("not_ringing", "This phone does not ring.", 409)
        call.refuse("busy")
        return web.json_response(self._shown(call))

    def _shown(self, call: Call) -> dict[str, Any]:
        recordings = [one.shown() for one in self._exchange.recordings if one.call is call]
        return call.shown() | {"recordings": recordings}


def _groups(told: object) -> list[str]:
    """ "1,2" or a list of groups."""
    groups = told if isinstance(told, list) else str(told).split(",") if told else []
    return ["".join(key for key in str(group) if key in DIGITS) for group in groups]


def _pace(told: dict[str, Any], usual: Pace) -> Pace:
    return replace(usual, **{name: float(told[name]) for name in asdict(usual) if name in told})


def _bad(field: str, message: str) -> web.StreamResponse:
    error = {"code": "bad_request", "message": message, "fields": {field: message}}
    return web.json_response({"error": error}, status=400)
