"""What an event must have, what only deserves a look, and which states follow which."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from asn_desktop.core.issues import Severity
from asn_desktop.training.forms import forms_by_code, training_forms
from asn_desktop.training.rules import (
    TRANSITIONS,
    EventFacts,
    EventState,
    check_event,
    may_change,
    rupiah,
    rupiah_short,
)

GOOD = EventFacts(
    "Bimtek SKP", "KL10", "teknis", date(2026, 8, 12), date(2026, 8, 13), 16, 30, 12_000_000, 0, "apbd_opd"
)


def test_kegiatan_lengkap_diterima() -> None:
    assert check_event(GOOD, forms_by_code()) == []


@pytest.mark.parametrize(
    "change, field",
    [
        ({"name": "  "}, "name"),
        ({"form": "KL99"}, "form"),
        ({"competence": ""}, "competence"),
        ({"starts": None}, "starts"),
        ({"ends": date(2026, 8, 11)}, "ends"),
        ({"jp": None}, "jp"),
        ({"jp": -1}, "jp"),
        ({"quota": 0}, "quota"),
        ({"budget": -5}, "budget"),
        ({"funding": "lain"}, "funding"),
    ],
)
def test_isian_yang_kurang_menolak(change: dict[str, Any], field: str) -> None:
    issues = check_event(replace(GOOD, **change), forms_by_code())
    assert [(issue.field, issue.severity) for issue in issues] == [(field, Severity.ERROR)]


@pytest.mark.parametrize(
    "change, code",
    [
        ({"spent": 13_000_000}, "event_overspent"),
        ({"funding": None}, "event_unfunded"),
        ({"funding": "tanpa_biaya"}, "event_free_with_budget"),
        ({"jp": 40}, "event_jp_high"),
    ],
)
def test_yang_janggal_hanya_diperingatkan(change: dict[str, Any], code: str) -> None:
    issues = check_event(replace(GOOD, **change), forms_by_code())
    assert [(issue.code, issue.severity) for issue in issues] == [(code, Severity.WARNING)]


def test_setiap_keadaan_punya_jalan_keluar() -> None:
    assert set(TRANSITIONS) == set(EventState)
    assert may_change("planned", "open")
    assert not may_change("done", "cancelled")
    assert not may_change("cancelled", "done")


def test_semua_bentuk_peraturan_lan_tersedia() -> None:
    forms = training_forms()
    assert len(forms) == 25
    assert {form.channel for form in forms} == {"klasikal", "nonklasikal"}
    assert forms_by_code()["NKL02"].default_jp == 2
    assert forms_by_code()["KL10"].by_certificate


def test_rupiah() -> None:
    assert rupiah(1_250_000) == "Rp1.250.000"
    assert rupiah(None) == "–"


@pytest.mark.parametrize(
    "amount, text",
    [
        (None, "–"),
        (0, "Rp0"),
        (999_999, "Rp999.999"),
        (18_500_000, "Rp18,5 jt"),
        (42_000_000, "Rp42 jt"),
        (100_000_000, "Rp100 jt"),
        (1_250_000_000, "Rp1,25 M"),
    ],
)
def test_rupiah_ringkas(amount: int | None, text: str) -> None:
    assert rupiah_short(amount) == text
