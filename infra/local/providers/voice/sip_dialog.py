"""One call over SIP, from our side: what is sent, when, and how often until it is heard."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from infra.local.providers.voice import sdp
from infra.local.providers.voice.sip_message import (
    Address,
    Headers,
    Sip,
    branch_of,
    new_branch,
    new_tag,
    request,
    tag_of,
    uri_of,
)
from infra.local.providers.voice.sip_phone import SipPhone

AGAIN = (0.5, 1.0, 2.0)  # seconds between sendings until an answer comes: on one machine soon
ENDS = {"busy": 486, "no-answer": 480, "canceled": 487}
# What the other end's refusal makes of the call.
REFUSED = {486: "busy", 600: "busy", 603: "busy", 408: "no-answer", 480: "no-answer", 487: "no-answer"}
Send = Callable[[Sip, Address], None]
Begin = Callable[[Coroutine[Any, Any, None]], None]


class Dialog:
    """`own` and `other` are both ends as headers; `target` is where the other end wants requests."""

    def __init__(self, phone: SipPhone, send: Send, begin: Begin, contact: str, call_id: str) -> None:
        self.phone, self.call_id, self.contact = phone, call_id, contact
        self._send, self._begin = send, begin
        self.invited: Sip | None = None
        self.address: Address = ("127.0.0.1", 0)
        self.own, self.other, self.target = "", "", ""
        self.last: Sip | None = None
        self.established = self.over = self.heard = False
        self._sequence = 1
        self._tag = new_tag()
        self._ours: Sip | None = None

    # ------------------------------------------------------------------ somebody calls us

    def called(self, invite: Sip, address: Address) -> None:
        self.invited, self.address = invite, address
        self.other, self.own = invite.get("from"), f"{invite.get('to')};tag={self._tag}"
        self.target = uri_of(invite.get("contact"))
        self._respond(100)
        self._respond(180)

    def accept(self) -> None:
        """200 until its ACK is heard."""
        if self.invited is None or self.established or self.over:
            return
        self.established = True
        media = sdp.read(self.invited.body)
        answer = self._response(200, sdp.written(self.phone.sound.port, media.events))
        self.phone.sound.begin(media)
        self._begin(self._until_heard(answer))

    @property
    def asked(self) -> int:
        """The number of the last INVITE that came."""
        return self.invited.sequence if self.invited else 0

    def asked_again(self, invite: Sip, media: sdp.Media) -> None:
        """A new offer in the same call: on hold, or with another port."""
        self.invited = invite
        self._respond(200, sdp.written(self.phone.sound.port, media.events))
        self.phone.sound.begin(media)

    def again(self) -> None:
        """The same request came once more."""
        if self.last:
            self._send(self.last, self.address)

    def refuse(self, status: int) -> None:
        self.over = True
        self._respond(status)

    # ------------------------------------------------------------------ we call somebody

    def invite(self) -> None:
        self._begin(self._invite())

    async def _invite(self) -> None:
        await self.phone.sound.open()
        body = sdp.written(self.phone.sound.port)
        more = [("contact", f"<{self.contact}>"), ("content-type", "application/sdp")]
        self._ours = self._request("INVITE", more, body)
        await self._until_heard(self._ours)
        if not self.heard and self.phone.call:
            self.phone.call.refuse("failed")

    def answered(self, response: Sip) -> None:
        """An answer to our INVITE."""
        self.heard = True
        if response.status < 200 or self._ours is None:
            return
        self.other = response.get("to") or self.other
        if response.status >= 300:
            self._acknowledge(branch_of(self._ours))
            self.over = True
            if self.phone.call:
                self.phone.call.refuse(REFUSED.get(response.status, "failed"))
            return
        self.target = uri_of(response.get("contact")) or self.target
        self._acknowledge(new_branch())
        self._picked_up(response)

    def _picked_up(self, response: Sip) -> None:
        first, self.established = not self.established, True
        call = self.phone.call
        if call is None or call.refused:
            return self.end("completed")
        try:
            media = sdp.read(response.body)
        except ValueError:
            call.refuse("failed")
            return self.end("completed")
        if first:
            self.phone.sound.begin(media)
            call.picked_up.set()
        return None

    # ------------------------------------------------------------------ the end

    def end(self, status: str) -> None:
        """BYE, CANCEL, or a refusal, whichever its state wants. Once."""
        if self.over:
            return
        if self.established:
            self.over = True
            self._sequence += 1
            self._begin(self._until_heard(self._request("BYE")))
        elif self.invited:
            self.refuse(ENDS.get(status, 480))
        elif self._ours:
            self._cancel(self._ours)

    def _cancel(self, invite: Sip) -> None:
        headers = [(name, invite.get(name)) for name in ("via", "max-forwards", "from", "to", "call-id")]
        cancel = request("CANCEL", self.target, [*headers, ("cseq", f"{invite.sequence} CANCEL")])
        self._send(cancel, self.address)

    def _acknowledge(self, branch: str) -> None:
        ack = self._request("ACK", branch=branch)
        self._send(ack, self.address)

    # ------------------------------------------------------------------ what is sent

    def _respond(self, status: int, body: bytes = b"") -> None:
        if answer := self._response(status, body):
            self._send(answer, self.address)

    def _response(self, status: int, body: bytes = b"") -> Sip | None:
        """To the last INVITE."""
        if self.invited is None:
            return None
        more = [("contact", f"<{self.contact}>")] if status != 100 else []
        more += [("content-type", "application/sdp")] if body else []
        self.last = self.invited.response(status, self._tag, more, body)
        return self.last

    def _request(self, method: str, more: Headers = (), body: bytes = b"", branch: str = "") -> Sip:
        host = self.contact.rpartition("@")[2]
        headers = [
            ("via", f"SIP/2.0/UDP {host};branch={branch or new_branch()};rport"),
            ("max-forwards", "70"),
            ("from", self.own if tag_of(self.own) else f"{self.own};tag={self._tag}"),
            ("to", self.other),
            ("call-id", self.call_id),
            ("cseq", f"{self._sequence if method != 'ACK' else 1} {method}"),
            *more,
        ]
        return request(method, self.target, headers, body)

    async def _until_heard(self, message: Sip | None) -> None:
        if message is None:
            return
        self.heard = False
        for pause in AGAIN:
            self._send(message, self.address)
            await asyncio.sleep(pause)
            if self.heard:
                return
