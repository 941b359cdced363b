"""Files that ship with the program, both from a checkout and from an installed or frozen build."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


@cache
def resource_root() -> Path:
    """The folder with fonts, icons and reference tables."""
    shipped = _PACKAGE / "_resources"
    return shipped if shipped.is_dir() else _PACKAGE.parent.parent / "resources"


def resource_path(*parts: str) -> Path:
    """``resource_path("icons", "home.svg")``. The file must exist: a missing one is a packaging mistake."""
    path = resource_root().joinpath(*parts)
    if not path.exists():
        raise FileNotFoundError(f"resource not shipped: {'/'.join(parts)}")
    return path


@cache
def reference_table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``resources/reference/<name>.csv`` (UTF-8, first line is the header)."""
    with resource_path("reference", f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
