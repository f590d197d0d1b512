"""The doctor's report can be pasted into an issue."""

import pytest

from infra.cli.masked import masked


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("arn:aws:sqs:x:123456789012:q", "arn:aws:sqs:x:<account>:q"),
        ("AKIA" + "ABCD" * 4, "<key>"),
        ("AC0123456789abcdef0123456789abcdef", "<provider's id>"),
        ("kim@shop.kr", "<mail>"),
        ("+821055500001", "<number>"),
        ("+82 10-5550-0001 wrote", "<number> wrote"),
        ("https://d1.cloudfront.net/desk answers 500", "<address>/desk answers 500"),
        ("http://127.0.0.1:8000/desk", "<address>/desk"),
        ("Connect to 10.0.0.7 failed", "Connect to <address> failed"),
        ("no answer of abc123.execute-api.ap-northeast-2.amazonaws.com", "no answer of <address>"),
        ("The user pool ap-northeast-2_aBcD12345", "The user pool <user pool>"),
        ("stack: CREATE_COMPLETE in ap-northeast-2, 2026-11-26 14:06:34.120000+00:00", None),
        ("tools: boto3 1.40.61, SAM 1.146.0", None),
        ("roles: 13 tried a transaction over all their partitions, 13 may", None),
    ],
)
def test_a_report_names_no_account_key_mail_number_or_address(said: str, shown: str | None) -> None:
    assert masked(said) == (shown or said)
