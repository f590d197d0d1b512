"""The versions of the settings as they lie in the table: each whole, each never changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from shared.domain.centre import Config, ConfigPointer
from shared.domain.change import Ref
from shared.domain.errors import Refused
from shared.domain.flow.flow import FlowVersion, flow_part
from shared.domain.saved_reply import REPLIES, SavedReplies
from shared.domain.settings.document import Document
from shared.domain.staffing import MEMBERS_A_PART, STAFF, StaffPart, staff_part
from shared.domain.template import TEMPLATES, Templates
from shared.ports import Store

AT_ONCE = 100  # items in one batch read
Part = FlowVersion | Templates | StaffPart | SavedReplies


@dataclass(frozen=True, slots=True)
class Version:
    """`n` 0: nothing was ever written, and the demo centre's settings hold."""

    n: int
    document: Document


@dataclass(frozen=True, slots=True)
class Versions:
    store: Store

    def current(self) -> Version:
        pointer = self.store.get(Ref(ConfigPointer))
        return self.of(pointer.n) if pointer else Version(0, Document())

    def of(self, n: int) -> Version:
        """Raises Refused `no_version`. Version 0 is what holds before the first."""
        if n == 0:
            return Version(0, Document())
        config = self.store.get(Ref(Config, n))
        if config is None:
            raise Refused("no_version", f"There is no version {n} of the settings.", status=404)
        return Version(n, _whole(config, self._parts(config)))

    def history(self, most: int = 20) -> tuple[Config, ...]:
        """The newest versions, the one in force first."""
        pointer = self.store.get(Ref(ConfigPointer))
        numbers = range(pointer.n, max(0, pointer.n - most), -1) if pointer else ()
        found = self.store.get_all(*(Ref(Config, n) for n in numbers)) if numbers else ()
        return tuple(config for config in found if config)

    def _parts(self, config: Config) -> dict[str, Part]:
        found: list[Any] = []
        for start in range(0, len(config.parts), AT_ONCE):
            named = config.parts[start : start + AT_ONCE]
            found += self.store.get_all(*(_ref(config.n, part) for part in named))
        return {name: part for name, part in zip(config.parts, found, strict=True) if part}


def parts_of(n: int, told: Document) -> dict[str, Part]:
    """What belongs to a version besides the centre, by the name it has there."""
    parts: dict[str, Part] = {flow_part(flow.name): FlowVersion(n, flow.name, flow) for flow in told.flows}
    if told.templates:
        parts[TEMPLATES] = Templates(n, told.templates)
    if told.replies:
        parts[REPLIES] = SavedReplies(n, told.replies)
    return parts | {staff_part(part.k): part for part in _staff_parts(n, told)}


def _staff_parts(n: int, told: Document) -> Iterator[StaffPart]:
    for k, start in enumerate(range(0, len(told.members), MEMBERS_A_PART)):
        yield StaffPart(n, k, told.members[start : start + MEMBERS_A_PART])


def _ref(n: int, part: str) -> Ref[Any]:
    kind, _, name = part.partition("#")
    if kind == TEMPLATES:
        return Ref(Templates, n)
    if kind == REPLIES:
        return Ref(SavedReplies, n)
    return Ref(StaffPart, n, int(name)) if kind == STAFF else Ref(FlowVersion, n, name)


def _whole(config: Config, parts: dict[str, Part]) -> Document:
    told: Sequence[Part] = tuple(parts.values())
    flows = tuple(part.flow for part in told if isinstance(part, FlowVersion))
    templates = tuple(one for part in told if isinstance(part, Templates) for one in part.all)
    members = tuple(one for part in told if isinstance(part, StaffPart) for one in part.members)
    replies = tuple(one for part in told if isinstance(part, SavedReplies) for one in part.all)
    return Document(config.centre, templates, flows, members, replies)
