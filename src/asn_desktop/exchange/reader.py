"""Read a foreign workbook: gate, scan, child. Nothing is interpreted here and nothing is lost.

The child starts parsing while the scan still runs: its memory is limited, so the worst file costs a process,
and whatever the scan finds has the last word.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from asn_desktop.core.errors import WorkbookError
from asn_desktop.core.i18n import _
from asn_desktop.core.progress import Progress
from asn_desktop.exchange.archive import DEFAULT_LIMITS, Limits
from asn_desktop.exchange.child_process import ReadingChild
from asn_desktop.exchange.gate import open_workbook
from asn_desktop.exchange.scan import SheetScan, WorkbookScan, scan_workbook
from asn_desktop.exchange.strays import SheetChange, changed_copy
from asn_desktop.exchange.workbook import EMPTY_WORKBOOK, Cell, RowChunk, Sheet, Workbook, tidy_rows
from asn_desktop.exchange.workbook_file import WorkbookFile


def read_workbook(path: Path, progress: Progress | None = None, limits: Limits = DEFAULT_LIMITS) -> Workbook:
    """The whole workbook in memory. Raises :class:`WorkbookError`, or Cancelled through ``progress``."""
    sheets: dict[str, Sheet] = {}
    for chunk in stream_workbook(path, progress, limits):
        sheet = sheets.setdefault(chunk.sheet.name, chunk.sheet)
        sheet.rows.extend(chunk.rows)
    return Workbook(path.name, list(sheets.values()))


def stream_workbook(
    source: Path | WorkbookFile,
    progress: Progress | None = None,
    limits: Limits = DEFAULT_LIMITS,
    *,
    first: str = "",
) -> Iterator[RowChunk]:
    """Rows in chunks while the child is still reading. Every sheet yields at least one (maybe empty) chunk; the sheet
    ``first`` comes before others."""
    file, progress = open_workbook(source, limits), progress or Progress()
    names = sorted(file.sheet_names, key=lambda name: name != first)
    with ReadingChild(file.data, names, limits) as child:
        scan = scan_workbook(file, limits, progress)
        changes = {
            sheet.part: SheetChange(sheet.name, sheet.keep, sheet.rewrite)
            for sheet in scan.sheets
            if sheet.keep is not None or sheet.rewrite
        }
        if not changes:
            yield from _chunks(child, scan, progress)
            return
    with ReadingChild(changed_copy(file, changes, limits), names, limits) as child:
        yield from _chunks(child, scan, progress)


def _chunks(child: ReadingChild, scan: WorkbookScan, progress: Progress) -> Iterator[RowChunk]:
    by_name = {sheet.name: sheet for sheet in scan.sheets}
    progress.step(_("Membaca baris"), total=sum(sheet.last_row + 1 for sheet in scan.sheets))
    sheet: Sheet | None = None
    first_column = 0
    seen = 0
    for message in child.messages(progress):
        name = message.get("sheet")
        if name is not None:
            sheet = Sheet.of(by_name[name], epoch_1904=scan.epoch_1904)
            first_column = int(message["column"])
            seen += 1
            yield RowChunk(sheet, 0, [])
            continue
        if sheet is None:
            raise _inconsistent()
        rows = tidy_rows(sheet, message["first"], message["rows"], first_column)
        _check_extent(by_name[sheet.name], message["first"], rows)
        progress.advance(len(rows))
        yield RowChunk(sheet, message["first"], rows)
    if seen != len(scan.sheets):
        raise _inconsistent()
    if all(sheet.last_row < 0 for sheet in scan.sheets):
        raise WorkbookError(_(EMPTY_WORKBOOK), _("Pilih berkas lain."), code="ASN-1320")


def _check_extent(scan: SheetScan, first: int, rows: list[list[Cell]]) -> None:
    """The parser may not report more than the scan saw: then one of the two misread the file."""
    widest = max(map(len, rows), default=0)
    beyond = max((number for number, row in enumerate(rows, first) if row), default=-1)
    if beyond > scan.last_row or widest > scan.last_column + 1:
        raise _inconsistent()


def _inconsistent() -> WorkbookError:
    return WorkbookError(
        _("Dua cara membaca berkas ini memberi hasil yang berbeda, jadi isinya tidak dapat dipercaya."),
        _("Buka berkas di Excel, simpan ulang sebagai .xlsx, lalu impor lagi."),
        code="ASN-1316",
    )
