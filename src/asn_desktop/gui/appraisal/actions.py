"""What the buttons of the tab do: open, close, finalise, organisation results, paste. One function per action."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from asn_desktop.appraisal import tables
from asn_desktop.appraisal.commands import RatingChange
from asn_desktop.appraisal.opening import Opening
from asn_desktop.appraisal.paste import PastePlan
from asn_desktop.appraisal.queries import EvaluationSpec, Progress
from asn_desktop.appraisal.service import AppraisalService
from asn_desktop.core.changes import ChangeSet
from asn_desktop.core.files import plain_file_name
from asn_desktop.core.i18n import _
from asn_desktop.core.periods import Period
from asn_desktop.gui import messages
from asn_desktop.gui.appraisal import sentences
from asn_desktop.gui.appraisal.organisation_dialog import OrganisationDialog
from asn_desktop.gui.appraisal.paste_dialog import PasteDialog
from asn_desktop.gui.progress_dialog import ProgressDialog
from asn_desktop.gui.tasks import Runner
from asn_desktop.reference.service import ReferenceService


class QuarterActions(QObject):
    """The writes of the tab. ``parent`` is the tab: dialogs stand above it, errors go to it."""

    failed = Signal()
    """A write was refused: show again what is stored."""

    def __init__(
        self, appraisal: AppraisalService, reference: ReferenceService, runner: Runner, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._appraisal = appraisal
        self._reference = reference
        self._runner = runner
        self._window = parent

    def open_at_first(self, period: Period) -> None:
        """Open a period that is new; one that has not begun is asked about, because it is easily mistaken."""
        if period.starts > self._appraisal.today:
            text = _("{period} baru mulai {day}. Pegawai yang masuk sesudah hari ini belum ikut.").format(
                period=period.label, day=sentences.day(period.starts, year=True)
            )
            if not messages.ask(self._window, _("Buka sekarang?"), text, yes=_("Buka sekarang")):
                return
        self.open_period(period)

    def open_period(self, period: Period) -> None:
        """Create the evaluations; with progress, because a district has thousands."""

        def opened(result: tuple[Opening, ChangeSet]) -> None:
            messages.notify(self._window, sentences.opened_notice(period, result[0]))

        job = self._runner.run_write(
            lambda progress: self._appraisal.open_period(period),
            opened,
            owner=self._window,
            title=_("Membuka {period}").format(period=period.label),
        )
        ProgressDialog(job, self._window)

    def print_recap(self, period: Period, unit_id: int | None) -> None:
        """Counts and chart of the unit on one page."""
        from asn_desktop.gui.pdf_dialog import open_print  # with what makes and shows PDFs
        from asn_desktop.reports.recap import FORM, recap_of

        unit = next((row for row in self._reference.units() if row.id == unit_id), None)
        name = plain_file_name(f"REKAP {period.short_code} {period.year} {unit.name if unit else _('Semua unit')}")
        make = partial(recap_of, self._appraisal, self._reference, period, unit)
        open_print(self._window, self._runner, FORM.code, make, name)

    def refresh_assignments(self, period: Period) -> None:
        self._runner.run_write(
            lambda progress: self._appraisal.refresh_assignments(period.code),
            lambda changes: messages.notify(
                self._window, _("{n} evaluasi diperbarui.").format(n=sentences.number(changes.count))
            ),
            owner=self._window,
        )

    def close_period(self, period: Period, progress: Progress) -> None:
        """Ask with the numbers in sight, then seal."""
        waiting = len(self._appraisal.evaluation_ids(EvaluationSpec(period.code, waiting=True)))
        results = self._appraisal.organisation_results(period.code)
        per_unit = self._appraisal.progress_by_unit(period.code)
        missing = sum(
            unit.kind == "OPD" and unit.id not in results and per_unit.get(unit.id, Progress(0, 0, 0)).total > 0
            for unit in self._reference.units()
        )
        unassessed = len(self._appraisal.evaluation_ids(EvaluationSpec(period.code, unassessed=True)))
        text = sentences.closing_question(period, progress, waiting, missing, unassessed)
        title = _("Tutup {period}?").format(period=period.label)
        action, unrated = _("Tutup triwulan") if period.quarter else _("Tutup tahun"), progress.total - progress.rated
        if unrated:
            action = _("Tutup dengan {n} kosong").format(n=sentences.number(unrated))
        gaps = bool(unrated or waiting or missing or unassessed)
        if self._sure(title, text, action, gaps=gaps):
            self._write(lambda: self._appraisal.close_period(period.code), _("{p} ditutup.").format(p=period.label))

    def reopen_period(self, period: Period, typed: str = "") -> None:
        title = _("Buka kembali {period}").format(period=period.label)
        reason = messages.ask_text(
            self._window, title, _("Alasan (tercatat pada riwayat)"), text=typed, action=_("Buka kembali")
        )
        if reason:
            done = _("{p} dibuka kembali.").format(p=period.label)
            again = messages.ask_again(self._window, partial(self.reopen_period, period), reason)
            self._write(lambda: self._appraisal.reopen_period(period.code, reason), done, again)

    def finalise(self, ids: Sequence[int], unit_name: str) -> None:
        """Rated evaluations of a unit become final."""
        text = _("{n} evaluasi lengkap di {unit} akan dikunci. Sesudah itu, perubahan memerlukan alasan.")
        question = [text.format(n=sentences.number(len(ids)), unit=unit_name)]
        found = self._appraisal.check_final(ids)
        for issue, count in found:
            question.append(_("{n} evaluasi: {finding}").format(n=sentences.number(count), finding=issue.message))
        if self._sure(_("Kunci evaluasi?"), "\n".join(question), _("Kunci"), gaps=bool(found)):
            done = _("{n} evaluasi terkunci.").format(n=sentences.number(len(ids)))
            self._write(lambda: self._appraisal.finalise(ids), done)

    def _sure(self, title: str, text: str, action: str, *, gaps: bool) -> bool:
        """Where something is still missing, Enter goes back instead of on."""
        if gaps:
            return messages.confirm(self._window, title, text, action=action)
        return messages.ask(self._window, title, text, yes=action)

    def set_organisation_results(self, period: Period, unit_id: int | None, *, closed: bool) -> None:
        """The results of all units; of a closed period to be read, with the sentence why."""
        locked = _("{period} sudah ditutup, jadi capaian hanya dapat dibaca. Buka kembali periodenya untuk mengubah.")
        dialog = OrganisationDialog(
            period.label,
            self._reference.units(),
            self._appraisal.organisation_results(period.code),
            unit_id,
            self._window,
            locked=locked.format(period=period.label) if closed else "",
        )

        def save() -> None:
            results, source = dialog.results(), dialog.source
            done = _("Capaian organisasi {n} unit disimpan.").format(n=sentences.number(len(results)))
            dialog.save_and_close(
                self._runner,
                lambda: self._appraisal.set_organisation_results(period.code, results, source),
                lambda _changes: messages.notify(self._window, done),
            )

        dialog.wanted.connect(save)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def rate(self, changes: Sequence[RatingChange], initiator: object) -> None:
        """Write one keystroke; the grid shows it already."""
        self._runner.run_write(
            lambda progress: self._appraisal.rate(changes, initiator=initiator),
            None,
            partial(self._refused, None),
            owner=self._window,
        )

    def paste(
        self,
        text: str,
        period: Period,
        order: Sequence[int],
        place: int,
        *,
        behaviour_first: bool,
    ) -> None:
        """Read a block, show what it would write, write it in one operation."""

        def planned(plan: PastePlan) -> None:
            rows = self._appraisal.evaluation_rows([change.evaluation_id for change in plan.changes])
            found = {row.id: row for row in rows}
            dialog = PasteDialog(plan, found, tables.matrix(), self._window)
            changes = dialog.changes
            label = _("Tempel rating {n} pegawai").format(n=sentences.number(len(changes)))
            done = _("{n} pegawai dinilai.").format(n=sentences.number(len(changes)))

            def save() -> None:
                dialog.save_and_close(
                    self._runner,
                    lambda: self._appraisal.rate(changes, label),
                    lambda _changes: messages.notify(self._window, done),
                )

            dialog.wanted.connect(save)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

        self._runner.run_read(
            lambda progress: self._appraisal.plan_paste(
                text, period.code, order, place, behaviour_first=behaviour_first
            ),
            planned,
            owner=self._window,
        )

    def _write(
        self, work: Callable[[], ChangeSet], done: str, refused: Callable[[BaseException], None] | None = None
    ) -> None:
        """``refused`` comes after the tab shows again what is stored; without it the error is shown."""
        self._runner.run_write(
            lambda progress: work(),
            lambda changes: messages.notify(self._window, done),
            partial(self._refused, refused),
            owner=self._window,
        )

    def _refused(self, then: Callable[[BaseException], None] | None, error: BaseException) -> None:
        self.failed.emit()
        (then or partial(messages.show_error, self._window))(error)
