"""A supervisor listens to a call, whispers to its agent, or joins it; the record says why."""

from dataclasses import dataclass, replace

from shared.domain.call.acts import goes_on, without_gone
from shared.domain.call.leg_words import call_line, calls_channel
from shared.domain.change import Change, Put
from shared.domain.customer.call import Call
from shared.domain.customer.head import ContactState, Head
from shared.domain.errors import Malformed, Refused
from shared.domain.now import Now
from shared.domain.routing.phone import leg_timer, phone_of
from shared.domain.routing.staff import Agent
from shared.domain.timeline.append import case_of, written
from shared.domain.timeline.content import Content
from shared.domain.timeline.entry import Entry, Kind, Signals
from shared.domain.timeline.once import asking
from shared.ports import Moment, Store
from shared.use_cases.call.find_call import call_in
from shared.use_cases.case.keyed import once_per_key
from shared.use_cases.case.reply_to_customer import written_words
from shared.use_cases.customer.find_customer import head_of
from shared.use_cases.routing.load_agent import agent_of

LISTEN, WHISPER, JOIN, STOP = "listen", "whisper", "join", "stop"
HOWS = (LISTEN, WHISPER, JOIN, STOP)


@dataclass(frozen=True, slots=True)
class ListenToCall:
    """Two lines, the reason and the act, and the call: one transaction, once per key."""

    store: Store
    now: Moment

    def __call__(self, by: str, customer_id: str, case_id: str, how: str, reason: str, key: str) -> Entry:
        """Refused `empty` (422) without a reason, `case_closed`, `no_call`, `no_phone`, `own_call`,
        `listens_already` and `not_listening` (409).
        """
        if how not in HOWS:
            raise Malformed("no such way to listen")
        words = "" if how == STOP else written_words(reason)
        asked = asking(by, key, "listen", case_id, how, words)

        def decide() -> Change:
            now, head = self.now(), head_of(self.store, customer_id)
            boss, call = agent_of(self.store, by), self._call(head, case_id, by)
            after = _listened(call, boss, how, now)
            lines = _lines(head, call, boss, how, words, now)
            writes = (*written(head, head, *lines), Put(after, over=call.version))
            return (Put(asked.remembered(lines[0])), *writes)

        return once_per_key(self.store, asked, decide)

    def _call(self, head: Head, case_id: str, by: str) -> Call:
        case = case_of(head, case_id)
        if case is None:
            raise Refused("case_closed", status=409)
        talked = [c for c in case.contacts if c.state is ContactState.CONNECTED]
        if any(contact.agent == by for contact in talked):
            raise Refused("own_call", status=409)
        calls = call_in(self.store, head, *(contact.interaction_id for contact in talked))
        found = next((call for call in calls if goes_on(call)), None)
        if found is None:
            raise Refused("no_call", status=409)
        return found


def _listened(call: Call, boss: Agent, how: str, now: Now) -> Call:
    call = call if how == STOP else without_gone(call)
    before = dict(call.listeners).get(boss.id, "")
    others = tuple(one for one in call.listeners if one[0] != boss.id)
    if how == STOP:
        if not before:
            raise Refused("not_listening", status=409)
        return replace(call, listeners=others, version=call.version + 1)
    if before == how:
        raise Refused("listens_already", status=409)
    if not phone_of(boss, now):
        raise Refused("no_phone", status=409)
    return replace(call, listeners=(*others, (boss.id, how)), version=call.version + 1)


def _lines(head: Head, call: Call, boss: Agent, how: str, words: str, now: Now) -> tuple[Entry, Entry]:
    """Why, for those who look into it later; and the act, which the operator reads."""
    told: dict[str, object] = {"actor": f"agent:{boss.id}"}
    why = call_line(
        head,
        call,
        Kind.AUDITED,
        {"action": f"call_{how}", "agent": boss.id},
        now,
        content=Content(words),
        signals=Signals(),
        **told,
    )
    behind = replace(head, version=head.version + 1)
    timers = () if how == STOP else leg_timer(calls_channel(now), now)
    act = call_line(behind, call, Kind.CALL_ACTED, {"act": how, "agent": boss.id}, now, timers=timers, **told)
    return why, act
