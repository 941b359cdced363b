"""The rating grid: thousands of rows, entirely by keyboard.

Arrows move, 1 2 3 rate (every chosen row; many only after a question), Tab goes to the next cell, Enter down (after Tab
to the column where the Tabs began, as in Excel), Del clears, Ctrl+C and Ctrl+V exchange a block with Excel. A click
stands on a cell; a click on − • + of the row that one stands on rates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from asn_desktop.appraisal.commands import KEEP, RatingChange
from asn_desktop.appraisal.predicate import Matrix, Rating, derive
from asn_desktop.appraisal.queries import EvaluationRow, EvaluationSpec
from asn_desktop.appraisal.rules import state_of
from asn_desktop.appraisal.service import AppraisalService
from asn_desktop.core.i18n import _
from asn_desktop.core.identifiers import format_nip
from asn_desktop.core.indonesian import format_number
from asn_desktop.gui import messages, theme
from asn_desktop.gui.delegates import rating_width
from asn_desktop.gui.paged_model import CellKind, TableColumn, TableQuery
from asn_desktop.gui.table_page import TablePage
from asn_desktop.gui.table_view import ViewSettings
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.widgets.basics import chip_font

KEYS = {Qt.Key.Key_1: Rating.DI_BAWAH, Qt.Key.Key_2: Rating.SESUAI, Qt.Key.Key_3: Rating.DI_ATAS}
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
PERSON, RESULT, BEHAVIOUR, PREDICATE = range(4)
MANY = 10
"""More people than these are never rated by one key without a question."""


class RatingGrid(TablePage):
    """The list card of the tab. It shows a keystroke at once and says what is to be written; it writes nothing."""

    rated = Signal(list)
    """``list[RatingChange]`` of one keystroke or click."""
    pasted = Signal(str, int, bool)
    """(text, first row, on the column of perilaku kerja)."""
    current_changed = Signal(object)
    """The one chosen :class:`EvaluationRow`, or None; also after its content changed."""

    def __init__(
        self,
        appraisal: AppraisalService,
        matrix: Matrix,
        spec: EvaluationSpec,
        parent: QWidget | None = None,
        *,
        settings: ViewSettings | None = None,
        runner: Runner | None = None,
    ) -> None:
        super().__init__(
            "",
            _columns(),
            TableQuery(appraisal.evaluation_ids, appraisal.evaluation_rows),
            spec,
            parent,
            noun=_("pegawai"),
            search_hint=_("Cari nama atau NIP"),
            two_lines=True,
            settings=settings,
            settings_key="table.penilaian",
            runner=runner,
        )
        self._matrix = matrix
        self._tabs_began: int | None = None
        """The column that the first Tab of a row left; Enter returns to it."""
        table = self.table
        table.setAccessibleName(_("Daftar penilaian"))
        table.setTabKeyNavigation(True)  # Tab reaches _key and walks through the cells
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.key_handler = self._key
        table.pressed.connect(lambda _index: self._forget_tabs())
        table.opens_on_double_click = lambda index: index.column() not in (RESULT, BEHAVIOUR)
        table.cells.rated.connect(self._clicked)
        table.columns_changed.connect(self.fit)
        table.selectionModel().currentChanged.connect(self._stay_on_ratings)
        self.current_row.connect(lambda _row: self._tell_current())
        self.model.dataChanged.connect(lambda *_args: self._tell_current())
        self.columns_button.hide()
        self.fit()

    # -- looks and place ----------------------------------------------------------------------------------

    def fit(self) -> None:
        """The person takes what the ratings and the longest chip leave; words go first when it is narrow."""
        look = theme.tokens()
        room = self.table.viewport().width()
        chip = max(
            QFontMetrics(chip_font()).horizontalAdvance(theme.predicate_label(code)) for code in (*theme.PREDICATES, "")
        )
        predicate = chip + look.px(48)
        words = room - 2 * rating_width() - predicate >= look.px(180)
        rating = rating_width(words=words)
        widths = {RESULT: rating, BEHAVIOUR: rating, PREDICATE: predicate}
        self.table.horizontalHeader().setStretchLastSection(False)
        self.table.setColumnWidth(PERSON, max(room - sum(widths.values()), look.px(120)))
        for column, width in widths.items():
            self.table.setColumnWidth(column, width)

    @property
    def current(self) -> EvaluationRow | None:
        found = self.table.row()
        return found if isinstance(found, EvaluationRow) else None

    def go_to(self, place: int, column: int = RESULT) -> None:
        """Put the cursor on a rating of a row and show it."""
        self.table.go_to(place, column)

    def rating_column(self) -> int:
        """The rating that a key acts on."""
        return BEHAVIOUR if self.table.currentIndex().column() == BEHAVIOUR else RESULT

    def set_locked(self, locked: bool) -> None:
        """A closed period shows words instead of buttons."""
        self.table.cells.ratings_locked = locked
        self.table.viewport().update()

    def _stay_on_ratings(self, current: QModelIndex, _previous: QModelIndex) -> None:
        """Wherever a row was reached, the keys act on one of its two ratings, and the frame shows which."""
        if current.isValid() and current.column() not in (RESULT, BEHAVIOUR):
            keep = QItemSelectionModel.SelectionFlag.NoUpdate
            self.table.selectionModel().setCurrentIndex(self.model.index(current.row(), RESULT), keep)

    def _tell_current(self) -> None:
        self.current_changed.emit(self.current)

    # -- keys and mouse -----------------------------------------------------------------------------------

    def _key(self, index: QModelIndex, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self._paste()
        elif not index.isValid() or event.modifiers() & _COMMANDS:
            self._forget_tabs()
            return False
        elif key in KEYS:
            self.rate(KEYS[key])
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.rate(None)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._step_row(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            return self._step_cell(1 if key == Qt.Key.Key_Tab else -1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._forget_tabs()
            self.go_to(index.row(), RESULT if key == Qt.Key.Key_Left else BEHAVIOUR)
        elif key == Qt.Key.Key_F2 and self.current is not None:
            self.opened.emit(self.current)
        else:
            self._forget_tabs()
            return False
        return True

    def _forget_tabs(self) -> None:
        self._tabs_began = None

    def _step_row(self, step: int) -> None:
        place = self.table.currentIndex().row() + step
        column = self.rating_column() if self._tabs_began is None else self._tabs_began
        self._forget_tabs()
        if 0 <= place < self.model.rowCount():
            self.go_to(place, column)

    def _step_cell(self, step: int) -> bool:
        cell = self.table.currentIndex().row() * 2 + (self.rating_column() == BEHAVIOUR) + step
        if not 0 <= cell < self.model.rowCount() * 2:
            return False
        if self._tabs_began is None:
            self._tabs_began = self.rating_column()
        self.go_to(cell // 2, (RESULT, BEHAVIOUR)[cell % 2])
        return True

    def rate(self, rating: Rating | None) -> None:
        """Give every chosen row this rating in the current column (None clears it)."""
        if not self.table.cells.ratings_locked and self.table.in_sight():
            self._change(self.table.selected_places(), self.rating_column(), rating)

    def _clicked(self, index: QPersistentModelIndex, value: str) -> None:
        if self.table.was_standing:  # the first click only goes there
            self._change([index.row()], index.column(), Rating(value))

    def _change(self, places: Sequence[int], column: int, rating: Rating | None) -> None:
        rows = [
            row
            for row in (self.model.row_at(place) for place in places)
            if row is not None and not _locked(row) and _rating_of(row, column) is not rating
        ]
        if len(rows) > MANY and not self._may_change_many(rows, len(places), column, rating):
            return
        changes = []
        for row in rows:
            result = rating if column == RESULT else row.result
            behaviour = rating if column == BEHAVIOUR else row.behaviour
            on_result = column == RESULT
            changes.append(
                RatingChange(row.id, result=rating if on_result else KEEP, behaviour=KEEP if on_result else rating)
            )
            self.model.put_row(
                replace(
                    row,
                    result=result,
                    behaviour=behaviour,
                    predicate=derive(self._matrix, result, behaviour),
                    state=state_of(result, behaviour),
                    declared=None,
                )
            )
        if changes:
            self.rated.emit(changes)

    def _may_change_many(self, rows: Sequence[EvaluationRow], chosen: int, column: int, rating: Rating | None) -> bool:
        """Ask before one key changes many people, with how many ratings it would replace."""
        n = format_number(len(rows))
        replaced = sum(_rating_of(row, column) is not None for row in rows)
        what = self.model.columns[column].label
        if rating is None:
            title = _("Kosongkan {what} {n} pegawai?").format(what=what.lower(), n=n)
            return messages.confirm(self, title, _("Ctrl+Z mengembalikannya."), action=_("Kosongkan {n}").format(n=n))
        title = _("Nilai {n} pegawai sekaligus?").format(n=n)
        text = _("{what} mereka menjadi “{rating}”.").format(what=what, rating=rating.label)
        if replaced:
            text += " " + _("{n} di antaranya sudah berisi rating lain dan akan diganti.").format(
                n=format_number(replaced)
            )
        if chosen > len(rows):
            text += " " + _("{n} orang lain yang dipilih tidak berubah: isinya sudah begitu, atau terkunci.").format(
                n=format_number(chosen - len(rows))
            )
        return messages.confirm(self, title, text, action=_("Nilai {n} pegawai").format(n=n))

    # -- clipboard ----------------------------------------------------------------------------------------

    def copy(self) -> None:
        """The selected rows with their NIP, as Excel takes them and a paste reads them again."""
        columns = range(len(self.model.columns))
        self.table.put_on_clipboard(self.model.copied(self.table.selected_places(), columns, headings=True))

    def _paste(self) -> None:
        text = QGuiApplication.clipboard().text()
        if text.strip():
            place = max(self.table.currentIndex().row(), 0)
            self.pasted.emit(text, place, self.rating_column() == BEHAVIOUR)


def _columns() -> list[TableColumn]:
    return [
        TableColumn(
            "name", _("Nama dan jabatan"), lambda row: row.name, CellKind.TWO_LINES, 260,
            second=lambda row: row.position or "", tip=_person_tip,
        ),
        TableColumn(
            "result", _("Hasil kerja"), lambda row: row.result.label if row.result else "", CellKind.RATING,
            value=lambda row: row.result or "", tip=_lock_tip, locked=_locked,
        ),
        TableColumn(
            "behaviour", _("Perilaku kerja"), lambda row: row.behaviour.label if row.behaviour else "",
            CellKind.RATING, value=lambda row: row.behaviour or "", tip=_lock_tip, locked=_locked,
        ),
        TableColumn("predicate", _("Predikat"), _predicate, CellKind.CHIP, 150, tone=_tone, tip=_predicate_tip),
        TableColumn("nip", _("NIP"), lambda row: row.nip or "", width=184, visible=False),
    ]  # fmt: skip


def _rating_of(row: EvaluationRow, column: int) -> Rating | None:
    return row.result if column == RESULT else row.behaviour


def _locked(row: EvaluationRow) -> bool:
    return row.state == "final"


def _predicate(row: EvaluationRow) -> str:
    if row.declared and not row.predicate:
        return _("Perlu keputusan")
    return theme.predicate_label(row.predicate or "")


def _tone(row: EvaluationRow) -> str:
    if row.declared and not row.predicate:
        return "attention"
    return theme.predicate_tone(row.predicate or "")


def _person_tip(row: EvaluationRow) -> str:
    return "\n".join(part for part in (row.name, format_nip(row.nip or ""), row.position, row.unit) if part)


def _lock_tip(row: EvaluationRow) -> str:
    return _("Sudah terkunci. Buka evaluasinya dan pilih “Perbaiki …” untuk mengubahnya.") if _locked(row) else ""


def _predicate_tip(row: EvaluationRow) -> str:
    if row.declared and not row.predicate:
        text = _("Berkas impor menyatakan “{predicate}”, tidak cocok dengan kedua ratingnya. Isi kedua rating.")
        return text.format(predicate=row.declared.label)
    return row.state.label
