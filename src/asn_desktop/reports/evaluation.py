"""What the forms of one evaluation (C.1.x, D.1.x) share: where the sheets come from, margins, signatures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from asn_desktop.appraisal.sheet import EvaluationSheet, Person, blank_sheet
from asn_desktop.core.errors import InputError
from asn_desktop.core.i18n import _
from asn_desktop.core.periods import parse_period
from asn_desktop.reports.flow import Item
from asn_desktop.reports.fonts import Face
from asn_desktop.reports.form import Form, Query, Sources
from asn_desktop.reports.layout import Block, Paper
from asn_desktop.reports.parts import DocumentInfo, Kit, bold, dotted, signature
from asn_desktop.reports.text import GREY, Paragraph, Run
from asn_desktop.reports.wording import PERIOD_CHOICES, place_and_day


def evaluation_form(
    code: str,
    title: str,
    items: Callable[[EvaluationSheet, Kit], list[Item]],
    sizes: Mapping[Paper, float],
    *,
    landscape: bool,
    side: float,
) -> Form[EvaluationSheet]:
    """A form of evaluations: one person's or a unit's of a period, or empty."""

    def info(sheet: EvaluationSheet, blank: bool) -> DocumentInfo:
        who = sheet.employee
        if blank and not who.name:
            foot = [_("Format {code} PermenPANRB 6/2022").format(code=code), sheet.period_title]
        else:
            foot = [code, who.name, f"NIP {who.nip}" if who.nip else None, sheet.period_title]
        name = who.name or _("Formulir kosong")
        return DocumentInfo(f"{code} {title}", name, foot, sheet.period_title or "", sheet.sample)

    asks = frozenset({"period", "nip", "unit", "blank"})
    return Form(
        code, title, EvaluationSheet, landscape, side, sizes, items, info, find_sheets, asks, frozenset({"period"}),
        blank_sheet,
    )  # fmt: skip


def find_sheets(sources: Sources, query: Query) -> Sequence[EvaluationSheet]:
    """The sheets of one person or a unit (of everybody without either); raises :class:`InputError` for nobody."""
    period = parse_period(query.period)
    if query.blank:
        return [sources.appraisal.blank_sheet(period)]
    unit = sources.reference.find_unit(query.unit).id if query.unit else None
    rows = sources.appraisal.list_evaluations(period.code, unit)
    if query.nip:
        digits = "".join(char for char in query.nip if char.isdigit())
        rows = [row for row in rows if row.nip == digits]
    if not rows:
        raise InputError(
            _("Tidak ada evaluasi untuk dicetak pada {period}.").format(period=period.label),
            _("Buka triwulannya dahulu, dan periksa NIP atau kode unit."),
            code="ASN-1108",
        )
    return sources.appraisal.evaluation_sheets([row.id for row in rows])


def period_line(kit: Kit, sheet: EvaluationSheet, period_mark: str, choice_mark: str) -> Paragraph:
    """PERIODE: TRIWULAN III; a blank form keeps the marks of the footnotes and, if need be, all choices."""
    if not kit.blank:
        return (Run(f"PERIODE: {sheet.period_title or '…………………'}"),)
    if sheet.period_title:
        return (Run(f"PERIODE{period_mark}: {sheet.period_title}"),)
    return (Run(f"PERIODE{period_mark}: "), Run(f"{PERIOD_CHOICES}{choice_mark}", grey=GREY))


def agency_line(kit: Kit, sheet: EvaluationSheet) -> str:
    if sheet.agency:
        return sheet.agency.upper()
    return "(NAMA INSTANSI)" if kit.blank else ""


def signed(kit: Kit, column: tuple[float, float], title: str, sheet: EvaluationSheet, who: Person, when: str) -> Block:
    """The signature of one of the three people of a sheet; the NIP is left out for elected officials."""
    if kit.blank:
        above = (Run("(tempat), (tanggal, bulan, tahun)", Face.REGULAR, GREY),)
    else:
        dates = {
            "assessor": sheet.signed_on,
            "employee": sheet.employee_signed_on,
            "superior": sheet.superior_signed_on,
        }
        day = dates[when]
        words = place_and_day(sheet.place, day) if day else dotted(kit, column, f"{sheet.place or '…' * 8}, ", 16)
        above = (Run(words),)
    name = bold(who.name or "")
    nip: tuple[Paragraph, ...] = ((Run(f"NIP {who.nip}"),),) if who.nip else ()
    if not who.name:
        name = (Run("(Nama)", Face.REGULAR, GREY),) if kit.blank else (Run(dotted(kit, column)),)
        by_hand = (Run("(NIP)", Face.REGULAR, GREY),) if kit.blank else (Run(dotted(kit, column, "NIP ", 18)),)
        nip = nip or (by_hand,)
    return signature(kit, column, (above, (Run(title),)), (name,), nip, underlined=bool(who.name))
