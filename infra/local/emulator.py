"""The embedded AWS as a child process: loopback only, state in a folder of ours, execution roles checked."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import boto3
from botocore.config import Config

from infra.local import sent_mails
from infra.local.stop import held_back

REGION = "ap-northeast-2"
ROOT = Path(__file__).parents[2]
# The emulator's root caller; function roles get keys of their own from it.
ACCESS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
# What a child may see of our environment: not our AWS profile, not our Python path.
INHERITED = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "SSL_CERT_FILE", "SSL_CERT_DIR", "VIRTUAL_ENV")


# A busy machine takes long; one that cannot start at all ends, and is not waited for.
PATIENCE = 120.0


class NotStarted(Exception):
    """The embedded AWS did not come up; the text says where it wrote why."""


class Emulator:
    """`start` returns when it answers; from `keep` on its state is written, and a last time by `stop`. What
    SES sends goes to a mail server on `mail_port`, should one be there.
    """

    def __init__(self, state: Path) -> None:
        self.state = state.resolve()
        self.port = 0
        self.mail_port = 0
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.state / "emulator.log"

    def start(self, patience: float = PATIENCE) -> None:
        for folder in ("data", "s3", "tmp"):
            (self.state / folder).mkdir(parents=True, exist_ok=True)
        self.port = remembered_port(self.state, "aws")
        self.mail_port = remembered_port(self.state, "mail")
        with self.log.open("wb") as log, held_back():
            self._child = subprocess.Popen(
                [sys.executable, "-m", "infra.local.emulator_process", str(os.getpid())],
                cwd=ROOT,
                env=self._environment(),
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C is for us: we stop it when nobody needs it any more
            )
        self._wait(time.monotonic() + patience)

    def stop(self, patience: float = 60) -> None:
        child = self._child
        if child is None:
            return
        child.terminate()
        with suppress(subprocess.TimeoutExpired):
            child.wait(patience)
        with suppress(ProcessLookupError, PermissionError):  # none left, or (macOS) only ended ones
            os.killpg(child.pid, signal.SIGKILL)  # its workers are in its session, and in no other
        child.wait()
        self._child = None

    def keep(self) -> None:
        """The centre is complete: what it holds outlives a kill -9, but for the last seconds."""
        if self._child:
            self._child.send_signal(signal.SIGUSR2)

    def warm_up(self) -> None:
        """Starts the functions a first message meets, in the background."""
        if self._child:
            self._child.send_signal(signal.SIGUSR1)

    def alive(self) -> bool:
        return self._child is not None and self._child.poll() is None

    def session(self) -> boto3.Session:
        return boto3.Session(
            aws_access_key_id=ACCESS["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=ACCESS["AWS_SECRET_ACCESS_KEY"],
            region_name=REGION,
        )

    def client(self, service: str, session: boto3.Session | None = None) -> Any:
        config = Config(connect_timeout=10, read_timeout=60, retries={"total_max_attempts": 3})
        made_by = session or self.session()
        return made_by.client(service, endpoint_url=self.endpoint, config=config)  # type: ignore[call-overload]  # any service, by name

    def _wait(self, until: float) -> None:
        while time.monotonic() < until:
            if not self.alive():
                break
            if answers(f"{self.endpoint}/_ministack/health"):
                return
            time.sleep(0.05)
        self.stop()
        raise NotStarted(f"The embedded AWS did not start. Its last words are in {self.log}")

    def _environment(self) -> dict[str, str]:
        inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
        return (
            inherited
            | ACCESS
            | SETTINGS
            | {
                "GATEWAY_PORT": str(self.port),
                "STATE_DIR": str(self.state / "data"),
                "S3_DATA_DIR": str(self.state / "s3"),
                "TMPDIR": str(self.state / "tmp"),
                sent_mails.SERVER: f"127.0.0.1:{self.mail_port}",
            }
        )


SETTINGS = {
    "BIND_HOST": "127.0.0.1",
    "MINISTACK_HOST": "127.0.0.1",
    "MINISTACK_REGION": REGION,
    "AWS_DEFAULT_REGION": REGION,
    # every function gets the role the template gives it, and no more
    "AUTH": "true",
    "PERSIST_STATE": "1",
    "S3_PERSIST": "1",
    # listeners we do not need, one of which would be on all interfaces
    "IOT_MTLS_ENABLED": "0",
    "SFTP_ENABLED": "0",
    "DOCKER_HOST": "",
    "LOG_LEVEL": "INFO",
    "LAMBDA_WARM_TTL_SECONDS": "900",
    # function workers are not stopped by a wrong byte in a log line
    "PYTHONUTF8": "1",
}


def remembered_port(state: Path, name: str) -> int:
    """The port of the last start, if it is still free: stored addresses (queues, provider) name it."""
    file = state / f"{name}.port"
    try:
        last = int(file.read_text())
    except (FileNotFoundError, ValueError):
        last = 0
    port = free_port(last)
    file.write_text(str(port))
    return port


def free_port(wished: int = 0) -> int:
    """A free loopback port: the wished one when nobody has it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wished))
        except OSError:
            return free_port()
        return int(probe.getsockname()[1])


def answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=1) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False
