"""What a bundle is built for, and the Python that compiles it."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache

from infra.build.bundles import PYTHON

VERSION = ".".join(map(str, PYTHON))


class CannotBuild(Exception):
    """A sentence for the person who builds."""


@dataclass(frozen=True, slots=True)
class Target:
    """`platforms` are pip's words; none means this machine."""

    name: str
    platforms: tuple[str, ...] = ()

    def pip_options(self) -> list[str]:
        if not self.platforms:
            return []
        named = [option for platform in self.platforms for option in ("--platform", platform)]
        return [*named, "--python-version", VERSION, "--implementation", "cp"]


# Lambda's python3.13 stands on Amazon Linux 2023, glibc 2.34.
LAMBDA = Target("arm64", ("manylinux2014_aarch64", "manylinux_2_28_aarch64", "manylinux_2_34_aarch64"))
HERE = Target("here")


@cache
def python() -> str:
    """A python3.13: bytecode is only read by the minor version that wrote it."""
    for name in (os.environ.get("PYTHON313"), f"python{VERSION}", "python3", "python"):
        if name and (found := shutil.which(name)) and (program := _behind(found)):
            return program
    raise CannotBuild(
        f"Building needs Python {VERSION} (Lambda runs it), and there is none on the PATH; "
        "install it, or say where it is: PYTHON313=/path/to/python3.13 make build"
    )


def _behind(program: str) -> str:
    """The interpreter itself, as a version manager may put a script before it; "" for another version."""
    ask = "import sys; print('%d.%d' % sys.version_info[:2], sys.executable)"
    said = subprocess.run([program, "-c", ask], capture_output=True, text=True, check=False).stdout.strip()
    version, _, executable = said.partition(" ")
    return executable if version == VERSION else ""
