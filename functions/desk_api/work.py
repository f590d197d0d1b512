"""The agent's own work: who they are, what is offered to them, what is theirs."""

from dataclasses import dataclass, field, replace

from functions import channels
from functions.desk_api.api import ANSWERS, READS, TALKS_WITH_CUSTOMERS, api, needs
from shared.domain.centre import Disposition
from shared.domain.change import Ref
from shared.domain.desk.agent_view import AgentView, agent_view
from shared.domain.desk.channel_view import ChannelView, channel_view
from shared.domain.desk.declared_view import NOTHING, Declared, declared
from shared.domain.desk.inbox import DeskOf
from shared.domain.desk.kind_view import KindView, kind_views
from shared.domain.desk.labels import NO_LABELS, Labels, labels
from shared.domain.desk.told_view import FollowView, NoticeView
from shared.domain.desk.work_views import OfferView, WorkItem, WrapView
from shared.domain.routing.capacity import shares_now
from shared.domain.routing.phone import phone_of
from shared.domain.routing.staff import Agent, Presence
from shared.domain.session.socket import TICKET_LIFE
from shared.domain.staffing import Aux
from shared.domain.template import Template
from shared.edge.settings import environment
from shared.edge.staff import Caller
from shared.edge.wiring import ports
from shared.use_cases.case.reply_to_customer import LONGEST
from shared.use_cases.desk.see_told import SeeTold
from shared.use_cases.desk.see_work import SeeWork
from shared.use_cases.desk.set_up_desk import SetUp, SetUpDesk
from shared.use_cases.routing.add_staff import AddStaff
from shared.use_cases.routing.answer_offer import AnswerOffer
from shared.use_cases.routing.change_presence import ChangePresence
from shared.use_cases.routing.set_phone import SetPhone
from shared.use_cases.routing.wrap_up import WrapUp
from shared.use_cases.session.issue_ticket import IssueTicket

SCALE = 5


@dataclass(frozen=True, slots=True)
class Survey:
    scale: int = SCALE


@dataclass(frozen=True, slots=True)
class Me:
    """`undo` is for how many seconds a reply can be taken back, by channel; where it leaves at once, none.
    `phone` is where calls ring the agent, `own_phones` whether they may say that themselves, `calls_browser`
    whether they may talk in the browser. `announce_listening`: both hear that a supervisor came in.
    """

    agent: AgentView
    offers: tuple[OfferView, ...]
    cases: tuple[WorkItem, ...]
    waiting: dict[str, int]
    dispositions: tuple[Disposition, ...]
    channels: tuple[ChannelView, ...]
    kinds: dict[str, KindView]
    survey: Survey = Survey()
    templates: tuple[Template, ...] = ()
    note_limit: int = LONGEST
    wrapping: tuple[WrapView, ...] = ()
    consults: tuple[WorkItem, ...] = ()
    aux: tuple[Aux, ...] = ()
    labels: Labels = NO_LABELS
    notices: tuple[NoticeView, ...] = ()
    followed: tuple[FollowView, ...] = ()
    desk: DeskOf | None = None
    zone: str = ""
    declared: Declared = NOTHING
    undo: dict[str, int] = field(default_factory=dict)
    phone: str = ""
    own_phones: bool = False
    calls_browser: bool = False
    announce_listening: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """`reason` is the code of the centre's own reason, with the presence `aux`."""

    presence: Presence
    reason: str = ""


