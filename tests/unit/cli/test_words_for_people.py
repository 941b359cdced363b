"""What a person reads at the command line: Indonesian words, and never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from asn_desktop.cli import lists
from asn_desktop.cli.arguments import build_parser
from asn_desktop.cli.run import main

ENGLISH = ("COMMAND", "FILE", "NAME", "CODE", "OUT", "DIR", "AGENCY", "PLACE", "usage", "options", "arguments", "error")


@pytest.mark.parametrize(
    "command", [(), ("init",), ("import",), ("export",), ("print",), ("list",), ("restore",), ("open",)]
)
def test_bantuan_tanpa_kata_inggris(command: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        build_parser().parse_args([*command, "--help"])
    words = set(capsys.readouterr().out.replace(".", " ").replace("]", " ").split())
    assert not words & set(ENGLISH)


@pytest.mark.parametrize("wrong", [("--json=1", "check"), ("cetak",), ("list", "employees", "--period"), ("print",)])
def test_salah_pakai_dijelaskan_dalam_bahasa_indonesia(
    wrong: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        build_parser().parse_args(wrong)
    said = capsys.readouterr().err
    assert said.startswith("pemakaian: ")
    assert not [word for word in ("expected", "ignored", "invalid", "required", "error") if word in said]


def test_daftar_untuk_orang_berjudul_indonesia() -> None:
    plan = {"nip": "1", "kind": "konseling", "state": "proposed", "due": None}
    assert lists.as_table("plans", [plan]).splitlines() == [
        "NIP\tJenis\tStatus\tBatas waktu",
        "1\tKonseling kinerja\tUsulan\t",
    ]
    assert lists.as_table("evaluations", [{"state": "rated"}]).splitlines() == ["Status", "Dinilai"]
    assert lists.as_table("employees", [{"active": False}]).splitlines() == ["Aktif", "tidak"]


def test_open_tanpa_layar_menunjuk_perintah_lain(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["open", "daftar.xlsx"]) == 2
    said = capsys.readouterr().err
    assert "tidak ada layar" in said
    assert "import" in said


def test_pembaca_yang_berhenti_bukan_kesalahan() -> None:
    """``asn-desktop list employees | head`` ends quietly."""
    reader, writer = os.pipe()
    os.close(reader)
    code = "from asn_desktop.cli.saying import answer; assert answer('x' * 100_000)"
    done = subprocess.run([sys.executable, "-c", code], stdout=writer, stderr=subprocess.PIPE, timeout=300, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")
