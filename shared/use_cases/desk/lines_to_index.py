"""Lines as the index gets them, read from the table: what is not there any more is left out."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from shared.domain.change import Put, Ref
from shared.domain.errors import Conflict
from shared.domain.timeline.entry import Entry
from shared.domain.timeline.searched import Indexed, TextKey, indexed, is_searched
from shared.ports import Store

AT_ONCE = 100  # items of one batch read
Line = tuple[str, int]  # timeline and seq

NewKey = Callable[[], str]


def key_of(store: Store, new_key: NewKey) -> TextKey:
    """The centre's key, made by whoever needs it first."""
    if kept := store.get(Ref(TextKey)):
        return kept
    made = TextKey(new_key())
    try:
        store.commit(Put(made))
    except Conflict:
        return store.get(Ref(TextKey)) or made  # another was first, and theirs holds
    return made


def entries_of(store: Store, lines: Iterable[Line]) -> Iterator[Entry]:
    """Those that can be searched, in the order asked. What a cheap read misses is asked for again."""
    rest = iter(lines)
    while some := list(islice(rest, AT_ONCE)):
        refs = [Ref(Entry, *line) for line in some]
        read = store.get_all(*refs, strong=False)
        missed = [ref for ref, entry in zip(refs, read, strict=True) if entry is None]
        again = dict(zip(missed, store.get_all(*missed), strict=True)) if missed else {}
        for ref, entry in zip(refs, read, strict=True):
            there = entry or again.get(ref)
            if there is not None and is_searched(there):
                yield there


def lines_to_index(store: Store, key: TextKey, lines: Iterable[Line]) -> Iterator[Indexed]:
    return (indexed(entry, key) for entry in entries_of(store, lines))


def each_once(lines: Sequence[Line]) -> list[Line]:
    return list(dict.fromkeys(lines))
