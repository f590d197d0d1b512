"""TwiML documents: where the next one comes from, how it is asked for, and what makes it a bad one.

https://www.twilio.com/docs/voice/twiml
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NoReturn
from urllib.parse import urlencode, urljoin
from xml.etree.ElementTree import Element, ParseError, fromstring

import aiohttp
from yarl import URL

from infra.local.providers.voice.proof import proof

FORM = "application/x-www-form-urlencoded"
LARGEST = 64 * 1024
KINDS = frozenset({"text/xml", "application/xml", "text/html"})
UNREACHABLE, TOO_LARGE, UNREADABLE, BAD_KIND = 11200, 11750, 12100, 12300
SENTENCE = "We are sorry, an application error has occurred. Goodbye."
# What may stand inside what. Anything else is error 12100.
PROMPTS = frozenset({"Say", "Play", "Pause"})
NOUNS = frozenset({"Number", "Sip", "Client", "Conference", "Queue"})
INSIDE = {"Gather": PROMPTS, "Dial": NOUNS}


class Trouble(Exception):
    """A document that cannot be got or run; the caller hears Twilio's sentence."""

    def __init__(self, code: int, url: str) -> None:
        super().__init__(f"{code} at {url or 'the given TwiML'}")
        self.code, self.url = code, url


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document is: at a URL, or here as text."""

    url: str = ""
    method: str = "POST"
    fields: Mapping[str, str] = field(default_factory=dict)
    text: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    root: Element
    url: str

    def absolute(self, url: str | None) -> str:
        """An address in this document; the document's own where none is given."""
        return urljoin(self.url, url or "") if self.url else url or ""

    def to(self, node: Element, name: str, fields: Mapping[str, str]) -> Source:
        """The address that an attribute names, with the method that belongs to it."""
        method = node.get("method" if name == "action" else f"{name.removesuffix('Url')}Method")
        return Source(self.absolute(node.get(name)), (method or "POST").upper(), fields)


async def fetch(
    client: aiohttp.ClientSession, source: Source, fields: Mapping[str, str], token: str
) -> Document:
    """Raises Trouble."""
    if source.text:
        return parsed(source.text.encode(), "")
    told = {**fields, **source.fields}
    kind, body = await _asked(client, source, told, token)
    if len(body) > LARGEST:
        raise Trouble(TOO_LARGE, source.url)
    if kind not in KINDS:
        raise Trouble(BAD_KIND, source.url)
    return parsed(body, source.url)


async def _asked(
    client: aiohttp.ClientSession, source: Source, told: Mapping[str, str], token: str
) -> tuple[str, bytes]:
    try:
        async with _request(client, source, told, token) as answer:
            body = await answer.read()
            if not 200 <= answer.status < 300:
                raise Trouble(UNREACHABLE, source.url)
            return answer.content_type, body
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        raise Trouble(UNREACHABLE, source.url) from error


def _request(
    client: aiohttp.ClientSession, source: Source, told: Mapping[str, str], token: str
) -> "aiohttp.client._RequestContextManager":
    if source.method == "GET":
        url = f"{source.url}{'&' if '?' in source.url else '?'}{urlencode(told)}"
        return client.get(URL(url, encoded=True), headers={"X-Twilio-Signature": proof(url, {}, token)})
    headers = {"X-Twilio-Signature": proof(source.url, told, token), "Content-Type": FORM}
    return client.post(URL(source.url, encoded=True), data=urlencode(told), headers=headers)


def parsed(body: bytes, url: str) -> Document:
    """Raises Trouble for what is no TwiML, or holds a verb that this stand-in does not run."""
    from infra.local.providers.voice.verbs import VERBS

    try:
        root = fromstring(body)  # noqa: S314  # our own documents, on loopback
    except (ParseError, ValueError) as error:
        raise Trouble(UNREADABLE, url) from error
    if root.tag != "Response" or any(node.tag not in VERBS for node in root):
        _unreadable(url)
    for node in root:
        if any(child.tag not in INSIDE.get(node.tag, frozenset()) for child in node):
            _unreadable(url)
    return Document(root, url)


def _unreadable(url: str) -> NoReturn:
    raise Trouble(UNREADABLE, url)
