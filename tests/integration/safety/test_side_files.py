"""Whatever has happened to a file beside the database: its own code, no hang, no harm."""

from __future__ import annotations

import copy
import json
import os
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from asn_desktop.accounts import keyfile
from asn_desktop.core.errors import AppError, DatabaseDamaged
from asn_desktop.environment import machine
from asn_desktop.environment.paths import OfficePaths
from asn_desktop.environment.preferences import Preferences
from asn_desktop.services import DamagedOffice, Services, close_office, open_office, put_key_back, restore_backup
from asn_desktop.storage.engine import connect
from tests.conftest import PASSPHRASE, USER, fixed_clock

ODD: tuple[Any, ...] = (
    None, True, 0, -1, 10**9, 10**30, 1e308, "", "x", "\0", "a" * 5000, [], {}, [[]], {"a": None}, "AAAA", "é“",
)  # fmt: skip
BROKEN = (b"", b"{", b"\xff\xfe", b"[]", b"null", b"NaN", b"\0" * 100, b"[" * 100_000, b"9" * 10_000, b" " * 2_000_000)


def mutations(content: dict[str, Any]) -> Iterator[bytes]:
    """Every value replaced by every odd one, every key missing, and files that are no JSON."""
    yield from BROKEN
    whole = json.dumps(content).encode()
    chance = random.Random(8)
    for _time in range(40):
        spoilt = bytearray(whole)
        spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        yield bytes(spoilt)
        yield whole[: chance.randrange(len(whole))]
    for path in _paths(content):
        for value in ODD:
            yield json.dumps(_replaced(content, path, value)).encode()
        yield json.dumps(_without(content, path)).encode()


