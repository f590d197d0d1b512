"""What the channels over Twilio share: the proof, the form, the words for what went wrong.

https://www.twilio.com/docs/usage/security#validating-requests
https://www.twilio.com/docs/api/errors
"""

import hmac
import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from hashlib import sha256
from urllib.parse import quote

from shared.domain.channel.carriage import Basic, Failed, Later, NoAnswer
from shared.domain.channel.refusal import (
    GIVE_UP,
    MISCONFIGURED,
    STOPPED,
    TRY_AGAIN,
    WINDOW_OVER,
    Meaning,
    Refusal,
    Table,
    outcome,
    told,
)
from shared.domain.channel.request import Request
from shared.domain.errors import Untrusted
from shared.domain.timeline.entry import Delivery
from shared.providers.form import as_sent

API_URL = "https://api.twilio.com"

SETTINGS = "x-twilio-webhooks-signature-settings"
ALGORITHMS = {"HMAC_SHA256": "sha256"}
OF_CALLS = b"patchbay call"
DEFAULT_PORT = {"https": "443", "http": "80"}

# What became of a message, in our words; those on the way there are no news.
STATES = {
    "sent": Delivery.SENT,
    "delivered": Delivery.DELIVERED,
    "read": Delivery.READ,
    "undelivered": Delivery.FAILED,
    "failed": Delivery.FAILED,
    "canceled": Delivery.FAILED,
}
ON_THE_WAY = frozenset({"accepted", "scheduled", "queued", "sending"})

# 20003 is worth another try, because the token may just have been rotated. Of 20500 Twilio itself says that
# who sends again may send twice.
REFUSALS: Table = {
    "20003": Refusal(TRY_AGAIN, "not_authorised"),
    "20404": Refusal(MISCONFIGURED, "configuration"),
    "20429": Refusal(TRY_AGAIN, "too_many", not_taken=True),
    "20500": Refusal(Meaning.UNKNOWN, "unknown"),
    "20503": Refusal(TRY_AGAIN, "unavailable", not_taken=True),
    "21210": Refusal(MISCONFIGURED, "configuration"),
    "21211": Refusal(GIVE_UP, "bad_number"),
    "21212": Refusal(MISCONFIGURED, "configuration"),
    "21214": Refusal(GIVE_UP, "unreachable"),
    "21215": Refusal(MISCONFIGURED, "region_not_enabled"),
    "21216": Refusal(GIVE_UP, "blocked"),
    "21217": Refusal(GIVE_UP, "bad_number"),
    "21220": Refusal(GIVE_UP, "call_over"),
    "21408": Refusal(MISCONFIGURED, "region_not_enabled"),
    "21606": Refusal(MISCONFIGURED, "configuration"),
    "21610": STOPPED,
    "21612": Refusal(GIVE_UP, "unreachable"),
    "21614": Refusal(GIVE_UP, "bad_number"),
    "21617": Refusal(GIVE_UP, "too_long"),
    "21730": Refusal(TRY_AGAIN, "unavailable", not_taken=True),
    "30001": Refusal(TRY_AGAIN, "too_many", not_taken=True),
    "30003": Refusal(GIVE_UP, "unreachable"),
    "30004": Refusal(GIVE_UP, "blocked"),
    "30005": Refusal(GIVE_UP, "bad_number"),
    "30006": Refusal(GIVE_UP, "unreachable"),
    "30007": Refusal(GIVE_UP, "filtered"),
    "30008": Refusal(GIVE_UP, "unknown"),
    "30017": Refusal(GIVE_UP, "congestion"),
    "30034": Refusal(MISCONFIGURED, "configuration"),
    "63016": WINDOW_OVER,
}


def messages(secret: Mapping[str, str], api_url: str = "") -> tuple[str, Basic]:
    """The address of an account's messages, and who asks for them."""
    base, auth = calls(secret, api_url)
    return f"{base}/Messages.json", auth


def calls(secret: Mapping[str, str], api_url: str = "") -> tuple[str, Basic]:
    """What the addresses of an account's calls and recordings begin with, and who asks for them."""
    account, base = secret.get("account_sid", ""), (api_url or API_URL).rstrip("/")
    return f"{base}/2010-04-01/Accounts/{quote(account)}", Basic(account, secret.get("auth_token", ""))


