"""The customer's card from what is stored of them and their members."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from shared.domain.address.readable import display
from shared.domain.address.way import NO_WAY
from shared.domain.case.ways import (
    ReplyWay,
    ways,
)
from shared.domain.customer.call import Call
from shared.domain.customer.evidence import Consent, Link, Profile, Strength
from shared.domain.customer.head import Head
from shared.domain.customer.kept import Case, Interaction
from shared.domain.customer.language import language_for
from shared.domain.customer.profile import together
from shared.domain.customer.suppression import reason_of
from shared.domain.desk.card_view import AddressView, Card, CaseView, InteractionView, WayView
from shared.domain.desk.line_view import going_on, line_view
from shared.domain.desk.profile_view import of_members, profile_view
from shared.domain.desk.reader import Reader
from shared.domain.desk.step_view import step_views
from shared.domain.desk.views import moment
from shared.domain.timeline.append import case_of
from shared.domain.timeline.subject import subject_of
from shared.domain.times import iso


@dataclass(frozen=True, slots=True)
class Stored:
    """What lies under a customer's root and members."""

    profiles: Sequence[Profile]
    links: Sequence[Link]
    cases: Sequence[Case]
    interactions: Sequence[Interaction]
    said: Sequence[Consent]


def card(head: Head, stored: Stored, names: Mapping[str, str], reader: Reader) -> Card:
    """`names` holds agents' names by id."""
    options = ways(head, stored.links, stored.said, reader.now)
    return Card(
        customer_id=head.customer_id,
        version=head.version,
        name=customer_name(head, stored.profiles, reader),
        language=head.language,
        addresses=tuple(_address(link, stored, reader) for link in _links(stored.links)),
        cases=tuple(_case(head, kept, stored.interactions, names, reader) for kept in _by_age(stored.cases)),
        reply_channels=tuple(_way(one, head, reader) for one in options),
        tier=next((one.tier for one in stored.profiles if one.customer_id == head.customer_id), ""),
        profile=profile_view(head.customer_id, stored.profiles, names),
    )


def with_calls(
    shown: Card, head: Head, calls: Iterable[Call], names: Mapping[str, str], reader: Reader
) -> Card:
    """With the call of each open case in which one goes on. What can be done, its agent's desk knows."""
    known = tuple(calls)
    lines = {case.id: call for case in head.cases if (call := going_on(known, case))}
    views = {id: line_view(head, call, names, reader, acts=False) for id, call in lines.items()}
    return replace(shown, cases=tuple(replace(one, call=views.get(one.case_id)) for one in shown.cases))


def customer_name(head: Head, profiles: Iterable[Profile], reader: Reader) -> str:
    """The name we were given, else where they write from: a number says more than a visitor's id."""
    if given := together(of_members(head.customer_id, tuple(profiles))).name:
        return given
    going = [i.address for case in head.cases for i in case.interactions]
    known = [head.last.way.address, *going] if head.last else going
    address = next((a for a in known if a.kind != "visitor"), next(iter(known), None))
    return display(address, reader.region, reader.language) if address else ""


def _links(links: Sequence[Link]) -> list[Link]:
    """The links that hold, one for each address: proof outweighs a claim."""
    held: dict[object, Link] = {}
    for link in links:
        known = held.get(link.address)
        if link.ended_at is None and (known is None or link.strength is Strength.PROVEN):
            held[link.address] = link
    return sorted(held.values(), key=lambda link: link.at)


def _address(link: Link, stored: Stored, reader: Reader) -> AddressView:
    address = link.address
    return AddressView(
        kind=address.kind,
        value=address.value,
        display=display(address, reader.region, reader.language),
        strength=link.strength,
        evidence=link.evidence,
        reachable=address.reachable,
        stopped=next((reason_of(said) for said in stored.said if said.address == address), ""),
        channels=tuple(one.name for one in reader.now.channels.for_kind(address.kind)),
    )


def _by_age(cases: Sequence[Case]) -> list[Case]:
    return sorted(cases, key=lambda case: case.opened_at, reverse=True)


def _case(
    head: Head, kept: Case, exchanges: Sequence[Interaction], names: Mapping[str, str], reader: Reader
) -> CaseView:
    """As it is kept, save for what the head knows better while it is open: state, queue and owner."""
    going = case_of(head, kept.id)
    mine = sorted((e for e in exchanges if e.case_id == kept.id), key=lambda e: e.started_at)
    owner = going.agent if going else kept.owner
    return CaseView(
        case_id=kept.id,
        number=kept.number,
        state=going.state if going else "closed",
        queue=going.contact.queue if going else kept.queue,
        owner=owner,
        owner_name=names.get(owner, ""),
        opened_at=iso(kept.opened_at),
        closed_at=moment(kept.closed_at),
        disposition=kept.disposition,
        channels=tuple(dict.fromkeys(e.channel for e in mine)),
        score=kept.score,
        interactions=tuple(_interaction(e) for e in mine),
        needs=going.contact.needs if going else (),
        tags=kept.tags,
        snoozed_until=moment(going.snoozed.until) if going and going.snoozed else None,
        steps=step_views(kept, going, reader.now),
        stepped_in={id: names.get(id, "") for id in going.stepped_in} if going else {},
    )


def _interaction(kept: Interaction) -> InteractionView:
    started, ended = iso(kept.started_at), moment(kept.ended_at)
    return InteractionView(kept.id, kept.channel, started, ended, kept.ended_by)


def _way(one: ReplyWay, head: Head, reader: Reader) -> WayView:
    way, reason = one.way, one.reason
    shown = display(way.address, reader.region, reader.language)
    wrote = head.last.way if head.last else NO_WAY
    last = (wrote.channel, wrote.address) == (way.channel, way.address)
    allowed, until = one.window.allowed, moment(one.window.until)
    told = (way.channel, str(way.address), shown, not reason, reason, last, allowed, until)
    if not reader.now.channels.of(way.channel).subjects:
        return WayView(*told)
    case_id = next((case.id for case in head.cases), "")
    subject = subject_of(way, case_id, language_for(head, reader.now), reader.now)
    return WayView(*told, to=way.reply_to or way.address.value, cc=way.cc, subject=subject)
