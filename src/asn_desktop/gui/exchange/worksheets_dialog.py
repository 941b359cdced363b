"""Lembar kerja OPD: which OPD has its worksheet of a quarter, who has sent it back, and writing them all at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QWidget

from asn_desktop.core.changes import ChangeSet
from asn_desktop.core.i18n import N_, _
from asn_desktop.core.indonesian import MONTHS, format_date, format_number
from asn_desktop.core.periods import Period
from asn_desktop.exchange.subjects import WORKSHEETS
from asn_desktop.exchange.worksheet.kinds import WorksheetKind
from asn_desktop.exchange.worksheet.orders import RETURN_STATES, WAITING, Order, ReturnRow, WrittenAll
from asn_desktop.gui import messages, theme
from asn_desktop.gui.change_bus import ChangeBus
from asn_desktop.gui.dialogs import Dialog
from asn_desktop.gui.exchange.received_files import choose_folder_of_workbooks, dropped_files
from asn_desktop.gui.folders import Place
from asn_desktop.gui.inputs import Choice, resize_within
from asn_desktop.gui.progress_dialog import ProgressDialog
from asn_desktop.gui.row_table import Column, RowTable
from asn_desktop.gui.start.fields import Field
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.widgets import DateField, EmptyState, SearchField, Segment, SegmentedControl, button, label
from asn_desktop.services import Services

TABLES = ("worksheet", "evaluation", "appraisal_period", "unit", "employee")
_RATED = 3  # the column that only ratings have
_NO_RATINGS = (N_("Triwulan belum dibuka"), N_("Buka triwulannya dahulu; setelah itu lembar kerja dapat dibuat."))
_NO_EVENTS = (
    N_("Belum ada lembar kerja peserta"),
    N_("Lembar kerja peserta dibuat dari kegiatannya di Kalender Pelatihan, dan terdaftar di sini."),
)
_TONES = {"none": "neutral", "out": "attention", "back": "good", "late": "bad"}


class WorksheetsDialog(Dialog):
    """A list of OPD with boxes. ``import_wanted(paths)``: worksheets came back and are to be read."""

    import_wanted = Signal(object)

    def __init__(
        self, services: Services, runner: Runner, bus: ChangeBus, period: Period, parent: QWidget | None = None
    ) -> None:
        sentence = _("Satu buku kerja Excel untuk tiap OPD: diisi OPD, lalu diimpor kembali di sini.")
        super().__init__(_("Lembar kerja OPD"), parent, subtitle=sentence)
        self._services, self._runner, self._period = services, runner, period
        self._today = services.database.clock().date()
        self._rows: list[ReturnRow] = []
        self.kind = SegmentedControl(
            [Segment(kind.key, _(kind.choice).format(period=period.label)) for kind in WORKSHEETS.values()],
            name=_("Isi lembar kerja"),
        )
        self.kind.set_value(next(iter(WORKSHEETS)))
        self.kind.changed.connect(self._kind_chosen)
        self.body.addWidget(self.kind)
        self.search = SearchField(_("Cari OPD atau kegiatan"), self)
        states = [(code, _(word)) for code, word in RETURN_STATES.items()]
        states.append((WAITING, _("Perlu keputusan")))
        self.show_only = Choice(states, self, empty=_("Semua OPD"))
        self.show_only.setMinimumWidth(theme.tokens().px(170))
        self.show_only.setAccessibleName(_("Saring"))
        self.all_button = button(
            _("Pilih semua"), kind="ghost", icon="list-checks", clicked=self._tick_all, parent=self
        )
        line = QHBoxLayout()
        line.setSpacing(theme.SPACE)
        line.addWidget(self.search, 1)
        line.addWidget(self.show_only)
        line.addWidget(self.all_button)
        self.body.addLayout(line)
        self.table: RowTable[ReturnRow] = RowTable(
            self._columns(), lambda row: row.id, self, checkable=True, name=_("OPD")
        )
        self.table.setProperty("boxed", True)
        self.body.addWidget(self.table, 1)
        self.empty = EmptyState("clipboard-check", "", "")
        self.body.addWidget(self.empty, 1)
        self.summary = label("", "secondary", wrap=True, parent=self)
        self.body.addWidget(self.summary)
        self.folder_button = self.add_extra(_("Satu folder …"), self.import_folder, icon="folder-open")
        self.folder_button.setToolTip(_("Impor semua lembar kerja yang kembali dalam satu folder"))
        self.import_button = self.add_extra(_("Impor yang kembali …"), self.import_files, icon="upload")
        self.setAcceptDrops(True)
        self.add_cancel(_("Tutup"))
        self.write_button = self.add_primary("", self.write, icon="file-spreadsheet")
        self.search.searched.connect(lambda _text: self._show())
        self.show_only.currentIndexChanged.connect(lambda _index: self._show())
        self.table.rows.ticked.connect(self._say)
        bus.changed.connect(self._changed)
        resize_within(self, 940, 620)
        self.reload()

    def _columns(self) -> list[Column[ReturnRow]]:
        return [
            Column(_("Untuk"), lambda row: row.name, self._size, stretch=True),
            Column(_("Lembar kerja"), self._state_word, tone=self._tone, width=138),
            Column(_("Terakhir"), self._last, self._details, width=196),
            Column(_("Sudah dinilai"), lambda row: _share(row.rated, row.people), _percent, width=120),
        ]

    @property
    def sheet(self) -> WorksheetKind:
        """The kind of worksheet that is shown."""
        return WORKSHEETS[str(self.kind.value)]

    # -- the list -------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the ledger again; ticks stay."""
        rated, of_events = self.sheet.rated, self.sheet.of_an_event
        self._rows = self._services.worksheets.returns(self._period.code, self.sheet.key)
        self.table.setColumnHidden(_RATED, not rated)
        self.table.setVisible(bool(self._rows))
        self.empty.setVisible(not self._rows)
        self.empty.set_texts(*(_(text) for text in (_NO_EVENTS if of_events else _NO_RATINGS)))
        back = [row for row in self._rows if row.state == "back"]
        people, done = sum(row.people for row in self._rows), sum(row.rated for row in self._rows)
        text = _("{back} dari {all} OPD sudah kembali · {people} pegawai")
        if rated:
            text = _("{back} dari {all} OPD sudah kembali · {rated} dari {people} pegawai sudah dinilai")
        if of_events:
            text = _("{back} dari {all} kegiatan sudah kembali lembar kerjanya · {people} peserta")
        text = text.format(back=len(back), all=len(self._rows), rated=format_number(done), people=format_number(people))
        if waiting := sum(row.waiting for row in self._rows):
            text += " · " + _("{n} baris terbuka: impor lagi berkasnya untuk memutuskan").format(
                n=format_number(waiting)
            )
        self.summary.setText(text)
        self.table.rows.checked &= {row.id for row in self._rows}
        self._show()

    @property
    def shown(self) -> list[ReturnRow]:
        """The OPD that pass search and filter; first those not back of whom ratings are missing."""
        words = self.search.text().casefold().split()
        wanted = self.show_only.value
        order = {"out": 0, "none": 1, "back": 2}
        found = [
            row
            for row in self._rows
            if (not wanted or row.state == wanted or (wanted == WAITING and row.waiting))
            and all(word in row.name.casefold() for word in words)
        ]
        return sorted(found, key=lambda row: (order[row.state], row.rated == row.people, row.name))

    def _show(self) -> None:
        self.table.set_rows(self.shown, (self.kind.value, self.show_only.value, self.search.text()))
        self._say()

    def _say(self) -> None:
        writable = not self.sheet.of_an_event  # those are made from the event itself
        self.write_button.setVisible(writable)
        self.all_button.setVisible(writable)
        chosen, shown = len(self.table.rows.checked), self.shown
        if chosen:
            text = _("Buat {n} lembar kerja …").format(n=chosen)
        else:
            text = _("Buat untuk semua {n} OPD …").format(n=len(shown))
        self.write_button.setText(text)
        self.write_button.setEnabled(bool(chosen or shown))
        self.all_button.setText(_("Kosongkan pilihan") if chosen else _("Pilih semua"))
        self.all_button.setEnabled(bool(shown))

    def _kind_chosen(self) -> None:
        self.table.rows.checked.clear()
        self.reload()

    def _tick_all(self) -> None:
        self.table.tick_keys(() if self.table.rows.checked else [row.id for row in self.shown])

    def _changed(self, changes: ChangeSet) -> None:
        if self.isVisible() and changes.touches(*TABLES):
            self.reload()

    # -- words ----------------------------------------------------------------------------------------------

    def _size(self, row: ReturnRow) -> str:
        if self.sheet.of_an_event:
            return _("{n} peserta").format(n=format_number(row.people))
        return _("{n} pegawai").format(n=format_number(row.people))

    def _late(self, row: ReturnRow) -> bool:
        overdue = row.due is not None and row.due < self._today
        return row.state == "out" and overdue and row.rated < row.people

    def _state_word(self, row: ReturnRow) -> str:
        if row.waiting:
            return _("Perlu keputusan")
        return _("Lewat batas") if self._late(row) else _(RETURN_STATES[row.state])

    def _tone(self, row: ReturnRow) -> str:
        if row.waiting:
            return "attention"
        if row.state == "out" and row.rated == row.people:
            return "neutral"  # everything was typed here meanwhile: nobody has to be reminded
        return _TONES["late" if self._late(row) else row.state]

    def _last(self, row: ReturnRow) -> str:
        if row.state == "back":
            return _("kembali {day}").format(day=_day(row.returned_at))
        return _("dibuat {day}").format(day=_day(row.made_at)) if row.made_at else "–"

    def _details(self, row: ReturnRow) -> str:
        if row.waiting and row.returned_file:  # which file to open again
            return f"{_returned(row)} · {row.returned_file}"
        if row.state == "back":
            return _returned(row)
        return _("batas {day}").format(day=format_date(row.due)) if row.due and row.state == "out" else ""

    # -- back -----------------------------------------------------------------------------------------------

    def import_files(self) -> None:
        """One file or several at once."""
        self._import(
            messages.choose_open_files(
                self, _("Pilih satu atau beberapa lembar kerja yang kembali"), place=Place.WORKSHEETS
            )
        )

    def import_folder(self) -> None:
        self._import(choose_folder_of_workbooks(self, _("Folder berisi lembar kerja yang kembali"), Place.WORKSHEETS))

    def _import(self, paths: Sequence[Path]) -> None:
        if paths:
            self.import_wanted.emit(paths)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self._import(dropped_files(event))

    # -- writing --------------------------------------------------------------------------------------------

    def write(self) -> None:
        """Ask for the deadline, a contact and a folder; write one file for each chosen OPD."""
        ticked = self.table.rows.checked
        units = [row.id for row in (self._rows if ticked else self.shown) if not ticked or row.id in ticked]
        asking = SendingDialog(len(units), self._proposed_due(), self._services.worksheets.last_contact(), self)
        if asking.exec() != QDialog.DialogCode.Accepted:
            return
        folder = messages.choose_folder(self, _("Simpan lembar kerja ke folder"), place=Place.WORKSHEETS)
        if folder is not None:
            period = self._period.code if self.sheet.of_a_period else ""
            order = Order(self.sheet.key, period=period, due=asking.due.value, contact=asking.contact.text())
            self._write(folder, order, units)

    def _write(self, folder: Path, order: Order, units: Sequence[int]) -> None:
        job = self._runner.run_write(
            lambda progress: self._services.worksheets.write_each(
                folder, order, units, progress=progress, initiator=self
            ),
            lambda done: self._written(folder, done),
            self._failed,
            title=_("Menulis lembar kerja"),
            owner=self,
            on_cancelled=self.reload,
        )
        ProgressDialog(job, self)

    def _proposed_due(self) -> date | None:
        if not self.sheet.of_a_period:
            return None
        known = self._services.appraisal.period(self._period.code)
        return known.window_closes if known is not None and known.window_closes >= self._today else None

    def _written(self, folder: Path, done: WrittenAll) -> None:
        self.table.rows.checked.clear()
        self.reload()
        text = _("{n} lembar kerja tersimpan di {folder}.").format(n=len(done.files), folder=folder.name)
        if done.empty:
            text += " " + _("Tanpa pegawai, jadi tidak dibuat: {names}.").format(names=", ".join(done.empty))
        messages.saved(self, text, folder)

    def _failed(self, error: BaseException) -> None:
        self.reload()
        messages.show_error(self, error)


