"""The form of one employee: new or existing. Findings appear at the field while one types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QRadioButton, QScrollArea, QVBoxLayout, QWidget

from asn_desktop.core.changes import ChangeSet
from asn_desktop.core.errors import ConflictError, InputError
from asn_desktop.core.i18n import _
from asn_desktop.core.issues import Issue, Severity
from asn_desktop.gui import messages, theme
from asn_desktop.gui.dialogs import Dialog
from asn_desktop.gui.personnel import form_layout
from asn_desktop.gui.personnel.fields import Field, Picker, number_problem, person_label, suggest
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.widgets import DateField, SectionTitle, label, rule
from asn_desktop.personnel.commands import EmployeeCommand
from asn_desktop.personnel.queries import EmployeeDetail, PersonRow
from asn_desktop.personnel.rules import PLACE_FIELDS
from asn_desktop.personnel.service import PersonnelService
from asn_desktop.reference.queries import UnitRow

_CHECK_DELAY = 250


class EmployeeForm(Dialog):
    """Add (``detail`` None) or edit an employee. ``saved`` gives the local id after the write."""

    saved = Signal(int)

    def __init__(
        self,
        personnel: PersonnelService,
        units: Sequence[UnitRow],
        runner: Runner,
        parent: QWidget | None = None,
        *,
        detail: EmployeeDetail | None = None,
        unit_id: int | None = None,
    ) -> None:
        title = _("Ubah data pegawai") if detail else _("Tambah pegawai")
        subtitle = detail.row.name if detail else _("Isian bertanda * wajib. NIP boleh diketik dengan spasi.")
        super().__init__(title, parent, subtitle=subtitle)
        self._personnel, self._runner, self._detail = personnel, runner, detail
        self._touched: set[str] = set()
        self._asked = 0
        self.fields: dict[str, Field] = form_layout.make_fields()
        names = {unit.id: unit.name for unit in units}
        self._unit_labels = {unit.id: _unit_label(unit, names) for unit in units}
        self._build()
        self._fill(detail, unit_id)
        self._timer = QTimer(self, singleShot=True, interval=_CHECK_DELAY)
        self._timer.timeout.connect(self.check_now)
        for field in self.fields.values():
            field.changed.connect(lambda key=field.key: self._changed(key))
        self.superior.typed.connect(self._search_superior)
        runner.run_read(lambda _progress: personnel.positions(), self._suggest_positions, owner=self)
        if detail is not None:
            self._touched.update(self.fields)
            self.check_now()
        self.fields["nip" if detail is None else "name"].editor.setFocus()

    # -- building -----------------------------------------------------------------------------------------

    @property
    def superior(self) -> Picker:
        editor = self.fields["superior_id"].editor
        assert isinstance(editor, Picker)
        return editor

    @property
    def unit(self) -> Picker:
        editor = self.fields["unit_id"].editor
        assert isinstance(editor, Picker)
        return editor

    def _build(self) -> None:
        self.body.setContentsMargins(0, 20, 0, 0)
        for line in (self.title_label, *self.findChildren(type(self.title_label))):
            line.setContentsMargins(24, 0, 24, 0)
        inside = QWidget()
        inside.setProperty("clear", True)
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 4, 24, 20)
        column.setSpacing(theme.GAP)
        for number, section in enumerate(form_layout.SECTIONS):
            if number:
                column.addWidget(rule())
            column.addWidget(SectionTitle(_(section.title)))
            if section.note:
                column.addWidget(label(_(section.note), "secondary", wrap=True))
            column.addLayout(self._grid(section))
            if any(key == "unit_id" for key, _width in section.fields):
                column.addWidget(self._move_box())
        column.addStretch(1)
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(inside)
        self.body.addWidget(self.area, 1)
        self.unit.set_choices(list(self._unit_labels.items()))
        self.summary = label("", "error")
        self.summary.hide()
        self.add_cancel()
        self.save_button = self.add_primary(_("Simpan"), self.save, icon="save")
        self.save_button.setShortcut("Ctrl+S")
        self.save_button.setToolTip(_("Simpan (Ctrl+S)"))
        self._buttons.insertWidget(0, self.summary)

    def _grid(self, section: form_layout.Section) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.GAP)
        grid.setVerticalSpacing(theme.SPACE)
        row = place = 0
        for key, width in section.fields:
            if place + width > form_layout.COLUMNS:
                row, place = row + 1, 0
            grid.addWidget(self.fields[key], row, place, 1, width)
            place += width
        for column in range(form_layout.COLUMNS):
            grid.setColumnStretch(column, 1)
            grid.setColumnMinimumWidth(column, theme.tokens().px(92))
        return grid

    def _move_box(self) -> QWidget:
        """Asked only when unit, post or superior change: a move with its date, or the repair of a mistake."""
        self.move_box = QFrame()
        self.move_box.setProperty("card", True)
        grid = QGridLayout(self.move_box)
        grid.setContentsMargins(14, 10, 14, 12)
        grid.setHorizontalSpacing(theme.GAP)
        grid.setVerticalSpacing(theme.SPACE)
        question = _("Unit, jabatan, atau atasan berubah. Catat sebagai:")
        grid.addWidget(label(question, "strong", wrap=True), 0, 0, 1, 2)
        self.is_move = QRadioButton(_("Perpindahan, berlaku mulai"))
        self.is_move.setChecked(True)
        self.is_correction = QRadioButton(_("Pembetulan salah catat: tempat lama tidak masuk riwayat"))
        self.effective = DateField(name=_("Berlaku mulai"))
        self.effective.set_value(self._personnel.today)
        self.effective_message = label("", "error", wrap=True)
        self.effective_message.hide()
        self.is_move.toggled.connect(self.effective.setEnabled)
        grid.addWidget(self.is_move, 1, 0)
        grid.addWidget(self.effective, 1, 1, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(self.effective_message, 2, 0, 1, 2)
        grid.addWidget(self.is_correction, 3, 0, 1, 2)
        grid.setColumnStretch(1, 1)
        self.move_box.hide()
        return self.move_box

    def sizeHint(self) -> QSize:
        screen = self.screen().availableGeometry().size()
        look = theme.tokens()
        return QSize(min(look.px(820), screen.width() - 48), min(look.px(660), screen.height() - 64))

    # -- values -------------------------------------------------------------------------------------------

    def _fill(self, detail: EmployeeDetail | None, unit_id: int | None) -> None:
        if detail is None:
            values: Mapping[str, Any] = {"employment_kind": "PNS", "legal_status": "Aktif", "unit_id": unit_id}
        else:
            values = detail.values
        self._offer_ranks(values.get("employment_kind"))
        for key, field in self.fields.items():
            field.value = values.get(key)
        place = values.get("unit_id")
        self.unit.set_pick(place, self._unit_labels.get(place, "") if place is not None else "")
        if detail is not None and detail.superior is not None:
            self.superior.set_pick(detail.superior.id, person_label(detail.superior))

    def command(self) -> EmployeeCommand:
        """What is typed now."""
        values = {key: field.value for key, field in self.fields.items()}
        values["name"] = values["name"] or ""
        values["legal_status"] = values["legal_status"] or ""
        return EmployeeCommand(**values)

    @property
    def moves(self) -> bool:
        """Whether unit, post or superior differ from what is stored."""
        if self._detail is None:
            return False
        return any(self.fields[key].value != self._detail.values[key] for key in PLACE_FIELDS)

    # -- checking -----------------------------------------------------------------------------------------

    def _changed(self, key: str) -> None:
        self._touched.add(key)
        if key == "employment_kind":
            self._offer_ranks(self.fields[key].value)
        self.move_box.setVisible(self.moves)
        self._timer.start()

    def _offer_ranks(self, kind: str | None) -> None:
        box = self.fields["rank"].editor
        current = self.fields["rank"].value
        choices = form_layout.rank_choices(kind)
        box.blockSignals(True)
        box.clear()  # type: ignore[attr-defined]
        for value, text in [("", "–"), *choices]:
            box.addItem(text, value)  # type: ignore[attr-defined]
        self.fields["rank"].value = current if current in dict(choices) else None
        box.blockSignals(False)

    def findings(self) -> list[Issue]:
        """Everything wrong or odd now, dates and numbers that cannot be read included."""
        issues = self._personnel.check(self.command(), self._detail.row.id if self._detail else None)
        for key, field in self.fields.items():
            unreadable = field.editor.error if isinstance(field.editor, DateField) else number_problem(field)
            if unreadable:
                issues.insert(0, Issue("unreadable", unreadable, field=key))
        return issues

    def check_now(self) -> None:
        """Show the findings at the fields that were touched."""
        self._show(self.findings(), self._touched)

    def _show(self, issues: Sequence[Issue], keys: set[str]) -> None:
        worst: dict[str, Issue] = {}
        for issue in sorted(issues, key=lambda found: found.severity is not Severity.ERROR):
            worst.setdefault(issue.field, issue)
        for key, field in self.fields.items():
            field.show_issue(worst.get(key) if key in keys else None)
        effective = worst.get("effective_from")
        self.effective_message.setText(effective.message if effective else "")
        self.effective_message.setVisible(effective is not None)
        errors = sum(issue.severity is Severity.ERROR and issue.field in keys for issue in worst.values())
        self.summary.setText(_("{n} isian perlu dibetulkan").format(n=errors))
        self.summary.setVisible(bool(errors))

    # -- saving -------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Write if nothing is wrong; otherwise mark every wrong field and go to the first."""
        self._touched.update(self.fields)
        for field in self.fields.values():
            if isinstance(field.editor, DateField):
                field.editor.commit()
        issues = self.findings()
        if self.moves and self.is_move.isChecked() and (not self.effective.commit() or self.effective.value is None):
            text = self.effective.error or _("Isi tanggal mulai berlaku, sesuai SK.")
            issues.append(Issue("effective_from_empty", text, field="effective_from"))
        if any(issue.severity is Severity.ERROR for issue in issues):
            self._refuse(issues)
            return
        self.save_button.setEnabled(False)
        command, detail = self.command(), self._detail
        if detail is None:
            self._runner.run_write(
                lambda _progress: self._personnel.add_employee(command, self),
                lambda result: self._done(result[0]), self._failed,
                title=_("Menyimpan"), owner=self, initiator=self, changes_of=lambda result: result[1],
            )  # fmt: skip
            return
        moved = self.moves and self.is_move.isChecked()
        day = self.effective.value if moved else None

        def write(_progress: object) -> ChangeSet:
            return self._personnel.edit_employee(detail.row.id, detail.version, command, day, self)

        self._runner.run_write(
            write, lambda _set: self._done(detail.row.id), self._failed,
            title=_("Menyimpan"), owner=self, initiator=self,
        )  # fmt: skip

    def _refuse(self, issues: Sequence[Issue]) -> None:
        self._show(issues, {*self.fields, "effective_from"})
        wrong = {issue.field for issue in issues if issue.severity is Severity.ERROR}
        for section in form_layout.SECTIONS:
            for key, _width in section.fields:
                if key in wrong:
                    self._go_to(self.fields[key].editor)
                    return
        if "effective_from" in wrong:
            self._go_to(self.effective)

    def _go_to(self, editor: QWidget) -> None:
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.area.ensureWidgetVisible(editor, 24, 80)

    def _done(self, employee_id: int) -> None:
        self.accept()
        self.saved.emit(employee_id)

    def _failed(self, error: BaseException) -> None:
        self.save_button.setEnabled(True)
        if isinstance(error, InputError) and error.issues:
            self._refuse(error.issues)
        elif isinstance(error, ConflictError) and self._detail is not None:
            self._reload(error)
        else:
            messages.show_error(self, error)

    def _reload(self, error: ConflictError) -> None:
        """Somebody else changed the record: keep what is typed on top of the newest version, or take theirs."""
        assert self._detail is not None
        answer = messages.choose(
            self,
            error.message,
            _("Muat isi terbaru dan buang isian Anda, atau simpan isian Anda di atas isi terbaru?"),
            [
                messages.Option("theirs", _("Muat isi terbaru")),
                messages.Option("mine", _("Pakai isian saya"), "primary"),
            ],
        )
        if answer is None:
            return
        self._detail = self._personnel.detail(self._detail.row.id)
        if answer == "theirs":
            self._fill(self._detail, None)
            self.check_now()
        else:
            self.save()

    # -- searching ----------------------------------------------------------------------------------------

    def _search_superior(self, typed: str) -> None:
        if len(typed) < 2:
            return
        self._asked += 1
        number, own = self._asked, self._detail.row.id if self._detail else None

        def show(found: list[PersonRow]) -> None:
            if number == self._asked:
                choices = [(person.id, person_label(person)) for person in found if person.id != own]
                self.superior.set_choices(choices, popup=True)

        self._runner.run_read(lambda _progress: self._personnel.find_people(typed), show, owner=self)

    def _suggest_positions(self, positions: list[str]) -> None:
        suggest(self.fields["position"], positions)


def _unit_label(unit: UnitRow, names: Mapping[int, str]) -> str:
    """Units of the same name ("Sekretariat") are told apart by their OPD."""
    office = names.get(unit.opd_id or 0, "")
    return f"{unit.name} · {office}" if office and unit.opd_id != unit.id else unit.name
