"""A browser's request for a ticket or for a place of a file, as a value."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shared.adapters import codec
from shared.domain.errors import Malformed
from shared.domain.text import language_tag
from shared.edge import front, webhook

BODY_LIMIT = 4096


@dataclass(frozen=True, slots=True)
class Asking:
    """`browser` is the address the browser seems to have, `gateway` that of whoever called us:
    CloudFront's edge, or somebody who calls the API directly and may have written the first as well.
    """

    origin: str
    browser: str
    gateway: str
    token: str
    language: str
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class _Body:
    visitor: str | None = None
    language: str | None = None


def asking(event: Mapping[str, Any]) -> Asking:
    """Raises Malformed, and Refused for what came past the front. The language is the one the page names,
    else the browser's first.
    """
    request = webhook.read(event)
    front.require(request.headers)
    if len(request.body) > BODY_LIMIT:
        raise Malformed("the body is too large")
    body = codec.decode(request.body or b"{}", _Body)
    gateway = str(event["requestContext"]["http"].get("sourceIp") or "")
    language = language_tag(body.language or "") or language_tag(request.headers.get("accept-language", ""))
    origin = request.headers.get("origin", "")
    browser = _browser(request.headers, gateway)
    return Asking(origin, browser, gateway, body.visitor or "", language, request.body)


def _browser(headers: Mapping[str, str], gateway: str) -> str:
    """API Gateway adds its caller to x-forwarded-for; before it stands what CloudFront saw."""
    hops = [hop.strip() for hop in headers.get("x-forwarded-for", "").split(",") if hop.strip()]
    return hops[-2] if len(hops) > 1 else gateway
