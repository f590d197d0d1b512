"""Hands requests on to the embedded AWS as CloudFront and API Gateway do: path, query and body untouched."""

from collections.abc import Mapping

from aiohttp import ClientSession, ClientTimeout, web
from aiohttp.client_exceptions import ClientError
from multidict import CIMultiDict
from yarl import URL

# Of one connection, not of the message (RFC 9110 7.6.1); the length is that of the body we send.
HOP_BY_HOP = frozenset(
    {"connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer", "upgrade",
     "transfer-encoding", "content-length", "host", "expect"}
)  # fmt: skip
OURS = ("Accept", "Accept-Encoding", "Content-Type", "User-Agent")  # nothing the browser did not say
TIMEOUT = ClientTimeout(total=40)  # API Gateway gives up after 29 s


class Proxy:
    """`base` is an API's own address; behind it comes the request's raw path (less `without`) and query."""

    def __init__(self, session: ClientSession, base: str, without: str = "") -> None:
        self._session, self._base, self._without = session, base, without

    async def __call__(self, request: web.Request) -> web.Response:
        try:
            return await self._forward(request)
        except (ClientError, TimeoutError) as error:
            # what API Gateway answers when its integration does not
            return web.json_response({"message": "Internal Server Error", "cause": str(error)}, status=502)

    async def _forward(self, request: web.Request) -> web.Response:
        asked = self._session.request(
            request.method,
            URL(self._base + request.raw_path.removeprefix(self._without), encoded=True),
            headers=_handed_on(request),
            data=await request.read() or None,
            skip_auto_headers=OURS,
            allow_redirects=False,
            timeout=TIMEOUT,
        )
        async with asked as answer:
            body = await answer.read()
            return web.Response(body=body, status=answer.status, headers=_handed_back(answer.headers))


def _handed_on(request: web.Request) -> CIMultiDict[str]:
    headers = CIMultiDict((k, v) for k, v in request.headers.items() if k.lower() not in HOP_BY_HOP)
    # CloudFront appends the browser's address, API Gateway that of its caller; and it writes the other two.
    said = request.headers.getall("X-Forwarded-For", [])
    headers["X-Forwarded-For"] = ", ".join([*said, request.remote or "127.0.0.1", "127.0.0.1"])
    headers["X-Forwarded-Proto"] = request.scheme
    headers["X-Forwarded-Port"] = str(request.url.port or 80)
    return headers


def _handed_back(headers: Mapping[str, str]) -> CIMultiDict[str]:
    kept: CIMultiDict[str] = CIMultiDict()
    for name, value in headers.items():
        if name.lower() in HOP_BY_HOP:
            continue
        kept.add(name, _without_tls(value) if name.lower() == "set-cookie" else value)
    return kept


def _without_tls(cookie: str) -> str:
    """On AWS TLS ends at CloudFront; on plain loopback not every browser sends a Secure cookie back."""
    return ";".join(part for part in cookie.split(";") if part.strip().lower() != "secure")
