#!/usr/bin/env bash
# Installs kg (editable) and its development tools into .venv. Plain Python is enough; uv is used when present.
set -euo pipefail
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

install_debian() {
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "installing the Debian package $1"
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
    else
        echo "kg needs the Debian package $1: sudo apt-get install $*" >&2
        exit 1
    fi
}

if ! is_new_enough "$python"; then
    for candidate in python3.13 python3.12 python3.11; do
        if is_new_enough "$candidate"; then python=$candidate && break; fi
    done
fi
if ! command -v uv >/dev/null && ! command -v "$python" >/dev/null; then install_debian python3 python3-venv; fi
if ! command -v uv >/dev/null && ! is_new_enough "$python"; then
    echo "kg needs Python 3.11 or later, $python is $("$python" --version 2>&1); name another with PYTHON=" >&2
    exit 1
fi

echo "setting up .venv (once; again when pyproject.toml changes)"
if command -v uv >/dev/null; then
    [ -x .venv/bin/python ] || uv venv --quiet --python "$(is_new_enough "$python" && echo "$python" || echo 3.11)" .venv
    uv pip install --quiet --python .venv/bin/python --editable '.[dev]'
else
    if ! .venv/bin/python -c 'import pip' 2>/dev/null; then # absent, or left half-made
        "$python" -c 'import ensurepip, venv' 2>/dev/null || install_debian python3-venv
        "$python" -m venv --clear .venv
    fi
    # Debian 12's pip does not know that html_clean and html-clean are one extra, and warns.
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=24'
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
fi
