"""`make run`: the centre in the foreground, until Ctrl-C or `make stop`."""

import fcntl
import os
import sys
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from infra.local import run_file
from infra.local.centre import AT_ONCE, Centre
from infra.local.deploy import NotDeployed
from infra.local.emulator import NotStarted
from infra.local.front.door import PortTaken
from infra.local.health import handlers_without_code
from infra.local.stop import Stop, Stopped
from infra.settings_file import WrongSettings

ROOT = Path(__file__).parents[2]
PLACE = ROOT / ".patchbay"
LOOK = 0.2  # seconds between two looks at whether to stop
PAGES = {
    "/": "all links",
    "/desk": "agents",
    "/supervisor": "supervisors",
    "/wall": "the wallboard, for supervisors",
    "/admin": "administrators: the settings",
    "/phone": "a customer's phone",
    "/chat": "a shop with the chat widget",
}


def main(argv: Sequence[str] = ()) -> int:
    given = _arguments().parse_args(list(argv))
    PLACE.mkdir(mode=0o700, exist_ok=True)
    with (PLACE / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # the system lets go of it when we die
        except OSError:
            return _refuse("This clone's centre runs already; stop it with: make stop")
        return _run(given.empty)


def _arguments() -> ArgumentParser:
    parser = ArgumentParser(prog="patchbay up")
    parser.add_argument("--empty", action="store_true", help="without the demo's week of synthetic past")
    return parser


def _run(empty: bool) -> int:
    port = os.environ.get("PATCHBAY_PORT", "8000")
    if not port.isdecimal() or int(port) > 65535:
        return _refuse(f"PATCHBAY_PORT must be a port number, not {port!r}.")
    started, stop = time.monotonic(), Stop()
    run_file.forget(PLACE)  # what a centre that was killed left behind
    try:
        centre = Centre(PLACE / "state", int(port), _say, past=not empty)
    except PortTaken:
        return _refuse(f"Port {port} is taken; choose another one: PATCHBAY_PORT=8080 make run")
    try:
        with stop.at_once():
            centre.start()
    except Stopped:
        centre.stop(AT_ONCE)  # it may have been complete already
        return _refuse("Stopped before it was ready.")
    except WrongSettings as error:
        return _refuse(str(error))
    except (NotStarted, NotDeployed) as error:
        return _refuse(f"{error}\nIf the stored data is to blame: make reset")
    try:
        return _serve(centre, time.monotonic() - started, stop)
    finally:
        _say("\nStopping …")
        run_file.forget(PLACE)
        centre.stop()


def _say(line: str) -> None:
    """A terminal that was closed hears nothing more, and that stops nothing."""
    with suppress(OSError):
        print(line, flush=True)


def _serve(centre: Centre, took: float, stop: Stop) -> int:
    """Until somebody stops it (0) or the embedded AWS dies (1)."""
    run_file.write(PLACE, centre)
    centre.emulator.warm_up()
    for line in handlers_without_code():
        _say(f"Careful: {line}")
    _say(_welcome(centre, took))
    while not stop.asked:
        time.sleep(LOOK)
        if not centre.emulator.alive():
            return _refuse(f"The embedded AWS has died; its last words are in {centre.emulator.log}")
    return 0


def _welcome(centre: Centre, took: float) -> str:
    links = [f"  {centre.address + path:36}{what}" for path, what in PAGES.items()]
    logins = [f"  {one.email:28}{one.password:20}{', '.join(one.groups)}" for one in centre.logins]
    begins = f"\nPatchbay runs (ready in {took:.1f} s)."
    return "\n".join([begins, *links, *_mail(centre), "\nLogins", *logins, "\nCtrl-C stops it."])


def _mail(centre: Centre) -> list[str]:
    """Where any mail program can write to the centre."""
    if not centre.mail:
        return []
    return [f"  {'smtp://' + centre.mail.server:36}mails to {centre.mail.address}, by any mail program"]


def _refuse(sentence: str) -> int:
    with suppress(OSError):
        print(sentence, file=sys.stderr)
    return 1
