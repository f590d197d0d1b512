"""What callers hear while they wait is a file that any telephone carries, made by code."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.hold_music import RATE, SECONDS, hold_music, mu_law
from infra.web import web_files


def linear(byte: int) -> int:
    """G.711 the other way round."""
    told = ~byte & 0xFF
    size = (((told & 0x0F) << 3) + 0x84 << (told >> 4 & 7)) - 0x84
    return -size if told & 0x80 else size


@pytest.mark.parametrize(("sample", "byte"), [(0, 0xFF), (32_767, 0x80), (-32_768, 0x00), (-1, 0x7F)])
def test_the_ends_of_the_scale_are_those_of_g_711(sample: int, byte: int) -> None:
    assert mu_law(sample) == byte


@given(st.integers(-32_000, 32_000))
def test_a_sample_comes_back_nearly_as_it_was(sample: int) -> None:
    assert abs(linear(mu_law(sample)) - sample) <= max(8, abs(sample) // 16)


def test_the_file_is_ten_seconds_of_mu_law_and_under_100_kb() -> None:
    music = hold_music()

    assert music[:4] == b"RIFF" and music[8:16] == b"WAVEfmt " and len(music) < 100_000
    assert struct.unpack("<I", music[4:8])[0] == len(music) - 8
    assert struct.unpack("<HHI", music[20:28]) == (7, 1, RATE)
    assert music[-RATE * SECONDS - 8 : -RATE * SECONDS - 4] == b"data"


def test_it_is_heard_and_begins_and_ends_softly_so_that_it_can_go_round() -> None:
    samples = [linear(byte) for byte in hold_music()[-RATE * SECONDS :]]

    loud = (sum(one * one for one in samples) / len(samples)) ** 0.5 / 32_768
    assert 0.01 < loud < 0.2
    assert max(map(abs, samples[:80] + samples[-80:])) < 300


def test_it_is_served_under_one_address_beside_the_widget() -> None:
    music = web_files()["hold.wav"]

    assert (music.body, music.content_type) == (hold_music(), "audio/wav")
