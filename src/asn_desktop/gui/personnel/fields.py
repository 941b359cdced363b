"""Fields of the employee form: a caption, an editor and the finding about it, told at the place itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.core.identifiers import format_nip
from asn_desktop.core.issues import Issue, Severity
from asn_desktop.gui import theme
from asn_desktop.gui.widgets import DateField, combo, label
from asn_desktop.personnel.queries import PersonRow


class NipField(QLineEdit):
    """A NIP groups itself while it is typed or pasted: ``19850312 201001 1 004``. ``digits`` is what counts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(_("18 angka, spasi boleh"))
        self.setMaxLength(40)
        self.textEdited.connect(self._group)

    @property
    def digits(self) -> str:
        """What was typed, without spaces."""
        return "".join(self.text().split())

    def set_digits(self, digits: str) -> None:
        self.setText(grouped(digits))

    def _group(self, text: str) -> None:
        """Regroup, keeping the cursor after the same digit; text that is no number stays as typed."""
        bare = "".join(char for char in text if char not in " .-")
        if not bare.isdigit() or len(bare) > 18:
            return
        before = sum(char.isdigit() for char in text[: self.cursorPosition()])
        shown = grouped(bare)
        if shown == text:
            return
        self.setText(shown)
        place = seen = 0
        while place < len(shown) and seen < before:
            seen += shown[place].isdigit()
            place += 1
        self.setCursorPosition(place)


def grouped(digits: str) -> str:
    """Up to 18 digits in groups of 8, 6, 1 and 3."""
    if len(digits) == 18:
        return format_nip(digits)
    parts = (digits[:8], digits[8:14], digits[14:15], digits[15:])
    return " ".join(part for part in parts if part)


class Field(QWidget):
    """Caption above, editor, and below it the finding (error or warning) when there is one."""

    changed = Signal()

    def __init__(
        self,
        key: str,
        caption: str,
        editor: QWidget,
        read: Callable[[], Any],
        write: Callable[[Any], None],
        *,
        required: bool = False,
    ) -> None:
        super().__init__()
        self.key = key
        self.editor = editor
        self._read = read
        self._write = write
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        name = label(f"{caption} *" if required else caption, "field")
        name.setBuddy(editor)
        editor.setAccessibleName(caption)
        self.message = label("", "error", wrap=True)
        self.message.hide()
        for part in (name, editor, self.message):
            column.addWidget(part)
        column.addStretch(1)
        # Ignored: the columns of all sections line up, whatever the editors would like.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    @property
    def value(self) -> Any:
        """What the field holds now; empty is None."""
        return self._read()

    @value.setter
    def value(self, value: Any) -> None:
        self._write(value)

    def show_issue(self, issue: Issue | None) -> None:
        """Tell one finding below the field; None clears it."""
        wrong = issue is not None and issue.severity is Severity.ERROR
        theme.set_property(self.editor, "invalid", wrong)
        theme.set_role(self.message, "error" if wrong else "warning")
        text = ""
        if issue is not None:
            text = issue.message if wrong else _("Perlu diperiksa: {text}").format(text=issue.message)
        self.message.setText(text)
        self.message.setVisible(bool(text))
        self.editor.setAccessibleDescription(text)


def text_field(key: str, caption: str, *, required: bool = False, limit: int = 200, hint: str = "") -> Field:
    edit = QLineEdit()
    edit.setMaxLength(limit)
    edit.setPlaceholderText(hint)

    def write(value: str | None) -> None:
        edit.setText(value or "")
        edit.setCursorPosition(0)

    field = Field(key, caption, edit, lambda: edit.text().strip() or None, write, required=required)
    edit.textEdited.connect(lambda _text: field.changed.emit())
    return field


def nip_field(key: str, caption: str) -> Field:
    edit = NipField()
    field = Field(key, caption, edit, lambda: edit.digits or None, lambda value: edit.set_digits(value or ""))
    edit.textEdited.connect(lambda _text: field.changed.emit())
    return field


def date_field(key: str, caption: str, *, required: bool = False) -> Field:
    edit = DateField(name=caption)
    field = Field(key, caption, edit, lambda: edit.value, edit.set_value, required=required)
    edit.date_changed.connect(lambda _date: field.changed.emit())
    edit.error_changed.connect(lambda _text: field.changed.emit())
    return field


