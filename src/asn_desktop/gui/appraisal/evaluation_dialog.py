"""One evaluation: ratings with the reason, notes and dates, the SKP with realisation and feedback, revision."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPlainTextEdit, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from asn_desktop.appraisal import rules, tables
from asn_desktop.appraisal.commands import EvaluationNotes, RatingChange
from asn_desktop.appraisal.detail import EvaluationDetail
from asn_desktop.appraisal.predicate import Rating, State, derive, explain
from asn_desktop.appraisal.service import AppraisalService
from asn_desktop.core.i18n import _
from asn_desktop.core.identifiers import format_nip
from asn_desktop.gui import messages, theme
from asn_desktop.gui.appraisal import sentences
from asn_desktop.gui.appraisal.content import edited
from asn_desktop.gui.appraisal.content_editor import ContentEditor
from asn_desktop.gui.appraisal.matrix_view import MatrixView
from asn_desktop.gui.dialogs import Dialog
from asn_desktop.gui.list_walk import ListWalk
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.widgets import (
    Chip,
    DateField,
    SegmentedControl,
    button,
    empty,
    label,
    predicate_chip,
    state_chip,
)

_STATE_TONES = {State.DRAFT: "draft", State.RATED: "dinilai", State.FINAL: "final"}


class EvaluationDialog(Dialog):
    """Loads by id, saves everything in one operation, and stays open when saving is refused.

    ``order`` is the list it was opened from: Ctrl+PgUp and Ctrl+PgDn walk through it.
    ``shown(id)`` says whose turn it is.
    """

    print_wanted = Signal(int)
    shown = Signal(int)

    def __init__(
        self,
        appraisal: AppraisalService,
        runner: Runner,
        evaluation_id: int,
        parent: QWidget | None = None,
        *,
        order: Sequence[int] = (),
    ) -> None:
        super().__init__(_("Evaluasi kinerja"), parent)
        self._appraisal = appraisal
        self._runner = runner
        self._id = evaluation_id
        self._dirty = False
        self.walk = ListWalk(order, _("Pegawai sebelumnya"), _("Pegawai berikutnya"), self)
        self.walk.wanted.connect(lambda number: self._leave(lambda: self._go_to(number)))
        self.heading.addWidget(self.walk)
        self.facts = label("", "secondary", wrap=True)
        self.chips = QHBoxLayout()
        self.chips.setSpacing(theme.SPACE)
        self.chips.addStretch(1)
        self.body.addWidget(self.facts)
        self.body.addLayout(self.chips)
        self.locked = label("", "secondary", wrap=True)
        self.revise_button = button(_("Perbaiki …"), icon="pencil", clicked=lambda: self.revise())
        lock_row = QHBoxLayout()
        lock_row.addWidget(self.locked, 1)
        lock_row.addWidget(self.revise_button)
        self.body.addLayout(lock_row)
        self.tabs = QTabWidget()
        self.tabs.addTab(self._rating_page(), _("Penilaian"))
        self.editor = ContentEditor()
        self.editor.changed.connect(self._touch)
        page = QWidget()
        inside = QVBoxLayout(page)
        inside.setContentsMargins(0, theme.GAP, 0, 0)
        inside.addWidget(self.editor)
        self.tabs.addTab(page, _("SKP, realisasi, dan umpan balik"))
        self.body.addWidget(self.tabs, 1)
        self.add_extra(_("Cetak"), self._print, icon="printer")
        self.unsaved = Chip(_("Belum disimpan"), "attention", self, icon="pencil")
        self.unsaved.hide()
        self._buttons.insertWidget(1, self.unsaved)
        self.cancel_button = self.add_cancel(_("Tutup"))
        self.save_button = self.add_primary(_("Simpan"), self.save)
        self.save_button.setAutoDefault(False)
        self.save_button.setDefault(False)
        screen = self.screen().availableGeometry()
        look = theme.tokens()
        self.resize(min(look.px(980), screen.width() - 40), min(look.px(680), screen.height() - 60))
        self.load()

    def _go_to(self, evaluation_id: int) -> None:
        self._id = evaluation_id
        self.load()
        self.shown.emit(evaluation_id)

    def _rating_page(self) -> QWidget:
        self.result_rating = SegmentedControl(name=_("Rating hasil kerja"), clearable=True)
        self.behaviour_rating = SegmentedControl(name=_("Rating perilaku kerja"), clearable=True)
        self.result_rating.changed.connect(lambda value: self._rated())
        self.behaviour_rating.changed.connect(lambda value: self._rated())
        self.matrix = MatrixView(tables.matrix())
        self.matrix.setFixedWidth(theme.tokens().px(320))
        self.reason = label("", "strong", wrap=True)
        self.proposal = label("", "secondary", wrap=True)
        self.use_proposal = button(_("Pakai usulan"), kind="link", clicked=self._use_proposal)
        self.warnings = label("", "secondary", wrap=True)
        left = QGridLayout()
        left.setHorizontalSpacing(theme.GAP)
        left.setVerticalSpacing(theme.SPACE)
        left.addWidget(label(_("Hasil kerja"), "field"), 0, 0)
        left.addWidget(self.result_rating, 0, 1)
        left.addWidget(label(_("Perilaku kerja"), "field"), 1, 0)
        left.addWidget(self.behaviour_rating, 1, 1)
        left.addWidget(self.matrix, 2, 0, 1, 2)
        left.addWidget(self.reason, 3, 0, 1, 2)
        left.addWidget(self.proposal, 4, 0, 1, 2)
        left.addWidget(self.use_proposal, 5, 0, 1, 2, Qt.AlignmentFlag.AlignLeft)
        left.addWidget(self.warnings, 6, 0, 1, 2)
        left.setRowStretch(7, 1)
        left.setColumnStretch(1, 1)
        self.organisation = label("", "", wrap=True)
        self.history = QHBoxLayout()
        self.history.setSpacing(theme.SPACE_SMALL)
        self.history.addStretch(1)
        self.notes = QPlainTextEdit()
        self.notes.setTabChangesFocus(True)
        self.notes.setMinimumHeight(theme.tokens().px(84))
        self.notes.setAccessibleName(_("Catatan atau rekomendasi"))
        self.notes.setPlaceholderText(_("Tercetak pada formulir D.1.1"))
        self.notes.textChanged.connect(self._touch)
        self.signed = DateField()
        self.received = DateField()
        for field in (self.signed, self.received):
            field.date_changed.connect(lambda value: self._date_edited())
        dates = QGridLayout()
        dates.setHorizontalSpacing(theme.GAP)
        dates.setVerticalSpacing(theme.SPACE_SMALL)
        dates.addWidget(label(_("Tanda tangan penilai"), "field"), 0, 0)
        dates.addWidget(label(_("Diterima pegawai"), "field"), 0, 1)
        dates.addWidget(self.signed, 1, 0)
        dates.addWidget(self.received, 1, 1)
        right = QVBoxLayout()
        right.setSpacing(theme.SPACE_SMALL)
        right.addWidget(label(_("Capaian organisasi"), "field"))
        right.addWidget(self.organisation)
        right.addSpacing(theme.SPACE)
        right.addWidget(label(_("Predikat periode lain"), "field"))
        right.addLayout(self.history)
        right.addSpacing(theme.SPACE)
        right.addWidget(label(_("Catatan atau rekomendasi"), "field"))
        right.addWidget(self.notes, 1)
        right.addSpacing(theme.SPACE)
        right.addLayout(dates)
        self.due = label("", "secondary", wrap=True)
        right.addWidget(self.due)
        right.addStretch(1)
        page = QWidget()
        page.setProperty("clear", True)
        row = QHBoxLayout(page)
        row.setContentsMargins(0, theme.GAP, 8, 0)
        row.setSpacing(theme.MARGIN * 2)
        row.addLayout(left)
        row.addLayout(right, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(page)
        return area

    # -- contents -----------------------------------------------------------------------------------------

    def load(self) -> None:
        """Show what is stored."""
        self._show(self._appraisal.evaluation_detail(self._id))

    def _show(self, detail: EvaluationDetail) -> None:
        self._detail = detail
        row = detail.row
        self._content = edited(detail)
        self.title_label.setText(row.name)
        who = " · ".join(part for part in (format_nip(row.nip or ""), row.rank, row.position, row.unit) if part)
        assessor = " · ".join(part for part in (row.assessor or _("belum diketahui"), detail.assessor_position) if part)
        self.facts.setText(_("{who}\nPejabat penilai kinerja: {assessor}").format(who=who, assessor=assessor))
        chips = [
            label(row.period and detail.period.period.label, "strong"),
            state_chip(_STATE_TONES[row.state], row.state.label),
        ]
        if row.revision:
            chips.append(state_chip("usulan", _("Perbaikan ke-{n}").format(n=row.revision)))
        _refill(self.chips, chips)
        self._show_lock()
        self.result_rating.set_value(row.result.value if row.result else "")
        self.behaviour_rating.set_value(row.behaviour.value if row.behaviour else "")
        self.organisation.setText(_organisation(detail))
        past: list[QWidget] = []
        others = [item for item in detail.history if item[0].code != row.period][:4]
        for period, predicate in others:
            chip = predicate_chip(predicate.value if predicate else "")
            chip.setToolTip(period.label)
            own_year = period.year == detail.period.period.year
            past += [label(period.short_code if own_year else f"{period.short_code} {period.year}", "secondary"), chip]
        _refill(self.history, past or [label(_("Belum ada."), "secondary")])
        self.notes.setPlainText(detail.notes or "")
        self.signed.set_value(detail.signed_on)
        self.received.set_value(detail.received_on)
        self.editor.show_content(self._content, editable=detail.editable)
        for widget in (self.result_rating, self.behaviour_rating, self.signed, self.received):
            widget.setEnabled(detail.editable)
        self.notes.setReadOnly(not detail.editable)
        self._set_dirty(False)
        self.walk.show_place(self._id)
        self._show_due()
        self._show_reason()

    def _show_lock(self) -> None:
        final = self._detail.row.state is State.FINAL
        if self._detail.period.closed:
            self.locked.setText(_("Periode ini sudah ditutup; isinya hanya dapat dibaca."))
        elif final:
            self.locked.setText(_("Evaluasi ini sudah terkunci. Perubahan memerlukan alasan."))
        elif self._detail.revision_reason:
            text = _("Alasan perbaikan: {reason}")
            self.locked.setText(text.format(reason=self._detail.revision_reason))
        else:
            self.locked.setText("")
        self.locked.setVisible(bool(self.locked.text()))
        self.revise_button.setVisible(final and not self._detail.period.closed)
        self.save_button.setVisible(self._detail.editable)

    def _ratings(self) -> tuple[Rating | None, Rating | None]:
        result, behaviour = self.result_rating.value, self.behaviour_rating.value
        return Rating(result) if result else None, Rating(behaviour) if behaviour else None

    def _rated(self) -> None:
        self._touch()
        self._show_reason()

    def _show_reason(self) -> None:
        result, behaviour = self._ratings()
        self.matrix.set_ratings(result, behaviour)
        predicate = derive(tables.matrix(), result, behaviour)
        self.reason.setText(explain(tables.matrix(), result, behaviour))
        self.reason.setStyleSheet(f"color: {theme.tone(theme.predicate_tone(predicate or '')).ink}")
        self._show_proposal()
        self._show_warnings()

    def _show_warnings(self) -> None:
        found = rules.skp_warnings(
            self._content.facts(),
            leader_feedback=self._content.leader_feedback,
            leadership=self._content.kind == "JPT",
        )
        self.warnings.setText("\n".join(f"• {issue.message}" for issue in found))
        self.warnings.setVisible(bool(found))

    def _show_proposal(self) -> None:
        """The head of a unit is rated by the unit's own result (SE MenPANRB 3/2023): proposed, never set."""
        led = self._detail.led
        wanted = rules.leader_rating(led.result) if led else None
        shown = wanted is not None and self._detail.editable and wanted is not self._ratings()[0]
        if led is not None and wanted is not None:
            text = _("Memimpin {unit} dengan capaian {result}: usulan hasil kerja {rating} (SE MenPANRB 3/2023).")
            self.proposal.setText(
                text.format(unit=self._detail.led_unit, result=led.result.label, rating=wanted.word.lower())
            )
        self.proposal.setVisible(shown)
        self.use_proposal.setVisible(shown)

    def _use_proposal(self) -> None:
        if self._detail.led is not None:
            self.result_rating.choose(rules.leader_rating(self._detail.led.result).value)

    def _date_edited(self) -> None:
        self._touch()
        self._show_due()

    def _show_due(self) -> None:
        """When the document must be handed over or come back (Lampiran V.A angka 5 and 6)."""
        words = {
            "DOK_SERAH": _("Serahkan kepada pegawai paling lambat {day} (14 hari kerja)."),
            "DOK_KEMBALI": _("Pegawai mengembalikan paling lambat {day} (14 hari kerja)."),
        }
        terms = self._appraisal.document_terms(self.signed.value, self.received.value)
        self.due.setText("\n".join(words[code].format(day=sentences.day(due, year=True)) for code, due in terms))
        self.due.setVisible(bool(terms))

    def _touch(self) -> None:
        self._set_dirty(True)
        self._show_warnings()

    def _set_dirty(self, dirty: bool) -> None:
        self._dirty = dirty
        self.unsaved.setVisible(self._unsaved)

    @property
    def _unsaved(self) -> bool:
        return self._dirty and self._detail.editable

    # -- actions ------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Write everything in one operation and close."""
        self._save(self.accept)

    def _save(self, then: Callable[[], object]) -> None:
        if not (self.signed.commit() and self.received.commit()):
            return

        def saved() -> None:
            self._set_dirty(False)
            then()

        result, behaviour = self._ratings()
        row = self._detail.row
        rated = (result, behaviour) != (row.result, row.behaviour)
        ratings = RatingChange(self._id, result, behaviour) if rated else None
        notes = EvaluationNotes(self.notes.toPlainText(), self.signed.value, self.received.value)
        content = self._content.draft() if self._content.has_skp or self._has_feedback() else None
        if content is None and self._content.id is not None:
            content = self._content.draft()
        self._runner.run_write(
            lambda progress: self._appraisal.save_evaluation(self._id, ratings=ratings, notes=notes, content=content),
            lambda changes: saved(),
            owner=self,
        )

    def _has_feedback(self) -> bool:
        return any(value.feedback for value in self._content.values)

    def _print(self) -> None:
        """The forms show what is stored, so unsaved edits are not passed over in silence."""
        if self._unsaved:
            messages.inform(self, _("Simpan dahulu"), _("Formulir mencetak isi yang sudah tersimpan."))
        else:
            self.print_wanted.emit(self._id)

    def revise(self, typed: str = "") -> None:
        """Final → editable again, with a reason."""
        title, caption = _("Perbaiki evaluasi terkunci"), _("Alasan (tercatat pada riwayat)")
        reason = messages.ask_text(self, title, caption, text=typed, action=_("Perbaiki"))
        if reason:
            again = messages.ask_again(self, self.revise, reason)
            write = partial(self._appraisal.revise, self._id, reason)
            self._runner.run_write(lambda _progress: write(), lambda _changes: self.load(), again, owner=self)

    def reject(self) -> None:
        """Closing with unsaved edits asks first."""
        self._leave(super().reject)

    def _leave(self, then: Callable[[], object]) -> None:
        """Go on with ``then`` when nothing is unsaved, or after it was saved or given up."""
        answer: str | None = "discard"
        if self._unsaved:
            title = _("Simpan evaluasi {name}?").format(name=self._detail.row.name)
            answer = messages.choose(
                self,
                title,
                _("Perubahannya belum disimpan."),
                [
                    messages.Option("stay", _("Batal")),
                    messages.Option("discard", _("Buang perubahan"), "danger"),
                    messages.Option("save", _("Simpan"), "primary"),
                ],
            )
        if answer == "save":
            self._save(then)
        elif answer == "discard":
            self._set_dirty(False)
            then()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.reject()


def _organisation(detail: EvaluationDetail) -> str:
    unit = detail.organisation_unit or _("unit belum diketahui")
    if detail.organisation is None:
        return _("Belum diisi untuk {unit}").format(unit=unit)
    return f"{detail.organisation.result.label} · {detail.organisation.inherited_from or unit}"


def _refill(line: QHBoxLayout, widgets: Sequence[QWidget]) -> None:
    """Put these into a line whose last item is a stretch."""
    empty(line)
    for place, widget in enumerate(widgets):
        line.insertWidget(place, widget)
