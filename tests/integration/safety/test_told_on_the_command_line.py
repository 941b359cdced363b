"""What the command line says about safety: codes, copies, packages in clear, an anchor that disagrees."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from asn_desktop.accounts import keyfile
from asn_desktop.cli import run
from asn_desktop.environment.paths import OfficePaths
from asn_desktop.environment.program import child_environment
from asn_desktop.services import close_office, open_office
from tests.conftest import PASSPHRASE, USER, fixed_clock


@pytest.fixture
def said(office_home: OfficePaths, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """``said("check")`` → exit code, JSON object, standard error."""
    monkeypatch.setenv("ASN_PASSPHRASE", PASSPHRASE)

    def command(*words: str) -> tuple[int, dict[str, Any], str]:
        code = run.main(["--home", str(office_home.home), "--json", *words])
        out, problem = capsys.readouterr()
        return code, json.loads(out), problem

    return command


def test_kode_pemulihan_baru_membuka_dan_yang_lama_tidak(office_home: OfficePaths, said: Any) -> None:
    first = said("recovery-code")[1]["recovery_code"]
    code, answer, problem = said("recovery-code")
    assert (code, problem) == (0, "")
    assert keyfile.unlock_with_code(office_home.key_file, answer["recovery_code"])
    with pytest.raises(Exception, match="tidak cocok"):
        keyfile.unlock_with_code(office_home.key_file, first)


def test_daftar_cadangan_juga_bila_data_rusak(office_home: OfficePaths, said: Any) -> None:
    said("backup")
    office_home.database.write_bytes(b"rusak" * 2000)
    (office_home.backups / "asn-20260101-000000-manual.cadangan").write_bytes(b"rusak" * 2000)
    code, answer, _problem = said("list", "backups")
    assert code == 0
    assert [row["readable"] for row in answer["backups"]] == [True, False]
    assert answer["backups"][0]["employees"] == 0
    assert answer["backups"][0]["operation"] == 1


def test_paket_terbuka_dikatakan(office_home: OfficePaths, said: Any, tmp_path: Path) -> None:
    code, answer, _problem = said("send", str(tmp_path / "paket.xlsx"), "--to", "11")
    assert code == 0
    assert answer["encrypted"] is False


def test_jangkar_yang_menyangkal_dikatakan_di_luar_jawaban(office_home: OfficePaths, said: Any) -> None:
    office_home.anchor.write_text('{"operation": 99, "hash": "aa"}', encoding="utf-8")
    code, answer, problem = said("list", "employees")
    assert code == 0
    assert answer == {"employees": []}
    assert "ASN-1438" in problem
    assert said("check")[0] == 3


def test_proses_anak_tidak_mewarisi_kata_sandi(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASN_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("ASN_NEW_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("ASN_HOME", "tetap")
    inherited = child_environment()
    assert PASSPHRASE not in inherited.values()
    assert inherited["ASN_HOME"] == "tetap"


def test_cadangan_di_atas_cadangan_ditolak(office_home: OfficePaths, said: Any, tmp_path: Path) -> None:
    target = tmp_path / "harian.cadangan"
    assert said("backup", str(target))[0] == 0
    before = target.read_bytes()
    code, answer, _problem = said("backup", str(target))
    assert (code, answer["error"]["code"]) == (3, "ASN-1407")
    assert target.read_bytes() == before
    proposed = next(word for word in answer["error"]["hint"].split() if word.endswith(".cadangan"))
    assert said("backup", str(tmp_path / proposed))[0] == 0
    close_office(open_office(office_home, USER, PASSPHRASE, clock=fixed_clock))
