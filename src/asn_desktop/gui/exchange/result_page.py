"""Last page: what was written, the backup made before, and the way back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.core.periods import parse_period
from asn_desktop.exchange.plan import Fate, ImportPlan
from asn_desktop.exchange.service import ImportOutcome
from asn_desktop.gui import icons, theme
from asn_desktop.gui.exchange.fates import FATES
from asn_desktop.gui.exchange.job_panel import grouped
from asn_desktop.gui.widgets import Card, button, empty, label


class ResultPage(QWidget):
    """Emits ``undo_wanted``, ``errors_wanted`` and ``another_wanted``."""

    undo_wanted = Signal()
    errors_wanted = Signal()
    another_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(48, 16, 48, 16)
        outer.setSpacing(theme.GAP)
        outer.addStretch(1)
        self._picture = label(parent=self)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.title = label("", "display", wrap=True, parent=self)
        self.text = label("", wrap=True, parent=self)
        for line in (self._picture, self.title, self.text):
            if line is not self._picture:
                line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            outer.addWidget(line)
        card = Card(parent=self)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.MARGIN)
        self._grid.setVerticalSpacing(theme.SPACE)
        card.body.addLayout(self._grid)
        row = QHBoxLayout()
        row.addStretch(1)
        card.setMinimumWidth(theme.tokens().px(520))
        row.addWidget(card, 2)
        row.addStretch(1)
        outer.addLayout(row)
        actions = QHBoxLayout()
        actions.setSpacing(theme.SPACE)
        actions.addStretch(1)
        self.undo_button = button(_("Urungkan impor"), icon="undo-2", parent=self, clicked=self.undo_wanted.emit)
        self.errors_button = button(
            _("Simpan baris salah …"), icon="file-spreadsheet", parent=self, clicked=self.errors_wanted.emit
        )
        self.another_button = button(
            _("Impor berkas lain …"), icon="folder-open", parent=self, clicked=self.another_wanted.emit
        )
        actions.addWidget(self.another_button)
        actions.addWidget(self.undo_button)
        actions.addWidget(self.errors_button)
        actions.addStretch(1)
        outer.addLayout(actions)
        outer.addStretch(2)

    def show_outcome(self, plan: ImportPlan, outcome: ImportOutcome, *, returns: bool) -> None:
        counts = plan.counts
        written = counts[Fate.NEW.value] + counts[Fate.CHANGED.value]
        self._set_picture("circle-check", "good")
        returned = bool(plan.worksheets) and not written
        title = _("Lembar kerja dicatat sebagai kembali") if returned else _("{n} baris disimpan")
        self.title.setText(title.format(n=grouped(written)))
        text = _("Semua dalam satu langkah: Ctrl+Z mengembalikan seluruh impor ini.")
        if outcome.opened_period:
            text = (
                _("{period} dibuka untuk impor ini.").format(period=parse_period(outcome.opened_period).label)
                + " "
                + text
            )
        self.text.setText(text)
        lines = [(_("Berkas"), plan.file_name)]
        lines += [(_(FATES[fate].title), grouped(counts[fate.value])) for fate in Fate if counts[fate.value]]
        lines.append((_("Cadangan sebelum impor"), outcome.backup.name))
        self._fill(lines)
        self.undo_button.setEnabled(True)
        self.errors_button.setVisible(returns)

    def show_undone(self) -> None:
        self._set_picture("undo-2", "neutral")
        self.title.setText(_("Impor diurungkan"))
        self.text.setText(_("Data kembali seperti sebelum impor. Cadangannya tetap disimpan."))
        self.undo_button.setEnabled(False)

    def _set_picture(self, name: str, tone: str) -> None:
        side = theme.tokens().px(52)
        self._picture.setPixmap(icons.pixmap(name, side, theme.tone(tone).solid, ratio=self.devicePixelRatioF()))

    def _fill(self, lines: list[tuple[str, str]]) -> None:
        empty(self._grid)
        for row, (caption, value) in enumerate(lines):
            self._grid.addWidget(label(caption, "secondary", parent=self), row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(label(value, "strong", wrap=True, parent=self), row, 1)
        self._grid.setColumnStretch(1, 1)
