"""S3: report files, and bodies too large for a queue."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any
from urllib.parse import quote

from shared.adapters import refusals
from shared.adapters.clients import AT_ONCE, FAILURES
from shared.adapters.rehearsal import rehearsal
from shared.adapters.threads import in_threads
from shared.domain.channel.fetching import Upload
from shared.domain.errors import TryAgain

MOST_REMOVED = 1000  # of one DeleteObjects


class S3Files:
    def __init__(self, client: Callable[[], Any], bucket: Callable[[], str]) -> None:
        self._client, self._bucket = client, bucket

    def put(self, key: str, body: bytes, content_type: str = "application/octet-stream") -> None:
        try:
            self._client().put_object(Bucket=self._bucket(), Key=key, Body=body, ContentType=content_type)
        except FAILURES as error:
            raise refusals.meaning(error, "the bucket did not take the file") from error

    def get(self, key: str) -> bytes | None:
        """The file, or None when there is none. Raises TryAgain, or Malformed for what can be no key."""
        try:
            answer = self._client().get_object(Bucket=self._bucket(), Key=key)
            return bytes(answer["Body"].read())
        except FAILURES as error:
            if refusals.code_of(error) == "NoSuchKey":
                return None
            raise refusals.meaning(error, "the bucket did not answer") from error

    def each(self, keys: Sequence[str]) -> Iterator[tuple[str, bytes | None]]:
        return in_threads(lambda key: (key, self.get(key)), keys, AT_ONCE)

    def remove(self, keys: Sequence[str]) -> None:
        for start in range(0, len(keys), MOST_REMOVED):
            what = {"Objects": [{"Key": key} for key in keys[start : start + MOST_REMOVED]], "Quiet": True}
            try:
                answer = self._client().delete_objects(Bucket=self._bucket(), Delete=what)
            except FAILURES as error:
                raise refusals.meaning(error, "the bucket did not remove the files") from error
            if answer.get("Errors"):
                raise TryAgain(f"the bucket kept {len(answer['Errors'])} files")

    def rehearse(self) -> None:
        """Writing, and listing, for which botocore reads a file of its own about pages."""
        with rehearsal(self._client(), b""):
            self.put("rehearsal", b"")
            self.names("rehearsal")

    def names(self, prefix: str) -> tuple[str, ...]:
        return tuple(self.sizes(prefix))

    def sizes(self, prefix: str) -> dict[str, int]:
        pages = self._client().get_paginator("list_objects_v2")
        try:
            found = [
                page.get("Contents", ()) for page in pages.paginate(Bucket=self._bucket(), Prefix=prefix)
            ]
        except FAILURES as error:
            raise refusals.meaning(error, "the bucket did not answer") from error
        return {item["Key"]: item["Size"] for page in found for item in page}

    def uri(self, key: str) -> str:
        return f"s3://{self._bucket()}/{key}"

    def link(self, key: str, seconds: int = 3600, name: str = "", shown: bool = False) -> str:
        what = {
            "Bucket": self._bucket(),
            "Key": key,
            "ResponseContentDisposition": _disposition(name or _saved_as(key), shown),
        }
        return str(self._client().generate_presigned_url("get_object", Params=what, ExpiresIn=seconds))

    def place(self, key: str, longest: int, seconds: int) -> Upload:
        """docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html"""
        made = self._client().generate_presigned_post(
            self._bucket(),
            key,
            Fields={"success_action_status": "201"},
            Conditions=[["content-length-range", 1, longest], {"success_action_status": "201"}],
            ExpiresIn=seconds,
        )
        return Upload(made["url"], made["fields"])


def _disposition(name: str, shown: bool) -> str:
    """The name in ASCII for old readers, and as it is (RFC 6266)."""
    plain = "".join(c if c.isascii() and c.isprintable() and c not in '"\\%' else "_" for c in name)
    whole = "" if plain == name else f"; filename*=UTF-8''{quote(name, safe='')}"
    return f'{"inline" if shown else "attachment"}; filename="{plain}"{whole}'


def _saved_as(key: str) -> str:
    """reports/day=2026-01-31/agents.csv is saved as 2026-01-31-agents.csv, so no day hides another."""
    folder, _, name = key.rpartition("/")
    day = folder.rpartition("day=")[2] if "day=" in folder else ""
    return f"{day}-{name}" if day else name
