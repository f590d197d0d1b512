"""A provider's door: prove, cut into events, enqueue each raw, answer. For HTTP API payload 2.0."""

from base64 import b64decode
from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeVar

from shared.domain.channel.request import Cut, HttpReply, Request
from shared.domain.errors import Malformed, PatchbayError, Refused, Untrusted
from shared.edge import asked, door, front
from shared.edge.observability import correlate, frames, logger
from shared.edge.settings import environment
from shared.edge.wiring import ports

T = TypeVar("T")
Greet = Callable[[Request, Mapping[str, str]], HttpReply | None]


class Inbound(Protocol):
    """What a channel's inbound.py brings; a module with these names is one."""

    BODY_LIMIT: int
    """Bytes; no honest request of this provider is larger."""

    def prove(self, request: Request, secret: Mapping[str, str], public_url: str) -> None:
        """Raises Untrusted unless the request was made with this secret."""

    def cut(self, request: Request) -> Cut:
        """The events in a proven request, masked. Raises Malformed."""

    def answer(self, request: Request, cut: Cut) -> HttpReply:
        """What the provider wants to hear when all is well; it may depend on what came.

        Two more names, for a module that needs them. `greet(request, secret) -> HttpReply | None` answers a
        provider's GET (a handshake): None for a GET that is none, and it raises Untrusted where the secret
        does not fit. `UNPROVEN` is the status this provider wants for what is not proven; 401 otherwise.
        """


def receive(channel: str, inbound: Inbound, event: Mapping[str, Any]) -> dict[str, Any]:
    """The whole procedure. 403 past the front, 401 unproven, 400 malformed, 405 a GET that nobody answers,
    413 too large: these leave nothing behind. 503 means "maybe stored" (see door.py), and so may 500, a bug
    of ours (logged without its words).
    """
    try:
        request = read(event)
        correlate(request.id)
        front.require(request.headers)
        return _response(_accept(channel, inbound, request))
    except Untrusted:
        return _refuse(channel, getattr(inbound, "UNPROVEN", 401))
    except Malformed as error:
        return _refuse(channel, 400, str(error))
    except Refused as refused:
        return _refuse(channel, refused.status, str(refused))
    except PatchbayError as error:
        logger().error("webhook_unavailable", channel=channel, reason=str(error))
        return _response(HttpReply(503))
    except Exception as error:
        logger().error("webhook_broken", channel=channel, frames=frames(error))
        return _response(HttpReply(500))


def _accept(channel: str, inbound: Inbound, request: Request) -> HttpReply:
    if len(request.body) > inbound.BODY_LIMIT:
        return HttpReply(413)
    if request.method == "GET":
        return _greet(channel, inbound, request)
    _with_secret(channel, lambda secret: inbound.prove(request, secret, environment.public_url))
    cut = inbound.cut(request)
    door.accept(channel, cut, request.id)
    return inbound.answer(request, cut)


def _greet(channel: str, inbound: Inbound, request: Request) -> HttpReply:
    greet: Greet | None = getattr(inbound, "greet", None)
    reply = _with_secret(channel, lambda secret: greet(request, secret)) if greet else None
    return reply or HttpReply(405)


def _with_secret(channel: str, use: Callable[[Mapping[str, str]], T]) -> T:
    """Try the versions of the secret one after another; the last one's refusal stands."""
    refusal: Untrusted = Untrusted("there is no secret to prove it with")
    for secret in ports().secrets.candidates(environment.secret_id(channel)):
        try:
            return use(secret)
        except Untrusted as error:
            refusal = error
    raise refusal


def read(event: Mapping[str, Any]) -> Request:
    """The request in an HTTP API event: raw path, raw query, raw bytes, header names in lower case."""
    asked.parameters(str(event.get("rawQueryString") or "").count("&") + 1)
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
