"""What leaves the house for an entry: its own words, or a code, whose digits are in no timeline."""

from dataclasses import replace

from shared.domain.change import Ref
from shared.domain.customer.evidence import Proof
from shared.domain.errors import Rejected
from shared.domain.now import Now
from shared.domain.timeline.content import Content
from shared.domain.timeline.entry import Entry, Kind
from shared.domain.words.to_customers import say
from shared.ports import Store


def worded(store: Store, now: Now, entry: Entry) -> Entry:
    """A code gets its digits from the proof, at the last moment. Raises Rejected for one that is over."""
    if entry.kind is not Kind.CODE_SENT or entry.address is None:
        return entry
    proof = store.get(Ref(Proof, entry.address))
    if proof is None or proof.id != entry.facts.get("proof") or not proof.code:
        raise Rejected("code_over")
    language = str(entry.facts.get("language") or "")
    return replace(entry, content=Content(say("code", language, centre=now.centre.name, code=proof.code)))
