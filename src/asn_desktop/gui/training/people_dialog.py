"""Add participants: search, tick many, see hours and clashes before anything is written."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import format_number
from asn_desktop.gui import messages, theme
from asn_desktop.gui.dialogs import Dialog
from asn_desktop.gui.inputs import Choice, resize_within
from asn_desktop.gui.row_table import Column, RowTable
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.training.words import balance_tone
from asn_desktop.gui.widgets import SearchField, label
from asn_desktop.training.balance import BalanceSpec
from asn_desktop.training.commands import Nominate
from asn_desktop.training.queries import EventRow
from asn_desktop.training.rules import BALANCE_STATES, BalanceState, date_span
from asn_desktop.training.service import CandidateRow, Nominated, TrainingService

_LIMIT = 200


class PeopleDialog(Dialog):
    """``with_plan`` gives the people who have an open remediation plan; ``added(Nominated)`` before it closes."""

    added = Signal(object)

    def __init__(
        self,
        service: TrainingService,
        runner: Runner,
        event: EventRow,
        with_plan: Callable[[], frozenset[int]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_("Tambah peserta"), parent, subtitle=f"{event.name} · {date_span(event.starts, event.ends)}")
        self._service, self._runner, self._event, self._with_plan = service, runner, event, with_plan
        self.search = SearchField(_("Nama atau NIP"), self)
        self.show_only = Choice(
            [("short", _("JP belum cukup")), ("plan", _("Punya rencana pembinaan"))],
            self,
            empty=_("Semua pegawai aktif"),
        )
        self.show_only.setMinimumWidth(theme.tokens().px(210))
        line = QHBoxLayout()
        line.addWidget(self.search, 1)
        line.addWidget(self.show_only)
        self.body.addLayout(line)
        self.table: RowTable[CandidateRow] = RowTable(
            self._columns(), lambda row: row.person.employee_id, self, checkable=True, name=_("Calon peserta")
        )
        self.table.rows.may_tick = lambda row: not row.already
        self.table.setProperty("boxed", True)
        self.body.addWidget(self.table, 1)
        self._count = label("", "secondary", wrap=True, parent=self)
        self.body.addWidget(self._count)
        self._room = label("", "", wrap=True, parent=self)
        self.body.addWidget(self._room)
        self.add_cancel()
        self.add_people = self.add_primary(_("Tambahkan"), self.add, icon="user-plus")
        self.search.searched.connect(lambda _text: self.reload())
        self.show_only.currentIndexChanged.connect(lambda _index: self.reload())
        self.table.rows.ticked.connect(self._ticked)
        resize_within(self, 820, 580)
        self.search.setFocus()
        self.reload()
        self._ticked()

    def _columns(self) -> list[Column[CandidateRow]]:
        return [
            Column(_("Nama"), lambda row: row.person.name, _place, stretch=True),
            Column(
                _("Saldo JP {year}").format(year=self._event.ends.year),
                lambda row: _(BALANCE_STATES[row.person.balance.state]),
                tone=lambda row: balance_tone(row.person.balance.state),
                width=128,
            ),
            Column(_("JP"), lambda row: format_number(row.person.balance.earned), _planned, width=110),
            Column(_("Perlu diperiksa"), _note, width=230),
        ]

    def reload(self) -> None:
        """Search again; ticks stay, also of people who are not shown now."""
        state = BalanceState.SHORT.value if self.show_only.value == "short" else ""
        people = self._with_plan() if self.show_only.value == "plan" else None
        spec = BalanceSpec(self._event.ends.year, self.search.text(), state, employee_ids=people)
        total, rows = self._service.candidates(self._event.id, spec, _LIMIT)
        self.table.set_rows(rows)
        if total > len(rows):
            text = _("{shown} dari {total} pegawai ditampilkan; persempit dengan pencarian.")
        else:
            text = _("{total} pegawai")
        self._count.setText(text.format(shown=format_number(len(rows)), total=format_number(total)))

    def _ticked(self) -> None:
        count = len(self.table.rows.checked)
        self.add_people.setEnabled(count > 0)
        self.add_people.setText(_("Tambahkan {n} orang").format(n=count) if count else _("Tambahkan"))
        quota = self._event.quota
        free = None if quota is None else max(0, quota - self._event.taken)
        if free is None:
            self._room.setText(_("Kuota tidak dibatasi."))
        elif count > free:
            self._room.setText(
                _("Tempat tersisa {free}: {n} orang akan menjadi peserta cadangan.").format(free=free, n=count - free)
            )
        else:
            self._room.setText(_("Tempat tersisa {free} dari {quota}.").format(free=free, quota=quota))
        theme.set_role(self._room, "error" if free is not None and count > free else "secondary")

    def add(self) -> None:
        people = tuple(sorted(self.table.rows.checked))
        self.add_people.setEnabled(False)
        self._runner.run_write(
            lambda _progress: self._service.nominate(Nominate(self._event.id, people), initiator=self),
            self._done,
            self._refused,
            title=_("Menambahkan peserta"),
            owner=self,
        )

    def _done(self, result: Nominated) -> None:
        self.added.emit(result)
        self.accept()

    def _refused(self, error: BaseException) -> None:
        self.add_people.setEnabled(True)
        messages.show_error(self, error)


def _place(row: CandidateRow) -> str:
    return " · ".join(part for part in (row.person.position, row.person.unit) if part)


def _planned(row: CandidateRow) -> str:
    planned = row.person.balance.planned
    return _("+{n} rencana").format(n=planned) if planned else ""


def _note(row: CandidateRow) -> str:
    if row.already:
        return _("Sudah terdaftar")
    return "; ".join(issue.message for issue in row.issues)
