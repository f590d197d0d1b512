"""Plain HTTP to the centre's own addresses."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from infra.cli.answer import NothingRuns

SECONDS = 15


def ask(url: str, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> tuple[int, bytes]:
    """Status and body; raises NothingRuns when nobody listens there."""
    try:
        with urlopen(Request(url, body, dict(headers or {})), timeout=SECONDS) as answer:
            return answer.status, answer.read()
    except HTTPError as refusal:
        return refusal.code, refusal.read()
    except (URLError, TimeoutError, ConnectionError) as error:
        raise NothingRuns(f"Nobody answers at {url}: {getattr(error, 'reason', error)}.") from error


def ask_json(url: str) -> Any:
    status, body = ask(url)
    if status != 200:
        raise NothingRuns(f"{url} answered {status}.")
    return json.loads(body)
