"""Read a package: gate, scan, child process; then typed content, and whether the seal holds.

What cannot be read is never guessed: the row is listed with its cell and value, and the seal is broken.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from asn_desktop.core.errors import WorkbookError
from asn_desktop.core.i18n import _
from asn_desktop.core.progress import Progress
from asn_desktop.exchange.archive import Limits
from asn_desktop.exchange.gate import open_workbook
from asn_desktop.exchange.package.cell_values import Unreadable, text_of
from asn_desktop.exchange.package.content import PackageContent, PackageHead, ReadPackage, Seal
from asn_desktop.exchange.package.digest import Digest
from asn_desktop.exchange.package.head import (
    COVER_SHEET,
    FORMAT_KEY,
    META_SHEET,
    from_pairs,
    from_properties,
    layout_said,
    reads_of,
    schema_of,
    sealed_pairs,
)
from asn_desktop.exchange.package.protocol import FORMAT, SCHEMA
from asn_desktop.exchange.package.recognise import PACKAGE_LIMITS, not_a_package, recognise
from asn_desktop.exchange.package.schemas import (
    CURRENT,
    UPGRADES,
    Layout,
    frozen,
    later_tables,
    layout_of,
    released,
)
from asn_desktop.exchange.package.sheet_reader import Findings, SheetReader
from asn_desktop.exchange.package.signing import verified
from asn_desktop.exchange.reader import stream_workbook
from asn_desktop.exchange.workbook import Cell, RowChunk
from asn_desktop.exchange.workbook_file import WorkbookFile

KnownKey = Callable[[str], str | None]
"""Office code → the public key in hex that this office gave us, or None."""


def read_package(
    source: Path | WorkbookFile,
    *,
    known_key: KnownKey | None = None,
    progress: Progress | None = None,
    limits: Limits = PACKAGE_LIMITS,
) -> ReadPackage:
    """The package in a file (or one recognised already) as content of the current schema, with places in the file.

    Raises :class:`WorkbookError`: what the gate, the scan or the child refuse (ASN-1301 … 1320), a newer schema
    (1350), a workbook that is no package (1351), a head that cannot be read (1352). A broken seal is no error.
    """
    progress = progress or Progress()
    progress.step(_("Memeriksa berkas"))
    file = open_workbook(source, limits)
    recognised = recognise(file)
    if not recognised.is_package:
        raise not_a_package(file.name, recognised.kind)
    reading = _Reading(from_properties(file.properties))
    for chunk in stream_workbook(file, progress, limits, first=META_SHEET):
        reading.take(chunk)
    return reading.finish(file.name, known_key)


class _Reading:
    """What is known so far. The head stands in a sheet and in the properties; either is enough."""

    def __init__(self, properties: Mapping[str, str] | None) -> None:
        self._properties = properties
        self._meta_cells: list[list[Cell]] = []
        self._pairs: list[Mapping[str, str]] = []
        self._layout: Layout | None = None
        self._sheets: dict[str, SheetReader] = {}
        self._digest = Digest()
        self._findings = Findings()

    def take(self, chunk: RowChunk) -> None:
        name = chunk.sheet.name
        if name == META_SHEET:
            self._meta_cells.extend(chunk.rows)
            return
        reader = self._sheets.get(name)
        if reader is None:
            layout = self._known_layout().sheets().get(name)
            if layout is None:
                if name != COVER_SHEET and not chunk.rows and not chunk.first:
                    self._findings.note(_("Lembar “{name}” bukan bagian paket; diabaikan.").format(name=name))
                return
            hashes = self._digest.sheet(name, layout.keys)
            reader = self._sheets[name] = SheetReader(layout, chunk.sheet, hashes, self._findings)
        reader.take(chunk.first, chunk.rows)

    def finish(self, file_name: str, known_key: KnownKey | None) -> ReadPackage:
        """The content, and the verdict on the seal."""
        layout = self._known_layout()
        pairs, digest, fits = self._settle_head()
        try:
            head = from_pairs(pairs)
        except Unreadable as error:
            raise _head_unreadable(str(error)) from error
        complete = self._check_counts(head, layout)
        content = self._content(head, layout)
        seal = Seal.BROKEN
        if fits and complete and not self._findings.problems:
            seal = _verdict(pairs, digest, head, known_key, self._findings)
        return ReadPackage(
            content=content,
            file_name=file_name,
            digest=digest,
            declared_digest=pairs.get("digest", ""),
            seal=seal,
            key=pairs.get("key", ""),
            notes=tuple(self._findings.notes),
            problems=tuple(self._findings.problems),
            unread={
                name: reader.count - len(reader.objects)
                for name, reader in self._sheets.items()
                if reader.count > len(reader.objects)
            },
        )

    def _known_layout(self) -> Layout:
        """The layout of the package's schema, as soon as the head is there."""
        if self._layout is None:
            sheet = _pairs_of(self._meta_cells)
            self._pairs = [pairs for pairs in (sheet, self._properties) if pairs and FORMAT_KEY in pairs]
            if not self._pairs:
                raise _head_unreadable("no head")
            if len(self._pairs) == 1:
                self._findings.note(
                    _("Sebagian keterangan paket hilang saat berkas disimpan ulang; salinannya dipakai.")
                )
            self._layout = _layout_of(self._pairs)
        return self._layout

    def _settle_head(self) -> tuple[Mapping[str, str], str, bool]:
        """Of two heads the one that the seal fits; digest of the content with it."""
        tried = [(pairs, self._digest.hexdigest(sealed_pairs(pairs))) for pairs in self._pairs]
        for pairs, digest in tried:
            if digest == pairs.get("digest"):
                return pairs, digest, True
        return (*tried[0], False)

    def _check_counts(self, head: PackageHead, layout: Layout) -> bool:
        complete = True
        for name in sorted(layout.sheets().keys() | head.rows.keys()):
            reader = self._sheets.get(name)
            found, declared = reader.count if reader else 0, head.rows.get(name, 0)
            if found != declared:
                complete = False
                text = _("Lembar “{name}”: menurut pengirim {declared} baris, terbaca {found}.")
                self._findings.note(text.format(name=name, declared=declared, found=found))
        return complete

    def _content(self, head: PackageHead, layout: Layout) -> PackageContent:
        def objects(name: str) -> list[Any]:
            reader = self._sheets.get(name)
            return reader.objects if reader else []

        rows = [row for sheet in layout.entities for row in objects(sheet.name)]
        sides = {part: tuple(objects(sheet.name)) for part, sheet in layout.sides.items()}
        later = later_tables(layout, head.schema)
        content = PackageContent(head, tuple(rows), **sides, later=tuple(later))
        for schema in range(head.writer, SCHEMA):
            if schema in UPGRADES:
                content = UPGRADES[schema](content)
        return content


