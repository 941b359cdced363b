"""Export to a workbook: what, which unit, where to; the canonical layout that can be imported again."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.core.periods import parse_period
from asn_desktop.exchange.subjects import EXPORTS, IMPORTS
from asn_desktop.gui import messages, theme
from asn_desktop.gui.dialogs import Dialog
from asn_desktop.gui.exchange.job_panel import JobPanel, grouped
from asn_desktop.gui.folders import Place
from asn_desktop.gui.start.fields import Field
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.units import unit_choices
from asn_desktop.gui.widgets import Segment, SegmentedControl, combo, label
from asn_desktop.services import Services


class ExportDialog(Dialog):
    """Writes PEGAWAI or PREDIKAT; at the end a notice offers the folder."""

    def __init__(
        self,
        services: Services,
        runner: Runner,
        parent: QWidget | None = None,
        *,
        kind: str = "personnel",
        period: str = "",
        unit_id: int | None = None,
    ) -> None:
        super().__init__(_("Ekspor ke Excel"), parent)
        self._services, self._runner = services, runner
        self.kind = SegmentedControl(
            [Segment(key, _(exported.choice)) for key, exported in EXPORTS.items()], name=_("Isi berkas")
        )
        self.kind.set_value(kind)
        self.unit = combo(unit_choices(services.reference.units()))
        self.unit.setCurrentIndex(max(0, self.unit.findData(str(unit_id or ""))))
        periods = [(row.code, parse_period(row.code).label) for row in services.appraisal.periods()]
        self.period = combo(sorted(periods, reverse=True))
        self.period.setCurrentIndex(max(0, self.period.findData(period)))
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self._form())
        self.working = JobPanel(self)
        self.pages.addWidget(self.working)
        self.body.addWidget(self.pages, 1)
        self.cancel_button = self.add_cancel()
        self.save = self.add_primary(_("Simpan ke …"), self._save, icon="save")
        self.kind.changed.connect(self._show_kind)
        self._show_kind()
        self.resize(theme.tokens().px(540), self.sizeHint().height())

    def _form(self) -> QWidget:
        form = QWidget(self)
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self.kind)
        self.period_field = Field(_("Triwulan"), self.period, parent=form)
        column.addWidget(self.period_field)
        column.addWidget(Field(_("Unit kerja"), self.unit, parent=form))
        self.note = label("", "secondary", wrap=True, parent=form)
        column.addWidget(self.note)
        column.addStretch(1)
        return form

    def _show_kind(self) -> None:
        of_a_period = self._of_a_period
        self.period_field.setVisible(of_a_period)
        self.save.setEnabled(not of_a_period or self.period.count() > 0)
        if of_a_period and not self.period.count():
            self.note.setText(_("Belum ada triwulan yang dibuka. Buka dahulu di tab Penilaian Triwulan."))
        else:
            self.note.setText(_("Dapat diubah di Excel lalu diimpor lagi; NIP tetap teks, tanggal tetap tanggal."))

    @property
    def _of_a_period(self) -> bool:
        return IMPORTS[str(self.kind.value)].of_a_period

    @property
    def unit_id(self) -> int | None:
        chosen = self.unit.currentData()
        return int(chosen) if chosen else None

    def _save(self) -> None:
        kind, unit_id = str(self.kind.value), self.unit_id
        period = str(self.period.currentData() or "") if self._of_a_period else ""
        name = f"{EXPORTS[kind].sheet} {period}".strip()
        target = messages.choose_save_file(self, _("Simpan ke"), f"{name}.xlsx", place=Place.EXPORTS)
        if target is None:
            return
        self.pages.setCurrentWidget(self.working)
        self.save.setEnabled(False)
        job = self._runner.run_read(
            lambda progress: self._services.exchange.export(
                kind, target, period=period, unit_id=unit_id, progress=progress
            ),
            lambda count: self._saved(target, count),
            self._failed,
            title=_("Mengekspor"),
            owner=self,
            on_cancelled=self._stopped,
        )
        self.working.watch(job, _("Menulis {file}").format(file=target.name))

    def _saved(self, target: Path, count: int) -> None:
        self.accept()
        text = _("{n} baris tersimpan di {file}.").format(n=grouped(count), file=target.name)
        parent = self.parentWidget()
        messages.saved(parent if parent is not None else self, text, target)

    def _failed(self, error: BaseException) -> None:
        self._stopped()
        messages.show_error(self, error)

    def _stopped(self) -> None:
        self.pages.setCurrentIndex(0)
        self._show_kind()

    def reject(self) -> None:
        if self.pages.currentWidget() is self.working:
            self.working.cancel()
        else:
            super().reject()
