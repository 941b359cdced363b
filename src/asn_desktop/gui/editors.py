"""Editors for the fields of a form, and how a form reads, writes and watches each kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Protocol

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QLineEdit, QPlainTextEdit, QSpinBox, QWidget

from asn_desktop.core.catalogue import Field, FieldKind
from asn_desktop.core.columns import Column, ColumnKind
from asn_desktop.core.i18n import _
from asn_desktop.gui import theme
from asn_desktop.gui.widgets import DateField, SegmentedControl, combo

_LONG = 24
"""Letters that every line shows; longer texts may be cut off and have a tool tip."""


class Binding(Protocol):
    """How a form reads, writes and watches one kind of editor."""

    def read(self) -> Any: ...
    def write(self, value: Any) -> None: ...
    def on_change(self, slot: Callable[[], None]) -> None: ...


def editor_for(column: Column) -> QWidget:
    """The editor a catalogue column asks for."""
    if column.kind is ColumnKind.DATE:
        return DateField(name=column.label)
    if column.kind is ColumnKind.INTEGER:
        low, high = column.numbers or column.years or (0, 999_999)
        return OptionalNumber(low, high)
    if column.choices and not column.open_choices:
        return combo([("", "–"), *column.choices])
    editor = QLineEdit()
    if column.max_length:
        editor.setMaxLength(column.max_length)
    if column.choices:
        suggest(editor, [text for _value, text in column.choices])
    return editor


def editor_of(field: Field) -> QWidget:
    """The editor of a field of which no column of a workbook says more."""
    if field.choices:
        return combo([("", "–"), *((value, _(text)) for value, text in field.choices.items())])
    match field.kind:
        case FieldKind.DATE:
            return DateField(name=field.name)
        case FieldKind.INTEGER:
            return OptionalNumber()
        case FieldKind.BOOLEAN:
            return QCheckBox()
        case FieldKind.LONG:
            text = QPlainTextEdit()
            text.setTabChangesFocus(True)
            text.setFixedHeight(theme.tokens().px(64))
            return text
    return QLineEdit()


def suggest(editor: QLineEdit, words: Sequence[str]) -> None:
    """Offer words while typing; any part of a word finds it."""
    completer = QCompleter(list(words), editor)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    editor.setCompleter(completer)
    frame_choices(editor, completer)


def frame_choices(editor: QLineEdit, completer: QCompleter) -> None:
    """The list below a line has an edge and room for whole choices, as far as the screen goes."""
    choices = completer.popup()
    assert choices is not None  # inline completion alone has none
    choices.setProperty("boxed", True)
    left = editor.mapToGlobal(editor.rect().bottomLeft()).x() if editor.isVisible() else 0
    room = editor.screen().availableGeometry().right() - left
    wanted = choices.sizeHintForColumn(0) + theme.tokens().px(28)  # the edge, the space beside it, the scroll bar
    choices.setMinimumWidth(min(wanted, room, theme.tokens().px(640)))


def show_text(editor: QLineEdit, text: str) -> None:
    """Put a text into a line so that its beginning is to be seen; the whole of a long one is in the tool tip."""
    editor.setText(text)
    editor.setCursorPosition(0)
    editor.setToolTip(text if len(text) > _LONG else "")


class OptionalNumber(QLineEdit):
    """A whole number that may be missing; digits only."""

    def __init__(self, minimum: int = 0, maximum: int = 999_999, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.minimum, self.maximum = minimum, maximum
        self.setMaxLength(len(str(maximum)))
        self.textEdited.connect(self._digits_only)

    def _digits_only(self, text: str) -> None:
        digits = "".join(char for char in text if char.isdigit())
        if digits != text:
            self.setText(digits)

    @property
    def number(self) -> int | None:
        return int(self.text()) if self.text() else None


class Bound(QObject):
    """A binding made of three functions."""

    def __init__(
        self, read: Callable[[], Any], write: Callable[[Any], None], connect: Callable[[Callable[[], None]], object]
    ) -> None:
        super().__init__()
        self.read, self.write, self._connect = read, write, connect

    def on_change(self, slot: Callable[[], None]) -> None:
        self._connect(slot)


def binding_for(editor: QWidget) -> Binding:
    """How to read and write an editor; ``TypeError`` for a widget that forms do not know.

    Texts are stripped, an empty text is ``""``; an empty date or number is ``None``; combos give their data.
    """
    own = getattr(editor, "form_binding", None)
    if callable(own):
        return own()  # type: ignore[no-any-return]  # a widget of a tab that brings its own binding
    match editor:
        case DateField():
            return Bound(
                lambda: editor.value,
                lambda value: editor.set_value(value if isinstance(value, date) else None),
                lambda slot: (editor.date_changed.connect(slot), editor.textEdited.connect(slot)),
            )
        case OptionalNumber():
            return Bound(
                lambda: editor.number,
                lambda value: editor.setText("" if value is None else str(value)),
                lambda slot: editor.textChanged.connect(slot),
            )
        case QLineEdit():
            return Bound(
                lambda: editor.text().strip(),
                lambda value: show_text(editor, "" if value is None else str(value)),
                lambda slot: editor.textChanged.connect(slot),
            )
        case QPlainTextEdit():
            return Bound(
                lambda: editor.toPlainText().strip(),
                lambda value: editor.setPlainText("" if value is None else str(value)),
                lambda slot: editor.textChanged.connect(slot),
            )
        case QComboBox():
            return Bound(editor.currentData, lambda v: _choose(editor, v), editor.currentIndexChanged.connect)
        case QSpinBox():
            return Bound(editor.value, lambda value: editor.setValue(int(value or 0)), editor.valueChanged.connect)
        case QCheckBox():
            return Bound(editor.isChecked, lambda value: editor.setChecked(bool(value)), editor.toggled.connect)
        case SegmentedControl():
            return Bound(lambda: editor.value, lambda v: editor.set_value(v or ""), editor.changed.connect)
    raise TypeError(type(editor).__name__)


def _choose(editor: QComboBox, value: Any) -> None:
    """Select by data; a stored value outside the list is shown as it is, never silently replaced."""
    wanted = "" if value is None else value
    place = editor.findData(wanted)
    if place < 0 and wanted != "":
        editor.addItem(str(wanted), wanted)
        place = editor.count() - 1
    editor.setCurrentIndex(place)
