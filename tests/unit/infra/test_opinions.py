"""The second opinion on the template: what counts as a finding, and what a policy looks like to its tool."""

from pathlib import Path

import pytest
import yaml

from infra.local import template
from infra.opinions import __main__ as opinions
from infra.opinions import accepted, transform
from infra.opinions.finding import Accepted, Finding, idle, left
from infra.opinions.policies import filled
from infra.opinions.tools import NoOpinion, told

FOUND = (Finding("A1", "Table", "no"), Finding("A1", "Files", "no"), Finding("B2", "Table", "no"))


def test_a_finding_is_left_unless_a_reason_covers_its_check_and_place() -> None:
    reasons = (Accepted("A1", "because", "Table"), Accepted("B2", "because"))

    assert left(FOUND, reasons) == (FOUND[1],)


def test_a_reason_that_nothing_needs_any_more_is_told() -> None:
    reasons = (Accepted("A1", "because"), Accepted("A1", "because", "Bus"), Accepted("C3", "because"))

    assert idle(FOUND, reasons) == reasons[1:]


def test_a_tool_that_is_not_there_is_no_clean_opinion(tmp_path: Path) -> None:
    with pytest.raises(NoOpinion, match="make template"):
        told(tmp_path, "checkov")

    def nothing(_: Path) -> list[Finding]:
        raise NoOpinion("it is not there")

    lines, content = opinions.told(opinions.Opinion("a tool", "this", "that", nothing, ()), tmp_path)
    assert not content and "it is not there" in lines[-1]


def test_a_finding_and_a_needless_reason_both_fail(tmp_path: Path) -> None:
    def with_reasons(*reasons: Accepted) -> bool:
        return opinions.told(opinions.Opinion("a tool", "", "", lambda _: [FOUND[0]], reasons), tmp_path)[1]

    assert with_reasons(Accepted("A1", "because"))
    assert not with_reasons()
    assert not with_reasons(Accepted("A1", "because"), Accepted("C3", "because"))


def test_a_policy_is_told_with_names_as_aws_fills_them_in() -> None:
    statement = {
        "Resource": [
            {"Fn::GetAtt": ["Table", "StreamArn"]},
            {"Fn::Sub": "${Files.Arn}/raw/*"},
            {"Fn::Sub": "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Desk}/live/*"},
        ]
    }

    assert filled(statement)["Resource"] == [
        "arn:aws:dynamodb:us-east-1:111122223333:table/table/stream/*",
        "arn:aws:s3:::files/raw/*",
        "arn:aws:execute-api:us-east-1:111122223333:desk/live/*",
    ]


def test_what_the_transform_refuses_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = template.written() | {
        "Resources": {"Broken": {"Type": "AWS::Serverless::Function", "Properties": {}}}
    }
    file = tmp_path / "broken.yaml"
    file.write_text(yaml.safe_dump(broken))
    monkeypatch.setattr(transform, "WRITTEN", (file,))

    found = transform.look(tmp_path)

    assert [one.check for one in found] == ["refused"]


def test_every_decision_has_its_reason() -> None:
    for one in (*accepted.LINT, *accepted.CHECKOV, *accepted.PARLIAMENT, *accepted.TRANSFORM):
        assert len(one.reason) > 15, one.check
