"""Kunci kantor: our own key to hand over, and those of the others to compare on the telephone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QGuiApplication, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from asn_desktop.core.errors import AppError
from asn_desktop.core.i18n import _
from asn_desktop.exchange.package.office_keys import PublicKey, fingerprint, read_key_file, read_qr_text, write_key_file
from asn_desktop.exchange.package.overview import PeerRow
from asn_desktop.exchange.package.qr import qr_png
from asn_desktop.gui import messages, theme
from asn_desktop.gui.dialogs import Dialog, fit
from asn_desktop.gui.folders import Place
from asn_desktop.gui.row_table import Column, RowTable
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.widgets import Card, EmptyState, SectionTitle, button, label
from asn_desktop.services import Services

KEY_FILTER = "Kunci kantor (*.asnkunci *.txt)"


class KeysDialog(Dialog):
    """A package that is signed with a known key proves which office made it."""

    def __init__(self, services: Services, runner: Runner, parent: QWidget | None = None) -> None:
        sentence = _("Dengan kunci, program memastikan sebuah paket memang dari kantor yang disebutnya.")
        super().__init__(_("Kunci kantor"), parent, subtitle=sentence)
        self._services, self._runner = services, runner
        office = services.reference.office()
        self.own = PublicKey(office.code, office.name, services.packages.own_key())
        self._other_role = "district" if office.role == "province" else "province"
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addWidget(self._own_card(), 2)
        row.addWidget(self._others_card(), 3)
        self.body.addLayout(row, 1)
        self.add_cancel(_("Tutup"))
        fit(self, 900, 520)
        self.reload()

    def _own_card(self) -> Card:
        card = Card(_("Kunci kantor ini"), self)
        caption = _("Delapan kata yang Anda bacakan bila kantor lain menelepon:")
        card.body.addWidget(label(caption, "secondary", wrap=True, parent=card))
        words = label(" ".join(self.own.words), "strong", wrap=True, parent=card)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        card.body.addWidget(words)
        picture = label(parent=card)
        pixmap = QPixmap()
        pixmap.loadFromData(QByteArray(qr_png(self.own.qr_text, 4)))
        side = theme.tokens().px(150)
        picture.setPixmap(pixmap.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio))
        picture.setAccessibleName(_("Kode QR kunci kantor ini"))
        card.body.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        # Where it would be cut it could not be read; the words and the file say the same.
        picture.setVisible(QGuiApplication.primaryScreen().availableSize().height() >= theme.tokens().px(470))
        text = _("Serahkan berkas kunci ini sekali saja; kunci ini bukan rahasia.")
        card.body.addWidget(label(text, "secondary", wrap=True, parent=card))
        card.body.addStretch(1)
        self.save_button = button(_("Simpan berkas kunci …"), icon="save", parent=card, clicked=self.save_own)
        card.body.addWidget(self.save_button)
        return card

    def _others_card(self) -> Card:
        card = Card(parent=self, margins=0)
        card.body.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(16, 12, 16, 8)
        head.addWidget(SectionTitle(_("Kunci kantor lain"), card))
        card.body.addLayout(head)
        columns: list[Column[tuple[int, PeerRow]]] = [
            Column(_("Kantor"), lambda row: row[1].name, lambda row: row[1].code, width=230),
            Column(
                _("Delapan kata pengenal"),
                lambda row: _words(row[1], 0),
                lambda row: _words(row[1], 1),
                stretch=True,
            ),
        ]
        self.table = RowTable(columns, lambda row: row[0], card, name=_("Kunci kantor lain"))
        self.empty = EmptyState(
            "key-round",
            _("Belum ada"),
            _("Muat berkas kunci kantor lain. Paket pertama dari kantor itu juga membawa kuncinya."),
            parent=card,
        )
        self._stack = QStackedWidget(card)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        card.body.addWidget(self._stack, 1)
        row = QHBoxLayout()
        row.setContentsMargins(16, 8, 16, 12)
        self.load_button = button(_("Muat berkas kunci …"), icon="key-round", parent=card, clicked=self.load_other)
        row.addWidget(self.load_button)
        self.paste_button = button(
            _("Tempel isi kode QR …"), kind="ghost", icon="clipboard-paste", parent=card, clicked=self.paste_other
        )
        row.addWidget(self.paste_button)
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def reload(self) -> None:
        peers = self._services.packages.peers()
        self.table.set_rows(list(enumerate(peers)))
        self._stack.setCurrentWidget(self.table if peers else self.empty)

    def save_own(self) -> None:
        target = messages.choose_save_file(
            self, _("Simpan berkas kunci"), f"KUNCI_{self.own.office}.asnkunci", (KEY_FILTER,), place=Place.KEYS
        )
        if target is None:
            return
        try:
            write_key_file(target, self.own)
        except AppError as error:
            messages.show_error(self, error)
            return
        text = _("Kunci tersimpan di {file}. Serahkan ke kantor lain, lalu cocokkan kata-katanya.")
        messages.saved(self, text.format(file=target.name), target)

    def load_other(self) -> None:
        """Compare the words first; a key that differs from the known one is asked about as what it is."""
        path = messages.choose_open_file(self, _("Muat berkas kunci kantor lain"), (KEY_FILTER,), place=Place.KEYS)
        if path is not None:
            self.load(path)

    def paste_other(self, typed: str = "") -> None:
        """What a telephone has read from the other office's QR code, sent over and pasted here."""
        text = messages.ask_text(
            self, _("Isi kode QR kunci kantor lain"),
            _("Pindai kode QR itu dengan ponsel. Kirim tulisan yang muncul ke komputer ini, lalu tempel di sini."),
            text=typed, action=_("Baca"),
        )  # fmt: skip
        if text is not None:
            self._take(lambda: read_qr_text(text), messages.ask_again(self, self.paste_other, text))

    def load(self, path: Path) -> None:
        self._take(lambda: read_key_file(path), lambda error: messages.show_error(self, error))

    def _take(self, read: Callable[[], PublicKey], refused: Callable[[BaseException], None]) -> None:
        try:
            found = read()
        except AppError as error:
            refused(error)
            return
        if found.office == self.own.office:
            messages.inform(self, _("Ini kunci kantor ini sendiri"), _("Muat berkas kunci dari kantor lain."))
            return
        known = next((peer for peer in self._services.packages.peers() if peer.code == found.office), None)
        if known is not None and known.key == found.key:
            messages.notify(self, _("Kunci {office} sudah tercatat.").format(office=known.name))
            return
        title = _("Kunci {office} ({code})").format(office=found.name, code=found.office)
        text = _("Telepon kantor itu dan minta dibacakan delapan kata pengenalnya:\n\n{words}\n\nApakah sama?").format(
            words=" ".join(found.words)
        )
        if known is not None and known.key:
            text = _("Kantor ini sudah punya kunci lain di sini, dan akan diganti.") + "\n\n" + text
        if messages.ask(self, title, text, yes=_("Ya, sama persis"), no=_("Tidak")):
            self._register(found, known)

    def _register(self, found: PublicKey, known: PeerRow | None) -> None:
        packages = self._services.packages
        name, role = (known.name, known.role) if known is not None else (found.name, self._other_role)

        def done(_changes: object) -> None:
            self.reload()
            messages.notify(self, _("Kunci {office} tercatat.").format(office=name))

        self._runner.run_write(
            lambda _progress: packages.register(found.office, name, role, found.key),
            done,
            lambda error: messages.show_error(self, error),
            title=_("Mencatat kunci"),
            owner=self,
        )


def _words(peer: PeerRow, half: int) -> str:
    if not peer.key:
        return "" if half else _("belum ada")
    return " ".join(fingerprint(peer.key)[half * 4 : half * 4 + 4])
