"""An agent attaches files to an answer: each gets a place, is put there, and is checked before it is sent."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from shared.domain.case.reply import answerable
from shared.domain.channel.fetching import Upload
from shared.domain.channel.media import Taken, goes_as_link, media_key, take
from shared.domain.channel.uploads import DESK, PLACE_SECONDS, Attached, upload_key
from shared.domain.errors import Refused
from shared.domain.ids import digest
from shared.domain.timeline.content import Part
from shared.domain.traits import LONGEST_FILE, Media
from shared.ports import Files, Store, TypeOf
from shared.use_cases.customer.find_customer import head_of


@dataclass(frozen=True, slots=True)
class AttachFiles:
    """Raises Refused with the reason the agent is shown."""

    store: Store
    files: Files
    type_of: TypeOf

    def place(
        self, agent_id: str, id: str, declared: Part, media: Media, links: bool, beside: Sequence[Part] = ()
    ) -> Upload:
        """Where the browser may put the file. What the channel will not carry is refused at once, by what the
        browser says of it and of those `beside` it; the file itself is looked at when it is sent.
        """
        if declared.size > LONGEST_FILE:
            raise Refused("file_too_large", status=422)
        goes_as_link(media, [*beside, declared], links)
        return self.files.place(upload_key(DESK, agent_id, id), LONGEST_FILE, PLACE_SECONDS)

    def taken(
        self, agent_id: str, customer_id: str, case_id: str, key: str, told: Sequence[Attached]
    ) -> tuple[Part, ...]:
        """The files of one answer, checked and copied to where they stay, as the place they were put at is
        open for a while. The same answer again copies to the same place.
        """
        if told:
            answerable(head_of(self.store, customer_id), case_id, agent_id)
        folder = digest(agent_id, key)
        return tuple(
            self._one(agent_id, each, media_key(customer_id, folder, n)) for n, each in enumerate(told)
        )

    def _one(self, agent_id: str, told: Attached, key: str) -> Part:
        body = self.files.get(upload_key(DESK, agent_id, told.id))
        if body is None:
            raise Refused("file_gone", status=422)
        taken = take(told.part(DESK, agent_id), body, self.type_of(body))
        if not isinstance(taken, Taken):
            raise Refused(REFUSALS.get(taken.reason, "file_refused"), status=422)
        self.files.put(key, taken.body, taken.part.type)
        return replace(taken.part, key=key)


REFUSALS = {"too_large": "file_too_large"}
