"""The tags of a case: codes of the settings by which cases are sorted and found."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from shared.domain.address.way import Way
from shared.domain.change import Change, Put
from shared.domain.customer.head import Head
from shared.domain.customer.kept import Case
from shared.domain.errors import Refused
from shared.domain.now import Now
from shared.domain.timeline.append import next_entry, written
from shared.domain.timeline.entry import Kind, Scalar

MOST = 20


def tagged(head: Head, kept: Case, add: Sequence[str], remove: Collection[str], by: str, now: Now) -> Change:
    """Nothing where the case has these tags already. Refused `unknown_tag` (422) with those there are, and
    `too_many_tags`. A tag that the settings have no more can be taken off.
    """
    known = {tag.code for tag in now.centre.tags}
    if any(code not in known for code in add):
        told = {"tags": {language: _labels(language, now) for language in ("ko", "en")}}
        raise Refused("unknown_tag", status=422, told=told if known else {})
    tags = tuple(dict.fromkeys(code for code in (*kept.tags, *add) if code not in remove))
    if tags == kept.tags:
        return ()
    if len(tags) > MOST:
        raise Refused("too_many_tags", status=422)
    facts: dict[str, Scalar] = {"tags": " ".join(tags), "agent": by}
    where = {"timeline": kept.customer_id, "way": Way(kept.opened_channel), "case_id": kept.id}
    line = next_entry(head, now, Kind.CASE_TAGGED, actor=f"agent:{by}", facts=facts, **where)
    after = replace(kept, tags=tags, version=kept.version + 1)
    return (*written(head, head, line), Put(after, over=kept.version))


def _labels(language: str, now: Now) -> str:
    return ", ".join(getattr(tag, f"label_{language}") or tag.code for tag in now.centre.tags)
