"""The arguments of the command line, with argparse speaking Indonesian."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NoReturn

from asn_desktop.core.errors import InputError
from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import DateError, parse_date
from asn_desktop.core.periods import parse_period

# argparse's own words, as it asks gettext for them. Without these a clerk would meet "the following arguments…".
_WORDS = {
    "usage: ": "pemakaian: ",
    "positional arguments": "isian",
    "options": "pilihan",
    "show this help message and exit": "tampilkan bantuan ini",
    "the following arguments are required: %s": "isian berikut harus ada: %s",
    "unrecognized arguments: %s": "isian tidak dikenal: %s",
    "expected one argument": "perlu satu nilai",
    "expected at most one argument": "paling banyak satu nilai",
    "expected at least one argument": "perlu sedikitnya satu nilai",
    "ignored explicit argument %r": "pilihan ini tidak memakai nilai (%r)",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s dapat berarti %(matches)s; tulis lengkap",
    "invalid choice: %(value)r (choose from %(choices)s)": "“%(value)s” tidak dikenal (pilih: %(choices)s)",
    "invalid %(type)s value: %(value)r": "nilai “%(value)s” tidak cocok",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "one of the arguments %s is required": "salah satu harus diisi: %s",
    "not allowed with argument %s": "tidak boleh bersama %s",
    "%(prog)s: error: %(message)s\n": "%(prog)s: %(message)s\n",
}
LISTS = ("employees", "evaluations", "plans", "events", "worksheets", "backups")


def _argparse_word(text: str) -> str:
    return _WORDS.get(text, text)


argparse._ = _argparse_word  # type: ignore[attr-defined]  # the only hook that argparse offers


class WrongUse(InputError):
    """The command line itself is at fault."""

    code = "ASN-1118"
    exit_code = 2


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        if "--json" in sys.argv:
            print(json.dumps({"error": {"code": WrongUse.code, "message": message, "hint": ""}}, ensure_ascii=False))
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: {message}\n")


def build_parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="asn-desktop",
        description=_("Pembinaan ASN berbasis kinerja, tanpa jaringan."),
        epilog=_(
            "Bantuan satu perintah: asn-desktop PERINTAH --help. Kata sandi ditanya, atau dibaca dari ASN_PASSPHRASE."
        ),
    )
    parser.add_argument("--home", type=Path, metavar="FOLDER", help=_("folder data kantor (bawaan: ASN_HOME)"))
    parser.add_argument("--json", action="store_true", help=_("jawaban sebagai satu objek JSON"))
    parser.add_argument("--version", action="store_true", help=_("tampilkan versi program"))
    parser.add_argument("--as-user", metavar="NAMA", help=_("nama pengguna (bawaan: pengguna pertama)"))
    commands = parser.add_subparsers(dest="command", metavar="PERINTAH", parser_class=Parser)

    demo = commands.add_parser("demo", help=_("siapkan dan buka kantor contoh"))
    demo.add_argument("--no-window", action="store_true", help=_("jalankan pekerjaan utama tanpa jendela"))

    init = commands.add_parser("init", help=_("siapkan kantor baru"))
    init.add_argument("--office", required=True, metavar="KODE", help=_("kode kantor, misalnya 11.12"))
    init.add_argument(
        "--name", required=True, metavar="NAMA", help=_("nama kantor, misalnya “BKPSDM Kabupaten Contoh”")
    )
    init.add_argument(
        "--role",
        choices=("district", "province"),
        default="district",
        help=_("kantor kabupaten/kota (district) atau provinsi (province)"),
    )
    init.add_argument("--user", default="operator", metavar="NAMA", help=_("nama pengguna pertama"))
    init.add_argument("--agency", default="", metavar="NAMA", help=_("nama instansi pada formulir"))
    init.add_argument("--place", default="", metavar="TEMPAT", help=_("tempat pada tanda tangan"))

    shown = commands.add_parser("open", help=_("buka jendela dan mulai dengan menerima satu buku kerja"))
    shown.add_argument("file", type=Path, metavar="BERKAS", help=_("buku kerja .xlsx"))

    load = commands.add_parser("import", help=_("impor buku kerja Excel"))
    load.add_argument("file", type=Path, metavar="BERKAS", help=_("buku kerja .xlsx"))
    load.add_argument(
        "--kind",
        choices=("auto", "personnel", "ratings", "participants", "training-history"),
        default="auto",
        help=_(
            "isi berkas: dikenali sendiri (auto), pegawai (personnel), rating (ratings), peserta (participants), "
            "riwayat pelatihan (training-history)"
        ),
    )
    load.add_argument("--period", type=_period, metavar="PERIODE", help=_("periode, misalnya 2026-TW3"))
    load.add_argument("--dry-run", action="store_true", help=_("periksa saja, data tidak berubah"))
    load.add_argument(
        "--errors", type=Path, metavar="HASIL.xlsx", help=_("simpan baris yang ditolak atau menunggu keputusan")
    )

    load.add_argument(
        "--decide",
        action="append",
        metavar="ID=PILIHAN",
        help=_("jawab pertanyaan tentang berkas ini (ID dan pilihannya: --dry-run); boleh diulang"),
    )

    out = commands.add_parser("export", help=_("ekspor ke buku kerja Excel"))
    out.add_argument("kind", choices=("personnel", "ratings"), help=_("PEGAWAI (personnel) atau PREDIKAT (ratings)"))
    out.add_argument("out", type=Path, metavar="HASIL.xlsx", help=_("berkas yang dibuat"))
    out.add_argument("--unit", metavar="KODE", help=_("kode unit"))
    out.add_argument("--period", type=_period, metavar="PERIODE", help=_("periode (wajib untuk ratings)"))

    sheet = commands.add_parser("worksheet", help=_("lembar kerja untuk diisi OPD di Excel"))
    sheet.add_argument(
        "kind",
        choices=("ratings", "personnel", "participants"),
        help=_("penilaian (ratings), perbaikan data pegawai (personnel), atau peserta pelatihan (participants)"),
    )
    sheet.add_argument("out", type=Path, nargs="?", metavar="HASIL.xlsx", help=_("berkas yang dibuat"))
    sheet.add_argument("--all", type=Path, metavar="FOLDER", help=_("satu berkas untuk setiap OPD ke folder ini"))
    sheet.add_argument("--unit", metavar="KODE", help=_("kode unit"))
    sheet.add_argument("--period", type=_period, metavar="PERIODE", help=_("periode (wajib untuk ratings)"))
    sheet.add_argument("--event", metavar="KODE", help=_("kode kegiatan (wajib untuk participants)"))
    sheet.add_argument("--due", type=_day, metavar="TANGGAL", help=_("batas kembali, misalnya 15-10-2026"))
    sheet.add_argument("--contact", default="", metavar="TEKS", help=_("kepada siapa OPD dapat bertanya"))

    send = commands.add_parser("send", help=_("paket untuk provinsi atau kabupaten/kota"))
    send.add_argument("out", type=Path, metavar="HASIL.xlsx", help=_("berkas yang dibuat"))
    send.add_argument("--to", metavar="KODE", help=_("kode kantor tujuan (bawaan: satu-satunya yang dikenal)"))

    receive = commands.add_parser("receive", help=_("terima paket dari kantor lain"))
    receive.add_argument("file", type=Path, metavar="BERKAS", help=_("paket .xlsx"))
    receive.add_argument("--dry-run", action="store_true", help=_("periksa saja, data tidak berubah"))
    receive.add_argument(
        "--salvage",
        action="store_true",
        help=_("paket yang segelnya rusak: usulkan isian yang masih terbaca untuk diputuskan"),
    )

    inbox = commands.add_parser("inbox", help=_("terima banyak berkas sekaligus: lembar kerja, paket, tanda terima"))
    inbox.add_argument(
        "paths", type=Path, nargs="+", metavar="BERKAS", help=_("buku kerja .xlsx, atau folder berisinya")
    )
    inbox.add_argument("--dry-run", action="store_true", help=_("periksa saja, data tidak berubah"))

    desk = commands.add_parser("conflicts", help=_("perbedaan antarkantor yang menunggu keputusan"))
    desk.add_argument(
        "--decide",
        action="append",
        metavar="ID=PILIHAN",
        help=_("putuskan: ID=local (isi kantor ini) atau ID=incoming (isi kiriman); boleh diulang"),
    )
    desk.add_argument("--reason", default="", metavar="TEKS", help=_("alasan keputusan"))
    desk.add_argument("--all", action="store_true", help=_("juga yang menunggu kantor lain dan yang sudah selesai"))

    form = commands.add_parser("print", help=_("cetak formulir ke PDF"))
    form.add_argument("form", metavar="FORMULIR", help=_("kode: C.1.3, D.1.1, D.1.2, REKAP, TANDA-TERIMA"))
    form.add_argument("out", type=Path, metavar="HASIL.pdf", help=_("berkas yang dibuat"))
    form.add_argument("--period", type=_period, metavar="PERIODE", help=_("periode"))
    who = form.add_mutually_exclusive_group()
    who.add_argument("--nip", metavar="NIP", help=_("satu pegawai"))
    who.add_argument("--unit", metavar="KODE", help=_("satu unit beserta bawahannya"))
    form.add_argument("--sender", metavar="KODE", help=_("tanda terima: kantor pengirim"))
    form.add_argument("--number", type=int, metavar="NOMOR", help=_("tanda terima: nomor paket"))
    form.add_argument("--paper", choices=("F4", "A4"), default="F4", help=_("ukuran kertas"))
    form.add_argument("--blank", action="store_true", help=_("formulir kosong"))

    rows = commands.add_parser("list", help=_("daftar data"))
    rows.add_argument(
        "what",
        choices=LISTS,
        help=_("pegawai, evaluasi, rencana, kegiatan pelatihan, lembar kerja tiap OPD, atau cadangan"),
    )
    rows.add_argument("--unit", metavar="KODE", help=_("kode unit"))
    rows.add_argument("--period", type=_period, metavar="PERIODE", help=_("periode"))
    rows.add_argument("--pdf", type=Path, metavar="HASIL.pdf", help=_("cetak daftar itu ke PDF"))

    save = commands.add_parser("backup", help=_("buat cadangan"))
    save.add_argument("out", type=Path, nargs="?", metavar="HASIL", help=_("bawaan: folder cadangan kantor"))
    restore = commands.add_parser("restore", help=_("pulihkan dari cadangan"))
    restore.add_argument("file", type=Path, metavar="CADANGAN", help=_("nama di folder cadangan, atau jalur lengkap"))
    commands.add_parser("check", help=_("periksa keutuhan data"))
    commands.add_parser("recovery-code", help=_("buat kode pemulihan baru; yang lama tidak berlaku lagi"))
    test = commands.add_parser("self-test", help=_("periksa program di komputer ini"))
    test.add_argument("--out", type=Path, metavar="FOLDER", help=_("simpan laporan, log, PDF, dan gambar di sini"))
    test.add_argument("--platform", default="", metavar="NAMA", help=_("cara Qt menggambar, misalnya offscreen"))
    _accept_global_options_after_the_command(commands.choices)
    return parser


def _accept_global_options_after_the_command(parsers: Mapping[str, argparse.ArgumentParser]) -> None:
    # People write them on either side; SUPPRESS keeps a value given before the command.
    for parser in parsers.values():
        parser.add_argument("--home", type=Path, metavar="FOLDER", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        parser.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        parser.add_argument("--as-user", metavar="NAMA", default=argparse.SUPPRESS, help=argparse.SUPPRESS)


def _day(text: str) -> date:
    try:
        day = parse_date(text).value
    except DateError as error:
        raise argparse.ArgumentTypeError(error.reason) from error
    if day is None:
        raise argparse.ArgumentTypeError(_("“{text}” bukan tanggal").format(text=text))
    return day


def _period(text: str) -> str:
    try:
        return parse_period(text).code
    except InputError as error:
        raise argparse.ArgumentTypeError(f"{error.message} {error.hint}") from error
