"""Any version, shown as a file, reads back to the same document."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import yaml
from hypothesis import given, settings

from functions.channels import traits
from infra.flow_file import Place
from infra.settings_file import SettingsFile, read_settings
from infra.settings_show import text_of
from shared.domain.settings.document import Document, with_calendar, without_calendar
from tests.support.flows import WELCOME
from tests.support.some_settings import documents
from tests.support.teahouse import teahouse


@settings(max_examples=60)
@given(documents())
def test_a_version_that_is_shown_reads_back_to_the_same(told: Document) -> None:
    """Without the checks: also what nobody may put into force is shown as it is."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "centre.yaml"
        path.write_text(text_of(told, 3))
        file = SettingsFile(path)

        place = Place(("ko", "en"), traits().all, ["main"])
        assert (file.centre(), file.members()) == (told.centre, told.members)
        assert file.replies() == told.replies
        assert (file.flows(place), file.based_on()) == (told.flows, 3)
        assert [dict(one) for one in yaml.safe_load(path.read_text()).get("templates", [])] == [
            {
                "channel": one.channel,
                "name": one.name,
                "language": one.language,
                "category": one.category,
                "text": one.text,
                "parameters": list(one.parameters),
            }
            for one in told.templates
        ]


def test_the_days_of_public_holidays_are_not_shown_and_come_back_with_the_next_save(tmp_path: Path) -> None:
    told = with_calendar(teahouse(tmp_path), 2026)
    path = tmp_path / "shown.yaml"
    path.write_text(text_of(told, 7))

    again = read_settings(traits(), path)

    assert "2026-03-01" in told.centre.hours.closed and "2026-03-01" not in path.read_text()
    assert again.document == without_calendar(told)
    assert with_calendar(again.document, 2026) == told


def test_a_version_that_is_shown_brings_its_flows_and_no_folder_is_looked_into(tmp_path: Path) -> None:
    (tmp_path / "flows").mkdir()
    (tmp_path / "flows" / "wrong.yaml").write_text("steps: 3")
    path = tmp_path / "shown.yaml"
    path.write_text(text_of(Document(flows=(WELCOME,)), 1))

    assert read_settings(traits(), path).document.flows == (WELCOME,)


@pytest.mark.parametrize("version", [1, 12])
def test_a_version_that_is_shown_names_itself(version: int) -> None:
    assert text_of(Document(), version).startswith(f"based_on: {version}\n")
