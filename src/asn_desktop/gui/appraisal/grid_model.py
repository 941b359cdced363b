"""The rating grid's rows: ids first, rows by page, a keystroke shown at once and written behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from asn_desktop.appraisal.commands import KEEP, Keep, RatingChange
from asn_desktop.appraisal.predicate import Matrix, Rating, derive
from asn_desktop.appraisal.queries import EvaluationRow
from asn_desktop.appraisal.rules import state_of
from asn_desktop.core.i18n import _

PAGE = 120
ROW_ROLE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class GridColumn(IntEnum):
    PERSON = 0
    RESULT = 1
    BEHAVIOUR = 2
    PREDICATE = 3


SORTS = {
    GridColumn.PERSON: "name",
    GridColumn.RESULT: "result",
    GridColumn.BEHAVIOUR: "behaviour",
    GridColumn.PREDICATE: "predicate",
}


class RatingModel(QAbstractTableModel):
    """Rows are read when they are seen. ``fetch`` gives the rows of some ids; it must be quick."""

    def __init__(
        self, fetch: Callable[[Sequence[int]], list[EvaluationRow]], matrix: Matrix, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._matrix = matrix
        self._ids: list[int] = []
        self._place: dict[int, int] = {}
        self._rows: dict[int, EvaluationRow] = {}
        self._closed = False

    # -- contents -----------------------------------------------------------------------------------------

    @property
    def ids(self) -> Sequence[int]:
        return self._ids

    def set_ids(self, ids: Sequence[int], *, closed: bool = False) -> None:
        """Show other evaluations, or the same ones in another order."""
        self.beginResetModel()
        self._ids = list(ids)
        self._place = {number: row for row, number in enumerate(self._ids)}
        self._rows.clear()
        self._closed = closed
        self.endResetModel()

    def refresh(self) -> None:
        """Read everything on screen again, keeping order, selection and scroll position."""
        self._rows.clear()
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, GridColumn.PREDICATE))

    def place_of(self, evaluation_id: int) -> int | None:
        return self._place.get(evaluation_id)

    def row_at(self, row: int) -> EvaluationRow | None:
        """The row's data; None if the evaluation is gone."""
        if not 0 <= row < len(self._ids):
            return None
        number = self._ids[row]
        if number not in self._rows:
            start = row // PAGE * PAGE
            for found in self._fetch(self._ids[start : start + PAGE]):
                self._rows.setdefault(found.id, found)
        return self._rows.get(number)

    def rows_at(self, rows: Iterable[int]) -> list[EvaluationRow]:
        """Many rows in one reading, for copying."""
        wanted = [self._ids[row] for row in rows]
        missing = [number for number in wanted if number not in self._rows]
        self._rows.update({found.id: found for found in self._fetch(missing)})
        return [self._rows[number] for number in wanted if number in self._rows]

    def can_rate(self, row: int) -> bool:
        found = self.row_at(row)
        return found is not None and not self._closed and found.state != "final"

    def show_change(self, change: RatingChange) -> None:
        """Show a change before it is written; :meth:`refresh` brings back what is stored."""
        found = self._rows.get(change.evaluation_id)
        place = self._place.get(change.evaluation_id)
        if found is None or place is None:
            return
        result = _kept(change.result, found.result)
        behaviour = _kept(change.behaviour, found.behaviour)
        self._rows[found.id] = replace(
            found,
            result=result,
            behaviour=behaviour,
            predicate=derive(self._matrix, result, behaviour),
            state=state_of(result, behaviour),
            declared=None,
        )
        self.dataChanged.emit(self.index(place, GridColumn.RESULT), self.index(place, GridColumn.PREDICATE))

    # -- Qt -----------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(GridColumn)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (_("Nama dan jabatan"), _("Hasil kerja"), _("Perilaku kerja"), _("Predikat"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == ROW_ROLE:
            return self.row_at(index.row())
        if role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return None
        row = self.row_at(index.row())
        if row is None:
            return _("Data ini sudah tidak ada.")
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tip(row, index.column(), closed=self._closed)
        return _text(row, index.column())


def _text(row: EvaluationRow, column: int) -> str:
    if column == GridColumn.PERSON:
        return row.name
    if column == GridColumn.RESULT:
        return row.result.label if row.result else _("belum diisi")
    if column == GridColumn.BEHAVIOUR:
        return row.behaviour.label if row.behaviour else _("belum diisi")
    return row.predicate.label if row.predicate else _("Belum dinilai")


def _tip(row: EvaluationRow, column: int, *, closed: bool) -> str | None:
    if column == GridColumn.PERSON:
        return "\n".join(part for part in (row.name, row.nip, row.position, row.unit) if part)
    if column == GridColumn.PREDICATE and row.declared:
        text = _("Berkas impor menyatakan “{predicate}”, tetapi tidak cocok dengan kedua ratingnya. Isi kedua rating.")
        return text.format(predicate=row.declared.label)
    if closed:
        return _("Periode sudah ditutup.")
    if row.state == "final":
        return _("Sudah final. Buka evaluasi dan pilih Perbaiki untuk mengubahnya.")
    return None


def _kept(wanted: Rating | Keep | None, stored: Rating | None) -> Rating | None:
    return stored if wanted is KEEP else wanted
