"""Third page: what would become of every row. Nothing has been written yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from asn_desktop.core.i18n import _
from asn_desktop.core.identifiers import format_nip
from asn_desktop.core.indonesian import format_moment
from asn_desktop.core.issues import Severity
from asn_desktop.core.names import search_key, search_words
from asn_desktop.exchange.plan import SKIP, Fate, ImportPlan, PlannedRow, decide
from asn_desktop.exchange.service import BatchRow, ExchangeService
from asn_desktop.gui.exchange.fate_preview import FatePreview
from asn_desktop.gui.exchange.fates import FATES, row_state, worksheet_sentence
from asn_desktop.gui.exchange.job_panel import grouped
from asn_desktop.gui.exchange.row_panel import RowPanel
from asn_desktop.gui.row_table import Column

RowKey = tuple[str, int]
_ORDER = (Fate.CONFLICT, Fate.REJECTED, Fate.NEW, Fate.CHANGED, Fate.SAME, Fate.IGNORED)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table: its place in the plan and the row as decided."""

    id: int
    row: PlannedRow


class PreviewPage(FatePreview):
    """``changed`` after each decision."""

    changed = Signal()

    def __init__(self, exchange: ExchangeService, parent: QWidget) -> None:
        self._exchange = exchange
        self._original: ImportPlan | None = None
        self._decided: ImportPlan | None = None
        self._choices: dict[RowKey, str] = {}
        self._asked: dict[str, str] = {}
        self._places_of: dict[RowKey, int] = {}
        self._rows = RowPanel(exchange, parent)
        super().__init__(
            FATES, self._columns(), self._rows, parent,
            order=_ORDER, name=_("Baris berkas"), hint=_("Cari nama atau NIP"),
        )  # fmt: skip
        self._rows.decided.connect(lambda key, choice: self.choose([key], choice))
        self._rows.decided_alike.connect(lambda key, choice: self.choose(self.alike(key, choice), choice))

    def _columns(self) -> Sequence[Column[Line]]:
        return (
            Column(
                _("Nama dan NIP"), lambda line: line.row.name or _("(tanpa nama)"),
                lambda line: format_nip(line.row.nip), width=190, stretch=True,
            ),
            Column(_("Baris"), lambda line: str(line.row.number), width=60, drop=1, tip=lambda line: line.row.sheet),
            Column(
                _("Status"), lambda line: row_state(line.row)[1], tone=lambda line: row_state(line.row)[0], width=140
            ),
            Column(_("Yang terjadi"), lambda line: self.summary(line.row), width=120, stretch=True, drop=2),
        )  # fmt: skip

    # -- the plan -----------------------------------------------------------------------------------------

    def set_plan(self, plan: ImportPlan, previous: BatchRow | None) -> None:
        """Show a fresh plan; decisions on an older one are forgotten."""
        self._original = self._decided = plan
        self._choices = {}
        self._asked = {question.id: question.subject_text or question.text for question in plan.questions}
        self._places_of = {row.key: place for place, row in enumerate(plan.rows)}
        self._show_notes(plan, previous)
        self._show_first()

    @property
    def plan(self) -> ImportPlan:
        """The plan with all decisions."""
        assert self._decided is not None
        return self._decided

    @property
    def choices(self) -> Mapping[RowKey, str]:
        return dict(self._choices)

    @property
    def undecided(self) -> int:
        """Rows that still wait; they are left alone when the plan is applied."""
        return self.plan.counts[Fate.CONFLICT.value]

    def choose(self, keys: Sequence[RowKey], choice: str) -> None:
        """Decide rows alike, or ("") take back what was decided. Rows that would write the same person as a chosen one
        are skipped: one of them counts."""
        assert self._original is not None
        for key in keys:
            if not choice:
                self._choices.pop(key, None)
                continue
            if choice != SKIP:
                self._choices.update(dict.fromkeys(self._rivals(key, choice), SKIP))
            self._choices[key] = choice
        self._decided = decide(self._original, self._choices)
        self._refresh()
        self.changed.emit()

    def _rivals(self, key: RowKey, choice: str) -> list[RowKey]:
        assert self._original is not None
        nip = _nip_after(self._original.rows[self._places_of[key]], choice)
        return [
            row.key
            for row in self._original.rows
            if row.options and row.key != key and any(_nip_after(row, option.key) == nip for option in row.options)
        ]

    def alike(self, key: RowKey, choice: str) -> list[RowKey]:
        """The rows that ask the same question and can take the same answer, each for another person."""
        assert self._original is not None
        asked = _question(self._original.rows[self._places_of[key]])
        rows = [
            row
            for row in self._original.rows
            if row.options
            and _question(row) == asked
            and (choice == SKIP or any(option.key == choice for option in row.options))
        ]
        if choice != SKIP and len({_nip_after(row, choice) for row in rows}) < len(rows):
            return [key]
        return [row.key for row in rows]

    # -- showing ------------------------------------------------------------------------------------------

    def _show_notes(self, plan: ImportPlan, previous: BatchRow | None) -> None:
        self._clear_notes()
        if previous is not None:
            text = _("Berkas yang sama persis sudah pernah diimpor pada {when} oleh {user}.")
            at = format_moment(datetime.fromisoformat(previous.at))
            self._note(_("Pernah diimpor"), "info", text.format(when=at, user=previous.user))
        for returned in plan.worksheets:
            self._note(_("Lembar kerja"), "info", worksheet_sentence(returned))
        shown = [note for note in plan.notes if note.severity is not Severity.NOTE][:3]
        for note in shown:
            tone = "bad" if note.severity is Severity.ERROR else "attention"
            self._note(_("Perlu diperiksa"), tone, f"{note.message} {note.hint}".strip())

    def _refresh(self) -> None:
        super()._refresh()
        assert self._original is not None
        count, questions = self.undecided, self._original.counts[Fate.CONFLICT.value]
        note = _(FATES[Fate.CONFLICT].note)
        if questions > count:
            note = _("{done} dari {total} diputuskan").format(done=grouped(questions - count), total=grouped(questions))
        self.cards[Fate.CONFLICT].set_count(count, note)

    def _counts(self) -> Mapping[str, int]:
        return self.plan.counts

    def _places(self) -> Sequence[int]:
        assert self._original is not None
        if self._shown is Fate.CONFLICT:  # decided rows stay here, where they can be decided again
            return [place for place, row in enumerate(self._original.rows) if row.fate is Fate.CONFLICT]
        # A row that a person leaves out stays in its list, where it can be taken in again.
        return [
            place
            for place, (row, original) in enumerate(zip(self.plan.rows, self._original.rows, strict=True))
            if row.fate is self._shown or (row.choice == SKIP and original.fate is self._shown)
        ]

    def _find(self, text: str) -> None:
        words = search_words(text)
        rows = enumerate(self.plan.rows)
        found = [place for place, row in rows if all(word in f"{search_key(row.name)} {row.nip}" for word in words)]
        self._show_found(text, found)

    def _lines(self, places: Sequence[int]) -> Sequence[Line]:
        return [Line(place, self.plan.rows[place]) for place in places]

    def _show_row(self) -> None:
        line = self.table.row() if self.places else None
        if line is None or self._original is None:
            self._rows.set_row(None, None, 0)
            return
        original = self._original.rows[line.id]
        row = self.plan.rows[line.id]
        alike = len(self.alike(original.key, row.choice)) if row.choice else 0
        self._rows.set_row(row, original, alike)

    def summary(self, row: PlannedRow) -> str:
        """One line about a row: the finding that matters most, or which fields change."""
        if row.waits:
            return _("Menunggu: {question}").format(question=self._asked.get(row.waits[0], ""))
        if row.choice == SKIP:
            return _("Dilewati: tidak disimpan")
        if row.choice and row.options:
            chosen = next(option for option in row.options if option.key == row.choice)
            return chosen.label
        for severity in (Severity.ERROR, Severity.DECISION):
            for issue in row.issues:
                if issue.severity is severity:
                    cell = f"{issue.location.cell}: " if issue.location.cell else ""
                    return f"{cell}{issue.message}"
        if row.fate is Fate.CHANGED:
            first = row.changes[0]
            text = f"{self._exchange.label(first.field)}: {self._exchange.show(first.field, first.after) or '–'}"
            more = len(row.changes) - 1
            return _("{text} · dan {n} isian lain").format(text=text, n=more) if more else text
        if row.issues:
            return row.issues[0].message
        return {
            Fate.NEW: _("Ditambahkan"),
            Fate.SAME: _("Sama dengan data"),
            Fate.IGNORED: _("Bukan baris data"),
        }.get(row.fate, "")


def _question(row: PlannedRow) -> str:
    return next((issue.code for issue in row.issues if issue.severity is Severity.DECISION), "")


def _nip_after(row: PlannedRow, choice: str) -> str:
    """Whose record a row would write with a choice."""
    option = next(option for option in row.options if option.key == choice)
    return str(option.values.get("nip") or row.nip)
