"""From a customer's event to their timeline: recognise, understand, attach, commit."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from shared.domain.case.attach import latest_case, talking
from shared.domain.case.echo import OWN_ECHO, receive_echo, repeats
from shared.domain.case.first_agent import first_agent
from shared.domain.case.guide import masks
from shared.domain.case.intent import Intent, intent
from shared.domain.case.quiet import (
    receive_answer,
    receive_missed_score,
    receive_opt_in_or_out,
    receive_quietly,
)
from shared.domain.case.receive import receive_message
from shared.domain.case.turn import Known, Speaker, Turn
from shared.domain.case.typed import agrees, score_in
from shared.domain.change import Change, Ref
from shared.domain.channel.arrival import Arrival, Echo, Ignored, Message, SurveyAnswer, on_its_line
from shared.domain.channel.commands import Raw
from shared.domain.channel.receipt import Outcome, Receipt
from shared.domain.channel.sent_as import SentAs
from shared.domain.customer.evidence import Consent
from shared.domain.customer.head import Head
from shared.domain.customer.kept import Case
from shared.domain.customer.language import as_told
from shared.domain.flow.flow import FlowVersion
from shared.domain.routing.staff import Agent
from shared.domain.timeline.choice import Chosen
from shared.domain.timeline.content import Content
from shared.domain.timeline.entry import Entry
from shared.ports import Moment, Store
from shared.use_cases.call.receive_call import ReceiveCall
from shared.use_cases.case.leave import receive_left
from shared.use_cases.case.request_callback import receive_callback_cancelled, receive_callback_request
from shared.use_cases.channel.recognise import Recognise
from shared.use_cases.channel.set_aside import SetAside
from shared.use_cases.identity.prove_number import ProveNumber, six_digits
from shared.use_cases.retry_on_conflict import retry_on_conflict

NO_SUCH_CHOICE = "no_such_choice"
FlowOf = Callable[[str, int], FlowVersion | None]
ECHO_LINES = 8  # as many as a sender looks back


@dataclass(frozen=True, slots=True)
class RouteMessage:
    """One authentic event in, exactly one outcome out. Call it again with the same event: a success.

    `keep` puts a long payload elsewhere and gives the event as its receipt keeps it.
    """

    store: Store
    now: Moment
    new_code: Callable[[], str] = six_digits
    keep: Callable[[Raw], Raw] = lambda raw: raw
    flows: FlowOf = lambda name, n: None

    def __call__(self, raw: Raw, parsed: Arrival | Ignored) -> Outcome:
        if isinstance(parsed, Ignored):
            return self._ignored(raw, parsed.reason)
        return retry_on_conflict(lambda: self._route(raw, parsed))

    def _route(self, raw: Raw, arrival: Arrival) -> Outcome:
        """A message's moment is its arrival at the door, not when the router came to it."""
        now = self.now(raw.accepted_at)
        traits = now.channels.of(raw.channel)
        arrival = on_its_line(arrival) if traits.calls else arrival
        known = Recognise(self.store)(raw, arrival, now)
        if isinstance(known, Receipt):
            return self._aside().again(raw, known, now)
        if isinstance(known, Ignored):
            return self._ignored(raw, known.reason)
        if not traits.calls:  # what a telephone speaks is nobody's choice
            known = replace(known, head=as_told(known.head, arrival.language))
        if isinstance(arrival.what, Chosen):
            pressed = self._pressed(arrival.what, known.speaker)
            if pressed is None:
                return self._ignored(raw, NO_SUCH_CHOICE)
            arrival = replace(arrival, what=pressed)
        turn = Turn(raw, arrival, self._with_consent(known, raw, arrival), now)
        if isinstance(arrival.what, Echo) and self._our_own(arrival.what, turn):
            return self._ignored(raw, OWN_ECHO)
        turn = self._kept(self.calls.greeted(turn) if traits.calls else self._met_by_flow(turn))
        change = MEANINGS[intent(turn)](self, turn)
        self.store.commit(*change)
        return next((w.item.outcome for w in change if isinstance(w.item, Receipt)), Outcome.HANDLED)

    def _met_by_flow(self, turn: Turn) -> Turn:
        """With the flow that talks here, or that a new conversation enters (not by what was found late)."""
        case, centre = latest_case(turn.head, turn.speaker), turn.now.centre
        if turn.arrival.automatic or not isinstance(turn.arrival.what, Message | SurveyAnswer):
            return turn
        met = talking(case, turn) if case else None
        if case and met and met.flow:
            version = self.flows(met.flow.flow, met.flow.version)
            kept = self.store.get(Ref(Case, case.member, case.id))
            return replace(turn, known=replace(turn.known, flow=version, case=kept))
        if case or turn.known.closed or turn.raw.sent_at or not centre.flow:
            return turn
        version = self.flows(centre.flow, 0)
        shown = version and (not version.flow.channels or turn.raw.channel in version.flow.channels)
        return replace(turn, known=replace(turn.known, flow=version if shown else None))

    def _kept(self, turn: Turn) -> Turn:
        """What answers a question whose answers are never kept has no payload either."""
        raw = replace(turn.raw, payload="") if masks(turn) else self.keep(turn.raw)
        return replace(turn, raw=raw)

    def _ignored(self, raw: Raw, reason: str) -> Outcome:
        return self._aside()(self.keep(raw), Outcome.IGNORED, reason)

    def _pressed(self, chosen: Chosen, speaker: Speaker) -> Message | None:
        """The choice as its words, which stand in our question to this address; None where there is none."""
        asked = self.store.get(Ref(Entry, speaker.member, chosen.of_entry))
        if asked is None or asked.address != speaker.address:
            return None
        labels = (choice.label for choice in asked.choices if choice.id == chosen.id)
        return next((Message(Content(label), chosen=chosen) for label in labels), None)

    def _with_consent(self, known: Known, raw: Raw, arrival: Arrival) -> Known:
        """Read for a yes alone, which after STOP opts in; and for what was found late."""
        says_yes = isinstance(arrival.what, Message) and agrees(arrival.what.text)
        if not (says_yes or raw.sent_at):
            return known
        consent = self.store.get(Ref(Consent, known.speaker.address))
        if consent is None:
            return known
        since = raw.sent_at is not None and consent.at >= raw.sent_at
        return replace(known, opted_out=says_yes and consent.opted_out, overruled=since)

    def _our_own(self, echo: Echo, turn: Turn) -> bool:
        """Whether the echo repeats a message that we sent. It may be faster than the answer to our request,
        so the last lines are looked at as well.
        """
        if self.store.get(Ref(SentAs, turn.raw.channel, echo.provider_id)):
            return True
        last = self.store.find(Entry, turn.speaker.member, limit=ECHO_LINES, newest_first=True)
        return repeats(echo, turn, last)

    def surveyed(self, head: Head) -> Case | None:
        """The case that the pending survey asks about."""
        return self.store.get(Ref(Case, head.survey.member, head.survey.case_id)) if head.survey else None

    def with_agent(self, turn: Turn) -> Turn:
        """With the agent who may get the contact first, where one begins to wait with this message."""
        agent_id = first_agent(turn)
        agent = self.store.get(Ref(Agent, agent_id)) if agent_id else turn.known.agent
        return replace(turn, known=replace(turn.known, agent=agent))

    @property
    def calls(self) -> ReceiveCall:
        return ReceiveCall(self.store, self.flows)

    @property
    def proving(self) -> ProveNumber:
        return ProveNumber(self.store, self.new_code)

    def _aside(self) -> SetAside:
        return SetAside(self.store, self.now)


