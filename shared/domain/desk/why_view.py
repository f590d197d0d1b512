"""Why a contact was offered to whom, or waits: as supervisors get it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from shared.domain.centre import Centre
from shared.domain.desk.views import moment
from shared.domain.queue import Queue
from shared.domain.routing.choice import Candidate, Choice
from shared.domain.routing.explain import beaten_by, read_record, rule_of
from shared.domain.routing.offer_words import RULES, why_offer
from shared.domain.routing.waiting_words import waiting_sentence
from shared.domain.routing.why_waiting import Waits
from shared.domain.staffing import Skill
from shared.domain.timeline.entry import Entry, Kind
from shared.domain.times import iso

Label = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class CandidateView:
    """An agent who fitted, and the figures they were compared by. `beaten_by` is the rule by which a
    runner-up came behind, as a stable word, and `because` the same in words; both "" for who was asked.
    """

    agent_id: str
    name: str
    owner: bool
    preferred: bool
    other_classes: int
    breadth: int
    proficiency: int
    free_since: str
    skills: Mapping[str, int]
    beaten_by: str = ""
    because: str = ""


@dataclass(frozen=True, slots=True)
class OfferWhy:
    """One offer. `became` is accepted, declined, expired or withdrawn, and "" while it rings. The offers of
    an earlier release have a sentence and no figures.
    """

    offer_id: str
    at: str
    agent_id: str
    name: str
    sentence: str
    became: str
    ended_at: str | None
    rule: str = ""
    needs: Mapping[str, int] | None = None
    dropped: tuple[str, ...] = ()
    ring: int = 0
    age_seconds: int = 0
    waiting: int = 0
    more: bool = False
    free: int = 0
    settings_version: int = 0
    winner: CandidateView | None = None
    runners_up: tuple[CandidateView, ...] = ()


@dataclass(frozen=True, slots=True)
class WaitsWhy:
    """Why it waits now. `position` is counted from 1 to 100, 101 for whatever is further off, and None where
    it does not wait in a queue.
    """

    code: str
    sentence: str
    fit: int
    busy: int
    away: int
    needs: Mapping[str, int]
    ring: int
    until: str | None
    next_ring: str | None
    position: int | None = None


@dataclass(frozen=True, slots=True)
class ContactWhy:
    """A contact with its offers, oldest first. `now` is None once it is over."""

    contact_id: str
    customer_id: str
    case_id: str
    number: str
    channel: str
    queue: str
    offers: tuple[OfferWhy, ...]
    now: WaitsWhy | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """In whose words it is said: names of agents by id, and labels of the settings."""

    language: str
    names: Mapping[str, str]
    centre: Centre

    def label(self, name: str) -> str:
        """What people call a skill or a queue; its name where it has no label."""
        named: list[Skill | Queue] = [*self.centre.skills, *self.centre.queues]
        found = next((one for one in named if one.name == name), None)
        label = (found.label_ko if self.language == "ko" else found.label_en) if found else ""
        return label or name


def offers_why(lines: Iterable[Entry], told: Told) -> tuple[OfferWhy, ...]:
    """Of the lines of one contact, oldest first, its offers and what became of each."""
    known = list(lines)
    ends = {str(e.facts.get("offer_id")): e for e in known if e.kind in (Kind.OFFER_ENDED, Kind.ASSIGNED)}
    made = [entry for entry in known if entry.kind is Kind.OFFER_MADE]
    return tuple(_offer(entry, ends.get(str(entry.facts.get("offer_id"))), told) for entry in made)


def waits_why(waits: Waits, zone: str, told: Told, position: int | None = None) -> WaitsWhy:
    agent = told.names.get(waits.agent, waits.agent)
    return WaitsWhy(
        code=waits.code,
        sentence=waiting_sentence(waits, told.language, zone, agent, told.label),
        fit=waits.fit,
        busy=waits.busy,
        away=waits.away,
        needs={need.skill: need.level for need in waits.needs},
        ring=waits.ring,
        until=moment(waits.until),
        next_ring=moment(waits.next_ring),
        position=position,
    )


def _offer(made: Entry, end: Entry | None, told: Told) -> OfferWhy:
    agent = str(made.facts.get("agent", ""))
    how = "accepted" if end and end.kind is Kind.ASSIGNED else str(end.facts.get("how", "")) if end else ""
    about = (str(made.facts.get("offer_id", "")), iso(made.at), agent, told.names.get(agent, agent))
    became = how, iso(end.at) if end else None
    text = str(made.facts.get("record", ""))
    if not text:
        return OfferWhy(*about, str(made.facts.get("reason", "")), *became)
    choice = read_record(text)
    return OfferWhy(
        *about,
        why_offer(choice, made.at, told.language, told.label),
        *became,
        rule=rule_of(choice),
        needs={need.skill: need.level for need in choice.needs},
        dropped=choice.dropped,
        ring=choice.ring,
        age_seconds=choice.age_s,
        waiting=choice.waiting,
        more=choice.more,
        free=choice.free,
        settings_version=choice.version,
        winner=_candidate(choice, choice.ranked[0], told),
        runners_up=_runners_up(choice, choice.ranked[1:], told),
    )


def _runners_up(choice: Choice, others: Sequence[Candidate], told: Told) -> tuple[CandidateView, ...]:
    return tuple(_candidate(choice, one, told, beaten_by(choice, one)) for one in others)


def _candidate(choice: Choice, one: Candidate, told: Told, beaten: str = "") -> CandidateView:
    figures = one.figures
    levels = zip(choice.needs, one.levels, strict=True)
    return CandidateView(
        agent_id=one.agent_id,
        name=told.names.get(one.agent_id, one.agent_id),
        owner=figures.owner,
        preferred=figures.preferred,
        other_classes=figures.classes,
        breadth=figures.breadth,
        proficiency=figures.proficiency,
        free_since=iso(figures.since),
        skills={need.skill: level for need, level in levels},
        beaten_by=beaten,
        because=RULES[beaten][told.language] if beaten else "",
    )
