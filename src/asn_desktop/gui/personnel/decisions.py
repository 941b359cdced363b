"""Small decisions about employees: leaving with a reason, a superior for several people, heads of units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QPlainTextEdit, QTreeWidget, QTreeWidgetItem, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import format_number
from asn_desktop.environment.resources import reference_table
from asn_desktop.gui import theme
from asn_desktop.gui.dialogs import Dialog
from asn_desktop.gui.forms import FormField
from asn_desktop.gui.personnel.fields import Picker, person_label
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.widgets import DateField, EmptyState, combo, label
from asn_desktop.personnel.queries import PersonRow
from asn_desktop.personnel.service import PersonnelService
from asn_desktop.personnel.unit_heads import HeadProposal

_COMMON = ("Mencapai BUP", "Pensiun", "Masa Persiapan Pensiun")


class LeaveDialog(Dialog):
    """Deactivate with kedudukan hukum, first day away and reason; nothing is deleted."""

    asks_first = True

    def __init__(self, name: str, today: date, parent: QWidget | None = None) -> None:
        subtitle = _("{name} tidak lagi ikut dinilai, tetapi datanya dan riwayatnya tetap ada.").format(name=name)
        super().__init__(_("Nonaktifkan {name}?").format(name=name), parent, subtitle=subtitle)
        self.status = combo(_ways_to_leave())
        self.status.setPlaceholderText(_("Pilih mengapa pegawai ini tidak aktif …"))
        self.status.setCurrentIndex(-1)  # too grave for a default
        self.since = DateField(name=_("Tidak aktif mulai"))
        self.since.set_value(today)
        self.reason = QPlainTextEdit()
        self.reason.setPlaceholderText(_("Misalnya: mencapai batas usia pensiun, SK nomor …"))
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(theme.tokens().px(72))
        self.status_field = FormField("status", _("Kedudukan hukum"), self.status, required=True)
        self.since_field = FormField("since", _("Tidak aktif mulai"), self.since)
        self.reason_field = FormField("reason", _("Alasan"), self.reason, required=True)
        for field in (self.status_field, self.since_field, self.reason_field):
            self.body.addWidget(field)
        self.add_cancel()
        self.add_primary(_("Nonaktifkan"), self.try_accept, icon="user-x")
        self.status.setFocus()

    @property
    def reason_text(self) -> str:
        return self.reason.toPlainText().strip()

    def try_accept(self) -> None:
        """Ask for the write if everything is there; otherwise say at the field what is missing."""
        _require_date(self.since_field, self.since)
        unchosen = _("Pilih kedudukan hukumnya.") if self.status.currentIndex() < 0 else ""
        self.status_field.show_error(unchosen)
        missing = "" if self.reason_text else _("Tulis alasannya. Alasan tercatat dalam riwayat pegawai.")
        self.reason_field.show_error(missing)
        if not self.since_field.error and not missing and not unchosen:
            self.wanted.emit()
        else:
            self.adjustSize()


class SuperiorDialog(Dialog):
    """A superior by appointment for one or several people (``who``), from a day on; empty: the head of the unit."""

    def __init__(self, personnel: PersonnelService, runner: Runner, who: str, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Tetapkan atasan langsung"),
            parent,
            subtitle=_("Untuk {who}. Kosongkan agar kembali dinilai pimpinan unit.").format(who=who),
        )
        self._personnel, self._runner, self._asked = personnel, runner, 0
        self.superior = Picker(_("Ketik nama atau NIP …"), filter_here=False)
        self.superior.typed.connect(self._search)
        self.since = DateField(name=_("Berlaku mulai"))
        self.since.set_value(personnel.today)
        self.since_field = FormField("since", _("Berlaku mulai"), self.since)
        self.body.addWidget(FormField("superior", _("Atasan langsung"), self.superior))
        self.body.addWidget(self.since_field)
        self.setMinimumWidth(theme.tokens().px(520))
        self.add_cancel()
        self.add_primary(_("Tetapkan"), self.try_accept, icon="user-check")
        self.superior.setFocus()

    def try_accept(self) -> None:
        """Ask for the write if there is a date."""
        _require_date(self.since_field, self.since)
        if self.since_field.error:
            self.adjustSize()
        else:
            self.wanted.emit()

    def _search(self, typed: str) -> None:
        if len(typed) < 2:
            return
        self._asked += 1
        number = self._asked

        def show(found: Sequence[PersonRow]) -> None:
            if number == self._asked:
                self.superior.set_choices([(person.id, person_label(person)) for person in found], popup=True)

        self._runner.run_read(lambda _progress: self._personnel.find_people(typed), show, owner=self)


class HeadsDialog(Dialog):
    """Units without head and who seems to lead them; the person ticks what is right."""

    def __init__(self, proposals: Sequence[HeadProposal], parent: QWidget | None = None) -> None:
        subtitle = _(
            "Pimpinan unit menilai pegawai unitnya. Usulan dibaca dari nama jabatan; hilangkan centang yang keliru."
        )
        super().__init__(_("Tetapkan pimpinan unit"), parent, subtitle=subtitle)
        told = [proposal for proposal in proposals if proposal.employee_id is not None]
        self.list = QTreeWidget()
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setProperty("boxed", True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setHeaderLabels([_("Unit kerja"), _("Usulan pimpinan"), _("Jabatan")])
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setStretchLastSection(False)
        for column, width in ((1, 220), (2, 240)):
            self.list.setColumnWidth(column, theme.tokens().px(width))
        for proposal in told:
            self._add(proposal)
        self.nobody = EmptyState(
            "users",
            _("Tidak ada usulan") if proposals else _("Semua unit sudah punya pimpinan"),
            _("Tidak ada jabatan yang jelas memimpin salah satu unit ini.")
            if proposals
            else _("Pimpinan dapat diganti di daftar pegawai, lewat “Jadikan pimpinan unit”."),
            parent=self,
        )
        self.list.setVisible(bool(told))
        self.nobody.setVisible(not told)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.nobody, 1)
        silent = len(proposals) - len(told)
        if silent:
            text = _(
                "{n} unit tidak punya jabatan pimpinan yang jelas. Pilih orangnya di daftar pegawai, lalu "
                "“Jadikan pimpinan unit”."
            ).format(n=format_number(silent))
            self.body.addWidget(label(text, "secondary", wrap=True))
        look = theme.tokens()
        self.resize(look.px(860), look.px(520))
        self.add_cancel("" if told else _("Tutup"))
        self.accept_button = self.add_primary(_("Tetapkan"), self.wanted.emit, icon="user-check")
        self.accept_button.setVisible(bool(told))
        self.list.itemChanged.connect(lambda _item, _column: self._count())
        self._count()
        self.list.setFocus()

    @property
    def heads(self) -> Mapping[int, int]:
        """Ticked lines: unit id → employee id."""
        items = [self.list.topLevelItem(place) for place in range(self.list.topLevelItemCount())]
        ticked = [item for item in items if item is not None and item.checkState(0) is Qt.CheckState.Checked]
        chosen = [item.data(0, Qt.ItemDataRole.UserRole) for item in ticked]
        return {proposal.unit_id: proposal.employee_id for proposal in chosen}

    def _add(self, proposal: HeadProposal) -> None:
        place = f"{proposal.unit} · {proposal.opd}" if proposal.opd not in ("", proposal.unit) else proposal.unit
        item = QTreeWidgetItem(self.list, [place, proposal.name, proposal.position])
        item.setCheckState(0, Qt.CheckState.Checked)
        item.setData(0, Qt.ItemDataRole.UserRole, proposal)
        item.setSizeHint(0, QSize(0, theme.tokens().row_one_line))
        for column in range(3):
            item.setToolTip(column, item.text(column))

    def _count(self) -> None:
        number = len(self.heads)
        self.accept_button.setText(_("Tetapkan {n} pimpinan").format(n=number))
        self.accept_button.setEnabled(number > 0)


def _ways_to_leave() -> list[tuple[str, str]]:
    """What ends active service: the usual reasons, a transfer (which changes no status), then the others."""
    names = [row["nama"] for row in reference_table("kedudukan_hukum") if row["aktif"] == "tidak"]
    others = sorted((name for name in names if name not in _COMMON), key=str.casefold)
    transfer = ("", _("Pindah instansi atau sebab lain (kedudukan hukum tetap)"))
    return [*((name, name) for name in _COMMON), transfer, *((name, name) for name in others)]


def _require_date(field: FormField, editor: DateField) -> None:
    text = ""
    if not editor.commit() or editor.value is None:
        text = editor.error or _("Isi tanggalnya, misalnya 01/10/2026.")
    field.show_error(text)
