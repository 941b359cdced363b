"""When help is proposed, of which kind, in which words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asn_desktop.core.issues import Severity
from asn_desktop.environment.resources import reference_table
from asn_desktop.remediation.rules import (
    KINDS,
    LOW_PREDICATES,
    add_months,
    check_plan,
    is_low,
    proposed_kind,
    suggested_steps,
    trigger_sentence,
)


def test_setiap_sel_matriks_diusulkan_bila_rendah_atau_ada_rating_di_bawah() -> None:
    for row in reference_table("predikat_matrix"):
        expected = row["predikat"] in LOW_PREDICATES or "DI_BAWAH" in (row["hasil"], row["perilaku"])
        assert is_low(row["predikat"], row["hasil"], row["perilaku"]) == expected


def test_rating_di_bawah_tanpa_predikat_pun_diusulkan() -> None:
    assert is_low(None, "DI_BAWAH", None)
    assert not is_low(None, None, None)
    assert not is_low("BAIK", "SESUAI", "SESUAI")


@pytest.mark.parametrize(
    "result, behaviour, kind",
    [
        ("DI_BAWAH", "SESUAI", "coaching"),
        ("SESUAI", "DI_BAWAH", "konseling"),
        ("DI_BAWAH", "DI_BAWAH", "konseling"),
        (None, None, "coaching"),
    ],
)
def test_hasil_di_bawah_bimbingan_perilaku_di_bawah_konseling(
    result: str | None, behaviour: str | None, kind: str
) -> None:
    assert proposed_kind(result, behaviour) == kind


def test_kalimat_pemicu_menyebut_kedua_rating() -> None:
    assert trigger_sentence("Triwulan III 2026", "BUTUH_PERBAIKAN", "DI_BAWAH", "SESUAI") == (
        "Triwulan III 2026, Butuh Perbaikan: hasil kerja di bawah ekspektasi, perilaku kerja sesuai ekspektasi."
    )
    assert "belum dinilai" in trigger_sentence("Triwulan I 2026", None, "DI_BAWAH", None)


@pytest.mark.parametrize(
    "day, months, expected",
    [
        (date(2026, 10, 6), 6, date(2027, 4, 6)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
    ],
)
def test_batas_waktu_enam_bulan(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@given(st.sampled_from(sorted(KINDS)), st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(1, 400))
def test_langkah_usulan_berurutan_di_dalam_masa_pembinaan(kind: str, starts: date, length: int) -> None:
    due = starts + timedelta(days=length)
    steps = suggested_steps(kind, starts, due)
    dues = [step.due for step in steps]
    assert dues[-1] == due
    assert all(starts <= day <= due for day in dues)
    assert check_plan(kind, starts, due, 1, None, [(step.action, step.due) for step in steps]) == []


def test_isian_rencana_yang_salah_ditolak() -> None:
    starts = date(2026, 10, 6)
    issues = check_plan("lain", starts, starts, 7, 7, [("", starts)])
    assert {issue.code for issue in issues} == {
        "plan_kind_unknown", "plan_dates", "plan_own_mentor", "step_empty",
    }  # fmt: skip
    late = check_plan("coaching", starts, date(2027, 4, 6), 7, None, [("Sesi", date(2027, 5, 1))])
    assert [(issue.code, issue.severity) for issue in late] == [("step_outside", Severity.WARNING)]
