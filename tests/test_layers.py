"""The import contract of pyproject.toml, and what an import may cost."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HEAVY = ("spacy", "onnxruntime", "lxml", "ladybug", "neo4j", "pyarrow", "networkx", "trafilatura", "numpy", "rich")


def test_stages_do_not_know_each_other() -> None:
    from importlinter.cli import lint_imports

    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


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
