"""The third zone: the selected person explained, and the unit's distribution beside the guidance."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from asn_desktop.appraisal.distribution import Distribution
from asn_desktop.appraisal.predicate import Matrix, explain
from asn_desktop.appraisal.queries import EvaluationRow
from asn_desktop.core.i18n import _
from asn_desktop.core.identifiers import format_nip
from asn_desktop.core.indonesian import format_number
from asn_desktop.gui import theme
from asn_desktop.gui.appraisal.matrix_view import MatrixView
from asn_desktop.gui.widgets import Card, DistributionChart, ElidedLabel, button, empty, label, tool_button


class PersonPanel(Card):
    """Who is selected, which cell of the matrix gave the predicate, and why in a sentence."""

    open_wanted = Signal(int)
    """Evaluation id."""
    plan_wanted = Signal(int)
    """Evaluation id."""

    def __init__(self, matrix: Matrix, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._matrix = matrix
        self._row: EvaluationRow | None = None
        self.name = label("", "section", wrap=True)
        self.facts = ElidedLabel("", "secondary")
        self.assessor = ElidedLabel("", "secondary")
        self.matrix_view = MatrixView(matrix)
        self.reason = label("", "strong", wrap=True)
        self.open_button = button(_("Buka evaluasi"), clicked=self._open)
        self.plan_button = button(_("Usulkan pembinaan"), clicked=self._plan)
        buttons = QGridLayout()
        buttons.setHorizontalSpacing(theme.SPACE)
        buttons.addWidget(self.open_button, 0, 0)
        buttons.addWidget(self.plan_button, 0, 1)
        for column in (0, 1):
            buttons.setColumnStretch(column, 1)
        for widget in (self.name, self.facts, self.assessor):
            self.body.addWidget(widget)
        self.body.setSpacing(3)
        self.body.addSpacing(4)
        self.body.addWidget(self.matrix_view)
        self.body.addWidget(self.reason)
        self.body.addSpacing(2)
        self.body.addLayout(buttons)
        self.show_row(None)

    @property
    def row(self) -> EvaluationRow | None:
        return self._row

    def show_row(self, row: EvaluationRow | None, chosen: int = 0, *, locked: bool = False) -> None:
        """The one person the keys act on; without one, how many are ``chosen`` (``locked``: no key rates them)."""
        self._row = row
        several = _("{n} pegawai dipilih").format(n=format_number(chosen)) if chosen > 1 else ""
        self.name.setText(row.name if row else several or _("Belum ada yang dipilih"))
        hint = _("Pilih pegawai pada daftar.")
        if several:
            hint = _("Triwulan sudah ditutup.") if locked else _("1, 2, 3, dan Del berlaku untuk semuanya.")
        self.facts.set_text(_facts(row) if row else hint)
        self.assessor.set_text(_assessor(row) if row else "")
        self.matrix_view.set_ratings(row.result if row else None, row.behaviour if row else None)
        self.reason.setText(self._reason(row))
        colour = theme.tone(theme.predicate_tone(row.predicate.value if row and row.predicate else "")).ink
        self.reason.setStyleSheet(f"color: {colour}")
        self.open_button.setEnabled(row is not None)
        low = row is not None and is_low(row)
        self.plan_button.setEnabled(low)
        tip = "" if low else _("Usulan dibuat untuk predikat di bawah Baik atau rating di bawah ekspektasi.")
        self.plan_button.setToolTip(tip)

    def _reason(self, row: EvaluationRow | None) -> str:
        if row is None:
            return ""
        text = explain(self._matrix, row.result, row.behaviour)
        if row.declared and not row.predicate:
            said = _("Berkas impor menyatakan “{predicate}”, tidak cocok dengan kedua ratingnya.")
            text = f"{text} {said.format(predicate=row.declared.label)}"
        return text

    def _open(self) -> None:
        if self._row is not None:
            self.open_wanted.emit(self._row.id)

    def _plan(self) -> None:
        if self._row is not None:
            self.plan_wanted.emit(self._row.id)


def is_low(row: EvaluationRow) -> bool:
    """Whether this evaluation calls for a remediation plan."""
    return bool(row.predicate and row.predicate.is_low) or "DI_BAWAH" in (row.result, row.behaviour)


def _facts(row: EvaluationRow) -> str:
    nip = format_nip(row.nip) if row.nip else _("tanpa NIP")
    return " · ".join(part for part in (nip, row.rank, row.unit) if part)


def _assessor(row: EvaluationRow) -> str:
    return _("Penilai: {name}").format(name=row.assessor or _("belum diketahui"))


class DistributionPanel(Card):
    """The unit's predicates, the pattern of its organisation result, and warnings that never block."""

    result_wanted = Signal()
    predicate_wanted = Signal(str)
    """Code of a predicate: the people behind a bar."""
    print_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Distribusi predikat unit"), parent)
        self.print_button = tool_button("printer", _("Cetak rekap predikat"), clicked=self.print_wanted.emit)
        self.heading.addWidget(self.print_button)
        self.caption = ElidedLabel("", "secondary")
        self.chart = DistributionChart()
        self.chart.bar_clicked.connect(self.predicate_wanted)
        self.set_button = button(_("Isi capaian organisasi"), kind="link", clicked=self.result_wanted.emit)
        self.notes = QVBoxLayout()
        self.notes.setSpacing(4)
        self.body.setSpacing(4)
        self.body.addWidget(self.caption)
        self.body.addWidget(self.set_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addLayout(self.notes)
        self.body.addWidget(self.chart, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def show_distribution(self, found: Distribution, *, closed: bool = False) -> None:
        counts = {predicate.value: count for predicate, count in found.counts.items()}
        self.chart.set_data(counts, [(point.x, point.y) for point in found.curve])
        if found.organisation is None:
            self.caption.set_text(_("Capaian organisasi belum diisi."))
        else:
            text = _("Capaian organisasi: {result}")
            if found.organisation.inherited_from:
                text = _("Capaian organisasi: {result} (dari {unit})")
            values = {"result": found.organisation.result.label, "unit": found.organisation.inherited_from}
            self.caption.set_text(text.format(**values))
        self.set_button.setVisible(found.organisation is None and not closed)  # nothing can be entered any more
        empty(self.notes)
        for text, tone in _notes(found):
            line = label(text, "secondary", wrap=True)
            line.setStyleSheet(f"color: {theme.tone(tone).ink}; font-weight: 600")
            self.notes.addWidget(line)


def _notes(found: Distribution) -> list[tuple[str, str]]:
    if found.organisation is None or not found.rated:
        return []
    if found.warnings:
        return [(issue.message, "attention") for issue in found.warnings]
    if not found.compared:
        return [(_("Pegawai yang dinilai masih sedikit: persentase tidak diperiksa."), "neutral")]
    return [(_("Batas SE 3/2023 terpenuhi: {limits}.").format(limits="; ".join(found.met)), "good")]
