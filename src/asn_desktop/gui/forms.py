"""Forms: a field knows its label, editor, hint and error line; a form knows what changed and what is wrong.

Issues appear at their field (``Issue.field``), never as a bare dialog. Ctrl+S saves. Editors are made from the
subject's catalogue (``editors.editor_for``, ``editor_of``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from asn_desktop.core.catalogue import Entity, Field
from asn_desktop.core.i18n import _
from asn_desktop.core.issues import Issue, Severity
from asn_desktop.core.screen import Section
from asn_desktop.gui import theme
from asn_desktop.gui.editors import binding_for
from asn_desktop.gui.widgets import DateField, SectionTitle, label


class FormField(QWidget):
    """Label above, editor, then a hint or the error. ``changed`` when the person changed the value."""

    changed = Signal()

    def __init__(
        self,
        key: str,
        text: str,
        editor: QWidget,
        parent: QWidget | None = None,
        *,
        hint: str = "",
        required: bool = False,
    ) -> None:
        super().__init__(parent)
        self.key, self.editor, self._hint = key, editor, hint
        self._original: Any = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        shown = _("{label} (wajib)").format(label=text) if required else text
        self.label = label(shown, "field", wrap=True, parent=self)
        self.label.setBuddy(editor)
        self.note = label(hint, "secondary", wrap=True, parent=self)
        self.note.setVisible(bool(hint))
        for part in (self.label, editor, self.note):
            column.addWidget(part)
        column.addStretch(1)
        if not editor.accessibleName():
            editor.setAccessibleName(text)
        self.binding = binding_for(editor)
        self.binding.on_change(self._edited)
        if isinstance(editor, DateField):
            editor.error_changed.connect(lambda error: self.show_error(error))
        self._original = self.binding.read()

    @property
    def value(self) -> Any:
        return self.binding.read()

    def set_value(self, value: Any) -> None:
        """Show a value as the unchanged one."""
        self.binding.write(value)
        self._original = self.binding.read()
        self.show_error("")

    def set_hint(self, text: str) -> None:
        """The quiet sentence below the editor."""
        self._hint = text
        self.show_error(self.error)

    @property
    def dirty(self) -> bool:
        return bool(self.value != self._original)

    def show_error(self, text: str) -> None:
        """The sentence under the field; an empty one brings the hint back."""
        self._show(text, "error")

    def show_issue(self, issue: Issue | None) -> None:
        """A finding about this field: wrong, or only odd (*Perlu diperiksa*); None brings the hint back."""
        if issue is None:
            self.show_error("")
        elif issue.severity is Severity.ERROR:
            self.show_error(f"{issue.message} {issue.hint}".strip())
        else:
            self._show(_("Perlu diperiksa: {text}").format(text=issue.message), "warning")

    def _show(self, text: str, role: str) -> None:
        self.note.setText(text or self._hint)
        theme.set_role(self.note, role if text else "secondary")
        self.note.setVisible(bool(text or self._hint))
        theme.set_property(self.editor, "invalid", bool(text) and role == "error")
        self.editor.setAccessibleDescription(text)

    @property
    def error(self) -> str:
        return self.note.text() if self.note.property("role") == "error" else ""

    def _edited(self) -> None:
        if self.error and not (isinstance(self.editor, DateField) and self.editor.error):
            self.show_error("")
        self.changed.emit()


class Form(QScrollArea):
    """Fields in sections of one or more columns, with dirty state and issues. ``submitted`` on Ctrl+S."""

    dirty_changed = Signal(bool)
    submitted = Signal()

    def __init__(self, parent: QWidget | None = None, *, columns: int = 2) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.fields: dict[str, FormField] = {}
        self._columns, self._was_dirty = columns, False
        page = QWidget()
        page.setProperty("clear", True)
        self._grid = QGridLayout(page)
        self._grid.setContentsMargins(0, 0, 8, 0)
        self._grid.setHorizontalSpacing(theme.MARGIN)
        self._grid.setVerticalSpacing(theme.GAP)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)
        self._row, self._column = 0, 0
        self.setWidget(page)
        save = QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self)
        save.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        save.activated.connect(self.submitted)

    def add_section(self, title: str, note: str = "") -> None:
        """A heading over the fields that follow, with a sentence below it if needed."""
        self._new_line()
        heading = SectionTitle(title, self)
        heading.setContentsMargins(0, 8 if self._row else 0, 0, 0)
        self._grid.addWidget(heading, self._row, 0, 1, self._columns)
        self._row += 1
        if note:
            self.add_widget(label(note, "secondary", wrap=True))

    def add_widget(self, widget: QWidget) -> None:
        """Anything else that takes a whole line."""
        self._new_line()
        self._grid.addWidget(widget, self._row, 0, 1, self._columns)
        self._row += 1

    def add(self, field: FormField, *, span: int = 1) -> FormField:
        """The next field; ``span`` columns wide (0 = the whole line)."""
        wide = self._columns if span == 0 else span
        if self._column + wide > self._columns:
            self._new_line()
        self._grid.addWidget(field, self._row, self._column, 1, wide)
        self._column += wide
        self.fields[field.key] = field
        field.changed.connect(self._check_dirty)
        return field

    def add_field(
        self, key: str, text: str, editor: QWidget, *, hint: str = "", required: bool = False, span: int = 1
    ) -> FormField:
        return self.add(FormField(key, text, editor, hint=hint, required=required), span=span)

    def add_fields(self, record: Entity, section: Section, make: Callable[[Field], FormField]) -> None:
        """A section of a record's form, as the catalogue has it."""
        if section.title:
            self.add_section(_(section.title), _(section.note))
        for field in record.on_form(section):
            # Ignored: the columns of all sections line up, whatever the editors would like.
            policy = (QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            self.add(make(field), span=field.screen.span).setSizePolicy(*policy)

    def finish(self) -> None:
        """Call after the last field: keeps the fields at the top."""
        self._new_line()
        self._grid.setRowStretch(self._row, 1)

    def _new_line(self) -> None:
        if self._column:
            self._row, self._column = self._row + 1, 0

    # values ---------------------------------------------------------------------------------------------

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Show a record; fields that are not named become empty. Nothing is dirty afterwards."""
        for key, field in self.fields.items():
            field.set_value(values.get(key))
        self._check_dirty()

    def values(self) -> dict[str, Any]:
        return {key: field.value for key, field in self.fields.items()}

    def changed_values(self) -> dict[str, Any]:
        """Only what the person changed."""
        return {key: field.value for key, field in self.fields.items() if field.dirty}

    @property
    def dirty(self) -> bool:
        return any(field.dirty for field in self.fields.values())

    def _check_dirty(self) -> None:
        if self.dirty != self._was_dirty:
            self._was_dirty = self.dirty
            self.dirty_changed.emit(self._was_dirty)

    # issues ---------------------------------------------------------------------------------------------

    def commit_dates(self) -> bool:
        """Read half-typed dates; returns whether all are real dates."""
        read = [f.editor.commit() for f in self.fields.values() if isinstance(f.editor, DateField)]
        return all(read)

    def show_issues(self, issues: Iterable[Issue]) -> list[Issue]:
        """Put each issue at its field, go to the first wrong one; returns those that belong to no field here."""
        ordered = sorted(issues, key=lambda issue: issue.severity is not Severity.ERROR)
        worst: dict[str, Issue] = {}
        for issue in ordered:
            worst.setdefault(issue.field, issue)
        for key, field in self.fields.items():
            field.show_issue(worst.get(key))
        first = next((field for field in self.fields.values() if field.error), None)
        if first is not None:
            self.go_to(first.key)
        return [issue for issue in ordered if issue.field not in self.fields]

    def go_to(self, key: str) -> None:
        """Bring a field into sight and the cursor into it."""
        field = self.fields[key]
        self.ensureWidgetVisible(field)
        field.editor.setFocus()

    @property
    def errors(self) -> dict[str, str]:
        return {key: field.error for key, field in self.fields.items() if field.error}
