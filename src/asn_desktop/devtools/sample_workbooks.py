"""Workbooks as offices keep them, made up, dirt included, with the truth beside them.

The five kinds that come in: a print-style list, the flat national export of PNS and of PPPK, one sheet per OPD,
a recap of ratings. The same seed gives the same workbooks; another seed gives other headings, order and dirt.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from asn_desktop.core.identifiers import format_nip
from asn_desktop.core.indonesian import format_date
from asn_desktop.core.ranks import pns_ranks, pppk_ranks
from asn_desktop.personnel.foreign_headings import NATIONAL_HEADINGS

OFFICES = {
    "Dinas Kesehatan": ("UPTD Puskesmas Contoh", "Bidang P2P", "Bidang Kesehatan Masyarakat"),
    "Dinas Penanaman Modal dan PTSP": ("Bidang Perizinan", "Bidang Pengaduan"),
    "Badan Kepegawaian dan Pengembangan SDM": ("Bidang Mutasi", "Bidang Kinerja"),
    "Sekretariat Daerah": ("Bagian Umum", "Bagian Hukum", "Bagian Organisasi"),
    "Kecamatan Contoh Selatan": ("Seksi Pemerintahan", "Seksi Pelayanan Umum"),
}
_FIRST_TEXT = "Anita Burhan Cut Dewi Eko Fatimah Hasan Ketut Lestari Made Nurhayati Petrus Rahmat Siti Teuku Yulius"
_LAST_TEXT = "Abdullah Bin-Ali D'Souza Ginting Hulopi Ma'ruf Nahak Pakaya Santoso Tukan Umar Wijaya"
_FIRST, _LAST = _FIRST_TEXT.split(), _LAST_TEXT.split()
_BACK = ("", "", "S.E.", "S.Sos.", "S.Kep., Ns.", "S.STP., M.Si.", "A.Md.Keb.", "S.T., M.T.")
_FRONT = ("", "", "Drs.", "Hj.", "dr.", "Dr.")
_POSTS = ("Guru Ahli Pertama", "Perawat Terampil", "Analis Kebijakan Ahli Muda", "Pengadministrasi Umum")
_RATINGS = {"DI_ATAS": "Di Atas Ekspektasi", "SESUAI": "Sesuai Ekspektasi", "DI_BAWAH": "Di Bawah Ekspektasi"}
_PREDICATES = {
    ("DI_ATAS", "DI_ATAS"): "Sangat Baik",
    ("DI_ATAS", "SESUAI"): "Baik",
    ("DI_ATAS", "DI_BAWAH"): "Kurang",
    ("SESUAI", "DI_ATAS"): "Baik",
    ("SESUAI", "SESUAI"): "Baik",
    ("SESUAI", "DI_BAWAH"): "Kurang",
    ("DI_BAWAH", "DI_ATAS"): "Butuh Perbaikan",
    ("DI_BAWAH", "SESUAI"): "Butuh Perbaikan",
    ("DI_BAWAH", "DI_BAWAH"): "Sangat Kurang",
}


@dataclass(frozen=True, slots=True)
class Truth:
    """What a row must come in as. ``kind``: valid, rounded, invalid or contradicts."""

    workbook: str
    kind: str
    nip: str
    name: str = ""
    rank: str = ""
    unit: str = ""
    opd: str = ""
    result: str = ""
    behaviour: str = ""
    predicate: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    nip: str
    name: str
    front: str
    back: str
    born: date
    place: str
    sex: str
    rank: str
    rank_title: str
    rank_tmt: date
    post: str
    unit: str
    opd: str


def make_people(count: int, rng: random.Random, *, pppk: bool = False) -> list[Person]:
    """People whose numbers are valid by structure."""
    people = []
    for number in range(count):
        born = date(rng.randint(1970, 1998), rng.randint(1, 12), rng.randint(1, 28))
        sex = rng.choice("LP")
        appointed = (
            f"{rng.randint(2019, 2025)}21" if pppk else f"{born.year + rng.randint(20, 25)}{rng.randint(1, 12):02}"
        )
        rank = rng.choice(pppk_ranks()[4:11] if pppk else pns_ranks()[4:15])
        opd = rng.choice(list(OFFICES))
        people.append(
            Person(
                nip=f"{born:%Y%m%d}{appointed}{1 if sex == 'L' else 2}{number % 998 + 1:03}",
                name=f"{rng.choice(_FIRST)} {rng.choice(_LAST)}",
                front=rng.choice(_FRONT),
                back=rng.choice(_BACK),
                born=born,
                place=rng.choice(("Kupang", "Gorontalo", "Medan", "Susoh")),
                sex=sex,
                rank=rank.code,
                rank_title=rank.title,
                rank_tmt=date(rng.randint(2015, 2024), rng.choice((4, 10)), 1),
                post=rng.choice(_POSTS),
                unit=rng.choice(OFFICES[opd]),
                opd=opd,
            )
        )
    return people


def write_all(folder: Path, seed: int = 7, count: int = 120) -> list[Truth]:
    """All five workbooks into ``folder``; returns what they hold."""
    rng = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    pns = make_people(count, rng)
    return [
        *write_nominatif(folder / "nominatif.xlsx", make_people(count, rng), rng),
        *write_flat(folder / "ekspor_pns.xlsx", pns, rng, kind="PNS"),
        *write_flat(folder / "ekspor_pppk.xlsx", make_people(count // 3, rng, pppk=True), rng, kind="PPPK"),
        *write_per_opd(folder / "per_opd.xlsx", make_people(count, rng), rng),
        *write_ratings(folder / "rekap_tw2.xlsx", pns, rng),
    ]


def write_nominatif(path: Path, people: list[Person], rng: random.Random) -> list[Truth]:
    """Title rows, two header rows, numbers row, sections, JUMLAH, signatures, a hidden column, a second sheet."""
    truths: list[Truth] = []
    with _workbook(path) as book:
        sheet = book.add_worksheet("Nominatif")
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy"})
        for row, text in enumerate(
            ("DAFTAR NOMINATIF PEGAWAI", "PEMERINTAH KABUPATEN CONTOH", "KEADAAN 31 MARET 2026")
        ):
            sheet.merge_range(row, 0, row, 11, text, bold)
        top = rng.choice((4, 6))
        heads = (
            "NO",
            "NAMA",
            "NIP",
            "TEMPAT/TGL LAHIR",
            "L/P",
            None,
            None,
            None,
            "JABATAN",
            "UNIT KERJA",
            "UMUR",
            "KET",
        )
        for column, heading in enumerate(heads):
            if heading:
                sheet.merge_range(top, column, top + 1, column, heading, bold)
        sheet.merge_range(top, 5, top, 7, "PANGKAT", bold)
        for column, text in ((5, "NAMA PANGKAT"), (6, rng.choice(("GOL/RUANG", "GOL."))), (7, "TMT")):
            sheet.write_string(top + 1, column, text, bold)
        row = top + 2
        for column in range(12):
            sheet.write_number(row, column, column + 1)
        sheet.set_column(11, 11, None, None, {"hidden": True})
        number = 0
        for opd in OFFICES:
            row += 1
            sheet.merge_range(row, 0, row, 11, opd.upper(), bold)
            members = [person for person in people if person.opd == opd]
            for person in members:
                row, number = row + 1, number + 1
                dirt, kind = _nip_dirt(person, rng)
                truths.append(_truth(path, kind, person))
                sheet.write_number(row, 0, number)
                sheet.write_string(row, 1, _glued_name(person, rng))
                _write(sheet, row, 2, dirt, rng, day)
                sheet.write_string(row, 3, f"{person.place}, {person.born:%d-%m-%Y}")
                sheet.write_string(row, 4, person.sex)
                sheet.write_string(row, 5, person.rank_title)
                sheet.write_string(row, 6, _rank_dirt(person.rank, rng))
                _write(sheet, row, 7, person.rank_tmt, rng, day)
                sheet.write_string(row, 8, person.post)
                sheet.write_string(row, 9, person.unit)
                sheet.write_formula(row, 10, f"=YEAR(TODAY())-{person.born.year}", None, "")
            row += 1
            sheet.write_string(row, 1, "JUMLAH")
            sheet.write_formula(row, 2, f"=COUNTA(C{row - len(members) + 1}:C{row})", None, len(members))
        lines = (
            "Mengetahui,",
            "Kepala BKPSDM Kabupaten Contoh",
            "",
            "Drs. Contoh Pejabat, M.Si.",
            "NIP. 196801011990031001",
        )
        for offset, text in enumerate(lines):
            sheet.write_string(row + 3 + offset, 8, text)
        book.add_worksheet("Rekap").write_string(0, 0, "REKAPITULASI MENURUT GOLONGAN")
    return truths


def write_flat(path: Path, people: list[Person], rng: random.Random, *, kind: str) -> list[Truth]:
    """The flat national export: all text, sex as M/F, "-" for nothing."""
    headings = [heading for heading in NATIONAL_HEADINGS if heading not in ("ESELON ID", "ESELON NAMA", "STATUS ASN")]
    with _workbook(path) as book:
        sheet = book.add_worksheet("Data")
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading)
        for row, person in enumerate(people, 1):
            texts = {
                "NIP BARU": person.nip,
                "NAMA": person.name,
                "GELAR DEPAN": person.front,
                "GELAR BELAKANG": person.back,
                "TEMPAT LAHIR NAMA": person.place,
                "TANGGAL LAHIR": f"{person.born:%d-%m-%Y}",
                "JENIS KELAMIN": "M" if person.sex == "L" else "F",
                "JENIS KAWIN NAMA": "Menikah",
                "JENIS PEGAWAI NAMA": f"{kind} Daerah",
                "KEDUDUKAN HUKUM NAMA": "Aktif",
                "STATUS CPNS PNS": kind,
                "TMT PNS": "-",
                "GOL AKHIR NAMA": rng.choice(("", "Golongan ")) + person.rank if kind == "PPPK" else person.rank,
                "TMT GOLONGAN": f"{person.rank_tmt:%d-%m-%Y}",
                "JENIS JABATAN NAMA": "Jabatan Fungsional",
                "JABATAN NAMA": person.post,
                "TINGKAT PENDIDIKAN NAMA": rng.choice(("S-1", "D-III", "SMA/SMK")),
                "UNOR NAMA": person.unit,
                "INSTANSI INDUK NAMA": "Pemerintah Kab. Contoh",
                "SATUAN KERJA INDUK NAMA": person.opd,
            }
            for column, heading in enumerate(headings):
                if texts.get(heading):
                    sheet.write_string(row, column, texts[heading])
    return [_truth(path, "valid", person) for person in people]


def write_per_opd(path: Path, people: list[Person], rng: random.Random) -> list[Truth]:
    """One sheet per OPD, two wordings, columns in another order on each sheet, empty rows above."""
    wordings = (
        (
            "No.",
            "Nama Lengkap",
            "N I P",
            "Gol. Ruang",
            "T.M.T Pangkat",
            "Jabatan Terakhir",
            "Tgl. Lahir",
            "Jenis Kelamin",
        ),
        ("", "Nama Pegawai", "NIP Pegawai", "Golongan/Ruang", "TMT Gol", "Nama Jabatan", "Tanggal Lahir", "Jns Kel"),
    )
    truths = []
    with _workbook(path) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for opd in OFFICES:
            sheet = book.add_worksheet(opd[:31])
            row = rng.randint(0, 3)
            sheet.write_string(row, 0, f"UNIT KERJA : {opd.upper()}")
            order = [(index, text) for index, text in enumerate(rng.choice(wordings)) if text]
            rng.shuffle(order)
            for column, (_index, text) in enumerate(order):
                sheet.write_string(row + 1, column, text)
            for number, person in enumerate((p for p in people if p.opd == opd), 1):
                cells = (
                    number,
                    person.name,
                    _text_nip(person.nip, rng),
                    _rank_dirt(person.rank, rng),
                    person.rank_tmt,
                    person.post,
                    person.born,
                    "Laki-laki" if person.sex == "L" else "Perempuan",
                )
                for column, (index, _text) in enumerate(order):
                    _write(sheet, row + 1 + number, column, cells[index], rng, day)
                truths.append(_truth(path, "valid", person, with_unit=False))
    return truths


def write_ratings(path: Path, people: list[Person], rng: random.Random) -> list[Truth]:
    """A recap of Triwulan II 2026; in some rows the predicate contradicts the two ratings."""
    truths = []
    with _workbook(path) as book:
        sheet = book.add_worksheet("Triwulan II 2026")
        sheet.write_string(0, 0, "REKAPITULASI EVALUASI KINERJA PEGAWAI TRIWULAN II TAHUN 2026")
        heads = (
            "No",
            "NIP",
            "Nama",
            "Unit Kerja",
            "Rating Hasil Kerja",
            "Rating Perilaku Kerja",
            "Predikat Kinerja",
            "Catatan",
        )
        for column, text in enumerate(heads):
            sheet.write_string(2, column, text)
        for row, person in enumerate(people, 3):
            result, behaviour = rng.choice(list(_RATINGS)), rng.choice(list(_RATINGS))
            follows = _PREDICATES[result, behaviour]
            contradicts = rng.random() < 0.03
            shown = (
                rng.choice([label for label in set(_PREDICATES.values()) if label != follows])
                if contradicts
                else follows
            )
            sheet.write_number(row, 0, row - 2)
            for column, text in enumerate(
                (
                    _text_nip(person.nip, rng),
                    person.name,
                    person.unit,
                    rng.choice((str.upper, str.lower, str))(_RATINGS[result]),
                    _RATINGS[behaviour],
                    rng.choice((shown, shown.upper(), shown.replace(" ", "   "), shown + ".")),
                ),
                1,
            ):
                sheet.write_string(row, column, text)
            kind = "contradicts" if contradicts else "valid"
            truths.append(
                Truth(
                    path.name,
                    kind,
                    person.nip,
                    result=result,
                    behaviour=behaviour,
                    predicate=shown.upper().replace(" ", "_"),
                )
            )
    return truths


def _workbook(path: Path) -> Any:
    return xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_numbers": False})


def _truth(path: Path, kind: str, person: Person, *, with_unit: bool = True) -> Truth:
    unit = person.unit if with_unit else ""
    return Truth(path.name, kind, person.nip, person.name, person.rank, unit, person.opd)


def _nip_dirt(person: Person, rng: random.Random) -> tuple[str | int, str]:
    """Mostly text in some spelling; now and then a number (rounded by Excel) or a wrong number."""
    chance = rng.random()
    if chance < 0.03:
        return int(float(person.nip)), "rounded"
    if chance < 0.05:
        return person.nip[:4] + "1399"[:4] + person.nip[8:], "invalid"
    if chance < 0.07:
        return person.nip[:-1], "invalid"
    return _text_nip(person.nip, rng), "valid"


def _text_nip(nip: str, rng: random.Random) -> str:
    printed = format_nip(nip)
    return rng.choice(
        (nip, nip, printed, printed.replace(" ", "."), f"'{nip}", f"{nip}\u00a0", f"NIP. {printed}", f"{nip}\n")
    )


def _rank_dirt(rank: str, rng: random.Random) -> str:
    group, step = rank.split("/")
    return rng.choice(
        (
            rank,
            rank.upper(),
            rank.lower(),
            f"{group}{step}",
            f"{group}.{step}",
            f"{group} / {step}",
            f"{group} - {step}",
            f"Gol. {rank}",
        )
    )


def _glued_name(person: Person, rng: random.Random) -> str:
    name = f"{person.front} {person.name}".strip() + (f", {person.back}" if person.back else "")
    return rng.choice((name, name, name.upper(), name.replace("'", "’"), name.replace(" ", "  ")))


def _write(sheet: Any, row: int, column: int, value: str | int | date, rng: random.Random, day: Any) -> None:
    """A number as a number, text as text, a date in any of the spellings of an office."""
    if isinstance(value, int):
        sheet.write_number(row, column, value)
    elif isinstance(value, str):
        sheet.write_string(row, column, value)
    else:
        texts = (f"{value:%d-%m-%Y}", f"{value:%d/%m/%Y}", f"{value:%Y-%m-%d}", format_date(value), "")
        text = rng.choice(texts)
        if text:
            sheet.write_string(row, column, text)
        else:
            sheet.write_datetime(row, column, value, day)
