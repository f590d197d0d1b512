"""The address map: what lies behind which address. On AWS the same addresses are CloudFront's behaviours."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence

from aiohttp import ClientSession, web

from infra.local.demo.seed import Login
from infra.local.front.proxy import Proxy
from infra.local.front.sockets import SocketProxy
from infra.local.front.static import Static

BODY_LIMIT = 10 * 1024 * 1024  # API Gateway's
HOSTS = ("127.0.0.1", "localhost")
PAGES = ("/", "/desk", "/supervisor", "/wall", "/admin", "/phone", "/chat")
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Missing = Callable[[], list[str]]


def application(
    session: ClientSession,
    gateway: str,
    outputs: Mapping[str, str],
    providers: Mapping[str, str],
    static: Static,
    logins: Sequence[Login],
    missing: Missing,
) -> web.Application:
    """`gateway` is where APIs are found by their id; `providers` are stand-ins' addresses by channel."""
    app = web.Application(client_max_size=BODY_LIMIT, middlewares=[own_names_only])
    app.router.add_get("/local/ready", _ready(missing))
    app.router.add_get("/local/logins", _logins(logins))
    for path, handler in _apis(session, gateway, outputs).items():
        app.router.add_route("*", path, handler)
    for channel, address in providers.items():
        helper = Proxy(session, address, without=f"/local/{channel}")
        app.router.add_route("*", f"/local/{channel}/{{path:.*}}", helper)
    for path in PAGES:
        app.router.add_get(path, static.page)
    for path in ("/widget.js", "/hold.wav", "/assets/{path:.*}", "/desk/vendor/{path:.*}"):
        app.router.add_get(path, static.file)
    return app


def _apis(session: ClientSession, gateway: str, outputs: Mapping[str, str]) -> dict[str, Handler]:
    doors = Proxy(session, f"{gateway}/{outputs['HttpApiId']}/$default")
    found: dict[str, Handler] = {
        # the stage of the REST API is called api, so its addresses begin like ours
        "/api/{path:.*}": Proxy(session, f"{gateway}/{outputs['RestApiId']}"),
        "/webhooks/{path:.*}": doors,
        "/public/{path:.*}": doors,
        "/socket/desk": SocketProxy(session, f"{gateway}/{outputs['DeskSocketApiId']}/live"),
    }
    if chat := outputs.get("ChatSocketApiId"):
        found["/socket/chat"] = SocketProxy(session, f"{gateway}/{chat}/live")
    return found


def _ready(missing: Missing) -> Handler:
    async def ready(_: web.Request) -> web.Response:
        absent = await asyncio.to_thread(missing)
        return web.json_response({"ready": not absent, "missing": absent}, status=503 if absent else 200)

    return ready


def _logins(logins: Sequence[Login]) -> Handler:
    async def told(_: web.Request) -> web.Response:
        return web.json_response({"items": [login.document() for login in logins]})

    return told


@web.middleware
async def own_names_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuses other host names: a page out there could let its name point to loopback (DNS rebinding)."""
    if request.host.rsplit(":", 1)[0] not in HOSTS:
        return web.Response(status=421, text="This centre answers to 127.0.0.1 and localhost only.\n")
    return await handler(request)
