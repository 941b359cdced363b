"""Opening a quarter: everybody in service, the right unit and assessor as of the last day of the period."""

from __future__ import annotations

from datetime import date

import pytest

from asn_desktop.appraisal.predicate import OrganisationRating
from asn_desktop.appraisal.queries import EvaluationSpec
from asn_desktop.core.errors import NotAllowed
from asn_desktop.core.periods import Period
from asn_desktop.personnel.model import Employee, FormerPlacement
from asn_desktop.storage import undo
from tests.integration.appraisal.people import SmallOffice, add_employees, add_unit

TW3 = Period(2026, 3)


def evaluations(kantor: SmallOffice, code: str = TW3.code) -> dict[int, int]:
    """Employee → evaluation."""
    rows = kantor.appraisal.list_evaluations(code)
    return {row.employee_id: row.id for row in rows}


def test_everybody_gets_an_evaluation_with_assessor_and_unit(kantor: SmallOffice) -> None:
    preview = kantor.appraisal.preview_opening(TW3)
    assert kantor.appraisal.periods() == []
    done, changes = kantor.appraisal.open_period(TW3)
    assert preview == done
    assert (done.created, done.existing, done.excluded, done.without_assessor) == (6, 0, (), 0)
    assert changes.touches("evaluation", "appraisal_period")
    [period] = kantor.appraisal.periods()
    assert (period.window_opens, period.window_closes) == (date(2026, 9, 20), date(2026, 10, 15))
    found = evaluations(kantor)
    staff = kantor.appraisal.evaluation_detail(found[kantor.staff[0]])
    assert (staff.assessor_id, staff.organisation_unit) == (kantor.doctor, "Puskesmas Contoh")
    doctor = kantor.appraisal.evaluation_detail(found[kantor.doctor])
    assert (doctor.assessor_id, doctor.organisation_unit) == (kantor.head, "Dinas Kesehatan Contoh")
    head = kantor.appraisal.evaluation_detail(found[kantor.head])
    assert (head.assessor_id, head.row.assessor) == (None, "H. Contoh Bupati")
    assert head.organisation_unit == "Pemerintah Kabupaten Contoh"


def test_opening_again_adds_only_newcomers(kantor: SmallOffice) -> None:
    kantor.appraisal.open_period(TW3)
    again, changes = kantor.appraisal.open_period(TW3)
    assert (again.created, again.existing, changes.count) == (0, 6, 0)
    add_employees(kantor.services, [{"name": "Baru Contoh", "nip": "199912312025041001", "unit_id": kantor.dinas}])
    newcomers, _changes = kantor.appraisal.open_period(TW3)
    assert (newcomers.created, newcomers.existing) == (1, 6)


def test_a_transfer_after_the_quarter_leaves_the_old_assessor(kantor: SmallOffice) -> None:
    """Moved on 1 October: the third quarter was still worked in the puskesmas (L IV.A.13a)."""
    other = add_unit(kantor.services, "02", "Dinas Pendidikan Contoh", "OPD", kantor.root)
    moved, moved_earlier = kantor.staff[:2]
    with kantor.services.database.write("employee.move", "Pindah") as uow:
        for person, day in ((moved, date(2026, 10, 1)), (moved_earlier, date(2026, 9, 30))):
            place = {"unit_id": kantor.puskesmas, "position": "Perawat Lama", "until": day}
            uow.insert(FormerPlacement, {"employee_id": person, **place})
            uow.update(Employee, person, {"unit_id": other, "position": "Analis"})
    kantor.appraisal.open_period(TW3)
    found = evaluations(kantor)
    old = kantor.appraisal.evaluation_detail(found[moved])
    assert (old.row.unit, old.row.position, old.assessor_id) == ("Puskesmas Contoh", "Perawat Lama", kantor.doctor)
    new = kantor.appraisal.evaluation_detail(found[moved_earlier])
    assert (new.row.unit, new.row.position) == ("Dinas Pendidikan Contoh", "Analis")
    assert new.row.assessor == "H. Contoh Bupati"