def whole_field(key: str, caption: str, lowest: int, highest: int) -> Field:
    """A whole number that may be empty (a spin box cannot be)."""
    edit = QLineEdit()
    edit.setMaxLength(4)
    edit.setAlignment(Qt.AlignmentFlag.AlignRight)
    edit.setPlaceholderText(f"{lowest}–{highest}")

    def read() -> int | None:
        return int(edit.text()) if edit.text().strip().isdigit() else None

    field = Field(key, caption, edit, read, lambda value: edit.setText("" if value is None else str(value)))
    field.setProperty("range", [lowest, highest])
    edit.textEdited.connect(lambda _text: field.changed.emit())
    return field


def number_problem(field: Field) -> str:
    """What is wrong with the typed number; empty when it is fine or the field is of another kind."""
    limits = field.property("range")
    if not limits or not isinstance(field.editor, QLineEdit) or not field.editor.text().strip():
        return ""
    value = field.value
    if value is None or not limits[0] <= value <= limits[1]:
        return _("Isi bilangan {lowest} sampai {highest}.").format(lowest=limits[0], highest=limits[1])
    return ""


def choice_field(
    key: str, caption: str, choices: Sequence[tuple[str, str]], *, required: bool = False, clearable: bool = True
) -> Field:
    """A drop-down list; a stored value that is not in it is shown as it is and kept."""
    box = combo([("", "–"), *choices] if clearable else list(choices))
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(6)

    def write(value: str | None) -> None:
        if value and box.findData(value) < 0:
            box.addItem(value, value)
        box.setCurrentIndex(max(0, box.findData(value or "")))

    field = Field(key, caption, box, lambda: box.currentData() or None, write, required=required)
    box.currentIndexChanged.connect(lambda _index: field.changed.emit())
    return field


def suggesting_field(key: str, caption: str, *, required: bool = False, limit: int = 200) -> Field:
    """Free text with suggestions of what others have; give them to :func:`suggest`."""
    field = text_field(key, caption, required=required, limit=limit)
    edit = field.editor
    assert isinstance(edit, QLineEdit)
    completer = QCompleter(QStringListModel(edit), edit)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setMaxVisibleItems(10)
    completer.activated.connect(lambda _text: field.changed.emit())
    edit.setCompleter(completer)
    return field


def suggest(field: Field, texts: Sequence[str]) -> None:
    edit = field.editor
    assert isinstance(edit, QLineEdit)
    model = edit.completer().model()
    assert isinstance(model, QStringListModel)
    model.setStringList(list(texts))


class Picker(QLineEdit):
    """A line that shows what was picked and searches when it is typed in; leaving it restores the pick.

    ``typed`` asks for choices (unless all are given once with ``filter_here``); emptying the line picks nothing.
    """

    typed = Signal(str)
    picked = Signal()

    def __init__(self, hint: str, *, filter_here: bool) -> None:
        super().__init__()
        self.setPlaceholderText(hint)
        self._id: int | None = None
        self._shown = ""
        self._model = QStandardItemModel(self)
        completer = QCompleter(self._model, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(10)
        if filter_here:
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
        else:
            completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.activated[QModelIndex].connect(self._take)  # type: ignore[index]
        self.setCompleter(completer)
        self.textEdited.connect(self._edited)

    @property
    def picked_id(self) -> int | None:
        return self._id

    def set_pick(self, number: int | None, shown: str) -> None:
        """Show a pick without telling anybody."""
        self._id, self._shown = number, shown if number is not None else ""
        self.setText(self._shown)
        self.setCursorPosition(0)
        self.setToolTip(self._shown)

    def set_choices(self, choices: Sequence[tuple[int, str]], *, popup: bool = False) -> None:
        """What can be picked now: (id, text)."""
        self._model.clear()
        for number, text in choices:
            item = QStandardItem(text)
            item.setData(number, Qt.ItemDataRole.UserRole)
            self._model.appendRow(item)
        if popup and choices and self.hasFocus():
            self.completer().complete()

    def _edited(self, text: str) -> None:
        if not text.strip() and self._id is not None:
            self.set_pick(None, "")
            self.picked.emit()
        self.typed.emit(text.strip())

    def _take(self, index: QModelIndex) -> None:
        self.set_pick(index.data(Qt.ItemDataRole.UserRole), index.data())
        self.picked.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason and self.text() != self._shown:
            self.setText(self._shown)


def picker_field(key: str, caption: str, hint: str, *, filter_here: bool, required: bool = False) -> Field:
    """A field that holds the id of what was picked; its value is set with the editor's ``set_pick``."""
    edit = Picker(hint, filter_here=filter_here)
    field = Field(key, caption, edit, lambda: edit.picked_id, lambda _value: None, required=required)
    edit.picked.connect(field.changed.emit)
    return field


def person_label(person: PersonRow) -> str:
    """One line of a search result: name, post, unit."""
    return " · ".join(part for part in (person.name, person.position, person.unit) if part)
