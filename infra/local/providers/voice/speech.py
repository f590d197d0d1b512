"""Words as sound: by espeak-ng where it is installed, else a tone as long as the words."""

import math
import shutil
import subprocess
from array import array
from functools import cache, lru_cache

from infra.local.providers.voice.pace import spoken_seconds
from infra.local.providers.voice.wave_file import RATE, read

PATIENCE = 20
TONE, LOUD = 440, 8000


@cache
def program() -> str:
    """ "" where it is not installed."""
    return shutil.which("espeak-ng") or ""


@lru_cache(maxsize=200)
def spoken(text: str, language: str) -> bytes:
    """16 bit samples at 8,000 Hz."""
    if not program():
        return tone(spoken_seconds(text))
    voice = (language or "en").partition("-")[0].lower()
    return _said(text, voice) or _said(text, "en") or tone(spoken_seconds(text))


def _said(text: str, voice: str) -> bytes:
    """The text goes in by standard input: it may begin like an option."""
    command = [program(), "--stdin", "--stdout", "-v", voice, "-s", "165"]
    made = subprocess.run(command, input=text.encode(), capture_output=True, timeout=PATIENCE, check=False)
    try:
        return read(made.stdout) if made.returncode == 0 else b""
    except ValueError:
        return b""


def tone(seconds: float, pitch: int = TONE) -> bytes:
    turn = 2 * math.pi * pitch / RATE
    return array("h", [int(LOUD * math.sin(n * turn)) for n in range(int(seconds * RATE))]).tobytes()
