"""A read workbook as the plans want it: clean rows of all sheets, what was ignored, how columns were understood."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from asn_desktop.core.columns import ColumnSet
from asn_desktop.core.errors import WorkbookError
from asn_desktop.core.i18n import _
from asn_desktop.core.issues import Issue, Location, Severity
from asn_desktop.core.periods import Period
from asn_desktop.core.progress import Progress
from asn_desktop.exchange.cell_positions import column_letter
from asn_desktop.exchange.classify import DataRow, IgnoredRow, RowKind
from asn_desktop.exchange.gate import open_package
from asn_desktop.exchange.headers import SheetLayout
from asn_desktop.exchange.plan import CleanRow, SheetSummary
from asn_desktop.exchange.reader import stream_package
from asn_desktop.exchange.records import RowCleaner
from asn_desktop.exchange.tables import Table, read_tables
from asn_desktop.exchange.workbook import Cell, CellError, CellTime

_OWN_SHEETS = frozenset({"PETUNJUK", "_META"})
_LEADING_DIGITS = 15


@dataclass
class ReadFile:
    """All people of a workbook. ``rows`` hold every row of the tables in order, also the ignored ones."""

    file_name: str
    sha256: str
    columns: ColumnSet
    rows: list[CleanRow] = field(default_factory=list)
    notes: list[Issue] = field(default_factory=list)
    summaries: list[SheetSummary] = field(default_factory=list)
    raw: dict[tuple[str, int], Sequence[Any]] = field(default_factory=dict)
    _letters: dict[tuple[str, str], str] = field(default_factory=dict)

    def column_of(self, sheet: str, field_key: str) -> str:
        """The letter of the column a field stands in; empty where the sheet has none."""
        return self._letters.get((sheet, field_key), "")

    @property
    def period(self) -> str | None:
        """``2026-TW3`` when the whole file is about one period, else None."""
        said = {_period_said(row) for row in self.rows if not row.ignored}
        said.discard(None)
        return said.pop() if len(said) == 1 else None

    def refuse_other_periods(self, period: Period) -> None:
        """Rows that say another period than the one being imported become errors."""
        for row in self.rows:
            said = None if row.ignored else _period_said(row)
            if said is not None and said != period.code:
                text = _("Baris ini untuk periode {said}, bukan {period}.").format(said=said, period=period.code)
                hint = _("Impor berkas ini untuk periode itu, atau betulkan kolom TAHUN dan PERIODE.")
                place = Location(row.sheet, row.number, self.column_of(row.sheet, "period"))
                row.issues.append(Issue("period_other", text, Severity.ERROR, hint, said, "period", place))


def read_people(
    path: Path,
    catalogues: Sequence[ColumnSet],
    remembered: Mapping[tuple[str, str], Mapping[int, str]],
    mappings: Mapping[str, Mapping[int, str]],
    progress: Progress,
) -> ReadFile:
    """Read, recognise and clean a workbook.

    ``remembered`` holds mappings people confirmed for a layout, by (kind, signature); ``mappings`` those chosen
    now, by sheet. Raises :class:`WorkbookError` where the file cannot be read or holds no list of people.
    """
    progress.step(_("Memeriksa berkas"))
    package = open_package(path)
    by_signature = {signature: mapping for (_kind, signature), mapping in remembered.items()}
    parts: list[ReadFile] = []
    notes: list[Issue] = []
    for table in read_tables(
        stream_package(package, progress), catalogues, remembered=by_signature.get, chosen=mappings
    ):
        if table.layout is None:
            if table.sheet.name not in _OWN_SHEETS:
                notes.extend(table.issues)
            continue
        part = ReadFile(path.name, package.sha256, table.layout.columns)
        _read_table(table, table.layout, part)
        parts.append(part)
    if not parts:
        raise WorkbookError(
            _("Tidak ada lembar yang memuat daftar pegawai."),
            _("Judul kolom harus ada dalam 25 baris pertama: NIP atau NAMA dan dua kolom lain yang dikenal."),
            code="ASN-1321",
        )
    people = Counter[str]()
    for part in parts:
        people[part.columns.name] += sum(1 for row in part.rows if not row.ignored)
    kind = max(people, key=lambda name: people[name])
    whole = ReadFile(path.name, package.sha256, next(part.columns for part in parts if part.columns.name == kind))
    whole.notes = notes
    for part in parts:
        if part.columns is whole.columns:
            _join(whole, part)
        else:
            sheet = part.summaries[0].sheet
            text = _("Lembar “{name}” berisi {kind} dan tidak ikut diimpor kali ini.")
            message = text.format(name=sheet, kind=_(part.columns.title).lower())
            whole.notes.append(Issue("sheet_other_kind", message, Severity.WARNING, location=Location(sheet)))
    return whole


def unknown_superiors(read: ReadFile, nips: set[str]) -> None:
    """Superiors that are neither in the file nor stored cannot be linked: the rows say so and go without."""
    if not nips:
        return
    for row in read.rows:
        nip = row.values.get("superior_nip")
        if isinstance(nip, str) and nip in nips:
            place = Location(row.sheet, row.number, read.column_of(row.sheet, "superior_nip"))
            text = _("Atasan dengan NIP {nip} belum ada di data pegawai; hubungan atasan tidak diisi.").format(nip=nip)
            hint = _("Impor dahulu data atasannya, lalu impor berkas ini sekali lagi.")
            row.issues.append(Issue("superior_unknown", text, Severity.WARNING, hint, nip, "superior_nip", place))
            del row.values["superior_nip"]


def _read_table(table: Table, layout: SheetLayout, part: ReadFile) -> None:
    sheet = table.sheet
    clean = RowCleaner(layout, sheet, table.day)
    nip_column = next((column for column, key in layout.mapping.items() if key in ("nip", "@name_nip")), None)
    for data in table.data_rows():
        cleaned = clean(data)
        row = CleanRow(sheet.name, cleaned.row, cleaned.values, cleaned.issues, derived=cleaned.derived)
        if any(issue.code == "nip_numeric" and issue.field == "nip" for issue in cleaned.issues):
            row.damaged_nip = _leading_digits(data, nip_column)
        part.rows.append(row)
        part.raw[sheet.name, cleaned.row] = [_plain(cell) for cell in data.cells]
    count = len(part.rows)
    part.rows.extend(_ignored(sheet.name, ignored) for ignored in table.ignored if _inside(layout, ignored))
    part.rows.sort(key=lambda row: row.number)
    part.notes.extend(table.issues)
    part.summaries.append(_summary(table, layout, count))
    for column, key in (*layout.fallbacks.items(), *layout.mapping.items()):
        for name in (key, *layout.columns[key].parts):
            part._letters.setdefault((sheet.name, name), column_letter(column))
    for column, key in layout.mapping.items():
        part._letters[sheet.name, key] = column_letter(column)


def _join(whole: ReadFile, part: ReadFile) -> None:
    whole.rows.extend(part.rows)
    whole.notes.extend(part.notes)
    whole.summaries.extend(part.summaries)
    whole.raw.update(part.raw)
    whole._letters.update(part._letters)


def _inside(layout: SheetLayout, ignored: IgnoredRow) -> bool:
    return ignored.row >= layout.first_data_row


def _ignored(sheet: str, row: IgnoredRow) -> CleanRow:
    words = {
        RowKind.TITLE: _("Judul"),
        RowKind.HEADER: _("Judul kolom berulang"),
        RowKind.SECTION: _("Judul bagian"),
        RowKind.TOTAL: _("Baris jumlah"),
        RowKind.FOOTER: _("Kaki tabel"),
        RowKind.OTHER: _("Bukan data pegawai"),
    }
    reason = f"{words[row.kind]}: {row.text}" if row.text else words[row.kind]
    return CleanRow(sheet, row.row + 1, {}, [], ignored=reason)


def _summary(table: Table, layout: SheetLayout, count: int) -> SheetSummary:
    return SheetSummary(
        sheet=layout.sheet,
        header_row=layout.header_rows[1] + 1,
        mapping=layout.mapping,
        headings=layout.headings,
        unknown=layout.unknown,
        not_taken=layout.not_taken,
        suggestions=layout.suggestions,
        signature=layout.signature,
        rows=count,
        hidden=table.sheet.hidden,
    )


def _leading_digits(data: DataRow, column: int | None) -> str:
    """What is left of a NIP that went through a number: its first 15 digits, fewer if only the display was kept."""
    cell = data.cells[column] if column is not None and column < len(data.cells) else ""
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return f"{cell:.14e}".partition("e")[0].replace(".", "")  # the digits Excel really kept
    text = str(cell)
    scientific = re.search(r"(\d)[.,]?(\d*)\s*E", text, re.I)
    if scientific:
        return scientific[1] + scientific[2]
    return re.sub(r"\D", "", text)[:_LEADING_DIGITS]


def _plain(cell: Cell) -> Any:
    return cell.text if isinstance(cell, CellError | CellTime) else cell


def _period_said(row: CleanRow) -> str | None:
    year, period = row.values.get("year"), row.values.get("period")
    return f"{year}-{period}" if year and period else None
