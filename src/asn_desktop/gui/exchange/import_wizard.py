"""The import wizard: file, columns, questions, preview, result. Nothing is written before *Terapkan*."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from asn_desktop.core.errors import ConflictError
from asn_desktop.core.i18n import _
from asn_desktop.core.periods import Period, quarter_of
from asn_desktop.core.progress import Progress
from asn_desktop.exchange.plan import Fate, ImportPlan
from asn_desktop.exchange.service import BatchRow, ImportOutcome
from asn_desktop.exchange.subjects import AUTO
from asn_desktop.exchange.workbook_file import WorkbookFile
from asn_desktop.gui import messages
from asn_desktop.gui.dialogs import fit
from asn_desktop.gui.exchange.columns_page import ColumnsPage
from asn_desktop.gui.exchange.error_rows import save_error_rows
from asn_desktop.gui.exchange.file_page import FilePage
from asn_desktop.gui.exchange.job_panel import JobDialog, JobPanel, grouped
from asn_desktop.gui.exchange.preview_page import PreviewPage
from asn_desktop.gui.exchange.questions_page import QuestionsPage
from asn_desktop.gui.exchange.result_page import ResultPage
from asn_desktop.gui.exchange.step_bar import StepBar
from asn_desktop.gui.tasks import Runner
from asn_desktop.services import Services


class Step(IntEnum):
    FILE = 0
    COLUMNS = 1
    QUESTIONS = 2
    PREVIEW = 3
    RESULT = 4
    WORKING = 5


class ImportWizard(JobDialog):
    """``imported(outcome)`` after a successful import; ``undone`` when it was taken back here."""

    imported = Signal(object)
    undone = Signal()

    def __init__(
        self,
        services: Services,
        runner: Runner,
        parent: QWidget | None = None,
        *,
        kind: str = AUTO,
        period: str | None = None,
    ) -> None:
        super().__init__(_("Impor dari Excel"), parent)
        self._services, self._runner = services, runner
        self._exchange = services.exchange
        self._path: Path | None = None
        self._outcome: ImportOutcome | None = None
        self._mappings: dict[str, dict[int, str]] = {}
        self._sheets: dict[str, str] = {}
        self._return_to = Step.FILE
        self.steps = StepBar((_("Berkas"), _("Kolom"), _("Pertanyaan"), _("Pratinjau"), _("Hasil")), self)
        self.body.addWidget(self.steps)
        self.file_page = FilePage(_periods(services), period, kind, self)
        self.columns_page = ColumnsPage(self._exchange, self)
        self.questions_page = QuestionsPage(self)
        self.preview_page = PreviewPage(self._exchange, self)
        self.heading.addWidget(self.preview_page.search)
        self.result_page = ResultPage(self)
        self.working = JobPanel(self)
        self.pages = QStackedWidget(self)
        pages = (
            self.file_page, self.columns_page, self.questions_page, self.preview_page, self.result_page, self.working,
        )  # fmt: skip
        for page in pages:
            self.pages.addWidget(page)
        self.body.addWidget(self.pages, 1)
        self.errors_button = self.add_extra(_("Simpan baris salah …"), self.save_errors, icon="file-spreadsheet")
        self.cancel_button = self.add_cancel()
        self.back = self.add_button(_("Kembali"), self._back)
        self.forward = self.add_primary(_("Lanjut"), self._forward)
        self.file_page.chosen.connect(self.read)
        self.columns_page.changed.connect(self._say)
        self.questions_page.changed.connect(self._say)
        self.result_page.another_wanted.connect(self._another)
        self.preview_page.changed.connect(self._say)
        self.result_page.undo_wanted.connect(self._undo)
        self.result_page.errors_wanted.connect(self.save_errors)
        fit(self, 1120, 680)
        self._show(Step.FILE)

    @property
    def step(self) -> Step:
        return Step(self.pages.currentIndex())

    @property
    def plan(self) -> ImportPlan:
        """The plan at hand with all decisions."""
        return self.preview_page.plan

    # -- steps --------------------------------------------------------------------------------------------

    def _show(self, step: Step) -> None:
        self.pages.setCurrentIndex(step)
        if step is not Step.WORKING:
            self.steps.set_step(step)
        self.preview_page.search.setVisible(step is Step.PREVIEW)
        self.back.setVisible(step in (Step.COLUMNS, Step.QUESTIONS, Step.PREVIEW))
        self.cancel_button.setVisible(step in (Step.FILE, Step.COLUMNS, Step.QUESTIONS, Step.PREVIEW))
        self.forward.setVisible(step not in (Step.FILE, Step.WORKING))
        self._say()
        if step is Step.PREVIEW:
            self.preview_page.table.setFocus()
        elif step is Step.QUESTIONS:
            self.questions_page.table.setFocus()
        elif step is Step.RESULT:
            self.forward.setFocus()

    def _say(self) -> None:
        """The words of the primary button, and whether it may be pressed."""
        step = self.step
        self.errors_button.setVisible(step is Step.PREVIEW and self._exchange.has_returns(self.plan))
        if step is Step.COLUMNS:
            onward = _("Jawab pertanyaan") if self.plan.questions else _("Lihat pratinjau")
            self.forward.setText(_("Baca ulang") if self.columns_page.read_again else onward)
            self.forward.setEnabled(not self.columns_page.clashes)
        elif step is Step.QUESTIONS:
            self.forward.setText(_("Lihat pratinjau"))
            self.forward.setEnabled(True)
        elif step is Step.PREVIEW:
            writes = self.plan.rows_to_write
            nothing = _("Catat sudah kembali") if self.plan.writes else _("Tutup")
            self.forward.setText(_("Terapkan {n} baris").format(n=grouped(writes)) if writes else nothing)
            self.forward.setEnabled(True)
        elif step is Step.RESULT:
            self.forward.setText(_("Selesai"))
            self.forward.setEnabled(True)

    def _back(self) -> None:
        before = Step(self.step - 1)
        if before is Step.QUESTIONS and not self.plan.questions:
            before = Step.COLUMNS
        if self.step is Step.PREVIEW and self.plan.worksheets:  # its columns are ours: nothing to map
            before = Step.FILE
        self._show(before)

    def _forward(self) -> None:
        if self.step is Step.COLUMNS:
            self._leave_columns()
        elif self.step is Step.QUESTIONS:
            self._leave_questions()
        elif self.step is Step.PREVIEW:
            if self.plan.writes:
                self._apply()
            else:
                self.accept()
        elif self.step is Step.RESULT:
            self.accept()

    # -- reading ------------------------------------------------------------------------------------------

    def read(self, source: Path | WorkbookFile) -> None:
        """Read a workbook and show how its headings were understood."""
        self._path = source.path if isinstance(source, WorkbookFile) else source
        self._mappings, self._sheets = {}, {}
        kind, period = self.file_page.kind_value, self.file_page.period_value
        self._return_to = Step.FILE
        self._show(Step.WORKING)
        job = self._runner.run_read(
            lambda progress: self._with_history(
                self._exchange.examine(source, kind, period, proposed=True, progress=progress)
            ),
            lambda found: self._read(found, Step.PREVIEW if found[0].worksheets else Step.COLUMNS),
            self._failed,
            title=_("Membaca berkas"),
            owner=self,
            on_cancelled=self._stopped,
        )
        self.working.watch(job, _("Membaca {file}").format(file=self._path.name))

    def _leave_columns(self) -> None:
        corrected = {sheet: dict(mapping) for sheet, mapping in self.columns_page.corrected.items()}
        if not self.columns_page.read_again:
            self._show(Step.QUESTIONS if self.plan.questions else Step.PREVIEW)
            return
        if corrected:
            self._mappings = {sheet.sheet: dict(sheet.mapping) for sheet in self.plan.sheets} | corrected
        self._sheets |= self.columns_page.sheet_answers
        answers = {**self.questions_page.answers, **self._sheets}
        self._read_again(Step.COLUMNS, answers, corrected)

    def _leave_questions(self) -> None:
        if self.questions_page.answered_anew:
            self._read_again(Step.QUESTIONS, {**self._sheets, **self.questions_page.answers}, {})
        else:
            self._show(Step.PREVIEW)

    def _read_again(self, origin: Step, answers: Mapping[str, str], corrected: Mapping[str, Mapping[int, str]]) -> None:
        """Read the workbook with what the person has said; ``corrected`` mappings are remembered where ticked."""
        assert self._path is not None
        path, plan, mappings = self._path, self.plan, self._mappings
        remember = bool(corrected) and self.columns_page.remember.isChecked()
        known = {question.id for question in plan.questions}

        def read(progress: Progress) -> tuple[ImportPlan, BatchRow | None]:
            # Remembering is a write of its own: it comes first, so that the plan is made on what is there now.
            if remember:
                self._exchange.remember(plan, corrected)
            return self._with_history(
                self._exchange.examine(
                    path, plan.kind, plan.period, mappings=mappings, answers=answers, progress=progress
                )
            )

        def show(found: tuple[ImportPlan, BatchRow | None]) -> None:
            asked = [question for question in found[0].questions if question.id not in known and question.open]
            wanted = bool(found[0].questions) if origin is Step.COLUMNS else bool(asked)
            self._read(found, Step.QUESTIONS if wanted else Step.PREVIEW)

        self._return_to = origin
        self._show(Step.WORKING)
        run = self._runner.run_write if remember else self._runner.run_read
        job = run(
            read,
            show,
            self._failed,
            title=_("Membaca ulang"),
            owner=self,
            on_cancelled=self._stopped,
        )
        self.working.watch(job, _("Membaca ulang {file}").format(file=path.name))

    def _with_history(self, plan: ImportPlan) -> tuple[ImportPlan, BatchRow | None]:
        return plan, self._exchange.previous_import(plan)

    def _read(self, found: tuple[ImportPlan, BatchRow | None], step: Step) -> None:
        plan, previous = found
        self.columns_page.set_plan(plan)
        self.questions_page.set_plan(plan)
        self.preview_page.set_plan(plan, previous)
        self._show(step)

    def _failed(self, error: BaseException) -> None:
        self._show(self._return_to)
        messages.show_error(self, error)

    def _stopped(self) -> None:
        self._show(self._return_to)
        messages.notify(self, _("Dihentikan. Data tidak berubah."))

    # -- writing ------------------------------------------------------------------------------------------

    def _apply(self) -> None:
        waiting = self.preview_page.undecided
        if waiting and not messages.ask(
            self,
            _("{n} baris belum diputuskan").format(n=grouped(waiting)),
            _("Baris itu dilewati: tidak disimpan, dan tetap ada di berkas. Lanjutkan dengan baris lainnya?"),
            yes=_("Terapkan yang lain"),
            no=_("Kembali ke pratinjau"),
        ):
            self.preview_page.show_fate(Fate.CONFLICT)
            return
        plan = self.plan
        self._return_to = Step.PREVIEW
        self._show(Step.WORKING)
        job = self._runner.run_write(
            lambda progress: self._exchange.apply(plan, progress=progress),
            self._applied,
            self._not_applied,
            title=_("Menulis data"),
            owner=self,
            on_cancelled=self._stopped,
        )
        self.working.watch(job, _("Menerapkan {file}").format(file=plan.file_name))

    def _applied(self, outcome: ImportOutcome) -> None:
        self._outcome = outcome
        self.result_page.show_outcome(self.plan, outcome, returns=self._exchange.has_returns(self.plan))
        self._show(Step.RESULT)
        self.imported.emit(outcome)

    def _not_applied(self, error: BaseException) -> None:
        self._failed(error)
        if isinstance(error, ConflictError) and self._path is not None:
            self.read(self._path)  # the data moved meanwhile: the preview is made again

    def _undo(self) -> None:
        assert self._outcome is not None
        operation = self._outcome.change_set.operation_id
        self._return_to = Step.RESULT
        self._show(Step.WORKING)
        job = self._runner.run_write(
            lambda _progress: self._services.safety.undo_operation(operation),
            lambda _changes: self._taken_back(),
            self._failed,
            title=_("Mengurungkan impor"),
            owner=self,
        )
        self.working.watch(job, _("Mengurungkan impor"))

    def _another(self) -> None:
        """Begin again with the next file of the pile."""
        self._show(Step.FILE)
        self.file_page.drop.button.setFocus()

    def _taken_back(self) -> None:
        self.result_page.show_undone()
        self._show(Step.RESULT)
        self.undone.emit()

    # -- rows to give back --------------------------------------------------------------------------------

    def save_errors(self) -> None:
        """Write the person's own rows that need correction into a workbook."""
        plan = self.plan
        save_error_rows(self, self._runner, plan.file_name, lambda target: self._exchange.write_errors(plan, target))

    @property
    def has_written(self) -> bool:
        return self._outcome is not None


def _periods(services: Services) -> Sequence[Period]:
    """The last six quarters up to the one of today, newest first."""
    period = quarter_of(services.database.clock().date())
    found = [period]
    while len(found) < 6:
        found.append(found[-1].previous())
    return found
