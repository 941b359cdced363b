"""Editors of the employee form: a NIP that groups itself, and a line that picks a unit or a person."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.core.identifiers import format_nip
from asn_desktop.gui.editors import Bound, frame_choices, show_text
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

    def form_binding(self) -> Bound:
        """Forms read digits and write groups."""
        return Bound(
            lambda: self.digits,
            lambda value: self.setText(grouped(value or "")),
            lambda slot: self.textChanged.connect(slot),
        )

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
        self._completer = completer = QCompleter(self._model, self)
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

    def form_binding(self) -> Bound:
        """Forms read the id; a pick is shown with :meth:`set_pick`, which knows its text."""
        return Bound(lambda: self._id, lambda _value: None, self.picked.connect)

    def set_pick(self, number: int | None, shown: str) -> None:
        """Show a pick without telling anybody."""
        self._id, self._shown = number, shown if number is not None else ""
        show_text(self, self._shown)

    def set_choices(self, choices: Sequence[tuple[int, str]], *, popup: bool = False) -> None:
        """What can be picked now: (id, text)."""
        self._model.clear()
        for number, text in choices:
            item = QStandardItem(text)
            item.setData(number, Qt.ItemDataRole.UserRole)
            self._model.appendRow(item)
        frame_choices(self, self._completer)
        if popup and choices and self.hasFocus():
            self._completer.complete()

    def _edited(self, text: str) -> None:
        if not text.strip() and self._id is not None:
            self.set_pick(None, "")
            self.picked.emit()
        self.typed.emit(text.strip())

    def _take(self, index: QModelIndex) -> None:
        self.set_pick(index.data(Qt.ItemDataRole.UserRole), index.data())
        # The completer writes its text into the line once more, after this, and goes to the end of it.
        QTimer.singleShot(0, self, lambda: self.setCursorPosition(0))
        self.picked.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            show_text(self, self._shown)


def person_label(person: PersonRow) -> str:
    """One line of a search result: name, post, unit."""
    return " · ".join(part for part in (person.name, person.position, person.unit) if part)
