"""The sample office: what a newcomer meets, made through the services in one go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from asn_desktop.environment.logs import stop_log
from asn_desktop.environment.paths import OfficePaths, office_paths
from asn_desktop.personnel.listing import EmployeeSpec
from asn_desktop.remediation.queries import PlanGroup
from asn_desktop.sample.neighbour import PROVINCE_HOME, waiting_package
from asn_desktop.sample.office import (
    DEMO_PASSPHRASE,
    SAMPLE_USER,
    SKP_UNIT,
    create_sample_office,
    open_sample_office,
    sample_year,
)
from asn_desktop.sample.place import sample_paths
from asn_desktop.services import Services, close_office, create_office, open_office
from tests.conftest import OFFICE, PASSPHRASE, USER, fixed_clock


@pytest.fixture(scope="module")
def contoh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    paths = office_paths(tmp_path_factory.mktemp("contoh") / "kantor")
    services = create_sample_office(paths, DEMO_PASSPHRASE, clock=fixed_clock)
    yield services
    close_office(services)
    stop_log()


def test_kantor_bertanda_contoh_dan_utuh(contoh: Services) -> None:
    assert contoh.reference.office().sample
    report = contoh.safety.check()
    assert report.sound
    assert report.chain.changes > 10_000


def test_sekitar_1200_pns_dan_pppk(contoh: Services) -> None:
    rows = contoh.personnel.rows(contoh.personnel.ids(EmployeeSpec(status="all")))
    kinds = Counter(row.employment_kind for row in rows)
    assert 1_150 <= len(rows) <= 1_300
    assert kinds["PNS"] > 500
    assert kinds["PPPK"] > 100
    assert sum(not row.active for row in rows) == 2
    assert len({row.nip for row in rows}) == len(rows)


def test_empat_triwulan_yang_terakhir_belum_selesai(contoh: Services) -> None:
    periods = contoh.appraisal.periods()
    assert [row.code for row in periods] == ["2026-TW3", "2026-TW2", "2026-TW1", "2025-TW4"]
    assert [row.closed for row in periods] == [False, True, True, True]
    current = contoh.appraisal.list_evaluations("2026-TW3")
    unrated = [row for row in current if row.predicate is None]
    assert 50 < len(unrated) < 300
    works = contoh.reference.find_unit("10")
    assert all(row.predicate is None for row in contoh.appraisal.list_evaluations("2026-TW3", works.id))
    assert sum(row.declared is not None for row in current) == 2


def test_setiap_pegawai_aktif_punya_penilai(contoh: Services) -> None:
    rows = contoh.appraisal.list_evaluations("2026-TW3")
    assert [row.nip for row in rows if not row.assessor] == []


def test_skp_satu_puskesmas_lengkap(contoh: Services) -> None:
    unit = contoh.reference.find_unit(SKP_UNIT)
    rows = contoh.appraisal.list_evaluations("2026-TW2", unit.id)
    assert len(rows) >= 25
    for sheet in contoh.appraisal.evaluation_sheets([row.id for row in rows]):
        assert sheet.sample
        assert sheet.rhks
        assert all(iki.realisation for rhk in sheet.rhks for iki in rhk.ikis)
        assert any(iki.feedback for rhk in sheet.rhks for iki in rhk.ikis)
        assert sheet.notes


def test_rencana_pembinaan_dalam_setiap_keadaan(contoh: Services) -> None:
    counts = contoh.remediation.counts()
    assert all(counts[group] > 0 for group in PlanGroup)
    plans = contoh.remediation.plans()
    assert {plan.state for plan in plans} == {"proposed", "active", "closed", "declined"}
    assert {plan.outcome for plan in plans if plan.state == "closed"} == {"berhasil", "sebagian", "tidak_berhasil"}


def test_tahun_pelatihan_dengan_banyak_bentuk(contoh: Services) -> None:
    events = contoh.training.events()
    assert len(events) >= 20
    assert len({event.form for event in events}) >= 12
    assert {event.state for event in events} == {"done", "running", "open", "postponed", "cancelled"}
    attended = [row for event in events for row in contoh.training.participants(event.id) if row.jp_credited]
    assert len(attended) > 300


def test_tidak_ada_yang_terjadi_di_masa_depan(contoh: Services) -> None:
    now = fixed_clock()
    assert all(row.at <= now.isoformat() for row in contoh.safety.history(1_000))


def test_kantor_sendiri_tidak_pernah_dipakai_untuk_contoh(tmp_path: Path) -> None:
    own = office_paths(tmp_path / "kantor")
    close_office(create_office(own, OFFICE, USER, PASSPHRASE, clock=fixed_clock)[0])
    before = own.database.read_bytes()
    services = open_sample_office(own, clock=fixed_clock)
    assert services.paths == OfficePaths(own.home / "contoh")
    close_office(services)
    again = open_sample_office(own, clock=fixed_clock)
    assert again.database.user == SAMPLE_USER
    assert again.appraisal.periods()
    close_office(again)
    stop_log()
    assert own.database.read_bytes() == before


def test_demo_tidak_menempati_folder_kantor_bawaan(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("ASN_HOME", raising=False)
    assert sample_paths(None).home == office_paths().home / "contoh"
    assert sample_paths(tmp_path).home == tmp_path


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (date(2026, 10, 6), "2025-TW4", "2026-TW3"),
        (date(2026, 12, 31), "2025-TW4", "2026-TW3"),
        (date(2027, 1, 1), "2026-TW1", "2026-TW4"),
    ],
)
def test_empat_triwulan_yang_sudah_berakhir(today: date, first: str, last: str) -> None:
    year = sample_year(today)
    assert [period.code for period in year.quarters][:1] == [first]
    assert year.current.code == last


def test_dua_paket_sedang_di_jalan(tmp_path: Path) -> None:
    """The office waits for a receipt; the province's answer waits to be received, with differences to decide."""
    services = open_sample_office(office_paths(tmp_path / "contoh"), clock=fixed_clock)
    (sent,) = services.packages.ledger()
    assert (sent.direction, sent.answered_at) == ("out", "")
    waiting = waiting_package(services.paths.home)
    assert waiting is not None
    plan = services.packages.examine(waiting)
    assert plan.counts["conflict"] == 4
    assert plan.counts["changed"] == 3
    assert plan.counts["new"] == 1, "an event of the province"
    assert plan.counts["rejected"] == 0
    services.packages.apply(plan)
    assert {row.answered_at != "" for row in services.packages.ledger() if row.direction == "out"} == {True}
    close_office(services)
    province = open_office(OfficePaths(services.paths.home / PROVINCE_HOME), SAMPLE_USER, DEMO_PASSPHRASE)
    assert province.reference.office().role == "province"
    assert not province.packages.conflicts()
    close_office(province)
    stop_log()
