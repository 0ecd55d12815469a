"""Training without the corpora: a clear message and an exit status of its own."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "training" / "train.sh"


def test_absent_corpora_are_told(tmp_path: Path) -> None:
    done = subprocess.run(
        ["bash", str(SCRIPT)],
        env={**os.environ, "SHARED": str(tmp_path / "nowhere"), "WORK": str(tmp_path / "work")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    assert "training needs" in done.stderr
    assert "which is not here" in done.stderr
    assert not (tmp_path / "work").exists()
