"""Write a flat national export of made-up people: ``python benchmarks/make_flat.py out.xlsx --rows 10000``.

60 columns (the national headings), nearly all filled, all text as the real export is. The same seed gives the
same people.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import xlsxwriter

from asn_desktop.personnel.foreign_headings import NATIONAL_HEADINGS

COLUMNS = 60
_FIRST_NAMES = "Anita Burhan Cut Dewi Eko Fatimah Hasan Irwan Joko Kartini Lestari Made Novita Putri Rahmat Siti"
_LAST_NAMES = "Abdullah Bere Daud Ginting Hulopi Kusuma Lubis Mohamad Nahak Pakaya Santoso Tukan Umar Wijaya"
_FIRST, _LAST = _FIRST_NAMES.split(), _LAST_NAMES.split()
_OPD = {
    "Dinas Kesehatan": ("UPTD Puskesmas Contoh", "Bidang P2P", "Sekretariat"),
    "Dinas Pendidikan dan Kebudayaan": ("SD Negeri 1 Contoh", "SMP Negeri 2 Contoh", "Bidang Pembinaan SD"),
    "Sekretariat Daerah": ("Bagian Umum", "Bagian Hukum", "Bagian Organisasi"),
    "Kecamatan Contoh": ("Seksi Pemerintahan", "Seksi Pelayanan Umum", "Sekretariat"),
}
_RANKS = [f"{group}/{step}" for group in ("II", "III") for step in "abcd"] + ["IV/a", "IV/b"]


def person(number: int, rng: random.Random) -> dict[str, str]:
    """One row, heading → text. NIPs are unique through ``number``."""
    year, month, day = rng.randint(1968, 1999), rng.randint(1, 12), rng.randint(1, 28)
    appointed = f"{min(2024, year + rng.randint(20, 32))}{rng.randint(1, 12):02}"
    male = rng.random() < 0.5
    nip = f"{year}{month:02}{day:02}{appointed}{1 if male else 2}{number % 999 + 1:03}"
    opd = rng.choice(list(_OPD))
    known = {
        "PNS ID": f"{rng.getrandbits(128):032X}",
        "NIP BARU": nip,
        "NAMA": f"{rng.choice(_FIRST)} {rng.choice(_FIRST)} {rng.choice(_LAST)} Contoh",
        "GELAR DEPAN": rng.choice(("", "", "Drs.", "dr.")),
        "GELAR BELAKANG": rng.choice(("S.Pd.", "S.E.", "S.Sos., M.Si.", "")),
        "TEMPAT LAHIR NAMA": rng.choice(("Kupang", "Gorontalo", "Medan", "Susoh")),
        "TANGGAL LAHIR": f"{day:02}-{month:02}-{year}",
        "JENIS KELAMIN": "M" if male else "F",
        "AGAMA NAMA": rng.choice(("Islam", "Kristen", "Katolik", "Hindu")),
        "JENIS KAWIN NAMA": "Menikah",
        "NIK": f"{rng.randrange(10**15, 10**16)}",
        "NOMOR HP": f"0812{rng.randrange(10**8):08}",
        "EMAIL": f"pegawai{number}@contoh.go.id",
        "EMAIL GOV": "",
        "JENIS PEGAWAI NAMA": "PNS Daerah",
        "KEDUDUKAN HUKUM NAMA": "Aktif",
        "STATUS CPNS PNS": "PNS",
        "TMT CPNS": f"01-{appointed[4:]}-{appointed[:4]}",
        "GOL AWAL NAMA": "II/a",
        "GOL AKHIR NAMA": rng.choice(_RANKS),
        "TMT GOLONGAN": f"01-{rng.choice(('04', '10'))}-{rng.randint(2015, 2024)}",
        "MK TAHUN": str(rng.randint(1, 30)),
        "MK BULAN": str(rng.randint(0, 11)),
        "JENIS JABATAN NAMA": "Jabatan Fungsional",
        "JABATAN NAMA": rng.choice(("Guru Ahli Pertama", "Perawat Terampil", "Analis Kebijakan Ahli Muda")),
        "TMT JABATAN": f"01-01-{rng.randint(2015, 2024)}",
        "TINGKAT PENDIDIKAN NAMA": rng.choice(("S-1", "D-III", "S-2", "SMA/SMK")),
        "PENDIDIKAN NAMA": "S-1 Pendidikan Contoh",
        "TAHUN LULUS": str(rng.randint(1990, 2020)),
        "UNOR NAMA": rng.choice(_OPD[opd]),
        "INSTANSI INDUK NAMA": "Pemerintah Kab. Contoh",
        "INSTANSI KERJA NAMA": "Pemerintah Kab. Contoh",
        "SATUAN KERJA INDUK NAMA": opd,
    }
    for heading in NATIONAL_HEADINGS:
        if heading.endswith(" ID") and heading not in known:
            known[heading] = f"{rng.getrandbits(64):016X}"
        elif heading.startswith("NOMOR SK"):
            known[heading] = f"800/{rng.randint(1, 999)}/{appointed[:4]}"
    return known


def write(path: Path, rows: int, seed: int = 2026) -> None:
    """Write the workbook in constant memory."""
    rng = random.Random(seed)
    headings = [heading for heading in NATIONAL_HEADINGS if not heading.startswith("INSTANSI KERJA ID")][:COLUMNS]
    if "SATUAN KERJA INDUK NAMA" not in headings:
        headings[-1] = "SATUAN KERJA INDUK NAMA"
    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_formulas": False}) as workbook:
        sheet = workbook.add_worksheet("Data")
        sheet.write_row(0, 0, headings)
        for number in range(rows):
            row = person(number, rng)
            for column, heading in enumerate(headings):
                if value := row.get(heading, ""):
                    sheet.write_string(number + 1, column, value)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=2026)
    arguments = parser.parse_args()
    write(arguments.path, arguments.rows, arguments.seed)


if __name__ == "__main__":
    main()
