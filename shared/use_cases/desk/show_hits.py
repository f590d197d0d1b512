"""Lines that were found, with the names of their customers and of who wrote them."""

from collections.abc import Iterable, Sequence
from typing import Any

from shared.domain.change import Ref
from shared.domain.customer.evidence import Profile
from shared.domain.customer.head import Head
from shared.domain.desk.card import customer_name
from shared.domain.desk.reader import Reader
from shared.domain.desk.text_view import TextHit, text_hit
from shared.domain.desk.views import agent_id
from shared.domain.text_marks import Asked
from shared.domain.timeline.entry import Entry
from shared.ports import Store
from shared.use_cases.routing.agent_names import agent_names

AT_ONCE = 100  # items of one batch read


def show_hits(
    store: Store, wanted: Asked, lines: Sequence[tuple[Entry, Head]], reader: Reader
) -> tuple[TextHit, ...]:
    """Latest first. Each head is that of the line's own timeline; a member is called as their root is."""
    names = _customers(store, [head for _, head in lines], reader)
    agents = agent_names(store, {agent_id(entry.actor) for entry, _ in lines})
    latest = sorted(lines, key=lambda line: (line[0].at, line[0].seq), reverse=True)
    return tuple(text_hit(entry, wanted, head, names[_root(head)], agents) for entry, head in latest)


def _customers(store: Store, heads: Iterable[Head], reader: Reader) -> dict[str, str]:
    """Names by root. What a member was called serves where their root has no name."""
    theirs: dict[str, dict[str, Head]] = {}
    heads_of: dict[str, Head] = {}
    for head in heads:
        heads_of[_root(head)] = head
        theirs.setdefault(_root(head), {})[head.customer_id] = head
    profiles = [Ref(Profile, id) for root, members in theirs.items() for id in {root: 0, **members}]
    wanted: list[Ref[Any]] = [*profiles, *(Ref(Head, root) for root in theirs)]
    pages = (wanted[start : start + AT_ONCE] for start in range(0, len(wanted), AT_ONCE))
    rows = [row for page in pages for row in store.get_all(*page)]
    called = {row.customer_id: row for row in rows if isinstance(row, Profile)}
    ruling = {row.customer_id: row for row in rows if isinstance(row, Head)}
    return {
        root: customer_name(
            ruling.get(root, heads_of[root]),
            [called[id] for id in {root: 0, **members} if id in called],
            reader,
        )
        for root, members in theirs.items()
    }


def _root(head: Head) -> str:
    return head.root or head.customer_id
