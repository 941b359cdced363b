"""What a person does with the selected event: forms, states, people, attendance, holidays, each with its undo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from asn_desktop.core.changes import ChangeSet
from asn_desktop.core.files import plain_file_name
from asn_desktop.core.i18n import _
from asn_desktop.exchange.worksheet.orders import Order
from asn_desktop.gui import messages
from asn_desktop.gui.folders import Place
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.training.attendance_dialog import AttendanceDialog
from asn_desktop.gui.training.form import EventDialog
from asn_desktop.gui.training.holidays_dialog import HolidaysDialog
from asn_desktop.gui.training.people_dialog import PeopleDialog
from asn_desktop.gui.undo import undo_of
from asn_desktop.services import Services
from asn_desktop.training.commands import ChangeEventState
from asn_desktop.training.queries import EventDetail
from asn_desktop.training.rules import REASON_NEEDED, EventState, ParticipantState
from asn_desktop.training.service import EventSaved, Nominated


class EventActions(QObject):
    """``window`` is the tab the dialogs belong to; ``detail`` gives the event shown in its panel."""

    saved = Signal(int)
    """An event was added or changed: its id."""

    def __init__(
        self, services: Services, runner: Runner, window: QWidget, detail: Callable[[], EventDetail | None]
    ) -> None:
        super().__init__(window)
        self._services = services
        self._service = services.training
        self._runner = runner
        self._window = window
        self._detail = detail

    def add_event(self, day: date) -> None:
        """Open the form of a new event that begins on ``day``."""
        dialog = EventDialog(self._service, self._runner, self._window, day=day)
        dialog.saved.connect(self._saved)
        dialog.open()

    @Slot()
    def edit_event(self) -> None:
        detail = self._detail()
        if detail is None:
            return
        dialog = EventDialog(self._service, self._runner, self._window, detail=detail)
        dialog.saved.connect(self._saved)
        dialog.open()

    @Slot(object)
    def _saved(self, result: EventSaved) -> None:
        self.saved.emit(result.event_id)
        messages.notify(self._window, _("Kegiatan disimpan."), undo=self._undo(result.change_set))

    @Slot(str)
    def change_state(self, state: str) -> None:
        """Take the selected event to another state; asks for the reason where one is needed."""
        self._change_state(state, "")

    def _change_state(self, state: str, typed: str) -> None:
        detail = self._detail()
        if detail is None:
            return
        reason = ""
        if EventState(state) in REASON_NEEDED:
            title = _("Batalkan kegiatan?") if state == EventState.CANCELLED else _("Tunda kegiatan?")
            answer = messages.ask_text(
                self._window, title, _("Alasan (akan dibaca peserta)"), text=typed, action=_("Simpan")
            )
            if answer is None:
                return
            reason = answer
        command = ChangeEventState(detail.row.id, state, reason, detail.row.version)
        refused = messages.ask_again(self._window, partial(self._change_state, state), reason) if reason else None
        self._runner.run_write(
            lambda _progress: self._service.change_state(command), self._written, refused, owner=self
        )

    def _written(self, changes: ChangeSet) -> None:
        messages.notify(self._window, changes.label, undo=self._undo(changes))

    @Slot()
    def add_people(self) -> None:
        detail = self._detail()
        if detail is None:
            return
        dialog = PeopleDialog(
            self._service, self._services.reference, self._runner, detail.row,
            self._services.remediation.people_with_open_plan, self._window,
        )  # fmt: skip
        dialog.added.connect(self._added)
        dialog.open()

    @Slot(object)
    def _added(self, result: Nominated) -> None:
        done = result.placement
        text = _("{n} peserta ditambahkan").format(n=done.placed)
        if done.reserved:
            text += _(", {n} menjadi peserta cadangan").format(n=done.reserved)
        messages.notify(self._window, text + ".", undo=self._undo(result.change_set))

    @Slot()
    def record_attendance(self) -> None:
        detail = self._detail()
        if detail is None:
            return
        people = self._service.participants(detail.row.id)
        dialog = AttendanceDialog(self._service, self._runner, detail.row, people, self._window)
        dialog.recorded.connect(
            lambda count: messages.notify(self._window, _("Kehadiran {n} orang dicatat.").format(n=count))
        )
        dialog.open()

    @Slot()
    def write_worksheet(self) -> None:
        """A worksheet for nominations before the event, for attendance and certificates after it."""
        detail = self._detail()
        if detail is None:
            return
        name = _("Peserta {event}.xlsx").format(event=plain_file_name(detail.row.name))
        target = messages.choose_save_file(self._window, _("Simpan lembar kerja peserta"), name, place=Place.WORKSHEETS)
        if target is None:
            return
        order = Order("participants", event_id=detail.row.id)
        self._runner.run_write(
            lambda _progress: self._services.worksheets.write(target, order),
            lambda written: messages.saved(
                self._window,
                _("Lembar kerja dengan {n} peserta tersimpan. Setelah diisi, impor kembali (Ctrl+I).").format(
                    n=written.rows
                ),
                target,
            ),
            owner=self,
        )

    @Slot(int, str)
    def set_participant_state(self, participant_id: int, state: str) -> None:
        wanted = ParticipantState(state)
        self._runner.run_write(
            lambda _progress: self._service.set_participant_state([participant_id], wanted), self._written, owner=self
        )

    @Slot(int)
    def remove_participant(self, participant_id: int) -> None:
        self._runner.run_write(
            lambda _progress: self._service.remove_participants([participant_id]), self._written, owner=self
        )

    def edit_holidays(self, year: int) -> None:
        """The table of holidays, opened at a year."""
        dialog = HolidaysDialog(self._services.reference, self._runner, year, self._window)
        dialog.open()

    @Slot(int)
    def _recorded(self, count: int) -> None:
        messages.notify(self._window, _("Kehadiran {n} orang dicatat.").format(n=count))

    def _undo(self, changes: ChangeSet) -> Callable[[], None]:
        return undo_of(self._services, self._runner, changes, self)
