"""``asn-desktop self-test``, the real one: also with no standard streams, as a windowed program on Windows has none."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from asn_desktop import __version__
from asn_desktop.exchange.reader import read_workbook
from asn_desktop.sample.workbooks import SHIPPED, write_shipped
from asn_desktop.self_test import command, findings, office

PNG = b"\x89PNG\r\n\x1a\n"


def call(*arguments: object, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "asn_desktop", "self-test", *map(str, arguments)],
        env={**os.environ, **(environment or {})}, stdin=subprocess.DEVNULL, capture_output=True, text=True,
        encoding="utf-8", timeout=900, check=False,
    )  # fmt: skip


def report_of(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / command.REPORT).read_text(encoding="utf-8"))
    return found


def test_di_komputer_yang_baik_semua_lulus_dan_laporannya_lengkap(tmp_path: Path) -> None:
    out = tmp_path / "uji mandiri é"
    done = call("--out", out, "--platform", "offscreen")
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(done.stdout.splitlines()) == 1
    assert "17 pemeriksaan lulus" in done.stdout
    report = report_of(out)
    assert report["sound"]
    assert report["finished"]
    assert not report["frozen"]
    assert all(check["sound"] and not check["error"] for check in report["checks"])
    pictures = sorted(out.glob("tab-*.png"))
    assert len(pictures) == 6
    assert all(picture.read_bytes().startswith(PNG) for picture in pictures)
    assert {path.name for path in out.glob("*.pdf")} == {"C.1.3.pdf", "D.1.1.pdf"}
    assert "window …" in (out / command.LOG).read_text(encoding="utf-8")


def test_versi_program_disebut() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "asn_desktop", "--version"], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout == f"ASN Desktop {__version__}\n"


def test_yang_gagal_disebut_dan_yang_lain_tetap_dijalankan(tmp_path: Path) -> None:
    """A platform that Qt does not have ends the window's process: the report says so, exit code 1."""
    done = call("--out", tmp_path, "--platform", "tidak-ada", "--json")
    assert done.returncode == 1
    report = json.loads(done.stdout)
    failed = [check for check in report["checks"] if not check["sound"]]
    assert [check["key"] for check in failed] == ["window"]
    assert "tidak-ada" in failed[0]["detail"]
    assert report == report_of(tmp_path)


def test_sumber_daya_yang_hilang_ditemukan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from asn_desktop.environment import resources
    from asn_desktop.self_test.parts import CHECKS

    monkeypatch.setattr(resources, "resource_root", lambda: tmp_path)
    check = next(check for check in CHECKS if check.key == "resources")
    monkeypatch.setattr("asn_desktop.self_test.parts.resource_root", lambda: tmp_path)
    finding = findings.examine(check, findings.Place(tmp_path, tmp_path))
    assert not finding.sound
    assert "Tabel rujukan hilang" in finding.detail
    assert "Traceback" in finding.error


def test_folder_laporan_yang_tidak_dapat_ditulis_bukan_akhir_yang_kasar(tmp_path: Path) -> None:
    blocked = tmp_path / "berkas"
    blocked.write_text("bukan folder", encoding="utf-8")
    done = call("--out", blocked)
    assert done.returncode == 3, "refused before anything is tried"
    assert "Traceback" not in done.stderr
    assert "berkas bukan folder. [ASN-1407]" in done.stderr
    assert blocked.read_text(encoding="utf-8") == "bukan folder"


def test_buku_kerja_contoh_adalah_yang_dibuat_pembuatnya(tmp_path: Path) -> None:
    made = tmp_path / SHIPPED.file
    write_shipped(made)
    assert [sheet.rows for sheet in read_workbook(made).sheets] == [
        sheet.rows for sheet in read_workbook(office.sample_workbook()).sheets
    ]
