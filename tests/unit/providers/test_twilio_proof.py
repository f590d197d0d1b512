"""Twilio's signature: https://www.twilio.com/docs/usage/security#validating-requests"""

from dataclasses import replace

import pytest

from shared.domain.channel.request import Request
from shared.domain.errors import Untrusted
from shared.providers import twilio
from tests.support.webhooks import FORM, PUBLIC_URL, TOKEN, request, sign

TWIN = {"auth_token": TOKEN}
VECTORS = {
    "a form with a query": (
        "/prod/sms",
        "tenant=acme&v=2",
        FORM,
        "MessageSid=SM00000000000000000000000000000001&AccountSid=AC00000000000000000000000000000001"
        "&From=%2B15005550006&To=%2B15005550010"
        "&Body=H%C3%A9llo%2C+it%27s+5+o%27clock+%2B+100%25+%F0%9F%91%8D&NumMedia=0",
        "RpvIDFKcgK8xTzxxMDe6fq39U2g=",
    ),
    "a repeated field": ("/x", "", FORM, "A=b&A=a&A=a&Z=9", "hfKArQ7Wi2vm83uBHyQ3Tp9lb5I="),
    "no body": ("/voice", "CallSid=CA1&From=%2B15005550006", "", "", "ZA2cldIvD7ywwG5H5xljcvIAm9Q="),
    "json, its hash in the query": (
        "/json",
        "bodySHA256=9239c422a41b555493841e492401a13c6081045f49bd7223f575c7e1f7d86f7f",
        "application/json",
        '{"event":"ping","n":1}',
        "zLMkcdFg4fnO+EwpvoGd5pu0lu8=",
    ),
}


@pytest.mark.parametrize("label", VECTORS)
def test_a_known_signature_is_believed(label: str) -> None:
    path, query, kind, body, proof = VECTORS[label]
    signed = Request(
        "POST", path, query, {"content-type": kind, "x-twilio-signature": proof}, body.encode(), "1"
    )

    twilio.prove(signed, TWIN, PUBLIC_URL)


HONEST = request({"MessageSid": "SM1", "From": "+821055500001", "Body": "안녕 hello 👍"})

FORGERIES = {
    "a byte of the body": replace(HONEST, body=HONEST.body.replace(b"hello", b"hellp")),
    "a field more": replace(HONEST, body=HONEST.body + b"&Extra=1"),
    "an empty field more": replace(HONEST, body=HONEST.body + b"&Extra="),
    "another path": replace(HONEST, path="/webhooks/sms/status"),
    "a query more": replace(HONEST, query="c=1"),
    "no signature": replace(HONEST, headers={"content-type": FORM}),
    "an empty signature": replace(HONEST, headers={"x-twilio-signature": ""}),
    "too short": replace(HONEST, headers={"x-twilio-signature": "AAAA"}),
    "not ASCII": replace(HONEST, headers={"x-twilio-signature": "서명"}),
    "a lone surrogate": replace(HONEST, headers={"x-twilio-signature": "\udc80"}),
    "twice in one header": replace(HONEST, headers={"x-twilio-signature": f"{sign(HONEST)},{sign(HONEST)}"}),
    "somebody else's token": replace(HONEST, headers={"x-twilio-signature": sign(HONEST, "another")}),
    "the empty token's": replace(HONEST, headers={"x-twilio-signature": sign(HONEST, "")}),
    "a thousand fields": replace(HONEST, body=b"&".join(b"f%d=1" % n for n in range(1000))),
    "a hash that is not the body's": replace(HONEST, query="bodySHA256=00"),
}


@pytest.mark.parametrize("label", FORGERIES)
def test_a_forged_request_is_not_trusted(label: str) -> None:
    with pytest.raises(Untrusted):
        twilio.prove(FORGERIES[label], TWIN, PUBLIC_URL)


@pytest.mark.parametrize("secret", [{}, {"auth_token": ""}, {"auth_token": "", "previous_auth_token": ""}])
def test_nothing_is_proven_with_an_empty_token(secret: dict[str, str]) -> None:
    forged = replace(HONEST, headers={"x-twilio-signature": sign(HONEST, "")})

    with pytest.raises(Untrusted):
        twilio.prove(forged, secret, PUBLIC_URL)


