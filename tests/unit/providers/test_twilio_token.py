"""The token of an agent's browser: the claims of the carrier's page, signed with the account's API key."""

import hmac
import json
from base64 import urlsafe_b64decode
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import pytest
from twilio.jwt.access_token import AccessToken

from shared.providers.twilio_token import has_key, phone_token

AT = datetime(2026, 3, 2, 5, tzinfo=UTC)
SECRET = {
    "account_sid": "AC00000000000000000000000000000001",
    "api_key_sid": "SK00000000000000000000000000000002",
    "api_key_secret": "t0psecret-of-the-key-0123456789ab",
    "auth_token": "another",
}
VECTOR = (
    "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiIsImN0eSI6InR3aWxpby1mcGE7dj0xIn0.eyJqdGkiOiJTSzAwMDAwMD"
    "AwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAyLTE3NzI0Mjc2MDAiLCJpc3MiOiJTSzAwMDAwMDAwMDAwMDAwMDAwMDAw"
    "MDAwMDAwMDAwMDAyIiwic3ViIjoiQUMwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMSIsImlhdCI6MTc3Mj"
    "QyNzYwMCwibmJmIjoxNzcyNDI3NjAwLCJleHAiOjE3NzI0MzEyMDAsImdyYW50cyI6eyJpZGVudGl0eSI6IjhmMmNf"
    "MTEiLCJ2b2ljZSI6eyJpbmNvbWluZyI6eyJhbGxvdyI6dHJ1ZX19fX0.xS4B6AVJ-FEqVc2gSnIxGys8HcEQcM7SXj"
    "NUL-zb9bQ"
)


def read(part: str) -> Any:
    return json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def test_a_token_is_the_same_for_the_same_agent_at_the_same_moment() -> None:
    assert phone_token(SECRET, "8f2c-11", AT) == VECTOR


def test_a_token_is_of_one_agent_and_lets_them_be_rung_for_an_hour() -> None:
    header, claims, _ = phone_token(SECRET, "8f2c-11", AT).split(".")

    assert read(header) == {"typ": "JWT", "alg": "HS256", "cty": "twilio-fpa;v=1"}
    assert read(claims) == {
        "jti": f"{SECRET['api_key_sid']}-1772427600",
        "iss": SECRET["api_key_sid"],
        "sub": SECRET["account_sid"],
        "iat": 1772427600,
        "nbf": 1772427600,
        "exp": 1772431200,
        "grants": {"identity": "8f2c_11", "voice": {"incoming": {"allow": True}}},
    }


def test_an_agent_places_calls_only_where_the_account_has_an_application_for_it() -> None:
    claims = read(phone_token(SECRET | {"twiml_app_sid": "AP3"}, "one", AT).split(".")[1])

    assert claims["grants"]["voice"]["outgoing"] == {"application_sid": "AP3"}


def test_the_proof_is_made_with_the_secret_of_the_key_alone() -> None:
    told, _, proof = phone_token(SECRET, "one", AT).rpartition(".")

    expected = hmac.new(b"t0psecret-of-the-key-0123456789ab", told.encode(), sha256).digest()
    assert urlsafe_b64decode(proof + "=") == expected


def test_the_carriers_own_library_reads_it() -> None:
    token = phone_token(SECRET, "one", datetime.now(UTC))  # it asks whether it still holds

    read_back = AccessToken.from_jwt(token, SECRET["api_key_secret"])

    assert read_back.valid_until > datetime.now(UTC).timestamp()
    assert read_back.payload["grants"]["identity"] == "one"


@pytest.mark.parametrize("name", ["account_sid", "api_key_sid", "api_key_secret"])
def test_without_the_key_of_the_account_there_is_no_token(name: str) -> None:
    assert has_key(SECRET)
    assert not has_key(SECRET | {name: ""})
    assert not has_key({key: value for key, value in SECRET.items() if key != name})
