"""The text index in S3: a file for each part, written whole and only over the version that was read.

docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
"""

import os
import re
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from shared.adapters import refusals, text_index
from shared.adapters.clients import FAILURES
from shared.adapters.rehearsal import rehearsal
from shared.domain.errors import Conflict
from shared.domain.timeline.searched import Found, Indexed, Part, newest_first

FOLDER, ENDING = "texts/", ".db"
MOST_KEPT = 350_000_000  # bytes; a function has 512 MB of disk
LOST = frozenset({"PreconditionFailed", "ConditionalRequestConflict", "NoSuchKey"})
TRIES = 5


class S3Finder:
    """Files that were read are kept in `folder` until a newer one takes their place."""

    def __init__(self, client: Callable[[], Any], bucket: Callable[[], str], folder: str = "") -> None:
        self._client, self._bucket = client, bucket
        self._folder = Path(folder or tempfile.gettempdir()) / f"texts-{os.getpid()}"
        self._versions: dict[str, str] = {}

    def rehearse(self) -> None:
        """Listing, for which botocore reads a file of its own about pages, and reading."""
        with rehearsal(self._client(), b""):
            self.parts()
            self._client().get_object(Bucket=self._bucket(), Key=FOLDER)["Body"].read()

    def parts(self) -> tuple[str, ...]:
        """One request, which tells the versions as well."""
        try:
            pages = self._client().get_paginator("list_objects_v2")
            found = [p.get("Contents", ()) for p in pages.paginate(Bucket=self._bucket(), Prefix=FOLDER)]
        except FAILURES as error:
            raise refusals.meaning(error, "the text index did not answer") from error
        files = [item for page in found for item in page if item["Size"]]
        self._versions = {_name(item["Key"]): item["ETag"] for item in files}
        return newest_first(self._versions)

    def find(self, part: str, marks: Sequence[str], before: int = 0, limit: int = 50) -> tuple[Found, ...]:
        """As the part was when `parts` was asked last."""
        path = self._kept(part)
        return text_index.found(str(path), marks, before, limit) if path else ()

    def add(self, part: str, lines: Sequence[Indexed]) -> None:
        """Who was slower than another writer reads again and adds to what that one wrote."""
        for tries in range(TRIES):
            body, version = self._body(part)
            try:
                return self._put(part, text_index.added(body, lines), version)
            except Conflict:
                if tries == TRIES - 1:
                    raise
        return None

    def read(self, part: str) -> Part:
        body, version = self._body(part)
        path = self._keep(part, version, body) if body else None
        return Part(part, version, text_index.lines(str(path)) if path else ())

    def replace(self, part: Part, lines: Iterable[Indexed]) -> None:
        """A part without lines stays as an empty file: to remove it could remove what came since."""
        self._put(part.name, text_index.written(lines), part.version)

    def _kept(self, part: str) -> Path | None:
        version = self._versions.get(part, "")
        path = self._path(part, version)
        if version and path.exists():
            path.touch()
            return path
        body, now = self._body(part)
        if not body:
            return None
        self._versions[part] = now
        return self._keep(part, now, body)

    def _keep(self, part: str, version: str, body: bytes) -> Path:
        """The file beside which no older one of its part stays; whoever reads that one has it open."""
        path = self._path(part, version)
        path.parent.mkdir(parents=True, exist_ok=True)
        for older in path.parent.glob(f"{part}.*"):
            older.unlink(missing_ok=True)
        self._make_room(len(body))
        path.write_bytes(body)
        return path

    def _make_room(self, size: int) -> None:
        """What was not used for longest goes first."""
        kept = sorted(self._folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in kept:
            size += path.stat().st_size
            if size > MOST_KEPT:
                path.unlink(missing_ok=True)

    def _path(self, part: str, version: str) -> Path:
        return self._folder / f"{part}.{re.sub(r'[^0-9a-zA-Z-]', '', version)}"

    def _body(self, part: str) -> tuple[bytes, str]:
        """The file and its version; nothing and "" where there is none."""
        try:
            answer = self._client().get_object(Bucket=self._bucket(), Key=_key(part))
            return bytes(answer["Body"].read()), str(answer["ETag"])
        except FAILURES as error:
            if refusals.code_of(error) == "NoSuchKey":
                return b"", ""
            raise refusals.meaning(error, "the text index did not answer") from error

    def _put(self, part: str, body: bytes, version: str) -> None:
        told = {"IfMatch": version} if version else {"IfNoneMatch": "*"}
        try:
            self._client().put_object(Bucket=self._bucket(), Key=_key(part), Body=body, **told)
        except FAILURES as error:
            if refusals.code_of(error) in LOST:
                raise Conflict((0,)) from error
            raise refusals.meaning(error, "the text index was not written") from error


def _key(part: str) -> str:
    return f"{FOLDER}{part}{ENDING}"


def _name(key: str) -> str:
    return key.removeprefix(FOLDER).removesuffix(ENDING)
