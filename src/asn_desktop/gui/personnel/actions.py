"""What can be done with employees from the list: add, edit, leave, return, superior, head of a unit."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from asn_desktop.core.changes import ChangeSet
from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import format_number
from asn_desktop.gui import messages
from asn_desktop.gui.personnel.decisions import HeadsDialog, LeaveDialog, SuperiorDialog
from asn_desktop.gui.personnel.form import EmployeeForm
from asn_desktop.gui.table_page import TablePage
from asn_desktop.gui.tasks import Runner
from asn_desktop.personnel.queries import EmployeeRow
from asn_desktop.personnel.service import PersonnelService
from asn_desktop.personnel.unit_heads import HeadProposal
from asn_desktop.reference.queries import UnitRow


class PersonActions(QObject):
    """Acts on the current or selected rows of ``page``; ``window`` is what dialogs and notices belong to."""

    def __init__(
        self,
        window: QWidget,
        page: TablePage,
        personnel: PersonnelService,
        runner: Runner,
        units: Callable[[], Sequence[UnitRow]],
        undo: Callable[[], object] | None,
    ) -> None:
        super().__init__(window)
        self._window, self._page, self._personnel, self._runner = window, page, personnel, runner
        self._units, self._undo = units, undo
        self._wanted: int | None = None
        page.add_row_action(_("Ubah …"), self.edit, "F2")
        page.add_row_action(_("Tetapkan atasan langsung …"), self.set_superior, "Ctrl+J", several=True)
        page.add_row_action(_("Salin NIP"), self.copy_nip, "Ctrl+Shift+C", several=True)
        page.add_row_action(_("Nonaktifkan …"), self.deactivate, "Del")
        page.opened.connect(lambda _row: self.edit())
        page.model.counted.connect(lambda _count: self._go_to_wanted())

    def add(self) -> None:
        """A form for a new employee, in the selected unit."""
        self._open_form(
            EmployeeForm(self._personnel, self._units(), self._runner, self._window, unit_id=self._page.spec.unit_id)
        )

    def edit(self, field: str = "") -> None:
        """The form of the current employee, at a field of it."""
        number = self._page.table.current_id()
        if number is not None:
            detail = self._personnel.detail(number)
            self._open_form(
                EmployeeForm(self._personnel, self._units(), self._runner, self._window, detail=detail), field
            )

    def _open_form(self, form: EmployeeForm, field: str = "") -> None:
        form.saved.connect(self._saved)
        form.finished.connect(form.deleteLater)
        form.open()
        if field:
            form.form.go_to(field)

    def _saved(self, employee_id: int) -> None:
        self.go_to(employee_id)
        name = self._personnel.rows([employee_id])[0].name
        messages.notify(self._window, _("Data {name} disimpan.").format(name=name), undo=self._undo)

    def go_to(self, employee_id: int) -> None:
        """Select an employee, now or when the list that holds them has been read."""
        self._wanted = employee_id
        self._go_to_wanted()

    def _go_to_wanted(self) -> None:
        if self._wanted is not None and self._page.table.select_id(self._wanted):
            self._wanted = None

    def deactivate(self) -> None:
        """Ask why and from when, then take the current employee out of the active list."""
        row = self._page.table.row()
        if row is None or not row.active:
            return
        dialog = LeaveDialog(row.name, self._personnel.today, self._window)
        dialog.wanted.connect(lambda: self._deactivate(row, dialog))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _deactivate(self, row: EmployeeRow, dialog: LeaveDialog) -> None:
        since = dialog.since.value or self._personnel.today
        reason, status = dialog.reason_text, dialog.status.currentData() or None
        text = _("{name} dinonaktifkan.").format(name=row.name)
        dialog.save_and_close(
            self._runner, lambda: self._personnel.deactivate(row.id, reason, since, status, self), self._say(text)
        )

    def reactivate(self) -> None:
        row = self._page.table.row()
        if row is not None and messages.ask(
            self._window, _("Aktifkan kembali {name}?").format(name=row.name), yes=_("Aktifkan kembali")
        ):
            text = _("{name} aktif kembali.").format(name=row.name)
            self._write(lambda: self._personnel.reactivate(row.id, self), text)

    def make_head(self) -> None:
        """The current employee leads the unit and assesses its people."""
        row = self._page.table.row()
        if row is None or row.unit_id is None:
            return
        unit_id, title = row.unit_id, _("Jadikan {name} pimpinan {unit}?").format(name=row.name, unit=row.unit)
        text = _("{name} menjadi pejabat penilai bagi pegawai unit ini yang tidak memiliki atasan langsung.").format(
            name=row.name
        )
        if messages.ask(self._window, title, text, yes=_("Jadikan pimpinan")):
            done = _("{name} memimpin {unit}.").format(name=row.name, unit=row.unit)
            self._write(lambda: self._personnel.set_unit_head(unit_id, row.id, self), done)

    def propose_heads(self) -> None:
        """Show which units have no head and who seems to lead them."""
        self._runner.run_read(lambda _progress: self._personnel.head_proposals(), self._choose_heads, owner=self)

    def _choose_heads(self, proposals: list[HeadProposal]) -> None:
        dialog = HeadsDialog(proposals, self._window)
        dialog.wanted.connect(lambda: self._set_heads(dialog))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _set_heads(self, dialog: HeadsDialog) -> None:
        heads = dialog.heads
        text = _("Pimpinan {n} unit ditetapkan.").format(n=len(heads))
        dialog.save_and_close(self._runner, lambda: self._personnel.set_unit_heads(heads, self), self._say(text))

    def set_superior(self) -> None:
        """One superior for all selected employees."""
        ids = self._page.table.selected_ids()
        if not ids:
            return
        row = self._page.table.row()
        who = row.name if row is not None else _("{n} pegawai yang dipilih").format(n=format_number(len(ids)))
        dialog = SuperiorDialog(self._personnel, self._runner, who, self._window)
        dialog.wanted.connect(lambda: self._set_superior(ids, who, dialog))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _set_superior(self, ids: list[int], who: str, dialog: SuperiorDialog) -> None:
        superior, since = dialog.superior.picked_id, dialog.since.value or self._personnel.today
        text = _("Atasan {who} ditetapkan.").format(who=who)
        dialog.save_and_close(
            self._runner, lambda: self._personnel.set_superior(ids, superior, since, self), self._say(text)
        )

    def copy_nip(self) -> None:
        """The NIPs of the selected employees, one a line."""
        rows = self._personnel.rows(self._page.table.selected_ids())
        QGuiApplication.clipboard().setText("\n".join(row.nip for row in rows if row.nip))

    def _write(self, action: Callable[[], ChangeSet], text: str) -> None:
        self._runner.run_write(
            lambda _progress: action(),
            self._say(text),
            lambda error: messages.show_error(self._window, error),
            owner=self,
        )

    def _say(self, text: str) -> Callable[[object], None]:
        return lambda _changes: messages.notify(self._window, text, undo=self._undo)
