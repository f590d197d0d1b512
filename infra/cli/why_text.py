"""Why a contact was offered to whom, as the terminal shows it."""

from collections.abc import Iterator

from shared.domain.desk.why_view import CandidateView, ContactWhy, OfferWhy, WaitsWhy
from shared.domain.words.place_words import FAR


def told(contact: ContactWhy) -> str:
    return "\n".join(_lines(contact))


def _lines(contact: ContactWhy) -> Iterator[str]:
    yield f"Case {contact.number}, {contact.channel} in {contact.queue} (contact {contact.contact_id})"
    for offer in contact.offers:
        yield from _offer(offer)
    if contact.now:
        yield from _now(contact.now)
    elif not contact.offers:
        yield "  It was never offered."


def _offer(offer: OfferWhy) -> Iterator[str]:
    yield f"  {offer.at}  {offer.name}: {offer.became or 'rings'}"
    yield f"    {offer.sentence}"
    if offer.winner is None:
        return
    needs = ", ".join(f"{skill} {level}" for skill, level in (offer.needs or {}).items()) or "no skill"
    dropped = f" (dropped: {', '.join(offer.dropped)})" if offer.dropped else ""
    yield (
        f"    needs {needs}{dropped}; ring {offer.ring}; virtual age {offer.age_seconds} s; "
        f"{offer.free} free; settings {offer.settings_version}"
    )
    yield f"    asked    {_figures(offer.winner)}"
    for one in offer.runners_up:
        yield f"    not      {_figures(one)}: {one.because}"


def _figures(one: CandidateView) -> str:
    named = [word for word, holds in (("owner", one.owner), ("preferred", one.preferred)) if holds]
    skills = [f"{skill} {level}" for skill, level in one.skills.items()]
    counts = [f"{one.other_classes} other classes wait for them", f"{one.breadth} kinds in all"]
    return f"{one.name} ({', '.join([*named, *skills, *counts, f'free since {one.free_since}'])})"


def _now(now: WaitsWhy) -> Iterator[str]:
    yield f"  Now: {_place(now.position)}{now.sentence}"


def _place(position: int | None) -> str:
    if position is None:
        return ""
    return f"Number {position} in its queue. " if position <= FAR else "Behind 100 others in its queue. "
