"""Rekap predikat kinerja of a unit and a quarter: counts, pattern of the organisation result, both as a chart.

The comparison is PermenPANRB 6/2022 Lampiran Bab IV.B.2 and SE MenPANRB 3/2023: guidance, never a quota.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from asn_desktop.appraisal.distribution import Distribution
from asn_desktop.appraisal.distribution_plot import Box, Plot, at_bars, curve_counts, whole_people
from asn_desktop.appraisal.predicate import Predicate
from asn_desktop.appraisal.service import AppraisalService
from asn_desktop.core.errors import InputError
from asn_desktop.core.i18n import N_, _
from asn_desktop.core.indonesian import format_date, format_number
from asn_desktop.core.periods import Period, parse_period
from asn_desktop.reference.queries import OfficeRow, UnitRow
from asn_desktop.reference.service import ReferenceService
from asn_desktop.reports.flow import Item
from asn_desktop.reports.fonts import Face, text_width
from asn_desktop.reports.form import Form, Query, Sources
from asn_desktop.reports.layout import MM, Block, Group, Painter, Paper, Row, row_block, space
from asn_desktop.reports.parts import DocumentInfo, Kit, bold
from asn_desktop.reports.text import LEADING, Run, plain, set_lines

_CHART_HEIGHT = 60 * MM
_WIDEST_BAR = 18 * MM
_GAP = 4 * MM
_BAR_GREY, _CURVE_GREY, _AXIS_GREY = 0.72, 0.25, 0.35


@dataclass(frozen=True, slots=True)
class Recap:
    """``unit``: whose people are counted, by name."""

    office: OfficeRow
    period: Period
    unit: str
    distribution: Distribution
    made_on: date


def find_recaps(sources: Sources, query: Query) -> Sequence[Recap]:
    """The recap of one unit and below, of the whole office without one."""
    unit = sources.reference.find_unit(query.unit) if query.unit else None
    return [recap_of(sources.appraisal, sources.reference, parse_period(query.period), unit)]


def recap_of(appraisal: AppraisalService, reference: ReferenceService, period: Period, unit: UnitRow | None) -> Recap:
    """Raises :class:`InputError` when the quarter has not been opened."""
    if appraisal.period(period.code) is None:
        raise InputError(
            _("{period} belum dibuka.").format(period=period.label),
            _("Buka triwulannya dahulu, lalu cetak lagi."),
            code="ASN-1108",
        )
    office = reference.office()
    found = appraisal.distribution(period.code, unit.id if unit else None)
    return Recap(office, period, unit.name if unit else office.name, found, appraisal.today)


def items(recap: Recap, kit: Kit) -> list[Item]:
    """Title, table, chart, and what the comparison says."""
    found = recap.distribution
    curve = curve_counts([(point.x, point.y) for point in found.curve], found.rated)
    result = found.organisation.result.label if found.organisation else _("belum diisi")
    said = [issue.message for issue in found.warnings] or list(found.met)
    if found.organisation and found.rated and not found.compared:
        said = [_("Pegawai yang dinilai masih sedikit: persentase tidak diperiksa.")]
    return [
        Item(kit.centred([bold(recap.office.agency.upper()), (Run(_(FORM.title).upper(), Face.BOLD, scale=1.25),)])),
        Item(kit.centred([(Run(recap.unit),), (Run(recap.period.label),)])),
        Item(space(_GAP)),
        Item(_table(kit, found, whole_people(at_bars(curve)))),
        Item(_free(kit, _("Capaian kinerja organisasi: {result}").format(result=result))),
        Item(space(_GAP), keep_next=True),
        Item(_chart(kit, found, curve), keep_next=bool(said)),
        *(Item(_free(kit, f"- {text}")) for text in said),
    ]


def _free(kit: Kit, text: str) -> Block:
    return row_block([kit.cell((0, kit.width), plain(text), border=False)])


def _table(kit: Kit, found: Distribution, expected: Sequence[int]) -> Group:
    """Best first, as people read it; the pattern in people where there is one."""
    columns = kit.columns(40, 20, 20, 20)
    headings = (_("PREDIKAT"), _("PEGAWAI"), _("PERSEN"), _("POLA DISTRIBUSI"))
    pattern = dict(zip(Predicate, expected, strict=True)) if expected else {}
    lines: list[tuple[str, int, int | None]] = [
        (predicate.label, found.counts.get(predicate, 0), pattern.get(predicate)) for predicate in reversed(Predicate)
    ]
    rows = [Row(tuple(kit.cell(column, (bold(text),), centre=True, shaded=True)
                      for column, text in zip(columns, headings, strict=True)))]  # fmt: skip
    for label, count, of_pattern in lines:
        share = f"{format_number(round(100 * count / found.rated))}%" if found.rated else ""
        words = (format_number(count), share, "" if of_pattern is None else format_number(of_pattern))
        numbers = (kit.cell(column, text, right=True) for column, text in zip(columns[1:], words, strict=True))
        rows.append(Row((kit.cell(columns[0], label), *numbers)))
    for label, count in ((_("Sudah dinilai"), found.rated), (_("Belum dinilai"), found.total - found.rated)):
        rest = (columns[2][0], kit.width - columns[2][0])
        number = kit.cell(columns[1], (bold(format_number(count)),), right=True)
        rows.append(Row((kit.cell(columns[0], (bold(label),)), number, kit.cell(rest, None))))
    return Group(tuple(rows), together=True, heads=1)


def _chart(kit: Kit, found: Distribution, curve: Sequence[tuple[float, float]]) -> Block:
    """The bars of the screen (``gui.widgets.distribution_chart``) in grey, drawn by the pen."""
    line = kit.size * LEADING
    counts = [found.counts.get(predicate, 0) for predicate in Predicate]
    plot = Plot(Box(0, 1.5 * line, kit.width, _CHART_HEIGHT), counts, curve, _WIDEST_BAR)
    height = plot.area.bottom + 3.6 * line

    def paint(pen: Painter, x: float, top: float) -> None:
        canvas = pen.canvas
        canvas.setFillGray(_BAR_GREY)
        for place in range(len(counts)):
            bar = plot.bar(place)
            canvas.rect(x + bar.left, top - bar.bottom, bar.width, bar.height, stroke=0, fill=1)
        canvas.setStrokeGray(_AXIS_GREY)
        canvas.setLineWidth(0.6)
        canvas.line(x, top - plot.area.bottom, x + kit.width, top - plot.area.bottom)
        points = [(x + right, top - down) for right, down in plot.line()]
        canvas.saveState()
        canvas.setStrokeGray(_CURVE_GREY)
        canvas.setLineWidth(1)
        canvas.setDash(3.5, 2.5)
        canvas.lines([(*start, *end) for start, end in pairwise(points)])
        canvas.restoreState()
        for place, predicate in enumerate(Predicate):
            middle, number = x + plot.slot(place).middle, format_number(counts[place])
            width = text_width(number, Face.BOLD, kit.size)
            left, foot = middle - width / 2, top - plot.bar(place).top + 2
            canvas.setFillGray(1)  # the dashed line stops before a number instead of crossing it
            canvas.rect(left - 2, foot - 1, width + 4, kit.size, stroke=0, fill=1)
            pen.text(left, foot, number, Face.BOLD, kit.size)
            words = set_lines(plain("\n".join(predicate.label.split())), kit.size, plot.slot(place).width)
            for down, text in enumerate(words):
                pen.lines([text], middle - text.width / 2, top - plot.area.bottom - 2 - down * text.height)
        if points:
            note = set_lines(plain(_("garis putus-putus: pola distribusi")), kit.size * 0.85, kit.width)
            pen.lines(note, x + kit.width - note[0].width, top - height + note[0].height)

    return Block(height, paint=paint)


def _info(recap: Recap, _blank: bool) -> DocumentInfo:
    made = _("dibuat {day}").format(day=format_date(recap.made_on))
    title = f"{_(FORM.title)} {recap.period.label}"
    return DocumentInfo(title, recap.unit, [title, recap.unit, made], recap.unit, recap.office.sample)


FORM = Form(
    "REKAP", N_("Rekap predikat kinerja"), Recap, False, 20, {Paper.F4: 10.0, Paper.A4: 9.5}, items, _info,
    find_recaps, frozenset({"period", "unit"}), frozenset({"period"}),
)  # fmt: skip
