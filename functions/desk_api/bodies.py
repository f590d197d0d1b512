"""The HTML of a mail, which was made safe before it was stored; and pictures that lie elsewhere."""

from base64 import b64encode
from dataclasses import dataclass

from functions.desk_api.api import READS, api, number
from functions.desk_api.looks import look
from shared.domain.change import Ref
from shared.domain.channel.fetching import Fetched, Wanted
from shared.domain.channel.held import held_pictures
from shared.domain.channel.media import PICTURES
from shared.domain.errors import Refused
from shared.domain.timeline.entry import Entry
from shared.edge.staff import Caller
from shared.edge.wiring import ports

LONGEST = 3 * 1024 * 1024  # bytes of a picture: an answer of Lambda holds 6 MB
SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Body:
    html: str


@dataclass(frozen=True, slots=True)
class Picture:
    """As a data: address."""

    url: str


@api.route("GET", "/customers/{customer_id}/entries/{seq}/body", *READS)
def body(caller: Caller, customer_id: str, seq: str) -> Body:
    return Body(_html(caller, customer_id, seq))


@api.route("POST", "/customers/{customer_id}/entries/{seq}/pictures/{n}", *READS)
def picture(caller: Caller, customer_id: str, seq: str, n: str) -> Picture:
    """The n-th picture that the body does not bring along. It is fetched from here: the other side learns
    that it was looked at, and neither by whom nor from where. What is no picture is not handed on.
    """
    held = held_pictures(_html(caller, customer_id, seq))
    if number(n) >= len(held):
        raise Refused("no_picture", status=404)
    answer = ports().fetch(Wanted(held[number(n)], longest=LONGEST, seconds=SECONDS))
    type = ports().type_of(answer.body) if isinstance(answer, Fetched) else ""
    if not isinstance(answer, Fetched) or type not in PICTURES:
        raise Refused("no_picture", status=404)
    return Picture(f"data:{type};base64,{b64encode(answer.body).decode()}")


def _html(caller: Caller, customer_id: str, seq: str) -> str:
    look(caller, customer_id)
    entry = ports().store.get(Ref(Entry, customer_id, number(seq)))
    key = entry.content.html_key if entry else ""
    html = ports().files.get(key) if key else None
    if html is None:
        raise Refused("no_body", status=404)
    return html.decode(errors="replace")
