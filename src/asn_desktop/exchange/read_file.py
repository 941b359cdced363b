"""What a foreign workbook said: clean rows, the rows left out, and how each sheet was understood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from asn_desktop.core.columns import ColumnSet
from asn_desktop.core.i18n import _
from asn_desktop.core.issues import Issue, Location, Severity
from asn_desktop.core.periods import Period, parse_period
from asn_desktop.exchange.asking import Asking
from asn_desktop.exchange.classify import IgnoredRow
from asn_desktop.exchange.headers import SheetLayout
from asn_desktop.exchange.plan import SheetSummary
from asn_desktop.exchange.records import CleanRow
from asn_desktop.exchange.workbook import Cell


@dataclass(slots=True)
class ReadFile:
    """``raw`` holds the cells of each row as they stand; ``damaged`` the certain digits of rounded NIPs."""

    file_name: str
    sha256: str
    columns: ColumnSet
    rows: list[CleanRow] = field(default_factory=list)
    ignored: list[tuple[str, IgnoredRow]] = field(default_factory=list)
    notes: list[Issue] = field(default_factory=list)
    layouts: dict[str, SheetLayout] = field(default_factory=dict)
    summaries: list[SheetSummary] = field(default_factory=list)
    raw: dict[tuple[str, int], Sequence[Cell]] = field(default_factory=dict)
    damaged: dict[tuple[str, int], str] = field(default_factory=dict)
    asking: Asking = field(default_factory=Asking)
    aside: list[CleanRow] = field(default_factory=list)
    """Rows of which nobody knows yet what they are: they wait whole, and are compared with nothing."""

    @property
    def period(self) -> str | None:
        """The period most rows are for, by their columns or the title above them."""
        said = Counter(_period_of(row) for row in (*self.rows, *self.aside))
        said.pop("", None)
        return said.most_common(1)[0][0] if said else None

    def refuse_other_periods(self, period: Period) -> None:
        """Rows that say another period get an error: one import is for one period."""
        for row in self.rows:
            said = _period_of(row)
            if said and said != period.code:
                text = _("Baris ini untuk {said}, bukan {period}.").format(
                    said=parse_period(said).label, period=period.label
                )
                hint = _("Impor tiap periode sendiri-sendiri.")
                row.issues.append(self.issue(row, "period", "other_period", text, hint, value=said))

    def issue(
        self,
        row: CleanRow,
        key: str,
        code: str,
        message: str,
        hint: str = "",
        *,
        severity: Severity = Severity.ERROR,
        value: str = "",
    ) -> Issue:
        """A finding at the cell of a field."""
        column = row.columns.get(key, self.layouts[row.sheet].column_of(key))
        place = Location(row.sheet, row.row) if column is None else self.layouts[row.sheet].place(row.row, column)
        return Issue(code, message, severity, hint, value, key, place)


def _period_of(row: CleanRow) -> str:
    year, period = row.values.get("year"), row.values.get("period")
    return f"{year}-{period}" if year and period else ""
