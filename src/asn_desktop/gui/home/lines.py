"""The lines of the cards of *Beranda*: deadlines, what the exchange asks for, what was done last."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from asn_desktop.appraisal.service import Deadline
from asn_desktop.core.i18n import N_, _
from asn_desktop.core.indonesian import format_date, format_moment, format_number
from asn_desktop.exchange.package.reminders import Reminders
from asn_desktop.gui import theme
from asn_desktop.gui.widgets import Card, Chip, button, empty, label

_DEADLINES = {
    "JENDELA": N_("Jangka waktu evaluasi berakhir"),
    "ATASAN_TTD": N_("Batas penilai; setelah itu atasan yang menilai"),
    "LAPOR_PYB": N_("Dokumen evaluasi dilaporkan kepada Pejabat yang Berwenang"),
}


class Invitation(Card):
    """The first step of a province, whose people come in packages; ``receive`` is its button."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_("Langkah pertama"), parent)
        self.setMaximumWidth(theme.tokens().px(900))
        text = _("Terima paket pertama setiap kabupaten/kota. Sesudah itu pegawai dan penilaiannya terlihat di sini.")
        self.receive = button(_("Terima paket"), kind="primary", icon="download", parent=self)
        row = QHBoxLayout()
        row.addWidget(label(text, wrap=True, parent=self), 1)
        row.addWidget(self.receive)
        self.body.addLayout(row)
        self.hide()


def package_lines(found: Reminders, today: date, parent: QWidget, go: Callable[[str], object]) -> list[QWidget]:
    """What the exchange with other offices asks for; ``go`` takes the place in *Pertukaran Data*."""
    rows: list[tuple[str, str, str]] = []
    if found.open_conflicts:
        text = _("{n} perubahan dari kantor lain menunggu keputusan")
        rows.append(("desk", text.format(n=format_number(found.open_conflicts)), _("Putuskan")))
    if found.overdue(today):
        text = _("Belum ada tanda terima untuk paket terkirim selama {n} hari")
        rows.append(("overview", text.format(n=found.silent_days(today)), _("Lihat")))
    lines = []
    for place, text, verb in rows:
        act = button(verb, kind="link", parent=parent)
        act.clicked.connect(lambda _on=False, place=place: go(place))
        lines.append(text_line(text, _("Pertukaran Data"), parent, act))
    return lines


def days_left_text(days: int) -> str:
    """``sisa 7 hari kerja``, ``hari ini``, ``lewat 2 hari kerja``."""
    if days == 0:
        return _("hari ini")
    if days > 0:
        return _("sisa {n} hari kerja").format(n=days)
    return _("terlambat {n} hari kerja").format(n=-days)


def deadline_line(found: Deadline, parent: QWidget) -> QWidget:
    tone = "bad" if found.days_left < 0 else "attention" if found.days_left <= 5 else "neutral"
    text = format_date(found.due)
    if not found.holidays_known:
        text += _(" · belum ada data libur tahun {year}").format(year=found.due.year)
    return text_line(
        _(_DEADLINES.get(found.code, found.code)), text, parent, Chip(days_left_text(found.days_left), tone, parent)
    )


def text_line(title: str, text: str, parent: QWidget, mark: QWidget | None = None) -> QWidget:
    frame = QWidget(parent)
    row = QHBoxLayout(frame)
    row.setContentsMargins(0, 2, 0, 2)
    row.setSpacing(theme.SPACE)
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(label(title, "", wrap=True, parent=frame))
    words.addWidget(label(text, "secondary", wrap=True, parent=frame))
    row.addLayout(words, 1)
    if mark is not None:
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
    return frame


def refill(card: Card, rows: list[QWidget]) -> None:
    """Replace what stands below the title of a card."""
    empty(card.body)
    for row in rows:
        card.body.addWidget(row)


def when_text(at: str) -> str:
    moment = datetime.fromisoformat(at)
    return format_moment(moment)
