"""Files of messages: links to those that came, places for those that go out."""

from dataclasses import dataclass

from functions import channels
from functions.desk_api.api import ANSWERS, READS, api, number
from functions.desk_api.looks import look
from shared.domain.change import Ref
from shared.domain.channel.fetching import Upload
from shared.domain.channel.media import shown_as
from shared.domain.channel.uploads import declared_type
from shared.domain.errors import Refused
from shared.domain.file_name import file_name
from shared.domain.timeline.content import Part, PartState
from shared.domain.timeline.entry import Entry
from shared.edge.settings import environment
from shared.edge.staff import Caller
from shared.edge.wiring import ports
from shared.use_cases.case.attach_files import AttachFiles

LINK_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Beside:
    size: int
    type: str = ""


@dataclass(frozen=True, slots=True)
class FileAsked:
    """`size` and `type` are the browser's word, which serves to refuse early. `beside` are those of the other
    files that go with the same answer.
    """

    channel: str
    name: str
    size: int
    type: str = ""
    beside: list[Beside] | None = None


@dataclass(frozen=True, slots=True)
class Place:
    id: str
    name: str
    upload: Upload


@dataclass(frozen=True, slots=True)
class FileLink:
    url: str
    expires_in: int = LINK_SECONDS


@api.route("POST", "/cases/{case_id}/files", *ANSWERS)
def place(caller: Caller, case_id: str) -> Place:
    told, id = api.body(FileAsked), ports().ids()
    name = file_name(told.name)
    declared = Part(name, declared_type(told.type), told.size)
    media = channels.traits().of(told.channel).media
    beside = [Part("", declared_type(one.type), one.size) for one in told.beside or ()]
    return Place(id, name, attaching().place(caller.id, id, declared, media, links(), beside))


@api.route("GET", "/customers/{customer_id}/entries/{seq}/files/{n}", *READS)
def file(caller: Caller, customer_id: str, seq: str, n: str) -> FileLink:
    """A link of five minutes to the bucket, which is another site than the desk; what a page does not show by
    itself is saved.
    """
    look(caller, customer_id)
    entry = ports().store.get(Ref(Entry, customer_id, number(seq)))
    parts = entry.content.parts if entry else ()
    if number(n) >= len(parts) or parts[int(n)].state is not PartState.STORED:
        raise Refused("file_not_stored", status=404)
    part = parts[int(n)]
    return FileLink(ports().files.link(part.key, LINK_SECONDS, part.name, bool(shown_as(part.type))))


def attaching() -> AttachFiles:
    world = ports()
    return AttachFiles(world.store, world.files, world.type_of)


def links() -> bool:
    """Whether customers can get a file by a link of ours."""
    return bool(environment.file_links)