def call_key(secret: Mapping[str, str]) -> str:
    """What the places in the addresses of a call are signed with; "" without an auth token: nothing is."""
    return next(iter(call_keys(secret)), "")


def call_keys(secret: Mapping[str, str]) -> tuple[str, ...]:
    """The same, and that of the auth token before: who was on the line while it was changed stays there."""
    tokens = (secret.get("auth_token"), secret.get("previous_auth_token"))
    return tuple(hmac.digest(token.encode(), OF_CALLS, "sha256").hex() for token in tokens if token)


def reason(code: str) -> str:
    """Our word for a Twilio error code as text; `refused` for one we do not know, "" for none."""
    refusal = told(REFUSALS, code)
    return refusal.reason if refusal else ""


def refusal(status: int, code: str) -> Failed | Later | NoAnswer:
    """What an answer outside 2xx means for the message."""
    return outcome(REFUSALS, status, code)


def prove(request: Request, secret: Mapping[str, str], public_url: str) -> None:
    """Raises Untrusted unless Twilio signed this request with the account's auth token (or the one before),
    or with a shared key that we know.

    The signature covers the URL as Twilio was told to call it and every form field. There is no
    timestamp in it: a captured request can be replayed, and only the message's SID tells.
    """
    given = request.headers.get("x-twilio-signature", "").encode("utf-8", "surrogatepass")
    algorithm, keys = _keys(request.headers.get(SETTINGS), secret)
    signed = list(signed_strings(request, public_url))
    # No early end: the time taken must not tell which of them nearly fitted.
    fits = [hmac.compare_digest(given, signature(k.encode(), s, algorithm)) for k in keys for s in signed]
    if not any(fits):
        raise Untrusted("twilio signature")


def signature(key: bytes, signed: bytes, algorithm: str = "sha1") -> bytes:
    return b64encode(hmac.digest(key, signed, algorithm))


def _keys(told: str | None, secret: Mapping[str, str]) -> tuple[str, list[str]]:
    """The algorithm, and the keys a request may be signed with: the auth tokens with SHA-1, or what the
    header of the second scheme says, `key=SK…,algorithm=HMAC_SHA256`. The secret of a shared key lies in
    ours as `webhook_key_SK…`. The header is no proof: it only chooses among keys that we have.
    """
    if told is None:
        tokens = (secret.get("auth_token"), secret.get("previous_auth_token"))
        return "sha1", [token for token in tokens if token]
    pairs = [part.partition("=") for part in told.split(",")]
    settings = {name.strip().lower(): value.strip() for name, _, value in pairs}
    algorithm = ALGORITHMS.get(settings.get("algorithm", ""))
    key = secret.get(f"webhook_key_{settings.get('key', '')}")
    if algorithm is None or not key:
        raise Untrusted("twilio signature settings")
    return algorithm, [key]


def signed_strings(request: Request, public_url: str) -> Iterator[bytes]:
    """The strings Twilio may have signed: its back ends disagree on whether the port belongs to the URL."""
    query = f"?{request.query}" if request.query else ""
    url = f"{public_url.rstrip('/')}{request.path}{query}"
    fields = _fields_to_sign(request)
    for variant in urls(url):
        yield variant.encode("utf-8", "surrogatepass") + fields


def urls(url: str) -> tuple[str, ...]:
    """The URL, without its port, and with the usual one: each once."""
    found = re.match(r"(https?)://([^/:?#]+)(:\d+)?(.*)", url, re.DOTALL)
    if not found:
        return (url,)
    scheme, host, port, rest = found.groups()
    variants = (
        url,
        f"{scheme}://{host}{rest}",
        f"{scheme}://{host}{port or ':' + DEFAULT_PORT[scheme]}{rest}",
    )
    return tuple(dict.fromkeys(variants))


def _fields_to_sign(request: Request) -> bytes:
    """Names and values of the form, sorted; nothing for a body whose hash stands in the query instead."""
    told = re.search(r"(?:^|&)bodySHA256=([0-9a-fA-F]*)", request.query)
    if told:
        if told[1].lower() != sha256(request.body).hexdigest():
            raise Untrusted("twilio body hash")
        return b""
    # Bytes sort as code points do. A field given twice is signed with its distinct values, sorted.
    try:
        pairs = set(as_sent(request.body))
    except ValueError as error:
        raise Untrusted("twilio form") from error
    return "".join(name + value for name, value in sorted(pairs)).encode("latin-1")
