"""The province's page: every district with its last package, how late it is, and what is undecided."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.exchange.package.office_keys import fingerprint
from asn_desktop.gui import theme
from asn_desktop.gui.exchange.detail_panel import DetailPanel
from asn_desktop.gui.exchange.packages.lateness import OfficeLine, summary
from asn_desktop.gui.exchange.packages.words import counted, day_of, day_text, moment_text
from asn_desktop.gui.row_table import Column, RowTable
from asn_desktop.gui.side_zone import THREE_ZONES
from asn_desktop.gui.widgets import Card, Chip, EmptyState, SectionTitle, button, label, rule, tool_button


class OfficesPage(QWidget):
    """What can be done goes out as signals; ``send_wanted(code, name)`` is for one district."""

    receive_wanted = Signal()
    folder_wanted = Signal()
    send_all_wanted = Signal()
    register_wanted = Signal()
    send_wanted = Signal(str, str)
    receipt_wanted = Signal(str, str)
    keys_wanted = Signal()
    desk_wanted = Signal(str)
    retire_wanted = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme.GAP)
        card = Card(parent=self, margins=0)
        card.body.setSpacing(0)
        card.body.addLayout(self._heading(card))
        columns: list[Column[OfficeLine]] = [
            Column(_("Kabupaten/Kota"), _name, lambda line: line.peer.code, width=190, stretch=True),
            Column(_("Paket terakhir"), _last, _last_seq, width=110, drop=4),
            Column(_("Status"), lambda line: line.state.word, tone=lambda line: line.state.tone, width=140),
            Column(_("Pegawai"), lambda line: counted(line.people), width=80, number=True, drop=3),
            Column(_("Sudah dinilai"), lambda line: line.progress or "–", width=130, number=True, drop=6),
            Column(_("Perbedaan"), lambda line: _number(line.peer.open_conflicts), width=74, number=True, drop=5),
            Column(_("Ditolak"), lambda line: _number(line.rejected), width=74, number=True, drop=2),
            Column(_("Kunci"), lambda line: _("ada") if line.peer.key else "–", width=66, drop=1),
        ]
        self.table = RowTable(columns, lambda line: line.id, card, name=_("Kabupaten/Kota"))
        self.table.current_row.connect(self._show)
        self._empty = EmptyState(
            "landmark",
            _("Belum ada kabupaten/kota"),
            _("Terima paket pertama sebuah kabupaten/kota, atau daftarkan kodenya dan muat berkas kuncinya."),
            _("Terima berkas …"),
            parent=card,
            action_icon="download",
        )
        self._empty.activated.connect(self.receive_wanted)
        self.first: QWidget = self.table
        """Where the keys go when the page is opened."""
        self._stack = QStackedWidget(card)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        card.body.addWidget(self._stack, 1)
        outer.addWidget(card, 1)
        self.panel = OfficePanel(self)
        for name in ("send_wanted", "receipt_wanted", "keys_wanted", "desk_wanted", "retire_wanted"):
            getattr(self.panel, name).connect(getattr(self, name))
        outer.addWidget(self.panel)

    def _heading(self, card: Card) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(16, 12, 16, 8)
        row.setSpacing(theme.SPACE)
        self.sentence = label("", "section", wrap=True, parent=card)
        row.addWidget(self.sentence, 1)
        self.register = button(
            _("Daftarkan …"), kind="ghost", icon="plus", parent=card, clicked=self.register_wanted.emit
        )
        self.send_all = button(
            _("Kirim ke semua …"), icon="upload", parent=card, clicked=self.send_all_wanted.emit,
            tip=_("Satu paket untuk tiap kabupaten/kota, beserta tanda terimanya, ke satu folder"),
        )  # fmt: skip
        self.send_all.setAccessibleName(_("Kirim ke semua …"))
        self.receive = button(
            _("Terima berkas …"), kind="primary", icon="download", parent=card, clicked=self.receive_wanted.emit,
            tip=_("Satu berkas, beberapa sekaligus, atau tarik ke sini"),
        )  # fmt: skip
        self.folder = tool_button(
            "folder-open", _("Terima semua berkas dalam satu folder"), parent=card, clicked=self.folder_wanted.emit
        )
        for act in (self.register, self.send_all, self.folder, self.receive):
            row.addWidget(act)
        return row

    def set_lines(self, lines: list[OfficeLine], period: str) -> None:
        """The districts for a period, named ``period``."""
        self.sentence.setText(summary(lines, period))
        self.send_all.setEnabled(any(line.peer.last_received for line in lines))
        self.table.set_rows(lines, period)
        self._stack.setCurrentWidget(self.table if lines else self._empty)
        for act in (self.send_all, self.receive):
            act.setVisible(bool(lines))  # before that the empty page has the one button
        self.first = self.table if lines or self._empty.button is None else self._empty.button
        self.panel.setVisible(bool(lines))
        self._show(self.table.row())

    def _show(self, line: OfficeLine | None) -> None:
        self.panel.show_office(line)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme.tokens().px(THREE_ZONES)
        self.register.setVisible(not narrow)
        self.send_all.setText("" if self.width() < theme.tokens().px(_NO_WORDS) else _("Kirim ke semua …"))
        self.panel.setFixedWidth(theme.tokens().px(260 if narrow else 320))


class OfficePanel(DetailPanel):
    """One district: what is known, its key in words, and what can be done."""

    send_wanted = Signal(str, str)
    receipt_wanted = Signal(str, str)
    keys_wanted = Signal()
    desk_wanted = Signal(str)
    retire_wanted = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, _("Pilih satu kantor untuk melihat rinciannya."))
        self.acts: dict[str, QPushButton] = {}

    def show_office(self, line: OfficeLine | None) -> None:
        self.acts = {}
        self.show_content(None if line is None else lambda page, column: self._fill(page, column, line))

    def _fill(self, page: QWidget, column: QVBoxLayout, line: OfficeLine) -> None:
        peer = line.peer
        column.addWidget(label(peer.name, "section", wrap=True, parent=page))
        column.addWidget(Chip(line.state.word, line.state.tone, page), 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(label(line.state.sentence, wrap=True, parent=page))
        for key, text, icon, act in (
            ("send", _("Kirim paket …"), "upload", partial(self.send_wanted.emit, peer.code, peer.name)),
            ("receipt", _("Simpan tanda terima …"), "save", partial(self.receipt_wanted.emit, peer.code, peer.name)),
        ):
            self.acts[key] = button(text, icon=icon, parent=page, clicked=act)
            column.addWidget(self.acts[key])
        if peer.open_conflicts:
            text = _("{n} perbedaan menunggu keputusan").format(n=counted(peer.open_conflicts))
            link = button(text, kind="link", icon="chevron-right", parent=page)
            link.clicked.connect(partial(self.desk_wanted.emit, "open"))
            column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(rule(page))
        received = " · ".join(part for part in (moment_text(peer.last_received), _last_seq(line)) if part)
        facts = [
            (_("Paket terakhir yang diterima"), received or _("belum pernah")),
            (_("Pegawai"), counted(line.people)),
            (_("Sudah dinilai"), line.progress or _("belum ada dalam paketnya")),
            *([(_("Baris yang tidak dapat diterima"), counted(line.rejected))] if line.rejected else []),
            (_("Paket terakhir yang dikirim"), moment_text(peer.last_sent) or _("belum pernah")),
            (
                _("Belum ada tanda terima"),
                _("{n} paket").format(n=peer.unanswered) if peer.unanswered else _("tidak ada"),
            ),
            (_("Dikenal sejak"), moment_text(peer.since)),
        ]
        for caption, value in facts:
            column.addWidget(label(caption, "secondary", parent=page))
            column.addWidget(label(value, wrap=True, parent=page))
        column.addWidget(rule(page))
        column.addWidget(SectionTitle(_("Delapan kata pengenal"), page))
        words = " ".join(fingerprint(peer.key)) if peer.key else _("Kunci kantor ini belum ada.")
        column.addWidget(label(words, wrap=True, parent=page))
        keys = button(_("Kunci kantor …"), kind="link", icon="key-round", parent=page, clicked=self.keys_wanted.emit)
        column.addWidget(keys, 0, Qt.AlignmentFlag.AlignLeft)
        self._copies(page, column, line)

    def _copies(self, page: QWidget, column: QVBoxLayout, line: OfficeLine) -> None:
        living = [copy for copy in line.peer.copies if copy.living]
        if len(living) < 2:
            return
        column.addWidget(rule(page))
        column.addWidget(SectionTitle(_("Salinan data"), page))
        text = _(
            "Kantor ini bekerja dengan {n} salinan data. Nyatakan yang sudah tidak dipakai, agar paket tetap kecil."
        )
        column.addWidget(label(text.format(n=len(living)), "secondary", wrap=True, parent=page))
        for copy in living:
            row = QHBoxLayout()
            when = _("paket terakhir {when}").format(when=moment_text(copy.last_at))
            row.addWidget(label(when, wrap=True, parent=page), 1)
            gone = button(_("Tidak dipakai"), kind="link", parent=page)
            gone.clicked.connect(partial(self.retire_wanted.emit, copy.replica, line.peer.name))
            row.addWidget(gone)
            column.addLayout(row)


_NO_WORDS = 840
"""Below this width the sentence about all districts needs the room of a button's words."""


def _name(line: OfficeLine) -> str:
    return line.peer.name


def _last(line: OfficeLine) -> str:
    if not line.peer.last_received:
        return "–"
    last = day_of(line.peer.last_received)
    return day_text(last, last)


def _last_seq(line: OfficeLine) -> str:
    seq = max((copy.last_seq for copy in line.peer.copies), default=0)
    return _("paket {n}").format(n=seq) if seq else ""


def _number(value: int) -> str:
    return counted(value) if value else "–"
