"""Small inputs that several tabs need: a choice by code, an amount in rupiah, a list of findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import NumberError, format_number, parse_number
from asn_desktop.core.issues import Issue, Severity
from asn_desktop.gui import theme
from asn_desktop.gui.editors import Bound, OptionalNumber
from asn_desktop.gui.forms import FormField
from asn_desktop.gui.widgets import empty, label, picture


def show_errors(fields: Mapping[str, FormField], issues: Iterable[Issue]) -> None:
    """Put each error at its field and the focus into the first one."""
    first: dict[str, str] = {}
    for issue in issues:
        if issue.severity is Severity.ERROR:
            first.setdefault(issue.field, issue.message)
    for name, field in fields.items():
        field.show_error(first.get(name, ""))
    for name, field in fields.items():
        if name in first:
            field.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return


def row_of(*widgets: tuple[QWidget, int]) -> QHBoxLayout:
    """Widgets beside each other with their stretch."""
    line = QHBoxLayout()
    line.setSpacing(theme.GAP)
    for widget, stretch in widgets:
        line.addWidget(widget, stretch)
    return line


class Choice(QComboBox):
    """A drop-down of (code, word); ``value`` is the code, empty when nothing is chosen."""

    def __init__(self, options: Sequence[tuple[str, str]], parent: QWidget | None = None, *, empty: str = "") -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self._empty = empty
        self.set_options(options)

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Offer other choices; the chosen one stays where it still exists. Nobody is told."""
        wanted = ([("", self._empty)] if self._empty else []) + list(options)
        present = [(str(self.itemData(place) or ""), self.itemText(place)) for place in range(self.count())]
        if wanted == present:
            return
        before = self.value
        self.blockSignals(True)
        self.clear()
        for code, word in wanted:
            self.addItem(word, code)
        self.set_value(before)
        self.blockSignals(False)

    @property
    def value(self) -> str:
        return str(self.currentData() or "")

    def wheelEvent(self, event: QWheelEvent) -> None:
        # Scrolling a form must not change what was chosen in it.
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def set_value(self, code: str | None) -> None:
        """Choose a code; an unknown one leaves the choice as it is."""
        index = self.findData(code or "")
        if index >= 0:
            self.setCurrentIndex(index)


class RupiahField(QLineEdit):
    """An amount in rupiah: ``12500000``, ``12.500.000`` or ``Rp12.500.000``; shown with points."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText("Rp")
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.editingFinished.connect(self._tidy)

    def amount(self) -> int | None:
        """The amount; None when empty. Raises ``ValueError`` with an Indonesian sentence."""
        text = self.text().strip()
        if not text:
            return None
        try:
            value = parse_number(text, amount=True).value
        except NumberError as error:
            raise ValueError(error.reason) from None
        if value != value.to_integral_value():
            raise ValueError(_("Tulis rupiah tanpa sen."))
        return int(value)

    def set_amount(self, value: int | None) -> None:
        self.setText("" if value is None else format_number(value))

    @property
    def error(self) -> str:
        """Why what is typed is no amount; "" if it is one."""
        try:
            self.amount()
        except ValueError as error:
            return str(error)
        return ""

    def form_binding(self) -> Bound:
        """Forms read an amount, or the text that is none (:attr:`error`)."""
        return Bound(
            lambda: self.text().strip() if self.error else self.amount(),
            self.set_amount,
            lambda slot: self.textChanged.connect(slot),
        )

    def _tidy(self) -> None:
        if not self.error:
            self.set_amount(self.amount())


class IssueList(QFrame):
    """Findings as short lines with a mark: warnings that do not block."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.SPACE_SMALL)
        self.texts: tuple[str, ...] = ()
        self.hide()

    def set_issues(self, issues: Iterable[Issue]) -> None:
        empty(self._column)
        shown = list(dict.fromkeys((issue.message, issue.severity) for issue in issues))
        self.texts = tuple(text for text, _severity in shown)
        for text, severity in shown:
            self._column.addWidget(_line(text, severity, self))
        self.setVisible(bool(shown))


def _line(text: str, severity: Severity, parent: QWidget) -> QWidget:
    tone = {Severity.ERROR: "bad", Severity.WARNING: "attention", Severity.DECISION: "attention"}.get(severity, "info")
    frame = QWidget(parent)
    row = QHBoxLayout(frame)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.SPACE)
    name = "info" if severity is Severity.NOTE else "triangle-alert"
    row.addWidget(picture(name, 15, theme.tone(tone).ink, parent=frame), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(label(text, "", wrap=True, parent=frame), 1)
    return frame


def set_number(editor: OptionalNumber, value: int | None) -> None:
    """Show a number, or nothing."""
    editor.setText("" if value is None else str(value))


def resize_within(dialog: QWidget, width: int, height: int) -> None:
    """Give a dialog its wanted size (before the text scale), but never more than the screen has."""
    room = dialog.screen().availableSize()
    look = theme.tokens()
    dialog.resize(min(look.px(width), room.width() - 40), min(look.px(height), room.height() - 60))
