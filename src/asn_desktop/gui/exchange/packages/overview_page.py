"""The district's page: where things stand in a sentence, the two actions, what waits, and the history."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.gui import theme
from asn_desktop.gui.exchange.packages.action_card import ActionCard
from asn_desktop.gui.exchange.packages.ledger_view import LedgerView
from asn_desktop.gui.exchange.packages.situation import Situation, sentence, unsent_sentence
from asn_desktop.gui.exchange.packages.words import counted
from asn_desktop.gui.low_screen import is_low
from asn_desktop.gui.widgets import Card, button, label


class OverviewPage(QWidget):
    """``send_wanted``, ``receive_wanted``, ``folder_wanted``, ``desk_wanted(state)``, ``receipt_wanted(code, name)``,
    ``print_wanted(LedgerRow)``; ``example_wanted``: the package that waits in the sample office."""

    send_wanted = Signal()
    receive_wanted = Signal()
    folder_wanted = Signal()
    desk_wanted = Signal(str)
    receipt_wanted = Signal(str, str)
    print_wanted = Signal(object)
    example_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._found: Situation | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        top = QHBoxLayout()
        top.setSpacing(theme.GAP)
        top.addWidget(self._state_card(), 5)
        self.send = ActionCard(
            "upload", _("Kirim ke provinsi"), _("Satu berkas berisi semua yang berubah. Isinya ditunjukkan dahulu."),
            _("Kirim ke provinsi …"), self.send_wanted.emit, self, primary=True,
        )  # fmt: skip
        self.receive = ActionCard(
            "download", _("Terima berkas"), _("Paket, tanda terima, lembar kerja: satu, banyak, atau tarik ke sini."),
            _("Terima berkas …"), self.receive_wanted.emit, self, primary=False,
        )  # fmt: skip
        self.folder = self.receive.add_tool(
            "folder-open", _("Terima semua berkas dalam satu folder"), self.folder_wanted.emit
        )
        top.addWidget(self.send, 3)
        top.addWidget(self.receive, 3)
        column.addLayout(top)
        self.ledger = LedgerView(self)
        self.ledger.receipt_wanted.connect(self.receipt_wanted)
        self.ledger.print_wanted.connect(self.print_wanted)
        column.addWidget(self.ledger, 1)

    def _state_card(self) -> Card:
        card = Card(parent=self)
        card.body.setSpacing(theme.SPACE_SMALL)
        self.title = label("", "section", wrap=True, parent=card)
        self.sentence = label("", wrap=True, parent=card)
        self.unsent = label("", "secondary", wrap=True, parent=card)
        for line in (self.title, self.sentence, self.unsent):
            card.body.addWidget(line)
        self.links: dict[str, QPushButton] = {}
        for state in ("open", "waiting", "overridden"):
            link = button("", kind="link", icon="chevron-right", parent=card)
            link.clicked.connect(partial(self.desk_wanted.emit, state))
            self.links[state] = link
            row = QHBoxLayout()
            row.addWidget(link)
            row.addStretch(1)
            card.body.addLayout(row)
        self.example = button("", kind="link", icon="package", parent=card)
        self.example.clicked.connect(self.example_wanted)
        self.example.setText(_("Contoh: terima paket dari provinsi yang menunggu"))
        self.example.hide()
        row = QHBoxLayout()
        row.addWidget(self.example)
        row.addStretch(1)
        card.body.addLayout(row)
        card.body.addStretch(1)
        return card

    def set_situation(self, found: Situation) -> None:
        office = found.province.name if found.province is not None else _("provinsi")
        self._found = found
        self.title.setText(_("Pertukaran dengan {office}").format(office=office))
        self.sentence.setText(sentence(found))
        theme.set_role(self.sentence, "warning" if found.reminder else "")
        self.unsent.setText(unsent_sentence(found))
        texts = {
            "open": (found.open, _("{n} menunggu keputusan Anda")),
            "waiting": (found.waiting, _("{n} perbedaan menunggu keputusan provinsi")),
            "overridden": (found.overridden, _("{n} isian kantor ini diganti pemilik data")),
        }
        for state, (number, text) in texts.items():
            self.links[state].setText(text.format(n=counted(number)))
        self._fit()
        self.example.setVisible(found.example is not None)
        self.ledger.set_situation(found)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """In a low window the sentence, the first thing to decide and the two buttons; the rest is one click away."""
        low, found = is_low(self), self._found
        for card in (self.send, self.receive):
            card.text.setVisible(not low)
            card.heading_row.setVisible(not low)
        self.title.setVisible(not low)
        self.ledger.panel.setFixedWidth(theme.tokens().px(280 if low else 340))
        if found is not None:
            self.unsent.setVisible(bool(self.unsent.text()) and not low)
            for place, (link, number) in enumerate(
                zip(self.links.values(), (found.open, found.waiting, found.overridden), strict=True)
            ):
                link.setVisible(number > 0 and (place == 0 or not low))
