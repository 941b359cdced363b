"""One difference between two offices: both values side by side, who and when, and the two answers."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QPushButton, QVBoxLayout, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.exchange.package.explaining import ConflictLine
from asn_desktop.gui import theme
from asn_desktop.gui.exchange.detail_panel import DetailPanel
from asn_desktop.gui.exchange.packages.record_panel import add_fields
from asn_desktop.gui.exchange.packages.words import moment_text
from asn_desktop.gui.low_screen import is_low
from asn_desktop.gui.widgets import Card, button, label, rule


class ConflictPanel(DetailPanel):
    """``decided(choice)``: ``local`` or ``incoming`` for the difference shown."""

    decided = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, _("Pilih satu perbedaan untuk melihat kedua nilainya."))
        self._foot = QFrame(self)
        self._foot.setProperty("foot", True)
        self._choices = QVBoxLayout(self._foot)
        self._choices.setContentsMargins(12, 8, 12, 8)
        self._choices.setSpacing(theme.SPACE)
        self._box.addWidget(self._foot)
        self.answers: dict[str, QPushButton] = {}
        self._shown: tuple[ConflictLine | None, str] = (None, "")
        self._narrow = self._low = False
        self.show_conflict(None, "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        low = is_low(self)
        self._choices.setDirection(QBoxLayout.Direction.LeftToRight if low else QBoxLayout.Direction.TopToBottom)
        if low is not self._low:
            self._low = low
            self._word_answers()
        narrow = self.width() < theme.tokens().px(340)
        if narrow != self._narrow:
            self._narrow = narrow
            QTimer.singleShot(0, self, lambda: self.show_conflict(*self._shown))  # not while it is being laid out

    def show_conflict(self, line: ConflictLine | None, office: str) -> None:
        """``office``: the other office's name."""
        self._shown = (line, office)
        self.show_content(None if line is None else lambda page, column: self._fill(page, column, line, office))
        self._offer(line, office)

    def _offer(self, line: ConflictLine | None, office: str) -> None:
        """The two answers, in sight however long the values are."""
        for answer in self.answers.values():
            answer.deleteLater()
        self.answers = {}
        is_open = line is not None and line.row.state == "open"
        self._foot.setVisible(is_open)
        if line is None or not is_open:
            return
        for choice in answers(line, office):
            answer = button("", parent=self._foot)
            answer.clicked.connect(lambda _on=False, choice=choice: self.decided.emit(choice))
            self.answers[choice] = answer
            self._choices.addWidget(answer)
        self._word_answers()

    def _word_answers(self) -> None:
        line, office = self._shown
        if line is None or not self.answers:
            return
        short = short_answers(line)
        for choice, text in answers(line, office).items():
            answer = self.answers[choice]
            answer.setText(short[choice] if self._low else text)
            answer.setToolTip(text)
            answer.setAccessibleName(text)

    def _fill(self, page: QWidget, column: QVBoxLayout, line: ConflictLine, office: str) -> None:
        row = line.row
        column.addWidget(label(line.title.name, "section", wrap=True, parent=page))
        second = " · ".join(part for part in (line.subject, line.title.second, line.label) if part)
        column.addWidget(label(second, "secondary", wrap=True, parent=page))
        if row.kind == "field":
            column.addLayout(self._side_by_side(page, line, office))
            if not line.salvaged:
                base = _("Sebelumnya, di kedua kantor: {text}").format(text=line.base or _("(kosong)"))
                column.addWidget(label(base, "secondary", wrap=True, parent=page))
        elif line.fields:
            column.addWidget(rule(page))
            add_fields(page, column, line.fields, office)
        if row.state != "decided":
            column.addWidget(label(question(line, office), wrap=True, parent=page))
        if row.state == "open":
            note = (
                _("Bila dipakai, isi berkas ini ikut dalam paket berikutnya sebagai perubahan kantor ini.")
                if line.salvaged
                else _("Keputusan ikut dalam paket berikutnya dan berlaku di kedua kantor.")
            )
            note += " " + _("Ctrl+Z mengurungkannya.")
            column.addWidget(label(note, "secondary", wrap=True, parent=page))
        elif row.state == "decided":
            who = _("Diputuskan {when} oleh {who}").format(when=moment_text(row.decided_at), who=row.decided_by)
            chosen = answers(line, office).get(row.choice, "").lstrip("12 ")
            column.addWidget(label(f"{who}: {chosen}", "strong", wrap=True, parent=page))
            if row.reason:
                column.addWidget(label(_("Alasan: {text}").format(text=row.reason), wrap=True, parent=page))

    def _side_by_side(self, page: QWidget, line: ConflictLine, office: str) -> QGridLayout:
        row = line.row
        grid = QGridLayout()
        grid.setSpacing(theme.SPACE)
        sides = (
            (_("Kantor ini"), line.local, row.local_by, row.local_at),
            (their_caption(line, office), line.incoming, row.incoming_by, row.incoming_at),
        )
        for place, (caption, text, who, when) in enumerate(sides):
            card = Card(parent=page, margins=12)
            card.body.setSpacing(theme.SPACE_SMALL)
            card.body.addWidget(label(caption, "secondary", wrap=True, parent=card))
            value = label(text or _("(kosong)"), "" if line.long else "strong", wrap=True, parent=card)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            value.setMinimumWidth(1)
            card.body.addWidget(value)
            card.body.addStretch(1)
            made = " · ".join(part for part in (who, moment_text(when)) if part)
            unknown = _("tidak diubah di sini") if place == 0 and row.local == row.base else _("tidak diketahui siapa")
            card.body.addWidget(label(made or unknown, "secondary", wrap=True, parent=card))
            if self._narrow:
                grid.addWidget(card, place, 0)
            else:
                grid.addWidget(card, 0, place)
                grid.setColumnStretch(place, 1)
        return grid


