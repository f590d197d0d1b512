"""Uploads the pages to the bucket behind CloudFront.

Assets have their release in their name and are kept by every cache; pages are kept by none. So nothing
needs to be invalidated, and whoever has a page open finds its assets for a week.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from infra.web import WebFile, web_files

OPEN_PAGES = timedelta(days=7)


def publish(s3: Any, bucket: str) -> int:
    """Assets before the pages that name them; returns how many files the release has."""
    files = web_files()
    for file in sorted(files.values(), key=_pages_last):
        s3.put_object(Bucket=bucket, Key=file.key, Body=file.body, ContentType=file.content_type)
    _sweep(s3, bucket, set(files))
    return len(files)


def empty(s3: Any, bucket: str) -> None:
    """A bucket must be empty before CloudFormation may delete it."""
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        _delete(s3, bucket, [one["Key"] for one in page.get("Contents", [])])


def _pages_last(file: WebFile) -> tuple[bool, str]:
    return not file.key.startswith("assets/"), file.key


def _sweep(s3: Any, bucket: str, current: set[str]) -> None:
    before = datetime.now(UTC) - OPEN_PAGES
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        stored = page.get("Contents", [])
        old = [one["Key"] for one in stored if one["Key"] not in current and one["LastModified"] < before]
        _delete(s3, bucket, old)


def _delete(s3: Any, bucket: str, keys: list[str]) -> None:
    if keys:
        s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": key} for key in keys], "Quiet": True})
