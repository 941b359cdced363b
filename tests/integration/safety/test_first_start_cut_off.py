"""A first start that is killed anywhere locks nobody out (really killed processes, real files)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from asn_desktop.accounts import keyfile
from asn_desktop.core.errors import InputError
from asn_desktop.devtools import kill_set_up
from asn_desktop.environment.paths import OfficePaths
from asn_desktop.services import Services, UnfinishedOffice, close_office, create_office, open_office
from asn_desktop.storage.engine import open_engine
from asn_desktop.storage.migrations import runner
from tests.conftest import OFFICE, PASSPHRASE, USER, fixed_clock

pytestmark = pytest.mark.posix_only


@pytest.fixture
def cheap_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hundreds of keys are made here: each as fast as the format allows."""
    monkeypatch.setattr(keyfile, "_OPS", 1)
    monkeypatch.setattr(keyfile, "_MEMORY", 8192)


def test_penyiapan_yang_diputus_di_titik_mana_pun_dapat_diulang(tmp_path: Path, cheap_keys: None) -> None:
    assert kill_set_up.at_every_point(tmp_path) > 12


def test_pindah_komputer_yang_diputus_di_titik_mana_pun_dapat_diulang(
    tmp_path: Path, cheap_keys: None, open_services: Callable[[], Services]
) -> None:
    copy = open_services().safety.back_up_to(tmp_path / "salinan.cadangan")

    def start(paths: OfficePaths, passphrase: str) -> Services:
        return kill_set_up.moving_in(copy)(paths, passphrase)

    # Moving in makes the copy a replica of its own: one operation more than a new office has, and one
    # more when it is cut off between that and taking the mark away.
    points = kill_set_up.at_every_point(tmp_path / "baru", start, first=PASSPHRASE, again=PASSPHRASE, operations=3)
    assert points > 12


def half_set_up_by_an_older_program(paths: OfficePaths, *, tables: bool) -> None:
    """What a kill left before set-ups were made apart: the key, and a database without an office."""
    paths.create()
    engine = open_engine(paths.database, keyfile.create(paths.key_file, USER, PASSPHRASE).data_key)
    with engine.connect() as connection:
        connection.execute(text("PRAGMA user_version"))
    if tables:
        runner.upgrade(engine)
    engine.dispose()


@pytest.mark.parametrize("tables", [True, False])
def test_penyiapan_terputus_oleh_program_lama_dapat_diulang(tmp_path: Path, tables: bool) -> None:
    paths = OfficePaths(tmp_path / "kantor")
    half_set_up_by_an_older_program(paths, tables=tables)
    with pytest.raises(UnfinishedOffice) as caught:
        open_office(paths, USER, PASSPHRASE, clock=fixed_clock)
    assert caught.value.code == "ASN-1426"
    with pytest.raises(InputError, match="sudah ada"):
        create_office(paths, OFFICE, USER, "bukan kata sandinya", clock=fixed_clock)
    services, _code = create_office(paths, OFFICE, USER, PASSPHRASE, clock=fixed_clock)
    assert services.safety.check().sound
    close_office(services)
    assert list(paths.home.glob("kunci-diganti-*.json")), "renamed, not removed"


def test_catatan_kantor_yang_dihapus_orang_tidak_merusak_kantor_baru(
    office_home: OfficePaths, open_services: Callable[[], Services]
) -> None:
    """Somebody removed database and key to begin anew, and left the log that SQLite keeps beside the database."""
    services = open_services()
    services.reference.save_office("Kantor Lama", "Pemkab Lama", "Kota Lama")
    log = office_home.database.with_name("asn.db-wal").read_bytes()
    assert log
    close_office(services)
    for left in (office_home.database, office_home.key_file):
        left.unlink()
    office_home.database.with_name("asn.db-wal").write_bytes(log)
    services, _code = create_office(office_home, OFFICE, USER, PASSPHRASE, clock=fixed_clock)
    assert services.reference.office().name == OFFICE.name
    assert services.safety.check().sound
    close_office(services)
    (kept,) = office_home.home.glob("asn-diganti-*.db-wal")
    assert kept.read_bytes() == log


def test_kode_pemulihan_baru_menggantikan_yang_lama(office: Services) -> None:
    code = office.accounts.new_recovery_code(PASSPHRASE)
    again = office.accounts.new_recovery_code(PASSPHRASE)
    assert keyfile.unlock_with_code(office.paths.key_file, again) == office.data_key
    with pytest.raises(Exception, match="tidak cocok"):
        keyfile.unlock_with_code(office.paths.key_file, code)
