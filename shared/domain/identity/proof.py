"""Proof by code: six digits to a number, typed back into the chat, join two addresses for good."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum

from shared.domain.address.address import Address
from shared.domain.address.way import Way
from shared.domain.change import ABSENT, ANY, Add, Put, Write
from shared.domain.customer.evidence import AddressOwner, Link, Proof, Strength
from shared.domain.customer.head import Head
from shared.domain.customer.language import language_for
from shared.domain.customer.pending import PendingProof
from shared.domain.identity.may_ask import Before, codes_by, counters
from shared.domain.identity.merge import joined, mergeable, merged
from shared.domain.now import Now
from shared.domain.timeline.append import next_entry
from shared.domain.timeline.entry import Entry, Kind, Scalar
from shared.domain.timeline.outbound import outbound
from shared.domain.times import iso, local_day
from shared.domain.words.to_customers import say


class Verdict(Enum):
    RIGHT = "right"
    WRONG = "wrong"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Asked:
    """What asking for a code makes: entries in order, the head after them, the items beside them."""

    entries: tuple[Entry, ...]
    head: Head
    writes: tuple[Write, ...]
    proof: Proof


def ask(
    head: Head,
    address: Address,
    before: Before,
    code: str,
    actor: str,
    now: Now,
    door: str = "",
) -> Asked:
    """The code on its way; the number is shown as claimed and joins nothing yet."""
    proof = before.proof
    fresh = _proof(head, address, proof, code, now)
    way = Way(codes_by(address, now), address, head.customer_id, address.value)
    language = language_for(head, now)
    facts: dict[str, Scalar] = {"proof": fresh.id, "until": iso(fresh.until), "language": language}
    facts |= {"door": door} if door else {}
    entry = next_entry(head, now, Kind.CODE_SENT, actor=actor, facts=facts, **outbound(way, now))
    claimed = Link(head.customer_id, address, Strength.CLAIMED, "typed", entry.id, actor, now.at)
    writes: list[Write] = [Put(fresh, over=proof.version if proof else ABSENT)]
    writes += [Add(counter, {"times": 1}) for counter in counters(head.customer_id, now)]
    if before.link is None:
        writes.append(Put(claimed, over=ABSENT))
    after = replace(head, proof=PendingProof(fresh.id, address, fresh.until))
    return Asked((entry,), after, tuple(writes), fresh)


def judge(proof: Proof | None, pending: PendingProof, typed: str, now: Now) -> Verdict:
    """Constant time over the digits; a code is over after 5 minutes, 5 tries, or one success."""
    if proof is None or proof.id != pending.id or now.at > proof.until or proof.tries_left <= 0:
        return Verdict.OVER
    return Verdict.RIGHT if hmac.compare_digest(proof.code.encode(), typed.encode()) else Verdict.WRONG


def failed(head: Head, proof: Proof | None, answer: Verdict, now: Now) -> tuple[Head, tuple[Write, ...], str]:
    """The head, the item and the sentence after a wrong or late code."""
    if answer is Verdict.WRONG and proof and proof.tries_left > 1:
        less = replace(proof, tries_left=proof.tries_left - 1, version=proof.version + 1)
        return (
            head,
            (Put(less, over=proof.version),),
            say("code_wrong", language_for(head, now), left=less.tries_left),
        )
    spent = (Put(_spent(proof), over=proof.version),) if proof else ()
    return replace(head, proof=None), spent, say("code_over", language_for(head, now))


@dataclass(frozen=True, slots=True)
class Join:
    """What a right code is about. `other` is the customer who has the number: None when
    no customer has it, or the asking one does.

    `asking_owners` are the addresses, `asking_members` the merged customers that lead to the asking one.
    """

    asking: Head
    other: Head | None
    owner: AddressOwner | None
    asking_owners: Sequence[AddressOwner] = ()
    asking_members: Sequence[Head] = ()


@dataclass(frozen=True, slots=True)
class Joined:
    """The head the transaction conditions on, what it becomes, and the items beside it."""

    before: Head
    after: Head
    writes: tuple[Write, ...]
    merged: bool = False


def joins(found: Join) -> bool:
    return found.other is None or mergeable(found.other, found.asking)


def join(found: Join, proof: Proof, reference: str, actor: str, now: Now) -> Joined:
    """The link with its evidence; where the number belongs to another customer, the two become one."""
    asking = replace(found.asking, proof=None)
    member = asking.customer_id
    link = Put(Link(member, proof.address, Strength.PROVEN, "code", reference, actor, now.at), over=ANY)
    spent = Put(_spent(proof), over=proof.version)
    if found.other:
        away = joined(asking, found.other.customer_id, found.asking_owners, found.asking_members)
        return Joined(found.other, merged(found.other, asking, now.at), (spent, link, *away), merged=True)
    mine = () if found.owner else (Put(AddressOwner(proof.address, member, member)),)
    return Joined(found.asking, asking, (spent, link, *mine))


def _proof(head: Head, address: Address, before: Proof | None, code: str, now: Now) -> Proof:
    day = str(local_day(now.at, now.centre.zone))
    asked = before.asked_today if before and before.asked_day == day else 0
    return Proof(
        address=address,
        id=now.new_id(),
        customer_id=head.customer_id,
        code=code,
        until=now.at + timedelta(seconds=now.centre.proof_seconds),
        tries_left=now.centre.proof_tries,
        asked_today=asked + 1,
        asked_day=day,
        expires_at=now.at + timedelta(days=2),
        version=before.version + 1 if before else 1,
    )


def _spent(proof: Proof) -> Proof:
    return replace(proof, code="", tries_left=0, version=proof.version + 1)
