"""Coming and going: the page holds the ID token in memory, and a cookie no script reads the refresh token."""

from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie

from chalice.app import Response

from functions.desk_api.api import READS, TALKS_WITH_CUSTOMERS, api, needs
from shared.domain.desk.agent_view import AgentView
from shared.domain.desk.login import Enrolment, Tokens
from shared.domain.errors import PatchbayError, Refused
from shared.domain.words.to_staff import sentence
from shared.edge.observability import logger
from shared.edge.settings import environment
from shared.edge.staff import Caller, answer, caller_of, claims_of, language_of
from shared.edge.wiring import ports
from shared.use_cases.routing.add_staff import AddStaff
from shared.use_cases.session.sign_out import SignOut

COOKIE = "patchbay_session"
TWELVE_HOURS = 43_200  # as RefreshTokenValidity in the template


@dataclass(frozen=True, slots=True)
class Credentials:
    """`new_password` is chosen at the first login, in place of the one that was given. `code` comes from an
    authenticator app; with the `session` of an enrolment it ends that, and no password is asked again.
    """

    email: str
    password: str = ""
    new_password: str = ""
    code: str = ""
    session: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    id_token: str
    expires_in: int
    agent: AgentView


@api.open_route("POST", "/session")
def log_in() -> Response:
    told = api.body(Credentials)
    tokens = _let_in(told)
    if isinstance(tokens, Enrolment):
        return _ask_for_authenticator(tokens)
    who = _bearer(tokens)
    if who.may(*TALKS_WITH_CUSTOMERS):
        AddStaff(*needs())(who.id, who.name, login=who.login)
    AddStaff(*needs()).audit(who.id, "signed_in", who.actor)
    return answer(_session(who, tokens), headers={"Set-Cookie": _cookie(tokens.refresh_token, TWELVE_HOURS)})


def _let_in(told: Credentials) -> Tokens | Enrolment:
    email, code, pool = told.email.strip(), "".join(told.code.split()), ports().staff_pool
    if told.session:
        return pool.enrol(email, told.session, code)
    return pool.login(email, told.password, told.new_password, code)


def _ask_for_authenticator(begun: Enrolment) -> Response:
    """A refusal like others, with what the page needs to go on."""
    code = "authenticator_required"
    words = sentence(code, language_of(api.request) or "en")
    fields = {"secret": begun.secret, "session": begun.session}
    return answer({"error": {"code": code, "message": words, "fields": fields}}, 403)


@api.open_route("POST", "/session/refresh")
def stay_logged_in() -> Session:
    tokens = ports().staff_pool.refresh(_refresh_token())
    return _session(_bearer(tokens), tokens)


@api.open_route("DELETE", "/session")
def log_out() -> Response:
    """Ends the session of the cookie, and with it the person's sockets, tickets, presence and offers; without
    one there is nothing to end.
    """
    try:
        token = _refresh_token()
        _leave(token)
        ports().staff_pool.revoke(token)
    except PatchbayError as error:
        logger().info("session_not_revoked", reason=str(error))
    return answer(None, headers={"Set-Cookie": _cookie("", 0)})


def _leave(refresh_token: str) -> None:
    """Before the session ends, as afterwards it names nobody. What fails here keeps nobody logged in, and the
    minute's round finds the silent desk.
    """
    try:
        who = _bearer(ports().staff_pool.refresh(refresh_token))
        if who.may(*READS):
            SignOut(*needs(), ports().desk_sockets)(who.id)
    except PatchbayError as error:
        logger().warning("desk_not_left", reason=str(error))


def _bearer(tokens: Tokens) -> Caller:
    return caller_of(claims_of(tokens.id_token), language_of(api.request))


def _session(who: Caller, tokens: Tokens) -> Session:
    return Session(tokens.id_token, tokens.seconds, AgentView(who.id, who.name, who.groups, who.language))


def _refresh_token() -> str:
    """Raises Refused `signed_out` (401)."""
    try:
        kept = SimpleCookie(api.request.headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        kept = None
    if kept is None or not kept.value:
        raise Refused("signed_out", status=401)
    return str(kept.value)


def _cookie(value: str, seconds: int) -> str:
    """Over plain HTTP, which only the embedded run speaks (on sockets too), a Secure cookie would be lost."""
    secure = "; Secure" if environment.desk_socket_wss.startswith("wss:") else ""
    return f"{COOKIE}={value}; Path=/api/session; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}"
