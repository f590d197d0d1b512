"""µ-law (ITU-T G.711) by tables: 8 bits a sample on the wire, 16 bits here (Python 3.13 has no `audioop`)."""

from array import array

BIAS, CLIP = 0x84, 32635


def _louder(code: int) -> int:
    code = ~code & 0xFF
    exponent, mantissa = (code >> 4) & 7, code & 0x0F
    magnitude = ((mantissa << 3) + BIAS << exponent) - BIAS
    return -magnitude if code & 0x80 else magnitude


def _quieter(sample: int) -> int:
    sign = 0x80 if sample < 0 else 0
    magnitude = min(abs(sample), CLIP) + BIAS
    exponent = max(0, magnitude.bit_length() - 8)
    return ~(sign | exponent << 4 | (magnitude >> exponent + 3) & 0x0F) & 0xFF


DECODED = tuple(_louder(code) for code in range(256))
# By the sample's upper 14 bits: µ-law knows no finer ones.
ENCODED = bytes(_quieter((value - 8192) * 4) for value in range(16384))
SILENT = 0xFF


def decoded(wire: bytes) -> bytes:
    return array("h", [DECODED[code] for code in wire]).tobytes()


def encoded(samples: bytes) -> bytes:
    return bytes([ENCODED[(sample >> 2) + 8192] for sample in array("h", samples)])
