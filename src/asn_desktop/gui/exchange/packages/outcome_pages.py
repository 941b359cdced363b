"""The other ends of receiving a file: refused with a reason, a receipt, received before, applied."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from asn_desktop.core.i18n import N_, _
from asn_desktop.exchange.package.package_plan import PackagePlan
from asn_desktop.exchange.package.results import Received
from asn_desktop.exchange.plan import Fate
from asn_desktop.gui import icons, theme
from asn_desktop.gui.exchange.packages.words import FATES, counted, fates_text, moment_text
from asn_desktop.gui.messages import error_text
from asn_desktop.gui.widgets import Card, button, empty, label

REFUSALS = {
    "ASN-1206": ("refresh-cw", "attention", N_("Data berubah sejak pratinjau")),
    "ASN-1241": ("building-2", "bad", N_("Bukan untuk kantor ini")),
    "ASN-1242": ("rotate-ccw", "info", N_("Ini paket buatan kantor ini sendiri")),
    "ASN-1243": ("copy", "attention", N_("Ada salinan lain dari data ini")),
    "ASN-1244": ("triangle-alert", "bad", N_("Salinan dengan isi yang berbeda")),
    "ASN-1245": ("hourglass", "attention", N_("Ada paket yang belum sampai")),
    "ASN-1350": ("sparkles", "attention", N_("Dibuat oleh versi yang lebih baru")),
    "ASN-1351": ("file-spreadsheet", "info", N_("Bukan paket ASN Desktop")),
    "ASN-1352": ("file-text", "bad", N_("Paket tidak terbaca")),
    "ASN-1357": ("octagon-alert", "bad", N_("Segel paket rusak")),
    "ASN-1358": ("octagon-alert", "critical", N_("Tanda tangan tidak cocok")),
}
"""Code → picture, tone, title. The sentences are those of the error itself."""


class EndPage(QWidget):
    """A picture, what happened, a table of facts, and what can be done next."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget(area)
        inside.setProperty("clear", True)
        outer = QVBoxLayout(inside)
        outer.setContentsMargins(32, 12, 32, 12)
        outer.setSpacing(theme.SPACE)
        outer.addStretch(1)
        self._picture = label(parent=inside)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.title = label("", "display", wrap=True, parent=inside)
        self.text = label("", wrap=True, parent=inside)
        self.safety = label("", "strong", wrap=True, parent=inside)
        self.hint = label("", wrap=True, parent=inside)
        self.code = label("", "secondary", parent=inside)
        outer.addWidget(self._picture)
        for line in (self.title, self.text, self.safety, self.hint, self.code):
            line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            outer.addWidget(line)
        self._card = Card(parent=inside)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.MARGIN)
        self._grid.setVerticalSpacing(theme.SPACE)
        self._card.body.addLayout(self._grid)
        self._card.setMinimumWidth(theme.tokens().px(460))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._card, 3)
        row.addStretch(1)
        outer.addLayout(row)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(theme.SPACE)
        self._actions.addStretch(1)
        self._actions.addStretch(1)
        outer.addLayout(self._actions)
        outer.addStretch(2)
        area.setWidget(inside)
        whole.addWidget(area)
        self._inside = inside

    def add_action(self, text: str, icon: str, act: Callable[[], object]) -> QPushButton:
        result = button(text, icon=icon, parent=self._inside)
        result.clicked.connect(lambda: act())
        self._actions.insertWidget(self._actions.count() - 1, result)
        return result

    def say(self, picture: str, tone: str, title: str, text: str, *, safety: str = "", hint: str = "", code: str = "",
            facts: Sequence[tuple[str, str]] = ()) -> None:  # fmt: skip
        """Show an end; empty lines are left out."""
        side = theme.tokens().px(48)
        self._picture.setPixmap(icons.pixmap(picture, side, theme.tone(tone).solid, ratio=self.devicePixelRatioF()))
        for line, words in (
            (self.title, title), (self.text, text), (self.safety, safety), (self.hint, hint), (self.code, code),
        ):  # fmt: skip
            line.setText(words)
            line.setVisible(bool(words))
        empty(self._grid)
        for place, (caption, value) in enumerate(facts):
            name = label(caption, "secondary", parent=self._card)
            self._grid.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(label(value, "strong", wrap=True, parent=self._card), place, 1)
        self._grid.setColumnStretch(1, 1)
        self._card.setVisible(bool(facts))

    def refuse(self, error: BaseException) -> None:
        words = error_text(error)
        picture, tone, title = REFUSALS.get(words.code, ("octagon-alert", "bad", N_("Berkas tidak dapat diterima")))
        self.say(
            picture, tone, _(title), words.title, safety=words.safety, hint=words.hint,
            code=_("Kode {code}").format(code=words.code),
        )  # fmt: skip

    def show_already(self, plan: PackagePlan) -> None:
        head = plan.head
        text = _("Paket {seq} dari {office} sudah diterapkan {when}. Isinya sama persis; tidak ada yang berubah.")
        self.say(
            "circle-check", "info", _("Sudah pernah diterima"),
            text.format(seq=head.seq, office=head.office_name, when=moment_text(plan.already)),
            hint=_("Bila kantor itu belum mendapat tanda terimanya, simpan lagi tanda terima itu di bawah."),
        )  # fmt: skip

    def show_receipt(self, plan: PackagePlan) -> None:
        """A receipt before it is noted."""
        acks = plan.read.content.acknowledgements
        facts = [
            (
                _("Paket {seq}").format(seq=ack.seq),
                _("diterima {when} oleh {who}: {counts}").format(
                    when=moment_text(ack.received_at), who=ack.received_by, counts=fates_text(ack.counts)
                ),
            )
            for ack in list(acks)[-8:]
        ]
        text = _("Kantor itu menyatakan paket berikut sudah diterima. Catat tanda terima ini agar paket berikutnya")
        self.say(
            "circle-check", "good", _("Tanda terima dari {office}").format(office=plan.head.office_name),
            text + " " + _("hanya membawa perubahan sesudahnya."), facts=facts,
        )  # fmt: skip

    def show_applied(self, done: Received) -> None:
        plan = done.plan
        counts = plan.counts
        facts = [(_("Berkas"), plan.read.file_name)]
        facts += [(_(FATES[fate].title), counted(counts[fate.value])) for fate in Fate if counts[fate.value]]
        if done.backup is not None:
            facts.append((_("Cadangan sebelum diterapkan"), done.backup.name))
        title = _("Paket {seq} dari {office} diterapkan").format(seq=plan.head.seq, office=plan.head.office_name)
        text = _("Semua dalam satu langkah: Ctrl+Z mengembalikan seluruh paket ini.")
        hint = _("Simpan tanda terima lalu serahkan ke {office}, supaya kantor itu tahu paketnya sudah sampai.")
        self.say("circle-check", "good", title, text, hint=hint.format(office=plan.head.office_name), facts=facts)

    def show_proposed(self, done: Received) -> None:
        """Fields of a broken package stand on the desk now."""
        plan = done.plan
        proposals = sum(len(record.conflicts) for record in plan.records)
        facts = [(_("Berkas"), plan.read.file_name), (_("Isian yang menunggu keputusan"), counted(proposals))]
        facts += [(_(FATES[fate].title), counted(plan.counts[fate.value])) for fate in Fate if plan.counts[fate.value]]
        self.say(
            "list-checks", "attention", _("Usulan ada di “Putuskan perbedaan”"),
            _(
                "Data kantor ini belum berubah. Putuskan tiap isian di “Putuskan perbedaan”; Ctrl+Z menarik "
                "semua usulan ini."
            ),
            hint=_("Minta juga paket yang utuh dari pengirim: yang dibawanya tidak perlu diputuskan di sini."),
            facts=facts,
        )  # fmt: skip

    def show_undone(self) -> None:
        self.say(
            "undo-2", "neutral", _("Paket diurungkan"),
            _("Data dan riwayat pertukaran kembali seperti sebelum paket ini diterapkan."),
            hint=_("Paket yang sama dapat diterima lagi kapan saja."),
        )  # fmt: skip
