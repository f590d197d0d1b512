"""What Twilio tells of a call's state: to the address that asked for it, in order or as it was ordered.

https://www.twilio.com/docs/voice/api/call-resource#statuscallback
"""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime

from infra.local.providers import kit
from infra.local.providers.voice.call import LAST, Call, rfc2822
from infra.local.providers.voice.outside import Outside

EVENTS = ("initiated", "ringing", "answered", "completed")
NAMED = {"initiated": "initiated", "ringing": "ringing", "in-progress": "answered"}
Form = dict[str, str]


@dataclass
class Hook:
    """Who is told about one call. `told` is set once the first callback was made."""

    url: str
    events: frozenset[str]
    manner: str = kit.USUAL
    sent: int = 0
    held: list[Form] = field(default_factory=list)
    told: asyncio.Event = field(default_factory=asyncio.Event)
    in_order: asyncio.Lock = field(default_factory=asyncio.Lock)

    def wants(self, status: str) -> bool:
        return bool(self.url) and self.manner != "silent" and NAMED.get(status, "completed") in self.events

    def due(self, form: Form, last: bool) -> list[Form]:
        """What goes out now. In the wrong order: each waits for the next, which goes before it."""
        if self.manner == "reordered" and not self.held and not last:
            self.held = [form]
            return []
        due, self.held = [form, *self.held], []
        return [one for one in due for _ in range(2 if self.manner == "doubled" else 1)]


class Reports:
    def __init__(self, outside: Outside) -> None:
        self._outside = outside
        self.silent = False
        self._hooks: dict[str, Hook] = {}

    def hook(self, call: Call, hook: Hook) -> None:
        self._hooks[call.sid] = hook

    def manner(self, call: Call) -> str:
        return self._hooks[call.sid].manner if call.sid in self._hooks else kit.USUAL

    async def first(self, call: Call, patience: float) -> None:
        """Wait until somebody was told of this call."""
        try:
            await asyncio.wait_for(self._hooks[call.sid].told.wait(), patience)
        except TimeoutError:
            return

    def tell(self, call: Call) -> None:
        """The state that the call has now."""
        hook = self._hooks.get(call.sid)
        if hook and not self.silent and hook.wants(call.status):
            form = self._form(call, hook.sent)
            hook.sent += 1
            if due := hook.due(form, call.status in LAST):
                self._outside.later.begin(self._sent(hook, due))

    async def _sent(self, hook: Hook, due: list[Form]) -> None:
        async with hook.in_order:
            await asyncio.sleep(kit.LATE if hook.manner == "late" else 0)
            for form in due:
                await self._outside.post(hook.url, form)
                hook.told.set()

    def _form(self, call: Call, n: int) -> Form:
        told = {
            "CallbackSource": "call-progress-events",
            "SequenceNumber": str(n),
            "Timestamp": rfc2822(datetime.now(UTC)),
        }
        ended = {"CallDuration": str(call.seconds), "Duration": str(-(-call.seconds // 60))}
        sip = {
            "SipResponseCode": {"completed": "200", "busy": "486", "no-answer": "487"}.get(call.status, "")
        }
        return call.fields(self._outside.account_sid) | told | (ended | sip if call.status in LAST else {})
