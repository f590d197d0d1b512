"""From a customer's event to their timeline: recognise, understand, attach, commit."""

from collections.abc import Callable
from dataclasses import dataclass

from shared.domain.address.phone import canonical
from shared.domain.case.attach import Speaker, reopens
from shared.domain.case.intent import Intent, intent
from shared.domain.case.receive import Known, receive_answer, receive_message, receive_opt_in_or_out
from shared.domain.change import Change, Ref
from shared.domain.channel.arrival import Arrival, CodeRequest, Ignored, Message, SurveyAnswer
from shared.domain.channel.commands import Raw
from shared.domain.channel.receipt import Outcome, Receipt
from shared.domain.customer.head import AddressOwner, Head
from shared.domain.customer.kept import Case
from shared.domain.errors import Conflict
from shared.domain.now import Now
from shared.ports import Clock, Ids, Settings, Store
from shared.use_cases.case.leave import receive_left
from shared.use_cases.channel.set_aside import SetAside
from shared.use_cases.identity.prove_number import ProveNumber, six_digits
from shared.use_cases.retry_on_conflict import retry_on_conflict


@dataclass(frozen=True, slots=True)
class RouteMessage:
    """One authentic event in, exactly one outcome out. Call it again with the same event: a success."""

    store: Store
    settings: Settings
    clock: Clock
    ids: Ids
    new_code: Callable[[], str] = six_digits

    def __call__(self, raw: Raw, parsed: Arrival | Ignored) -> Outcome:
        if isinstance(parsed, Ignored):
            return self._aside()(raw, Outcome.IGNORED, parsed.reason)
        return retry_on_conflict(lambda: self._route(raw, parsed))

    def _route(self, raw: Raw, arrival: Arrival) -> Outcome:
        now = self._now(raw)
        address = canonical(arrival.sender, now.centre.phone_region, raw.event_id)
        seen, owner = self.store.get_all(Ref(Receipt, raw.channel, raw.event_id), Ref(AddressOwner, address))
        if isinstance(seen, Receipt):
            return self._aside().again(raw, seen, now)
        known = self._recognise(owner, Speaker(address, ""), now)
        self.store.commit(*self._decide(raw, arrival, known, now))
        return Outcome.HANDLED

    def _recognise(self, owner: object, speaker: Speaker, now: Now) -> Known:
        """Two reads at most: the address names both its customer and the root."""
        if not isinstance(owner, AddressOwner):
            customer_id = now.new_id()
            return Known(Head(customer_id, 0), Speaker(speaker.address, customer_id), fresh=True)
        head = self.store.get(Ref(Head, owner.root)) or Head(owner.root, 0)
        if head.root:
            raise Conflict  # merged between our two reads
        return Known(head, Speaker(speaker.address, owner.customer_id), closed=self._closed(head, now))

    def _closed(self, head: Head, now: Now) -> Case | None:
        if not reopens(head, now) or head.closed is None:
            return None
        return self.store.get(Ref(Case, head.closed.member, head.closed.id))

    def _decide(self, raw: Raw, arrival: Arrival, known: Known, now: Now) -> Change:
        meant = intent(raw, arrival, known.head, now)
        if meant in (Intent.OPT_OUT, Intent.OPT_IN):
            return receive_opt_in_or_out(raw, known, meant is Intent.OPT_OUT, now)
        if meant is Intent.SURVEY_ANSWER:
            return receive_answer(raw, _score(arrival), known, self._surveyed(known.head), now)
        if meant is Intent.LEFT:
            return receive_left(raw, known, self.store, now)
        if isinstance(arrival.what, CodeRequest):
            return self._proving().ask(raw, arrival, arrival.what.phone, known, now)
        if meant is Intent.PROOF_ANSWER:
            return self._proving().answer(raw, arrival, known, now)
        return receive_message(raw, arrival, known, now)

    def _surveyed(self, head: Head) -> Case | None:
        if head.survey is None:
            return None
        return self.store.get(Ref(Case, head.survey.member, head.survey.case_id))

    def _proving(self) -> ProveNumber:
        return ProveNumber(self.store, self.new_code)

    def _aside(self) -> SetAside:
        return SetAside(self.store, self.settings, self.ids)

    def _now(self, raw: Raw) -> Now:
        """A message's moment is its arrival at the door, not when the router came to it."""
        return Now(raw.accepted_at, self.ids, self.settings.centre())


def _score(arrival: Arrival) -> int:
    if isinstance(arrival.what, SurveyAnswer):
        return arrival.what.score
    return int(arrival.what.text.strip()) if isinstance(arrival.what, Message) else 0
