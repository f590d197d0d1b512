"""Samples: µ-law, WAV files, mixing, and words as sound."""

import struct
import wave
from array import array
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.local.providers.voice import mulaw, speech
from infra.local.providers.voice.wave_file import loudness, mixed, read, written

SAMPLE = st.integers(-32768, 32767)
SAMPLES = st.lists(SAMPLE, max_size=200).map(lambda values: array("h", values).tobytes())
NEGATIVE_ZERO = 0x7F


def test_every_code_comes_back_as_it_was() -> None:
    codes = bytes(code for code in range(256) if code != NEGATIVE_ZERO)

    assert mulaw.encoded(mulaw.decoded(codes)) == codes
    assert mulaw.decoded(bytes([NEGATIVE_ZERO, mulaw.SILENT])) == bytes(4)


@given(SAMPLE)
def test_a_sample_loses_little_on_the_wire(sample: int) -> None:
    (back,) = array("h", mulaw.decoded(mulaw.encoded(array("h", [sample]).tobytes())))

    assert abs(back - sample) <= abs(sample) / 16 + 40 or abs(sample) > 32000


@given(SAMPLES, SAMPLES)
def test_mixing_is_the_sum_within_what_a_sample_can_hold(one: bytes, other: bytes) -> None:
    together = array("h", mixed([one, other]))

    assert together.tobytes() == mixed([other, one])
    assert len(together) == max(len(one), len(other)) // 2
    first, second = array("h", one), array("h", other)
    if first and second:
        assert together[0] == min(max(first[0] + second[0], -32768), 32767)


@given(SAMPLES, SAMPLES)
def test_what_is_written_is_read_again(one: bytes, other: bytes) -> None:
    assert read(written([one])) == one
    assert len(read(written([one, other]))) == max(len(one), len(other))


@pytest.mark.parametrize("rate", [8000, 16000, 22050, 44100])
def test_a_file_of_any_rate_becomes_one_of_ours(rate: int) -> None:
    made = BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(struct.pack("<2h", 1000, -1000) * rate)

    samples = array("h", read(made.getvalue()))

    assert len(samples) == 8000
    assert set(samples) == {1000}


@given(st.binary(max_size=200))
def test_what_is_no_file_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"WAV|16 bits"):
        read(body)


@pytest.mark.parametrize("language", ["ko-KR", "en-US", "xx-XX", ""])
@pytest.mark.parametrize("text", ["안녕하세요", "--help", "-v", "1 & 2 <b>"])
def test_words_become_sound_in_every_language(text: str, language: str) -> None:
    assert loudness(speech.spoken(text, language)) > 0.01


def test_without_a_voice_words_are_a_tone_as_long_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speech, "program", lambda: "")
    speech.spoken.cache_clear()
    short, long = (speech.spoken(text, "ko") for text in ("안녕", "안녕하세요, 무엇을 도와드릴까요?"))
    speech.spoken.cache_clear()

    assert loudness(short) > 0.01
    assert len(long) > len(short)
