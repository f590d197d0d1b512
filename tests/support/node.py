"""Runs a module of the pages where there is a Node; browsers run the same code everywhere."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

WEB = Path(__file__).parents[2] / "functions/desk_api/web"
NODE = shutil.which("node")
needs_node = pytest.mark.skipif(NODE is None, reason="no Node here; browsers run this code everywhere")


def run(script: str) -> Any:
    """What the script says last, by `say(value)`. `%` is the folder of the pages' files."""
    head = "const say = (value) => console.log(JSON.stringify(value));\n"
    done = subprocess.run(
        [NODE or "node", "--input-type=module"],
        input=head + script.replace('"%/', f'"{WEB.as_uri()}/'),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])
