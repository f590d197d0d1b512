"""An agent answers a customer, on whichever way reaches them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from shared.domain.address.address import Address
from shared.domain.address.way import Way
from shared.domain.case.reply import NO_FILES, Files, Reply, answerable, reply
from shared.domain.case.ways import (
    ReplyWay,
    addresses,
    going_way,
    pick,
    refusal,
    ways,
    window_of,
)
from shared.domain.change import Change, Ref
from shared.domain.customer.evidence import Consent, Link
from shared.domain.customer.head import Head
from shared.domain.errors import Refused
from shared.domain.masking import mask
from shared.domain.now import Now
from shared.domain.template import Template, TemplateUse, filled, found
from shared.domain.text import LONGEST_RAW, clean
from shared.domain.timeline.entry import Entry
from shared.domain.timeline.once import asking
from shared.ports import Moment, Store
from shared.use_cases.case.keyed import once_per_key
from shared.use_cases.customer.find_customer import head_with

LONGEST = 4000  # characters, of any channel and of a note


@dataclass(frozen=True, slots=True)
class ReplyToCustomer:
    """Raises Refused with the reason the agent is shown."""

    store: Store
    now: Moment
    templates: Callable[[], Sequence[Template]] = tuple

    def __call__(
        self,
        agent_id: str,
        customer_id: str,
        case_id: str,
        channel: str,
        address: Address | None,
        text: str,
        key: str,
        origin: str = "",
        template: TemplateUse | None = None,
        files: Files = NO_FILES,
        form: str = "",
    ) -> Entry:
        """`origin` is the socket it came by, if it came by one: that desk gets the entry as its answer.
        With a `template` the text is the template's; files need no words. `form` is where its HTML lies.
        """
        told = self._worded(template, channel) if template else text
        words = "" if files.parts and not told.strip() else written_words(told)
        named = (template.name, template.language) if template else ()
        sent = [*(f"{part.name} {part.type} {part.size}" for part in files.parts), *([form] if form else [])]
        asked = asking(agent_id, key, "reply", case_id, channel, str(address or ""), words, *named, *sent)

        def decide() -> Change:
            consent = (Ref(Consent, address),) if address else ()
            head, said = head_with(self.store, customer_id, *consent)
            answerable(head, case_id, agent_id)
            now, going = self.now(), going_way(head, case_id, channel, address)
            free = going and not self._refused(head, going, said, now)
            way = going if going and free else pick(self.ways(head, now), channel, address, bool(template))
            return reply(
                head, Reply(agent_id, case_id, way, words, asked, origin, template, files, form), now
            )

        return once_per_key(self.store, asked, decide)

    def _worded(self, use: TemplateUse, channel: str) -> str:
        """Refused `no_template` (422) where there is none of this name, language and number of parameters."""
        template = found(use, channel, self.templates())
        if template is None:
            raise Refused("no_template", status=422)
        return filled(template, use.parameters)

    def _refused(self, head: Head, going: Way, said: tuple[Consent | None, ...], now: Now) -> bool:
        """Whether the exchange that goes on takes no answer: then its other ways are looked at."""
        closed = not window_of(head, going, now).a_persons_words or now.channels.of(going.channel).calls
        return closed or bool(refusal(going.address, (said or self._said(going.address))[0]))

    def ways(self, head: Head, now: Now) -> tuple[ReplyWay, ...]:
        """How this customer can be answered: one query for each member."""
        members = (head.customer_id, *head.members)
        links = [link for member in members for link in self.store.find(Link, member)]
        return ways(head, links, self._said(*addresses(head, links)), now)

    def _said(self, *addresses: Address) -> tuple[Consent | None, ...]:
        refs = [Ref(Consent, address) for address in dict.fromkeys(addresses)]
        return self.store.get_all(*refs) if refs else ()


def written_words(text: str) -> str:
    """The text as it is kept: what a customer read out to us no more than what they typed. Refused
    `empty`, `too_long` (422).
    """
    words = clean(text).strip() if len(text) <= LONGEST_RAW else text
    if len(words) > LONGEST:
        raise Refused("too_long", status=422)
    if not words:
        raise Refused("empty", status=422)
    return mask(words)
