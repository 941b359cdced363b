"""The table of holidays of a year: filled from the national calendar, corrected and completed by the office."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from asn_desktop.core.changes import ChangeSet
from asn_desktop.core.errors import InputError
from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import MONTHS
from asn_desktop.core.issues import Issue, Severity
from asn_desktop.gui import messages, theme
from asn_desktop.gui.dialogs import Dialog
from asn_desktop.gui.forms import FormField
from asn_desktop.gui.inputs import Choice, IssueList, resize_within, row_of
from asn_desktop.gui.row_table import Column, RowTable
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.widgets import DateField, button, label, tool_button
from asn_desktop.gui.widgets.month_calendar import WEEKDAYS
from asn_desktop.reference.fields import HOLIDAY_KINDS
from asn_desktop.reference.queries import HolidayRow
from asn_desktop.reference.service import ReferenceService

_TONES = {"libur_nasional": "bad", "cuti_bersama": "attention", "libur_daerah": "info"}


class HolidaysDialog(Dialog):
    """Changes are written at once (and can be undone); the dialog only closes."""

    changed = Signal()

    def __init__(self, service: ReferenceService, runner: Runner, year: int, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Hari libur dan cuti bersama"),
            parent,
            subtitle=_("Dipakai untuk kalender dan tenggat hari kerja. Sesuaikan dengan SKB terbaru."),
        )
        self._service, self._runner = service, runner
        self.year = year
        line = QHBoxLayout()
        line.addWidget(
            tool_button("chevron-left", _("Tahun sebelumnya"), clicked=lambda: self.show_year(self.year - 1))
        )
        self._title = label("", "section", parent=self)
        line.addWidget(self._title)
        line.addWidget(
            tool_button("chevron-right", _("Tahun berikutnya"), clicked=lambda: self.show_year(self.year + 1))
        )
        line.addStretch(1)
        self.fill_button = button(_("Isi dari kalender nasional"), icon="calendar-plus", parent=self)
        self.fill_button.clicked.connect(lambda: self._write(lambda: self._service.fill_holidays(self.year)))
        line.addWidget(self.fill_button)
        self.body.addLayout(line)
        self.missing = IssueList(self)
        self.body.addWidget(self.missing)
        self.table: RowTable[HolidayRow] = RowTable(self._columns(), lambda row: row.id, self, name=_("Hari libur"))
        self.table.setProperty("boxed", True)
        self.body.addWidget(self.table, 1)
        self.body.addLayout(self._editor())
        self.add_primary(_("Tutup"))
        self.table.first_by_itself = False  # below the list a new holiday may be entered
        self.table.current_row.connect(self._selected)
        resize_within(self, 700, 580)
        self.show_year(year)

    def _columns(self) -> list[Column[HolidayRow]]:
        return [
            Column(
                _("Tanggal"), lambda row: f"{row.day.day} {MONTHS[row.day.month - 1]}",
                lambda row: _(WEEKDAYS[row.day.weekday()]), width=130,
            ),
            Column(_("Nama"), lambda row: row.name, lambda row: row.source, stretch=True),
            Column(_("Jenis"), lambda row: _(HOLIDAY_KINDS[row.kind]), tone=lambda row: _TONES[row.kind], width=130),
        ]  # fmt: skip

    def _editor(self) -> QHBoxLayout:
        self.day = DateField(self, name=_("Tanggal"))
        self.name = QLineEdit(self)
        self.name.setPlaceholderText(_("HUT Kabupaten"))
        self.kind = Choice([(key, _(text)) for key, text in HOLIDAY_KINDS.items()], self)
        self.kind.set_value("libur_daerah")
        self.kind.setMinimumWidth(theme.tokens().px(140))
        self.day_field = FormField("", _("Tanggal"), self.day, self)
        self.name_field = FormField("", _("Nama"), self.name, self)
        line = row_of((self.day_field, 0), (self.name_field, 1), (FormField("", _("Jenis"), self.kind, self), 0))
        self.save_button = button(_("Tambah"), icon="plus", parent=self, clicked=self.save)
        self.remove_button = button(_("Hapus"), kind="danger", parent=self, clicked=self.remove)
        for one in (self.save_button, self.remove_button):
            frame = QWidget(self)
            column = QHBoxLayout(frame)
            column.setContentsMargins(0, theme.tokens().px(20), 0, 0)
            column.addWidget(one)
            line.addWidget(frame)
        return line

    def show_year(self, year: int) -> None:
        """Turn to a year; one without any entry says so."""
        self.year = year
        rows = self._service.holidays(date(year, 1, 1), date(year, 12, 31))
        self._title.setText(str(year))
        self.table.set_rows(rows, year)
        warn = Issue(
            "holiday_year_missing", _("Belum ada data libur tahun {year}.").format(year=year), Severity.WARNING
        )
        self.missing.set_issues([] if rows else [warn])
        self._selected(self.table.row())

    def _selected(self, row: HolidayRow | None) -> None:
        self.save_button.setText(_("Tambah") if row is None else _("Simpan"))
        self.remove_button.setVisible(row is not None)
        if row is not None:
            self.day.set_value(row.day)
            self.name.setText(row.name)
            self.kind.set_value(row.kind)

    def save(self) -> None:
        """Add a holiday, or change the selected one."""
        self.day_field.show_error("" if self.day.commit() and self.day.value else self.day.error or _("Isi tanggal."))
        self.name_field.show_error("" if self.name.text().strip() else _("Isi nama hari libur."))
        day = self.day.value
        if self.day_field.error or self.name_field.error or day is None:
            return
        row = self.table.row()
        name, kind, number = self.name.text(), self.kind.value, row.id if row else None
        self._write(lambda: self._service.save_holiday(day, name, kind, number))

    def remove(self) -> None:
        row = self.table.row()
        if row is not None:
            self._write(lambda: self._service.remove_holiday(row.id))

    def _write(self, action: object) -> None:
        assert callable(action)

        def work(_progress: object) -> ChangeSet:
            result = action()
            assert isinstance(result, ChangeSet)
            return result

        self._runner.run_write(work, lambda _changes: self._written(), self._refused, owner=self)

    def _written(self) -> None:
        self.table.choose_none()
        self.day.set_value(None)
        self.name.clear()
        self.show_year(self.year)
        self.changed.emit()

    def _refused(self, error: BaseException) -> None:
        if isinstance(error, InputError):
            self.name_field.show_error(error.message)
        else:
            messages.show_error(self, error)
