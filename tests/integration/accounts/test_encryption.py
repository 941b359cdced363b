"""Nobody reads a person's name from a stolen disk, and a lost passphrase does not lose the data."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from asn_desktop.core.errors import EnvironmentProblem, InputError, WrongPassphrase
from asn_desktop.environment.paths import OfficePaths, office_paths
from asn_desktop.reference.queries import OfficeRow
from asn_desktop.services import (
    Services,
    close_office,
    create_office,
    office_users,
    open_office,
    open_with_recovery_code,
)
from tests.conftest import PASSPHRASE, USER, fixed_clock

SECRET = "Cut Nyak Rahasia Sekali"


def files_with(folder: Path, text: str) -> list[str]:
    needles = (text.encode(), text.encode("utf-16-le"))
    return [
        path.name
        for path in folder.rglob("*")
        if path.is_file() and any(needle in path.read_bytes() for needle in needles)
    ]


def test_no_name_stands_in_clear_in_database_wal_backups_or_temporary_files(
    office: Services, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    temporary = tmp_path / "temp"
    temporary.mkdir()
    monkeypatch.setenv("SQLITE_TMPDIR", str(temporary))
    with office.database.write("unit.head", "Pimpinan") as uow:
        from asn_desktop.reference.model import Unit

        uow.insert_many(Unit, [
            {"code": f"U{n}", "name": SECRET, "match_name": SECRET.upper(), "kind": "UNIT", "head_name": SECRET}
            for n in range(3000)
        ])  # fmt: skip
        assert files_with(office.paths.home, SECRET) == []
    wal = office.paths.database.with_name("asn.db-wal")
    assert wal.stat().st_size > 100_000
    office.safety.back_up()
    assert len(list(office.paths.backups.glob("*.cadangan"))) == 1
    assert files_with(office.paths.home, SECRET) == []
    assert files_with(temporary, SECRET) == []
    close_office(office)
    assert files_with(office.paths.home, SECRET) == []
    assert not office.paths.database.read_bytes().startswith(b"SQLite format 3")


def test_a_wrong_passphrase_is_answered_within_a_second_and_changes_nothing(office_home: OfficePaths) -> None:
    before = office_home.database.read_bytes()
    started = time.process_time()
    with pytest.raises(WrongPassphrase) as caught:
        open_office(office_home, USER, "bukan kata sandi ini")
    assert time.process_time() - started < 1.0  # of the processor, however busy the machine is
    assert caught.value.exit_code == 4
    assert "tidak dibuka" in caught.value.message
    assert office_home.database.read_bytes() == before


def test_an_unknown_user_learns_no_more_than_a_wrong_passphrase_tells(office_home: OfficePaths) -> None:
    with pytest.raises(WrongPassphrase) as unknown:
        open_office(office_home, "tidak-ada", PASSPHRASE)
    with pytest.raises(WrongPassphrase) as wrong:
        open_office(office_home, USER, "salah salah salah")
    assert unknown.value.message == wrong.value.message


def test_the_recovery_code_opens_and_sets_a_new_passphrase(tmp_path: Path) -> None:
    paths = office_paths(tmp_path / "baru")
    row = OfficeRow("11.12", "BKPSDM", "Pemerintah", "Blangpidie", "district", False)
    services, code = create_office(paths, row, USER, PASSPHRASE, clock=fixed_clock)
    close_office(services)
    with pytest.raises(WrongPassphrase):
        open_with_recovery_code(paths, USER, "00000-00000-00000-00000-00000-00000", "kata sandi baru")
    sloppy = code.lower().replace("-", " ").replace("0", "o")
    close_office(open_with_recovery_code(paths, USER, sloppy, "kata sandi baru", clock=fixed_clock))
    with pytest.raises(WrongPassphrase):
        open_office(paths, USER, PASSPHRASE)
    close_office(open_office(paths, USER, "kata sandi baru", clock=fixed_clock))


def test_a_colleague_opens_the_same_data_with_their_own_passphrase(office: Services) -> None:
    office.accounts.add_user("verifikator", "Bu Verifikator", "verifikator", "kata sandi kedua")
    office.accounts.change_passphrase(PASSPHRASE, "kata sandi pertama baru")
    close_office(office)
    assert office_users(office.paths) == [USER, "verifikator"]
    services = open_office(office.paths, "verifikator", "kata sandi kedua", clock=fixed_clock)
    assert services.accounts.current().role == "verifikator"
    close_office(services)
    close_office(open_office(office.paths, USER, "kata sandi pertama baru", clock=fixed_clock))


def test_an_existing_office_is_never_overwritten(office_home: OfficePaths) -> None:
    before = (office_home.database.read_bytes(), office_home.key_file.read_bytes())
    row = OfficeRow("99", "Lain", "Lain", "Lain", "district", False)
    with pytest.raises(InputError):
        create_office(office_home, row, USER, PASSPHRASE)
    assert (office_home.database.read_bytes(), office_home.key_file.read_bytes()) == before


def test_unusable_answers_leave_nothing_behind(tmp_path: Path) -> None:
    paths = office_paths(tmp_path / "baru")
    row = OfficeRow("11.12", "BKPSDM", "Pemerintah", "Blangpidie", "district", False)
    with pytest.raises(InputError):
        create_office(paths, row, USER, "pendek")
    assert not paths.exists
    close_office(create_office(paths, row, USER, PASSPHRASE, clock=fixed_clock)[0])


def test_a_damaged_key_file_is_explained(office_home: OfficePaths) -> None:
    office_home.key_file.write_text("{", encoding="utf-8")
    with pytest.raises(EnvironmentProblem) as caught:
        open_office(office_home, USER, PASSPHRASE)
    assert caught.value.code == "ASN-1422"
