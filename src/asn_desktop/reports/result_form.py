"""C.1.3 Hasil Evaluasi Kinerja Pegawai, kuantitatif, for administrators and functional posts.

PermenPANRB 6/2022 Lampiran, Format C.1.3 (pp. 111-113; filled example pp. 202-214).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from asn_desktop.appraisal.sheet import (
    Behaviour,
    EvaluationSheet,
    Iki,
    Person,
    Rhk,
    RhkKind,
    standard_behaviours,
)
from asn_desktop.reports.curve import pattern_block
from asn_desktop.reports.evaluation import agency_line, evaluation_form, period_line, signed
from asn_desktop.reports.flow import Item
from asn_desktop.reports.fonts import Face
from asn_desktop.reports.layout import MM, Block, Cell, Group, Paper, Row, Spanning, row_block, space, stack
from asn_desktop.reports.parts import Kit, bold, footnotes, rule
from asn_desktop.reports.text import GREY, Paragraph, Run, plain
from asn_desktop.reports.wording import (
    NOTE_ONE,
    NOTE_PATTERN,
    NOTE_PERIOD,
    ORGANISATION_RESULTS,
    PREDICATES,
    RATINGS,
    appraisal_span,
    chosen,
    feedback_paragraphs,
)

TITLES = (
    "HASIL EVALUASI KINERJA PEGAWAI",
    "PENDEKATAN HASIL KERJA KUANTITATIF",
    "BAGI PEJABAT ADMINISTRASI DAN PEJABAT FUNGSIONAL",
)
HEADINGS = (
    "No.",
    "RENCANA HASIL KERJA PIMPINAN YANG DIINTERVENSI",
    "RENCANA HASIL KERJA",
    "ASPEK",
    "INDIKATOR KINERJA INDIVIDU",
    "TARGET",
    "REALISASI BERDASARKAN BUKTI DUKUNG",
    "UMPAN BALIK BERKELANJUTAN BERDASARKAN BUKTI DUKUNG",
)
_IDENTITY = (4, 19, 27, 4, 20, 26)
_RESULTS = (5, 14, 12, 8, 15, 11, 13, 22)
_BEHAVIOURS = (5, 48, 25, 22)

#: Height of a row that is filled in by hand.
_HAND_ROW = 16 * MM
#: The one empty row of a filled form without SKP; so high that it still stands below the curve of the first page.
_PEN_ROW = 11 * MM
_GAP = 1.6 * MM


def items(sheet: EvaluationSheet, kit: Kit) -> list[Item]:
    """The form of one employee in the order of the regulation."""
    start = [
        Item(_titles(kit, sheet)),
        Item(_identity(kit, sheet)),
        Item(space(_GAP)),
        Item(kit.band(bold("CAPAIAN KINERJA ORGANISASI*"), chosen(ORGANISATION_RESULTS, sheet.organisation_result))),
        Item(pattern_block(kit, sheet.organisation_result)),
        Item(space(_GAP), keep_next=True),
    ]
    return [*start, *_results(kit, sheet), *_behaviours(kit, sheet), *_end(kit, sheet)]


def _titles(kit: Kit, sheet: EvaluationSheet) -> Block:
    lines: list[Paragraph] = [(Run(title),) for title in TITLES]
    if kit.blank:
        lines.insert(0, (Run("FORMAT C.1.3"),))
    period = period_line(kit, sheet, "***", "*")
    left, right = kit.columns(50, 50)
    line = row_block(
        [
            kit.cell(left, agency_line(kit, sheet), border=False),
            kit.cell(right, f"PERIODE PENILAIAN: {appraisal_span(sheet)}", border=False),
        ]
    )
    heading = stack([kit.centred(lines), space(1.2 * MM), kit.centred([period])])
    ruled = rule(1.2 * MM, kit.width)
    below = stack([heading, space(ruled.height), line])
    return Block(
        below.height,
        below.cells,
        paint=lambda pen, x, y: ruled.paint(pen, x, y - heading.height) if ruled.paint else None,
    )


def _identity(kit: Kit, sheet: EvaluationSheet) -> Block:
    """Block H: who is appraised, by whom."""
    a, b, c, d, e, f = kit.columns(*_IDENTITY)
    heads = (
        kit.cell(a, "NO", centre=True, shaded=True),
        kit.cell((b[0], b[1] + c[1]), "PEGAWAI YANG DINILAI", centre=True, shaded=True),
        kit.cell(d, "NO", centre=True, shaded=True),
        kit.cell((e[0], e[1] + f[1]), "PEJABAT PENILAI KINERJA", centre=True, shaded=True),
    )
    rows = [row_block(heads)]
    pairs = zip(identity_lines(sheet.employee), identity_lines(sheet.assessor), strict=True)
    for number, ((label, left), (_, right)) in enumerate(pairs, start=1):
        rows.append(
            row_block(
                [
                    kit.cell(a, str(number), centre=True),
                    kit.cell(b, label),
                    kit.cell(c, left),
                    kit.cell(d, str(number), centre=True),
                    kit.cell(e, label),
                    kit.cell(f, right),
                ],
                least=kit.hand_line,
            )
        )
    return stack(rows)


def identity_lines(person: Person) -> tuple[tuple[str, str | None], ...]:
    """Label and value of the five lines that every form gives about a person."""
    return (
        ("NAMA", person.name),
        ("NIP", person.nip),
        ("PANGKAT/GOL RUANG", person.rank_line),
        ("JABATAN", person.position),
        ("UNIT KERJA", person.unit),
    )


@lru_cache(maxsize=16)
def _result_heading(kit: Kit) -> Block:
    columns = kit.columns(*_RESULTS)
    heads = [
        kit.cell(c, words, centre=True, middle=True, shaded=True) for c, words in zip(columns, HEADINGS, strict=True)
    ]
    numbers = [kit.cell(c, f"({n})", centre=True, shaded=True) for n, c in enumerate(columns, start=1)]
    return stack([kit.band((Run("HASIL KERJA"),)), row_block(heads), row_block(numbers)], shared=True)


def _results(kit: Kit, sheet: EvaluationSheet) -> Iterator[Item]:
    heading = _result_heading(kit)
    for kind, band in ((RhkKind.UTAMA, "A. UTAMA"), (RhkKind.TAMBAHAN, "B. TAMBAHAN")):
        yield Item(kit.band((Run(band),)), heading, keep_next=True)
        rhks = [rhk for rhk in sheet.rhks if rhk.kind is kind]
        for rhk in rhks:
            yield Item(_rhk_group(kit, rhk), heading)
        if not rhks:
            yield Item(_no_results(kit, kind), heading)
    yield Item(kit.band(bold("RATING HASIL KERJA*"), chosen(RATINGS, sheet.result_rating, "**")))


def _no_results(kit: Kit, kind: RhkKind) -> Block:
    """TAMBAHAN may be empty: a row of "-" (p. 205). UTAMA may not: an empty row is left for the pen."""
    columns = kit.columns(*_RESULTS)
    if kind is RhkKind.TAMBAHAN:
        return row_block([kit.cell(column, "-", centre=True) for column in columns])
    return row_block([kit.cell(column, None) for column in columns], least=_HAND_ROW if kit.blank else _PEN_ROW)


def _rhk_group(kit: Kit, rhk: Rhk) -> Group:
    number, superior, text, *rest = kit.columns(*_RESULTS)
    own = list(plain(rhk.text))
    if rhk.assigned_by:
        own.append((Run(f"(penugasan dari {rhk.assigned_by})", Face.ITALIC),))
    if rhk.takeover_note:
        own.append((Run(f"Catatan: {rhk.takeover_note}", Face.ITALIC),))
    spanning = (
        _spanning(kit.cell(number, str(rhk.number), centre=True), kit, None),
        _spanning(kit.cell(superior, rhk.superior_rhk), kit, plain(rhk.superior_rhk)),
        _spanning(kit.cell(text, own), kit, own),
    )
    rows = tuple(_iki_row(kit, rest, iki) for iki in rhk.ikis or (Iki(),))
    return Group(rows, spanning)


def _spanning(cell: Cell, kit: Kit, again: tuple[Paragraph, ...] | list[Paragraph] | None) -> Spanning:
    """After a page break the text is printed once more and says that it goes on."""
    if again is None:
        return Spanning(cell, cell.lines, cell.lines)
    if not again:
        return Spanning(cell)
    mark = Run(" (lanjutan)", Face.ITALIC)
    column = (cell.x, cell.width)
    repeated = kit.cell(column, [*again[:-1], (*again[-1], mark)])
    return Spanning(cell, repeated.lines, kit.cell(column, ((Run("(lanjutan)", Face.ITALIC),),)).lines)


def _iki_row(kit: Kit, columns: list[tuple[float, float]], iki: Iki) -> Row:
    aspect, text, target, realisation, feedback = columns
    hint: tuple[Paragraph, ...] = ()
    if kit.blank:
        hint = tuple((Run(word, grey=GREY),) for word in ("Kuantitas/", "Kualitas/", "Waktu/", "Biaya"))
    return Row(
        (
            kit.cell(aspect, iki.aspect or hint, centre=bool(iki.aspect)),
            kit.cell(text, iki.text),
            kit.cell(target, iki.target, centre=True),
            kit.cell(realisation, iki.realisation, centre=True),
            kit.cell(feedback, feedback_paragraphs(iki.feedback)),
        ),
        _HAND_ROW if kit.blank else 0,
    )


@lru_cache(maxsize=16)
def _behaviour_heading(kit: Kit) -> Block:
    a, b, c, d = kit.columns(*_BEHAVIOURS)
    return row_block(
        [
            kit.cell((0, a[1] + b[1] + c[1]), "PERILAKU KERJA", middle=True, shaded=True),
            kit.cell(d, HEADINGS[-1], centre=True, middle=True, shaded=True),
        ],
        shared=True,
    )


def _behaviours(kit: Kit, sheet: EvaluationSheet) -> Iterator[Item]:
    heading = _behaviour_heading(kit)
    for number, behaviour in enumerate(sheet.behaviours or standard_behaviours(), start=1):
        yield Item(_behaviour_group(kit, number, behaviour), heading)


def _behaviour_group(kit: Kit, number: int, behaviour: Behaviour) -> Group:
    first, guidance, expectation, feedback = kit.columns(*_BEHAVIOURS)
    title = kit.cell((guidance[0], kit.width - guidance[0]), behaviour.value)
    asked = (Run("Ekspektasi Khusus Pimpinan:"),)
    rows = (
        Row((title,)),
        Row(
            (
                kit.cell(guidance, [(Run(f"- {text}"),) for text in behaviour.guidance]),
                kit.cell(expectation, (asked, *plain(behaviour.expectation))),
                kit.cell(feedback, feedback_paragraphs(behaviour.feedback)),
            )
        ),
    )
    return Group(rows, (_spanning(kit.cell(first, str(number), centre=True), kit, None),), together=True)


def _end(kit: Kit, sheet: EvaluationSheet) -> Iterator[Item]:
    """The last bands, signature and notes: always on one page."""
    yield Item(
        kit.band(bold("RATING PERILAKU KERJA*"), chosen(RATINGS, sheet.behaviour_rating, "**")),
        keep_next=True,
    )
    yield Item(kit.band(bold("PREDIKAT KINERJA PEGAWAI*"), chosen(PREDICATES, sheet.predicate)), keep_next=True)
    yield Item(space(3 * MM), keep_next=True)
    right = kit.columns(60, 40)[1]
    if sheet.superior_evaluated:
        sign = signed(kit, right, "Atasan Pejabat Penilai Kinerja", sheet, sheet.superior, "superior")
    else:
        sign = signed(kit, right, "Pejabat Penilai Kinerja", sheet, sheet.assessor, "assessor")
    yield Item(sign, keep_next=True)
    yield Item(space(2 * MM), keep_next=True)
    yield Item(_notes(kit))


@lru_cache(maxsize=16)
def _notes(kit: Kit) -> Block:
    notes = [("*", NOTE_ONE), ("**", NOTE_PATTERN)]
    if kit.blank:  # only there the period carries its mark
        notes.append(("***", NOTE_PERIOD))
    below = footnotes(kit, *notes)
    return Block(below.height, below.cells, shared=True)


FORM = evaluation_form(
    "C.1.3", "Hasil Evaluasi Kinerja Pegawai", items, {Paper.F4: 8.5, Paper.A4: 8.0}, landscape=True, side=15
)
