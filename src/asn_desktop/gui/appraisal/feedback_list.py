"""Umpan balik on one indicator or value: a line per giver (PermenPANRB 6/2022 Pasal 17 ayat (3): all is recorded)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from asn_desktop.appraisal.commands import FeedbackDraft
from asn_desktop.appraisal.sheet import FEEDBACK_GIVERS
from asn_desktop.core.i18n import N_, _
from asn_desktop.gui import theme
from asn_desktop.gui.widgets import button, combo, empty, label, tool_button

SYMBOLS = (("", N_("tanpa simbol")), ("👍", N_("jempol")), ("☺", N_("senyum")), ("☹", N_("sedih")))
"""What is printed, and its name: not every machine has a font with these pictures."""


@dataclass(slots=True)
class Remark:
    """One remark while it is being edited."""

    giver: str = "PIMPINAN"
    giver_name: str = ""
    text: str = ""
    symbol: str = ""
    id: int | None = None

    @property
    def empty(self) -> bool:
        return not self.text.strip() and not self.symbol

    def draft(self, value: str | None = None) -> FeedbackDraft:
        return FeedbackDraft(
            self.giver, self.text, value=value, giver_name=self.giver_name, symbol=self.symbol, id=self.id
        )


class FeedbackList(QWidget):
    """Edits a list of remarks in place."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._remarks: list[Remark] = []
        self.lines: list[FeedbackLine] = []
        self._editable = True
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.SPACE_SMALL)
        self.none = label(_("Belum ada umpan balik."), "secondary")
        self.add_button = button(_("Tambah umpan balik"), kind="link", icon="plus", clicked=self.add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE_SMALL)
        layout.addWidget(self.none)
        layout.addLayout(self._lines)
        row = QHBoxLayout()
        row.addWidget(self.add_button)
        row.addStretch(1)
        layout.addLayout(row)

    def show_remarks(self, remarks: list[Remark], *, editable: bool = True) -> None:
        """Edit this very list."""
        self._remarks = remarks
        self._editable = editable
        self._rebuild()

    def add(self) -> None:
        self._remarks.append(Remark())
        self._rebuild()
        self.lines[-1].text.setFocus()
        self.changed.emit()

    def _remove(self, remark: Remark) -> None:
        self._remarks[:] = [each for each in self._remarks if each is not remark]
        self._rebuild()
        self.changed.emit()

    def _rebuild(self) -> None:
        self.lines.clear()
        empty(self._lines)
        for remark in self._remarks:
            line = FeedbackLine(remark, self)
            line.setEnabled(self._editable)
            line.changed.connect(self.changed)
            line.removed.connect(lambda r=remark: self._remove(r))
            self._lines.addWidget(line)
            self.lines.append(line)
        self.none.setVisible(not self._remarks)
        self.add_button.setVisible(self._editable)


class FeedbackLine(QWidget):
    changed = Signal()
    removed = Signal()

    def __init__(self, remark: Remark, parent: QWidget) -> None:
        super().__init__(parent)
        self._remark = remark
        self.giver = combo(_givers(remark.giver))
        self.giver.setCurrentIndex(self.giver.findData(remark.giver))
        self.giver.setAccessibleName(_("Pemberi umpan balik"))
        self.giver.setFixedWidth(theme.tokens().px(216))
        self.name = QLineEdit(remark.giver_name)
        self.name.setPlaceholderText(_("Nama (bila perlu)"))
        self.text = QLineEdit(remark.text)
        self.text.setPlaceholderText(_("Isi umpan balik"))
        self.symbol = combo([(sign, _(name)) for sign, name in SYMBOLS])
        self.symbol.setCurrentIndex(max(self.symbol.findData(remark.symbol), 0))
        self.symbol.setAccessibleName(_("Simbol"))
        self.symbol.setFixedWidth(theme.tokens().px(132))
        first = QHBoxLayout()
        first.setSpacing(theme.SPACE_SMALL)
        first.addWidget(self.giver)
        first.addWidget(self.name, 1)
        first.addWidget(self.symbol)
        first.addWidget(tool_button("trash-2", _("Hapus umpan balik"), clicked=self.removed.emit))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 6)
        lines.setSpacing(theme.SPACE_SMALL)
        lines.addLayout(first)
        lines.addWidget(self.text)
        self.giver.currentIndexChanged.connect(self._store)
        self.symbol.currentIndexChanged.connect(self._store)
        self.name.textEdited.connect(self._store)
        self.text.textEdited.connect(self._store)

    def _store(self) -> None:
        self._remark.giver = str(self.giver.currentData())
        self._remark.giver_name = self.name.text()
        self._remark.text = self.text.text()
        self._remark.symbol = str(self.symbol.currentData())
        self.changed.emit()


def _givers(present: str) -> Sequence[tuple[str, str]]:
    known = [(code, _(words)) for code, words in FEEDBACK_GIVERS.items()]
    return known if present in FEEDBACK_GIVERS else [*known, (present, present)]
