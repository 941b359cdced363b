"""Beranda: what is due, how far the quarter is, deadlines in working days, and the first steps of a new office."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from asn_desktop.core.changes import ChangeSet
from asn_desktop.core.i18n import N_, _
from asn_desktop.core.indonesian import format_date, format_number
from asn_desktop.core.periods import Period
from asn_desktop.gui import theme
from asn_desktop.gui.change_bus import ChangeBus
from asn_desktop.gui.home.lines import (
    Invitation,
    days_left_text,
    deadline_line,
    package_lines,
    refill,
    text_line,
    when_text,
)
from asn_desktop.gui.home.overview import Overview, read_overview
from asn_desktop.gui.home.progress_list import ProgressList
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.widgets import Card, Chip, SectionTitle, StatCard, button, label, picture
from asn_desktop.remediation.queries import PlanGroup
from asn_desktop.services import Services

_WIDE = 16_777_215  # Qt's "no maximum"
# title, sentence, button, icon of each first step
_STEPS = (
    (
        N_("Impor daftar pegawai"),
        N_("Dari daftar nominatif, unduhan SIASN, atau berkas per OPD."),
        N_("Impor pegawai"),
        "upload",
    ),
    (
        N_("Buka triwulan"),
        N_("Evaluasi dibuat untuk setiap pegawai aktif, lengkap dengan penilainya."),
        N_("Buka triwulan"),
        "calendar-plus",
    ),
    (
        N_("Nilai pegawai"),
        N_("Dua rating per pegawai; predikat mengikuti kuadran kinerja."),
        N_("Mulai menilai"),
        "clipboard-check",
    ),
    (
        N_("Kunci dan cetak"),
        N_("Hasil dan dokumen evaluasi dicetak sesuai format peraturan."),
        N_("Ke penilaian"),
        "printer",
    ),
    (
        N_("Tindak lanjuti"),
        N_("Pegawai dengan predikat rendah dibantu lewat rencana pembinaan."),
        N_("Lihat usulan"),
        "sprout",
    ),
)


class HomeTab(QWidget):
    """Everything that can be opened goes out as a signal; the window knows the tabs."""

    import_wanted = Signal()
    open_period_wanted = Signal()
    ratings_wanted = Signal(str, int, bool)
    """Period code, unit id (0: all), only those without a rating."""
    plans_wanted = Signal(str)
    """A group of plans (``proposed``, ``late`` …)."""
    week_wanted = Signal()
    balance_wanted = Signal(str)
    """A state of the JP balance (``short``)."""
    incomplete_wanted = Signal()
    exchange_wanted = Signal(str)
    """What of *Pertukaran Data*: ``desk``, ``overview``, or ``receive`` to choose files at once."""

    def __init__(
        self,
        services: Services,
        runner: Runner,
        bus: ChangeBus,
        period: Period | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._runner = runner
        self._today = services.database.clock().date()
        self._period = period
        self._stale = False
        self._waiting = False
        """Read, but not shown yet."""
        self.overview: Overview | None = None
        self._build()
        bus.changed.connect(self._changed)
        self._read()  # while the rest of the window is built

    @property
    def key_hints(self) -> tuple[tuple[str, str], ...]:
        """For the status line."""
        return (("Tab", _("pindah")), ("Enter", _("buka daftarnya")))

    # -- building -----------------------------------------------------------------------------------------

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget(area)
        inside.setProperty("clear", True)
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        column.setSpacing(theme.GAP)
        self.title = label(self._period.label if self._period else "", "display", parent=inside)
        self.subtitle = label("", "secondary", wrap=True, parent=inside)
        head = QVBoxLayout()
        head.setSpacing(2)
        head.addWidget(self.title)
        head.addWidget(self.subtitle)
        column.addLayout(head)
        self.steps = Card(parent=inside)
        column.addWidget(self.steps)
        self.invitation = Invitation(inside)
        self.invitation.receive.clicked.connect(lambda: self.exchange_wanted.emit("receive"))
        column.addWidget(self.invitation)
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.GAP)
        self._make_cards(inside)
        column.addLayout(self._grid)
        below = QHBoxLayout()
        below.setSpacing(theme.GAP)
        self.progress_card = self._progress(inside)
        below.addWidget(self.progress_card, 3)
        side = QVBoxLayout()
        side.setSpacing(theme.GAP)
        self.deadline_card = Card(_("Tenggat"), inside)
        self.recent_card = Card(_("Terakhir dikerjakan"), inside)
        side.addWidget(self.deadline_card)
        side.addWidget(self.recent_card)
        side.addStretch(1)
        below.addLayout(side, 2)
        column.addLayout(below)
        column.addStretch(1)
        self.steps.hide()  # an empty bar until it is known which step comes next
        area.setWidget(inside)
        outer.addWidget(area)

    def _make_cards(self, parent: QWidget) -> None:
        def card(caption: str, icon: str, tone: str) -> StatCard:
            return StatCard(caption, "–", "", parent, icon=icon, tone=tone)

        self.unrated = card(_("Belum dinilai"), "clipboard-check", "info")
        self.proposed = card(_("Usulan pembinaan"), "sprout", "attention")
        self.late = card(_("Rencana terlambat"), "clock", "bad")
        self.week = card(_("Pelatihan minggu ini"), "calendar-days", "accent")
        self.short = card(_("JP belum cukup"), "graduation-cap", "attention")
        self.incomplete = card(_("Data perlu dilengkapi"), "user-x", "neutral")
        self.cards = (self.unrated, self.proposed, self.late, self.week, self.short, self.incomplete)
        self.unrated.activated.connect(lambda: self.ratings_wanted.emit(self._period_code(), 0, True))
        self.proposed.activated.connect(lambda: self.plans_wanted.emit(PlanGroup.PROPOSED.value))
        self.late.activated.connect(lambda: self.plans_wanted.emit(PlanGroup.LATE.value))
        self.week.activated.connect(self.week_wanted)
        self.short.activated.connect(lambda: self.balance_wanted.emit("short"))
        self.incomplete.activated.connect(self.incomplete_wanted)
        self._place_cards()

    def _place_cards(self) -> None:
        columns = 6 if self.width() >= theme.tokens().px(1180) else 3
        for place, card in enumerate(self.cards):
            self._grid.removeWidget(card)
            self._grid.addWidget(card, place // columns, place % columns)

    def _progress(self, parent: QWidget) -> Card:
        card = Card(parent=parent)
        self.progress_title = SectionTitle("", card)
        card.body.addWidget(self.progress_title)
        self.progress = ProgressList(card)
        self.progress.chosen.connect(lambda unit: self.ratings_wanted.emit(self._period_code(), unit, False))
        card.body.addWidget(self.progress)
        card.body.addStretch(1)
        return card

    # -- showing ------------------------------------------------------------------------------------------

    def set_period(self, period: Period) -> None:
        """The quarter chosen in the window's head. Without one, the newest that was opened is shown."""
        if period != self._period:
            self._period = period
            self.reload()

    def _period_code(self) -> str:
        found = self.overview
        if found is not None and found.period is not None:
            return found.period.code
        return self._period.code if self._period is not None else ""

    @Slot()
    def reload(self) -> None:
        """Read everything again, off the GUI thread."""
        if not self.isVisible():
            self._stale = True
            return
        self._read()

    def _read(self) -> None:
        self._stale = False
        services, today, code = self._services, self._today, self._period.code if self._period else ""
        self._runner.run_read(
            lambda _progress: read_overview(services, today, code), self._arrived, owner=self, title=_("Memuat beranda")
        )

    def _arrived(self, found: Overview) -> None:
        self.overview = found
        self._waiting = not self.isVisible()  # texts wrap at widths that a hidden tab does not have yet
        if not self._waiting:
            self._show(found)

    def _show(self, found: Overview) -> None:
        self._say_head(found)
        self._show_steps(found)
        started = found.people > 0
        for card in self.cards:
            card.setVisible(started)
        of_all = (
            _("dari {n} pegawai").format(n=format_number(found.total)) if found.period else _("triwulan belum dibuka")
        )
        notes = {
            self.unrated: (found.unrated, of_all),
            self.proposed: (found.plans[PlanGroup.PROPOSED], _("menunggu keputusan")),
            self.late: (found.plans[PlanGroup.LATE], _("langkah atau batas lewat")),
            self.week: (found.events_this_week, _("kegiatan")),
            self.short: (found.short_of_hours, _("PNS di bawah minimum {year}").format(year=self._today.year)),
            self.incomplete: (found.incomplete, _("dari {n} pegawai").format(n=format_number(found.people))),
        }  # fmt: skip
        for card, (number, note) in notes.items():
            card.set_value(format_number(number), note)
        self.late.set_value(self.late.value, tone="bad" if found.plans[PlanGroup.LATE] else "neutral")
        self.progress_card.setVisible(bool(found.progress))
        self.progress_title.setText(
            _("Kemajuan penilaian per kabupaten/kota") if found.province else _("Kemajuan penilaian per OPD")
        )
        self.progress.set_lines(found.progress)
        due = [deadline_line(due_line, self.deadline_card) for due_line in found.deadlines]
        due += package_lines(found.packages, self._today, self.deadline_card, self.exchange_wanted.emit)
        refill(self.deadline_card, due)
        self.deadline_card.setVisible(bool(due))
        standing = [row for row in found.recent if row.undone_by is None and row.undoes is None]
        recent = [text_line(row.label, f"{row.user} · {when_text(row.at)}", self.recent_card) for row in standing[:4]]
        refill(self.recent_card, recent)
        self.recent_card.setVisible(bool(recent) and started)

    def _say_head(self, found: Overview) -> None:
        if found.period is None:
            named = self._period.label if self._period is not None else _("Beranda")
            self.title.setText(named if found.people else _("Selamat datang"))
            text = _("Periode ini belum dibuka.") if found.people else _("Mulai dari langkah pertama di bawah ini.")
            if found.province and found.people:
                text = _("Belum ada evaluasi periode ini dalam paket yang diterima.")
            self.subtitle.setText(text)
            return
        self.title.setText(found.period.period.label)
        text = _("{rated} dari {total} pegawai dinilai").format(
            rated=format_number(found.rated), total=format_number(found.total)
        )
        window = next((line for line in found.deadlines if line.code == "JENDELA"), None)
        if found.period.closed:
            text += _(" · triwulan sudah ditutup")
        elif window is not None:
            text += _(" · jangka waktu evaluasi berakhir {day}, {left}").format(
                day=format_date(window.due), left=days_left_text(window.days_left)
            )
        self.subtitle.setText(text)

    def _show_steps(self, found: Overview) -> None:
        done = found.steps_done
        # A province does not import, rate and print: its work comes in packages.
        self.steps.setVisible(not all(done) and not found.province)
        self.invitation.setVisible(found.province and not found.people)
        actions = (
            self.import_wanted.emit,
            self.open_period_wanted.emit,
            lambda: self.ratings_wanted.emit(self._period_code(), 0, True),
            lambda: self.ratings_wanted.emit(self._period_code(), 0, False),
            lambda: self.plans_wanted.emit(PlanGroup.PROPOSED.value),
        )
        first = done.index(False) if False in done else -1
        # A new office sees the whole way; one that works already only the step that comes next.
        whole = not all(done[:2]) or not found.rated
        self.steps.setMaximumWidth(theme.tokens().px(900) if whole else _WIDE)
        rows: list[QWidget] = [SectionTitle(_("Langkah pertama"), self.steps)] if whole else []
        for place, (title, text, verb, icon) in enumerate(_STEPS):
            if not whole and place != first:
                continue
            frame = QWidget(self.steps)
            line = QHBoxLayout(frame)
            line.setContentsMargins(0, 2, 0, 2)
            line.setSpacing(theme.GAP)
            icon_name, tone = ("circle-check", "good") if done[place] else ("circle", "neutral")
            line.addWidget(picture(icon_name, 20, theme.tone(tone).solid, parent=frame))
            words = QVBoxLayout()
            words.setSpacing(0)
            name = f"{place + 1}. {_(title)}" if whole else _("Berikutnya: {step}").format(step=_(title))
            words.addWidget(label(name, "strong", parent=frame))
            words.addWidget(label(_(text), "secondary", wrap=True, parent=frame))
            line.addLayout(words, 1)
            if done[place]:
                line.addWidget(Chip(_("Selesai"), "good", frame))
            else:
                act = button(_(verb), kind="primary" if place == first else "", icon=icon, parent=frame)
                act.clicked.connect(lambda _on=False, action=actions[place]: action())
                # later steps need the earlier ones
                act.setEnabled(place == first or all(done[: min(place, 3)]))
                line.addWidget(act)
            rows.append(frame)
        refill(self.steps, rows)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.reload()
        elif self._waiting and self.overview is not None:
            self._waiting = False
            self._show(self.overview)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_cards()

    def minimumSizeHint(self) -> QSize:
        return QSize(760, 290)

    @Slot(object)
    def _changed(self, _change_set: ChangeSet) -> None:
        self.reload()
