"""A customer is abusive: a notice first, then the agent may end the conversation. Both are told to the
customer by the house, in its own words, and stay on record.

Korea: Occupational Safety and Health Act, article 41 (https://www.law.go.kr/법령/산업안전보건법).
"""

from collections.abc import Sequence
from dataclasses import replace

from shared.domain.address.way import Way
from shared.domain.case.close import Closing, close
from shared.domain.case.reply import owned
from shared.domain.case.ways import WINDOW_CLOSED, refusal, window_of
from shared.domain.change import Change, Put
from shared.domain.customer.evidence import Consent
from shared.domain.customer.head import Head, OpenCase
from shared.domain.customer.kept import Case, Interaction
from shared.domain.customer.language import language_for
from shared.domain.errors import Refused
from shared.domain.now import Now
from shared.domain.timeline.append import case_of, next_entry, written
from shared.domain.timeline.entry import Entry, Kind
from shared.domain.timeline.once import Asking
from shared.domain.timeline.outbound import said_by_us

WARNED = "abuse_warned"


def way_told(head: Head, case_id: str) -> Way | None:
    """Where the customer spoke last in this case, of what goes on; None where nothing does."""
    case = case_of(head, case_id)
    going = max(case.interactions, key=lambda one: one.last_at, default=None) if case else None
    return going.way if going else None


def warn(head: Head, case_id: str, agent_id: str, consent: Consent | None, asked: Asking, now: Now) -> Change:
    """The notice to the customer, and a line of who gave it. Refused with the reason where it cannot reach
    them: then the conversation can be ended without.
    """
    case, way = owned(head, case_id, agent_id), way_told(head, case_id)
    reason = _unheard(head, way, consent, now)
    if way is None or reason:
        raise Refused(reason, status=422)
    notice = _said(head, case, way, now.centre.abuse.notice(language_for(head, now)), now)
    ahead = replace(head, version=notice.seq)
    line = next_entry(
        ahead,
        now,
        Kind.AUDITED,
        actor=f"agent:{agent_id}",
        case_id=case.id,
        facts={"action": WARNED, "agent": agent_id},
    )
    return (Put(asked.remembered(notice)), *written(head, head, notice, line))


def end_abusive(
    head: Head,
    kept: Case,
    exchanges: Sequence[Interaction],
    closing: Closing,
    consent: Consent | None,
    now: Now,
) -> Change:
    """The case ends, told to the customer where they can be reached: no survey follows, and what they write
    later is a new case. Refused as any closing.
    """
    case, way = owned(head, kept.id, closing.agent.id), way_told(head, kept.id)
    if way is None or _unheard(head, way, consent, now):
        return close(head, kept, exchanges, replace(closing, abuse=True), now)
    told = _said(head, case, way, now.centre.abuse.words(language_for(head, now)), now)
    return close(head, kept, exchanges, replace(closing, abuse=True, before=(told,)), now)


def _said(head: Head, case: OpenCase, way: Way, words: str, now: Now) -> Entry:
    going = next((i.id for i in case.interactions if i.way == way), "")
    return said_by_us(head, way, case.id, going, words, now, facts={"queue": case.contact.queue})


def _unheard(head: Head, way: Way | None, consent: Consent | None, now: Now) -> str:
    """Why the house's words would not reach them, "" where they do."""
    if way is None:
        return "no_address"
    if now.channels.of(way.channel).calls:
        return "unreachable"  # on the phone the agent says it
    closed = "" if window_of(head, way, now).free_words else WINDOW_CLOSED
    return refusal(way.address, consent) or closed
