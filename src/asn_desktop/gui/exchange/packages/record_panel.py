"""One row of a package, explained: old and new per field, why it is in conflict or refused, and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.exchange.package.explaining import FieldLine, RecordDetail
from asn_desktop.gui import theme
from asn_desktop.gui.exchange.detail_panel import DetailPanel
from asn_desktop.gui.exchange.packages.words import FATES, moment_text
from asn_desktop.gui.widgets import Chip, SectionTitle, label, rule


class RecordPanel(DetailPanel):
    """``office``: the sender's name, to say whose value is whose."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, _("Pilih satu baris untuk melihat rinciannya."))
        self.office = ""
        self.show_detail(None)

    def show_detail(self, detail: RecordDetail | None) -> None:
        self.show_content(None if detail is None else lambda page, column: self._fill(page, column, detail))

    def _fill(self, page: QWidget, column: QVBoxLayout, detail: RecordDetail) -> None:
        self._heading(page, column, detail)
        if detail.note:
            column.addWidget(label(detail.note, wrap=True, parent=page))
        if detail.next_step:
            column.addWidget(label(detail.next_step, "secondary", wrap=True, parent=page))
        if detail.fields:
            column.addWidget(rule(page))
            add_fields(page, column, detail.fields, self.office)

    def _heading(self, page: QWidget, column: QVBoxLayout, detail: RecordDetail) -> None:
        line = detail.line
        text = FATES[line.fate]
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE)
        row.addWidget(label(line.name, "section", wrap=True, parent=page), 1)
        row.addWidget(Chip(_(text.title), text.tone, page), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        second = " · ".join(part for part in (line.subject, line.second) if part)
        column.addWidget(label(second, "secondary", wrap=True, parent=page))
        when = moment_text(detail.at)
        who = _("Diubah {when} oleh {who}").format(when=when, who=detail.by) if detail.by and when else ""
        place = " · ".join(part for part in (who, detail.where) if part)
        if place:
            column.addWidget(label(place, "secondary", wrap=True, parent=page))


def add_fields(page: QWidget, column: QVBoxLayout, lines: Sequence[FieldLine], office: str) -> None:
    """A grid of fields: the label, and below each other what was, what comes, and what the conflict is."""
    title = _("Isi") if all(line.role == "new" for line in lines) else _("Perubahan")
    column.addWidget(SectionTitle(title, page))
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.GAP)
    grid.setVerticalSpacing(6)
    for place, line in enumerate(lines):
        name = label(line.label, "secondary", wrap=True, parent=page)
        grid.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
        values = QVBoxLayout()
        values.setSpacing(0)
        for widget in _values(page, line, office):
            widget.setMinimumWidth(1)  # an address without a blank must not push the others out of sight
            values.addWidget(widget)
        grid.addLayout(values, place, 1)
    grid.setColumnStretch(0, 2)
    grid.setColumnStretch(1, 3)
    column.addLayout(grid)


def _values(page: QWidget, line: FieldLine, office: str) -> list[QLabel]:
    empty = _("(kosong)")
    if line.role in ("conflict", "waiting"):
        return [
            label(_("Semula: {text}").format(text=line.base or empty), "secondary", wrap=True, parent=page),
            label(_("Kantor ini: {text}").format(text=line.before or empty), "strong", wrap=True, parent=page),
            label(_("Dari {office}: {text}").format(office=office, text=line.after or empty), wrap=True, parent=page),
        ]
    if line.role == "proposed":
        return [
            label(_("Kantor ini: {text}").format(text=line.before or empty), "strong", wrap=True, parent=page),
            label(_("Di berkas: {text}").format(text=line.after or empty), wrap=True, parent=page),
        ]
    found = []
    if line.before:
        old = label(line.before, "secondary", wrap=True, parent=page)
        font = old.font()
        font.setStrikeOut(True)
        old.setFont(font)
        old.setAccessibleName(_("Lama: {text}").format(text=line.before))
        found.append(old)
    new = label(line.after or _("(dikosongkan)"), "" if line.role == "new" else "strong", wrap=True, parent=page)
    new.setAccessibleName(_("Baru: {text}").format(text=line.after))
    found.append(new)
    if line.role == "overridden":
        text = _("Isian kantor ini diganti pemilik data; tercatat di “Putuskan perbedaan”.")
        found.append(label(text, "warning", wrap=True, parent=page))
    return found
