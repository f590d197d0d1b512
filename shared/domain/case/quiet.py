"""What comes in and opens nothing and rings nobody: scores, STOP and START, thanks, mail of programs."""

from dataclasses import replace

from shared.domain.address.way import Way
from shared.domain.case.attach import latest_case
from shared.domain.case.receive import handled, heard, told
from shared.domain.case.turn import Turn
from shared.domain.change import ANY, Change, Put
from shared.domain.customer.automatic import noted
from shared.domain.customer.evidence import Consent
from shared.domain.customer.kept import Case
from shared.domain.customer.language import language_for
from shared.domain.timeline.append import next_entry
from shared.domain.timeline.entry import Entry, Kind, Scalar
from shared.domain.words.to_customers import say


def receive_quietly(turn: Turn) -> Change:
    """Kept with the case that is open, else with the last closed one: it opens nothing and rings nobody."""
    return handled(turn, turn.head, _kept(turn))


def receive_missed_score(turn: Turn) -> Change:
    """A number that is no score: they are told once what one looks like."""
    survey = turn.head.survey
    if survey is None or survey.hinted or not turn.takes_automatic:
        return receive_quietly(turn)
    hint = told(turn, survey.case_id, "", say("survey_hint", language_for(turn.head, turn.now)))
    after = noted(replace(turn.head, survey=replace(survey, hinted=True)), turn.raw.channel, turn.now)
    return handled(turn, after, _kept(turn), hint)


def _kept(turn: Turn) -> Entry:
    facts: dict[str, Scalar] = {"door": turn.raw.channel}
    if case := latest_case(turn.head, turn.speaker):
        going = next((i.id for i in case.interactions if turn.goes_on(i)), "")
        facts |= {"queue": case.contact.queue}
        return heard(turn, case_id=case.id, interaction_id=going, facts=facts)
    closed, survey = turn.head.closed, turn.head.survey
    facts |= {"queue": closed.queue if closed else turn.now.centre.queue.name}
    return heard(turn, case_id=closed.id if closed else survey.case_id if survey else "", facts=facts)


def receive_opt_in_or_out(turn: Turn, opted_out: bool) -> Change:
    """STOP and START: kept for the address, honoured by every later send, and they open nothing."""
    kind = Kind.OPTED_OUT if opted_out else Kind.OPTED_IN
    entry = _quiet(turn, kind)
    consent = Consent(turn.speaker.address, opted_out, turn.now.at)
    return (*handled(turn, turn.head, entry), Put(consent, over=ANY))


def receive_answer(turn: Turn, score: int, case: Case | None) -> Change:
    """The score of a survey: on the case and in the head, so that it is counted once."""
    survey = turn.head.survey
    if survey is None:
        raise ValueError("no survey waits for an answer")
    facts = {"score": score, "scale": 5, "door": turn.raw.channel}
    facts |= {"queue": case.queue, "agent": case.owner} if case else {}
    entry = _quiet(turn, Kind.SURVEY_ANSWERED, case_id=survey.case_id, facts=facts)
    after = replace(turn.head, survey=replace(survey, score=score))
    scored = (Put(replace(case, score=score, version=case.version + 1), over=case.version),) if case else ()
    return (*handled(turn, after, entry), *scored)


def _quiet(turn: Turn, kind: Kind, **told: object) -> Entry:
    told = {"facts": {"door": turn.raw.channel}} | told
    where = {"timeline": turn.speaker.member, "way": Way(turn.raw.channel, turn.speaker.address)}
    return next_entry(turn.head, turn.now, kind, actor="customer", **where, **told)
