"""What callers hear while they wait: a soft pattern of two tones, made here and served as /hold.wav.

A telephone carries 8,000 samples a second in µ-law (G.711), so the file is made of just these.
"""

import math
import struct
from functools import cache

RATE = 8000
SECONDS = 10
NOTES = (392.00, 523.25, 493.88, 523.25, 440.00, 523.25, 392.00, 329.63)  # G C B C A C G E
NOTE = 1.25  # seconds; eight of them are the whole
LOUD = 5000  # of 32,767: voices are louder
BIAS, CLIP = 0x84, 32_635
MU_LAW, CHANNELS = 7, 1


@cache
def hold_music() -> bytes:
    """The whole WAV file: the same bytes each time."""
    samples = bytes(mu_law(round(_sample(n / RATE))) for n in range(RATE * SECONDS))
    form = struct.pack("<HHIIHHH", MU_LAW, CHANNELS, RATE, RATE, 1, 8, 0)
    fact = struct.pack("<I", len(samples))
    chunks = b"".join(
        _chunk(name, body) for name, body in ((b"fmt ", form), (b"fact", fact), (b"data", samples))
    )
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks


def mu_law(sample: int) -> int:
    """One 16-bit sample as the byte of G.711."""
    sign, size = (0x80, -sample) if sample < 0 else (0, sample)
    size = min(size, CLIP) + BIAS
    exponent = size.bit_length() - 8
    mantissa = size >> (exponent + 3) & 0x0F
    return ~(sign | exponent << 4 | mantissa) & 0xFF


def _sample(at: float) -> float:
    """Each note swells and fades, with its fifth below it, very softly."""
    note, within = divmod(at, NOTE)
    tone = NOTES[int(note) % len(NOTES)]
    swell = math.sin(math.pi * within / NOTE) ** 2
    wave = math.sin(math.tau * tone * at) + 0.5 * math.sin(math.tau * tone * at * 2 / 3)
    return LOUD * swell * wave / 1.5


def _chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
