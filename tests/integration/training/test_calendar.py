"""The training calendar on a real encrypted office."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from asn_desktop.core.errors import ConflictError, InputError
from asn_desktop.services import Services
from asn_desktop.storage.undo import undo
from asn_desktop.training.balance import BalanceSpec
from asn_desktop.training.commands import ChangeEventState, Nominate, RecordAttendance, SaveEvent
from asn_desktop.training.forms import forms_by_code
from asn_desktop.training.queries import EventSpec
from asn_desktop.training.rules import BalanceState, ParticipantState
from tests.integration.staff import add_people

BIMTEK = SaveEvent(
    "Bimtek penyusunan SKP", "KL10", "teknis", date(2026, 9, 8), date(2026, 9, 9), 16, place="Aula BKPSDM",
    provider="BKPSDM", speakers="Dr. Ramli; Cut Meutia", quota=2, budget=12_000_000, funding="apbd_bkpsdm",
)  # fmt: skip


def save(office: Services, **changes: object) -> int:
    return office.training.save_event(replace(BIMTEK, **changes)).event_id  # type: ignore[arg-type]


def test_kegiatan_baru_mendapat_kode_dan_terlihat_di_kalender(office: Services) -> None:
    first, second = save(office), save(office, name="Workshop arsip", starts=date(2026, 9, 30), ends=date(2026, 10, 1))
    page = office.training.calendar(date(2026, 9, 1), date(2026, 9, 30))
    assert [(row.id, row.code) for row in page.events] == [(first, "PLT-2026-001"), (second, "PLT-2026-002")]
    assert page.missing_years == ()
    october = office.training.calendar(date(2026, 10, 1), date(2026, 10, 31))
    assert [row.id for row in october.events] == [second]
    assert office.training.calendar(date(2031, 1, 1), date(2031, 1, 31)).missing_years == (2031,)


def test_perubahan_memeriksa_versi_dan_dapat_diurungkan(office: Services) -> None:
    number = save(office)
    row = office.training.event_rows([number])[0]
    changed = office.training.save_event(
        replace(BIMTEK, name="Bimtek SKP 2026", event_id=number, expected_version=row.version)
    )
    assert office.training.event_rows([number])[0].name == "Bimtek SKP 2026"
    with pytest.raises(ConflictError):
        office.training.save_event(replace(BIMTEK, event_id=number, expected_version=row.version))
    undo(office.database, changed.change_set.operation_id)
    assert office.training.event_rows([number])[0].name == BIMTEK.name


def test_libur_tempat_dan_narasumber_diperingatkan(office: Services) -> None:
    save(office)
    found = office.training.check(
        replace(BIMTEK, name="Kursus", starts=date(2026, 8, 14), ends=date(2026, 9, 8), speakers="Cut  Meutia")
    )
    codes = [issue.code for issue in found]
    assert codes.count("event_on_holiday") >= 2, "Proklamasi dan Maulid ada di dalam rentang"
    assert codes.count("event_shares") == 2, "tempat dan narasumber yang sama"


def test_isian_salah_tidak_ditulis(office: Services) -> None:
    with pytest.raises(InputError) as caught:
        save(office, name="", quota=0)
    assert {issue.field for issue in caught.value.issues} == {"name", "quota"}
    assert office.training.events() == []


def test_keadaan_hanya_lewat_langkah_yang_ada_dan_batal_perlu_alasan(office: Services) -> None:
    number = save(office)
    with pytest.raises(InputError):
        office.training.change_state(ChangeEventState(number, "done"))
    with pytest.raises(InputError):
        office.training.change_state(ChangeEventState(number, "cancelled", "  "))
    office.training.change_state(ChangeEventState(number, "postponed", "Narasumber sakit"))
    detail = office.training.event_detail(number)
    assert detail is not None
    assert (detail.row.state, detail.values["state_reason"]) == ("postponed", "Narasumber sakit")


def test_kuota_penuh_masuk_cadangan_dan_ulang_tidak_menggandakan(office: Services) -> None:
    people = add_people(office, "Rahmat", "Siti", "Yusuf")
    number = save(office)
    done = office.training.nominate(Nominate(number, tuple(people)))
    assert (done.placement.placed, done.placement.reserved) == (2, 1)
    assert [issue.code for issue in done.placement.issues] == ["event_quota_full"]
    row = office.training.event_rows([number])[0]
    assert (row.taken, row.reserve) == (2, 1)
    again = office.training.nominate(Nominate(number, tuple(people)))
    assert (again.placement.placed, again.placement.reserved) == (0, 0)
    assert again.change_set.count == 0
    undo(office.database, done.change_set.operation_id)
    assert office.training.participants(number) == []


def test_yang_mengundurkan_diri_memberi_tempat_dan_dapat_kembali(office: Services) -> None:
    first, second, third = add_people(office, "Rahmat", "Siti", "Yusuf")
    number = save(office)
    office.training.nominate(Nominate(number, (first, second)))
    places = {row.employee_id: row.id for row in office.training.participants(number)}
    office.training.set_participant_state([places[first]], ParticipantState.WITHDRAWN)
    done = office.training.nominate(Nominate(number, (third, first)))
    assert (done.placement.placed, done.placement.reserved) == (1, 1)
    assert {row.employee_id: row.state for row in office.training.participants(number)} == {
        first: "reserve", second: "nominated", third: "nominated",
    }  # fmt: skip


def test_bentrok_pegawai_nonaktif_dan_batas_pppk_diperingatkan(office: Services) -> None:
    (busy,) = add_people(office, "Rahmat Hidayat")
    (gone,) = add_people(office, "Hendra Purna", active=False)
    (contract,) = add_people(office, "Dewi Kontrak", kind="PPPK")
    first = save(office)
    office.training.nominate(Nominate(first, (busy,)))
    second = save(office, name="Kursus bendahara", starts=date(2026, 9, 9), ends=date(2026, 9, 12), jp=30, quota=9)
    done = office.training.nominate(Nominate(second, (busy, gone, contract)))
    assert sorted(issue.code for issue in done.placement.issues) == [
        "participant_clash", "participant_inactive", "participant_over_maximum",
    ]  # fmt: skip
    assert done.placement.placed == 3, "peringatan tidak menghalangi"
    shown = office.training.participant_issues(second)
    assert {person: [issue.code for issue in found] for person, found in shown.items()} == {
        busy: ["participant_clash"], gone: ["participant_inactive"], contract: ["participant_over_maximum"],
    }  # fmt: skip


def test_kegiatan_ditunda_tidak_bentrok_dan_batal_menolak_peserta(office: Services) -> None:
    (person,) = add_people(office, "Rahmat")
    first, second = save(office), save(office, name="Kursus")
    office.training.nominate(Nominate(first, (person,)))
    office.training.change_state(ChangeEventState(first, "postponed", "Aula dipakai"))
    assert office.training.nominate(Nominate(second, (person,))).placement.issues == ()
    office.training.change_state(ChangeEventState(second, "cancelled", "Anggaran"))
    with pytest.raises(InputError):
        office.training.nominate(Nominate(second, (person,)))


def test_jp_dicatat_saat_hadir_dan_tidak_berubah_bersama_kegiatan(office: Services) -> None:
    present, absent = add_people(office, "Rahmat", "Siti")
    number = save(office)
    office.training.nominate(Nominate(number, (present, absent)))
    places = {row.employee_id: row.id for row in office.training.participants(number)}
    before = {row.employee_id: row.balance for row in office.training.balance_rows(2026, [present, absent])}
    assert (before[present].earned, before[present].planned) == (0, 16)
    office.training.record_attendance(
        number,
        [
            RecordAttendance(places[present], True, 100, certificate_number="42/STTP/2026"),
            RecordAttendance(places[absent], False),
        ],
    )
    row = office.training.event_rows([number])[0]
    office.training.save_event(replace(BIMTEK, jp=4, event_id=number, expected_version=row.version))
    after = {row.employee_id: row.balance for row in office.training.balance_rows(2026, [present, absent])}
    assert (after[present].earned, after[present].planned) == (16, 0)
    assert (after[absent].earned, after[absent].planned) == (0, 0)
    history = office.training.history_of(present)
    assert [(line.jp, line.jp_credited, line.certificate_number) for line in history] == [(4, 16, "42/STTP/2026")]


def test_kehadiran_kegiatan_yang_belum_mulai_ditolak(office: Services) -> None:
    (person,) = add_people(office, "Rahmat")
    number = save(office, starts=date(2026, 11, 2), ends=date(2026, 11, 3))
    office.training.nominate(Nominate(number, (person,)))
    place = office.training.participants(number)[0].id
    with pytest.raises(InputError):
        office.training.record_attendance(number, [RecordAttendance(place, True)])
    assert office.training.participants(number)[0].state == "nominated"


def test_saldo_jp_per_keadaan_sama_dengan_daftarnya(office: Services) -> None:
    short, met = add_people(office, "Rahmat", "Siti")
    over, room = add_people(office, "Dewi", "Yusuf", kind="PPPK")
    number = save(office, jp=30, quota=None)
    office.training.nominate(Nominate(number, (met, over)))
    places = [row.id for row in office.training.participants(number)]
    office.training.record_attendance(number, [RecordAttendance(place, True) for place in places])
    expected = {
        BalanceState.SHORT: [short], BalanceState.MET: [met], BalanceState.OVER: [over], BalanceState.ROOM: [room],
    }  # fmt: skip
    for state, people in expected.items():
        assert office.training.balance_ids(BalanceSpec(2026, state=state)) == people
    assert office.training.count_short(2026) == 1
    assert office.training.count_short(2025) == 2


def test_batas_jp_mengikuti_pengaturan_kantor(office: Services) -> None:
    (person,) = add_people(office, "Rahmat")
    office.reference.set_parameter("jp.minimum_pns", "24", date(2026, 1, 1), "Peraturan contoh")
    assert office.training.balance_rows(2026, [person])[0].balance.limit == 24
    assert office.training.balance_rows(2025, [person])[0].balance.limit == 20


def test_setara_jp_dari_pengaturan_bukan_dari_kode(office: Services) -> None:
    mentoring, bimtek = forms_by_code()["NKL02"], forms_by_code()["KL10"]
    assert office.training.default_jp(mentoring, date(2026, 9, 1)) == 2
    assert office.training.default_jp(bimtek, date(2026, 9, 1)) is None
    office.reference.set_parameter(mentoring.jp_parameter, "4", date(2026, 1, 1), "Keputusan kantor")
    assert office.training.default_jp(mentoring, date(2026, 9, 1)) == 4
    shipped = [row for row in office.reference.parameters() if row.key == "jp.setara.NKL12"]
    assert [(row.value, row.verified) for row in shipped] == [("20", False)]


def test_calon_peserta_menunjukkan_saldo_dan_bentrok_sebelum_ditambahkan(office: Services) -> None:
    busy, free, placed = add_people(office, "Rahmat", "Siti", "Yusuf")
    number, other = save(office), save(office, name="Kursus")
    office.training.nominate(Nominate(other, (busy,)))
    office.training.nominate(Nominate(number, (placed,)))
    total, rows = office.training.candidates(number, BalanceSpec(2026, state=BalanceState.SHORT))
    assert total == 3
    found = {row.person.employee_id: row for row in rows}
    assert [issue.code for issue in found[busy].issues] == ["participant_clash"]
    assert found[free].issues == ()
    assert [row.already for row in rows] == [False, False, True]
    total, rows = office.training.candidates(number, BalanceSpec(2026, search="sit"))
    assert [row.person.employee_id for row in rows] == [free]


def test_rencana_dan_realisasi_per_sumber_dana(office: Services) -> None:
    save(office, spent=11_500_000)
    save(office, name="Kursus", budget=5_000_000)
    save(office, name="Tanpa sumber", funding=None, budget=3_000_000)
    number = save(office, name="Batal", budget=9_000_000, funding="apbn")
    office.training.change_state(ChangeEventState(number, "cancelled", "Efisiensi"))
    rows = {row.funding: row for row in office.training.funding_summary(2026)}
    assert (rows["apbd_bkpsdm"].events, rows["apbd_bkpsdm"].budget, rows["apbd_bkpsdm"].spent) == (
        2, 17_000_000, 11_500_000,
    )  # fmt: skip
    assert rows["apbd_bkpsdm"].rest == 5_500_000
    assert rows["apbn"].budget == 0
    assert rows[None].budget == 3_000_000
    assert office.training.funding_summary(2025) == []


@pytest.mark.parametrize(
    "spec, names",
    [
        (EventSpec(search="skp bkpsdm"), {"Bimtek penyusunan SKP"}),
        (EventSpec(forms=frozenset({"NKL02"})), {"Mentoring"}),
        (EventSpec(states=frozenset({"open"})), {"Mentoring"}),
        (EventSpec(funding="-"), {"Mentoring"}),
        (EventSpec(competence="manajerial"), {"Mentoring"}),
        (EventSpec(starts=date(2026, 10, 1)), {"Mentoring"}),
        (EventSpec(ends=date(2026, 9, 8)), {"Bimtek penyusunan SKP"}),
        (EventSpec(search="100%_"), set()),
    ],
)
def test_saringan_daftar_kegiatan(office: Services, spec: EventSpec, names: set[str]) -> None:
    save(office)
    other = save(
        office, name="Mentoring", form="NKL02", competence="manajerial", funding=None, budget=None, provider="",
        place="Dinas", speakers="", starts=date(2026, 11, 2), ends=date(2026, 11, 6),
    )  # fmt: skip
    office.training.change_state(ChangeEventState(other, "open"))
    assert {row.name for row in office.training.events(spec)} == names
