"""Units as choices of a drop-down."""

from __future__ import annotations

from collections.abc import Sequence

from asn_desktop.core.i18n import _
from asn_desktop.reference.queries import UnitRow


def unit_choices(units: Sequence[UnitRow]) -> list[tuple[str, str]]:
    """``("", Semua unit)`` and every unit, indented by its depth in the tree."""
    depth: dict[int, int] = {}
    choices = [("", _("Semua unit"))]
    for unit in units:  # parents come before children
        depth[unit.id] = depth.get(unit.parent_id, -1) + 1 if unit.parent_id is not None else 0
        if unit.parent_id is not None:
            choices.append((str(unit.id), "   " * (depth[unit.id] - 1) + unit.name))
    return choices
