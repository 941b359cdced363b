"""Started from an icon, a program on Windows has no standard streams. Every command must live with that."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

_WITHOUT_STREAMS = """
import sys
sys.stdin = sys.stdout = sys.stderr = None
sys.argv = ["asn-desktop", *sys.argv[1:]]
from asn_desktop.__main__ import main
sys.exit(main())
"""
PASSPHRASE = "kata sandi uji"


def code_of(*arguments: object, passphrase: str = PASSPHRASE) -> int:
    command = [sys.executable, "-c", _WITHOUT_STREAMS, *map(str, arguments)]
    environment = {**_environment(), **({"ASN_PASSPHRASE": passphrase} if passphrase else {})}
    done = subprocess.run(command, env=environment, capture_output=True, timeout=300, check=False)
    assert done.stdout == b""
    assert done.stderr == b""
    return done.returncode


def _environment() -> dict[str, str]:
    import os

    return {key: value for key, value in os.environ.items() if key == "ASN_MACHINE_DIR" or not key.startswith("ASN_")}


def test_perintah_bekerja_tanpa_layar(tmp_path: Path) -> None:
    home = tmp_path / "kantor"
    assert code_of("--home", home, "init", "--office", "11.12", "--name", "BKPSDM Kabupaten Contoh") == 0
    assert code_of("--home", home, "list", "employees") == 0
    assert code_of("--home", home, "backup") == 0
    assert len(list((home / "cadangan").glob("*.cadangan"))) == 1


@pytest.mark.parametrize("arguments", [["tidak-ada"], ["import"], ["init"]])
def test_salah_pakai_tetap_kode_2(arguments: list[str]) -> None:
    assert code_of(*arguments) == 2


def test_kata_sandi_tidak_dapat_ditanya(tmp_path: Path) -> None:
    home = tmp_path / "kantor"
    code_of("--home", home, "init", "--office", "11.12", "--name", "BKPSDM Kabupaten Contoh")
    assert code_of("--home", home, "list", "employees", passphrase="") == 2


def test_bantuan_tanpa_layar() -> None:
    assert code_of("--help") == 0
