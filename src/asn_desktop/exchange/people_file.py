"""A foreign workbook read to its end: clean rows, the rows left out, and how each sheet was understood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from asn_desktop.core.columns import ColumnSet
from asn_desktop.core.errors import WorkbookError
from asn_desktop.core.i18n import _
from asn_desktop.core.identifiers import digits_kept
from asn_desktop.core.issues import Issue, Location, Severity
from asn_desktop.core.progress import Progress
from asn_desktop.exchange import question_below, question_headings, question_sheets
from asn_desktop.exchange.asking import Asking
from asn_desktop.exchange.cell_positions import column_letter
from asn_desktop.exchange.cell_text import shown
from asn_desktop.exchange.classify import IgnoredRow, RowKind, all_text
from asn_desktop.exchange.headers import SEARCHED_ROWS, NearMiss, SheetLayout
from asn_desktop.exchange.package.recognise import refuse_package
from asn_desktop.exchange.plan import SheetSummary
from asn_desktop.exchange.read_file import ReadFile
from asn_desktop.exchange.reader import stream_workbook
from asn_desktop.exchange.records import CleanRow, RowCleaner
from asn_desktop.exchange.tables import Table, read_tables
from asn_desktop.exchange.workbook import Cell
from asn_desktop.exchange.workbook_file import WorkbookFile

Mappings = Mapping[str, Mapping[int, str]]
_SAMPLED_ROWS, _SAMPLES = 30, 3
OWN_SHEETS = frozenset({"PETUNJUK", "_META", "_DAFTAR"})
"""Sheets of our own workbooks that hold no people."""


def read_people(
    file: WorkbookFile,
    catalogues: Sequence[ColumnSet],
    remembered: Mapping[tuple[str, str], Mapping[int, str]],
    corrected: Mappings,
    today: date,
    progress: Progress,
    asking: Asking | None = None,
    period: str = "",
) -> ReadFile:
    """Read a workbook of people. ``remembered`` (catalogue, signature) → mapping; ``corrected`` by sheet name;
    ``asking`` knows the answers given so far, None for a workbook of ours, which leaves nothing open; ``period`` is the
    one asked for.

    Raises :class:`WorkbookError` when the file holds no list of people.
    """
    refuse_package(file)
    read = ReadFile(file.name, file.sha256, catalogues[0], asking=asking or Asking())
    chunks = stream_workbook(file, progress)
    usable = list(catalogues)
    near: list[tuple[str, NearMiss]] = []
    for table in read_tables(chunks, usable, on=today, period=period):
        layout = table.layout
        if layout is not None:
            if (mapping := corrected.get(layout.sheet)) is not None:
                layout = layout.with_mapping(mapping)
            elif (mapping := remembered.get((layout.columns.name, layout.signature))) is not None:
                layout = layout.with_remembered(mapping)
            _take(read, table, layout, today, usable, asked=asking is not None)
        elif table.sheet.name in OWN_SHEETS:
            continue
        elif table.near_miss is not None:
            near.append((table.sheet.name, table.near_miss))
        read.notes.extend(table.issues)
    if not read.layouts:
        raise _no_list(near)
    return read


def _no_list(near: Sequence[tuple[str, NearMiss]]) -> WorkbookError:
    """Why nothing can be read: no headings at all, headings too far down, or nothing beside NIP and name."""
    if not near:
        return WorkbookError(
            _("Tidak ada daftar pegawai di berkas ini: baris judul dengan NIP atau NAMA tidak ditemukan."),
            _("Periksa apakah judul kolom ada di {n} baris pertama, lalu impor lagi.").format(n=SEARCHED_ROWS),
            code="ASN-1321",
        )
    sheet, found = max(near, key=lambda item: len(item[1].known))
    if found.row > SEARCHED_ROWS:
        return WorkbookError(
            _("Judul kolom di lembar “{sheet}” ada di baris {row}; yang dibaca hanya {n} baris pertama.").format(
                sheet=sheet, row=found.row, n=SEARCHED_ROWS
            ),
            _("Hapus baris di atas judul kolom, simpan, lalu impor lagi."),
            code="ASN-1321",
        )
    text = _("Di lembar “{sheet}” baris {row} hanya {known} yang dikenal; tidak ada isian lain yang dapat diambil.")
    if found.unknown:
        text += _(" Judul yang tidak dikenal: {unknown}.")
    known, unknown = _(" dan ").join(found.known), ", ".join(found.unknown)
    return WorkbookError(
        text.format(sheet=sheet, row=found.row, known=known, unknown=unknown),
        _("Beri judul kolom lain seperti GOLONGAN atau JABATAN, atau kedua rating, lalu impor lagi."),
        code="ASN-1321",
    )


def _take(
    read: ReadFile, table: Table, layout: SheetLayout, today: date, usable: list[ColumnSet], *, asked: bool
) -> None:
    status, holding, left_out = "", [], False
    if asked:
        answer, question, status = question_sheets.ask(read.asking, table, layout)
        left_out = answer == question_sheets.SKIP
        holding = [] if answer else [question]
        status = status if answer == question_sheets.AS_SAID else ""
        table.issues = [issue for issue in table.issues if issue.code != "sheet_hidden"]
    if not left_out:
        if asked:
            layout, contested = question_headings.settle(read.asking, table, layout)
            holding += contested
        usable[:] = [layout.columns]  # one workbook, one kind of content
        read.columns = layout.columns
    table.layout = read.layouts[layout.sheet] = layout
    clean = RowCleaner(layout, table.sheet, today)
    doubtful = False
    for data in table.data_rows():
        if left_out:
            text = all_text(data.cells)
            read.ignored.append((layout.sheet, IgnoredRow(data.row, RowKind.LEFT_OUT, text)))
            continue
        row = clean(data)
        if status:
            row.values.setdefault("legal_status", status)
        if holding:
            for question in holding:
                read.asking.hold(question, (row.sheet, row.row))
            read.aside.append(row)
            read.raw[(row.sheet, row.row)] = data.cells
            row.issues = []
            continue
        key = (row.sheet, row.row)
        read.raw[key] = data.cells
        if row.issues:
            digits = _certain_digits(row, layout, data.cells)
            if digits:
                read.damaged[key] = digits
        doubtful |= row.doubt
        read.rows.append(row)
    table.issues.extend(clean.notes())
    signers = question_below.settle(read, layout, asked=asked) if doubtful else 0
    # Titles and headings above the list are not rows of it; headings repeated on later pages are.
    read.ignored.extend((layout.sheet, row) for row in table.ignored if row.row >= layout.first_data_row)
    read.summaries.append(
        SheetSummary(
            sheet=layout.sheet,
            header_row=layout.header_rows[1] + 1,
            mapping=layout.mapping,
            headings=layout.headings,
            unknown=layout.unknown,
            not_taken=layout.not_taken,
            suggestions=layout.suggestions,
            signature=layout.signature,
            rows=table.people - signers,
            hidden=table.sheet.hidden,
            letters={column: layout.letter(column) for column in layout.headings} if layout.lines > 1 else {},
            left_out=left_out,
            contested=tuple(column for contest in layout.contests for column in contest.columns),
            samples=_samples(table, layout),
        )
    )
    if left_out:
        table.issues = []
    else:
        _note_left_out(read, layout)


def _samples(table: Table, layout: SheetLayout) -> dict[int, tuple[str, ...]]:
    """Column → its first different values, for whoever checks what the headings were taken for."""
    found: dict[int, dict[str, None]] = {column: {} for column in layout.headings}
    for cells in table.head[layout.first_data_row : layout.first_data_row + _SAMPLED_ROWS]:
        for column, seen in found.items():
            if len(seen) < _SAMPLES and column < len(cells) and cells[column] != "":
                seen[shown(cells[column])[:60]] = None
    return {column: tuple(seen) for column, seen in found.items() if seen}


def _note_left_out(read: ReadFile, layout: SheetLayout) -> None:
    for columns, code, text in (
        (layout.unknown, "heading_unknown", _("Kolom “{names}” tidak dikenal dan tidak diambil.")),
        (layout.not_taken, "heading_not_taken", _("Kolom yang dikenal tetapi tidak disimpan: {names}.")),
    ):
        names = [layout.headings.get(column) or column_letter(column) for column in columns]
        if names:
            message = text.format(names="”, “".join(names) if code == "heading_unknown" else ", ".join(names))
            hint = _("Bila perlu, pilih isi kolom ini pada halaman Kolom.") if code == "heading_unknown" else ""
            place = Location(layout.sheet, layout.header_rows[1] + 1)
            read.notes.append(Issue(code, message, Severity.NOTE, hint, location=place))


def _certain_digits(row: CleanRow, layout: SheetLayout, cells: Sequence[Cell]) -> str:
    if not any(issue.code == "nip_numeric" for issue in row.issues):
        return ""
    column = layout.column_of("nip")
    raw = cells[column] if column is not None and column < len(cells) else ""
    return digits_kept(raw) if isinstance(raw, float) and raw >= 1e17 else ""
