"""Settings: the file, what goes over it, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.engine.config import Config, neo4j_settings, parse_columns, read_config
from kg.records.errors import ConfigError


def write(folder: Path, text: str) -> Path:
    path = folder / "kg.toml"
    path.write_text(text, "utf-8")
    return path


def test_without_a_file_the_defaults_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert read_config() == Config()


def test_the_file_of_the_working_directory_is_read_and_overridden(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, 'workers = 2\ntimeout_s = 5\n[columns]\ntext = "正文"\n')
    monkeypatch.chdir(tmp_path)
    assert read_config() == Config(workers=2, timeout_s=5.0, columns=(("text", "正文"),))
    assert read_config(workers=3, metadata=None).workers == 3


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "decided.jsonl").touch()
    config = read_config(write(tmp_path, 'seeds = ["mine"]\njudgements = "decided.jsonl"\n'))
    assert (config.seeds, config.judgements) == ((tmp_path / "mine",), tmp_path / "decided.jsonl")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("worker = 2", r"unknown key 'worker' \(known: seeds, metadata, .*workers", id="a misspelt key"),
        pytest.param("workers = true", "workers: expected a whole number, got True", id="a truth value as a number"),
        pytest.param("timeout_s = '5'", "timeout_s: expected a number of seconds", id="text as a number"),
        pytest.param("seeds = 'mine'", "seeds: expected a list of strings", id="text as a list"),
        pytest.param("columns = 3", "columns: expected a table", id="a number as a table"),
        pytest.param("metadata = 3", "metadata: expected a path", id="a number as a path"),
        pytest.param("workers = 0", "workers: 0, expected 1 to", id="no workers"),
        pytest.param("timeout_s = 0", "timeout_s: 0.0, expected more than 0", id="no time"),
        pytest.param("longest_document = 0", "longest_document: 0, expected 1", id="no room"),
        pytest.param('include = ["novel"]', "unknown kind 'novel' .known: fiction, template", id="an unknown kind"),
        pytest.param('seeds = ["nowhere"]', "seeds: no such folder: .*nowhere", id="a folder that is not there"),
        pytest.param('metadata = "nowhere"', "metadata: no such file: .*nowhere", id="a file that is not there"),
        pytest.param("workers = ", "cannot read the configuration", id="no TOML"),
    ],
)
def test_faults_are_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        read_config(write(tmp_path, text))


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"(?s)worker'.*seeds: expected"):
        read_config(write(tmp_path, "worker = 2\nseeds = 1"))


def test_a_file_named_must_exist(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot read the configuration"):
        read_config(tmp_path / "other.toml")


def test_columns_need_a_field_and_a_column() -> None:
    with pytest.raises(ConfigError, match="'正文' is not field=column"):
        parse_columns("正文")


def test_the_server_is_found_in_the_environment_and_the_password_is_never_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NEO4J_URI", "neo4j://db:7687")
    monkeypatch.setenv("NEO4J_PASSWORD", "geheim")
    monkeypatch.delenv("NEO4J_USERNAME", raising=False)
    monkeypatch.delenv("NEO4J_DATABASE", raising=False)
    settings = neo4j_settings(None, "wang", None, None)
    assert (settings.uri, settings.user, settings.password, settings.database) == (
        "neo4j://db:7687",
        "wang",
        "geheim",
        "neo4j",
    )
    assert "geheim" not in repr(settings)
