"""A refusal is looked up in the provider's table; what the table does not know is a refusal for good."""

import pytest

from shared.domain.channel.carriage import Failed, Later, NoAnswer
from shared.domain.channel.refusal import (
    MISCONFIGURED,
    STOPPED,
    TRY_AGAIN,
    WINDOW_OVER,
    Meaning,
    Refusal,
    outcome,
)

TABLE = {
    "busy": Refusal(TRY_AGAIN, "too_many", not_taken=True),
    "slow": Refusal(TRY_AGAIN, "too_many"),
    "stop": STOPPED,
    "late": WINDOW_OVER,
    "wrong": Refusal(MISCONFIGURED, "configuration"),
    "who knows": Refusal(Meaning.UNKNOWN, "unknown"),
}


@pytest.mark.parametrize(
    ("status", "code", "meant"),
    [
        (400, "busy", Later("too_many", "busy")),
        (503, "busy", Later("too_many", "busy")),
        (503, "slow", NoAnswer("http_503", "slow")),
        (400, "stop", Failed("opted_out", "stop")),
        (400, "late", Failed("window_closed", "late")),
        (403, "wrong", Failed("configuration", "wrong")),
        (400, "who knows", NoAnswer("unknown", "who knows")),
        (400, "never seen", Failed("refused", "never seen")),
        (404, "", Failed("http_404")),
        (429, "", Later("http_429")),
        (500, "", NoAnswer("http_500")),
    ],
)
def test_a_code_and_a_status_mean_one_thing(status: int, code: str, meant: object) -> None:
    assert outcome(TABLE, status, code) == meant


@pytest.mark.parametrize("code", [*TABLE, "", "never seen"])
@pytest.mark.parametrize("status", [500, 502, 504])
def test_what_a_server_may_have_taken_is_tried_again_only_on_the_providers_word(
    code: str, status: int
) -> None:
    again = isinstance(outcome(TABLE, status, code), Later)

    assert again == (code == "busy")
