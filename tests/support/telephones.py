"""Real telephone programs, not written by us: sipp (scenarios) and baresip (a caller who hears)."""

import asyncio
import os
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from infra.local.providers.voice.speech import tone
from infra.local.providers.voice.wave_file import loudness, read, written

PACKAGES = {"sipp": "sip-tester", "baresip": "baresip-core", "espeak-ng": "espeak-ng", "sox": "sox"}
MODULES = Path("/usr/lib/baresip/modules")
SCENARIO = Path(__file__).parent / "sipp_caller.xml"
PATIENCE = 30


def needs(*programs: str) -> pytest.MarkDecorator:
    missing = [name for name in programs if shutil.which(name) is None]
    packages = " ".join(PACKAGES[name] for name in missing)
    return pytest.mark.skipif(
        bool(missing),
        reason=f"needs {', '.join(missing)}: apt-get install --no-install-recommends {packages}",
    )


needs_raw_sockets = pytest.mark.skipif(
    os.geteuid() != 0, reason="sipp sends keys through a raw socket, which only root may open"
)


async def sipp(to: str, port: int, calls: int = 1, rate: int = 1) -> int:
    """The exit code: 0 where every call went as the scenario says. Each presses 1 and waits for our BYE."""
    program = await asyncio.create_subprocess_exec(
        "sipp", "-sf", str(SCENARIO), "-s", to, "-i", "127.0.0.1", "-mi", "127.0.0.1", "-p", str(free_port()),
        "-m", str(calls), "-r", str(rate), "-nostdin", f"127.0.0.1:{port}",
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        return await asyncio.wait_for(program.wait(), PATIENCE)
    finally:
        if program.returncode is None:
            program.kill()
            await program.wait()


@dataclass
class Baresip:
    """`folder` is where it keeps what it heard."""

    folder: Path
    program: asyncio.subprocess.Process

    def told(self, *commands: str) -> None:
        """What a person would type: /dial sip:…, keys, /hangup."""
        assert self.program.stdin
        self.program.stdin.write("".join(f"{one}\n" for one in commands).encode())


def heard_in(folder: Path) -> float:
    """How loud it was in the one call of a telephone that kept its sound here, once it has ended."""
    (path,) = folder.glob("dump-*-dec.wav")
    return loudness(read(path.read_bytes()))


@asynccontextmanager
async def baresip(folder: Path, account: str, pitch: int = 0) -> AsyncIterator[Baresip]:
    """A telephone that says a tone of this pitch (nothing: silence) for half a minute, and keeps what it
    hears. `account` is its own address, with options of baresip behind it.
    """
    folder.mkdir()
    says = tone(30, pitch) if pitch else bytes(2 * 8000 * 30)
    (folder / "says.wav").write_bytes(written([says]))
    (folder / "config").write_text(_config(folder))
    (folder / "accounts").write_text(f"<{account.partition(';')[0]}>;{account.partition(';')[2]}\n")
    (folder / "contacts").write_text("")
    program = await asyncio.create_subprocess_exec(
        "baresip", "-f", str(folder), stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    made = Baresip(folder, program)
    try:
        yield made
    finally:
        await _ended(made)


async def _ended(phone: Baresip) -> None:
    if phone.program.returncode is None:
        phone.told("/quit")
    try:
        await asyncio.wait_for(phone.program.wait(), 5)
    except TimeoutError:
        phone.program.kill()
        await phone.program.wait()


def _config(folder: Path) -> str:
    first = free_port() // 2 * 2
    lines = (
        "poll_method epoll", f"sip_listen 127.0.0.1:{free_port()}", "net_interface 127.0.0.1",
        f"rtp_ports {first}-{first + 20}", f"audio_source aufile,{folder}/says.wav",
        "audio_player aufile,nowhere",
        "ausrc_srate 8000", "auplay_srate 8000", "ausrc_channels 1", "auplay_channels 1",
        f"module_path {MODULES}", "module stdio.so", "module g711.so",
        "module aufile.so", "module sndfile.so",
        "module_tmp account.so", "module_app menu.so", f"snd_path {folder}",
    )  # fmt: skip
    return "".join(f"{line}\n" for line in lines)


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
