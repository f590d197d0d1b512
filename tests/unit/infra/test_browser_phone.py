"""The carrier's library for the browser is taken with its hash, or left out with a reason."""

from pathlib import Path

import pytest

from infra.build import browser_phone
from infra.build.browser_phone import LeftOut, proven, take_library
from infra.web import vendored


def a_program(folder: Path, text: str) -> str:
    """Something that is called instead of npm."""
    path = folder / "npm"
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return str(path)


def test_without_npm_it_is_left_out_with_the_reason(tmp_path: Path) -> None:
    said = take_library(tmp_path / "vendor", npm=str(tmp_path / "none"))

    assert said == "Calls in the browser are left out: there is no npm on this machine."
    assert not (tmp_path / "vendor").exists()


def test_without_a_network_it_is_left_out_with_the_reason(tmp_path: Path) -> None:
    said = take_library(tmp_path / "vendor", npm=a_program(tmp_path, "exit 1"))

    assert "npm could not fetch @twilio/voice-sdk@2.18.5" in said


def test_an_archive_with_another_hash_is_not_unpacked(tmp_path: Path) -> None:
    another = 'while [ "$1" != --pack-destination ]; do shift; done; echo other > "$2/other.tgz"'

    said = take_library(tmp_path / "vendor", npm=a_program(tmp_path, another))

    assert "its hash is wrong" in said
    assert not (tmp_path / "vendor").exists()
    with pytest.raises(LeftOut):
        proven(b"other")


def test_what_is_there_already_is_not_taken_again(tmp_path: Path) -> None:
    folder = tmp_path / "vendor"
    folder.mkdir()
    (folder / ".integrity").write_text(browser_phone.INTEGRITY)

    said = take_library(folder, npm=str(tmp_path / "none"))

    assert said == "Calls in the browser: @twilio/voice-sdk@2.18.5 is there."


def test_what_was_taken_is_served_under_the_desks_own_address(tmp_path: Path) -> None:
    (tmp_path / "desk/vendor").mkdir(parents=True)
    (tmp_path / "desk/vendor/twilio-voice.js").write_text("globalThis.Twilio = {}")
    (tmp_path / "desk/vendor/.integrity").write_text("…")

    files = vendored(tmp_path)

    (file,) = files.values()
    assert (file.key, file.content_type) == ("desk/vendor/twilio-voice.js", "text/javascript; charset=utf-8")
    assert vendored(tmp_path / "none") == {}
