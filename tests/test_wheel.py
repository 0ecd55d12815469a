"""The wheel is whole: in a fresh environment and an empty folder it extracts, builds, queries."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = "2019年6月3日，龙江县县长陆启明主持召开县政府常务会议，审议通过《龙江县河道管理办法》。"


def do(*command: str | Path, cwd: Path) -> str:
    # What points Python back at this checkout stays out.
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run(
        [str(word) for word in command], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    do(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (path,) = folder.glob("kg-*.whl")
    return path


@pytest.mark.wheel
def test_the_wheel_carries_its_data_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for part in ("kg/_data/seeds/titles.tsv", "kg/_data/schema/edges.yaml", "kg/models/segmenter/", "kg/py.typed"):
        assert any(name.startswith(part) for name in names), part
    assert {name.split("/")[0].split("-")[0] for name in names} == {"kg"}
    assert not [name for name in names if "__pycache__" in name]


@pytest.mark.wheel
def test_the_wheel_works_in_a_fresh_environment(wheel: Path, tmp_path: Path) -> None:
    environment, empty = tmp_path / "env", tmp_path / "empty"
    empty.mkdir()
    if uv := shutil.which("uv"):
        do(uv, "venv", "--python", sys.executable, environment, cwd=empty)
        do(uv, "pip", "install", "--python", environment / "bin" / "python", wheel, cwd=empty)
    else:
        do(sys.executable, "-m", "venv", environment, cwd=empty)
        do(environment / "bin" / "python", "-m", "pip", "install", "--quiet", wheel, cwd=empty)
    (empty / "page.txt").write_text(PAGE, "utf-8")
    kg = environment / "bin" / "kg"
    row = json.loads(do(kg, "extract", "page.txt", cwd=empty))
    assert {"PRESIDED", "APPROVED"} <= {relation["type"] for relation in row["relations"]}
    do(kg, "build", "page.txt", "-o", "out", "--quiet", "--workers", "2", cwd=empty)
    answer = do(kg, "query", "out", "MATCH (p:Person)-[:PRESIDED]->(m:Meeting) RETURN p.name", "--csv", cwd=empty)
    assert answer.split() == ["p.name", "陆启明"]
    (empty / "page.html").write_text(f"<html><body><article><p>{PAGE}</p></article></body></html>", "utf-8")
    assert "陆启明" in do(kg, "extract", "page.html", cwd=empty)
