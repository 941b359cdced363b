"""Write a package: rows stream to the disk, each hashed as it goes; the head and the cover come last.

XlsxWriter in constant-memory mode, strings only as strings. A value that cannot be written whole is an error.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from asn_desktop.core.errors import WorkbookError
from asn_desktop.core.i18n import _
from asn_desktop.core.progress import Progress
from asn_desktop.exchange.package import cell_values as values
from asn_desktop.exchange.package.cell_values import Kind
from asn_desktop.exchange.package.content import PackageContent
from asn_desktop.exchange.package.cover import Cover, write_cover
from asn_desktop.exchange.package.digest import Digest, row_hash
from asn_desktop.exchange.package.head import COVER_SHEET, META_SHEET, SEAL_KEYS, layout_text, to_pairs, to_properties
from asn_desktop.exchange.package.labels import Labels
from asn_desktop.exchange.package.protocol import READS, SCHEMA, entity_of
from asn_desktop.exchange.package.row_writer import Formats, RowWriter
from asn_desktop.exchange.package.schemas import CONTINUED, FIRST_ROW, SIDES, beyond, record_packer, written
from asn_desktop.exchange.package.sheets import Column, PackageSheet
from asn_desktop.exchange.paper import set_up_paper
from asn_desktop.exchange.writer import new_book, written_whole

MAX_ROWS = 1_048_576
MAX_COLUMNS = 1_000
_PROGRESS_EVERY = 200

Owners = Callable[[str, str], str]
"""(table, field) → ``province`` or ``district``, empty for neither: colours the heading."""


class Signer(Protocol):
    """The office's key. ``key`` is the public part in hex; ``sign`` gives the signature in hex."""

    @property
    def key(self) -> str: ...

    def sign(self, digest: str) -> str: ...


def write_package(
    target: Path,
    content: PackageContent,
    *,
    signer: Signer | None = None,
    labels: Mapping[str, str] | None = None,
    owners: Owners | None = None,
    to: str = "",
    progress: Progress | None = None,
) -> str:
    """Write ``content`` to ``target`` and return its digest; nothing half-written is left.

    The counts of the head are counted here, whatever it says. ``labels``: record → name, for what is referred to
    but not in the package; ``to``: the addressee's name for the cover. Raises :class:`WorkbookError` (ASN-1353,
    1354) or :class:`FileNotWritten`.
    """
    with written_whole(target) as temporary:
        return _Writer(temporary, content, labels or {}, owners, to, progress or Progress()).write(signer)