def test_the_token_before_a_rotation_still_proves() -> None:
    twilio.prove(HONEST, {"auth_token": "new", "previous_auth_token": TOKEN}, PUBLIC_URL)


@pytest.mark.parametrize("signed_for", ["https://h.example.test", "https://h.example.test:443"])
@pytest.mark.parametrize(
    "known_as", ["https://h.example.test", "https://h.example.test:443", "https://h.example.test/"]
)
def test_the_usual_port_may_or_may_not_be_in_the_signed_address(signed_for: str, known_as: str) -> None:
    bare = replace(HONEST, headers={"content-type": FORM})
    proof = twilio.signature(TOKEN.encode(), f"{signed_for}/webhooks/sms".encode() + _fields(bare))

    twilio.prove(replace(bare, headers={"x-twilio-signature": proof.decode()}), TWIN, known_as)


SHARED = {"auth_token": TOKEN, "webhook_key_SK1": "shared"}


def settled(settings: str, key: str = "shared", algorithm: str = "sha256") -> Request:
    """The honest request, signed with a shared key."""
    signed = next(twilio.signed_strings(HONEST, PUBLIC_URL))
    proof = twilio.signature(key.encode(), signed, algorithm).decode()
    named = {"x-twilio-signature": proof, "x-twilio-webhooks-signature-settings": settings}
    return replace(HONEST, headers={**HONEST.headers, **named})


@pytest.mark.parametrize(
    "settings",
    [
        "key=SK1,algorithm=HMAC_SHA256",
        " algorithm=HMAC_SHA256 , key=SK1",
        "key=SK1,algorithm=HMAC_SHA256,v=2",
    ],
)
def test_a_shared_key_proves_with_the_second_scheme(settings: str) -> None:
    twilio.prove(settled(settings), SHARED, PUBLIC_URL)


@pytest.mark.parametrize(
    "forged",
    [
        settled("key=SK1,algorithm=HMAC_SHA1", algorithm="sha1"),
        settled("key=SK1,algorithm=none"),
        settled("key=SK1"),
        settled("key=SK2,algorithm=HMAC_SHA256"),
        settled("algorithm=HMAC_SHA256"),
        settled("key=SK1,algorithm=HMAC_SHA256", key="another"),
        settled("key=SK1,algorithm=HMAC_SHA256", key=""),
        settled("key=SK1,algorithm=HMAC_SHA256", key=TOKEN),
        settled("", key=TOKEN, algorithm="sha1"),
        settled("junk", key=TOKEN, algorithm="sha1"),
    ],
)
def test_the_second_scheme_trusts_nothing_but_its_own_key_and_algorithm(forged: Request) -> None:
    with pytest.raises(Untrusted):
        twilio.prove(forged, SHARED, PUBLIC_URL)


def test_an_unusual_port_may_be_left_out_by_twilio() -> None:
    bare = replace(HONEST, headers={})
    proof = twilio.signature(TOKEN.encode(), b"http://h.example.test/webhooks/sms" + _fields(bare))

    twilio.prove(
        replace(bare, headers={"x-twilio-signature": proof.decode()}), TWIN, "http://h.example.test:8000"
    )


def test_what_is_signed_are_the_bytes_even_where_they_are_not_utf_8() -> None:
    body = b"MessageSid=SM1&Body=caf%E9+%FF"
    proof = twilio.signature(TOKEN.encode(), b"https://hooks.example.test/xBodycaf\xe9 \xffMessageSidSM1")

    twilio.prove(
        Request("POST", "/x", "", {"x-twilio-signature": proof.decode()}, body, "1"), TWIN, PUBLIC_URL
    )


def _fields(bare: Request) -> bytes:
    return next(twilio.signed_strings(bare, PUBLIC_URL)).removeprefix(f"{PUBLIC_URL}/webhooks/sms".encode())
