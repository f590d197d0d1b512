"""Where the tools are. Those that cannot live beside the rest have an environment of their own."""

import os
import subprocess
import sys
from pathlib import Path

from infra.local.template import ROOT

OWN = ROOT / ".venv-template" / "bin"
BESIDE = Path(sys.executable).parent
PATIENCE = 300  # seconds


def told(folder: Path, tool: str, *arguments: str) -> str:
    """What a tool prints. Raises NoOpinion when it is not there, or prints nothing but complaints."""
    if not (folder / tool).exists():
        raise NoOpinion(f"{tool} is not installed; run: make template")
    done = subprocess.run(
        [folder / tool, *arguments],
        cwd=ROOT,
        env=os.environ | {"PYTHONWARNINGS": "ignore"},  # a tool's old spelling is no complaint about ours
        stdin=subprocess.DEVNULL,  # parliament would wait there for a policy
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    if done.stderr.strip() and not done.stdout.strip():
        raise NoOpinion(f"{tool} failed: {done.stderr.strip()[-500:]}")
    return done.stdout


class NoOpinion(Exception):
    """A tool could not look: that is no "nothing found"."""
