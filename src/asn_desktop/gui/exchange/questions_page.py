"""Between columns and preview: what the workbook leaves open, one question per column or spelling."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from asn_desktop.core.i18n import N_, _
from asn_desktop.exchange.plan import ImportPlan
from asn_desktop.exchange.questions import Question
from asn_desktop.gui import theme
from asn_desktop.gui.exchange.answer import Answer
from asn_desktop.gui.exchange.detail_panel import DetailPanel
from asn_desktop.gui.exchange.job_panel import grouped
from asn_desktop.gui.row_table import Column, RowTable
from asn_desktop.gui.widgets import Card, Chip, SectionTitle, button, label, rule

_KINDS = {
    "heading": N_("Judul kolom"),
    "dates": N_("Tanggal"),
    "status": N_("Kedudukan hukum"),
    "sheet": N_("Lembar"),
    "below": N_("Di bawah daftar"),
    "opd": N_("Perangkat daerah"),
    "unit": N_("Unit kerja"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A question in the list, as answered now."""

    id: int
    question: Question
    answer: str
    label: str


class QuestionsPage(QWidget):
    """Questions on the left, the one at hand explained on the right. ``changed`` after each answer."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._questions: tuple[Question, ...] = ()
        self._answers: dict[str, str] = {}
        self.answers_shown: dict[str, Answer] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme.SPACE)
        self.summary = label("", "strong", wrap=True, parent=self)
        outer.addWidget(self.summary)
        splitter = QSplitter(self)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(theme.GAP)
        card = Card(parent=splitter, margins=0)
        self.table: RowTable[Line] = RowTable(self._columns(), lambda line: line.id, card, name=_("Pertanyaan"))
        card.body.addWidget(self.table)
        self.panel = DetailPanel(splitter)
        splitter.addWidget(card)
        splitter.addWidget(self.panel)
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([theme.tokens().px(520), theme.tokens().px(550)])
        self.panel.setMinimumWidth(theme.tokens().px(320))
        outer.addWidget(splitter, 1)
        # An answer arrives from inside the panel that is about to be rebuilt: rebuild after the click is over.
        self._explain = QTimer(self)
        self._explain.setSingleShot(True)
        self._explain.timeout.connect(self._show_question)
        self.table.current_row.connect(lambda _line: self._explain.start())

    @staticmethod
    def _columns() -> tuple[Column[Line], ...]:
        return (
            Column(
                _("Pertanyaan"), lambda line: line.question.subject_text or line.question.text,
                lambda line: _(_KINDS.get(line.question.kind, "")), width=170, stretch=True,
            ),
            Column(_("Baris"), lambda line: grouped(line.question.rows) if line.question.rows else "", width=64,
                   number=True, drop=1),
            Column(
                _("Jawaban"), lambda line: line.label or _("Belum dijawab"),
                tone=lambda line: "accent" if line.label else "attention", width=170, stretch=True,
            ),
        )  # fmt: skip

    # -- contents -----------------------------------------------------------------------------------------

    def set_plan(self, plan: ImportPlan) -> None:
        """Show the questions of a reading, and begin with the first that is open."""
        self._questions = plan.questions
        self._answers = {question.id: question.answer or question.default for question in plan.questions}
        self._refresh()
        first = next((place for place, each in enumerate(plan.questions) if each.open), 0)
        if plan.questions:
            self.table.selectRow(first)

    @property
    def answers(self) -> Mapping[str, str]:
        """Question id → choice, of all that are answered."""
        return {name: answer for name, answer in self._answers.items() if answer}

    @property
    def answered_anew(self) -> bool:
        """Whether an answer differs from those the workbook was read with."""
        return any(self._answers[each.id] != (each.answer or each.default) for each in self._questions)

    @property
    def open_questions(self) -> int:
        return sum(not answer for answer in self._answers.values())

    def choose(self, question: Question, key: str) -> None:
        """Answer one question; the list stays where it is."""
        self._answers[question.id] = key
        self._refresh()
        self.changed.emit()

    def choose_alike(self, question: Question, key: str) -> None:
        """Give the open questions of the same kind the same answer."""
        for other in self._alike(question, key):
            self._answers[other.id] = key
        self._refresh()
        self.changed.emit()

    def _alike(self, question: Question, key: str) -> list[Question]:
        return [
            other
            for other in self._questions
            if other.kind == question.kind
            and not self._answers[other.id]
            and any(choice.key == key for choice in other.choices)
        ]

    # -- showing ------------------------------------------------------------------------------------------

    def _refresh(self) -> None:
        current = self.table.row()
        self.table.set_rows([self._line(place) for place in range(len(self._questions))])
        if current is not None:
            self.table.selectRow(current.id)
        waiting = self.open_questions
        total = len(self._questions)
        text = (
            _("{n} dari {total} pertanyaan belum dijawab. Yang tidak dijawab tidak disimpan.")
            if waiting
            else _("Semua pertanyaan terjawab ({total}). Periksa, lalu lihat pratinjau.")
        )
        self.summary.setText(text.format(n=waiting, total=total))
        self._explain.start()

    def _line(self, place: int) -> Line:
        question = self._questions[place]
        answer = self._answers[question.id]
        chosen = next((choice.label for choice in question.choices if choice.key == answer), "")
        return Line(place, question, answer, chosen)

    def _show_question(self) -> None:
        self.answers_shown = {}
        line = self.table.row() if self._questions else None
        if line is None:
            self.panel.show_content(None)
        else:
            self.panel.show_content(lambda page, column: self._fill(page, column, line))

    def _fill(self, page: QWidget, column: QVBoxLayout, line: Line) -> None:
        question = line.question
        column.addWidget(label(question.text, "section", wrap=True, parent=page))
        if question.remembered and line.answer == question.answer:
            column.addWidget(Chip(_("Diingat dari impor sebelumnya"), "info", page), 0, Qt.AlignmentFlag.AlignLeft)
        facts = [question.hint]
        if question.rows:
            facts.insert(0, _("Menyangkut {n} baris.").format(n=grouped(question.rows)))
        if not line.answer:
            facts.append(question.effect)
        column.addWidget(label(" ".join(filter(None, facts)), "secondary", wrap=True, parent=page))
        group = QButtonGroup(page)
        for choice in question.choices:
            answer = Answer(choice.label, line.answer == choice.key, group, page)
            answer.taken.connect(partial(self.choose, question, choice.key))
            self.answers_shown[choice.key] = answer
            column.addWidget(answer)
        self._buttons(page, column, line)
        self._samples(page, column, question)

    def _buttons(self, page: QWidget, column: QVBoxLayout, line: Line) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE)
        alike = self._alike(line.question, line.answer) if line.answer else []
        if alike:
            text = _("Pakai untuk {n} lainnya").format(n=len(alike))
            row.addWidget(
                button(text, icon="list-checks", parent=page,
                       clicked=partial(self.choose_alike, line.question, line.answer))
            )  # fmt: skip
        following = self._next_open(line.id)
        if following is not None and line.answer:
            row.addWidget(
                button(_("Pertanyaan berikutnya"), icon="chevron-right", parent=page,
                       clicked=partial(self.table.selectRow, following))
            )  # fmt: skip
        row.addStretch(1)
        column.addLayout(row)

    def _next_open(self, place: int) -> int | None:
        order = [*range(place + 1, len(self._questions)), *range(place)]
        return next((each for each in order if not self._answers[self._questions[each].id]), None)

    @staticmethod
    def _samples(page: QWidget, column: QVBoxLayout, question: Question) -> None:
        if not question.samples:
            return
        column.addWidget(rule(page))
        column.addWidget(SectionTitle(_("Contoh dari berkas"), page))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.GAP)
        for place, sample in enumerate(question.samples):
            grid.addWidget(
                label(_("sel {cell}").format(cell=sample.cell), "secondary", parent=page), place, 0,
                Qt.AlignmentFlag.AlignTop,
            )  # fmt: skip
            grid.addWidget(label(sample.value, wrap=True, parent=page), place, 1)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
