"""The steps of a plan as a small editable list: action, sign of success, date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.gui import theme
from asn_desktop.gui.widgets import DateField, button, label, tool_button
from asn_desktop.remediation.commands import StepDraft


@dataclass(slots=True)
class _Line:
    frame: QWidget
    action: QLineEdit
    sign: QLineEdit
    due: DateField
    step_id: int | None


class StepsEditor(QWidget):
    """``touched`` tells whether the person changed anything, so that suggestions do not overwrite it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.touched = False
        self._lines: list[_Line] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_SMALL)
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE)
        head.addWidget(label(_("Tindakan"), "field", parent=self), 5)
        head.addWidget(label(_("Tanda berhasil"), "field", parent=self), 3)
        dates = label(_("Target tanggal"), "field", parent=self)
        dates.setFixedWidth(theme.tokens().px(140 + 40))
        head.addWidget(dates)
        column.addLayout(head)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.SPACE_SMALL)
        column.addLayout(self._rows)
        self.add_button = button(_("Tambah langkah"), kind="link", icon="plus", parent=self, clicked=self._add_empty)
        line = QHBoxLayout()
        line.addWidget(self.add_button)
        line.addStretch(1)
        column.addLayout(line)

    def set_steps(self, steps: Sequence[StepDraft]) -> None:
        """Show steps as suggested or stored."""
        for line in self._lines:
            self._drop(line)
        self._lines = []
        for step in steps:
            self._add(step)
        self.touched = False

    def steps(self) -> tuple[StepDraft, ...]:
        """The steps with an action; a line that was left empty is no step."""
        for line in self._lines:
            line.due.commit()
        return tuple(
            StepDraft(line.action.text().strip(), line.sign.text().strip(), line.due.value, line.step_id)
            for line in self._lines
            if line.action.text().strip() or line.step_id is not None
        )

    @property
    def date_error(self) -> str:
        """The sentence of the first date that cannot be read."""
        wrong = [line.due.error for line in self._lines if not line.due.commit()]
        return wrong[0] if wrong else ""

    def _add_empty(self) -> None:
        self._add(StepDraft("")).action.setFocus()
        self.touched = True

    def _add(self, step: StepDraft) -> _Line:
        frame = QWidget(self)
        row = QHBoxLayout(frame)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE)
        number = len(self._lines) + 1
        action, sign, due = QLineEdit(step.action, frame), QLineEdit(step.success_sign, frame), DateField(frame)
        action.setAccessibleName(_("Tindakan {n}").format(n=number))
        sign.setAccessibleName(_("Tanda berhasil {n}").format(n=number))
        due.setAccessibleName(_("Target tanggal {n}").format(n=number))
        action.setToolTip(step.action)
        action.setCursorPosition(0)
        sign.setCursorPosition(0)
        due.set_value(step.due)
        due.setFixedWidth(theme.tokens().px(140))
        line = _Line(frame, action, sign, due, step.step_id)
        remove = tool_button(
            "x", _("Hapus langkah {n}").format(n=number), parent=frame, clicked=lambda: self._remove(line)
        )
        row.addWidget(action, 5)
        row.addWidget(sign, 3)
        row.addWidget(due)
        row.addWidget(remove)
        for editor in (action, sign):
            editor.textEdited.connect(lambda _text: self._touch())
        due.date_changed.connect(lambda _day: self._touch())
        self._rows.addWidget(frame)
        self._lines.append(line)
        return line

    def _touch(self) -> None:
        self.touched = True

    def _remove(self, line: _Line) -> None:
        self._lines.remove(line)
        self._drop(line)
        self.touched = True

    def _drop(self, line: _Line) -> None:
        self._rows.removeWidget(line.frame)
        line.frame.hide()
        line.frame.deleteLater()


def same_dates(steps: Sequence[StepDraft], starts: date, due: date) -> bool:
    """Whether every step lies inside the plan's time."""
    return all(step.due is None or starts <= step.due <= due for step in steps)
