"""Every shipped data file states source, date and licence, and the check that says so finds what is missing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from scripts import check_licences

HEAD = "# source: invented\n# date: 2026-11-22\n# licence: {licence}\nword\n"
LISTING = "# source: a test\n# date: 2026-11-22\n# licence: MIT\npath\tsource\tdate\tlicence\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a project with one table, one listed file, and kg's own dependencies."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "schema").mkdir()
    (tmp_path / "seeds" / "words.tsv").write_text(HEAD.format(licence="Apache-2.0"), "utf-8")
    (tmp_path / "schema" / "nodes.yaml").write_text("{}", "utf-8")
    (tmp_path / check_licences.LISTING).write_text(LISTING + "schema/*.yaml\tus\t2026-11-22\tApache-2.0\n", "utf-8")
    (tmp_path / "NOTICE").write_text("", "utf-8")
    shutil.copy(check_licences.ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_project_is_clear(capsys: pytest.CaptureFixture[str]) -> None:
    status = check_licences.main()
    assert capsys.readouterr().err == ""
    assert status == 0


def test_a_clear_project_passes(root: Path) -> None:
    statements, faults = check_licences.check_files(root)
    assert faults == []
    assert [s.path for s in statements] == ["schema/nodes.yaml", "seeds/licences.tsv", "seeds/words.tsv"]


@pytest.mark.parametrize(
    ("path", "text", "fault"),
    [
        pytest.param("seeds/new.tsv", "word\n", "lacks source, date, licence", id="a table without its first lines"),
        pytest.param("schema/new.json", "{}", "schema/new.json: 0 rows of", id="a file that is not listed"),
        pytest.param(
            "seeds/new.tsv", HEAD.format(licence="GPL-3.0"), "unknown licence 'GPL-3.0'", id="another licence"
        ),
        pytest.param(
            "seeds/new.tsv",
            HEAD.format(licence="MIT").replace("2026-11-22", "lately"),
            "date 'lately', expected YYYY-MM-DD",
            id="no date",
        ),
        pytest.param(
            check_licences.LISTING,
            LISTING + "schema/*\tus\t2026-11-22\tMIT\nmodel/*\tus\t2026-11-22\tMIT\n",
            "no file fits 'model/*'",
            id="a row that lists nothing",
        ),
        pytest.param(
            check_licences.LISTING,
            LISTING + "schema/*\tus\t2026-11-22\tMIT\nschema/n*\tus\t2026-11-22\tMIT\n",
            "schema/nodes.yaml: 2 rows of",
            id="a file listed twice",
        ),
    ],
)
def test_faults_are_found(root: Path, path: str, text: str, fault: str) -> None:
    (root / path).write_text(text, "utf-8")
    faults = check_licences.check_files(root)[1]
    assert any(fault in found for found in faults), faults
    assert check_licences.main(root) == 1


def test_notice_must_name_the_packages(root: Path) -> None:
    table = HEAD.format(licence="MIT").replace("invented", "PyPI some-words 1.0 (MIT)")
    (root / "seeds" / "words.tsv").write_text(table, "utf-8")
    statements = check_licences.check_files(root)[0]
    assert check_licences.check_notice(root, statements) == ["NOTICE does not name some-words"]
    (root / "NOTICE").write_text("some-words 1.0", "utf-8")
    assert check_licences.check_notice(root, statements) == []


@pytest.mark.parametrize(
    ("licence", "copyleft"),
    [
        pytest.param("GPL-3.0-or-later", True, id="GPL"),
        pytest.param("GNU General Public License v3 (GPLv3)", True, id="GPL classifier"),
        pytest.param("AGPL-3.0-only", True, id="AGPL"),
        pytest.param("MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later", False, id="a choice without GPL"),
        pytest.param("GNU Lesser General Public License v3 (LGPLv3)", False, id="LGPL"),
        pytest.param("Apache-2.0 AND Python-2.0", False, id="permissive"),
    ],
)
def test_copyleft(licence: str, copyleft: bool) -> None:
    assert check_licences.is_copyleft(licence) is copyleft


def test_a_missing_dependency_is_a_fault(root: Path) -> None:
    (root / "pyproject.toml").write_text('[project]\ndependencies = ["no-such-package>=1"]\n', "utf-8")
    assert check_licences.check_dependencies(root) == ({}, ["no-such-package: not installed, run `make setup`"])
