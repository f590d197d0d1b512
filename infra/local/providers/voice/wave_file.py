"""WAV files: read at any rate, written at 8,000 Hz; and what is done with samples (16 bits, mono)."""

import io
import math
import wave
from array import array
from itertools import pairwise, zip_longest

RATE = 8000
LOWEST, HIGHEST = -32768, 32767


def read(body: bytes) -> bytes:
    """Its samples, both channels in one. Raises ValueError for what is no PCM of 16 bits."""
    try:
        with wave.open(io.BytesIO(body)) as file:
            width, channels, rate = file.getsampwidth(), file.getnchannels(), file.getframerate()
            frames = file.readframes(file.getnframes())
    except (wave.Error, EOFError) as error:
        raise ValueError("no WAV file") from error
    if width != 2:
        raise ValueError("not 16 bits")
    samples = array("h", frames[: len(frames) // (2 * channels) * 2 * channels])
    return at_our_rate(samples[::channels], rate)


def at_our_rate(samples: "array[int]", rate: int) -> bytes:
    """The average of what falls into one of our samples, so that higher tones do not fold back."""
    if rate == RATE or not samples:
        return samples.tobytes()
    step, count = rate / RATE, int(len(samples) * RATE / rate)
    edges = [int(n * step) for n in range(count + 1)]
    parts = (samples[low : max(high, low + 1)] for low, high in pairwise(edges))
    return array("h", [sum(part) // len(part) for part in parts]).tobytes()


def written(tracks: list[bytes]) -> bytes:
    """A file with one channel, or two."""
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(len(tracks))
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(tracks[0] if len(tracks) == 1 else _side_by_side(tracks))
    return made.getvalue()


def _side_by_side(tracks: list[bytes]) -> bytes:
    woven = array("h")
    for pair in zip_longest(*(array("h", track) for track in tracks), fillvalue=0):
        woven.extend(pair)
    return woven.tobytes()


def mixed(tracks: list[bytes]) -> bytes:
    """The sum, clipped."""
    heard = [array("h", track) for track in tracks if track]
    if len(heard) < 2:
        return heard[0].tobytes() if heard else b""
    sums = (sum(values) for values in zip_longest(*heard, fillvalue=0))
    return array("h", [min(max(value, LOWEST), HIGHEST) for value in sums]).tobytes()


def loudness(samples: bytes) -> float:
    """Root mean square, 1.0 for the loudest there is."""
    values = array("h", samples)
    return math.sqrt(sum(value * value for value in values) / max(1, len(values))) / HIGHEST
