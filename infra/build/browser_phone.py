"""The carrier's library for calls in the browser: taken from npm, proven by its hash, served by us.

It is never committed. Without npm, or where npm gives something else, the pages go without it: then agents
are rung at their phones alone.
"""

import shutil
import subprocess
import tarfile
import wave
from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha512
from pathlib import Path
from tempfile import TemporaryDirectory

from infra.web import VENDORED

PACKAGE = "@twilio/voice-sdk@2.18.5"
INTEGRITY = "2/tw1IDAIn7j6yFDOln8p93v3aHIxNIN93JwL98cHIlbkSNeU/Jt9zGM/0TvDpNjo+k88lvAew4jgOjKlc9/KA=="
FOLDER = VENDORED / "desk/vendor"
TAKEN = {
    "package/dist/twilio.min.js": "twilio-voice.js",
    "package/LICENSE.md": "twilio-voice.license.txt",
}
PATIENCE = 120  # seconds


@dataclass(frozen=True, slots=True)
class LeftOut(Exception):
    """Why the pages go without it, as a sentence."""

    why: str


def take_library(folder: Path = FOLDER, npm: str = "npm") -> str:
    """What became of it, as a sentence; what was taken before stays while it is the same."""
    stamp = folder / ".integrity"
    if stamp.is_file() and stamp.read_text() == INTEGRITY:
        return f"Calls in the browser: {PACKAGE} is there."
    shutil.rmtree(folder, ignore_errors=True)
    try:
        _unpack(_packed(npm), folder)
    except LeftOut as left:
        return f"Calls in the browser are left out: {left.why}"
    stamp.write_text(INTEGRITY)
    return f"Calls in the browser: {PACKAGE} was taken from npm, and its hash is right."


def _packed(npm: str) -> bytes:
    with TemporaryDirectory() as place:
        try:
            done = subprocess.run(
                [npm, "pack", PACKAGE, "--silent", "--ignore-scripts", "--pack-destination", place],
                cwd=place, capture_output=True, text=True, check=False, timeout=PATIENCE,
            )  # fmt: skip
        except FileNotFoundError as error:
            raise LeftOut("there is no npm on this machine.") from error
        except subprocess.TimeoutExpired as error:
            raise LeftOut(f"npm did not answer within {PATIENCE} s.") from error
        found = sorted(Path(place).glob("*.tgz"))
        if done.returncode or not found:
            raise LeftOut(f"npm could not fetch {PACKAGE}.")
        return proven(found[0].read_bytes())


def proven(archive: bytes) -> bytes:
    """The archive. Raises LeftOut for any other than the one that was looked at."""
    if b64encode(sha512(archive).digest()).decode() != INTEGRITY:
        raise LeftOut(f"npm gave another {PACKAGE} than the one that is known; its hash is wrong.")
    return archive


def _unpack(archive: bytes, folder: Path) -> None:
    folder.mkdir(parents=True)
    with TemporaryDirectory() as place:
        packed = Path(place) / "library.tgz"
        packed.write_bytes(archive)
        with tarfile.open(packed) as found:
            for name, kept in TAKEN.items():
                file = found.extractfile(name)
                (folder / kept).write_bytes(file.read() if file else b"")
    _silence(folder / "silence.wav")


def _silence(path: Path) -> None:
    """In the place of the library's own sounds, which lie at the carrier: the desk rings by itself."""
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(1600))
