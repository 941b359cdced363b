"""Every kind of file that was seen in offices, and what has to come of it: who comes in, what is said, what to do next.

A line is one kind: a builder with people of ours, and its outcome. Where the workbooks collected from outside stand
beside the project (``../shared/cases``), each of them has a line as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from asn_desktop.core.errors import WorkbookError
from asn_desktop.environment.logs import stop_log
from asn_desktop.exchange.plan import ImportPlan
from asn_desktop.services import Services, close_office, open_office
from tests.conftest import PASSPHRASE, USER, fixed_clock, move_in
from tests.integration.exchange import foreign_files as made
from tests.integration.exchange.shared_outcomes import CASES, SHARED, Outcome, outcome_of

PEOPLE = made.people()
NATIONAL = "PNS Daerah Kab./Kota yang bekerja pada Kab./Kota"
NATIONAL_PPPK = "PPPK Daerah Kab./Kota yang bekerja pada Kab./Kota"
RANKS, PPPK_RANKS = ("III/a", "III/c", "III/b"), ("IX", "VII", "V")


@dataclass(frozen=True)
class Kind:
    """A file (its name matters, as it does to Windows) and what has to come of it.

    ``refused``: code and words of the message or its advice. ``says``: codes of what is found, besides notes on columns.
    """

    name: str
    build: Callable[[], bytes | str]
    new: int = 0
    rejected: int = 0
    says: frozenset[str] = frozenset()
    values: dict[str, Any] = field(default_factory=dict)
    refused: tuple[str, ...] = ()


def came_in(name: str, build: Callable[[], bytes | str], *says: str, new: int = 3, **values: Any) -> Kind:
    return Kind(name, build, new=new, says=frozenset(says), values=values)


def turned_away(name: str, build: Callable[[], bytes | str], code: str, *words: str) -> Kind:
    return Kind(name, build, refused=(code, *words))


def _national(kind: str, status: str, legal: str = "Aktif", **more: str) -> Callable[[], bytes]:
    pppk = legal.startswith("PPPK") or kind.startswith("PPPK")
    numbers, ranks = (made.PPPK_NUMBERS, PPPK_RANKS) if pppk else (made.NUMBERS, RANKS)
    return lambda: made.national(kind, status, legal, numbers, ranks, **more)


def _sheet(**around: str) -> Callable[[], bytes]:
    return lambda: made.workbook(made.sheet(PEOPLE, **around))


def _beside(**extra: str | bytes) -> Callable[[], bytes]:
    parts = {
        name.replace("__", "/").replace("_xml", ".xml").replace("_bmp", ".bmp"): part for name, part in extra.items()
    }
    return lambda: made.workbook(made.sheet(PEOPLE), extra=parts)


def _formula(cells: str) -> Callable[[], bytes]:
    """A fourth heading, and in each row a cell that a formula has filled."""
    lines = [[*line[:3], "EMAIL" if number == 0 else ""] for number, line in enumerate(PEOPLE)]
    body = made.rows_xml(lines)
    for number in range(2, len(lines) + 1):
        end = body.index("</row>", body.index(f'<row r="{number}">'))
        body = body[:end] + cells.format(number=number) + body[end:]
    return lambda: made.workbook(made.sheet([], body=body))


def _column(heading: str, *values: str) -> Callable[[], bytes]:
    cells = [heading, *(values * 3)[:3]]
    return lambda: made.workbook(made.sheet([[*line, cells[number]] for number, line in enumerate(PEOPLE)]))


_TEXT = made.separated(PEOPLE)
_HTML = made.table_html(PEOPLE)
_PLAIN = made.workbook(made.sheet(PEOPLE))
_BREAKS = '<rowBreaks count="1" manualBreakCount="1"><brk id="2" max="16383" man="1"/></rowBreaks>'
_STYLES = f"<styleSheet><cellXfs>{'<xf/>' * 60_000}</cellXfs></styleSheet>"
_QUERY = '<?xml version="1.0" encoding="utf-16"?><DataMashup>UEsDBA</DataMashup>'.encode("utf-16")

KINDS = (
    came_in("biasa.xlsx", lambda: _PLAIN),
    # the national export
    came_in("pns.xlsx", _national(NATIONAL, "P"), employment_kind="PNS", rank="III/a"),
    came_in("cpns.xlsx", _national(NATIONAL, "C"), employment_kind="CPNS"),
    came_in("pppk_p.xlsx", _national("", "P", "PPPK Aktif"), employment_kind="PPPK", rank="IX"),
    came_in("pppk.xlsx", _national(NATIONAL_PPPK, "P"), employment_kind="PPPK", rank="IX"),
    came_in("paruh_waktu.xlsx", _national("PPPK Paruh Waktu", "P"), employment_kind="PPPK_PARUH_WAKTU"),
    came_in("npwp_salah.xlsx", _national(NATIONAL, "P", NPWP_NOMOR="'01234"), "npwp_length", npwp=None, rank="III/a"),
    came_in("email_salah.xlsx", _national(NATIONAL, "P", EMAIL="ani(at)contoh"), "email_invalid", email=None),
    came_in("nik_salah.xlsx", _national(NATIONAL, "P", NIK="tidak ada"), "nik_characters", nik=None),
    came_in("tmt_salah.xlsx", _column("TMT JABATAN", "akhir tahun lalu"), "date_unknown", position_tmt=None),
    came_in("tmt_mustahil.xlsx", _column("TMT GOLONGAN", "31/02/2020"), "date_impossible", rank_tmt=None, rank="III/a"),
    came_in("null.xlsx", _national(NATIONAL, "P", NIK="NULL", EMAIL="'", NPWP_NOMOR="--"), nik=None, email=None),
    # lists made from it
    came_in("status_aktif.xlsx", _column("STATUS", "Aktif"), legal_status="Aktif"),
    came_in("status_kawin.xlsx", _column("STATUS", "K/1"), "employment_kind_unread"),
    came_in("jenis_guru.xlsx", _column("JENIS PEGAWAI", "Dokter"), "employment_kind_unread"),
    came_in("hp.xlsx", _column("NO HP", "81355512345"), "phone_zero", phone="081355512345"),
    # spellings of the format
    came_in("batas_halaman.xlsx", _sheet(after=_BREAKS)),
    came_in("batas_kolom.xlsx", _sheet(after=_BREAKS.replace("row", "col"))),
    came_in("komentar.xlsx", _sheet(before="<!-- SIMPEG 2.1 <sheetData/> -->")),
    came_in("power_query.xlsx", _beside(customXml__item1_xml=_QUERY)),
    came_in("gambar_putih.xlsx", _beside(xl__media__image1_bmp=b"\xff" * 2_500_000)),
    came_in("gaya.xlsx", _beside(xl__styles_xml=_STYLES)),
    came_in("lembar_banyak.xlsx", lambda: made.workbook(
        made.sheet(PEOPLE), *[made.sheet([["Rekap"]])] * 79,
        extra={f"xl/printerSettings/printerSettings{n}.bin": b"\0" * 300 for n in range(160)}),
        "sheet_without_people"),
    came_in("garis_miring.xlsx", lambda: made.with_backslashes(_PLAIN)),
    came_in("workbook3.xlsx", lambda: made.workbook(
        made.sheet(PEOPLE), names={"xl/workbook.xml": "xl/workbook3.xml"})),
    came_in("peringatan_php.xlsx", lambda: b"<b>Notice</b>: Undefined index in simpeg.php<br/>\n" + _PLAIN),
    came_in("ekor_nol.xlsx", lambda: _PLAIN + bytes(2048)),
    came_in("rumus_kosong.xlsx", _formula('<c r="D{number}" t="str"><f>IF(1,"")</f><v></v></c>')),
    came_in("rumus_kosong_2.xlsx", _formula('<c r="D{number}" t="str"><f>IF(1,"")</f><v/></c>')),
    Kind("rumus_belum_dihitung.xlsx", _formula('<c r="D{number}"><f>A1</f></c>'), rejected=3,
         says=frozenset({"formula_without_value"})),
    # files that are something else
    turned_away("titik_koma.csv", lambda: "\ufeff" + _TEXT, "ASN-1307", "CSV", "berjenis Teks"),
    turned_away("utf16.csv", lambda: made.separated(PEOPLE, "\t").encode("utf-16"), "ASN-1307", "CSV"),
    turned_away("tanpa_bom.txt", lambda: _TEXT.encode("utf-16-le"), "ASN-1307", "CSV"),
    turned_away("latin.csv", lambda: _TEXT.replace("Ani", "René").encode("cp1252"), "ASN-1307", "CSV"),
    turned_away("csv.xlsx", lambda: _TEXT, "ASN-1307", "CSV"),
    turned_away("unduhan.xls", lambda: f"<html><body>{_HTML}</body></html>", "ASN-1306", "halaman web", "Jangan simpan ulang"),
    turned_away("unduhan.xlsx", lambda: _HTML, "ASN-1306", "halaman web", "dibulatkan"),
    turned_away("komentar.xls", lambda: f"\ufeff<!-- laporan -->{_HTML}", "ASN-1306", "halaman web"),
    turned_away("mht.xls", lambda: f"MIME-Version: 1.0\r\n\r\n{_HTML}", "ASN-1306", "halaman web", "dibulatkan"),
    turned_away("xml2003.xls", lambda: '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
                "ASN-1306", "2003", "Simpan Sebagai"),
    turned_away("lama.xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "ASN-1305", ".xls"),
    turned_away("surat.pdf", lambda: b"%PDF-1.7\n%\xe2\xe3", "ASN-1308", "PDF"),
    turned_away("kosong.xlsx", lambda: b"", "ASN-1302", "0 byte"),
    turned_away("terputus.xlsx", lambda: _PLAIN[:-400], "ASN-1309", "terputus", "berkas aslinya"),
    turned_away("nol.xlsx", lambda: bytes(5000), "ASN-1309", "hanya berisi nol", "flash disk"),
    turned_away("gzip.xlsx", lambda: made.gzipped(_PLAIN), "ASN-1308", "gzip", "Ekstrak"),
    turned_away("arsip.zip", lambda: made.zipped({"duk/pegawai 2026.xlsx": _PLAIN}), "ASN-1308", "ZIP", "pegawai 2026.xlsx"),
    turned_away("lama.slk", lambda: 'ID;PWXL;N;E\r\nC;Y1;X1;K"NIP"\r\nE\r\n', "ASN-1308", "SYLK"),
    turned_away("lama.dbf", lambda: bytes((3, 125, 11, 30)) + bytes(28) + b"NIP\0\r", "ASN-1308", "dBASE"),
    turned_away("~$pegawai.xlsx", lambda: b"\x04Dina" + bytes(150), "ASN-1308", "sementara", "tutup Excel"),
    turned_away(".~lock.pegawai.xlsx#", lambda: ",dina,pc,30.11.2026", "ASN-1308", "sementara"),
    turned_away("bom.xlsx", _beside(xl__sharedStrings_xml="<sst>" + " " * 6_000_000 + "</sst>"), "ASN-1313", "lebih besar"),
)  # fmt: skip


@pytest.fixture(scope="module")
def reader(office_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """An open, empty office for looking at files: nothing is written to it."""
    services = open_office(
        move_in(office_template, tmp_path_factory.mktemp("lihat") / "kantor"), USER, PASSPHRASE, clock=fixed_clock
    )
    yield services
    close_office(services)
    stop_log()


@pytest.fixture(scope="module")
def holder(office_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """An office that has imported the forty people to whom some of the collected workbooks refer."""
    services = open_office(
        move_in(office_template, tmp_path_factory.mktemp("empat-puluh") / "kantor"), USER, PASSPHRASE, clock=fixed_clock
    )
    services.exchange.apply(services.exchange.examine(CASES / "books" / "r07_people.xlsx"))
    yield services
    close_office(services)
    stop_log()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_of_file_gets_its_due(reader: Services, tmp_path: Path, kind: Kind) -> None:
    content = kind.build()
    path = tmp_path / kind.name
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    if kind.refused:
        code, *words = kind.refused
        with pytest.raises(WorkbookError) as caught:
            reader.exchange.examine(path)
        said = f"{caught.value.message} {caught.value.hint}"
        assert caught.value.code == code
        assert [word for word in words if word.casefold() not in said.casefold()] == []
        return
    plan = reader.exchange.examine(path)
    assert (plan.counts["new"], plan.counts["rejected"]) == (kind.new, kind.rejected)
    assert _said(plan) == kind.says
    first = plan.rows[0].values
    assert {key: first.get(key) for key in kind.values} == kind.values
    assert str(first["nip"]) in (*made.NUMBERS, *made.PPPK_NUMBERS)


def _said(plan: ImportPlan) -> frozenset[str]:
    quiet = {"column_missing", "heading_not_taken", "heading_unknown"}
    return frozenset(issue.code for issue in plan.issues) - quiet


if CASES.is_dir():
    FILES = sorted(path for folder in ("books", "gate") for path in (CASES / folder).iterdir())

    def test_every_collected_file_has_its_line() -> None:
        assert {path.name for path in FILES} == set(SHARED)

    @pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
    def test_a_collected_file_gets_its_due(request: pytest.FixtureRequest, path: Path) -> None:
        expected: Outcome = SHARED[path.name]
        office: Services = request.getfixturevalue("holder" if expected.over_forty else "reader")
        found = outcome_of(office, path)
        assert (found.fates, found.code) == (expected.fates, expected.code)
        assert expected.says - found.says == set()
        assert expected.holds - found.holds == set()
