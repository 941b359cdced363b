"""The form of one employee: new or existing. Findings appear at the field while one types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QLineEdit, QRadioButton, QWidget

from asn_desktop.core.changes import ChangeSet
from asn_desktop.core.errors import ConflictError, InputError
from asn_desktop.core.i18n import _
from asn_desktop.core.identifiers import IdentifierError, parse_nip
from asn_desktop.core.issues import Issue, Severity
from asn_desktop.gui import messages, theme
from asn_desktop.gui.dialogs import Dialog
from asn_desktop.gui.editors import OptionalNumber, suggest
from asn_desktop.gui.forms import Form
from asn_desktop.gui.personnel import form_layout
from asn_desktop.gui.personnel.fields import Picker, person_label
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.widgets import DateField, label
from asn_desktop.personnel.commands import EmployeeCommand
from asn_desktop.personnel.fields import EMPLOYEE
from asn_desktop.personnel.queries import EmployeeDetail, PersonRow
from asn_desktop.personnel.rules import PLACE_FIELDS
from asn_desktop.personnel.service import PersonnelService
from asn_desktop.reference.queries import UnitRow

_CHECK_DELAY = 250


class EmployeeForm(Dialog):
    """Add (``detail`` None) or edit an employee. ``saved`` gives the local id after the write."""

    saved = Signal(int)

    asks_first = True

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
        subtitle = detail.row.name if detail else _("NIP boleh diketik dengan spasi; isian diperiksa sambil diketik.")
        super().__init__(title, parent, subtitle=subtitle)
        self._personnel, self._runner, self._detail = personnel, runner, detail
        self._touched: set[str] = set()
        self._from_nip: dict[str, Any] = {}
        """What was filled in from the NIP; it follows the NIP until the person writes something else."""
        self._asked = 0
        names = {unit.id: unit.name for unit in units}
        self._unit_labels = {unit.id: _unit_label(unit, names) for unit in units}
        self.form = Form(self, columns=form_layout.COLUMNS)
        self.unit, self.superior = self._build()
        self._fill(detail, unit_id)
        self._timer = QTimer(self, singleShot=True, interval=_CHECK_DELAY)
        self._timer.timeout.connect(self.check_now)
        for field in self.form.fields.values():
            field.changed.connect(lambda key=field.key: self._changed(key))
        self.superior.typed.connect(self._search_superior)
        runner.run_read(lambda _progress: personnel.positions(), self._suggest_positions, owner=self)
        if detail is not None:
            self._touched.update(self.form.fields)
            self.check_now()
        self.form.fields["nip" if detail is None else "name"].editor.setFocus()

    # -- building -----------------------------------------------------------------------------------------

    def _build(self) -> tuple[Picker, Picker]:
        for section in EMPLOYEE.sections:
            self.form.add_fields(EMPLOYEE, section, form_layout.make_field)
            if section is EMPLOYEE["unit_id"].screen.section:
                self.form.add_widget(self._move_box())
        self.form.finish()
        self.body.addWidget(self.form, 1)
        unit, superior = self.form.fields["unit_id"].editor, self.form.fields["superior_id"].editor
        assert isinstance(unit, Picker)
        assert isinstance(superior, Picker)
        unit.set_choices(list(self._unit_labels.items()))
        self.summary = label("", "error")
        self.summary.hide()
        self.add_cancel()
        self.save_button = self.add_primary(_("Simpan"), self.save, icon="save")
        self.save_button.setToolTip(_("Simpan (Ctrl+S)"))
        self._buttons.insertWidget(0, self.summary)
        self.form.submitted.connect(self.save)
        return unit, superior

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
        values: Mapping[str, Any] = {"employment_kind": "PNS", "legal_status": "Aktif", "unit_id": unit_id}
        if detail is not None:
            values = detail.values
        self._offer_ranks(values.get("employment_kind"))
        self.form.set_values(values)
        place = values.get("unit_id")
        self.unit.set_pick(place, self._unit_labels.get(place, "") if place is not None else "")
        superior = detail.superior if detail is not None else None
        self.superior.set_pick(superior.id if superior else None, person_label(superior) if superior else "")
        for field in self.form.fields.values():
            if isinstance(field.editor, QLineEdit):
                field.editor.setCursorPosition(0)

    def command(self) -> EmployeeCommand:
        """What is typed now; empty texts are None."""
        values = {key: None if value == "" else value for key, value in self.form.values().items()}
        return EmployeeCommand(**values | {"name": values["name"] or "", "legal_status": values["legal_status"] or ""})

    @property
    def moves(self) -> bool:
        """Whether unit, post or superior differ from what is stored."""
        if self._detail is None:
            return False
        now = self.command()
        return any(getattr(now, key) != self._detail.values[key] for key in PLACE_FIELDS)

    # -- checking -----------------------------------------------------------------------------------------

    def _changed(self, key: str) -> None:
        self._touched.add(key)
        if key == "employment_kind":
            self._offer_ranks(self.form.fields[key].value)
        elif key == "nip" and self._detail is None:
            self._fill_from_nip()
        self.move_box.setVisible(self.moves)
        self._timer.start()

    def _fill_from_nip(self) -> None:
        """Birth date and sex stand in the NIP. What the person wrote stays; a contradiction is pointed out there."""
        try:
            nip = parse_nip(str(self.form.fields["nip"].value))
        except IdentifierError:
            return
        for key, value in (("birth_date", nip.birth_date), ("sex", nip.sex)):
            field = self.form.fields[key]
            if field.value in (None, "", self._from_nip.get(key)):
                self._from_nip[key] = value
                field.binding.write(value)
                field.set_hint(_("Diisi dari NIP; ubah bila SK menyatakan lain."))

    def _offer_ranks(self, kind: str | None) -> None:
        """The golongan of this kind; one that does not fit it is cleared, because IV and IV/a are not the same."""
        field = self.form.fields["rank"]
        box = field.editor
        assert isinstance(box, QComboBox)
        current = box.currentData()
        box.blockSignals(True)
        box.clear()
        for value, text in (("", "–"), *form_layout.rank_choices(kind)):
            box.addItem(text, value)
        box.setCurrentIndex(max(0, box.findData(current)))
        box.blockSignals(False)

    def findings(self) -> list[Issue]:
        """Everything wrong or odd now, dates and numbers that cannot be read included."""
        unreadable = []
        for key, field in self.form.fields.items():
            problem = field.editor.error if isinstance(field.editor, DateField) else _number_problem(field.editor)
            if problem:
                unreadable.append(Issue("unreadable", problem, field=key))
        return unreadable + self._personnel.check(self.command(), self._detail.row.id if self._detail else None)

    def check_now(self) -> None:
        """Show the findings at the fields that were touched."""
        worst: dict[str, Issue] = {}
        for issue in sorted(self.findings(), key=lambda found: found.severity is not Severity.ERROR):
            if issue.field in self._touched:
                worst.setdefault(issue.field, issue)
        for key, field in self.form.fields.items():
            field.show_issue(worst.get(key))
        self._count_errors()

    def _count_errors(self) -> None:
        errors = len(self.form.errors)
        self.summary.setText(_("{n} isian perlu dibetulkan").format(n=errors))
        self.summary.setVisible(bool(errors))

    # -- saving -------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Write if nothing is wrong; otherwise mark every wrong field and go to the first."""
        if not self.save_button.isEnabled():
            return
        self._touched.update(self.form.fields)
        self.form.commit_dates()
        issues = self.findings()
        if self.moves and self.is_move.isChecked() and (not self.effective.commit() or self.effective.value is None):
            text = self.effective.error or _("Isi tanggal mulai berlaku, sesuai SK.")
            issues.append(Issue("effective_from_empty", text, field="effective_from"))
        if any(issue.severity is Severity.ERROR for issue in issues):
            self._refuse(issues)
            return
        self._timer.stop()
        self.save_button.setEnabled(False)
        command, detail = self.command(), self._detail
        if detail is None:
            self._runner.run_write(
                lambda _progress: self._personnel.add_employee(command, self),
                lambda result: self._done(result[0]),
                self._failed,
                title=_("Menyimpan"),
                owner=self,
            )
            return
        day = self.effective.value if self.moves and self.is_move.isChecked() else None

        def write(_progress: object) -> ChangeSet:
            return self._personnel.edit_employee(detail.row.id, detail.version, command, day, self)

        self._runner.run_write(
            write,
            lambda _set: self._done(detail.row.id),
            self._failed,
            title=_("Menyimpan"),
            owner=self,
        )

    def _refuse(self, issues: Sequence[Issue]) -> None:
        homeless = self.form.show_issues(issues)
        effective = next((issue.message for issue in homeless if issue.field == "effective_from"), "")
        self.effective_message.setText(effective)
        self.effective_message.setVisible(bool(effective))
        self._count_errors()
        if effective and not self.form.errors:
            self.form.ensureWidgetVisible(self.move_box)
            self.effective.setFocus()

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
        question = _("Muat isi terbaru dan buang isian Anda, atau simpan isian Anda di atas isi terbaru?")
        theirs = messages.Option("theirs", _("Muat isi terbaru"))
        mine = messages.Option("mine", _("Pakai isian saya"), "primary")
        answer = messages.choose(self, error.message, question, [theirs, mine])
        if answer is None:
            return
        self._detail = self._personnel.detail(self._detail.row.id)
        if answer == "theirs":
            self._fill(self._detail, None)
            self.move_box.hide()
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
        editor = self.form.fields["position"].editor
        assert isinstance(editor, QLineEdit)
        suggest(editor, positions)


def _number_problem(editor: QWidget) -> str:
    if not isinstance(editor, OptionalNumber) or editor.number is None:
        return ""
    if editor.minimum <= editor.number <= editor.maximum:
        return ""
    return _("Isi angka {lowest} sampai {highest}.").format(lowest=editor.minimum, highest=editor.maximum)


def _unit_label(unit: UnitRow, names: Mapping[int, str]) -> str:
    """Units of the same name ("Sekretariat") are told apart by their OPD."""
    office = names.get(unit.opd_id or 0, "")
    return f"{unit.name} · {office}" if office and unit.opd_id != unit.id else unit.name