MEANINGS: dict[Intent, Callable[[RouteMessage, Turn], Change]] = {
    Intent.MESSAGE: lambda route, turn: receive_message(route.with_agent(turn)),
    Intent.OPT_OUT: lambda route, turn: receive_opt_in_or_out(turn, opted_out=True),
    Intent.OPT_IN: lambda route, turn: receive_opt_in_or_out(turn, opted_out=False),
    Intent.SURVEY_ANSWER: lambda route, turn: receive_answer(turn, _score(turn), route.surveyed(turn.head)),
    Intent.LEFT: lambda route, turn: receive_left(turn, route.store),
    Intent.CODE_REQUEST: lambda route, turn: route.proving.ask(turn),
    Intent.CALLBACK: lambda route, turn: receive_callback_request(turn, route.store),
    Intent.NO_CALLBACK: lambda route, turn: receive_callback_cancelled(turn, route.store),
    Intent.MISSED_SCORE: lambda route, turn: receive_missed_score(turn),
    Intent.KEPT: lambda route, turn: receive_quietly(turn),
    Intent.ECHO: lambda route, turn: receive_echo(turn),
    Intent.CALL: lambda route, turn: route.calls(turn),
    Intent.PROOF_ANSWER: lambda route, turn: route.proving.answer(turn),
}


def _score(turn: Turn) -> int:
    what = turn.arrival.what
    if isinstance(what, SurveyAnswer):
        return what.score
    return (score_in(what.text) or 0) if isinstance(what, Message) else 0
