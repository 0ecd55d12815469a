"""The house: its import contracts, what lies where under which name, and what an import may cost."""

from __future__ import annotations

import subprocess
import sys
from itertools import combinations
from pathlib import Path

import pytest

import kg

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "kg"
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST = 250
_PRUNED_SOON = (
    "rules that the learned reader takes over leave with the next pruning; what is left is split, or short enough"
)
LONGER = {
    "relations/meetings.py": _PRUNED_SOON,
    "relations/offices.py": _PRUNED_SOON,
    "relations/papers.py": _PRUNED_SOON,
    "relations/territory.py": _PRUNED_SOON,
    "relations/visits.py": _PRUNED_SOON,
}
"""Modules with more lines than `LONGEST`, and why."""

HEAVY = ("spacy", "onnxruntime", "lxml", "ladybug", "neo4j", "pyarrow", "networkx", "trafilatura", "numpy", "rich")


def test_stages_do_not_know_each_other() -> None:
    from importlinter.cli import lint_imports

    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


def test_four_modules_at_most_lie_at_the_top() -> None:
    assert len([path for path in MODULES if path.parent == PACKAGE]) <= 4


def test_modules_are_short_or_have_a_reason() -> None:
    lines = {path.relative_to(PACKAGE).as_posix(): len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert {name: count for name, count in lines.items() if count > LONGEST}.keys() == LONGER.keys()


def test_no_two_names_differ_by_a_letter() -> None:
    folders = {path.name for path in PACKAGE.rglob("*") if path.is_dir() and path.name != "__pycache__"}
    names = sorted(folders | {path.stem for path in MODULES})
    assert [pair for pair in combinations(names, 2) if is_a_letter_apart(*pair)] == []


def is_a_letter_apart(one: str, other: str) -> bool:
    """Say whether one letter changed, added or left out makes one word the other."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) == len(longer):
        return sum(a != b for a, b in zip(shorter, longer, strict=True)) == 1
    return shorter in {longer[:at] + longer[at + 1 :] for at in range(len(longer))}


@pytest.mark.parametrize(
    ("one", "other", "is_near"),
    [
        pytest.param("view", "views", True, id="added at the end"),
        pytest.param("train", "rain", True, id="left out at the beginning"),
        pytest.param("base", "bare", True, id="changed"),
        pytest.param("names", "names", False, id="equal"),
        pytest.param("read", "reader", False, id="two added"),
        pytest.param("form", "from", False, id="two changed"),
    ],
)
def test_what_a_letter_apart_is(one: str, other: str, is_near: bool) -> None:
    assert is_a_letter_apart(one, other) == is_a_letter_apart(other, one) == is_near


def test_no_module_hides_a_public_name() -> None:
    # Whoever imports kg.query.x has kg.query as a module, and kg.query(…) fails from then on.
    assert {path.stem for path in PACKAGE.iterdir()}.isdisjoint(kg.__all__)


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("import kg; kg.__version__; dir(kg)", id="the library"),
        pytest.param(
            "from click.testing import CliRunner; from kg.cli import main\n"
            "for name in ('', *main.commands):\n"
            "    assert CliRunner().invoke(main, [*name.split(), '--help']).exit_code == 0, name",
            id="--help of every command",
        ),
    ],
)
def test_nothing_heavy_is_imported_before_it_is_needed(statement: str) -> None:
    code = f"import sys\n{statement}\nprint(*sorted(set(sys.modules) & set({HEAVY!r})))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