def their_caption(line: ConflictLine, office: str) -> str:
    return _("Di berkas") if line.salvaged else _("Dari {office}").format(office=office)


def question(line: ConflictLine, office: str) -> str:
    """What the two offices do not agree about, in plain words."""
    row = line.row
    if row.state == "waiting":
        return _("{office} yang memutuskan. Sampai saat itu isian kantor ini tetap berlaku di sini.").format(
            office=office
        )
    if row.state == "overridden":
        return _(
            "{office} pemilik data ini dan juga mengubahnya, jadi isinya menggantikan isian kantor ini. Bila "
            "keliru, ubah "
            "lagi datanya: perubahan itu terkirim dalam paket berikutnya."
        ).format(office=office)
    if line.salvaged:
        return _(
            "Isi ini terbaca dari paket yang segelnya rusak, jadi asalnya tidak dapat dipastikan. Pakai hanya bila "
            "Anda tahu isinya benar."
        )
    match row.kind:
        case "new":
            return _("{office} mengusulkan data baru yang menjadi wewenang kantor ini.").format(office=office)
        case "removed_there":
            return _("{office} menghapus data ini, padahal kantor ini masih memakainya atau baru mengubahnya.").format(
                office=office
            )
        case "removed_here":
            return _("Kantor ini menghapus data ini, sementara {office} mengubah isinya.").format(office=office)
    if row.local == row.base:
        text = _("{office} mengubah isian ini, yang menjadi wewenang kantor ini. Apakah perubahannya diterima?")
        return text.format(office=office)
    return _("Kantor ini dan {office} sama-sama mengubah isian ini. Mana yang benar?").format(office=office)


def answers(line: ConflictLine, office: str) -> dict[str, str]:
    """``local`` and ``incoming`` in words, with the key that chooses them."""
    match line.row.kind:
        case "new":
            return {"local": _("1  Tolak usulan"), "incoming": _("2  Terima data baru")}
        case "removed_there":
            return {"local": _("1  Pertahankan data ini"), "incoming": _("2  Hapus juga di sini")}
        case "removed_here":
            return {"local": _("1  Tetap dihapus"), "incoming": _("2  Pulihkan dengan isi pengirim")}
    theirs = _("2  Pakai isi di berkas") if line.salvaged else _("2  Pakai dari {office}").format(office=office)
    return {"local": _("1  Pakai data kantor ini"), "incoming": theirs}


def short_answers(line: ConflictLine) -> dict[str, str]:
    """The same where there is little room."""
    match line.row.kind:
        case "new":
            return {"local": _("1  Tolak"), "incoming": _("2  Terima")}
        case "removed_there":
            return {"local": _("1  Pertahankan"), "incoming": _("2  Hapus")}
        case "removed_here":
            return {"local": _("1  Tetap dihapus"), "incoming": _("2  Pulihkan")}
    return {"local": _("1  Kantor ini"), "incoming": _("2  Di berkas") if line.salvaged else _("2  Pengirim")}
