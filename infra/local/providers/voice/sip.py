"""The SIP side of the stand-in, on a port of the loopback: telephone programs ring us, and are rung.

A program may register under any name or number; a call to that name, or number, then rings it.
"""

import asyncio
import re
from collections.abc import Coroutine
from ipaddress import ip_address
from typing import Any

from infra.local.providers.voice import sdp
from infra.local.providers.voice.exchange import Exchange
from infra.local.providers.voice.phones import Phone
from infra.local.providers.voice.sip_dialog import Dialog
from infra.local.providers.voice.sip_message import (
    Address,
    Headers,
    Sip,
    caller,
    keys_of,
    new_tag,
    parts_of,
    read,
    tag_of,
    uri_of,
)
from infra.local.providers.voice.sip_phone import SipPhone

ALLOWED = "INVITE, ACK, BYE, CANCEL, INFO, OPTIONS, REGISTER"
MOST_OVER = 200  # dialogs that are kept to answer what comes again


class SipEndpoint(asyncio.DatagramProtocol):
    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._dialogs: dict[str, Dialog] = {}
        self._registered: dict[str, tuple[str, Address]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.port = 0

    @property
    def registered(self) -> frozenset[str]:
        """The names and numbers of telephone programs that can be rung."""
        return frozenset(self._registered)

    async def open(self, port: int) -> None:
        """On this port, or on a free one where it is taken."""
        loop = asyncio.get_running_loop()
        try:
            self._wire, _ = await loop.create_datagram_endpoint(lambda: self, local_addr=("127.0.0.1", port))
        except OSError:
            self._wire, _ = await loop.create_datagram_endpoint(lambda: self, local_addr=("127.0.0.1", 0))
        self.port = int(self._wire.get_extra_info("sockname")[1])
        self._exchange.elsewhere = self.phone

    async def close(self) -> None:
        await asyncio.sleep(0)  # what has just been begun is sent once
        self._wire.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def phone(self, to: str) -> Phone | None:
        """The telephone at a SIP address on this machine, or that registered under this name or number."""
        place = self._place(to)
        if place is None and not to.startswith("sip:"):
            return None
        phone = SipPhone(self._exchange.recordings, self._begin)
        if place:
            phone.signals = self._outgoing(phone, *place)
        return phone

    def _place(self, to: str) -> tuple[str, Address] | None:
        user = to.removeprefix("sip:").partition("@")[0]
        if user in self._registered:
            return self._registered[user]
        if not to.startswith("sip:"):
            return None
        try:
            address = parts_of(to)[1]
            here = address[0] == "localhost" or ip_address(address[0]).is_loopback
        except ValueError:
            return None
        return (to, address) if here and address[1] != self.port else None

    def _outgoing(self, phone: SipPhone, target: str, address: Address) -> Dialog:
        dialog = self._dialog(phone, f"{new_tag()}@127.0.0.1")
        dialog.own, dialog.other = f"<{self._contact()}>", f"<{target}>"
        dialog.target, dialog.address = target, address
        return dialog

    def _dialog(self, phone: SipPhone, call_id: str) -> Dialog:
        made = self._dialogs[call_id] = Dialog(phone, self._send, self._begin, self._contact(), call_id)
        for old in [one for one, dialog in self._dialogs.items() if dialog.over][:-MOST_OVER]:
            del self._dialogs[old]
        return made

    def _contact(self) -> str:
        return f"sip:{self._exchange.own_number}@127.0.0.1:{self.port}"

    def _send(self, message: Sip, address: Address) -> None:
        if not self._wire.is_closing():
            self._wire.sendto(message.packed(), address)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # ------------------------------------------------------------------ what comes

    def datagram_received(self, data: bytes, addr: Address) -> None:
        try:
            self._came(read(data), addr)
        except ValueError:
            return  # no SIP, or addresses that are none: nobody to answer

    def _came(self, message: Sip, addr: Address) -> None:
        dialog = self._dialogs.get(message.get("call-id"))
        if not message.status:
            self._asked(message, dialog, addr)
        elif dialog and message.method == "INVITE":
            dialog.answered(message)
        elif dialog and message.status >= 200:
            dialog.heard = True

    def error_received(self, exc: Exception) -> None:
        """The other end has gone; what is not answered ends by itself."""

    def _asked(self, message: Sip, dialog: Dialog | None, address: Address) -> None:
        match message.method:
            case "INVITE":
                self._invited(message, dialog, address)
            case "ACK" if dialog:
                dialog.heard = True
            case "BYE" | "CANCEL" | "INFO" if dialog:
                self._reply(message, address, 200)
                self._in_dialog(message, dialog)
            case "REGISTER":
                self._register(message, address)
            case "OPTIONS":
                self._reply(message, address, 200, [("allow", ALLOWED)])
            case "ACK":
                return
            case "BYE" | "CANCEL" | "INFO":
                self._reply(message, address, 481)
            case _:
                self._reply(message, address, 405, [("allow", ALLOWED)])

    def _reply(self, message: Sip, address: Address, status: int, more: Headers = ()) -> None:
        self._send(message.response(status, new_tag(), more), address)

    def _in_dialog(self, message: Sip, dialog: Dialog) -> None:
        if message.method == "INFO":
            for digit in keys_of(message):
                dialog.phone.press(digit)
            return
        if message.method == "CANCEL" and not dialog.established:
            dialog.refuse(487)
        dialog.over = True
        if dialog.phone.call:
            self._exchange.hang_up(dialog.phone.call)

    def _invited(self, message: Sip, dialog: Dialog | None, address: Address) -> None:
        try:
            media, sender = sdp.read(message.body), caller(message)
        except ValueError:
            self._reply(message, address, 488)
            return
        if dialog is None:
            phone = SipPhone(self._exchange.recordings, self._begin)
            dialog = self._dialog(phone, message.get("call-id"))
            phone.signals = dialog
            dialog.called(message, address)
            self._begin(self._arrived(dialog, sender))
        elif tag_of(message.get("to")) and message.sequence != dialog.asked:
            dialog.asked_again(message, media)
        else:
            dialog.again()

    async def _arrived(self, dialog: Dialog, sender: str) -> None:
        """The call begins, unless it was given up meanwhile."""
        phone = dialog.phone
        await phone.sound.open()
        if dialog.over:
            phone.sound.close()
        else:
            phone.call = self._exchange.incoming(sender, phone, phone.pace)

    def _register(self, message: Sip, address: Address) -> None:
        user, contact = parts_of(uri_of(message.get("to")))[0], message.get("contact")
        expires = re.search(r"expires=(\d+)", contact)
        seconds = expires[1] if expires else message.get("expires") or "3600"
        if contact == "*" or seconds == "0":
            self._registered.pop(user, None)
        elif contact:
            self._registered[user] = (uri_of(contact), address)
        self._reply(message, address, 200, [("contact", contact), ("expires", seconds)])
