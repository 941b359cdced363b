"""From a low evaluation to a plan, its steps and its outcome, on a real encrypted office."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from asn_desktop.core.errors import ConflictError, InputError
from asn_desktop.core.periods import Period
from asn_desktop.remediation.commands import ChangePlan, ClosePlan, ConfirmPlan, DeclinePlan, FinishStep, StepDraft
from asn_desktop.remediation.queries import PlanDetail, PlanGroup, PlanRow
from asn_desktop.services import Services
from asn_desktop.storage.undo import undo
from asn_desktop.training.commands import SaveEvent
from tests.integration.staff import add_people, rate

TW2, TW3 = Period(2026, 2), Period(2026, 3)
TODAY = date(2026, 10, 6)


def only_plan(office: Services) -> PlanRow:
    (plan,) = office.remediation.plans()
    return plan


def detail(office: Services, plan_id: int) -> PlanDetail:
    found = office.remediation.plan_detail(plan_id)
    assert found is not None
    return found


@pytest.fixture
def proposal(office: Services) -> PlanRow:
    """One proposal for Rahmat, low in TW III."""
    (rahmat,) = add_people(office, "Rahmat")
    rate(office, TW3, rahmat, "DI_BAWAH", "SESUAI")
    office.remediation.propose(TW3)
    return only_plan(office)


def only_on_request(office: Services) -> None:
    """Without the proposals that ratings bring by themselves (tested with the import), to see what is proposed."""
    office.database.before_commit.clear()


def test_setiap_evaluasi_rendah_diusulkan_sekali(office: Services) -> None:
    only_on_request(office)
    low, rude, both, good, half = add_people(office, "Rahmat", "Hendra", "Zul", "Siti", "Yusuf")
    rate(office, TW3, low, "DI_BAWAH", "SESUAI")
    rate(office, TW3, rude, "SESUAI", "DI_BAWAH")
    rate(office, TW3, both, "DI_BAWAH", "DI_BAWAH")
    rate(office, TW3, good, "SESUAI", "SESUAI")
    rate(office, TW3, half, "DI_BAWAH", None)
    assert office.remediation.count_missing() == 4
    done = office.remediation.propose(TW3)
    assert (done.created, done.withdrawn) == (4, 0)
    plans = {row.employee_id: row for row in office.remediation.plans()}
    assert {number: (row.kind, row.predicate, row.state) for number, row in plans.items()} == {
        low: ("coaching", "BUTUH_PERBAIKAN", "proposed"),
        rude: ("konseling", "KURANG", "proposed"),
        both: ("konseling", "SANGAT_KURANG", "proposed"),
        half: ("coaching", None, "proposed"),
    }
    assert plans[low].trigger.startswith("Triwulan III 2026, Butuh Perbaikan: hasil kerja di bawah")
    assert plans[low].trigger_period == "2026-TW3"
    assert office.remediation.count_missing() == 0
    again = office.remediation.propose(TW3)
    assert (again.created, again.withdrawn, again.change_set.count) == (0, 0, 0)


def test_usulan_hanya_untuk_periode_yang_diminta(office: Services) -> None:
    only_on_request(office)
    (person,) = add_people(office, "Rahmat")
    rate(office, TW2, person, "DI_BAWAH", "SESUAI")
    rate(office, TW3, person, "DI_BAWAH", "SESUAI")
    assert office.remediation.propose(TW3).created == 1
    assert only_plan(office).trigger_period == "2026-TW3"
    assert office.remediation.propose().created == 1


def test_usulan_ditarik_bila_nilai_dibetulkan_tetapi_keputusan_orang_tetap(office: Services) -> None:
    only_on_request(office)
    corrected, confirmed, declined = add_people(office, "Rahmat", "Siti", "Yusuf")
    for person in (corrected, confirmed, declined):
        rate(office, TW3, person, "DI_BAWAH", "SESUAI")
    office.remediation.propose(TW3)
    plans = {row.employee_id: row.id for row in office.remediation.plans()}
    office.remediation.confirm(ConfirmPlan(plans[confirmed], "coaching", TODAY))
    office.remediation.decline(DeclinePlan(plans[declined], "Cuti sakit"))
    for person in (corrected, confirmed, declined):
        rate(office, TW3, person, "SESUAI", "SESUAI")
    done = office.remediation.propose(TW3)
    assert (done.created, done.withdrawn) == (0, 1)
    assert {row.employee_id: row.state for row in office.remediation.plans()} == {
        confirmed: "active", declined: "declined",
    }  # fmt: skip


def test_usulan_mengikuti_nilai_yang_berubah(office: Services, proposal: PlanRow) -> None:
    rate(office, TW3, proposal.employee_id, "SESUAI", "DI_BAWAH")
    office.remediation.propose(TW3)
    now = only_plan(office)
    assert (now.id, now.kind) == (proposal.id, "konseling")
    assert "Kurang" in now.trigger


def test_usul_diurungkan_seluruhnya(office: Services) -> None:
    only_on_request(office)
    for person in add_people(office, "Rahmat", "Siti", "Yusuf"):
        rate(office, TW3, person, "DI_BAWAH", "SESUAI")
    done = office.remediation.propose(TW3)
    assert len(office.remediation.plans()) == 3
    undo(office.database, done.change_set.operation_id)
    assert office.remediation.plans() == []


def test_penetapan_memberi_langkah_dan_batas_enam_bulan(office: Services, proposal: PlanRow) -> None:
    done = office.remediation.confirm(ConfirmPlan(proposal.id, "mentoring", TODAY, root_cause="kompetensi"))
    plan = detail(office, proposal.id)
    assert (plan.row.state, plan.row.group, plan.row.due) == ("active", PlanGroup.RUNNING, date(2027, 4, 6))
    assert len(plan.steps) == plan.row.steps == 4
    assert plan.row.next_due == plan.steps[0].due
    undo(office.database, done.change_set.operation_id)
    assert detail(office, proposal.id).row.state == "proposed"
    assert detail(office, proposal.id).steps == ()


def test_penetapan_dua_kali_ditolak(office: Services, proposal: PlanRow) -> None:
    command = ConfirmPlan(proposal.id, "coaching", TODAY, expected_version=proposal.version)
    office.remediation.confirm(command)
    with pytest.raises(InputError):
        office.remediation.confirm(command)


def test_versi_lama_ditolak(office: Services, proposal: PlanRow) -> None:
    with pytest.raises(ConflictError):
        office.remediation.confirm(ConfirmPlan(proposal.id, "coaching", TODAY, expected_version=proposal.version + 1))
    assert only_plan(office).state == "proposed"


def test_pelatihan_terhubung_memberi_tempat_dalam_satu_langkah(office: Services, proposal: PlanRow) -> None:
    event = office.training.save_event(
        SaveEvent("Bimtek", "KL10", "teknis", date(2026, 11, 3), date(2026, 11, 4), 16, quota=5)
    ).event_id
    done = office.remediation.confirm(ConfirmPlan(proposal.id, "pelatihan_formal", TODAY, event_id=event))
    assert done.placement is not None
    assert done.placement.placed == 1
    (row,) = office.training.participants(event)
    assert (row.employee_id, row.source) == (proposal.employee_id, "rencana_pembinaan")
    assert detail(office, proposal.id).event_name == "Bimtek"
    undo(office.database, done.change_set.operation_id)
    assert office.training.participants(event) == []


def test_menolak_perlu_alasan_dan_dapat_dibuka_lagi(office: Services, proposal: PlanRow) -> None:
    with pytest.raises(InputError):
        office.remediation.decline(DeclinePlan(proposal.id, " "))
    office.remediation.decline(DeclinePlan(proposal.id, "Sudah pindah tugas"))
    assert only_plan(office).group is PlanGroup.FINISHED
    office.remediation.reopen(proposal.id)
    assert only_plan(office).group is PlanGroup.PROPOSED


def test_langkah_selesai_dengan_bukti_catatan_dan_penutupan(office: Services, proposal: PlanRow) -> None:
    office.remediation.confirm(ConfirmPlan(proposal.id, "coaching", date(2026, 9, 1)))
    first = detail(office, proposal.id).steps[0]
    assert only_plan(office).group is PlanGroup.LATE, "langkah pertama lewat tanggal"
    office.remediation.finish_step(FinishStep(first.id, TODAY, "Notula", "Tujuan disepakati"))
    assert only_plan(office).group is PlanGroup.RUNNING
    assert only_plan(office).steps_done == 1
    with pytest.raises(InputError):
        office.remediation.finish_step(FinishStep(first.id, date(2026, 12, 1)))
    office.remediation.add_note(proposal.id, "Pertemuan pertama berjalan baik.")
    office.remediation.close(ClosePlan(proposal.id, "sebagian", "Tepat waktu, mutu masih perlu dijaga"))
    plan = detail(office, proposal.id)
    assert (plan.row.state, plan.row.outcome, plan.closed_on) == ("closed", "sebagian", TODAY)
    assert [note.text for note in plan.notes] == ["Pertemuan pertama berjalan baik."]
    with pytest.raises(InputError):
        office.remediation.close(ClosePlan(proposal.id, "berhasil"))


def test_hasil_penutupan_harus_dipilih(office: Services, proposal: PlanRow) -> None:
    office.remediation.confirm(ConfirmPlan(proposal.id, "coaching", TODAY))
    with pytest.raises(InputError):
        office.remediation.close(ClosePlan(proposal.id, "hukuman"))
    assert only_plan(office).state == "active"


def test_ubah_rencana_menjaga_hasil_langkah(office: Services, proposal: PlanRow) -> None:
    office.remediation.confirm(ConfirmPlan(proposal.id, "coaching", TODAY))
    steps = detail(office, proposal.id).steps
    office.remediation.finish_step(FinishStep(steps[0].id, TODAY, "Notula"))
    drafts = (
        StepDraft("Pertemuan tambahan", due=date(2026, 11, 2)),
        StepDraft(steps[0].action, steps[0].success_sign, steps[0].due, steps[0].id),
    )
    office.remediation.change(
        ChangePlan(proposal.id, "mentoring", TODAY, date(2027, 1, 6), "kompetensi", "Mutu laporan naik", None, drafts)
    )
    plan = detail(office, proposal.id)
    assert [(step.action, step.evidence) for step in plan.steps] == [
        ("Pertemuan tambahan", ""), (steps[0].action, "Notula"),
    ]  # fmt: skip
    assert (plan.row.kind, plan.goal) == ("mentoring", "Mutu laporan naik")


def test_jumlah_tiap_kelompok_sama_dengan_daftarnya(office: Services) -> None:
    people = add_people(office, "Rahmat", "Siti", "Yusuf", "Dewi", "Zul")
    for person in people:
        rate(office, TW3, person, "DI_BAWAH", "SESUAI")
    office.remediation.propose(TW3)
    plans = {row.employee_id: row.id for row in office.remediation.plans()}
    office.remediation.confirm(ConfirmPlan(plans[people[0]], "coaching", TODAY))
    office.remediation.confirm(ConfirmPlan(plans[people[1]], "coaching", date(2026, 3, 1)))
    office.remediation.decline(DeclinePlan(plans[people[2]], "Cuti"))
    office.remediation.confirm(ConfirmPlan(plans[people[3]], "coaching", date(2026, 3, 1)))
    office.remediation.close(ClosePlan(plans[people[3]], "berhasil"))
    counts = office.remediation.counts()
    assert counts == {
        PlanGroup.PROPOSED: 1, PlanGroup.RUNNING: 1, PlanGroup.LATE: 1, PlanGroup.FINISHED: 2,
    }  # fmt: skip
    for group, count in counts.items():
        rows = office.remediation.plans(office.remediation.spec(group=group))
        assert len(rows) == count
        assert {row.group for row in rows} == {group}
    groups = [row.group for row in office.remediation.plans()]
    assert groups == [PlanGroup.PROPOSED, PlanGroup.LATE, PlanGroup.RUNNING, PlanGroup.FINISHED, PlanGroup.FINISHED]
    assert office.remediation.people_with_open_plan() == {people[0], people[1], people[4]}


def test_dua_triwulan_rendah_berturut_turut(office: Services) -> None:
    twice, once, gap = add_people(office, "Rahmat", "Siti", "Yusuf")
    for period in (TW2, TW3):
        rate(office, period, twice, "DI_BAWAH", "SESUAI")
    rate(office, TW2, once, "SESUAI", "SESUAI")
    rate(office, TW3, once, "DI_BAWAH", "SESUAI")
    rate(office, Period(2026, 1), gap, "DI_BAWAH", "SESUAI")
    rate(office, TW3, gap, "DI_BAWAH", "SESUAI")
    office.remediation.propose(TW3)
    assert {row.employee_id for row in office.remediation.plans() if row.repeated} == {twice}
    assert [row.employee_id for row in office.remediation.plans(office.remediation.spec(repeated=True))] == [twice]


def test_berturut_turut_melewati_pergantian_tahun(office: Services) -> None:
    (person,) = add_people(office, "Rahmat")
    for period in (Period(2025, 4), Period(2026, 1)):
        rate(office, period, person, "DI_BAWAH", "SESUAI")
    office.remediation.propose()
    assert [(row.trigger_period, row.repeated) for row in sorted(
        office.remediation.plans(), key=lambda row: row.trigger_period)] == [
        ("2025-TW4", False), ("2026-TW1", True),
    ]  # fmt: skip


def test_saran_pembina_senior_seunit_dengan_batas_beban(office: Services) -> None:
    (learner,) = add_people(office, "Rahmat", rank_order=9)
    senior, star, junior, weak = add_people(office, "Siti", "Dewi", "Adik", "Lemah", rank_order=11)
    (unrated,) = add_people(office, "Belum", rank_order=12)
    with office.database.write("test.rank", "Golongan contoh") as uow:
        from asn_desktop.personnel.model import Employee

        uow.update(Employee, junior, {"rank_order": 5})
    (elsewhere,) = add_people(office, "Jauh", opd="Dinas Pendidikan", rank_order=12)
    (nearby,) = add_people(office, "Dekat", unit="Puskesmas Susoh", rank_order=13)
    for person, ratings in {
        senior: ("SESUAI", "SESUAI"), star: ("DI_ATAS", "DI_ATAS"), junior: ("DI_ATAS", "DI_ATAS"),
        weak: ("DI_BAWAH", "SESUAI"), elsewhere: ("DI_ATAS", "DI_ATAS"), nearby: ("DI_ATAS", "DI_ATAS"),
    }.items():  # fmt: skip
        rate(office, TW3, person, *ratings)
    found = office.remediation.mentor_suggestions(learner)
    assert [row.employee_id for row in found] == [star, senior, nearby]
    assert unrated not in {row.employee_id for row in found}
    assert found[0].reason == "satu unit · predikat Sangat Baik · belum membina siapa pun"

    office.reference.set_parameter("pembinaan.batas_pembina", "1", date(2026, 1, 1), "Keputusan contoh")
    rate(office, TW3, learner, "DI_BAWAH", "SESUAI")
    office.remediation.propose(TW3)
    plan = next(row for row in office.remediation.plans() if row.employee_id == learner)
    office.remediation.confirm(ConfirmPlan(plan.id, "mentoring", TODAY, mentor_id=star))
    assert [row.employee_id for row in office.remediation.mentor_suggestions(learner)] == [senior, nearby]


def test_pembina_tidak_boleh_pegawai_itu_sendiri(office: Services, proposal: PlanRow) -> None:
    command = ConfirmPlan(proposal.id, "mentoring", TODAY, mentor_id=proposal.employee_id)
    with pytest.raises(InputError):
        office.remediation.confirm(command)
    office.remediation.confirm(replace(command, mentor_id=None))
    assert only_plan(office).state == "active"


@pytest.mark.parametrize("search, count", [("rah", 1), ("siti", 0), ("", 1)])
def test_cari_rencana_menurut_nama(office: Services, proposal: PlanRow, search: str, count: int) -> None:
    assert len(office.remediation.plans(office.remediation.spec(search=search))) == count
