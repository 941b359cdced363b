"""Capaian kinerja organisasi of every unit of a period, entered with its source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHeaderView, QLineEdit, QTreeWidget, QTreeWidgetItem, QWidget

from asn_desktop.appraisal.predicate import OrganisationRating
from asn_desktop.appraisal.queries import OrganisationRow
from asn_desktop.core.i18n import _
from asn_desktop.gui import theme
from asn_desktop.gui.appraisal.row_height import RowHeight
from asn_desktop.gui.dialogs import Dialog
from asn_desktop.gui.widgets import SearchField, combo, label
from asn_desktop.reference.queries import UnitRow

INHERIT = ""


class OrganisationDialog(Dialog):
    """``results()`` holds what the person changed: (unit, result or None), and ``source`` where it comes from.

    With ``locked``, a sentence why, it is only for reading.
    """

    asks_first = True

    def __init__(
        self,
        period_label: str,
        units: Sequence[UnitRow],
        results: Mapping[int, OrganisationRow],
        unit_id: int | None = None,
        parent: QWidget | None = None,
        *,
        locked: str = "",
    ) -> None:
        sentence = _(
            "Capaian organisasi unit yang dipimpin pejabat penilai menentukan pola distribusi. Unit di bawah "
            "OPD yang dikosongkan mengikuti unit di atasnya."
        )
        super().__init__(_("Capaian organisasi · {period}").format(period=period_label), parent, subtitle=sentence)
        self._own = {key: row.result for key, row in results.items() if row.inherited_from is None}
        self._combos: dict[int, QComboBox] = {}
        self.search = SearchField(_("Cari unit"))
        self.search.searched.connect(self._filter)
        self.tree = QTreeWidget()
        self.tree.setProperty("boxed", True)
        self.tree.setColumnCount(2)
        self.tree.setHeaderLabels([_("Unit"), _("Capaian")])
        self.tree.setSelectionMode(QTreeWidget.SelectionMode.NoSelection)
        self.tree.setItemDelegate(RowHeight(36, self.tree))
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(1, theme.tokens().px(200))
        self._fill(units, results, unit_id)
        self.source_field = QLineEdit()
        self.source_field.setPlaceholderText(_("Misalnya: Laporan realisasi rencana aksi TW III"))
        sources = [row.source for row in results.values() if row.source]
        self.source_field.setText(sources[0] if sources else "")
        if locked:
            self.body.addWidget(label(locked, "warning", wrap=True))
        self.body.addWidget(self.search)
        self.body.addWidget(self.tree, 1)
        self.body.addWidget(label(_("Sumber") if locked else _("Sumber (untuk yang diubah)"), "field"))
        self.body.addWidget(self.source_field)
        if locked:
            for field in (*self._combos.values(), self.source_field):
                field.setEnabled(False)
            self.add_cancel(_("Tutup"))
        else:
            self.add_cancel()
            self.add_primary(_("Simpan"), self._save)
        self.resize(theme.tokens().px(620), theme.tokens().px(560))

    def _save(self) -> None:
        if self.results():
            self.wanted.emit()
        else:
            self.accept()

    @property
    def source(self) -> str:
        return self.source_field.text().strip()

    def results(self) -> list[tuple[int, OrganisationRating | None]]:
        """What differs from what was stored."""
        changed: list[tuple[int, OrganisationRating | None]] = []
        for unit_id, field in self._combos.items():
            code = str(field.currentData())
            wanted = OrganisationRating(code) if code else None
            if wanted is not self._own.get(unit_id):
                changed.append((unit_id, wanted))
        return changed

    def choose(self, unit_id: int, result: OrganisationRating | None) -> None:
        """Set a unit's field, as the person would."""
        field = self._combos[unit_id]
        field.setCurrentIndex(field.findData(result.value if result else INHERIT))

    def _fill(self, units: Sequence[UnitRow], results: Mapping[int, OrganisationRow], unit_id: int | None) -> None:
        items: dict[int, QTreeWidgetItem] = {}
        for unit in units:  # parents come before children
            parent = items.get(unit.parent_id) if unit.parent_id is not None else None
            item = QTreeWidgetItem(parent if parent is not None else self.tree, [unit.name])
            item.setToolTip(0, unit.name)
            item.setData(0, Qt.ItemDataRole.UserRole, unit.id)
            items[unit.id] = item
            field = combo([(INHERIT, _empty_text(unit, results.get(unit.id)))])
            for rating in reversed(OrganisationRating):
                field.addItem(rating.label, rating.value)
            own = self._own.get(unit.id)
            field.setCurrentIndex(field.findData(own.value if own else INHERIT))
            field.setAccessibleName(unit.name)
            self._combos[unit.id] = field
            self.tree.setItemWidget(item, 1, field)
            if unit.kind == "INSTANSI":
                item.setExpanded(True)
        if unit_id in items:
            item = items[unit_id]
            self.tree.scrollToItem(item)
            self._combos[unit_id].setFocus()

    def _filter(self, text: str) -> None:
        words = text.casefold().split()

        def visit(item: QTreeWidgetItem) -> bool:
            below = [visit(child) for place in range(item.childCount()) if (child := item.child(place))]
            hit = all(word in item.text(0).casefold() for word in words)
            shown = hit or any(below)
            item.setHidden(not shown)
            item.setExpanded((any(below) and bool(words)) or item.parent() is None)
            return shown

        for place in range(self.tree.topLevelItemCount()):
            top = self.tree.topLevelItem(place)
            if top is not None:
                visit(top)


def _empty_text(unit: UnitRow, found: OrganisationRow | None) -> str:
    if unit.kind != "UNIT":
        return _("Belum diisi")
    if found is not None and found.inherited_from:
        return _("Ikut unit di atas ({result})").format(result=found.result.label)
    return _("Ikut unit di atas")
