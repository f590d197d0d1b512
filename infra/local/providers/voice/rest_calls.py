"""Twilio's REST interface for calls: create, look, change, list.

https://www.twilio.com/docs/voice/api/call-resource
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from aiohttp import BasicAuth, web
from multidict import MultiDictProxy

from infra.local.providers.kit import after
from infra.local.providers.voice import refusals
from infra.local.providers.voice.call import API_VERSION, Call
from infra.local.providers.voice.documents import Source
from infra.local.providers.voice.exchange import Exchange, Wanted
from infra.local.providers.voice.refusals import Refusal
from infra.local.providers.voice.reports import EVENTS, Hook

ACCOUNT = f"/{API_VERSION}/Accounts/{{account}}"
CALLS, CALL = f"{ACCOUNT}/Calls.json", f"{ACCOUNT}/Calls/{{call}}.json"
LONGEST_TWIML = 4000
TIMEOUT, LONGEST_TIMEOUT = 60, 600
EARLY = 2.0  # seconds that the answer waits for the callback that overtakes it
USUAL_SIZE, LARGEST_SIZE = 50, 1000
Form = MultiDictProxy[Any]
Stranger = Callable[[web.Request], Refusal | None]


def stranger(exchange: Exchange, auth_token: str) -> Stranger:
    """Why somebody may not ask, or None."""
    account = exchange.outside.account_sid
    expected = BasicAuth(account, auth_token).encode()

    def refusal(request: web.Request) -> Refusal | None:
        if request.headers.get("authorization") != expected:
            return refusals.STRANGER
        return refusals.NOT_FOUND if request.match_info["account"] != account else None

    return refusal


class CallsInterface:
    def __init__(self, exchange: Exchange, stranger: Stranger) -> None:
        self._exchange, self._stranger = exchange, stranger

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post(CALLS, self._create),
            web.get(CALLS, self._list),
            web.get(CALL, self._look),
            web.post(CALL, self._change),
        ]

    async def _create(self, request: web.Request) -> web.StreamResponse:
        form = await request.post()
        to, sender = str(form.get("To", "")), str(form.get("From", ""))
        if refusal := self._stranger(request):
            return refusal.answer()
        manner = self._exchange.orders.manner(to)
        if refusal := refusals.ORDERED.get(manner) or self._wrong(form, to, sender):
            return refusal.answer()
        call = self._exchange.place(_wanted(form, to, sender, manner))
        if manner == "early":
            await self._exchange.reports.first(call, EARLY)
        await after(manner, request)
        return web.json_response(self._resource(call) | {"status": "queued"}, status=201)

    def _wrong(self, form: Form, to: str, sender: str) -> Refusal | None:
        if not _dialled(to):
            return refusals.BAD_NUMBER
        if sender != self._exchange.own_number:
            return refusals.BAD_FROM
        if not _source(form):
            return refusals.NO_URL
        events = {str(one) for one in form.getall("StatusCallbackEvent", [])}
        if not events <= set(EVENTS):
            return refusals.BAD_EVENT
        return refusals.BAD_TWIML if len(str(form.get("Twiml", ""))) > LONGEST_TWIML else None

    async def _look(self, request: web.Request) -> web.StreamResponse:
        found = self._found(request)
        return found.answer() if isinstance(found, Refusal) else web.json_response(self._resource(found))

    async def _change(self, request: web.Request) -> web.StreamResponse:
        form, found = await request.post(), self._found(request)
        if isinstance(found, Refusal):
            return found.answer()
        manner = self._exchange.orders.manner(found.sid)
        refusal = refusals.ORDERED.get(manner) or self._changed(found, form)
        if refusal:
            return refusal.answer()
        await after(manner, request)
        return web.json_response(self._resource(found))

    def _changed(self, call: Call, form: Form) -> Refusal | None:
        status, source = str(form.get("Status", "")), _source(form)
        if status not in ("", "completed", "canceled"):
            return refusals.BAD_STATUS
        if len(source.text if source else "") > LONGEST_TWIML:
            return refusals.BAD_TWIML
        if status:
            if call.ended or (status == "canceled" and not call.rings):
                return refusals.NOT_IN_PROGRESS
            self._exchange.hang_up(call)
            return None
        if source is None:
            return refusals.NO_URL
        return None if self._exchange.redirect(call, source) else refusals.NOT_IN_PROGRESS

    async def _list(self, request: web.Request) -> web.StreamResponse:
        if refusal := self._stranger(request):
            return refusal.answer()
        try:
            found = self._exchange.book.asked_for(request.query)
        except ValueError:
            return refusals.BAD_STATUS.answer()
        return web.json_response(self._page(found, dict(request.query)))

    def _page(self, found: list[Call], asked: dict[str, str]) -> dict[str, Any]:
        number, size = int(asked.get("Page", "0")), min(int(asked.get("PageSize", USUAL_SIZE)), LARGEST_SIZE)
        shown, more = found[number * size : (number + 1) * size], len(found) > (number + 1) * size
        path = CALLS.format(account=self._exchange.outside.account_sid)
        following = {**asked, "Page": str(number + 1)}
        return {
            "calls": [self._resource(call) for call in shown],
            "page": number,
            "page_size": size,
            "start": number * size,
            "end": number * size + max(len(shown) - 1, 0),
            "uri": f"{path}?{urlencode(asked)}",
            "first_page_uri": f"{path}?{urlencode({**asked, 'Page': '0'})}",
            "previous_page_uri": None,
            "next_page_uri": f"{path}?{urlencode(following)}" if more else None,
        }

    def _found(self, request: web.Request) -> Call | Refusal:
        call = self._exchange.book.get(request.match_info["call"])
        return self._stranger(request) or call or refusals.NOT_FOUND

    def _resource(self, call: Call) -> dict[str, Any]:
        return call.resource(self._exchange.outside.account_sid)


def _dialled(to: str) -> bool:
    number = to.startswith("+") and to[1:].isdecimal() and 8 <= len(to) <= 16
    return number or (to.startswith(("sip:", "client:")) and len(to) > 8)


def _source(form: Form) -> Source | None:
    """What the call is to run: Twiml, else what stands at Url."""
    twiml, url = str(form.get("Twiml", "")), str(form.get("Url", ""))
    if twiml:
        return Source(text=twiml)
    return Source(url, str(form.get("Method", "POST")).upper()) if url else None


def _wanted(form: Form, to: str, sender: str, manner: str) -> Wanted:
    events = frozenset(str(one) for one in form.getall("StatusCallbackEvent", [])) or {"completed"}
    timeout = str(form.get("Timeout", ""))
    seconds = min(int(timeout) if timeout.isdecimal() else TIMEOUT, LONGEST_TIMEOUT)
    hook = Hook(str(form.get("StatusCallback", "")), frozenset(events), manner)
    source = _source(form)
    return Wanted(to, sender, [source] if source else [], seconds, hook, str(form.get("FallbackUrl", "")))