@api.route("GET", "/me")
def me(caller: Caller) -> Me:
    """Supervisors and auditors have no place in a pool, and no work."""
    see, centre = SeeWork(*needs()), ports().settings.centre()
    agent, known = _agent(caller), tuple(channel_view(one) for one in channels.traits().all)
    undo = {one.channel: one.seconds for one in centre.undo if one.seconds}
    if agent is None:
        nobody = AgentView(caller.id, caller.name, caller.groups, "")
        shown = (see.waiting(*centre.pools), centre.dispositions, known, kind_views())
        seen = Me(nobody, (), (), *shown, templates=_templates(caller), undo=undo)
        seen = replace(seen, announce_listening=centre.calls.announce_listening)
        return replace(seen, labels=labels(centre), declared=declared(centre))
    desk = see(agent, caller.language)
    now = channels.now()
    mine = agent_view(agent, caller.groups, shares_now(agent, now))
    told = (mine, desk.offers, desk.cases, desk.waiting, centre.dispositions, known, kind_views())
    beside = Me(*told, templates=_templates(caller), undo=undo, aux=centre.aux)
    beside = replace(beside, labels=labels(centre), declared=declared(centre))
    own = ports().store.get(Ref(DeskOf, agent.id)) or DeskOf(agent.id, version=0)
    called = SeeTold(*needs())(own, caller.language)
    beside = replace(beside, wrapping=desk.wrapping, consults=desk.consults, phone=phone_of(agent, now))
    theirs = centre.calls.own_phones and not now.roster.phone_of(agent.login)
    beside = replace(beside, own_phones=theirs, calls_browser=centre.calls.browser)
    beside = replace(beside, announce_listening=centre.calls.announce_listening)
    return replace(beside, notices=called.notices, followed=called.followed, desk=own, zone=centre.zone)


@api.route("PUT", "/me/desk", *TALKS_WITH_CUSTOMERS)
def set_up(caller: Caller) -> dict[str, DeskOf | str]:
    """Saved views, switches of what is told, up to when it was looked at, where calls ring: each may stand
    alone. A phone that is refused leaves all the others as they were.
    """
    wanted = api.body(SetUp)
    rung = {} if wanted.phone is None else {"phone": SetPhone(*needs())(caller.id, wanted.phone)}
    return {"desk": SetUpDesk(ports().store, ports().clock)(caller.id, wanted), **rung}


@api.route("PUT", "/me/presence", *TALKS_WITH_CUSTOMERS)
def change_presence(caller: Caller) -> dict[str, AgentView]:
    wanted = api.body(Wanted)
    agent = ChangePresence(*needs())(caller.id, wanted.presence, aux=wanted.reason)
    return {"agent": agent_view(agent, caller.groups)}


@api.route("POST", "/socket-ticket", *READS)
def socket_ticket(caller: Caller) -> dict[str, str | int]:
    """A right to open the desk's socket once, within 30 seconds: to watch, for everybody who may read a
    customer. What is said on it is done only in cases that are theirs to answer in.
    """
    ticket = IssueTicket(ports().store, ports().clock)(caller.actor, caller.language)
    return {
        "ticket": ticket,
        "url": environment.desk_socket_wss,
        "expires_in": int(TICKET_LIFE.total_seconds()),
    }


@api.route("POST", "/offers/{offer_id}/accept", *TALKS_WITH_CUSTOMERS)
def accept(caller: Caller, offer_id: str) -> dict[str, str]:
    place = AnswerOffer(*needs()).accept(caller.id, offer_id)
    return {"case_id": place.case_id, "customer_id": place.customer_id}


@api.route("POST", "/offers/{offer_id}/decline", *TALKS_WITH_CUSTOMERS)
def decline(caller: Caller, offer_id: str) -> None:
    AnswerOffer(*needs()).decline(caller.id, offer_id)


@api.route("POST", "/cases/{case_id}/wrapped", *TALKS_WITH_CUSTOMERS)
def wrapped(caller: Caller, case_id: str) -> None:
    """The agent is done with the work after this case."""
    WrapUp(*needs()).done(caller.id, case_id)


def _templates(caller: Caller) -> tuple[Template, ...]:
    """For whoever may answer."""
    return tuple(ports().settings.templates()) if caller.may(*ANSWERS) else ()


def _agent(caller: Caller) -> Agent | None:
    """None for who has no work, whether they are known by name or not. Who answers customers and is not known
    yet (a table made anew under an old login) is added.
    """
    if not caller.may(*TALKS_WITH_CUSTOMERS):
        return None
    return AddStaff(*needs())(caller.id, caller.name, login=caller.login)
