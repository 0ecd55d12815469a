"""Files that travel with the package: `seeds/`, `schema/` and the models.

In a checkout `seeds/` and `schema/` lie beside the package; in the wheel the
build puts them into `kg/_data/`. Models are package data in both. Nothing is
ever downloaded.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from kg.records.errors import KgError, ModelError

PACKAGE: Final = Path(str(files("kg")))
"""Folder of the installed package: always unpacked (spacy and lxml need that too), so its resources are real files."""


@cache
def data_dir(name: str) -> Path:
    """Return the folder `name` ("seeds" or "schema") of the installed package or checkout.

    Raises:
        KgError: neither place has it; the installation is broken.
    """
    for folder in (PACKAGE / "_data" / name, PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise KgError(f"the package's {name}/ folder is missing", hint="reinstall kg: pip install --force-reinstall kg")


@cache
def model_dir(name: str) -> Path:
    """Return the folder of the model `name` ("segmenter").

    Raises:
        ModelError: the package has no such model.
    """
    folder = PACKAGE / "models" / name
    if not folder.is_dir():
        known = sorted(p.name for p in folder.parent.glob("*/"))
        raise ModelError(f"no model {name!r} in the package (known: {', '.join(known) or 'none'})", hint="reinstall kg")
    return folder
