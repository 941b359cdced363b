"""A table of any length: ids first, rows when they are seen.

The query answers all ids in order (sorted and filtered by the database); rows are fetched by page and kept in a
small cache. There is no proxy model: sorting and filtering give the query another spec.
"""

from __future__ import annotations

import html
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import StrEnum
from operator import attrgetter
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from asn_desktop.core.i18n import _

AnyIndex = QModelIndex | QPersistentModelIndex

ROW_ROLE = Qt.ItemDataRole.UserRole
"""The frozen row itself; ``None`` when it could not be read any more."""
ID_ROLE = Qt.ItemDataRole.UserRole + 1
SECOND_ROLE = Qt.ItemDataRole.UserRole + 2
"""The second line of a two-line cell."""
TONE_ROLE = Qt.ItemDataRole.UserRole + 3
VALUE_ROLE = Qt.ItemDataRole.UserRole + 4
"""The code behind the shown text (a rating)."""
COLUMN_ROLE = Qt.ItemDataRole.UserRole + 5
LOCKED_ROLE = Qt.ItemDataRole.UserRole + 6


class CellKind(StrEnum):
    """How a cell is drawn."""

    TEXT = "text"
    NUMBER = "number"
    TWO_LINES = "two_lines"
    CHIP = "chip"
    RATING = "rating"


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a list. ``text`` makes the shown (and copied) text from a row; ``width`` in logical pixels."""

    key: str
    label: str
    text: Callable[[Any], str]
    kind: CellKind = CellKind.TEXT
    width: int = 140
    second: Callable[[Any], str] | None = None
    tone: Callable[[Any], str] | None = None
    value: Callable[[Any], str] | None = None
    tip: Callable[[Any], str] | None = None
    locked: Callable[[Any], bool] | None = None
    """Whether the rating of this row can no longer be changed: shown as a word only."""
    sortable: bool = True
    visible: bool = True


@dataclass(frozen=True, slots=True)
class TableQuery:
    """Where rows come from: ``ids(spec)`` → every id in order, ``rows(ids)`` → their rows (missing ones left out)."""

    ids: Callable[[Any], Sequence[Hashable]]
    rows: Callable[[Sequence[Any]], Sequence[Any]]
    row_id: Callable[[Any], Hashable] = attrgetter("id")


Background = Callable[[Callable[[], Sequence[Hashable]], Callable[[Sequence[Hashable]], None]], object]
"""Runs the first function somewhere else and gives its answer to the second in the GUI thread."""


@dataclass(frozen=True, slots=True)
class CopiedCells:
    """A block for the clipboard: tab-separated text and an HTML table that keeps numbers as text."""

    tsv: str
    html: str


def with_sort(spec: Any, key: str, descending: bool) -> Any:
    """A spec with another order; ``ValueError`` if this kind of spec has none."""
    if not sortable(spec):
        raise ValueError("this list cannot be sorted")
    return replace(spec, sort=key, descending=descending)


def sortable(spec: Any) -> bool:
    """Whether a spec (a dataclass) has the fields ``sort`` and ``descending``."""
    return is_dataclass(spec) and {"sort", "descending"} <= {field.name for field in fields(spec)}


class PagedTableModel(QAbstractTableModel):
    """``counted(int)`` tells the number of rows after each reading of the ids."""

    counted = Signal(int)

    def __init__(
        self,
        columns: Sequence[TableColumn],
        query: TableQuery,
        spec: Any = None,
        parent: QObject | None = None,
        *,
        page_size: int = 100,
        pages: int = 40,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.spec = spec
        self._query = query
        self._page_size = page_size
        self._max_pages = pages
        self._ids: Sequence[Hashable] = ()
        self._places: dict[Hashable, int] | None = None
        self._pages: OrderedDict[int, dict[Hashable, Any]] = OrderedDict()
        self._asked = 0
        self.other_question = False
        """Whether the list shows now what another spec selects: somebody searches, filters or sorts."""
        self.background: Background | None = None
        """Reads ids away from the GUI thread, if set; answers that were overtaken are dropped."""

    # reading ------------------------------------------------------------------------------------

    def load(self, spec: Any) -> None:
        """Show what another spec selects."""
        self.spec = spec
        self._read(lambda ids: self.set_ids(ids, other_question=True))

    def refresh(self) -> None:
        """Read again after a change: the selection of rows stays when the ids are the same."""
        self._read(self._refreshed)

    def _read(self, show: Callable[[Sequence[Hashable]], None]) -> None:
        self._asked += 1
        number, spec = self._asked, self.spec
        if self.background is None:
            show(self._query.ids(spec))
        else:
            self.background(lambda: self._query.ids(spec), lambda ids: show(ids) if number == self._asked else None)

    def _refreshed(self, ids: Sequence[Hashable]) -> None:
        if list(ids) == list(self._ids):
            self.forget_rows()
            self.counted.emit(len(ids))
        else:
            self.set_ids(ids)

    def set_ids(self, ids: Sequence[Hashable], *, other_question: bool = False) -> None:
        """Show these ids in this order (for a query that ran in the background)."""
        self.other_question = other_question
        self.beginResetModel()
        self._ids = ids
        self._places = None
        self._pages.clear()
        self.endResetModel()
        self.counted.emit(len(ids))

    def forget_rows(self, ids: Sequence[Hashable] = ()) -> None:
        """Fetch these rows (all of them, if none are named) again when they are next seen."""
        if not self._ids:
            return
        places = [place for i in ids if (place := self.place_of(i)) is not None]
        if ids and not places:
            return
        for page in {place // self._page_size for place in places} if ids else set(self._pages):
            self._pages.pop(page, None)
        first, last = (min(places), max(places)) if ids else (0, len(self._ids) - 1)
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    def put_row(self, row: Any) -> None:
        """Show another content of one row before it is stored; :meth:`forget_rows` brings back what is stored."""
        row_id = self._query.row_id(row)
        place = self.place_of(row_id)
        if place is None or self.row_at(place) is None:
            return
        self._pages[place // self._page_size][row_id] = row
        self.dataChanged.emit(self.index(place, 0), self.index(place, len(self.columns) - 1))

    @property
    def ids(self) -> Sequence[Hashable]:
        return self._ids

    def id_at(self, place: int) -> Hashable:
        return self._ids[place]

    def place_of(self, row_id: Hashable) -> int | None:
        """Where an id stands in the list; ``None`` when it is not in it."""
        if self._places is None:
            self._places = {row_id: place for place, row_id in enumerate(self._ids)}
        return self._places.get(row_id)

    def row_at(self, place: int) -> Any | None:
        """The row at a place, fetched with its whole page; ``None`` when it was deleted meanwhile."""
        number = place // self._page_size
        page = self._pages.get(number)
        if page is None:
            start = number * self._page_size
            found = self._query.rows(self._ids[start : start + self._page_size])
            page = {self._query.row_id(row): row for row in found}
            self._pages[number] = page
            while len(self._pages) > self._max_pages:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page.get(self._ids[place])

    # Qt's questions -------------------------------------------------------------------------------

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == COLUMN_ROLE:
            return column
        if role == ID_ROLE:
            return self._ids[index.row()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.kind is CellKind.NUMBER else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role not in _ROW_ROLES:
            return None
        row = self.row_at(index.row())
        if role == ROW_ROLE:
            return row
        if role == LOCKED_ROLE:
            return row is None or (column.locked is not None and column.locked(row))
        if row is None:
            return _("Sudah dihapus") if role == Qt.ItemDataRole.DisplayRole and index.column() == 0 else None
        return _cell(column, row, role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return section + 1 if role == Qt.ItemDataRole.DisplayRole else None
        if not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return column.label
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.kind is CellKind.NUMBER else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """A click on a header: the same filter in another order, sorted by the database."""
        if not 0 <= column < len(self.columns) or not self.columns[column].sortable or not sortable(self.spec):
            return
        self.load(with_sort(self.spec, self.columns[column].key, order == Qt.SortOrder.DescendingOrder))

    # clipboard --------------------------------------------------------------------------------------

    def copied(self, places: Sequence[int], columns: Sequence[int], *, headings: bool = False) -> CopiedCells:
        """The cells as a block that spreadsheets paste exactly; two-line cells become two columns."""
        lines: list[list[str]] = []
        if headings:
            lines.append([label for c in columns for label in _headings(self.columns[c])])
        for place in places:
            row = self.row_at(place)
            if row is not None:
                lines.append([text for c in columns for text in _texts(self.columns[c], row)])
        return CopiedCells(_as_tsv(lines), _as_html(lines))


_ROW_ROLES = frozenset(
    {
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        ROW_ROLE,
        SECOND_ROLE,
        TONE_ROLE,
        VALUE_ROLE,
        LOCKED_ROLE,
    }
)


def _cell(column: TableColumn, row: Any, role: int) -> str | None:
    if role == Qt.ItemDataRole.DisplayRole:
        return column.text(row)
    if role == SECOND_ROLE:
        return column.second(row) if column.second else ""
    if role == TONE_ROLE:
        return column.tone(row) if column.tone else "neutral"
    if role == VALUE_ROLE:
        return column.value(row) if column.value else column.text(row)
    if role == Qt.ItemDataRole.ToolTipRole and column.tip:
        return column.tip(row)
    return None


def _texts(column: TableColumn, row: Any) -> list[str]:
    return [column.text(row), *([column.second(row)] if column.second else [])]


def _headings(column: TableColumn) -> list[str]:
    return [column.label, *([""] if column.second else [])]


def _as_tsv(lines: Sequence[Sequence[str]]) -> str:
    return "\n".join("\t".join(_quoted(text) for text in line) for line in lines)


def _quoted(text: str) -> str:
    """Cells with a tab, a line break or a quote are quoted, as spreadsheets do it themselves."""
    if any(char in text for char in '\t\n\r"'):
        return '"' + text.replace('"', '""') + '"'
    return text


def _as_html(lines: Sequence[Sequence[str]]) -> str:
    # mso-number-format keeps an 18-digit NIP a text in Excel instead of rounding its last digits away
    rows = "".join(
        "<tr>" + "".join(f"<td style=\"mso-number-format:'\\@'\">{html.escape(text)}</td>" for text in line) + "</tr>"
        for line in lines
    )
    return f'<meta charset="utf-8"><table>{rows}</table>'
