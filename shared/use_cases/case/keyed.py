"""A write that carries a client-made key is done once: the same request again gives the same entry, another
request under the same key is refused.
"""

from collections.abc import Callable

from shared.domain.change import Change, Put, Ref
from shared.domain.errors import Conflict, Refused
from shared.domain.timeline.append import first_entry
from shared.domain.timeline.entry import Entry
from shared.domain.timeline.once import Asking, RequestKey
from shared.ports import Store
from shared.use_cases.retry_on_conflict import retry_on_conflict

Decide = Callable[[], Change]


def once_per_key(store: Store, asked: Asking, decide: Decide) -> Entry:
    """Commit the decision; where its key was used before, answer with what it wrote then. What is refused
    writes nothing, its key neither. Refused `key_reused` (409) where the key was used for something else.

    The key must come first in the change: its failed condition means "seen before".
    """

    def once() -> Entry:
        try:
            change = decide()
            store.commit(*change)
        except (Refused, Conflict) as error:
            before = None if _raced(error) else _before(store, asked)
            if before is None:
                raise
            return before
        return first_entry(change)

    return retry_on_conflict(once)


def done_once(store: Store, asked: Asking, decide: Decide) -> None:
    """The same for who needs no entry back: the key is put before the change, which may be nothing."""

    def once() -> None:
        try:
            if change := decide():
                store.commit(Put(asked.remembered(first_entry(change))), *change)
        except (Refused, Conflict) as error:
            if _raced(error) or _before(store, asked) is None:
                raise

    retry_on_conflict(once)


def _before(store: Store, asked: Asking) -> Entry | None:
    """What this key wrote, though the case may have changed since."""
    used = store.get(Ref(RequestKey, asked.actor, asked.key))
    if used is None:
        return None
    asked.confirm(used)
    return store.get(Ref(Entry, used.customer_id, used.seq))


def _raced(error: Refused | Conflict) -> bool:
    """Somebody else was faster; the key, which comes first, was not the matter."""
    return isinstance(error, Conflict) and 0 not in error.failed
