"""Small decisions about a plan: a step is done, the plan is closed, a training is chosen."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from asn_desktop.core.errors import InputError
from asn_desktop.core.i18n import _
from asn_desktop.gui import messages, theme
from asn_desktop.gui.dialogs import Dialog
from asn_desktop.gui.forms import FormField
from asn_desktop.gui.inputs import resize_within
from asn_desktop.gui.row_table import Column, RowTable
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.training.words import filled
from asn_desktop.gui.widgets import DateField, Segment, SegmentedControl, label
from asn_desktop.remediation.commands import ClosePlan, FinishStep
from asn_desktop.remediation.queries import PlanDetail, StepRow
from asn_desktop.remediation.rules import OUTCOMES
from asn_desktop.remediation.service import RemediationService
from asn_desktop.training.queries import EventRow
from asn_desktop.training.rules import date_span


class StepDialog(Dialog):
    """A step is done: when, with which evidence, and what came of it."""

    saved = Signal(object)

    asks_first = True

    def __init__(
        self, service: RemediationService, runner: Runner, step: StepRow, today: date, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Langkah selesai"), parent, subtitle=step.action)
        self._service, self._runner, self._step = service, runner, step
        self.day = DateField(self, name=_("Tanggal selesai"))
        self.day.set_value(step.done_on or today)
        self.evidence, self.outcome = QLineEdit(step.evidence, self), QLineEdit(step.result, self)
        self.evidence.setPlaceholderText(_("misalnya notula, jurnal B.1.7, sertifikat"))
        self.day_field = FormField("day", _("Tanggal selesai"), self.day, self, required=True)
        self.body.addWidget(self.day_field)
        self.body.addWidget(FormField("evidence", _("Bukti"), self.evidence, self))
        self.body.addWidget(
            FormField(
                "result", _("Hasil"), self.outcome, self,
                hint=_("Tanda berhasil: {sign}").format(sign=step.success_sign) if step.success_sign else "",
            )
        )  # fmt: skip
        self.add_cancel()
        self.add_primary(_("Tandai selesai"), self.save)
        self.resize(theme.tokens().px(480), self.sizeHint().height())

    def save(self) -> None:
        if not self.day.commit() or self.day.value is None:
            self.day_field.show_error(self.day.error or _("Tanggal belum diisi."))
            return
        command = FinishStep(self._step.id, self.day.value, self.evidence.text(), self.outcome.text())
        self._runner.run_write(
            lambda _progress: self._service.finish_step(command, initiator=self), self._done, self._refused, owner=self
        )

    def _done(self, changes: object) -> None:
        self.saved.emit(changes)
        self.accept()

    def _refused(self, error: BaseException) -> None:
        if isinstance(error, InputError):
            self.day_field.show_error(error.message)
        else:
            messages.show_error(self, error)


class CloseDialog(Dialog):
    """How a plan ended. What follows from it is decided by officials, not by the program."""

    saved = Signal(object)

    asks_first = True

    def __init__(
        self, service: RemediationService, runner: Runner, detail: PlanDetail, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Tutup rencana pembinaan"), parent, subtitle=detail.row.name)
        self._service, self._runner, self._row = service, runner, detail.row
        self.outcome = SegmentedControl(
            [Segment(key, _(text)) for key, text in OUTCOMES.items()], self, name=_("Hasil")
        )
        self.note = QPlainTextEdit(detail.outcome_note, self)
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(theme.tokens().px(84))
        self.note.setPlaceholderText(_("Apa yang berubah, dan apa yang masih perlu dijaga"))
        self.body.addWidget(label(_("Hasil pembinaan"), "field", parent=self))
        self.body.addWidget(self.outcome)
        self.error = label("", "error", wrap=True, parent=self)
        self.error.hide()
        self.body.addWidget(self.error)
        self.body.addWidget(FormField("note", _("Ringkasan"), self.note, self))
        left = detail.row.steps - detail.row.steps_done
        if left:
            text = _("{n} langkah belum selesai; rencana tetap dapat ditutup.").format(n=left)
            self.body.addWidget(label(text, "secondary", wrap=True, parent=self))
        hint = _("Aplikasi hanya mencatat hasil. Tindak lanjut diputuskan pejabat yang berwenang.")
        self.body.addWidget(label(hint, "secondary", wrap=True, parent=self))
        self.add_cancel()
        self.add_primary(_("Tutup rencana"), self.save)
        self.resize(theme.tokens().px(500), self.sizeHint().height())

    def save(self) -> None:
        if not self.outcome.value:
            self.error.setText(_("Pilih hasil pembinaan."))
            self.error.show()
            return
        command = ClosePlan(self._row.id, self.outcome.value, self.note.toPlainText(), None, self._row.version)
        self._runner.run_write(
            lambda _progress: self._service.close(command, initiator=self), self._done,
            lambda error: messages.show_error(self, error), owner=self,
        )  # fmt: skip

    def _done(self, changes: object) -> None:
        self.saved.emit(changes)
        self.accept()


class EventDialog(Dialog):
    """Choose a training event for the person of a plan; the calendar gives a place at once. ``new_wanted``: none of
    them fits, make one."""

    saved = Signal(object)
    new_wanted = Signal()

    def __init__(
        self,
        service: RemediationService,
        runner: Runner,
        detail: PlanDetail,
        events: list[EventRow],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            _("Pilih pelatihan"),
            parent,
            subtitle=_("{name} mendapat tempat pada kegiatan ini.").format(name=detail.row.name),
        )
        self._service, self._runner, self._plan_id = service, runner, detail.row.id
        self.table: RowTable[EventRow] = RowTable(
            [
                Column(_("Kegiatan"), lambda row: row.name, lambda row: row.form_name, stretch=True),
                Column(_("Waktu"), lambda row: date_span(row.starts, row.ends), lambda row: row.place, width=190),
                Column(_("Peserta"), filled, lambda row: _("{n} JP").format(n=row.jp), width=150),
            ],
            lambda row: row.id,
            self,
            name=_("Kegiatan pelatihan"),
        )
        self.table.setProperty("boxed", True)
        self.table.set_rows(events)
        self.body.addWidget(self.table, 1)
        if not events:
            self.body.addWidget(label(_("Belum ada kegiatan yang akan datang."), "secondary", parent=self))
        self.new_button = self.add_extra(_("Kegiatan baru …"), self._make_new, icon="calendar-plus")
        self.add_cancel()
        choose = self.add_primary(_("Beri tempat"), self.save)
        choose.setEnabled(False)
        self.table.first_by_itself = False
        self.table.current_row.connect(lambda row: choose.setEnabled(row is not None))
        self.table.opened.connect(lambda _row: self.save())
        resize_within(self, 720, 460)

    def _make_new(self) -> None:
        self.reject()
        self.new_wanted.emit()

    def save(self) -> None:
        row = self.table.row()
        if row is None:
            return
        self._runner.run_write(
            lambda _progress: self._service.link_event(self._plan_id, row.id, initiator=self), self._done,
            lambda error: messages.show_error(self, error), owner=self,
        )  # fmt: skip

    def _done(self, result: object) -> None:
        self.saved.emit(result)
        self.accept()
