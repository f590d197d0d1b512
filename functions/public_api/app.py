"""What customers' browsers ask over HTTP: the ticket that opens a chat socket."""

from functools import cache
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, CORSConfig, Response
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.channels.chat.visiting import recognise
from functions.public_api.asking import Asking, asking
from shared.adapters import codec
from shared.domain.errors import Malformed, PatchbayError, Refused
from shared.domain.session.socket import TICKET_LIFE
from shared.domain.words.to_customers import say
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
    app.exception_handler(Malformed)(lambda _: refuse(400, "malformed", say("chat_junk", "")))
    app.exception_handler(Refused)(lambda told: refuse(told.status, told.code, say("chat_foreign_page", "")))
    app.exception_handler(PatchbayError)(_unavailable)
    app.exception_handler(Exception)(_broken)
    return app


def chat_ticket(asked: Asking) -> "Response[Any]":
    """A ticket for the visitor of the token, or for a new one."""
    if asked.origin and asked.origin not in origins():
        return refuse(403, "foreign_page", say("chat_foreign_page", asked.language))
    visitor = recognise(asked.token)
    limits = [Limit(f"gateway:{asked.gateway}", A_GATEWAY), Limit(f"browser:{asked.browser}", A_BROWSER)]
    limits += [Limit(visitor.person, A_VISITOR)] if visitor.known else []
    if not LimitRate(ports().store, ports().clock)(*limits):
        return refuse(429, "too_often", say("chat_too_often", asked.language))
    ticket = IssueTicket(ports().store, ports().clock)(visitor.person, asked.language)
    url, seconds = environment.chat_socket_wss, int(TICKET_LIFE.total_seconds())
    return _json(200, {"ticket": ticket, "visitor": visitor.token, "url": url, "expires_in": seconds})


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
