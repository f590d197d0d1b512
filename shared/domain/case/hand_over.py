"""A flow hands over to a person: the contact waits from now on, with what was found out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from shared.domain.address.way import Way
from shared.domain.case.callback import number_in, promise, requested
from shared.domain.case.notice import with_notice
from shared.domain.change import Change, Put, Write
from shared.domain.customer.automatic import noted
from shared.domain.customer.callback import Callback
from shared.domain.customer.head import Contact, Head, OpenCase
from shared.domain.customer.kept import Case
from shared.domain.customer.language import language_for
from shared.domain.flow.step import Stepped
from shared.domain.now import Now
from shared.domain.routing.pool import waiting_row, woken
from shared.domain.routing.queueing import Asker, Queued, queued, timers, where_it_waits
from shared.domain.routing.staff import Agent
from shared.domain.timeline.append import contact_of, next_entry, with_case, with_contact, written
from shared.domain.timeline.choice import Choice
from shared.domain.timeline.content import Content
from shared.domain.timeline.entry import CONTACT, Entry, Kind, Scalar
from shared.domain.timeline.outbound import said_by_us


@dataclass(frozen=True, slots=True)
class Scene:
    """The case that a flow talks in, as it is stored and as it is now, and the way to the customer. `speaks`:
    programs may write there now. `tier` and `agent` are what is known of the customer besides (Known). The
    flow talks in the contact `contact_id`, "" for the one that opened the case. `language` is what a caller
    hears, who hears no more than the flow's own words.
    """

    head: Head
    case: OpenCase
    kept: Case | None
    way: Way
    now: Now
    speaks: bool = True
    tier: str = ""
    agent: Agent | None = None
    contact_id: str = ""
    language: str = ""

    @property
    def contact(self) -> Contact:
        return contact_of(self.case, self.contact_id) or self.case.contact

    @property
    def on_the_phone(self) -> bool:
        return self.now.channels.of(self.contact.channel).calls

    def ahead(self, entries: Sequence[Entry]) -> Head:
        """The head as it counts behind these entries."""
        return replace(self.head, version=self.head.version + len(entries))

    def spoke(self, head: Head, words: str) -> Head:
        """The head that remembers these words of a program."""
        return noted(head, self.way.channel, self.now) if words else head


def hand_over(scene: Scene, before: tuple[Entry, ...], stepped: Stepped) -> Change:
    """The contact waits from now on, with what was collected."""
    waits = _queued(scene, stepped)
    case, wish = with_contact(scene.case, waits.contact), waits.contact.callback
    said = "\n".join((stepped.words, *_promised(scene, waits.contact))).strip()
    told = _told(scene, said, waits.contact.queue)
    head, words = scene.spoke(*told), told[1]
    entries = (*before, *words_of(scene, before, words))
    lines = [_handed_over(scene.ahead(entries), case, stepped, waits, scene.now)]
    if wish:
        ahead = scene.ahead((*entries, *lines))
        lines.append(requested(ahead, case, waits.contact, wish, {}, scene.now, actor="customer"))
    row = Put(waiting_row(case, waits.contact, scene.now))
    kept = _kept(scene.kept, case)
    return (*written(scene.head, with_case(head, case), *entries, *lines), row, *kept)


def _told(scene: Scene, said: str, queue: str) -> tuple[Head, str]:
    """The words, with the notice of the hours where somebody reads them."""
    if not scene.speaks:
        return scene.head, ""
    return (scene.head, said) if scene.on_the_phone else with_notice(scene.head, said, scene.now, queue)


def words_of(
    scene: Scene, before: Sequence[Entry], words: str, choices: tuple[Choice, ...] = (), **more: object
) -> tuple[Entry, ...]:
    if not words:
        return ()
    case, ahead = scene.case, scene.ahead(before)
    told = more | {"choices": choices}
    return (said_by_us(ahead, scene.way, case.id, scene.contact.interaction_id, words, scene.now, **told),)


def _handed_over(head: Head, case: OpenCase, stepped: Stepped, waits: Queued, now: Now) -> Entry:
    """For staff: what was collected. The contact begins to wait with it."""
    return next_entry(
        head,
        now,
        Kind.HANDED_OVER,
        timeline=case.member,
        way=Way(waits.contact.channel),
        case_id=case.id,
        interaction_id=waits.contact.interaction_id,
        content=Content(" · ".join(one.value for one in stepped.place.collected)),
        facts=where_it_waits(waits.contact, waits.unknown) | _found_out(stepped),
        timers=timers(waits.contact, now),
        signals=replace(woken(waits.contact, now), begins=(CONTACT,)),
    )


def _found_out(stepped: Stepped) -> dict[str, Scalar]:
    place = stepped.place
    facts: dict[str, Scalar] = {"flow": place.flow, "why": stepped.why}
    return facts | ({"intent": place.intent} if place.intent else {})


def _queued(scene: Scene, stepped: Stepped) -> Queued:
    """The flow's own choice of a queue comes before that of a rule, and before that of the case it joined."""
    first = scene.contact is scene.case.contact
    contact = replace(scene.contact, intent=stepped.place.intent, preferred="")
    closed = scene.head.closed.closed_at if scene.head.closed and first else None
    asker = Asker(scene.way.address, scene.head.language, scene.tier, scene.agent, closed)
    chosen = stepped.queue or ("" if first else scene.case.contact.queue)
    waits = queued(contact, asker, scene.now, chosen)
    return replace(waits, contact=replace(waits.contact, callback=_wish(scene, stepped, waits.contact)))


def _wish(scene: Scene, stepped: Stepped, waits: Contact) -> Callback | None:
    """Where the menu ends in a call, and there is a number that can be called."""
    if not (stepped.callback and scene.now.centre.queue_of(waits.queue).callback):
        return None
    number = number_in([one.value for one in stepped.place.collected], scene.way, scene.now)
    return Callback(number) if number else None


def _promised(scene: Scene, waits: Contact) -> tuple[str, ...]:
    wish, language = waits.callback, scene.language or language_for(scene.head, scene.now)
    return (promise(wish, waits.queue, language, scene.now),) if wish else ()


def _kept(kept: Case | None, case: OpenCase) -> tuple[Write, ...]:
    """The stored case, where the queue it waits in is another one."""
    if kept is None or kept.queue == case.contact.queue:
        return ()
    return (Put(replace(kept, queue=case.contact.queue, version=kept.version + 1), over=kept.version),)
