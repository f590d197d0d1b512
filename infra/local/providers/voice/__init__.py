"""A stand-in for Twilio Programmable Voice: it runs our TwiML as Twilio would, on loopback. Never deployed.

Written from Twilio's pages, not from our code. A person talks with it by keys and words (pages.py), or with a
telephone program that speaks SIP and RTP (sip.py). At the front door, below /local and the channel's name:

    POST /call {from, keys?, say?, pace?}   somebody rings; "1,2" is pressed, a group at each question
    POST /keys, /say, /hang_up              {call_sid} with digits or text
    POST /pick_up, /decline {call_sid}      a phone that we ring
    GET  /calls?call_sid=&number=           what each line hears and waits for, and its recordings
    POST /pace {sounds?, waits?, answers?}  how fast time goes
    GET  /sip, /alerts, /recordings         where programs ring; documents that failed; what was recorded

POST /control {number, behaviour, times?} knows what all stand-ins know, a refusal (bad_number), how the far
end behaves (answers, busy, no-answer, failed), and `absent` for a recording of which nothing is kept.
"""

import secrets
from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from aiohttp import web

from infra.local.providers import Said
from infra.local.providers.kit import Server
from infra.local.providers.voice.call import API_VERSION
from infra.local.providers.voice.documents import FORM
from infra.local.providers.voice.exchange import VOICE, Exchange
from infra.local.providers.voice.outside import Outside
from infra.local.providers.voice.pages import Pages
from infra.local.providers.voice.proof import proof
from infra.local.providers.voice.rest_calls import CallsInterface, stranger
from infra.local.providers.voice.rest_recordings import RecordingsInterface
from infra.local.providers.voice.sip import SipEndpoint

SIP_PORT = 5060


class StandInVoice:
    """`public_url` is where the centre's front door is: known late, so it may be a function."""

    def __init__(
        self,
        account_sid: str,
        auth_token: str,
        own_number: str,
        public_url: str | Callable[[], str],
        sip_port: int = 0,
    ) -> None:
        """`sip_port` is for telephone programs; a free one is taken where it is 0, or not free."""
        outside = Outside(account_sid, auth_token)
        self.exchange = Exchange(outside, own_number, public_url)
        refuses = stranger(self.exchange, auth_token)
        routes = CallsInterface(self.exchange, refuses).routes()
        routes += RecordingsInterface(self.exchange, refuses).routes() + Pages(self.exchange).routes()
        self.sip, self._sip_port = SipEndpoint(self.exchange), sip_port
        self._server = Server(self.exchange.orders, [*routes, web.get("/sip", self._where)])

    @property
    def url(self) -> str:
        """Where it is served; "" before it starts."""
        return self._server.url

    async def start(self, port: int = 0) -> None:
        await self._server.start(port)
        await self.sip.open(self._sip_port)
        self.exchange.outside.client, self.exchange.outside.url = self._server.client, self.url

    async def stop(self) -> None:
        """Every call ends, and nobody is told."""
        await self.exchange.stop()
        await self.sip.close()
        await self._server.stop()

    async def _where(self, request: web.Request) -> web.StreamResponse:
        """Where a telephone program rings the centre."""
        return web.json_response({"address": f"sip:{self.exchange.own_number}@127.0.0.1:{self.sip.port}"})

    async def settled(self) -> None:
        """Wait until every callback that was due has been sent."""
        await self.exchange.outside.later.settled()


def account() -> dict[str, str]:
    """A made-up account."""
    return {
        "account_sid": f"AC{secrets.token_hex(16)}",
        "auth_token": secrets.token_hex(16),
        "from_number": "+15005550009",
    }


def stand_in(account: Mapping[str, str], public_url: str) -> StandInVoice:
    names = (account["account_sid"], account["auth_token"], account["from_number"])
    return StandInVoice(*names, public_url, SIP_PORT)


def said(account: Mapping[str, str], address: str, sender: str, text: str, id: str = "") -> Said:
    """What Twilio posts when a customer rings, signed. On the telephone nothing is said with the first ring,
    so the text stays unsaid. Its name is that of the call with what happened: it began.
    """
    form = {
        "AccountSid": account["account_sid"],
        "ApiVersion": API_VERSION,
        "CallSid": id or f"CA{secrets.token_hex(16)}",
        "CallStatus": "ringing",
        "Called": account["from_number"],
        "Caller": sender,
        "Direction": "inbound",
        "From": sender,
        "To": account["from_number"],
    }
    signature = proof(f"{address}{VOICE}", form, account["auth_token"])
    headers = {"content-type": FORM, "x-twilio-signature": signature}
    return Said(VOICE, urlencode(form).encode(), headers, f"{form['CallSid']}:began")
