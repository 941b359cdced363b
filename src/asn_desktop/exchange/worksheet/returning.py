"""From a file that carries our mark to an import plan."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection

from asn_desktop.core.columns import normalise_heading
from asn_desktop.core.errors import WorkbookError
from asn_desktop.core.i18n import _
from asn_desktop.core.issues import Issue, Severity
from asn_desktop.core.progress import Progress
from asn_desktop.exchange.column_cleaner import ERASE
from asn_desktop.exchange.people_file import read_people
from asn_desktop.exchange.plan import WorksheetReturn
from asn_desktop.exchange.read_file import ReadFile
from asn_desktop.exchange.subjects import AUTO, WORKSHEETS
from asn_desktop.exchange.workbook_file import WorkbookFile
from asn_desktop.exchange.worksheet import ledger
from asn_desktop.exchange.worksheet.basis import comparable
from asn_desktop.exchange.worksheet.columns import MACHINE_KEYS, RID, SPARE
from asn_desktop.exchange.worksheet.kinds import WorksheetKind
from asn_desktop.exchange.worksheet.mark import Mark
from asn_desktop.exchange.worksheet.plan import filled

_TOLD = frozenset({"rows_hidden", "sheet_hidden", "cells_far_away", "column_missing", "heading_unknown"})
"""What the reader says about a sheet that matters here; sections, totals and titles do not occur in a worksheet."""


def check_marks(marks: Sequence[Mark], office: str, wanted_kind: str, wanted_period: str | None) -> WorksheetKind:
    """One kind and one period in one file, and ours. Raises :class:`WorkbookError` (ASN-1363 to 1365)."""
    first = marks[0]
    for mark in marks:
        if mark.office != office:
            raise WorkbookError(
                _("Lembar kerja ini milik kantor lain (kode {code}), bukan kantor ini ({own}).").format(
                    code=mark.office, own=office
                ),
                _("Kirim kembali kepada kantor yang membuatnya."),
                code="ASN-1363",
            )
        if (mark.kind, mark.period, mark.event) != (first.kind, first.period, first.event):
            raise WorkbookError(
                _("Berkas ini memuat lembar kerja yang berbeda jenis atau periode."),
                _("Impor tiap lembar kerja sebagai berkas sendiri."),
                code="ASN-1364",
            )
    kind = WORKSHEETS.get(first.kind)
    other_kind = kind is None or wanted_kind not in (AUTO, first.kind)
    if kind is None or other_kind or (wanted_period and first.period and wanted_period != first.period):
        title = _(kind.title).format(period=first.period) if kind else _("Lembar kerja jenis lain")
        raise WorkbookError(
            _("Berkas ini berisi: {title}. Bukan itu yang diminta.").format(title=title),
            _("Impor tanpa memilih jenis dan periode; lembar kerja mengenali dirinya sendiri."),
            code="ASN-1365",
        )
    return kind


def read_worksheet(file: WorkbookFile, kind: WorksheetKind, today: date, progress: Progress) -> ReadFile:
    """The rows of a returned worksheet, with only those notes about the sheets that an OPD can act on."""
    read = read_people(file, [kind.reading(file.marks)], {}, {}, today, progress)
    read.notes = [issue for issue in read.notes if issue.code in _TOLD and issue.field not in MACHINE_KEYS]
    read.ignored = [(sheet, row) for sheet, row in read.ignored if row.text != SPARE]
    for name, layout in read.layouts.items():
        if layout.column_of(RID) is None:
            text = _("Kolom tersembunyi tidak ada di lembar “{name}”; setiap baris dicocokkan menurut NIP.")
            message = text.format(name=name)
            read.notes.append(Issue("worksheet_without_machine_columns", message, Severity.WARNING))
    return read


def returns(
    connection: Connection, read: ReadFile, kind: WorksheetKind, marks: Sequence[Mark]
) -> list[WorksheetReturn]:
    """Which worksheet each sheet of the file is, what it says, and whether the ledger knows that already."""
    found = []
    sheets: dict[str, list[str]] = {}
    by_id = {mark.id: mark for mark in marks}
    for name, layout in read.layouts.items():
        headings = {normalise_heading(text) for text in layout.headings.values()}
        mark = next((mark for mark in marks if normalise_heading(mark.text) in headings), marks[0])
        sheets.setdefault(mark.id, []).append(name)
    for number, names in sheets.items():
        rows = [row for row in read.rows if row.sheet in names]
        digest = _digest(
            (str(row.values.get(RID) or row.values.get("nip") or ""), key, _said(key, row.values[key]))
            for row in rows
            for key in kind.fields
            if key in row.columns and key in row.values
        )
        known = ledger.by_rid(connection, number)
        noted = known is not None and known.returned_digest == digest
        mark = by_id[number]
        name = ledger.name_of(connection, mark)
        own = [row for row in rows if row.values.get(RID)]
        said = filled(own, kind.fields)
        added = filled(rows, kind.fields) - said
        found.append(WorksheetReturn(mark, name, tuple(names), digest, said, noted, added))
        missing = mark.rows - len({row.values[RID] for row in rows if row.values.get(RID)})
        if missing > 0:
            text = _("{n} pegawai dari lembar kerja ini tidak ada di berkas; datanya tidak diubah dan tidak dihapus.")
            read.notes.append(Issue("worksheet_rows_missing", text.format(n=missing), Severity.NOTE))
        if known is None:
            text = _("Lembar kerja ini tidak tercatat sebagai pernah dibuat di sini; isinya tetap dapat dipakai.")
            read.notes.append(Issue("worksheet_not_in_ledger", text, Severity.NOTE))
    return found


def stamps(found: Iterable[WorksheetReturn]) -> Mapping[str, str]:
    """Sheet → the stamp that its rows must carry."""
    return {name: returned.mark.stamp for returned in found for name in returned.sheets}


def _said(key: str, value: Any) -> Any:
    return "[KOSONG]" if value is ERASE else comparable(key, value)


def _digest(cells: Iterable[tuple[str, str, Any]]) -> str:
    text = json.dumps(sorted(cells, key=str), separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
