"""What a person does with the selected plan: decide, tick steps, write notes, close, each with its undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QDialog, QWidget

from asn_desktop.core.changes import ChangeSet
from asn_desktop.core.i18n import _
from asn_desktop.gui import messages
from asn_desktop.gui.remediation.dialogs import CloseDialog, EventDialog, StepDialog
from asn_desktop.gui.remediation.form import PlanDialog
from asn_desktop.gui.remediation.many_dialog import ConfirmManyDialog
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.undo import undo_of
from asn_desktop.remediation.commands import DeclinePlan, FinishStep
from asn_desktop.remediation.queries import PlanDetail, PlanRow, StepRow
from asn_desktop.remediation.rules import KINDS, TRAINING_FORMS
from asn_desktop.remediation.service import Confirmed, Proposed
from asn_desktop.services import Services
from asn_desktop.training.commands import SaveEvent
from asn_desktop.training.queries import EventSpec


class PlanActions(QObject):
    """``window`` is the tab the dialogs belong to; ``detail`` gives the plan shown in its panel."""

    proposed = Signal()
    """Proposals were made: show them."""
    finished = Signal()
    """A dialog was closed."""
    given_up = Signal()
    """A dialog was cancelled: show the plan as it is stored."""

    def __init__(
        self, services: Services, runner: Runner, window: QWidget, detail: Callable[[], PlanDetail | None]
    ) -> None:
        super().__init__(window)
        self._services = services
        self._service = services.remediation
        self._runner = runner
        self._window = window
        self._detail = detail
        self._today = services.database.clock().date()

    @Slot()
    def propose(self) -> None:
        """Propose a plan for every low evaluation that has none."""
        self._runner.run_write(
            lambda _progress: self._service.propose(), self._proposed, title=_("Membuat usulan"), owner=self
        )

    def _proposed(self, result: Proposed) -> None:
        text = _("{n} usulan dibuat").format(n=result.created)
        if result.withdrawn:
            text += _(", {n} ditarik karena nilainya sudah dibetulkan").format(n=result.withdrawn)
        messages.notify(self._window, text + ".", undo=self._undo(result.change_set))
        self.proposed.emit()

    @Slot()
    def edit(self) -> None:
        """The form: confirms a proposal, changes a running plan."""
        detail = self._detail()
        if detail is None:
            return
        dialog = PlanDialog(self._services, self._runner, detail, self._window)
        name = detail.row.name
        dialog.saved.connect(lambda result: self._saved(result, name))
        self._open(dialog)

    def _saved(self, result: object, name: str) -> None:
        text = _("Rencana pembinaan {name} disimpan.").format(name=name)
        changes = result
        if isinstance(result, Confirmed):
            changes = result.change_set
            text = _("Rencana pembinaan {name} ditetapkan.").format(name=name)
            if result.placement is not None and result.placement.reserved:
                text += _(" Pelatihan penuh: pegawai menjadi peserta cadangan.")
            elif result.placement is not None and result.placement.placed:
                text += _(" Pegawai mendapat tempat pelatihan.")
        undo = self._undo(changes) if isinstance(changes, ChangeSet) else None
        messages.notify(self._window, text, undo=undo)

    def confirm_many(self, proposals: Sequence[PlanRow]) -> None:
        """Choose among the proposals of a list and make them plans together."""
        dialog = ConfirmManyDialog(self._service, self._runner, proposals, self._today, self._window)
        dialog.saved.connect(self._written)
        dialog.open()

    @Slot()
    def decline(self) -> None:
        self._decline("")

    def _decline(self, typed: str) -> None:
        detail = self._detail()
        if detail is None:
            return
        reason = messages.ask_text(
            self._window, _("Pembinaan tidak diperlukan?"), _("Alasan (tetap tersimpan)"), text=typed,
            action=_("Simpan keputusan"),
        )  # fmt: skip
        if reason is None:
            return
        command = DeclinePlan(detail.row.id, reason, detail.row.version)
        self._runner.run_write(
            lambda _progress: self._service.decline(command),
            self._written,
            messages.ask_again(self._window, self._decline, reason),
            owner=self,
        )

    @Slot()
    def close(self) -> None:
        detail = self._detail()
        if detail is None:
            return
        dialog = CloseDialog(self._service, self._runner, detail, self._window)
        dialog.saved.connect(self._written)
        self._open(dialog)

    @Slot()
    def reopen(self) -> None:
        detail = self._detail()
        if detail is not None:
            number = detail.row.id
            self._write(lambda: self._service.reopen(number))

    @Slot()
    def choose_event(self) -> None:
        detail = self._detail()
        if detail is None:
            return
        spec = EventSpec(states=frozenset({"planned", "open", "running"}), starts=self._today)
        events = self._services.training.events(spec)
        dialog = EventDialog(self._service, self._runner, detail, events, self._window)
        name = detail.row.name
        dialog.saved.connect(lambda result: self._saved(result, name))
        dialog.new_wanted.connect(lambda: self._make_event(detail))
        self._open(dialog)

    def _make_event(self, detail: PlanDetail) -> None:
        """A new training event for the person of a plan, with what the plan knows; saved, the person has a place."""
        from asn_desktop.gui.training.form import EventDialog as EventForm

        row = detail.row
        starts = max(self._today, row.starts or self._today)
        draft = SaveEvent(
            _("{kind} {unit}").format(kind=_(KINDS[row.kind]), unit=row.unit).strip(),
            TRAINING_FORMS.get(row.kind, ""), "teknis", starts, starts, 0, place=row.unit, quota=None,
        )  # fmt: skip
        form = EventForm(self._services.training, self._runner, self._window, draft=draft)
        form.saved.connect(lambda saved: self._link_new(row.id, saved.event_id, row.name))
        form.open()

    def _link_new(self, plan_id: int, event_id: int, name: str) -> None:
        self._runner.run_write(
            lambda _progress: self._service.link_event(plan_id, event_id),
            lambda result: self._saved(result, name),
            owner=self,
        )

    @Slot(object, bool)
    def toggle_step(self, step: StepRow, on: bool) -> None:
        """Ticking asks for the evidence; taking the tick away does not."""
        if on:
            dialog = StepDialog(self._service, self._runner, step, self._today, self._window)
            dialog.saved.connect(self._written)
            dialog.rejected.connect(self.given_up)
            self._open(dialog)
        else:
            self._write(lambda: self._service.finish_step(FinishStep(step.id, None, step.evidence, step.result)))

    @Slot(str)
    def write_note(self, text: str) -> None:
        detail = self._detail()
        if detail is not None:
            number = detail.row.id
            self._write(lambda: self._service.add_note(number, text))

    def _open(self, dialog: QDialog) -> None:
        """Over the window; afterwards the keys are in the list again, not where the panel's button was."""
        dialog.finished.connect(lambda _code: self.finished.emit())
        dialog.open()

    def _write(self, action: Callable[[], ChangeSet]) -> None:
        self._runner.run_write(lambda _progress: action(), self._written, owner=self)

    @Slot(object)
    def _written(self, changes: ChangeSet) -> None:
        messages.notify(self._window, changes.label.rstrip(".") + ".", undo=self._undo(changes))

    def _undo(self, changes: ChangeSet) -> Callable[[], None]:
        return undo_of(self._services, self._runner, changes, self)
