"""What an agent does on a case. Every write carries a key of the page's making: twice is once, and each is
one transaction.
"""

from dataclasses import dataclass
from typing import Any

from functions import channels
from functions.desk_api.api import ANSWERS, TALKS_WITH_CUSTOMERS, api, needs
from functions.desk_api.files import attaching, links
from shared.domain.address.address import parse_address
from shared.domain.address.readable import display
from shared.domain.case.reply import Files
from shared.domain.channel.rich import rich
from shared.domain.channel.uploads import attached
from shared.domain.desk.views import EntryView, entry_view
from shared.domain.ids import digest
from shared.domain.template import TemplateUse
from shared.domain.timeline.entry import Entry
from shared.domain.times import iso
from shared.edge.staff import Caller
from shared.edge.wiring import ports
from shared.use_cases.case.ask_code import AskCode
from shared.use_cases.case.close_case import CloseCase
from shared.use_cases.case.reply_to_customer import ReplyToCustomer
from shared.use_cases.desk.saved_replies import SavedRepliesOf
from shared.use_cases.desk.write_note import WriteNote


@dataclass(frozen=True, slots=True)
class Keyed:
    key: str
    customer_id: str


@dataclass(frozen=True, slots=True)
class Reply(Keyed):
    """`address` names one of the customer's ways ("" for the first of that channel). `version` is what the
    agent had seen: an answer goes out whatever came meanwhile. With a `template` the text is the template's.
    `files` are {id, name, type} of files that were put at a place of ours; with them the text may be empty.
    `saved` is the code of the saved reply it was made from. With `html` the text is that of the HTML.
    """

    channel: str
    text: str = ""
    address: str | None = None
    version: int = 0
    template: TemplateUse | None = None
    files: list[Any] | None = None
    saved: str = ""
    html: str = ""


@dataclass(frozen=True, slots=True)
class Note(Keyed):
    """`mentions` are the ids of agents who are to be told of it."""

    text: str
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Closing(Keyed):
    disposition: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ProofAsked(Keyed):
    phone: str


@api.route("POST", "/cases/{case_id}/replies", *ANSWERS, status=202)
def reply(caller: Caller, case_id: str) -> dict[str, EntryView]:
    """A supervisor who has stepped in answers as an agent does; refused `not_owner` (409) before that."""
    told = api.body(Reply)
    formed = rich(told.html) if told.html and channels.traits().of(told.channel).rich else None
    text = formed.text if formed else told.text
    SavedRepliesOf(ports().store, ports().settings.saved_replies, caller.id).check(told.saved, text)
    address = parse_address(told.address) if told.address else None
    files = attaching().taken(caller.id, told.customer_id, case_id, told.key, attached(told.files))
    say = ReplyToCustomer(*needs(), ports().settings.templates)
    where = (caller.id, told.customer_id, case_id, told.channel, address)
    form = _kept(caller, told.key, formed.html) if formed and formed.html else ""
    entry = say(*where, text, told.key, template=told.template, files=Files(files, links()), form=form)
    return _written(entry, caller)


@api.route("POST", "/cases/{case_id}/notes", *TALKS_WITH_CUSTOMERS)
def note(caller: Caller, case_id: str) -> dict[str, EntryView]:
    told = api.body(Note)
    where = (caller.id, told.customer_id, case_id)
    return _written(WriteNote(*needs())(*where, told.text, told.key, told.mentions), caller)


@api.route("POST", "/cases/{case_id}/close", *TALKS_WITH_CUSTOMERS)
def close(caller: Caller, case_id: str) -> None:
    told = api.body(Closing)
    close_it = CloseCase(*needs())
    close_it(caller.id, told.customer_id, case_id, told.disposition, told.note or "", told.key)


@api.route("POST", "/cases/{case_id}/proofs", *TALKS_WITH_CUSTOMERS, status=202)
def proof(caller: Caller, case_id: str) -> dict[str, str]:
    told = api.body(ProofAsked)
    asked = AskCode(*needs())(caller.id, told.customer_id, case_id, told.phone, told.key)
    shown = display(asked.address, ports().settings.centre().phone_region, caller.language)
    return {"address": shown, "until": iso(asked.until)}


def _kept(caller: Caller, key: str, html: str) -> str:
    """Where the HTML of a reply lies, before the reply is written: the same request puts the same there."""
    place = f"bodies/desk/{digest(caller.id, key, html)}.html"
    ports().files.put(place, html.encode(), "text/html; charset=utf-8")
    return place


def _written(entry: Entry, caller: Caller) -> dict[str, EntryView]:
    return {"entry": entry_view(entry, {caller.id: caller.name})}
