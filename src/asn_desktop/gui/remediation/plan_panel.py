"""The selected plan, explained: why it was proposed, what is agreed, the steps to tick, the journal."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from asn_desktop.appraisal.predicate import Rating
from asn_desktop.appraisal.tables import matrix
from asn_desktop.core.i18n import _
from asn_desktop.core.identifiers import format_nip
from asn_desktop.core.indonesian import format_date
from asn_desktop.gui import theme
from asn_desktop.gui.appraisal.matrix_view import MatrixView
from asn_desktop.gui.dialogs import SidePanel
from asn_desktop.gui.remediation.words import days_text, plan_tone, plan_word
from asn_desktop.gui.widgets import Chip, EmptyState, SectionTitle, button, label, predicate_chip, rule
from asn_desktop.gui.widgets.controls import shorten
from asn_desktop.remediation.queries import PlanDetail, StepRow
from asn_desktop.remediation.rules import KINDS, ROOT_CAUSES, PlanState


class PlanPanel(QStackedWidget):
    """Shows one plan, or what this place is for. What the person wants goes out as signals."""

    confirm_wanted = Signal()
    decline_wanted = Signal()
    edit_wanted = Signal()
    close_wanted = Signal()
    reopen_wanted = Signal()
    event_wanted = Signal()
    event_opened = Signal(int)
    person_opened = Signal(int)
    evaluation_opened = Signal(int)
    step_toggled = Signal(object, bool)
    note_written = Signal(str)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.detail: PlanDetail | None = None
        self.steps: list[QCheckBox] = []
        self.note = QLineEdit(self)  # until a plan with a journal is shown
        self.note.hide()
        empty = SidePanel(self)
        empty.set_heading(_("Rencana pembinaan"))
        hint = EmptyState(
            "sprout",
            _("Pilih rencana"),
            _("Di sini terlihat mengapa rencana diusulkan, langkahnya, pembimbingnya, dan catatannya."),
            parent=empty,
        )
        for line in (hint.title_label, hint.text_label):
            line.setMinimumWidth(0)
        empty.body.addWidget(hint, 1)
        self.addWidget(empty)
        self._shown: QWidget | None = None

    def show_plan(self, detail: PlanDetail | None) -> None:
        """Show a plan; None shows what the panel is for. The scroll position stays for the same plan."""
        same = detail is not None and self.detail is not None and detail.row.id == self.detail.row.id
        place = self._area.verticalScrollBar().value() if same and self._shown is not None else 0
        self.detail = detail
        self.steps = []
        if self._shown is not None:
            self.removeWidget(self._shown)
            self._shown.deleteLater()
            self._shown = None
        if detail is None:
            self.setCurrentIndex(0)
            return
        panel = SidePanel(self)
        self._fill(panel, detail)
        self._shown = panel
        self.addWidget(panel)
        self.setCurrentWidget(panel)
        self._area.verticalScrollBar().setValue(place)

    # -- building -----------------------------------------------------------------------------------------

    def _fill(self, panel: SidePanel, detail: PlanDetail) -> None:
        row = detail.row
        panel.set_heading(
            row.name, " · ".join(part for part in (format_nip(row.nip or ""), row.position, row.unit) if part)
        )
        chips = QHBoxLayout()
        chips.setSpacing(theme.SPACE)
        chips.addWidget(Chip(plan_word(row), plan_tone(row), panel))
        if row.repeated:
            mark = Chip(_("Dua triwulan berturut-turut"), "bad", panel)
            mark.setToolTip(_("Triwulan sebelumnya juga rendah: utamakan pendampingan."))
            chips.addWidget(mark)
        chips.addStretch(1)
        panel.body.addLayout(chips)
        self._area = QScrollArea(panel)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget(self._area)
        inside.setProperty("clear", True)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 4, 6, 4)
        column.setSpacing(theme.SPACE)
        self._why(column, inside, detail)
        if row.state in (PlanState.ACTIVE, PlanState.CLOSED):
            self._agreed(column, inside, detail)
            self._step_list(column, inside, detail)
            self._journal(column, inside, detail)
        elif row.state == PlanState.DECLINED:
            column.addWidget(SectionTitle(_("Tidak dilanjutkan"), inside))
            column.addWidget(label(detail.decision_reason, "", wrap=True, parent=inside))
        else:
            text = _(
                "Pembinaan adalah bantuan, bukan hukuman. Bicarakan dahulu dengan pegawai dan atasannya, "
                "lalu tetapkan rencana atau catat mengapa tidak diperlukan."
            )
            column.addWidget(label(text, "", wrap=True, parent=inside))
            kind = _("Jenis yang disarankan: {kind}").format(kind=_(KINDS[row.kind]))
            column.addWidget(label(kind, "strong", wrap=True, parent=inside))
        column.addStretch(1)
        self._area.setWidget(inside)
        panel.body.addWidget(self._area, 1)
        panel.body.addLayout(self._actions(panel, row.state))

    def _why(self, column: QVBoxLayout, parent: QWidget, detail: PlanDetail) -> None:
        column.addWidget(SectionTitle(_("Mengapa diusulkan"), parent))
        line = QHBoxLayout()
        line.addWidget(predicate_chip(detail.row.predicate or "", parent))
        line.addStretch(1)
        column.addLayout(line)
        column.addWidget(label(detail.row.trigger, "", wrap=True, parent=parent))
        if detail.row.state == PlanState.PROPOSED:
            quadrant = MatrixView(matrix(), parent)
            quadrant.set_ratings(
                Rating(detail.result_rating) if detail.result_rating else None,
                Rating(detail.behaviour_rating) if detail.behaviour_rating else None,
            )
            column.addWidget(quadrant)
        links = QHBoxLayout()
        links.setSpacing(theme.MARGIN)
        evaluation, person = detail.evaluation_id, detail.row.employee_id
        if evaluation is not None:
            links.addWidget(
                button(
                    _("Buka evaluasi"), kind="link", parent=parent,
                    clicked=lambda: self.evaluation_opened.emit(evaluation),
                )
            )  # fmt: skip
        links.addWidget(
            button(_("Buka pegawai"), kind="link", parent=parent, clicked=lambda: self.person_opened.emit(person))
        )
        links.addStretch(1)
        column.addLayout(links)

    def _agreed(self, column: QVBoxLayout, parent: QWidget, detail: PlanDetail) -> None:
        row = detail.row
        column.addWidget(rule(parent))
        form = QFormLayout()
        form.setHorizontalSpacing(theme.GAP)
        form.setVerticalSpacing(theme.SPACE_SMALL)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        until = ""
        if row.starts and row.due:
            until = f"{format_date(row.starts)} – {format_date(row.due)}"
            if row.state == PlanState.ACTIVE:
                until += f" ({days_text(row.due, self._today)})"
        ended = f"{plan_word(row)}, {format_date(detail.closed_on)}" if row.outcome else ""
        for name, text in (
            (_("Hasil"), ended),
            (_("Ringkasan"), detail.outcome_note),
            (_("Jenis"), _(KINDS[row.kind])),
            (_("Akar masalah"), _cause_words(detail.root_cause or "")),
            (_("Tujuan"), detail.goal),
            (_("Pembimbing"), row.mentor or _("belum ditentukan")),
            (_("Masa"), until),
        ):
            if text:
                form.addRow(label(name, "secondary", parent=parent), label(text, "", wrap=True, parent=parent))
        column.addLayout(form)
        if detail.event_id is not None:
            text = f"{detail.event_name} · {format_date(detail.event_starts)}"
            number = detail.event_id
            event = button("", kind="link", icon="calendar-days", parent=parent)
            shorten(event, text, theme.tokens().px(240))
            event.clicked.connect(lambda: self.event_opened.emit(number))
            column.addWidget(event)
        elif row.state == PlanState.ACTIVE:
            column.addWidget(
                button(
                    _("Beri tempat pelatihan"), kind="link", icon="calendar-plus", parent=parent,
                    clicked=self.event_wanted.emit,
                )
            )  # fmt: skip

    def _step_list(self, column: QVBoxLayout, parent: QWidget, detail: PlanDetail) -> None:
        column.addWidget(rule(parent))
        title = _("Langkah ({done} dari {n})").format(done=detail.row.steps_done, n=detail.row.steps)
        column.addWidget(SectionTitle(title, parent))
        running = detail.row.state == PlanState.ACTIVE
        for step in detail.steps:
            column.addWidget(self._step(step, parent, running))
        if not detail.steps:
            column.addWidget(
                label(_("Belum ada langkah. Pilih “Ubah” untuk menambahkan."), "secondary", wrap=True, parent=parent)
            )

    def _step(self, step: StepRow, parent: QWidget, running: bool) -> QWidget:
        frame = QWidget(parent)
        row = QHBoxLayout(frame)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(theme.SPACE)
        box = QCheckBox(frame)
        box.setChecked(step.done_on is not None)
        box.setEnabled(running)
        box.setAccessibleName(step.action)
        box.clicked.connect(lambda on, line=step: self.step_toggled.emit(line, on))
        self.steps.append(box)
        row.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(label(step.action, "", wrap=True, parent=frame))
        late = step.done_on is None and step.due is not None and step.due < self._today and running
        texts.addWidget(label(self._step_line(step), "error" if late else "secondary", wrap=True, parent=frame))
        row.addLayout(texts, 1)
        return frame

    def _step_line(self, step: StepRow) -> str:
        if step.done_on is not None:
            parts = [_("selesai {day}").format(day=format_date(step.done_on)), step.evidence, step.result]
        elif step.due is not None:
            parts = [f"{format_date(step.due)} ({days_text(step.due, self._today)})", step.success_sign]
        else:
            parts = [_("tanpa tanggal"), step.success_sign]
        return " · ".join(part for part in parts if part)

    def _journal(self, column: QVBoxLayout, parent: QWidget, detail: PlanDetail) -> None:
        column.addWidget(rule(parent))
        column.addWidget(SectionTitle(_("Catatan"), parent))
        if detail.row.kind == "konseling":
            hint = _("Isi konseling bersifat rahasia dan tidak dicatat di sini.")
            column.addWidget(label(hint, "secondary", wrap=True, parent=parent))
        if detail.row.state == PlanState.ACTIVE:
            line = QHBoxLayout()
            line.setSpacing(theme.SPACE)
            self.note = QLineEdit(parent)
            self.note.setPlaceholderText(_("Tulis catatan"))
            self.note.setAccessibleName(_("Catatan baru"))
            self.note.returnPressed.connect(self._write_note)
            line.addWidget(self.note, 1)
            line.addWidget(button(_("Catat"), parent=parent, clicked=self._write_note))
            column.addLayout(line)
        for note in detail.notes:
            column.addWidget(label(format_date(note.day), "secondary", parent=parent))
            column.addWidget(label(note.text, "", wrap=True, parent=parent))

    def _write_note(self) -> None:
        if self.note.text().strip():
            self.note_written.emit(self.note.text())

    def _actions(self, panel: QWidget, state: str) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(theme.SPACE)
        if state == PlanState.PROPOSED:
            line.addWidget(button(_("Tidak perlu …"), parent=panel, clicked=self.decline_wanted.emit))
            line.addStretch(1)
            self.confirm_button = button(
                _("Tetapkan rencana"), kind="primary", icon="check", parent=panel, clicked=self.confirm_wanted.emit
            )
            line.addWidget(self.confirm_button)
        elif state == PlanState.ACTIVE:
            line.addWidget(button(_("Ubah"), icon="pencil", parent=panel, clicked=self.edit_wanted.emit))
            line.addStretch(1)
            line.addWidget(button(_("Tutup rencana"), kind="primary", parent=panel, clicked=self.close_wanted.emit))
        else:
            line.addStretch(1)
            line.addWidget(button(_("Buka lagi"), icon="rotate-ccw", parent=panel, clicked=self.reopen_wanted.emit))
        return line


def _cause_words(cause: str) -> str:
    """A package of a later program may bring a cause that this one has no words for: shown as it came."""
    return _(ROOT_CAUSES[cause]) if cause in ROOT_CAUSES else cause
