"""The doctor's report can be pasted into an issue."""

from infra.cli.checkup import without_secrets


def test_a_report_names_no_account_key_mail_number_or_address() -> None:
    key = "AKIA" + "ABCDEFGHIJKLMNOP"
    line = f"arn:aws:sqs:x:123456789012:q {key} kim@shop.kr +821055500001 https://d1.cloudfront.net/desk"

    told = without_secrets(line)

    assert told == "arn:aws:sqs:x:<account>:q <key> <mail> <number> <address>/desk"