def _paths(content: Any, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    if isinstance(content, dict):
        for key, value in content.items():
            yield (*before, key)
            yield from _paths(value, (*before, key))


def _parent(content: dict[str, Any], path: tuple[str, ...]) -> tuple[dict[str, Any], Any]:
    whole = copy.deepcopy(content)
    found: Any = whole
    for key in path[:-1]:
        found = found[key]
    return whole, found


def _replaced(content: dict[str, Any], path: tuple[str, ...], value: Any) -> dict[str, Any]:
    whole, parent = _parent(content, path)
    parent[path[-1]] = value
    return whole


def _without(content: dict[str, Any], path: tuple[str, ...]) -> dict[str, Any]:
    whole, parent = _parent(content, path)
    del parent[path[-1]]
    return whole


def test_berkas_kunci_rusak_bagaimana_pun_dijawab_dengan_kodenya(office_home: OfficePaths) -> None:
    content = json.loads(office_home.key_file.read_text(encoding="utf-8"))
    for changed in mutations(content):
        office_home.key_file.write_bytes(changed)
        started = time.process_time()
        code = ""
        try:
            keyfile.unlock(office_home.key_file, USER, PASSPHRASE)
            keyfile.users(office_home.key_file)
        except AppError as error:
            code = error.code
        assert code in ("", "ASN-1420", "ASN-1422", "ASN-1410"), changed[:200]
        assert time.process_time() - started < 30


def test_biaya_yang_keterlaluan_tidak_dicoba(office_home: OfficePaths) -> None:
    content = json.loads(office_home.key_file.read_text(encoding="utf-8"))
    for key, value in (("ops", 1_000_000_000), ("memory", 1 << 40), ("ops", 0), ("memory", 1)):
        spoilt = copy.deepcopy(content)
        spoilt["wraps"][USER][key] = value
        office_home.key_file.write_text(json.dumps(spoilt), encoding="utf-8")
        with pytest.raises(AppError) as caught:
            keyfile.unlock(office_home.key_file, USER, PASSPHRASE)
        assert caught.value.code == "ASN-1422"


def test_kunci_yang_rusak_tidak_menggantikan_salinannya_yang_baik(office: Services) -> None:
    office.safety.back_up()
    good = (office.paths.backups / "kunci.json").read_bytes()
    office.paths.key_file.write_bytes(b"rusak")
    with pytest.raises(AppError) as caught:
        office.safety.back_up()
    assert caught.value.code == "ASN-1422"
    assert (office.paths.backups / "kunci.json").read_bytes() == good
    with pytest.raises(AppError, match="rusak") as told:
        keyfile.users(office.paths.key_file)
    assert str(office.paths.backups / "kunci.json") in told.value.hint


@pytest.mark.parametrize("name", ["anchor", "settings"])
def test_catatan_samping_yang_rusak_tidak_menghalangi(office_home: OfficePaths, name: str) -> None:
    path = getattr(office_home, name)
    for changed in (*BROKEN, b'{"operation": null, "hash": null}', b'{"operation": [1], "hash": {}}', b'{"look": 7}'):
        path.write_bytes(changed)
        services = open_office(office_home, USER, PASSPHRASE, verify=False, clock=fixed_clock)
        services.safety.check()
        Preferences(office_home.settings).read("look")
        close_office(services)


def test_jangkar_yang_rusak_diceritakan_sekali(office_home: OfficePaths) -> None:
    for changed in (b"null", b"[]", b'{"operation": null, "hash": null}', b'{"operation": -1, "hash": "a"}'):
        office_home.anchor.write_bytes(changed)
        services = open_office(office_home, USER, PASSPHRASE, verify=False, clock=fixed_clock)
        found = services.safety.anchor_problem()
        assert found is not None
        assert found.code == "ASN-1437"
        close_office(services)
        services = open_office(office_home, USER, PASSPHRASE, verify=False, clock=fixed_clock)
        assert services.safety.anchor_problem() is None, "written anew at closing"
        close_office(services)


@pytest.mark.parametrize(
    "accuses", [{"operation": 10_000, "hash": "a" * 64}, {"operation": 1, "hash": "a" * 64}], ids=["cut off", "changed"]
)
def test_jangkar_yang_menyangkal_riwayat_tetap_sampai_orang_memutuskan(
    office_home: OfficePaths, accuses: dict[str, Any]
) -> None:
    office_home.anchor.write_text(json.dumps(accuses), encoding="utf-8")
    for _opening in range(2):
        services = open_office(office_home, USER, PASSPHRASE, verify=False, clock=fixed_clock)
        found = services.safety.anchor_problem()
        assert found is not None
        assert found.code == "ASN-1438"
        assert not services.safety.check().sound
        services.reference.save_office("Kantor Baru", "Pemkab", "Kota")
        made = services.safety.back_up()
        close_office(services)
        assert json.loads(office_home.anchor.read_text(encoding="utf-8")) == accuses
    restore_backup(office_home, USER, PASSPHRASE, made.path, clock=fixed_clock)
    services = open_office(office_home, USER, PASSPHRASE, clock=fixed_clock)
    assert services.safety.anchor_problem() is None
    assert services.safety.check().sound
    close_office(services)


def test_berkas_kunci_diambil_kembali_dari_samping_cadangan(office_home: OfficePaths) -> None:
    backed_up(office_home)
    good = office_home.key_file.read_bytes()
    for spoil in (b"rusak", None):
        office_home.key_file.unlink()
        if spoil:
            office_home.key_file.write_bytes(spoil)
        put_key_back(office_home)
        assert office_home.key_file.read_bytes() == good
        close_office(open_office(office_home, USER, PASSPHRASE, clock=fixed_clock))
    (kept,) = office_home.home.glob("kunci-diganti-*.json")
    assert kept.read_bytes() == b"rusak"
    (office_home.backups / "kunci.json").write_bytes(b"{}")
    with pytest.raises(AppError) as caught:
        put_key_back(office_home)
    assert caught.value.code == "ASN-1422"
    assert office_home.key_file.read_bytes() == good


def test_catatan_komputer_yang_rusak_berarti_tidak_ada(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ASN_MACHINE_DIR", str(tmp_path))
    whole = {"r": {"home": str(tmp_path), "operation": 3, "hash": "a" * 64}}
    for changed in mutations(whole):
        (tmp_path / "salinan.json").write_bytes(changed)
        seen = machine.last_seen("r", tmp_path)
        assert seen is None or (0 <= seen.operation < 1 << 63 and "\0" not in seen.home)
        machine.note("s", machine.Sighting(str(tmp_path), 1, "b"))
        assert machine.last_seen("s", tmp_path) is not None


@pytest.mark.posix_only
def test_pipa_di_tempat_berkas_tidak_ditunggu(office_home: OfficePaths) -> None:
    office_home.key_file.unlink()
    os.mkfifo(office_home.key_file)
    with pytest.raises(AppError) as caught:
        keyfile.users(office_home.key_file)
    assert caught.value.code == "ASN-1422"


def backed_up(home: OfficePaths) -> Services:
    services = open_office(home, USER, PASSPHRASE, clock=fixed_clock)
    services.safety.back_up()
    close_office(services)
    return services


def test_folder_bernama_asn_db(office_home: OfficePaths) -> None:
    made = backed_up(office_home).safety
    office_home.database.unlink()
    office_home.database.mkdir()
    (office_home.database / "isi.txt").write_text("milik orang", encoding="utf-8")
    with pytest.raises(DamagedOffice) as caught:
        open_office(office_home, USER, PASSPHRASE, clock=fixed_clock)
    assert caught.value.code == "ASN-1435"
    assert caught.value.backup is not None
    assert made
    kept = restore_backup(office_home, USER, PASSPHRASE, caught.value.backup.path, clock=fixed_clock)
    assert kept is not None
    assert (kept / "isi.txt").exists()
    close_office(open_office(office_home, USER, PASSPHRASE, clock=fixed_clock))


@pytest.mark.parametrize("table", ["unit", "replica", "operation", "office"])
def test_tabel_yang_hilang_adalah_kerusakan(office_home: OfficePaths, table: str) -> None:
    services = backed_up(office_home)
    driver = connect(office_home.database, services.data_key)
    driver.execute("PRAGMA foreign_keys = OFF")
    for (name,) in driver.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        driver.execute(f'DROP TRIGGER "{name}"')
    driver.execute(f'DROP TABLE "{table}"')
    driver.close()
    with pytest.raises(DamagedOffice) as caught:
        open_office(office_home, USER, PASSPHRASE, verify=False, clock=fixed_clock)
    assert caught.value.code in ("ASN-1436", "ASN-1430")
    assert caught.value.backup is not None


@pytest.mark.posix_only
def test_tautan_putus_di_tempat_data(office_home: OfficePaths, tmp_path: Path) -> None:
    backed_up(office_home)
    office_home.database.unlink()
    office_home.database.symlink_to(tmp_path / "tidak ada")
    with pytest.raises(DatabaseDamaged) as caught:
        open_office(office_home, USER, PASSPHRASE, clock=fixed_clock)
    assert caught.value.code == "ASN-1432"
    assert not (tmp_path / "tidak ada").exists()