class SendingDialog(Dialog):
    """What stands on the first sheet of every worksheet: until when, and whom to ask."""

    def __init__(self, files: int, due: date | None, contact: str, parent: QWidget) -> None:
        sentence = _("Keduanya tertulis di lembar PETUNJUK; boleh dikosongkan.")
        super().__init__(_("Buat {n} lembar kerja").format(n=files), parent, subtitle=sentence)
        self.due = DateField(self)
        self.due.set_value(due)
        self.contact = QLineEdit(contact, self)
        self.contact.setPlaceholderText(_("Misalnya: Ibu Rahma, Bidang Kinerja, 0812-…"))
        self.contact.setMaxLength(120)
        self.body.addWidget(Field(_("Kembali paling lambat"), self.due, parent=self))
        self.body.addWidget(Field(_("OPD dapat bertanya kepada"), self.contact, parent=self))
        note = _("NIP dan nama ikut; NIK, alamat, dan nomor telepon tidak. Kirim kepada OPD-nya saja.")
        self.body.addWidget(label(note, "secondary", wrap=True, parent=self))
        self.add_cancel()
        self.add_primary(_("Pilih folder …"), self._accept)

    def _accept(self) -> None:
        if self.due.commit():
            self.accept()


def _share(part: int, whole: int) -> str:
    return _("{part} dari {whole}").format(part=format_number(part), whole=format_number(whole))


def _percent(row: ReturnRow) -> str:
    return f"{row.rated * 100 // row.people}%" if row.people else ""


def _day(moment: str | None) -> str:
    """``6 Oktober`` of an ISO day or moment."""
    if not moment:
        return ""
    day = datetime.fromisoformat(moment)
    return f"{day.day} {MONTHS[day.month - 1]}"


def _returned(row: ReturnRow) -> str:
    """``31 diterima · 2 perlu keputusan``: what became of the rows that came back."""
    counts = row.counts
    taken = counts.get("new", 0) + counts.get("changed", 0)
    parts = [
        _("{n} diterima").format(n=taken) if taken else "",
        _("{n} perlu keputusan").format(n=counts["conflict"]) if counts.get("conflict") else "",
        _("{n} ditolak").format(n=counts["rejected"]) if counts.get("rejected") else "",
    ]
    return " · ".join(part for part in parts if part) or _("tidak ada yang berubah")
