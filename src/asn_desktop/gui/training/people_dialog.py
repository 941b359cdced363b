"""Add participants: search, a whole unit, pasted NIPs; see hours, clashes and who is chosen before it is written."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.core.identifiers import format_nip
from asn_desktop.core.indonesian import format_number
from asn_desktop.gui import messages, theme
from asn_desktop.gui.dialogs import Dialog
from asn_desktop.gui.inputs import Choice, resize_within
from asn_desktop.gui.row_table import Column, RowTable
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.training.words import balance_tone
from asn_desktop.gui.units import unit_choices
from asn_desktop.gui.widgets import SearchField, button, label
from asn_desktop.reference.queries import with_descendants
from asn_desktop.reference.service import ReferenceService
from asn_desktop.training.balance import BalanceSpec
from asn_desktop.training.commands import Nominate
from asn_desktop.training.pasted import PastedPeople, nips_in
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
        reference: ReferenceService,
        runner: Runner,
        event: EventRow,
        with_plan: Callable[[], frozenset[int]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_("Tambah peserta"), parent, subtitle=f"{event.name} · {date_span(event.starts, event.ends)}")
        self._service, self._runner, self._event, self._with_plan = service, runner, event, with_plan
        self._units = reference.units()
        self._shown = BalanceSpec(event.ends.year)
        self.search = SearchField(_("Nama, NIP, jabatan, atau unit"), self)
        self.unit = Choice(
            [(number, name) for number, name in unit_choices(self._units) if number], self, empty=_("Semua unit")
        )
        self.unit.setMinimumWidth(theme.tokens().px(180))
        self.show_only = Choice(
            [
                ("short", _("JP belum cukup")),
                ("plan", _("Punya rencana pembinaan")),
                ("chosen", _("Yang sudah dicentang")),
            ],
            self,
            empty=_("Semua pegawai aktif"),
        )
        self.show_only.setMinimumWidth(theme.tokens().px(210))
        line = QHBoxLayout()
        line.addWidget(self.search, 1)
        line.addWidget(self.unit)
        line.addWidget(self.show_only)
        self.body.addLayout(line)
        self.body.addLayout(self._many_row())
        self.table: RowTable[CandidateRow] = RowTable(
            self._columns(), lambda row: row.person.employee_id, self, checkable=True, name=_("Calon peserta")
        )
        self.table.rows.may_tick = lambda row: not row.already
        self.table.setProperty("boxed", True)
        self.body.addWidget(self.table, 1)
        self._room = label("", "", wrap=True, parent=self)
        self.body.addWidget(self._room)
        self.add_cancel()
        self.add_people = self.add_primary(_("Tambahkan"), self.add, icon="user-plus")
        self.search.searched.connect(lambda _text: self.reload())
        for choice in (self.unit, self.show_only):
            choice.currentIndexChanged.connect(lambda _index: self.reload())
        self.table.rows.ticked.connect(self._ticked)
        self.table.key_handler = self._key
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.add)
        resize_within(self, 860, 600)
        self.search.setFocus()
        self.reload()
        self._ticked()

    def _many_row(self) -> QHBoxLayout:
        """How many are shown, and the ways to choose many of them at once."""
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE)
        self._count = label("", "secondary", parent=self)
        row.addWidget(self._count, 1)
        self.tick_all = button(
            _("Centang semua"), icon="list-checks", tip=_("Ctrl+A di daftar"), parent=self, clicked=self.choose_all
        )
        self.clear_all = button(_("Kosongkan pilihan"), kind="ghost", parent=self, clicked=self.choose_nobody)
        self.paste = button(_("Tempel NIP …"), icon="clipboard-paste", parent=self, clicked=self.paste_nips)
        for act in (self.tick_all, self.clear_all, self.paste):
            act.setAutoDefault(False)
            row.addWidget(act)
        return row

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
        people = None
        if self.show_only.value == "plan":
            people = self._with_plan()
        elif self.show_only.value == "chosen":
            people = frozenset(self.table.rows.checked)
        units = frozenset(with_descendants(self._units, int(self.unit.value))) if self.unit.value else frozenset()
        spec = self._shown = BalanceSpec(self._event.ends.year, self.search.text(), state, units, people)
        total, rows = self._service.candidates(self._event.id, spec, _LIMIT)
        self.table.set_rows(rows, spec)
        if total > len(rows):
            text = _("{shown} dari {total} pegawai ditampilkan")
        else:
            text = _("{total} pegawai")
        self._count.setText(text.format(shown=format_number(len(rows)), total=format_number(total)))
        self.tick_all.setText(_("Centang semua ({n})").format(n=format_number(total)))
        self.tick_all.setEnabled(total > 0)

    def choose_all(self) -> None:
        """Everybody who matches, also those beyond the rows that are shown."""
        self.table.tick_keys(self.table.rows.checked | set(self._service.candidate_ids(self._event.id, self._shown)))

    def choose_nobody(self) -> None:
        self.table.tick_keys(())
        self.reload()

    def paste_nips(self) -> None:
        """A column of NIPs: everybody found is ticked, everybody else is named with the reason."""
        text = messages.ask_text(
            self,
            _("Tempel NIP"),
            _("Satu NIP tiap baris; kolom lain boleh ikut."),
            text=QGuiApplication.clipboard().text() if nips_in(QGuiApplication.clipboard().text()) else "",
            action=_("Cari"),
            lines=8,
        )
        if text is None:
            return
        result = self._service.people_pasted(self._event.id, text)
        self.table.tick_keys(self.table.rows.checked | set(result.found))
        self.show_only.set_value("chosen" if self.table.rows.checked else "")
        self.reload()
        title, told = _pasted_words(result)
        messages.inform(self, title, told)

    def _key(self, _index: object, event: QKeyEvent) -> bool:
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.choose_all()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_nips()
        else:
            return False
        return True

    def _ticked(self) -> None:
        count = len(self.table.rows.checked)
        self.add_people.setEnabled(count > 0)
        self.clear_all.setEnabled(count > 0)
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
        if not self.add_people.isEnabled():
            return
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


def _pasted_words(result: PastedPeople) -> tuple[str, str]:
    """What became of a paste, with every NIP that was not taken."""
    title = _("{n} pegawai dicentang").format(n=format_number(len(result.found)))
    parts = [
        text.format(n=len(nips), nips=", ".join(format_nip(nip) for nip in nips))
        for text, nips in (
            (_("Tidak ada di data pegawai ({n}): {nips}."), result.unknown),
            (_("Sudah terdaftar pada kegiatan ini ({n}): {nips}."), result.already),
            (_("Sudah nonaktif ({n}): {nips}."), result.inactive),
        )
        if nips
    ]
    if result.without:
        shown = "; ".join(f"“{line[:40]}”" for line in result.without[:5])
        more = _(" dan {n} baris lain").format(n=len(result.without) - 5) if len(result.without) > 5 else ""
        text = _("Tanpa NIP 18 angka, jadi tidak dicari ({n} baris): {lines}.")
        parts.append(text.format(n=len(result.without), lines=shown + more))
    return title, "\n".join(parts) or _("Semua NIP ditemukan.")


def _planned(row: CandidateRow) -> str:
    planned = row.person.balance.planned
    return _("+{n} rencana").format(n=planned) if planned else ""


def _note(row: CandidateRow) -> str:
    if row.already:
        return _("Sudah terdaftar")
    return "; ".join(issue.message for issue in row.issues)
