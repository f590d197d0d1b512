#!/bin/sh
# Makes .venv with everything pinned by hash in requirements/dev.txt, once; a second call needs no network.
# Usage: infra/install.sh [VENV REQUIREMENTS]   (for the tools that cannot live beside the rest: sam, audit)
set -eu
cd "$(dirname "$0")/.."
venv=${1:-.venv}
wanted=${2:-requirements/dev.txt}
stamp=$venv/.installed
log=$venv.log

say() { printf '%s\n' "$*" >&2; }
new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

# What the environment was made of: its place (scripts hold it), its list, our own package's table.
ingredients() { { pwd; echo "$venv"; cat "$wanted" pyproject.toml; } | cksum; }

reasons() { grep '^ERROR' "$log" || tail -n 5 "$log"; }

find_python() {
    for name in ${PYTHON:-python3.13 python3.12 python3.11 python3.14 python3}; do
        if command -v "$name" >/dev/null 2>&1 && new_enough "$name"; then
            echo "$name"
            return
        fi
    done
}

made_of=$(ingredients)
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$made_of" ] && new_enough "$venv/bin/python"; then
    exit 0
fi

python=$(find_python)
if [ -z "$python" ]; then
    say "Patchbay needs Python 3.11 or newer; here is $(python3 --version 2>/dev/null || echo 'no python3 at all')."
    say "Install a newer one (say PYTHON=/path/to/python3.13 if it is not on the PATH) and try again."
    exit 1
fi
if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
    say "$("$python" --version) has no venv module. On Debian and Ubuntu: apt install python3-venv"
    exit 1
fi

say "Installing what Patchbay needs into $venv (once; about a minute) …"
# An environment that was moved or half made is made anew; a working one keeps what it has.
if ! "$venv/bin/python" -m pip --version >/dev/null 2>&1 || ! new_enough "$venv/bin/python"; then
    rm -rf "$venv"
    "$python" -m venv "$venv"
fi
rm -f "$stamp"
pip() { "$venv/bin/python" -m pip --disable-pip-version-check --quiet --no-input "$@" >>"$log" 2>&1; }
: >"$log"
# The list is complete, so nothing else is looked for; what is imported is compiled then, the rest never.
if ! pip install --no-deps --no-compile --require-hashes --requirement "$wanted"; then
    if grep -q 'do not match the hashes\|HASHES' "$log"; then
        say "A fetched package is not the one that is pinned in $wanted, so nothing of it was installed. See $log."
    elif grep -q 'onnection\|esolve\|No matching distribution\|timed out' "$log"; then
        say "The packages cannot be fetched: is this machine on a network that reaches the Python package index? See $log."
    else
        say "Installing the packages failed; see $log:"
        reasons >&2
    fi
    exit 1
fi
if [ "$venv" = .venv ] && ! pip install --no-deps --no-build-isolation --editable . --config-settings editable_mode=compat; then
    say "Installing Patchbay itself into $venv failed; see $log:"
    reasons >&2
    exit 1
fi
echo "$made_of" >"$stamp"
rm -f "$log"
