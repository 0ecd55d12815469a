"""Documentation is run or made: nothing in it may drift."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.cli import main
from scripts import make_docs

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_the_page_of_commands_is_what_the_commands_say() -> None:
    assert make_docs.TARGET.read_text("utf-8") == make_docs.markdown(), "make docs"


def test_every_command_and_option_has_its_words() -> None:
    page = make_docs.TARGET.read_text("utf-8")
    for name, command in main.commands.items():
        assert f"## kg {name}\n" in page
        assert command.help
        for option in command.params:
            assert option.param_type_name == "argument" or getattr(option, "help", None), (name, option.name)


def test_the_session_of_the_readme_prints_what_it_shows() -> None:
    assert make_docs.README.read_text("utf-8") == make_docs.readme(), "make docs"


def test_the_library_example_of_the_readme_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", make_docs.README.read_text("utf-8"), re.DOTALL)
    monkeypatch.chdir(tmp_path)
    Path("news").mkdir()
    for name in ("news.txt", "news/a.txt"):
        Path(name).write_text("2019年6月3日，龙江县县长陆启明主持召开县政府常务会议。", "utf-8")
    names: dict[str, object] = {}
    exec(code, names)
    assert names["graph"].number_of_edges() > 0  # type: ignore[attr-defined]
    assert names["nlp"].pipe_names  # type: ignore[attr-defined]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_pages_name_only_files_and_targets_that_exist(page: Path) -> None:
    text = page.read_text("utf-8")
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"(?:`|^)make ([a-z0-9-]+)", text, re.MULTILINE):
        assert f"\n{target}:" in makefile, target
    for link in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (page.parent / link).exists(), link


def layout() -> list[Path]:
    """Return what the layout of the README names."""
    table = make_docs.README.read_text("utf-8").split("## Layout")[1].split("\n## ")[0]
    named = []
    for row in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE):
        first, *others = re.findall(r"`([^`]+)`", row)
        folder = ROOT / "kg" if first.startswith("kg/") else ROOT
        named.append(ROOT / first)
        named += [folder / name if (folder / name).exists() else ROOT / name for name in others]
    return named


def tasks() -> dict[str, list[Path]]:
    """Return the tasks of CONTRIBUTING.md with the files to touch."""
    table = (ROOT / "CONTRIBUTING.md").read_text("utf-8").split("## Where to go")[1]
    rows = re.findall(r"^\| ([^`|]+) \| (.*) \|$", table, re.MULTILINE)
    return {task: [ROOT / name for name in re.findall(r"`(\w+/[^`]*)`", files)] for task, files in rows if "`" in files}


def test_the_layout_of_the_readme_is_the_layout() -> None:
    assert [path for path in layout() if not path.exists()] == []


def test_the_layout_of_the_readme_names_every_package() -> None:
    packages = {path.parent for path in (ROOT / "kg").glob("*/__init__.py")}
    assert packages <= set(layout())


@pytest.mark.parametrize(("task", "files"), [pytest.param(*row, id=row[0]) for row in tasks().items()])
def test_the_files_of_a_task_exist_in_a_place_that_the_readme_names(task: str, files: list[Path]) -> None:
    assert files, task
    assert [path for path in files if not path.exists()] == []
    assert {path if path.is_dir() else path.parent for path in files} & {*layout(), ROOT / "kg"}


def test_ten_tasks_are_answered() -> None:
    assert len(tasks()) == 10


def test_the_package_has_its_version_in_the_changelog_or_is_unreleased() -> None:
    from kg import __version__

    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert "## Unreleased" in changelog or f"## {__version__}" in changelog
