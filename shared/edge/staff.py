"""What every staff API shares: who asks, what they may, and errors as a code and a sentence."""

import json
import re
from base64 import urlsafe_b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from chalice.app import Chalice, Request, Response

from shared.adapters import codec
from shared.domain.errors import Conflict, Malformed, PatchbayError, Refused, TryAgain
from shared.domain.text import language_tag
from shared.domain.words.to_staff import sentence
from shared.edge import asked, front
from shared.edge.observability import correlate, frames, logger

T = TypeVar("T")
View = Callable[..., object]
JSON = {"Content-Type": "application/json", "Cache-Control": "no-store"}
BODY_LIMIT = 64 * 1024  # bytes; the longest text staff may write has 48,000
CODES = {400: "malformed", 405: "method", 415: "malformed"}


@dataclass(frozen=True, slots=True)
class Caller:
    """A member of staff: `id` is Cognito's sub, `login` an address, `language` the one to answer in."""

    id: str
    name: str
    groups: tuple[str, ...]
    language: str
    login: str = ""

    @property
    def actor(self) -> str:
        return f"agent:{self.id}"

    def may(self, *groups: str) -> bool:
        return bool({*groups} & {*self.groups})


class StaffApi:
    """Routes of a Chalice app. A view gets the Caller and the path's values, and returns a value of ours.

    `groups` are those who may: anybody of the staff where none are named.
    """

    def __init__(self, name: str) -> None:
        self.app = Chalice(app_name=name, configure_logs=False)  # its logs are named and written like ours
        self.app.middleware("http")(_in_our_words)

    def route(self, method: str, path: str, *groups: str, status: int = 200) -> Callable[[View], View]:
        def ask(view: View, values: Mapping[str, str]) -> Response:
            asking = caller(self.request)
            if groups and not asking.may(*groups):
                raise Refused("forbidden", status=403)
            return answer(view(asking, **values), status)

        return self._add(method, path, ask)

    def open_route(self, method: str, path: str) -> Callable[[View], View]:
        """A route before the login, for our own pages: no page of another site logs a person in or out."""

        def ask(view: View, values: Mapping[str, str]) -> Response:
            if self.request.headers.get("sec-fetch-site", "") in ("cross-site", "same-site"):
                raise Refused("forbidden", status=403)
            return answer(view(**values), 200)

        return self._add(method, path, ask)

    def _add(
        self, method: str, path: str, ask: Callable[[View, Mapping[str, str]], Response]
    ) -> Callable[[View], View]:
        def register(view: View) -> View:
            def answering(**values: str) -> Response:
                return _guarded(self.request, lambda: ask(view, self._asked(values)))

            self.app.route(path, methods=[method], name=view.__name__)(answering)
            return view

        return register

    def _asked(self, values: Mapping[str, str]) -> Mapping[str, str]:
        if told := self.request.query_params:
            asked.parameters(sum(len(told.getlist(name)) for name in told))
        return asked.ids(values)

    @property
    def request(self) -> Request:
        request = self.app.current_request
        if request is None:
            raise Malformed("no request is under way")
        return request

    def body(self, kind: type[T], limit: int = BODY_LIMIT) -> T:
        """The request's body as a value; `limit` is its longest, in bytes. Raises Malformed."""
        if len(raw := self.request.raw_body or b"{}") > limit:
            raise Malformed("the body is too large")
        return codec.decode(raw, kind)

    def asked(self, name: str, default: str = "") -> str:
        """A query parameter."""
        told = self.request.query_params
        return str((told.get(name) if told else "") or default)

    def asked_number(self, name: str, default: int) -> int:
        """A whole number, not negative. Raises Malformed."""
        return asked.number(name, self.asked(name) or str(default))

    def asked_day(self, name: str, default: date) -> date:
        """A day as YYYY-MM-DD. Raises Malformed."""
        return asked.day(name, self.asked(name) or str(default))


def answer(value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A value of ours as JSON; an answer that is one already stays as it is."""
    if isinstance(value, Response):
        return value
    body = codec.encode({} if value is None else value)
    return Response(body, headers={**JSON, **(headers or {})}, status_code=status)


def caller(request: Request) -> Caller:
    """Who the authorizer says it is; Refused `signed_out` (401) where it said nothing."""
    return caller_of((request.context.get("authorizer") or {}).get("claims") or {}, language_of(request))


def caller_of(claims: Mapping[str, Any], language: str) -> Caller:
    """`language` is the browser's, else the login's own. An access token is no login of a page."""
    if not claims.get("sub") or claims.get("token_use") != "id":
        raise Refused("signed_out", status=401)
    login, own = str(claims.get("email", "")), _known(str(claims.get("locale", "")))
    name, groups = str(claims.get("name") or login.partition("@")[0]), claims.get("cognito:groups", "")
    return Caller(str(claims["sub"]), name, _groups(groups), language or own or "en", login)


def claims_of(id_token: str) -> Mapping[str, Any]:
    """What a token says that came straight from Cognito (only then may its signature go unchecked)."""
    try:
        claims = json.loads(urlsafe_b64decode(id_token.split(".")[1] + "=="))
    except (IndexError, ValueError) as error:
        raise Malformed("not a token") from error
    return claims if isinstance(claims, dict) else {}


def language_of(request: Request) -> str:
    """`ko` or `en` as the browser asks, "" when it asks for neither."""
    return _known(request.headers.get("accept-language", ""))


def _known(told: str) -> str:
    return next((one for part in told.split(",") if (one := language_tag(part)) in ("ko", "en")), "")


def _groups(told: object) -> tuple[str, ...]:
    """API Gateway writes a list of claims as text: `a,b` or `[a b]`."""
    if isinstance(told, list):
        return tuple(str(group) for group in told)
    return tuple(re.findall(r"[^\s,\[\]\"]+", str(told or "")))


def _guarded(request: Request, act: Callable[[], Response]) -> Response:
    """Every error as its status and a sentence; of an unforeseen one the answer shows only its number."""
    correlate(str(request.context.get("requestId", "")))
    try:
        front.require(request.headers)
        return act()
    except Refused as refused:
        logger().info("refused", code=refused.code, status=refused.status)
        return refusal(refused.status, refused.code, request, refused)
    except Malformed as error:
        logger().info("malformed", reason=str(error))
        return refusal(400, "malformed", request)
    except (TryAgain, Conflict) as error:
        logger().warning("try_again", reason=str(error))
        return refusal(503, "try_again", request)
    except PatchbayError as error:
        logger().error("misconfigured", reason=str(error))
        return refusal(500, "bug", request)
    except Exception as error:
        logger().error("bug", frames=frames(error))
        return refusal(500, "bug", request)


def refusal(status: int, code: str, request: Request, why: Refused | None = None) -> Response:
    language, number = language_of(request) or "en", request.context.get("requestId", "")
    words = sentence(code, language, request=number, **(why.said(language) if why else {}))
    return answer({"error": {"code": code, "message": words, "fields": {}}}, status)


def _in_our_words(request: Request, get_response: Callable[[Request], Response]) -> Response:
    """Chalice's own refusals (no such method, a body that is no JSON) in the shape of ours."""
    response = get_response(request)
    if isinstance(response.body, dict) and "Code" in response.body:
        return refusal(response.status_code, CODES.get(response.status_code, "bug"), request)
    return response
