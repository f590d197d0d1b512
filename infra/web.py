"""The static files as they are served: pages under a fixed address, everything else under one of its content.

functions/<name>_api/web/ gives: x.html → /x, widget.js with its modules → /widget.js, the rest →
/assets/<release>/<name>/…. What `make build` took from elsewhere (build/vendor/) has the address of its path.
The release is the hash of all files together, so modules go on importing each other by relative names and
a changed file never meets a cached neighbour. Locally the front door serves this; on AWS it is uploaded.
What callers hear while they wait lies at /hold.wav.
"""

import hashlib
import mimetypes
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from infra.hold_music import hold_music
from infra.joined import joined

ROOT = Path(__file__).parents[1]
VENDORED = ROOT / "build/vendor"
FIXED = ("widget.js",)  # on other people's pages, which cannot know a release nor load modules
PARTS = tuple(name.removesuffix(".js") for name in FIXED)  # the folders of what is joined into them
TEXT = (".html", ".js", ".css", ".json", ".svg", ".webmanifest")
MUSIC = "hold.wav"  # the carrier fetches it, which knows no release either
REFERENCE = re.compile(r"""(?<=["'(`=])/assets/""")
KINDS = {".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class WebFile:
    """`key` is the address without its first slash, and the key in the bucket; `policy` names header rules
    of the template."""

    key: str
    body: bytes
    content_type: str
    policy: str


def web_folders() -> dict[str, Path]:
    """Folders with static files, by the name under which their files are found."""
    found = sorted((ROOT / "functions").glob("*_api/web"))
    return {folder.parent.name.removesuffix("_api"): folder for folder in found}


def web_files(folders: dict[str, Path] | None = None) -> dict[str, WebFile]:
    """All files of a release, by key; with those from elsewhere, where no folders are named."""
    sources = list(_sources(web_folders() if folders is None else folders))
    release = _release(sources)
    made = {file.key: file for file in (_made(name, path, release) for name, path in sources)}
    played = {MUSIC: WebFile(MUSIC, hold_music(), "audio/wav", "PageHeaders")}
    beside_widget = played if FIXED[0] in made else {}
    return made | beside_widget | (vendored() if folders is None else {})


def vendored(folder: Path = VENDORED) -> dict[str, WebFile]:
    """What the build took from elsewhere, by key; nothing where it did not."""
    found = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    keys = ((path.relative_to(folder).as_posix(), path) for path in found)
    return {key: WebFile(key, path.read_bytes(), _content_type(path), "PageHeaders") for key, path in keys}


def _sources(folders: dict[str, Path]) -> Iterator[tuple[str, Path]]:
    """Each file with its name among the assets."""
    for name, folder in folders.items():
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.name.startswith(".") and path.parent.name not in PARTS:
                yield f"{name}/{path.relative_to(folder).as_posix()}", path


def _release(sources: Iterable[tuple[str, Path]]) -> str:
    digest = hashlib.sha256()
    for name, path in sources:
        digest.update(f"{name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]


def _made(name: str, path: Path, release: str) -> WebFile:
    body = joined(path).encode() if path.name in FIXED else path.read_bytes()
    if path.suffix in TEXT:
        body = REFERENCE.sub(f"/assets/{release}/", body.decode()).encode()
    if path.suffix == ".html":
        return WebFile(path.name, body, _content_type(path), "PageHeaders")
    if path.name in FIXED:
        return WebFile(path.name, body, _content_type(path), "WidgetHeaders")
    return WebFile(f"assets/{release}/{name}", body, _content_type(path), "AssetHeaders")


def _content_type(path: Path) -> str:
    """Not the machine's own table: some say that a .js file is plain text, which no browser runs."""
    kind = KINDS.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if path.suffix in TEXT else kind
