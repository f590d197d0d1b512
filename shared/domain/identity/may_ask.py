"""Whether a code may be sent to an address: codes cost money, and anybody may ask for one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from shared.domain.address.address import Address
from shared.domain.address.phone import is_mobile
from shared.domain.customer.evidence import Consent, Link, Proof
from shared.domain.customer.suppression import why_stopped
from shared.domain.ids import digest
from shared.domain.now import Now
from shared.domain.session.uses import Uses
from shared.domain.times import local_day


def counters(customer_id: str, now: Now) -> tuple[Uses, Uses]:
    """What codes are counted by, beside the number: who asks, and the centre. Asking anew as somebody else
    costs nothing, so the second is what bounds a day's bill.
    """
    day, expires = str(local_day(now.at, now.centre.zone)), now.at + timedelta(days=2)
    who = (f"customer {customer_id}", "all")
    first, second = (Uses(digest("proof", one), day, expires_at=expires) for one in who)
    return first, second


@dataclass(frozen=True, slots=True)
class Before:
    """What is stored about codes to an address: the last one, the claim, the consent, the counters."""

    proof: Proof | None
    link: Link | None
    consent: Consent | None
    used: Sequence[Uses | None]


def allowed(address: Address, before: Before, now: Now) -> bool:
    """No code to an unreachable or opted-out number, to a foreign or dear one, none while one is alive,
    and few a day.
    """
    regions = now.centre.proof_regions or (now.centre.phone_region,)
    reached = address.reachable and is_mobile(address, regions) and codes_by(address, now)
    if not reached or why_stopped(before.consent, by_agent=False):
        return False
    most = (now.centre.proofs_a_day_customer, now.centre.proofs_a_day_in_all)
    if any(uses and uses.times >= limit for uses, limit in zip(before.used, most, strict=True)):
        return False
    proof = before.proof
    if proof is None:
        return True
    today = proof.asked_day == str(local_day(now.at, now.centre.zone))
    alive = now.at <= proof.until and proof.tries_left > 0
    return not alive and not (today and proof.asked_today >= now.centre.proofs_a_day)


def codes_by(address: Address, now: Now) -> str:
    """The channel a code goes out by: the first that reaches the address and may write first."""
    able = (traits.name for traits in now.channels.for_kind(address.kind) if traits.starts)
    return next(able, "")