class _Writer:
    def __init__(
        self,
        path: Path,
        content: PackageContent,
        labels: Mapping[str, str],
        owners: Owners | None,
        to: str,
        progress: Progress,
    ) -> None:
        self._content = content
        self._owners = owners
        self._to = to
        self._progress = progress
        self._book = new_book(path, constant_memory=True)
        self._formats = _formats(self._book)
        self._labels = Labels(labels)
        self._digest = Digest()
        self._layout = written(content.later)

    def write(self, signer: Signer | None) -> str:
        """The whole workbook; the digest is known when all rows are written."""
        head = self._content.head
        if head.writer != SCHEMA or head.schema < SCHEMA:
            raise ValueError(f"schema {head.schema} of {head.writer} cannot be written, only {SCHEMA}")
        try:
            cover = self._book.add_worksheet(COVER_SHEET)
            meta = self._book.add_worksheet(META_SHEET)
            rows = self._write_sheets()
            pairs = to_pairs(head, rows) | {"reads": str(READS), "layout": layout_text(beyond(self._layout))}
            if signer is not None:
                pairs["key"] = signer.key
            digest = self._digest.hexdigest(pairs)
            seal = (digest, signer.sign(digest) if signer is not None else "")
            pairs.update(zip(SEAL_KEYS, seal, strict=True))
            write_cover(self._book, cover, self._cover(rows, digest, signed=signer is not None))
            self._write_meta(meta, pairs)
            self._progress.step(_("Menyimpan berkas"))
        except BaseException:
            _discard(self._book)
            raise
        self._book.close()
        return digest

    def _cover(self, rows: Mapping[str, int], digest: str, *, signed: bool) -> Cover:
        head = self._content.head
        return Cover.of(head, rows, digest, signed=signed, to=self._to, legend=self._owners is not None)

    def _write_sheets(self) -> dict[str, int]:
        """Every sheet that has rows; the counts of all of them, so that a missing one shows."""
        content = self._content
        by_table: dict[str, list[Any]] = {sheet.table: [] for sheet in self._layout.entities}
        later = {table.table: table.fields for table in content.later}
        for row in content.rows:
            by_table[row.entity].append(row)
        sides = [(side, getattr(content, side.part)) for side in SIDES]
        self._progress.step(_("Menulis paket"), total=len(content.rows) + sum(len(items) for _side, items in sides))
        for name in ("employee", "unit"):  # they refer to each other and to their own
            self._labels.learn(by_table[name])
        counts = {}
        for layout in self._layout.entities:
            entity = entity_of(layout.table)
            records = by_table[entity.table]
            self._labels.learn(records)
            packed = map(record_packer(entity, self._labels, later.get(entity.table, ())), records)
            counts[layout.name] = self._write_sheet(layout, packed, _longest(layout, records), len(records))
        for side, items in sides:
            rows = [side.pack(item) for item in items]
            longest = {
                column.key: max(
                    (len(values.split_text(values.text_cell(row[at]))) for row in rows if row[at]), default=1
                )
                for at, column in enumerate(side.layout.columns)
                if column.kind is Kind.TEXT
            }
            counts[side.layout.name] = self._write_sheet(side.layout, rows, longest, len(rows))
        return counts

    def _write_sheet(self, layout: PackageSheet, rows: Any, pieces: Mapping[str, int], count: int) -> int:
        """One sheet. ``pieces``: into how many cells a column's longest text goes."""
        if not count:
            return 0
        if count + FIRST_ROW > MAX_ROWS:
            raise _too_large(layout, _("{n} baris").format(n=count))
        sheet = self._book.add_worksheet(layout.name)
        starts = self._headings(sheet, layout, pieces)
        hashes = self._digest.sheet(layout.name, layout.keys)
        write = RowWriter(sheet, layout, starts, self._formats).write
        name = layout.name
        number = FIRST_ROW
        for number, row in enumerate(rows, start=FIRST_ROW):
            hashes.append(row_hash(name, row))
            write(number, row)
            if number % _PROGRESS_EVERY == 0:
                self._progress.advance(_PROGRESS_EVERY)
        return number - FIRST_ROW + 1

    def _headings(self, sheet: Any, layout: PackageSheet, pieces: Mapping[str, int]) -> list[int]:
        """Rows 1 and 2; returns the first column of each field."""
        starts: list[int] = []
        cells: list[tuple[str, str, Column]] = []
        for column in layout.columns:
            starts.append(len(cells))
            cells.append((column.key, column.heading, column))
            for number in range(2, pieces.get(column.key, 1) + 1):
                cells.append((f"{column.key}{CONTINUED}{number}", f"{column.heading} ({number})", column))
        if len(cells) > MAX_COLUMNS:
            raise _too_large(layout, _("{n} kolom").format(n=len(cells)))
        table = layout.table
        shown = []
        for at, (key, _heading, column) in enumerate(cells):
            hidden = column.hidden or CONTINUED in key
            sheet.set_column(at, at, _width(column), None, {"hidden": True} if hidden else {})
            shown += [] if hidden else [_width(column)]
        set_up_paper(sheet, shown, key_columns=2 if table else 1, footer=_(layout.title))
        sheet.set_row(0, 30)
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.freeze_panes(FIRST_ROW, 2 if table else 1)
        sheet.protect("", {"autofilter": True, "sort": True, "format_columns": True, "format_rows": True})
        for at, (_key, heading, column) in enumerate(cells):
            owner = self._owners(table, column.key) if self._owners and table and not column.hidden else ""
            sheet.write_string(0, at, heading, self._formats.heading[owner])
        for at, (key, _heading, _column) in enumerate(cells):
            sheet.write_string(1, at, key, self._formats.quiet)
        return starts

    def _write_meta(self, sheet: Any, pairs: Mapping[str, str]) -> None:
        sheet.hide()
        sheet.protect()
        for row, (key, value) in enumerate(pairs.items()):
            pieces = values.split_text(values.text_cell(value))
            for column, text in enumerate((key, *pieces)):
                sheet.write_string(row, column, text)
        for name, text in to_properties(pairs):
            self._book.set_custom_property(name, text, "text")


def _longest(layout: PackageSheet, records: Sequence[Any]) -> dict[str, int]:
    """Into how many cells the longest text of each column goes, where it is more than one."""
    pieces: dict[str, int] = {}
    # An escaped sign takes up to six, one beyond the basic plane twelve.
    suspicious = values.CELL_TEXT // 12
    for row in records:
        for key, value in row.values.items():
            if type(value) is str and len(value) > suspicious:
                count = len(values.split_text(values.text_cell(value)))
                pieces[key] = max(count, pieces.get(key, 1))
    return pieces


def _formats(book: Any) -> Formats:
    def heading(colour: str, ink: str = "#1C2733") -> Any:
        look = {"bold": True, "bg_color": colour, "font_color": ink, "border": 1, "border_color": "#B9C4CF"}
        return book.add_format({**look, "text_wrap": True, "valign": "vcenter"})

    return Formats(
        # Wrapped, so that no text runs over into an empty neighbour.
        text=book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
        date=book.add_format({"num_format": "dd-mm-yyyy", "align": "left", "valign": "top"}),
        number=book.add_format({"num_format": "0", "valign": "top"}),
        heading={"": heading("#E7ECF1"), "province": heading("#DCE7F7"), "district": heading("#E1F0ED")},
        quiet=book.add_format({"num_format": "@", "font_color": "#6B7785"}),
    )


def _width(column: Column) -> int:
    if column.kind is Kind.DATE:
        return 13
    if column.kind in (Kind.INTEGER, Kind.BOOLEAN):
        return 12
    return 24


def _discard(book: Any) -> None:
    """Close the working files of a workbook that will not be finished."""
    for sheet in book.worksheets():
        if sheet.row_data_fh is not None:
            sheet.row_data_fh.close()
    book.fileclosed = True  # else the garbage collector complains


def _too_large(layout: PackageSheet, what: str) -> WorkbookError:
    return WorkbookError(
        _("Paket tidak dibuat: lembar “{sheet}” terlalu besar untuk satu buku kerja ({what}).").format(
            sheet=_(layout.title), what=what
        ),
        _("Kirim lebih sering, atau mintalah tanda terima agar paket berikutnya lebih kecil."),
        code="ASN-1353",
    )
