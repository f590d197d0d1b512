"""What customers' browsers ask over HTTP: tickets of the chat, files, and no more automatic mails."""

from functools import cache
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, CORSConfig, Response
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.channels.chat.visiting import Visitor, recognise
from functions.public_api import files, unsubscribing
from functions.public_api.asking import Asking, asking
from shared.adapters import codec
from shared.domain.errors import Malformed, PatchbayError, Refused
from shared.domain.session.socket import TICKET_LIFE
from shared.domain.words.to_customers import say
from shared.edge import front
from shared.edge.early import early
from shared.edge.observability import correlate, frames, logger
from shared.edge.self_check import answers_self_check
from shared.edge.settings import environment
from shared.edge.socket import origins
from shared.edge.wiring import ports
from shared.use_cases.session.issue_ticket import IssueTicket
from shared.use_cases.session.limit_rate import Limit, LimitRate

A_VISITOR = 20
A_BROWSER = 120  # an office or a school shares one address
A_GATEWAY = 1200  # CloudFront's edge, or whoever comes past it and may forge the rest


@answers_self_check
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    correlate(event["requestContext"]["requestId"])
    return resolver().resolve(event, context)


@cache
def resolver() -> APIGatewayHttpResolver:
    """Built with the first request: importing must not demand a variable."""
    app = APIGatewayHttpResolver(cors=_cors(), serializer=codec.encode)
    app.post("/public/chat/ticket")(lambda: chat_ticket(asking(app.current_event.raw_event)))
    app.post("/public/chat/files")(lambda: chat_file(asking(app.current_event.raw_event)))
    app.get("/public/files/<token>")(file)
    app.route("/public/unsubscribe/<token>", method=["GET", "POST"])(unsubscribe)
    app.exception_handler(Malformed)(lambda _: refuse(400, "malformed", say("chat_junk", "")))
    app.exception_handler(Refused)(lambda told: refuse(told.status, told.code, say("chat_foreign_page", "")))
    app.exception_handler(PatchbayError)(_unavailable)
    app.exception_handler(Exception)(_broken)
    return app


def chat_ticket(asked: Asking) -> "Response[Any]":
    """A ticket for the visitor of the token, or for a new one."""
    visitor = recognise(asked.token)
    refusal = _unwelcome(asked, visitor)
    if refusal:
        return refusal
    ticket = IssueTicket(ports().store, ports().clock)(visitor.person, asked.language)
    url, seconds = environment.chat_socket_wss, int(TICKET_LIFE.total_seconds())
    return _json(200, {"ticket": ticket, "visitor": visitor.token, "url": url, "expires_in": seconds})


def chat_file(asked: Asking) -> "Response[Any]":
    """A place for one file of a visitor who is known: the id it is then named by belongs to them alone."""
    visitor, file = recognise(asked.token), files.told(asked.body)
    refusal = _unwelcome(asked, visitor)
    if refusal or not visitor.known:
        return refusal or refuse(403, "unknown_visitor", say("chat_no_connection", asked.language))
    if files.too_large(file):
        return refuse(413, "file_too_large", say("chat_file_too_large", asked.language))
    return _json(200, files.place(visitor, file))


def file(token: str) -> "Response[Any]":
    """Whoever has the link gets the file, from the bucket: another site than this one."""
    front.require({name.lower(): value for name, value in resolver().current_event.headers.items()})
    address = files.address(token)
    if not address:
        return refuse(404, "no_file", say("file_over", ""))
    headers = {"location": address, "cache-control": "no-store", "referrer-policy": "no-referrer"}
    return Response(302, "text/plain", "", headers)


def unsubscribe(token: str) -> "Response[Any]":
    told = resolver().current_event
    return unsubscribing.answer(told.http_method, token, {n.lower(): v for n, v in told.headers.items()})


def _unwelcome(asked: Asking, visitor: Visitor) -> "Response[Any] | None":
    """None for a page of ours that does not ask too often."""
    if asked.origin and asked.origin not in origins():
        return refuse(403, "foreign_page", say("chat_foreign_page", asked.language))
    limits = [Limit(f"gateway:{asked.gateway}", A_GATEWAY), Limit(f"browser:{asked.browser}", A_BROWSER)]
    limits += [Limit(visitor.person, A_VISITOR)] if visitor.known else []
    if not LimitRate(ports().store, ports().clock)(*limits):
        return refuse(429, "too_often", say("chat_too_often", asked.language))
    return None


def refuse(status: int, code: str, message: str) -> "Response[Any]":
    logger().warning("ticket_refused", status=status, code=code)
    return _json(status, {"error": {"code": code, "message": message, "fields": {}}})


def _unavailable(error: PatchbayError) -> "Response[Any]":
    logger().error("ticket_unavailable", reason=str(error))
    return refuse(503, "try_again", say("chat_try_again", ""))


def _broken(error: Exception) -> "Response[Any]":
    """A bug of ours, logged without its words."""
    logger().error("ticket_broken", frames=frames(error))
    return refuse(500, "bug", say("chat_try_again", ""))


def _json(status: int, body: object) -> "Response[Any]":
    headers: dict[str, str | list[str]] = {"cache-control": "no-store"}
    headers |= {"retry-after": "60"} if status == 429 else {}
    return Response(status, "application/json", codec.encode(body), headers)


def _cors() -> CORSConfig | None:
    """For the pages of ALLOWED_ORIGINS alone; no cookies."""
    allowed = sorted(origins())
    if not allowed:
        return None
    return CORSConfig(allow_origin=allowed[0], extra_origins=allowed[1:], allow_headers=["content-type"])


early("store", "secrets", then=resolver)
