"""The whole quarter through the command line, as scripts at the head office run it, on real workbooks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from asn_desktop.devtools.sample_workbooks import Truth, write_all
from asn_desktop.reports.preview import PreviewFile

PASSPHRASE = "kata sandi uji"
PERIOD = "2026-TW2"
FATES = ("new", "changed", "same", "conflict", "rejected", "ignored")


@dataclass(frozen=True, slots=True)
class CommandLine:
    """``run("list", "employees")`` → exit code, JSON object, standard error. Each call is a process of its own."""

    home: Path

    def run(self, *arguments: object, passphrase: str | None = PASSPHRASE) -> tuple[int, dict[str, Any], str]:
        environment = {
            key: value for key, value in os.environ.items() if key == "ASN_MACHINE_DIR" or not key.startswith("ASN_")
        }
        if passphrase is not None:
            environment["ASN_PASSPHRASE"] = passphrase
        command = [sys.executable, "-m", "asn_desktop", "--home", str(self.home), "--json", *map(str, arguments)]
        done = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8",
            timeout=600, check=False,
        )  # fmt: skip
        assert "Traceback" not in done.stderr, done.stderr
        lines = done.stdout.splitlines()
        assert len(lines) <= 1, done.stdout
        return done.returncode, json.loads(lines[0]) if lines else {}, done.stderr

    def ok(self, *arguments: object) -> dict[str, Any]:
        code, answer, problem = self.run(*arguments)
        assert code == 0, problem
        return answer


@dataclass(frozen=True, slots=True)
class Quarter:
    """What was done once for all tests below; they only look."""

    office: CommandLine
    folder: Path
    truths: list[Truth]
    people: dict[str, dict[str, Any]]
    ratings: dict[str, Any]

    def truth(self, workbook: str, *kinds: str) -> list[Truth]:
        return [row for row in self.truths if row.workbook == workbook and (not kinds or row.kind in kinds)]


@pytest.fixture(scope="module")
def quarter(tmp_path_factory: pytest.TempPathFactory) -> Quarter:
    folder = tmp_path_factory.mktemp("triwulan")
    office = CommandLine(folder / "kantor")
    office.ok("init", "--office", "11.12", "--name", "BKPSDM Kabupaten Contoh")
    truths = write_all(folder, seed=11, count=60)
    people = {
        name: office.ok("import", folder / f"{name}.xlsx", "--errors", folder / f"{name}_kembali.xlsx")
        for name in ("nominatif", "ekspor_pns", "ekspor_pppk", "per_opd")
    }
    ratings = office.ok("import", folder / "rekap_tw2.xlsx", "--period", PERIOD)
    return Quarter(office, folder, truths, people, ratings)


def counts(answer: dict[str, Any]) -> dict[str, int]:
    return {fate: answer[fate] for fate in FATES}


def test_enam_nasib_baris_menjumlah_ke_baris_terbaca(quarter: Quarter) -> None:
    for answer in (*quarter.people.values(), quarter.ratings):
        assert sum(counts(answer).values()) == answer["rows_read"]
        assert answer["new"] > 0


def test_temuan_menyebut_lembar_sel_dan_nilai(quarter: Quarter) -> None:
    issues = [issue for answer in quarter.people.values() for issue in answer["issues"]]
    assert issues
    assert all({"sheet", "cell", "value", "code", "message", "hint"} <= issue.keys() for issue in issues)
    assert all(issue["cell"] for issue in issues if issue["code"] == "nip_numeric")


def test_setiap_pegawai_sah_masuk_dan_yang_rusak_tidak(quarter: Quarter) -> None:
    listed = quarter.office.ok("list", "employees")["employees"]
    assert {"nip", "name", "rank", "position", "unit", "opd", "status"} <= listed[0].keys()
    nips = Counter(row["nip"] for row in listed)
    assert max(nips.values()) == 1
    for workbook in quarter.people:
        for row in quarter.truth(f"{workbook}.xlsx", "valid"):
            assert nips[row.nip] == 1, row
    names = {row["nip"]: row["name"] for row in listed}
    for row in quarter.truth("ekspor_pns.xlsx", "valid"):
        assert names[row.nip] == row.name


def test_impor_kedua_tidak_mengubah_apa_pun(quarter: Quarter) -> None:
    before = quarter.office.ok("check")["operations"]
    for name, first in quarter.people.items():
        again = quarter.office.ok("import", quarter.folder / f"{name}.xlsx")
        assert (again["new"], again["changed"]) == (0, 0), name
        assert again["rows_read"] == first["rows_read"]
        assert not again["applied"]
    again = quarter.office.ok("import", quarter.folder / "rekap_tw2.xlsx", "--period", PERIOD)
    assert (again["new"], again["changed"]) == (0, 0)
    assert quarter.office.ok("check")["operations"] == before


def test_rating_masuk_dan_predikat_bertentangan_menunggu(quarter: Quarter) -> None:
    contradicting = {row.nip for row in quarter.truth("rekap_tw2.xlsx", "contradicts")}
    assert contradicting
    assert quarter.ratings["conflict"] == len(contradicting)
    assert any("predik" in issue["message"].lower() and issue["cell"] for issue in quarter.ratings["issues"])
    rows = {row["nip"]: row for row in quarter.office.ok("list", "evaluations", "--period", PERIOD)["evaluations"]}
    labels = {"DI_ATAS": "Di Atas Ekspektasi", "SESUAI": "Sesuai Ekspektasi", "DI_BAWAH": "Di Bawah Ekspektasi"}
    checked = 0
    for truth in quarter.truth("rekap_tw2.xlsx", "valid"):
        row = rows[truth.nip]
        assert row["period"] == PERIOD
        assert row["result_rating"] == labels.get(truth.result, truth.result)
        assert row["behaviour_rating"] == labels.get(truth.behaviour, truth.behaviour)
        assert row["predicate"].upper().replace(" ", "_") == truth.predicate
        assert row["state"] == "rated"
        checked += 1
    assert checked > 30
    assert all(rows[nip]["predicate"] is None for nip in contradicting)


def test_setiap_predikat_rendah_mengusulkan_pembinaan(quarter: Quarter) -> None:
    low = {
        row["nip"]
        for row in quarter.office.ok("list", "evaluations", "--period", PERIOD)["evaluations"]
        if row["predicate"] in ("Butuh Perbaikan", "Kurang", "Sangat Kurang")
    }
    plans = quarter.office.ok("list", "plans")["plans"]
    assert low
    assert {plan["nip"] for plan in plans} >= low
    assert {plan["state"] for plan in plans} == {"proposed"}
    assert {plan["trigger_period"] for plan in plans} == {PERIOD}
    assert quarter.office.ok("list", "events") == {"events": []}


@pytest.mark.parametrize("paper", ["F4", "A4"])
def test_formulir_tercetak_untuk_satu_orang(quarter: Quarter, paper: str) -> None:
    nip = quarter.truth("rekap_tw2.xlsx", "valid")[0].nip
    for form in ("C.1.3", "D.1.1"):
        target = quarter.folder / f"{form}-{paper}.pdf"
        answer = quarter.office.ok("print", form, target, "--period", PERIOD, "--nip", nip, "--paper", paper)
        assert answer["forms"] == 1
        with PreviewFile(target) as preview:
            assert len(preview) == answer["pages"]
            short, long = sorted(side * 25.4 / 72 for side in preview.page_size(0))
        assert (round(short), round(long)) == ((215, 330) if paper == "F4" else (210, 297))


def test_satu_unit_dalam_satu_berkas(quarter: Quarter) -> None:
    target = quarter.folder / "unit.pdf"
    rows = quarter.office.ok("list", "evaluations", "--period", PERIOD)["evaluations"]
    opd = Counter(row["opd"] for row in rows).most_common(1)[0][0]
    answer = quarter.office.ok("print", "D.1.1", target, "--period", PERIOD, "--unit", opd)
    assert answer["forms"] == sum(row["opd"] == opd for row in rows)


def test_rekap_dan_daftar_tercetak(quarter: Quarter) -> None:
    target = quarter.folder / "rekap.pdf"
    answer = quarter.office.ok("print", "REKAP", target, "--period", PERIOD)
    assert (answer["forms"], answer["pages"]) == (1, 1)
    rated = sum(
        bool(row["predicate"]) for row in quarter.office.ok("list", "evaluations", "--period", PERIOD)["evaluations"]
    )
    with PreviewFile(target) as preview:
        assert f"Sudah dinilai {rated}" in " ".join(preview.text(0).split())
    listed = quarter.office.ok("list", "plans", "--period", PERIOD, "--pdf", quarter.folder / "rencana.pdf")
    with PreviewFile(quarter.folder / "rencana.pdf") as preview:
        assert len(preview) == listed["pages"]
        text = "".join("".join(preview.text(page).split()) for page in range(len(preview)))
    assert all("".join(plan["name"].split()) in text for plan in listed["plans"])


@pytest.mark.parametrize(
    "words",
    [
        ("print", "C.1.3", "a.pdf"),
        ("print", "REKAP", "a.pdf", "--period", PERIOD, "--nip", "199901012020011999"),
        ("print", "TANDA-TERIMA", "a.pdf", "--period", PERIOD),
        ("print", "DAFTAR", "a.pdf"),
    ],
)
def test_cetakan_menolak_pilihan_yang_tidak_dipakainya(quarter: Quarter, words: tuple[str, ...]) -> None:
    code, answer, _problem = quarter.office.run(*words)
    assert code == 2
    assert answer["error"]["hint"]


def test_ekspor_dapat_diimpor_lagi_tanpa_perubahan(quarter: Quarter) -> None:
    people, ratings = quarter.folder / "PEGAWAI.xlsx", quarter.folder / "PREDIKAT.xlsx"
    written = quarter.office.ok("export", "personnel", people)
    again = quarter.office.ok("import", people)
    assert counts(again) == dict.fromkeys(FATES, 0) | {"same": written["rows"]}
    quarter.office.ok("export", "ratings", ratings, "--period", PERIOD)
    again = quarter.office.ok("import", ratings)
    assert (again["new"], again["changed"], again["rejected"]) == (0, 0, 0)


def test_ekspor_memuat_nip_sebagai_teks_dan_tanpa_rumus(quarter: Quarter) -> None:
    target = quarter.folder / "PEGAWAI_teks.xlsx"
    quarter.office.ok("export", "personnel", target)
    sheet = openpyxl.load_workbook(target)["PEGAWAI"]
    nips = [cell for cell in sheet["A"][1:] if cell.value]
    assert sheet["A1"].value == "NIP"
    assert all(cell.data_type == "s" and len(cell.value) == 18 for cell in nips)
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_lembar_kerja_keluar_dan_kembali(quarter: Quarter) -> None:
    """Written, counted and known again; what an OPD fills in is tested in tests/integration/exchange."""
    office, path = quarter.office, quarter.folder / "lembar.xlsx"
    rows = office.ok("list", "worksheets", "--period", PERIOD)["worksheets"]
    opd = max(rows, key=lambda row: row["employees"])
    written = office.ok("worksheet", "ratings", path, "--period", PERIOD, "--unit", opd["code"], "--due", "15-10-2026")
    assert written["rows"] == opd["employees"] > 0
    back = office.ok("import", path)
    assert (back["kind"], back["period"]) == ("ratings", PERIOD)
    assert counts(back) == dict.fromkeys(FATES, 0) | {"same": written["rows"]}
    (now,) = [row for row in office.ok("list", "worksheets")["worksheets"] if row["code"] == opd["code"]]
    assert (now["state"], now["due"]) == ("back", "2026-10-15")
    everybody = office.ok("worksheet", "ratings", "--all", quarter.folder / "semua", "--period", PERIOD)
    assert all(Path(file["file"]).exists() for file in everybody["files"])
    assert sum(file["rows"] for file in everybody["files"]) == sum(row["employees"] for row in rows)
    assert office.run("worksheet", "ratings", "--period", PERIOD)[0] == 2
    assert office.run("worksheet", "participants", path)[0] == 2


def test_berkas_kesalahan_dapat_dibetulkan(quarter: Quarter) -> None:
    answer = quarter.people["nominatif"]
    returned = quarter.folder / "nominatif_kembali.xlsx"
    assert answer["rejected"] > 0
    assert Path(answer["errors"]) == returned
    again = quarter.office.ok("import", returned, "--dry-run")
    assert not again["applied"]
    assert again["rejected"] == answer["rejected"]


def test_cadangan_dan_pemulihan(quarter: Quarter, tmp_path: Path) -> None:
    office = quarter.office
    people = office.ok("list", "employees")["employees"]
    copy = Path(office.ok("backup", tmp_path / "kantor.cadangan")["file"])
    lacking = [row for row in people if row["nip"] == quarter.truth("ekspor_pppk.xlsx", "valid")[0].nip]
    assert lacking
    (office.home / "asn.db").write_bytes(b"rusak" * 4000)
    for name in ("asn.db-wal", "asn.db-shm"):
        (office.home / name).unlink(missing_ok=True)
    code, _answer, problem = office.run("list", "employees")
    assert code == 4
    assert "adangan" in problem
    assert office.ok("restore", copy)["kept"]
    assert office.ok("list", "employees")["employees"] == people
    report = office.ok("check")
    assert report["sound"]


class TestKodeKeluar:
    def test_kata_sandi_salah(self, quarter: Quarter) -> None:
        code, answer, problem = quarter.office.run("list", "employees", passphrase="bukan kata sandinya")
        assert code == 4
        assert answer["error"]["code"] == "ASN-1420"
        assert "kata sandi" in problem.lower()

    def test_belum_ada_kantor(self, tmp_path: Path) -> None:
        code, _answer, problem = CommandLine(tmp_path / "kosong").run("check")
        assert code == 4
        assert "init" in problem

    def test_pemakaian_salah(self, quarter: Quarter) -> None:
        assert quarter.office.run("cetak-semua")[0] == 2
        assert quarter.office.run("export", "ratings", "keluar.xlsx", "--period", "2026-TW9")[0] == 2
        assert quarter.office.run("check", passphrase=None)[0] == 2

    def test_berkas_ditolak(self, quarter: Quarter, tmp_path: Path) -> None:
        false = tmp_path / "bukan.xlsx"
        false.write_text("NIP;NAMA\n", encoding="utf-8")
        before = quarter.office.ok("check")["operations"]
        code, answer, _problem = quarter.office.run("import", false)
        assert code == 3
        assert answer["error"]["code"].startswith("ASN-13")
        assert quarter.office.ok("check")["operations"] == before

    def test_nip_yang_tidak_ada(self, quarter: Quarter, tmp_path: Path) -> None:
        target = tmp_path / "tidak.pdf"
        code, _answer, _problem = quarter.office.run(
            "print", "C.1.3", target, "--period", PERIOD, "--nip", "199901012020011999"
        )
        assert code == 3
        assert not target.exists()


def test_demo_tanpa_jendela_menyebut_berkas_yang_ada(tmp_path: Path) -> None:
    answer = CommandLine(tmp_path / "contoh").ok("demo", "--no-window")
    files = [Path(name) for name in answer["files"]]
    assert len(files) >= 9
    assert all(path.exists() for path in files)
    assert {path.suffix for path in files} >= {".pdf", ".xlsx"}
