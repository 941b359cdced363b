"""Who came, how many JP count, and the certificate: one line a person, all at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from asn_desktop.core.i18n import _
from asn_desktop.gui import messages, theme
from asn_desktop.gui.dialogs import Dialog
from asn_desktop.gui.editors import OptionalNumber
from asn_desktop.gui.inputs import resize_within, set_number
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.widgets import button, label
from asn_desktop.training.commands import RecordAttendance
from asn_desktop.training.queries import EventRow, ParticipantRow
from asn_desktop.training.rules import ParticipantState, date_span
from asn_desktop.training.service import TrainingService

_BY_TAB = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_COUNTED = (ParticipantState.NOMINATED, ParticipantState.APPROVED, ParticipantState.ATTENDED, ParticipantState.ABSENT)


class AttendanceDialog(Dialog):
    """Only people with a place are listed. What is stored is the JP credited, not a reference to the event."""

    recorded = Signal(int)
    """How many people were recorded."""

    asks_first = True

    def __init__(
        self,
        service: TrainingService,
        runner: Runner,
        event: EventRow,
        people: list[ParticipantRow],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            _("Kehadiran dan JP"), parent, subtitle=f"{event.name} · {date_span(event.starts, event.ends)}"
        )
        self._service, self._runner, self._event = service, runner, event
        self.people = [row for row in people if row.state in _COUNTED]
        line = QHBoxLayout()
        line.addWidget(button(_("Semua hadir"), icon="circle-check", parent=self, clicked=self.all_present))
        line.addStretch(1)
        line.addWidget(label(_("JP kegiatan: {n}").format(n=event.jp), "secondary", parent=self))
        self.body.addLayout(line)
        self.table = QTableWidget(len(self.people), 4, self)
        self.table.setHorizontalHeaderLabels([_("Nama"), _("Hadir"), _("JP diakui"), _("Nomor sertifikat")])
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(theme.tokens().px(42))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)  # Tab goes from editor to editor, not from cell to cell
        self.table.setShowGrid(False)
        self.table.setProperty("boxed", True)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, width in ((1, 80), (2, 120), (3, 280)):
            self.table.setColumnWidth(column, theme.tokens().px(width))
        self.present: list[QCheckBox] = []
        self.hours: list[OptionalNumber] = []
        self.certificates: list[QLineEdit] = []
        self._tabs_began = 1
        """The column a row was entered in; Enter goes there in the next row, as in Excel."""
        for number, row in enumerate(self.people):
            self._add_row(number, row)
        self.body.addWidget(self.table, 1)
        self.add_cancel()
        self.save_button = self.add_primary(_("Simpan kehadiran"), self.save)
        self.save_button.setEnabled(bool(self.people))
        resize_within(self, 820, 520)

    def _add_row(self, number: int, row: ParticipantRow) -> None:
        item = QTableWidgetItem(row.name)
        item.setToolTip(f"{row.name}\n{row.position}\n{row.unit}")
        self.table.setItem(number, 0, item)
        present = QCheckBox(self.table)
        present.setAccessibleName(_("{name} hadir").format(name=row.name))
        hours = OptionalNumber(0, 2000, self.table)
        hours.setAccessibleName(_("JP diakui untuk {name}").format(name=row.name))
        certificate = QLineEdit(row.certificate_number, self.table)
        certificate.setCursorPosition(0)  # a long number shows its beginning
        certificate.setAccessibleName(_("Sertifikat {name}").format(name=row.name))
        present.toggled.connect(lambda on, place=number: self._toggled(place, on))
        self.present.append(present)
        self.hours.append(hours)
        self.certificates.append(certificate)
        for field in (present, hours, certificate):
            field.installEventFilter(self)
        for column, editor in enumerate((_centred(present), hours, certificate), 1):
            self.table.setCellWidget(number, column, _padded(editor) if column > 1 else editor)
        present.setChecked(row.state == ParticipantState.ATTENDED)
        set_number(hours, row.jp_credited if row.jp_credited is not None else 0)
        self._enable(number, present.isChecked())

    def _toggled(self, number: int, on: bool) -> None:
        set_number(self.hours[number], self._event.jp if on else 0)
        self._enable(number, on)

    def _enable(self, number: int, on: bool) -> None:
        self.hours[number].setEnabled(on)
        self.certificates[number].setEnabled(on)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes down instead of saving everything."""
        place = self._place_of(watched)
        if place is None:
            return super().eventFilter(watched, event)
        if isinstance(event, QFocusEvent) and event.gotFocus() and event.reason() not in _BY_TAB:
            self._tabs_began = place[1]
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _ENTER:
            self._go_down(place[0])
            return True
        return super().eventFilter(watched, event)

    def _place_of(self, editor: QObject) -> tuple[int, int] | None:
        columns: tuple[Sequence[QWidget], ...] = (self.present, self.hours, self.certificates)
        for column, editors in enumerate(columns, 1):
            for row, each in enumerate(editors):
                if each is editor:
                    return row, column
        return None

    def _go_down(self, row: int) -> None:
        """To the next row that can be filled in this column; after the last one to the button."""
        column: Sequence[QWidget] = (self.present, self.hours, self.certificates)[self._tabs_began - 1]
        below = next((editor for editor in column[row + 1 :] if editor.isEnabled()), self.save_button)
        below.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(below, QLineEdit):
            below.selectAll()

    def all_present(self) -> None:
        for box in self.present:
            box.setChecked(True)

    def records(self) -> list[RecordAttendance]:
        """One record a person; somebody who is not ticked counts as absent with 0 JP."""
        return [
            RecordAttendance(row.id, here.isChecked(), None, jp.number or 0, text.text() if here.isChecked() else "")
            for row, here, jp, text in zip(self.people, self.present, self.hours, self.certificates, strict=True)
        ]

    def save(self) -> None:
        records = self.records()
        self.save_button.setEnabled(False)
        self._runner.run_write(
            lambda _progress: self._service.record_attendance(self._event.id, records, initiator=self),
            lambda _changes: self._done(len(records)),
            self._refused,
            title=_("Menyimpan kehadiran"),
            owner=self,
        )

    def _done(self, count: int) -> None:
        self.recorded.emit(count)
        self.accept()

    def _refused(self, error: BaseException) -> None:
        self.save_button.setEnabled(True)
        messages.show_error(self, error)


def _centred(editor: QWidget) -> QWidget:
    frame = QWidget()
    row = QHBoxLayout(frame)
    row.setContentsMargins(10, 0, 0, 0)
    row.addWidget(editor)
    row.addStretch(1)
    return frame


def _padded(editor: QWidget) -> QWidget:
    frame = QWidget()
    row = QHBoxLayout(frame)
    row.setContentsMargins(4, 4, 8, 4)
    editor.setFixedHeight(theme.tokens().control_height)
    row.addWidget(editor)
    return frame
