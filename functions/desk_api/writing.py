"""Around a reply: texts that were saved for it, and second thoughts."""

from dataclasses import dataclass

from functions.desk_api.answers import Keyed
from functions.desk_api.api import ANSWERS, api, needs
from shared.domain.desk.views import EntryView, entry_view
from shared.domain.saved_reply import ReplyAction, SavedReply
from shared.edge.staff import Caller
from shared.edge.wiring import ports
from shared.use_cases.case.withdraw_reply import WithdrawReply
from shared.use_cases.desk.saved_replies import SavedRepliesOf


@dataclass(frozen=True, slots=True)
class Saving:
    """As a SavedReply; its code stands in the path."""

    title_ko: str = ""
    title_en: str = ""
    text_ko: str = ""
    text_en: str = ""
    actions: tuple[ReplyAction, ...] = ()


@dataclass(frozen=True, slots=True)
class SavedList:
    own: tuple[SavedReply, ...]
    team: tuple[SavedReply, ...]
    centre: str


@dataclass(frozen=True, slots=True)
class Withdrawal(Keyed):
    """`member` is the customer under whom the reply lies, `seq` its number there."""

    member: str
    seq: int


@api.route("GET", "/saved-replies", *ANSWERS)
def saved(caller: Caller) -> SavedList:
    """`centre` is what the place {centre} is filled with."""
    settings = ports().settings
    return SavedList(saved_of(caller).own(), settings.saved_replies(), settings.centre().name)


@api.route("PUT", "/saved-replies/{code}", *ANSWERS)
def save(caller: Caller, code: str) -> None:
    """An own one; without a text it is taken away."""
    told = api.body(Saving)
    texts = (told.title_ko, told.title_en, told.text_ko, told.text_en)
    saved_of(caller).keep(SavedReply(code, *texts, told.actions))


@api.route("POST", "/cases/{case_id}/withdraw", *ANSWERS)
def withdraw(caller: Caller, case_id: str) -> dict[str, EntryView]:
    told = api.body(Withdrawal)
    take_back = WithdrawReply(*needs())
    entry = take_back(caller.id, told.customer_id, case_id, told.member, told.seq, told.key)
    return {"entry": entry_view(entry, {caller.id: caller.name})}


def saved_of(caller: Caller) -> SavedRepliesOf:
    return SavedRepliesOf(ports().store, ports().settings.saved_replies, caller.id)
