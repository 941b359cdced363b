"""Print the official forms: the real PDF in sight, then saved or sent to a printer."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace

from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from asn_desktop.appraisal.queries import EvaluationSpec
from asn_desktop.appraisal.service import AppraisalService
from asn_desktop.core.files import plain_file_name
from asn_desktop.core.i18n import _
from asn_desktop.core.periods import Period
from asn_desktop.core.progress import Progress
from asn_desktop.gui import messages, theme
from asn_desktop.gui.appraisal import printing, sentences
from asn_desktop.gui.appraisal.page_view import PageView
from asn_desktop.gui.dialogs import Dialog
from asn_desktop.gui.folders import Place
from asn_desktop.gui.progress_dialog import ProgressDialog
from asn_desktop.gui.tasks import Job, Runner
from asn_desktop.gui.widgets import button, combo, label, tool_button
from asn_desktop.reports.registry import EVALUATION_FORMS, Paper, render

PREVIEWED = 20  # people in the preview of a whole unit; saving and printing take all


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is to be printed; equal values give the same file."""

    form: str
    paper: Paper
    scope: str
    whole: bool


class PrintDialog(Dialog):
    """Choices at the left, pages at the right. Nothing is printed but what was shown."""

    def __init__(
        self,
        appraisal: AppraisalService,
        runner: Runner,
        period: Period,
        selected: list[int],
        unit: EvaluationSpec,
        unit_name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_("Cetak formulir · {period}").format(period=period.label), parent)
        self._appraisal = appraisal
        self._runner = runner
        self._period = period
        self._selected = selected
        self._unit = unit
        self._unit_ids = appraisal.evaluation_ids(unit)
        self._unassessed = frozenset(appraisal.evaluation_ids(replace(unit, unassessed=True)))
        self._unit_name = unit_name
        self._job: Job[bytes] | None = None
        self._pdf: bytes | None = None
        self.view = PageView()
        self.view.page_changed.connect(self._page_changed)
        row = QHBoxLayout()
        row.setSpacing(theme.MARGIN)
        row.addLayout(self._choices())
        row.addLayout(self._preview(), 1)
        self.body.addLayout(row, 1)
        self.add_cancel(_("Tutup"))
        self.save_button = self.add_button(_("Simpan PDF …"), self.save, icon="download")
        self.print_button = self.add_primary(_("Cetak …"), self.send, icon="printer")
        screen = self.screen().availableGeometry()
        look = theme.tokens()
        self.resize(min(look.px(1020), screen.width() - 40), min(look.px(680), screen.height() - 60))
        self.refresh()

    def _choices(self) -> QVBoxLayout:
        self.form = combo([(code, f"{code} · {_form_words(code)}") for code in EVALUATION_FORMS])
        self.form.setAccessibleName(_("Formulir"))
        self.paper = combo([(paper.value, _paper_name(paper)) for paper in Paper])
        self.paper.setAccessibleName(_("Kertas"))
        self.paper.setCurrentIndex(self.paper.findData(Paper.F4.value))
        self.scopes = QButtonGroup(self)
        chosen = len(self._selected)
        one = _("Pegawai terpilih") if chosen == 1 else _("{n} pegawai terpilih").format(n=sentences.number(chosen))
        self.one_scope = QRadioButton(one)
        whole = _("Seluruh unit ({n} pegawai)").format(n=sentences.number(len(self._unit_ids)))
        self.unit_scope = QRadioButton(whole)
        self.unit_scope.setToolTip(self._unit_name)
        self.blank_scope = QRadioButton(_("Formulir kosong"))
        for each in (self.one_scope, self.unit_scope, self.blank_scope):
            self.scopes.addButton(each)
        self.one_scope.setVisible(bool(self._selected))
        self.unit_scope.setEnabled(bool(self._unit_ids))
        first = self.one_scope if self._selected else self.unit_scope if self._unit_ids else self.blank_scope
        first.setChecked(True)
        self.rated_only = QCheckBox(_("Hanya yang sudah dinilai"))
        self.note = label("", "secondary", wrap=True)
        self.warning = label("", "warning", wrap=True)
        self.warning.hide()
        column = QVBoxLayout()
        column.setSpacing(theme.SPACE_SMALL)
        for text, widgets in (
            (_("Formulir"), [self.form]),
            (_("Kertas"), [self.paper]),
            (_("Isi"), [self.one_scope, self.unit_scope, self.blank_scope]),
            ("", [self.rated_only]),
        ):
            if text:
                column.addWidget(label(text, "field"))
            for widget in widgets:
                column.addWidget(widget)
            column.addSpacing(theme.SPACE)
        column.addWidget(self.warning)
        column.addWidget(self.note)
        column.addStretch(1)
        for widget in (self.form, self.paper):
            widget.setFixedWidth(theme.tokens().px(270))
            widget.currentIndexChanged.connect(lambda _index: self.refresh())
        self.note.setFixedWidth(theme.tokens().px(270))
        self.warning.setFixedWidth(theme.tokens().px(270))
        self.scopes.buttonToggled.connect(lambda _button, on: self.refresh() if on else None)
        self.rated_only.toggled.connect(lambda _on: self.refresh())
        return column

    def _preview(self) -> QVBoxLayout:
        self.back = tool_button("chevron-left", _("Halaman sebelumnya"), clicked=lambda: self._turn(-1))
        self.forward = tool_button("chevron-right", _("Halaman berikutnya"), clicked=lambda: self._turn(1))
        self.pages = label("", "secondary")
        self.smaller = tool_button("minus", _("Perkecil"), clicked=lambda: self._zoom(-1))
        self.larger = tool_button("plus", _("Perbesar"), clicked=lambda: self._zoom(1))
        self.fit = button(_("Satu halaman"), kind="ghost", clicked=lambda: self._zoom(0))
        bar = QHBoxLayout()
        bar.setSpacing(theme.SPACE_SMALL)
        turning: tuple[QWidget, ...] = (self.back, self.pages, self.forward)
        zooming: tuple[QWidget, ...] = (self.smaller, self.larger, self.fit)
        for widget in turning:
            bar.addWidget(widget)
        bar.addStretch(1)
        for widget in zooming:
            bar.addWidget(widget)
        column = QVBoxLayout()
        column.setSpacing(theme.SPACE_SMALL)
        column.addLayout(bar)
        column.addWidget(self.view, 1)
        return column

    # -- what is wanted -----------------------------------------------------------------------------------

    @property
    def paper_chosen(self) -> Paper:
        return Paper(str(self.paper.currentData()))

    def _wanted(self, *, whole: bool) -> _Wanted:
        scope = "blank" if self.blank_scope.isChecked() else "unit" if self.unit_scope.isChecked() else "one"
        return _Wanted(str(self.form.currentData()), self.paper_chosen, scope, whole)

    def _ids(self) -> list[int]:
        ids = self._unit_ids if self.unit_scope.isChecked() else self._selected
        if not self.rated_only.isChecked():
            return ids
        return [row.id for row in self._appraisal.evaluation_rows(ids) if row.predicate]

    def _make(self, wanted: _Wanted, ids: list[int], progress: Progress) -> bytes:
        """The file itself; runs in a worker."""
        if wanted.scope == "blank":
            sheets = [self._appraisal.blank_sheet(self._period)]
        else:
            sheets = self._appraisal.evaluation_sheets(ids if wanted.whole else ids[:PREVIEWED])
        out = io.BytesIO()
        render(wanted.form, sheets, out, wanted.paper, blank=wanted.scope == "blank", progress=progress)
        return out.getvalue()

    def refresh(self) -> None:
        """Make the preview anew."""
        if self._job is not None:
            self._job.cancel()
        self.rated_only.setEnabled(not self.blank_scope.isChecked())
        wanted, ids = self._wanted(whole=False), self._ids()
        unassessed = 0 if wanted.scope == "blank" else len(self._unassessed.intersection(ids))
        self.warning.setText(sentences.without_assessor_sentence(unassessed))
        self.warning.setVisible(unassessed > 0)
        empty = wanted.scope != "blank" and not ids
        for widget in (self.save_button, self.print_button):
            widget.setEnabled(not empty)
        if empty:
            self._show(None)
            self.note.setText(_("Tidak ada pegawai yang sudah dinilai pada pilihan ini."))
            return
        text = ""
        if wanted.scope != "blank" and len(ids) > PREVIEWED:
            text = _("Pratinjau menampilkan {n} pegawai pertama dari {total}; simpan dan cetak memuat semuanya.")
            text = text.format(n=PREVIEWED, total=sentences.number(len(ids)))
        self.note.setText(text)
        job = self._runner.run_read(
            lambda progress: self._make(wanted, ids, progress),
            lambda pdf: self._show(pdf) if wanted == self._wanted(whole=False) else None,
            owner=self,
            title=_("Menyiapkan pratinjau"),
        )
        self._job = job

    def _show(self, pdf: bytes | None) -> None:
        self._pdf = pdf
        self.view.show_pdf(pdf)

    def _page_changed(self, index: int, count: int) -> None:
        text = _("Halaman {n} dari {count}").format(n=sentences.number(index + 1), count=sentences.number(count))
        self.pages.setText(text if count else _("Menyiapkan …"))
        self.back.setEnabled(index > 0)
        self.forward.setEnabled(index + 1 < count)

    def _turn(self, step: int) -> None:
        self.view.go_to(self.view.index + step)

    def _zoom(self, step: int) -> None:
        if step:
            self.view.zoom_by(step)
        else:
            self.view.set_zoom(0)

    # -- doing it -----------------------------------------------------------------------------------------

    def file_name(self) -> str:
        """``C.1.3 TW3 2026 SD Negeri 1 Contoh.pdf``: names as they are written, without what a disk refuses."""
        if self.blank_scope.isChecked():
            who = _("Kosong")
        elif self.unit_scope.isChecked() or len(self._selected) != 1:
            who = self._unit_name
        else:
            [row] = self._appraisal.evaluation_rows(self._selected)
            who = row.bare_name
        head = f"{self.form.currentData()} {self._period.short_code} {self._period.year}"
        return plain_file_name(f"{head} {who}") + ".pdf"

    def save(self) -> None:
        """Write the whole file where the person wants it."""
        path = messages.choose_save_file(
            self, _("Simpan PDF"), self.file_name(), (messages.PDF_FILTER,), place=Place.FORMS
        )
        if path is None:
            return
        wanted, ids = self._wanted(whole=True), self._ids()

        def write(progress: Progress) -> int:
            blank = wanted.scope == "blank"
            sheets = [self._appraisal.blank_sheet(self._period)] if blank else self._appraisal.evaluation_sheets(ids)
            return render(wanted.form, sheets, path, wanted.paper, blank=blank, progress=progress)

        job = self._runner.run_read(
            write,
            lambda pages: messages.saved(
                self, _("{n} halaman disimpan: {name}").format(n=sentences.number(pages), name=path.name), path
            ),
            owner=self,
            title=_("Menyimpan PDF"),
        )
        ProgressDialog(job, self)

    def send(self) -> None:
        """Make the whole file, ask for the printer, draw the pages of that file."""
        wanted, ids = self._wanted(whole=True), self._ids()
        job = self._runner.run_read(
            lambda progress: self._make(wanted, ids, progress),
            lambda pdf: self._send_pdf(pdf, wanted.paper),
            owner=self,
            title=_("Menyiapkan cetakan"),
        )
        ProgressDialog(job, self)

    def _send_pdf(self, pdf: bytes, paper: Paper) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printing.prepare_printer(printer, pdf, paper)
        printer.setDocName(self.file_name())
        if not self.choose_printer(printer):
            return
        printing.prepare_printer(printer, pdf, paper)  # the dialog of the driver may have set another paper
        job = self._runner.run_read(
            lambda progress: printing.print_pages(printer, pdf, progress),
            lambda pages: messages.notify(self, _("{n} halaman dikirim ke printer.").format(n=sentences.number(pages))),
            owner=self,
            title=_("Mencetak"),
        )
        ProgressDialog(job, self)

    def choose_printer(self, printer: QPrinter) -> bool:
        """The print dialog of the system."""
        dialog = QPrintDialog(printer, self)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, True)
        accepted = dialog.exec() == QPrintDialog.DialogCode.Accepted
        dialog.deleteLater()
        return accepted

    def done(self, result: int) -> None:
        """Closing stops a preview that is still being made."""
        if self._job is not None:
            self._job.cancel()
        self.view.close_file()
        super().done(result)


def _form_words(code: str) -> str:
    """Short enough for the field; the whole title stands on the form."""
    words = {
        "C.1.3": _("Hasil evaluasi kinerja"),
        "D.1.1": _("Dokumen evaluasi kinerja"),
        "D.1.2": _("Dokumen, oleh atasan penilai"),
    }
    return words.get(code, _(EVALUATION_FORMS[code].title))


def _paper_name(paper: Paper) -> str:
    return _("F4 (215 × 330 mm)") if paper is Paper.F4 else _("A4 (210 × 297 mm)")
