"""Choose a mentor: suitable seniors first, each with the reason; anybody else by search."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.gui import theme
from asn_desktop.gui.inputs import Choice
from asn_desktop.gui.widgets import SearchField, label
from asn_desktop.personnel.queries import PersonRow
from asn_desktop.remediation.follow_up import MentorRow


class MentorField(QWidget):
    """``value`` is the employee's id; None: not chosen yet."""

    changed = Signal()

    def __init__(self, find: Callable[[str], list[PersonRow]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._suggestions: list[MentorRow] | None = None
        self._find = find
        self._reasons: dict[int, str] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_SMALL)
        line = QHBoxLayout()
        line.setSpacing(theme.SPACE)
        self.choice = Choice([], self, empty=_("Belum ditentukan"))
        self.choice.setAccessibleName(_("Pembimbing"))
        self.search = SearchField(_("Cari pegawai lain"), self)
        line.addWidget(self.choice, 3)
        line.addWidget(self.search, 2)
        column.addLayout(line)
        self.reason = label("", "secondary", wrap=True, parent=self)
        column.addWidget(self.reason)
        self.choice.currentIndexChanged.connect(lambda _index: self._show_reason())
        self.search.searched.connect(self._search)
        self._show_reason()

    def set_suggestions(self, suggestions: list[MentorRow]) -> None:
        """The seniors that suit; looked for in the background, because a large OPD takes a moment."""
        self._suggestions = suggestions
        for place, row in enumerate(suggestions, 1):
            self._reasons[row.employee_id] = row.reason
            if self.choice.findData(row.employee_id) < 0:
                self.choice.insertItem(place, f"{row.name} – {row.position}", row.employee_id)
        self._show_reason()

    @property
    def value(self) -> int | None:
        data = self.choice.currentData()
        return int(data) if data else None

    def set_value(self, employee_id: int | None, name: str = "") -> None:
        """Choose somebody; one who is not among the suggestions is added with ``name``."""
        place = self.choice.findData(employee_id if employee_id is not None else "")
        if place < 0:
            assert employee_id is not None
            self._reasons.setdefault(employee_id, _("Pembimbing saat ini."))
            self.choice.addItem(name, employee_id)
            place = self.choice.count() - 1
        self.choice.setCurrentIndex(place)

    def _search(self, text: str) -> None:
        if not text:
            return
        found = self._find(text)
        for row in found:
            if self.choice.findData(row.id) < 0:
                self.choice.addItem(f"{row.name} – {row.position or row.unit}", row.id)
        if found:
            self.choice.setCurrentIndex(self.choice.findData(found[0].id))
            if len(found) > 1:
                self.choice.showPopup()
        else:
            self.reason.setText(_("Tidak ada pegawai aktif yang cocok dengan “{text}”.").format(text=text))

    def _show_reason(self) -> None:
        number = self.value
        if number is None and self._suggestions is None:
            self.reason.setText(_("Mencari pegawai senior yang cocok …"))
        elif number is None and self._suggestions:
            text = _("{n} pegawai senior disarankan: satu unit atau OPD, predikat Baik ke atas, beban masih ringan.")
            self.reason.setText(text.format(n=len(self._suggestions)))
        elif number is None:
            self.reason.setText(_("Belum ada pegawai senior yang cocok di OPD ini. Cari pegawai lain bila perlu."))
        else:
            self.reason.setText(self._reasons.get(number, _("Dipilih sendiri, di luar saran.")))
        self.changed.emit()
