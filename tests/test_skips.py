"""The rule of tests/conftest.py: in CI a test that did not run fails the run, unless it is allowed by name."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = """
import pytest

@pytest.mark.skip(reason="KG_TEST_NEO4J_URI is not set")
def test_of_a_server(): ...

@pytest.mark.xfail(reason="known", strict=True)
def test_that_fails(): assert False

def test_that_runs(): ...
"""
MODULE = "import pytest\npytest.importorskip('no_such_module')\n"


@pytest.mark.parametrize(
    ("ci", "allowed", "status", "said"),
    [
        pytest.param("", "", 0, "", id="on a desk skips pass"),
        pytest.param("true", "", 1, "of_a_server: .*KG_TEST_NEO4J_URI|test_module.py: ", id="in CI they fail"),
        pytest.param("true", "NEO4J_URI", 1, "test_module.py: .*no_such_module", id="one not allowed fails"),
        pytest.param("true", "NEO4J_URI|no_such_module", 0, "", id="allowed ones pass"),
    ],
)
def test_a_skip_in_ci_is_a_failure(tmp_path: Path, ci: str, allowed: str, status: int, said: str) -> None:
    shutil.copy(Path(__file__).with_name("conftest.py"), tmp_path)
    (tmp_path / "test_some.py").write_text(TESTS, "utf-8")
    (tmp_path / "test_module.py").write_text(MODULE, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", tmp_path],
        cwd=tmp_path,
        env={**os.environ, "CI": ci, "KG_ALLOW_SKIP": allowed},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == status, done.stdout
    told = done.stdout.partition("skipped in CI")[2]
    assert bool(told) == bool(status)
    assert re.search(said, told)
