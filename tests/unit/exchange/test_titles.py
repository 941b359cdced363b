"""Which period the lines above a table, or the headings of a column, speak of."""

from __future__ import annotations

import pytest

from asn_desktop.exchange.heading_words import take_apart
from asn_desktop.exchange.titles import context_of


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("PERIODE 1 JULI S.D. 30 SEPTEMBER 2026", "TW3"),
        ("Periode: 01-07-2026 s/d 30-09-2026", "TW3"),
        ("01/10/2026 - 31/12/2026", "TW4"),
        ("BULAN APRIL SAMPAI DENGAN JUNI TAHUN 2026", "TW2"),
        ("Januari – Maret 2026", "TW1"),
        ("PERIODE JANUARI - DESEMBER 2026", "TAHUNAN"),
        ("TRIWULAN KETIGA TAHUN 2026", "TW3"),
        ("REKAP TW IV TAHUN 2026", "TW4"),
    ],
)
def test_a_title_names_its_period_in_words_and_in_months(title: str, period: str) -> None:
    context = context_of("Sheet1", [[title]])
    assert (context.get("period"), context.get("year")) == (period, "2026")


@pytest.mark.parametrize(
    "title",
    [
        "BULAN AGUSTUS 2026",
        "Januari - Februari 2026",
        "Agustus s.d. Oktober 2026",
        "1 Oktober 2025 s.d. 31 Desember 2026",
        "Rekaan, 1 Juli 2026",
    ],
)
def test_other_months_are_no_period(title: str) -> None:
    assert "period" not in context_of("Sheet1", [[title]])


@pytest.mark.parametrize(("heading", "period"), [("TRIWULAN KEDUA", "TW2"), ("JULI - SEPTEMBER", "TW3")])
def test_headings_name_periods_as_titles_do(heading: str, period: str) -> None:
    assert take_apart(heading).period == period
