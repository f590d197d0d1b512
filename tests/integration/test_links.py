"""Links to report files: signed in a way that every bucket takes, in every region."""

import ast
from collections.abc import Iterator
from urllib.parse import parse_qs, unquote, urlsplit

import botocore.session
import pytest

from shared.adapters import clients
from shared.adapters.clients import client
from shared.adapters.files import S3Files
from tests.support.tree import modules

SESSION = botocore.session.get_session()
REGIONS = sorted(
    region
    for partition in SESSION.get_available_partitions()
    for region in SESSION.get_available_regions("s3", partition_name=partition)
)
KEY = "reports/day=2026-03-02/events.csv"


@pytest.fixture(autouse=True)
def access(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "token")
    clients.reset()
    yield
    clients.reset()


def a_link(monkeypatch: pytest.MonkeyPatch, region: str) -> str:
    monkeypatch.setenv("AWS_DEFAULT_REGION", region)
    return S3Files(lambda: client("s3"), lambda: "patchbay-files").link(KEY)


@pytest.mark.parametrize("region", REGIONS)
def test_a_link_is_signed_by_version_4_for_the_host_of_its_own_region(
    region: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = urlsplit(a_link(monkeypatch, region))

    asked = parse_qs(link.query)
    assert asked["X-Amz-Algorithm"] == ["AWS4-HMAC-SHA256"]
    assert asked["X-Amz-Credential"][0].split("/")[2:] == [region, "s3", "aws4_request"]
    assert asked["X-Amz-Expires"] == ["3600"]
    assert link.netloc.startswith(f"patchbay-files.s3.{region}.")
    assert unquote(link.path) == f"/{KEY}"


def test_the_embedded_aws_gets_the_path_form(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:4566")

    link = urlsplit(a_link(monkeypatch, "us-east-1"))

    assert (link.netloc, unquote(link.path)) == ("127.0.0.1:4566", f"/patchbay-files/{KEY}")
    assert "AWS4-HMAC-SHA256" in link.query


def test_no_link_is_signed_by_any_other_client() -> None:
    signing = {module.path for module in modules() if _signs(module.tree)}

    assert signing == {"shared/adapters/files.py"}


def _signs(tree: ast.Module) -> bool:
    names = (node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute))
    return any(name.startswith("generate_presigned") for name in names)
