"""Files in the bucket as browsers and providers meet them: links, and places for one file."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

import pytest
import urllib3

from infra.local.emulator import Emulator
from shared.adapters import clients
from shared.adapters.files import S3Files
from shared.domain.channel.fetching import Upload

pytestmark = pytest.mark.embedded
NEXT = count(1)
HTTP = urllib3.PoolManager()


@pytest.fixture
def files(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> Iterator[S3Files]:
    bucket = f"media-{next(NEXT)}"
    monkeypatch.setenv("AWS_ENDPOINT_URL", emulator.endpoint)
    where = {"LocationConstraint": "ap-northeast-2"}
    emulator.client("s3").create_bucket(Bucket=bucket, CreateBucketConfiguration=where)
    clients.reset()
    yield S3Files(lambda: clients.client("s3"), lambda: bucket)
    clients.reset()


@pytest.mark.parametrize(
    ("name", "shown", "told"),
    [
        ("a.gif", True, 'inline; filename="a.gif"'),
        ("a.gif", False, 'attachment; filename="a.gif"'),
        ('차 ".gif', False, "attachment; filename=\"_ _.gif\"; filename*=UTF-8''%EC%B0%A8%20%22.gif"),
        ("", False, 'attachment; filename="0"'),
    ],
)  # fmt: skip
def test_a_link_names_the_file_as_people_know_it(files: S3Files, name: str, shown: bool, told: str) -> None:
    files.put("media/C1/E1/0", b"GIF89a", "image/gif")

    answer = HTTP.request("GET", files.link("media/C1/E1/0", 300, name, shown))

    assert (answer.status, answer.data) == (200, b"GIF89a")
    assert answer.headers["content-type"] == "image/gif"
    assert answer.headers["content-disposition"] == told


def test_a_place_takes_one_file_that_is_not_too_large(files: S3Files) -> None:
    place = files.place("uploads/desk/one/U1", 10, 300)

    assert [post(place, body) for body in (b"12345678901", b"1234567890")] == [400, 201]
    assert files.get("uploads/desk/one/U1") == b"1234567890"


@pytest.mark.parametrize("change", [{"key": "media/C1/E1/0"}, {"success_action_status": "200"}])
def test_a_place_is_no_other_place(files: S3Files, change: dict[str, str]) -> None:
    place = files.place("uploads/desk/one/U1", 10, 300)

    assert post(replace(place, fields=dict(place.fields) | change), b"x") == 403
    assert files.names("") == ()


def post(place: Upload, body: bytes) -> int:
    fields = dict(place.fields) | {"file": ("name.gif", body, "image/gif")}
    return int(HTTP.request("POST", place.url, fields=fields).status)
