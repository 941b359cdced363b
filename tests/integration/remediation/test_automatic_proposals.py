"""A low rating proposes its plan in the same operation, and both are undone together."""

from __future__ import annotations

import pytest

from asn_desktop.core.errors import InputError
from asn_desktop.core.periods import Period
from asn_desktop.remediation.commands import ConfirmPlan, DeclinePlan
from asn_desktop.services import Services
from tests.integration.staff import add_people, rate

TW2, TW3 = Period(2026, 2), Period(2026, 3)


def states(office: Services) -> dict[int, str]:
    return {row.employee_id: row.state for row in office.remediation.plans()}


def test_nilai_rendah_langsung_diusulkan_dan_diurungkan_bersama(office: Services) -> None:
    low, good = add_people(office, "Rahmat", "Siti")
    rate(office, TW3, good, "SESUAI", "SESUAI")
    rate(office, TW3, low, "DI_BAWAH", "SESUAI")
    assert states(office) == {low: "proposed"}
    office.safety.undo()
    assert states(office) == {}


def test_nilai_yang_dibetulkan_menarik_usulannya_saja(office: Services) -> None:
    first, second = add_people(office, "Rahmat", "Siti")
    rate(office, TW2, first, "DI_BAWAH", "SESUAI")
    rate(office, TW3, first, "DI_BAWAH", "SESUAI")
    rate(office, TW3, second, "DI_BAWAH", "SESUAI")
    rate(office, TW3, first, "SESUAI", "SESUAI")
    assert {(row.employee_id, row.trigger_period) for row in office.remediation.plans()} == {
        (first, "2026-TW2"),
        (second, "2026-TW3"),
    }
    office.safety.undo()
    assert len(office.remediation.plans()) == 3


def test_rencana_yang_sudah_ditetapkan_tidak_ditarik(office: Services) -> None:
    (person,) = add_people(office, "Rahmat")
    rate(office, TW3, person, "DI_BAWAH", "SESUAI")
    (plan,) = office.remediation.plans()
    office.remediation.confirm(ConfirmPlan(plan.id, "coaching", TW3.ends))
    rate(office, TW3, person, "SESUAI", "SESUAI")
    assert states(office) == {person: "active"}


def test_operasi_lain_tidak_menyentuh_usulan(office: Services) -> None:
    (person,) = add_people(office, "Rahmat")
    rate(office, TW3, person, "DI_BAWAH", "SESUAI")
    before = office.remediation.plans()
    office.reference.fill_holidays(2029)
    assert office.remediation.plans() == before


def test_usulan_yang_ditolak_tidak_dibuka_lagi_bila_nilainya_sudah_baik(office: Services) -> None:
    (person,) = add_people(office, "Rahmat")
    rate(office, TW3, person, "DI_BAWAH", "SESUAI")
    (plan,) = office.remediation.plans()
    office.remediation.decline(DeclinePlan(plan.id, "Cuti sakit"))
    rate(office, TW3, person, "SESUAI", "SESUAI")
    with pytest.raises(InputError, match="tidak rendah lagi"):
        office.remediation.reopen(plan.id)


def test_mengurungkan_penolakan_lama_tidak_menghidupkan_usulan_usang(office: Services) -> None:
    (person,) = add_people(office, "Rahmat")
    rate(office, TW3, person, "DI_BAWAH", "SESUAI")
    (plan,) = office.remediation.plans()
    declined = office.remediation.decline(DeclinePlan(plan.id, "Cuti sakit"))
    rate(office, TW3, person, "SESUAI", "SESUAI")
    office.safety.undo_operation(declined.operation_id)
    assert states(office) == {}
