"""Days of the calendar: overlaps and holidays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asn_desktop.training.rules import date_span
from asn_desktop.training.schedule import (
    Span,
    clash_issues,
    holiday_issues,
    missing_year_issues,
    overlaps,
    weekend_issue,
)

MONDAY = date(2026, 8, 10)
spans = st.builds(
    lambda number, start, length: Span(
        number, f"Kegiatan {number}", MONDAY + timedelta(days=start), MONDAY + timedelta(days=start + length)
    ),
    st.integers(1, 10_000),
    st.integers(-10, 20),
    st.integers(0, 12),
)


@pytest.mark.parametrize(
    "starts, ends, text",
    [
        (date(2026, 8, 12), date(2026, 8, 12), "12 Agustus 2026"),
        (date(2026, 8, 12), date(2026, 8, 14), "12–14 Agustus 2026"),
        (date(2026, 7, 30), date(2026, 8, 2), "30 Juli – 2 Agustus 2026"),
        (date(2026, 12, 30), date(2027, 1, 2), "30 Desember 2026 – 2 Januari 2027"),
    ],
)
def test_rentang_tanggal(starts: date, ends: date, text: str) -> None:
    assert date_span(starts, ends) == text


@given(spans, spans)
def test_tumpang_tindih_bila_ada_hari_yang_sama(a: Span, b: Span) -> None:
    days = {a.starts + timedelta(days=n) for n in range((a.ends - a.starts).days + 1)}
    shared = any(b.starts <= day <= b.ends for day in days)
    assert overlaps(a, b) == overlaps(b, a) == shared


def test_kegiatan_sendiri_bukan_bentrok() -> None:
    event = Span(1, "Bimtek", MONDAY, MONDAY)
    assert clash_issues(event, [event], "Rahmat") == []
    found = clash_issues(event, [Span(2, "Workshop", MONDAY, MONDAY)], "Rahmat")
    assert [issue.code for issue in found] == ["participant_clash"]
    assert "Workshop" in found[0].message


def test_libur_di_dalam_rentang_disebut_namanya() -> None:
    found = holiday_issues(date(2026, 8, 14), date(2026, 8, 18), {date(2026, 8, 17): "Proklamasi Kemerdekaan"})
    assert [issue.message for issue in found] == ["17 Agustus 2026 libur: Proklamasi Kemerdekaan."]


def test_tahun_tanpa_data_libur_dikatakan() -> None:
    found = missing_year_issues(date(2027, 12, 30), date(2028, 1, 2), {2026, 2027})
    assert [issue.message for issue in found] == ["Belum ada data libur tahun 2028."]


def test_akhir_pekan_hanya_bila_seluruhnya() -> None:
    saturday = MONDAY + timedelta(days=5)
    assert weekend_issue(saturday, saturday + timedelta(days=1)) is not None
    assert weekend_issue(saturday - timedelta(days=1), saturday) is None
