"""A provider's door: prove, cut into events, enqueue each raw, answer. For HTTP API payload 2.0."""

from base64 import b64decode
from collections.abc import Mapping
from typing import Any, Protocol

from shared.domain.channel.request import Cut, HttpReply, Request
from shared.domain.errors import Malformed, PatchbayError, Untrusted
from shared.edge import door
from shared.edge.observability import correlate, frames, logger
from shared.edge.settings import environment
from shared.edge.wiring import ports


class Inbound(Protocol):
    """What a channel's inbound.py brings; a module with these names is one."""

    BODY_LIMIT: int
    """Bytes; no honest request of this provider is larger."""

    def prove(self, request: Request, secret: Mapping[str, str], public_url: str) -> None:
        """Raises Untrusted unless the request was made with this secret."""

    def cut(self, request: Request) -> Cut:
        """The events in a proven request, masked. Raises Malformed."""

    def answer(self) -> HttpReply:
        """What the provider wants to hear when all is well."""


def receive(channel: str, inbound: Inbound, event: Mapping[str, Any]) -> dict[str, Any]:
    """The whole procedure. 401 unproven, 400 malformed, 413 too large, 503 not durable, 500 a bug of ours
    (logged without its words): none of these leaves anything behind.
    """
    try:
        request = read(event)
        correlate(request.id)
        return _response(_accept(channel, inbound, request))
    except Untrusted:
        return _refuse(channel, 401)
    except Malformed as error:
        return _refuse(channel, 400, str(error))
    except PatchbayError as error:
        logger().error("webhook_unavailable", channel=channel, reason=str(error))
        return _response(HttpReply(503))
    except Exception as error:
        logger().error("webhook_broken", channel=channel, frames=frames(error))
        return _response(HttpReply(500))


def _accept(channel: str, inbound: Inbound, request: Request) -> HttpReply:
    if len(request.body) > inbound.BODY_LIMIT:
        return HttpReply(413)
    _prove(channel, inbound, request)
    door.accept(channel, inbound.cut(request), request.id)
    return inbound.answer()


def _prove(channel: str, inbound: Inbound, request: Request) -> None:
    """Try the versions of the secret one after another; the last one's refusal stands."""
    refusal: Untrusted = Untrusted("there is no secret to prove it with")
    for secret in ports().secrets.candidates(environment.secret_id(channel)):
        try:
            return inbound.prove(request, secret, environment.public_url)
        except Untrusted as error:
            refusal = error
    raise refusal


def read(event: Mapping[str, Any]) -> Request:
    """The request in an HTTP API event: raw path, raw query, raw bytes, header names in lower case."""
    try:
        context = event["requestContext"]
        return Request(
            context["http"]["method"],
            event["rawPath"],
            event.get("rawQueryString") or "",
            {name.lower(): value for name, value in (event.get("headers") or {}).items()},
            _body(event),
            context["requestId"],
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Malformed("not a request of payload format 2.0") from error


def _body(event: Mapping[str, Any]) -> bytes:
    body = event.get("body") or ""
    return (
        b64decode(body, validate=True)
        if event.get("isBase64Encoded")
        else body.encode("utf-8", "surrogatepass")
    )


def _refuse(channel: str, status: int, reason: str = "not proven") -> dict[str, Any]:
    logger().warning("webhook_refused", channel=channel, status=status, reason=reason)
    return _response(HttpReply(status))


def _response(answer: HttpReply) -> dict[str, Any]:
    return {
        "statusCode": answer.status,
        "headers": {"content-type": answer.content_type},
        "body": answer.body,
        "isBase64Encoded": False,
    }
