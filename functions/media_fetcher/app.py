"""media queue → the bucket: each file that came with a message is fetched, checked and stored."""

from contextlib import suppress
from typing import Any

from functions import channels
from shared.adapters import codec
from shared.domain.channel.commands import FetchPart
from shared.domain.channel.fetching import Wanted
from shared.domain.errors import Malformed
from shared.domain.timeline.content import Part
from shared.edge import batch, reach
from shared.edge.deadline import FILE_AND_TABLE, deadline
from shared.edge.early import early
from shared.edge.observability import logger
from shared.edge.self_check import answers_self_check
from shared.edge.wiring import ports
from shared.use_cases.channel.fetch_media import FetchMedia


@answers_self_check
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return batch.consume(event, handle, give_up, deadline=deadline(context, FILE_AND_TABLE))


def handle(record: batch.Delivered) -> None:
    command = codec.decode(record.body, FetchPart)
    state = fetching()(command, record.receives)
    logger().info("media_fetched", customer=command.timeline, seq=command.seq, n=command.n, state=state)


def give_up(record: batch.Delivered, reason: str) -> None:
    with suppress(Malformed):  # then it names no file
        fetching().give_up(codec.decode(record.body, FetchPart), reason)


def fetching() -> FetchMedia:
    world = ports()
    return FetchMedia(world.store, world.files, world.type_of, world.fetch, ask, longest)


def ask(channel: str, part: Part) -> Wanted:
    known = channels.load(channel)
    return reach.wanted(known.traits, known.outbound, part)


def longest(channel: str) -> int:
    return channels.traits().of(channel).media.taken


def prepare() -> None:
    channels.imported("outbound")
    ports().type_of(b"")


early("store", "files", "secrets", "fetch", then=prepare)
