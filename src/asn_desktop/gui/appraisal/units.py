"""The lines of the unit tree: how far each unit is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from asn_desktop.appraisal.queries import Progress
from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import format_number
from asn_desktop.gui.widgets import UnitNode
from asn_desktop.reference.queries import UnitRow

NOBODY = Progress(0, 0, 0)


def unit_nodes(units: Sequence[UnitRow], progress: Mapping[int | None, Progress]) -> list[UnitNode]:
    """*Semua unit*, then the units that have somebody to rate."""
    shown = [unit for unit in units if unit.kind != "INSTANSI" and progress.get(unit.id, NOBODY).total]
    known = {unit.id for unit in shown}
    nodes = [_node(None, None, _("Semua unit"), progress.get(None, NOBODY))]
    for unit in shown:
        parent = unit.parent_id if unit.parent_id in known else None
        nodes.append(_node(unit.id, parent, unit.name, progress[unit.id]))
    return nodes


def _node(unit_id: int | None, parent: int | None, name: str, found: Progress) -> UnitNode:
    hint = _("{name}\n{rated} dari {total} dinilai").format(
        name=name, rated=format_number(found.rated), total=format_number(found.total)
    )
    return UnitNode(unit_id, parent, name, f"{found.percent}%", "good" if found.percent == 100 else "", hint)