def _pairs_of(rows: list[list[Cell]]) -> dict[str, str] | None:
    """The pairs in sheet ``_meta``; None when a cell there is not text."""
    pairs: dict[str, str] = {}
    for row in rows:
        texts = [cell for cell in row if isinstance(cell, str)]
        if len(texts) != len(row) or (row and row[0] in pairs):
            return None
        if texts:
            try:
                pairs[texts[0]] = text_of("".join(texts[1:])) or ""
            except Unreadable:
                return None
    return pairs


def _layout_of(heads: list[Mapping[str, str]]) -> Layout:
    """The sheets that the package declares. Raises ASN-1350 for one that this program must not read, ASN-1352 when
    there are none to be read."""
    for pairs in heads:
        try:
            schema, reads, said = schema_of(pairs), reads_of(pairs), layout_said(pairs)
            if pairs[FORMAT_KEY] != f"{FORMAT}/1" or reads > SCHEMA:
                raise _newer(schema)
            if not reads:
                continue
            found = layout_of(schema, {**frozen(reads), **said}) if said else released(reads)
        except Unreadable:
            continue
        if _means_something_else(found):
            raise _newer(schema)
        return found
    raise _head_unreadable("schema")


def _means_something_else(found: Layout) -> bool:
    """Whether a field that we know too is of another kind there."""
    sheets = CURRENT.sheets()
    for sheet in found.entities:
        ours = {column.key: column for column in sheets[sheet.name].columns} if sheet.name in sheets else {}
        for column in sheet.columns:
            mine = ours.get(column.key)
            if mine is not None and (mine.kind, mine.target) != (column.kind, column.target):
                return True
    return False


def _newer(schema: int) -> WorkbookError:
    return WorkbookError(
        _("Paket ini dibuat oleh program yang lebih baru (bentuk {theirs}; program ini mengenal {ours}).").format(
            theirs=schema, ours=SCHEMA
        ),
        _("Pasang versi program terbaru, lalu terima lagi paket yang sama."),
        code="ASN-1350",
    )


def _verdict(
    pairs: Mapping[str, str], digest: str, head: PackageHead, known_key: KnownKey | None, findings: Findings
) -> Seal:
    """What an intact package's signature says."""
    key, signature = pairs.get("key", ""), pairs.get("sig", "")
    known = known_key(head.office) if known_key is not None else None
    if key and not verified(key, digest, signature):
        findings.note(_("Tanda tangan paket tidak cocok dengan isinya."))
        return Seal.FORGED
    if known and not key:
        findings.note(_("Paket tidak bertanda tangan, padahal kunci kantor pengirim sudah dikenal di sini."))
        return Seal.FORGED
    if known and key != known:
        findings.note(_("Paket ditandatangani dengan kunci yang bukan kunci kantor pengirim."))
        return Seal.FORGED
    return Seal.SIGNED if known else Seal.INTACT


def _head_unreadable(details: str) -> WorkbookError:
    return WorkbookError(
        _("Keterangan di dalam paket ini rusak, jadi asal dan tujuannya tidak dapat dipastikan."),
        _("Minta kantor pengirim mengirim berkas aslinya lagi."),
        code="ASN-1352",
        details=details,
    )
