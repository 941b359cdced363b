"""Whose records a query is about: this office's own, or those that other offices sent to it too."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement


def ours(model: Any) -> ColumnElement[bool]:
    """The condition that a record of a table with ``office`` is this office's own (at a province: not a district's)."""
    own: ColumnElement[bool] = model.office == ""
    return own
