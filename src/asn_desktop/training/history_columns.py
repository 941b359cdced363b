"""The field catalogue of training histories (sheet RIWAYAT): what somebody has attended before, anywhere."""

from __future__ import annotations

from asn_desktop.core.columns import Column, ColumnKind, ColumnSet, pairs, words
from asn_desktop.core.i18n import N_
from asn_desktop.personnel.columns import whose
from asn_desktop.training.columns import CERTIFICATE, ROW_NUMBER
from asn_desktop.training.forms import training_forms

COLUMNS: tuple[Column, ...] = (
    *whose("NIP PESERTA", "NAMA PESERTA"),
    Column(
        "training", N_("Nama pelatihan"), "NAMA PELATIHAN", required=True, max_length=300,
        aliases=words("PELATIHAN|NAMA DIKLAT|DIKLAT|NAMA KEGIATAN|KEGIATAN|NAMA KURSUS|JUDUL PELATIHAN|JUDUL DIKLAT"),
    ),
    Column(
        "form",
        N_("Bentuk"),
        "BENTUK",
        ColumnKind.CHOICE,
        required=True,
        choices=tuple((form.code, form.name) for form in training_forms()),
        spellings=pairs(
            "STRUKTURAL=KL01|DIKLAT STRUKTURAL=KL01|KEPEMIMPINAN=KL01|DIKLATPIM=KL01|MANAJERIAL=KL02|TEKNIS=KL03|"
            "DIKLAT TEKNIS=KL03|FUNGSIONAL=KL04|DIKLAT FUNGSIONAL=KL04|SOSIAL KULTURAL=KL05|SEMINAR=KL06|"
            "KONFERENSI=KL06|SARASEHAN=KL06|WORKSHOP=KL07|LOKAKARYA=KL07|BIMTEK=KL10|MAGANG=NKL12|PRAKTIK KERJA=NKL12|"
            "PJJ=NKL04|BENCHMARKING=NKL07|PATOK BANDING=NKL07|BELAJAR MANDIRI=NKL09|ELEARNING=NKL03"
        ),
        aliases=words("BENTUK PELATIHAN|JENIS|JENIS PELATIHAN|JENIS DIKLAT|JENIS KURSUS|JALUR"),
    ),
    Column(
        "starts", N_("Mulai"), "MULAI", ColumnKind.DATE, required=True, years=(1960, 2100),
        aliases=words("TANGGAL MULAI|TGL MULAI|TANGGAL AWAL|TANGGAL|TGL|TANGGAL PELATIHAN"),
    ),
    Column(
        "ends", N_("Selesai"), "SELESAI", ColumnKind.DATE, years=(1960, 2100),
        aliases=words("TANGGAL SELESAI|TGL SELESAI|TANGGAL AKHIR|SAMPAI"),
    ),
    Column(
        "jp", N_("JP"), "JP", ColumnKind.INTEGER, required=True, numbers=(0, 2000),
        aliases=words("JUMLAH JP|JML JP|JUMLAH JAM|JML JAM|JAM PELAJARAN|JP DIAKUI|LAMA JAM"),
    ),
    Column(
        "provider", N_("Penyelenggara"), "PENYELENGGARA", max_length=200,
        aliases=words("INSTITUSI|INSTITUSI PENYELENGGARA|LEMBAGA|LEMBAGA PENYELENGGARA"),
    ),
    *CERTIFICATE,
)  # fmt: skip

HISTORY_COLUMNS = ColumnSet(
    name="RIWAYAT",
    title=N_("Riwayat pelatihan"),
    columns=COLUMNS,
    helpers=(ROW_NUMBER,),
    recognised_by=(("nip",), ("training",)),
)
