"""The field catalogue of training histories (sheet RIWAYAT): what somebody has attended before, anywhere."""

from __future__ import annotations

from asn_desktop.core.columns import Column, ColumnKind, ColumnSet, pairs, words
from asn_desktop.core.i18n import N_
from asn_desktop.training.forms import training_forms

COLUMNS: tuple[Column, ...] = (
    Column(
        "nip",
        N_("NIP"),
        "NIP",
        ColumnKind.NIP,
        required=True,
        aliases=words("NIP BARU|NIP PEGAWAI|NIP PESERTA|NIP / NI PPPK|NI PPPK|NIPPPK|NIP/NIPPPK|NOMOR INDUK PEGAWAI"),
    ),
    Column(
        "name", N_("Nama"), "NAMA", ColumnKind.NAME, max_length=120,
        aliases=words("NAMA PEGAWAI|NAMA LENGKAP|NAMA PESERTA"),
    ),
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
    Column(
        "certificate_number", N_("Nomor sertifikat"), "NO SERTIFIKAT", max_length=120,
        aliases=words("NO STTP|NO STTPP|NOMOR STTPP|NOMOR SERTIPIKAT|NOMOR SERTIFIKAT|NO PIAGAM|NOMOR PIAGAM"),
    ),
    Column(
        "certificate_date", N_("Tanggal sertifikat"), "TANGGAL SERTIFIKAT", ColumnKind.DATE, years=(1960, 2100),
        aliases=words("TGL SERTIFIKAT|TANGGAL STTP|TANGGAL STTPP|TGL STTPP"),
    ),
)  # fmt: skip

HISTORY_COLUMNS = ColumnSet(
    name="RIWAYAT",
    title=N_("Riwayat pelatihan"),
    columns=COLUMNS,
    helpers=(Column("@row_number", N_("Nomor urut"), "NO", ColumnKind.ROW_NUMBER, aliases=words("NO URUT|NOMOR")),),
    recognised_by=(("nip",), ("training",)),
)
