"""The recap of a unit on paper: counts, pattern and chart; one geometry with the chart on the screen."""

from __future__ import annotations

import io
from datetime import date

import pypdfium2
import pytest

from asn_desktop.appraisal import rules, tables
from asn_desktop.appraisal.distribution import Distribution
from asn_desktop.appraisal.distribution_plot import Box, Plot, curve_counts
from asn_desktop.appraisal.predicate import OrganisationRating, Predicate
from asn_desktop.appraisal.queries import OrganisationRow
from asn_desktop.core.periods import Period
from asn_desktop.reference.queries import OfficeRow
from asn_desktop.reports.recap import FORM, Recap
from asn_desktop.reports.registry import Paper, render

COUNTS = {
    Predicate.SANGAT_BAIK: 26,
    Predicate.BAIK: 132,
    Predicate.BUTUH_PERBAIKAN: 14,
    Predicate.KURANG: 3,
    Predicate.SANGAT_KURANG: 1,
}


def recap(counts: dict[Predicate, int] = COUNTS, result: OrganisationRating | None = OrganisationRating.BAIK) -> Recap:
    row = OrganisationRow(1, result, None, date(2026, 10, 1)) if result else None
    curve = tables.guidance_curve(result) if result else ()
    limits = tables.distribution_rules()
    warnings = rules.check_distribution(counts, result, limits, percentages=True, minimum_people=10)
    found = Distribution(counts, sum(counts.values()) + 24, row, curve, tuple(warnings), compared=True)
    office = OfficeRow("11.12", "BKPSDM Contoh", "Pemerintah Kabupaten Contoh", "Contoh", "district", True)
    return Recap(office, Period(2026, 3), "Dinas Contoh", found, date(2026, 10, 5))


def text_of(document: Recap, paper: Paper = Paper.F4) -> str:
    out = io.BytesIO()
    assert render(FORM.code, [document], out, paper) == 1
    pdf = pypdfium2.PdfDocument(out.getvalue())
    text = " ".join(pdf[0].get_textpage().get_text_bounded().split())
    pdf.close()
    return str(text)


@pytest.mark.parametrize("paper", list(Paper))
def test_the_recap_counts_as_the_window_does(paper: Paper) -> None:
    text = text_of(recap(), paper)
    for words in ("REKAP PREDIKAT KINERJA", "Dinas Contoh", "Triwulan III 2026", "Capaian kinerja organisasi: Baik",
                  "Sangat Baik 26 15%", "Baik 132 75% 92", "Sudah dinilai 176", "Belum dinilai 24",
                  "garis putus-putus: pola distribusi", "CONTOH · data rekaan", "halaman 1 dari 1"):  # fmt: skip
        assert words in text
    for issue in recap().distribution.warnings:
        assert " ".join(issue.message.split()) in text


def test_without_an_organisation_result_or_people_nothing_is_compared() -> None:
    text = text_of(recap({}, None))
    assert "Capaian kinerja organisasi: belum diisi" in text
    assert "garis putus-putus" not in text
    assert "%" not in text


def test_bars_and_curve_stand_to_one_scale() -> None:
    """A bar as high as its point of the curve means: as many people as the pattern says."""
    curve = curve_counts([(0, 1), (1, 2), (2, 3), (3, 10), (4, 4)], 20)
    plot = Plot(Box(10, 5, 100, 50), [1, 2, 3, 10, 4], curve, 48)
    for place, (x, y) in enumerate(plot.line()):
        bar = plot.bar(place)
        assert (x, y) == pytest.approx((bar.middle, bar.top))
        assert plot.slot(place).middle == pytest.approx(bar.middle)
    assert plot.bar(3).top == 5
    assert plot.bar(3).bottom == 55


def test_one_person_among_thousands_is_still_seen() -> None:
    plot = Plot(Box(0, 0, 100, 50), [1, 0, 0, 5000, 0], [], 48)
    assert plot.bar(0).height == 2
    assert plot.bar(1).height == 0
