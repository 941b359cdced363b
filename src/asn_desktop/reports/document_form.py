"""D.1.1 and D.1.2 Dokumen Evaluasi Kinerja Pegawai: one portrait page with two signatures.

PermenPANRB 6/2022 Lampiran, Format D.1.1 (p. 115) and D.1.2 (p. 116, signed by the assessor's superior).
"""

from __future__ import annotations

from collections.abc import Iterator

from asn_desktop.appraisal.sheet import EvaluationSheet, Person
from asn_desktop.reports.evaluation import agency_line, evaluation_form, period_line, signed
from asn_desktop.reports.flow import Item
from asn_desktop.reports.layout import MM, Block, Group, Paper, Row, Spanning, row_block, space, stack
from asn_desktop.reports.parts import Kit, beside, footnotes, rule
from asn_desktop.reports.result_form import identity_lines
from asn_desktop.reports.text import Paragraph, Run, plain
from asn_desktop.reports.wording import (
    NOTE_ONE,
    NOTE_PERIOD,
    ORGANISATION_RESULTS,
    PREDICATES,
    Choices,
    appraisal_span,
    chosen,
)

TITLE = "DOKUMEN EVALUASI KINERJA PEGAWAI"
_COLUMNS = (5, 40, 3, 52)

#: Room for the state emblem, printed or stamped by the office.
_EMBLEM_SPACE = 20 * MM
_NOTES_SPACE = 25 * MM


def items(sheet: EvaluationSheet, kit: Kit) -> list[Item]:
    """D.1.1, signed by the assessor."""
    return _items("D.1.1", sheet, kit)


def superior_items(sheet: EvaluationSheet, kit: Kit) -> list[Item]:
    """D.1.2, signed by the assessor's superior because the assessor did not (Lampiran IV.A.11)."""
    return _items("D.1.2", sheet, kit)


def _items(code: str, sheet: EvaluationSheet, kit: Kit) -> list[Item]:
    return [Item(_head(code, kit, sheet)), *_boxes(kit, sheet), *_end(code, kit, sheet)]


def _head(code: str, kit: Kit, sheet: EvaluationSheet) -> Block:
    emblem = kit.cell((0, kit.width), kit.hint("(LAMBANG GARUDA)"), centre=True, middle=True, border=False)
    lines: list[Paragraph] = [(Run(TITLE),)]
    if kit.blank:
        lines.insert(0, (Run(f"FORMAT {code}"),))
    top = stack(
        [
            Block(_EMBLEM_SPACE, (emblem.at(0, _EMBLEM_SPACE),)),
            kit.centred(lines),
            space(1 * MM),
            kit.centred([period_line(kit, sheet, "*", "**")]),
        ]
    )
    left, right = kit.columns(45, 55)
    span = ((Run("PERIODE PENILAIAN:"),), (Run(appraisal_span(sheet)),))
    line = row_block(
        [
            kit.cell(left, agency_line(kit, sheet), middle=True, border=False),
            kit.cell(right, span, border=False),
        ]
    )
    ruled = rule(1.4 * MM, kit.width)
    whole = stack([top, space(ruled.height), line, space(1 * MM)])
    return Block(
        whole.height,
        whole.cells,
        paint=lambda pen, x, y: ruled.paint(pen, x, y - top.height) if ruled.paint else None,
    )


def _boxes(kit: Kit, sheet: EvaluationSheet) -> Iterator[Item]:
    people: tuple[tuple[str, Person], ...] = (
        ("PEGAWAI YANG DINILAI", sheet.employee),
        ("PEJABAT PENILAI KINERJA", sheet.assessor),
        ("ATASAN PEJABAT PENILAI KINERJA", sheet.superior),
    )
    for number, (title, person) in enumerate(people, start=1):
        yield Item(_box(kit, number, title, [(label, plain(value)) for label, value in identity_lines(person)]))
    results = [
        ("CAPAIAN KINERJA ORGANISASI", _decided(ORGANISATION_RESULTS, sheet.organisation_result)),
        ("PREDIKAT KINERJA PEGAWAI", _decided(PREDICATES, sheet.predicate)),
    ]
    yield Item(_box(kit, 4, "EVALUASI KINERJA", results))
    yield Item(_notes_box(kit, sheet.notes))


def _decided(choices: Choices, code: str | None) -> tuple[Paragraph, ...]:
    """The chosen words; nothing while nothing is decided (the form leaves the line empty)."""
    return () if code is None else (chosen(choices, code),)


def _box(kit: Kit, number: int, title: str, lines: list[tuple[str, tuple[Paragraph, ...]]]) -> Group:
    _, label, colon, value = kit.columns(*_COLUMNS)
    rows = [Row((kit.cell((label[0], kit.width - label[0]), title, shaded=True),))]
    for words, content in lines:
        cells = (kit.cell(label, words), kit.cell(colon, ":", centre=True), kit.cell(value, content))
        rows.append(Row(cells, kit.hand_line))
    return Group(tuple(rows), (_number(kit, number),), together=True)


def _number(kit: Kit, number: int) -> Spanning:
    cell = kit.cell(kit.columns(*_COLUMNS)[0], f"{number}.", centre=True, shaded=True)
    return Spanning(cell, cell.lines, cell.lines)


def _notes_box(kit: Kit, notes: str | None) -> Group:
    """Box 5: free text, at least 25 mm high; goes on over the page if it is long."""
    label = kit.columns(*_COLUMNS)[1]
    rest = (label[0], kit.width - label[0])
    title = Row((kit.cell(rest, "CATATAN/REKOMENDASI", shaded=True),))
    return Group((title, Row((kit.cell(rest, notes),), _NOTES_SPACE)), (_number(kit, 5),), heads=1)


def _end(code: str, kit: Kit, sheet: EvaluationSheet) -> Iterator[Item]:
    left, _, right = kit.columns(48, 4, 48)
    if code == "D.1.2":
        signs = signed(kit, right, "6. Atasan Pejabat Penilai Kinerja", sheet, sheet.superior, "superior")
    else:
        signs = signed(kit, right, "6. Pejabat Penilai Kinerja", sheet, sheet.assessor, "assessor")
    employee = signed(kit, left, "7. Pegawai yang Dinilai", sheet, sheet.employee, "employee")
    yield Item(space(3 * MM), keep_next=True)
    yield Item(beside(employee, signs), keep_next=kit.blank)
    if kit.blank:  # the notes belong to marks that a filled document does not carry
        yield Item(space(3 * MM), keep_next=True)
        yield Item(footnotes(kit, ("*", NOTE_PERIOD), ("**", NOTE_ONE)))


_SIZES = {Paper.F4: 9.5, Paper.A4: 8.8}
FORM = evaluation_form("D.1.1", "Dokumen Evaluasi Kinerja Pegawai", items, _SIZES, landscape=False, side=20)
SUPERIOR_FORM = evaluation_form(
    "D.1.2",
    "Dokumen Evaluasi Kinerja Pegawai (atasan pejabat penilai kinerja)",
    superior_items,
    _SIZES,
    landscape=False,
    side=20,
)