def test_people_without_skp_are_left_out_and_counted_by_reason(kantor: SmallOffice) -> None:
    base = {"unit_id": kantor.dinas}
    rows = [
        {"name": "Cuti Contoh", "nip": "198001012005011001", "legal_status": "CLTN"},
        {"name": "Cuti Dua Contoh", "nip": "198001012005011002", "legal_status": "Perpanjangan CLTN"},
        {"name": "Mpp Contoh", "nip": "196801011990011001", "legal_status": "Masa Persiapan Pensiun"},
        {"name": "Pensiun Contoh", "nip": "196601011990011001", "active": False, "inactive_since": date(2026, 9, 1)},
        {"name": "Pensiun Kelak Contoh", "nip": "196610011990011001", "active": False,
         "inactive_since": date(2026, 10, 1)},
        {"name": "Cpns Oktober Contoh", "nip": "200001012026101001", "cpns_tmt": date(2026, 10, 1)},
    ]  # fmt: skip
    add_employees(kantor.services, [base | row for row in rows])
    done, _changes = kantor.appraisal.open_period(TW3)
    assert done.excluded == (("Cuti di luar tanggungan negara", 2), ("Masa persiapan pensiun", 1))
    assert done.created == 7
    names = {row.name for row in kantor.appraisal.list_evaluations(TW3.code)}
    assert "Pensiun Kelak Contoh" in names
    assert not names & {"Pensiun Contoh", "Cpns Oktober Contoh", "Cuti Contoh"}


def test_heads_named_after_opening_reach_open_evaluations(kantor: SmallOffice) -> None:
    kantor.services.reference.set_unit_head(kantor.puskesmas, None)
    kantor.appraisal.open_period(TW3)
    number = evaluations(kantor)[kantor.staff[0]]
    assert kantor.appraisal.evaluation_detail(number).assessor_id == kantor.head
    kantor.services.reference.set_unit_head(kantor.puskesmas, kantor.doctor)
    kantor.appraisal.refresh_assignments(TW3.code)
    assert kantor.appraisal.evaluation_detail(number).assessor_id == kantor.doctor


def test_opening_can_be_undone_whole(kantor: SmallOffice) -> None:
    _done, changes = kantor.appraisal.open_period(TW3)
    undo.undo(kantor.services.database, changes.operation_id)
    assert kantor.appraisal.periods() == []
    assert kantor.appraisal.evaluation_ids(EvaluationSpec(TW3.code)) == []


def test_the_year_is_a_period_of_its_own(kantor: SmallOffice) -> None:
    kantor.appraisal.open_period(TW3)
    kantor.appraisal.open_period(Period(2026, 0))
    assert [row.code for row in kantor.appraisal.periods()] == ["2026-TAHUNAN", "2026-TW3"]
    assert evaluations(kantor).keys() == evaluations(kantor, "2026-TAHUNAN").keys()


def test_a_closed_period_takes_no_newcomers(kantor: SmallOffice) -> None:
    kantor.appraisal.open_period(TW3)
    kantor.appraisal.close_period(TW3.code)
    with pytest.raises(NotAllowed):
        kantor.appraisal.open_period(TW3)


def test_organisation_results_reach_units_below_but_an_opd_never_takes_that_of_the_pemda(kantor: SmallOffice) -> None:
    kantor.appraisal.open_period(TW3)
    kantor.appraisal.set_organisation_result(kantor.root, TW3.code, OrganisationRating.ISTIMEWA, "LKPD")
    results = kantor.appraisal.organisation_results(TW3.code)
    assert set(results) == {kantor.root}
    kantor.appraisal.set_organisation_result(kantor.dinas, TW3.code, OrganisationRating.BAIK, "Rencana aksi PK")
    results = kantor.appraisal.organisation_results(TW3.code)
    assert results[kantor.puskesmas].result is OrganisationRating.BAIK
    assert results[kantor.puskesmas].inherited_from == "Dinas Kesehatan Contoh"
    kantor.appraisal.set_organisation_result(kantor.puskesmas, TW3.code, OrganisationRating.KURANG)
    assert kantor.appraisal.organisation_results(TW3.code)[kantor.puskesmas].inherited_from is None
    kantor.appraisal.set_organisation_result(kantor.puskesmas, TW3.code, None)
    assert kantor.appraisal.organisation_results(TW3.code)[kantor.puskesmas].result is OrganisationRating.BAIK
