"""Pages, widget and hashed files, with the headers they have on AWS."""

from pathlib import Path

from aiohttp import web

from infra.local.front.policies import header_policies
from infra.web import WebFile, vendored, web_files, web_folders

LOCAL_PAGES = Path(__file__).parents[1] / "pages"


class Static:
    """Looks at the folders again when a file has changed, so that a reload shows an edit."""

    def __init__(self, address: str, bucket: str) -> None:
        self._folders = web_folders() | {"local": LOCAL_PAGES}
        self._headers = header_policies(f"ws{address.removeprefix('http')}", bucket)
        self._seen: tuple[int, int] = (0, 0)
        self._files: dict[str, WebFile] = vendored()

    async def page(self, request: web.Request) -> web.Response:
        name = request.path.strip("/") or "home"
        file = self._current().get(f"{name}.html")
        if file is None:
            raise web.HTTPNotFound(text=f"There is no page {request.path} (yet).")
        return self._answer(file)

    async def file(self, request: web.Request) -> web.Response:
        file = self._current().get(request.path.removeprefix("/"))
        if file is None:
            raise web.HTTPNotFound(text=f"There is no file {request.path}.")
        return self._answer(file)

    def _answer(self, file: WebFile) -> web.Response:
        headers = self._headers[file.policy] | {"Content-Type": file.content_type}
        return web.Response(body=file.body, headers=headers)

    def _current(self) -> dict[str, WebFile]:
        """This release's files and those of the ones before, whose pages may still be open somewhere."""
        changed = [p.stat().st_mtime_ns for folder in self._folders.values() for p in folder.rglob("*")]
        seen = (len(changed), max(changed, default=0))
        if seen != self._seen:
            self._files |= web_files(self._folders)
            self._seen = seen
        return self._files
