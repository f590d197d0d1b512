"""The page behind a mail's unsubscribe link: it asks, and one press of its button ends our programs' mails.

Mail programs with a button of their own send the same POST without showing the page.
"""

from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256

from aws_lambda_powertools.event_handler import Response

from functions import channels
from functions.channels.email.channel import CHANNEL
from functions.channels.email.unsubscribe import Act, Recipient, act, recipient
from shared.domain.text import language_tag
from shared.domain.words.to_customers import say
from shared.edge import front
from shared.edge.settings import environment
from shared.edge.wiring import ports
from shared.use_cases.customer.unsubscribe import Unsubscribe

STYLE = """
body { display: grid; min-height: 100dvh; margin: 0; place-items: center; background: var(--paper); }
main { max-width: 27rem; margin: 1rem; padding: 2rem 1.8rem; color: var(--ink); background: var(--surface);
  border: 1px solid var(--line); border-radius: 16px; font: 1rem/1.6 var(--font); word-break: keep-all; }
h1 { margin: 0 0 .6rem; font-size: 1.25rem; line-height: 1.35; }
p { margin: 0; color: var(--quiet); }
button { width: 100%; margin-top: 1.4rem; padding: .8rem 1rem; color: var(--on-accent); cursor: pointer;
  background: var(--accent); border: 0; border-radius: 10px; font: 600 1rem/1.3 var(--font); }
button:hover { background: var(--accent-strong); }
button:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
"""
POLICY = (
    "default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
    f"style-src 'self' 'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'"
)
HEADERS: dict[str, str | list[str]] = {
    "cache-control": "no-store",
    "content-security-policy": POLICY,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex",
}
BUTTON = '<form method="post"><button>{}</button></form>'


def answer(method: str, token: str, headers: Mapping[str, str]) -> "Response[str]":
    """Whatever a POST holds, it unsubscribes; a GET changes nothing, for scanners follow every link. Raises
    Refused for what came past the front.
    """
    front.require(headers)
    language = language_tag(headers.get("accept-language", "")) or "ko"
    known = _recipient(token)
    asked = act(method, known)
    if known is None or asked is Act.NOTHING:
        return _page(404, language, "unsubscribe_over")
    if asked is Act.ASK:
        return _page(200, language, "unsubscribe_ask", BUTTON.format(say("unsubscribe_button", language)))
    ended = Unsubscribe(ports().store, channels.now)(known.customer_id, known.address, CHANNEL.name)
    return _page(200, language, "unsubscribe_done") if ended else _page(404, language, "unsubscribe_over")


def _recipient(token: str) -> Recipient | None:
    """Nobody, while the channel is off."""
    secret_id = environment.read(f"{CHANNEL.name.upper()}_SECRET_ID", "the secret of email", "")
    if not secret_id:
        return None
    return recipient(token, (one.get("thread_key", "") for one in ports().secrets.candidates(secret_id)))


def _page(status: int, language: str, words: str, form: str = "") -> "Response[str]":
    title, sentence = say(f"{words}_title", language), say(words, language)
    shown = language if language == "ko" else "en"
    html = f"""<!doctype html>
<html lang="{shown}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><link rel="stylesheet" href="/assets/desk/kit/tokens.css"><style>{STYLE}</style></head>
<body><main><h1>{title}</h1><p>{sentence}</p>{form}</main></body>
</html>
"""
    return Response(status, "text/html; charset=utf-8", html, HEADERS)
