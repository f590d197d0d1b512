"""What people call agents."""

from collections.abc import Collection

from shared.domain.change import Ref
from shared.domain.routing.staff import Agent
from shared.ports import Store

AT_ONCE = 100  # items of one batch read


def agent_names(store: Store, ids: Collection[str]) -> dict[str, str]:
    """Names by id, as they are now; no read where no agent is asked for, and no name for who is none."""
    refs = [Ref(Agent, id) for id in sorted({*ids}) if id]
    pages = (refs[start : start + AT_ONCE] for start in range(0, len(refs), AT_ONCE))
    return {row.id: row.name for page in pages for row in store.get_all(*page) if row}
