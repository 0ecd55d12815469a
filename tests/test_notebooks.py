"""The notebooks run top to bottom in a clean kernel, show tables and drawings, and hold no output in git.

Two drawings are kept for the docs; `KG_UPDATE_PICTURES=1` writes them anew.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.sinks.base import sink_for
from tests.sinks.targets import NO_SERVER, Server

ROOT = Path(__file__).parents[1]
NOTEBOOKS = [pytest.param(path, id=path.stem) for path in sorted((ROOT / "notebooks").glob("*.ipynb"))]
HERE = 'kg.connect("../out")'
PICTURES = [  # a notebook, which of its drawings, and its place in docs/pictures
    pytest.param("2_cypher", 1, "notebook_table.svg", id="who sat at the table"),
    pytest.param("3_tenures_and_coattendance", 0, "notebook_tenures.svg", id="tenures"),
]
LIMIT_S = 60
"""Longest time for one cell; all notebooks together take about 20 s."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like a checkout, so that what notebooks write does not land in the real one."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "notebooks").mkdir()
    for path in (ROOT / "notebooks").glob("*.py"):
        (folder / "notebooks" / path.name).write_text(path.read_text("utf-8"), "utf-8")
    (folder / "seeds").symlink_to(ROOT / "seeds")
    return folder


def read(path: Path) -> Any:
    import nbformat

    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]  # has no types


@pytest.fixture(scope="module")
def run(desk: Path) -> Callable[..., list[Any]]:
    """Return what executes a notebook in a kernel of its own, on another target if one is named."""

    @cache
    def execute(path: Path, target: str = HERE) -> list[Any]:
        from nbclient import NotebookClient

        notebook = read(path)
        cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
        (opening,) = (cell for cell in cells if HERE in cell.source)
        opening.source = opening.source.replace(HERE, target)
        NotebookClient(notebook, timeout=LIMIT_S, resources={"metadata": {"path": str(desk / "notebooks")}}).execute()
        return [output for cell in cells for output in cell.outputs]

    return execute


@pytest.fixture(scope="module")
def served(desk: Path, run: Callable[..., list[Any]]) -> Iterator[Server]:
    server = Server()
    if not server.uri:
        pytest.skip(NO_SERVER)
    with server.clean(), pytest.MonkeyPatch.context() as patch:
        run(ROOT / "notebooks" / "1_pages_to_graph.ipynb")
        sink_for("neo4j", server.uri, user=server.user, password=server.password).write(kg.read_graph(desk / "out"))
        patch.setenv("NEO4J_USERNAME", server.user)
        patch.setenv("NEO4J_PASSWORD", server.password)
        yield server


@pytest.mark.notebooks
@pytest.mark.parametrize("path", NOTEBOOKS)
def test_it_runs_without_a_server(path: Path, run: Callable[..., list[Any]]) -> None:
    outputs = run(path)
    assert not [output for output in outputs if output.output_type == "stream"]  # no warnings, no prints
    shown = [output["data"] for output in outputs]
    tables = [data["text/html"] for data in shown if "text/html" in data]
    drawings = _drawings(outputs)
    assert len(tables) >= 2
    assert all("<td>" in table for table in tables)
    assert drawings
    for drawing in drawings:
        assert len(re.findall(r"<(?:circle|rect) ", drawing)) >= 3
        assert re.search(r"<text [^>]*>[^<]*[\u4e00-\u9fff]", drawing)


@pytest.mark.notebooks
@pytest.mark.parametrize(("name", "number", "picture"), PICTURES)
def test_the_docs_show_what_it_draws(run: Callable[..., list[Any]], name: str, number: int, picture: str) -> None:
    drawing, kept = _drawings(run(ROOT / "notebooks" / f"{name}.ipynb"))[number], ROOT / "docs" / "pictures" / picture
    if os.environ.get("KG_UPDATE_PICTURES") == "1":
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(drawing, "utf-8")
    assert drawing == kept.read_text("utf-8"), "KG_UPDATE_PICTURES=1 pytest tests/test_notebooks.py writes it anew"


@pytest.mark.notebooks
@pytest.mark.neo4j
@pytest.mark.parametrize("path", NOTEBOOKS)
def test_by_one_changed_line_it_asks_a_server(path: Path, run: Callable[..., list[Any]], served: Server) -> None:
    answers = [run(path), run(path, f'kg.connect("{served.uri}")')]
    local, remote = ([output["data"].get("text/html") for output in outputs] for outputs in answers)
    assert _without_order(local) == _without_order(remote)


def _drawings(outputs: list[Any]) -> list[str]:
    return [output["data"]["image/svg+xml"] for output in outputs if "image/svg+xml" in output.get("data", {})]


def _without_order(tables: list[str | None]) -> list[object]:
    # What collect() puts into a list has no order; no test of a table's rows, which stay in theirs.
    return [table and re.sub(r"<td>\[(.*?)\]</td>", lambda m: str(sorted(m[1].split(", "))), table) for table in tables]


@pytest.mark.parametrize("path", NOTEBOOKS)
def test_outputs_are_stripped(path: Path) -> None:
    for cell in read(path).cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


@pytest.mark.parametrize("path", NOTEBOOKS)
def test_notebooks_are_thin(path: Path) -> None:
    source = "\n".join(cell.source for cell in read(path).cells if cell.cell_type == "code")
    assert not re.search(r"^\s*(?:def|class) ", source, re.MULTILINE)
    assert source.count("kg.connect(") == 1
