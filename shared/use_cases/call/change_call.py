"""A call is changed on the version that was read."""

from collections.abc import Callable
from dataclasses import replace

from shared.domain.call.carried import released
from shared.domain.change import Put, Ref, Write
from shared.domain.customer.call import Call
from shared.domain.errors import TryAgain
from shared.ports import Store
from shared.use_cases.retry_on_conflict import retry_on_conflict


def changed(store: Store, call: Call, before: Call, *more: Write) -> Call:
    """The call as it is stored now. Raises Conflict where somebody was faster than we."""
    if call == before:
        return call
    after = replace(call, version=before.version + 1)
    store.commit(Put(after, over=before.version), *more)
    return after


def answered(store: Store, mine: Call, change: Callable[[Call], Call]) -> Call:
    """What the carrier's answer makes of the call that we claimed: first of it as we left it, then of what
    others made of it meanwhile. The claim ends with it, while it is still ours.
    """
    left = [mine]

    def once() -> Call:
        before = left.pop() if left else _stored(store, mine)
        after = change(before)
        ours = before.ordered_until == mine.ordered_until
        return changed(store, released(after) if ours else after, before)

    return retry_on_conflict(once)


def _stored(store: Store, call: Call) -> Call:
    known = store.get(Ref(Call, call.customer_id, call.interaction_id))
    if known is None:
        raise TryAgain("the call is gone")
    return known
