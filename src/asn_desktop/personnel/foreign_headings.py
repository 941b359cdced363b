"""Headings that help to read foreign lists of employees: combined, ambiguous, known but without a field here."""

from __future__ import annotations

from asn_desktop.core.columns import Column, ColumnKind, words
from asn_desktop.core.i18n import N_

HELPERS: tuple[Column, ...] = (
    Column(
        "@row_number",
        N_("Nomor urut"),
        "NO",
        ColumnKind.ROW_NUMBER,
        aliases=words("NO URUT|NOMOR|NOMOR URUT|NO.|#"),
    ),
    Column(
        "@name_nip",
        N_("Nama dan NIP"),
        "NAMA/NIP",
        ColumnKind.SPLIT,
        parts=("name", "nip"),
        aliases=words("NAMA DAN NIP|NAMA, NIP|NIP/NAMA|NAMA PEGAWAI/NIP|NAMA LENGKAP/NIP|NAMA & NIP"),
    ),
    Column(
        "@birth",
        N_("Tempat, tanggal lahir"),
        "TEMPAT, TANGGAL LAHIR",
        ColumnKind.SPLIT,
        parts=("birth_place", "birth_date"),
        aliases=words(
            "TTL|TEMPAT/TGL LAHIR|TEMPAT/TANGGAL LAHIR|TEMPAT TGL LAHIR|TEMPAT DAN TANGGAL LAHIR|"
            "TEMPAT DAN TGL LAHIR|TMPT/TGL LAHIR|TEMPAT TANGGAL LAHIR"
        ),
    ),
    Column(
        "@service",
        N_("Masa kerja"),
        "MASA KERJA",
        ColumnKind.SPLIT,
        parts=("service_years", "service_months"),
        aliases=words("MK|MKG|MASA KERJA GOLONGAN|MASA KERJA GOL"),
    ),
    Column(
        "@rank_and_tmt",
        N_("Golongan dan TMT"),
        "GOL/TMT",
        ColumnKind.SPLIT,
        parts=("rank", "rank_tmt"),
        aliases=words("PANGKAT/GOL/TMT|GOLONGAN/TMT|PANGKAT GOL RUANG TMT|GOL RUANG/TMT|PANGKAT/TMT"),
    ),
    Column(
        "@education",
        N_("Pendidikan terakhir"),
        "PENDIDIKAN TERAKHIR",
        ColumnKind.SPLIT,
        parts=("education_level", "education"),
        aliases=words("PEND|PEND TERAKHIR|IJAZAH|IJAZAH TERAKHIR|PENDIDIKAN AKHIR|PENDIDIKAN UMUM"),
    ),
    Column("@rank_step", N_("Ruang"), "RUANG", ColumnKind.SPLIT, parts=("rank",), aliases=words("RG|RUANG GOL")),
    Column(
        "@sex_l", N_("Laki-laki"), "L", ColumnKind.TICK, parts=("sex", "L"), aliases=words("JENIS KELAMIN L|LAKI-LAKI")
    ),
    Column(
        "@sex_p", N_("Perempuan"), "P", ColumnKind.TICK, parts=("sex", "P"), aliases=words("JENIS KELAMIN P|PEREMPUAN")
    ),
)

AMBIGUOUS: tuple[Column, ...] = (
    Column(
        "@tmt",
        N_("TMT"),
        "TMT",
        ColumnKind.DATE,
        after=(
            ("rank", "rank_tmt"),
            ("position", "position_tmt"),
            ("echelon", "position_tmt"),
            ("position_level", "position_tmt"),
        ),
    ),
    Column(
        "@years",
        N_("Tahun"),
        "TAHUN",
        ColumnKind.INTEGER,
        aliases=words("THN|TH"),
        after=(("@service", "service_years"), ("education", "graduation_year"), ("education_level", "graduation_year")),
    ),
    Column(
        "@months",
        N_("Bulan"),
        "BULAN",
        ColumnKind.INTEGER,
        aliases=words("BLN|BL"),
        after=(("@service", "service_months"), ("service_years", "service_months")),
    ),
)

# The flat national export, heading by heading as it comes (67 columns and three that some exports add).
NATIONAL_HEADINGS = words(
    "PNS ID|NIP BARU|NIP LAMA|NAMA|GELAR DEPAN|GELAR BELAKANG|TEMPAT LAHIR ID|TEMPAT LAHIR NAMA|TANGGAL LAHIR|"
    "JENIS KELAMIN|AGAMA ID|AGAMA NAMA|JENIS KAWIN ID|JENIS KAWIN NAMA|NIK|NOMOR HP|EMAIL|EMAIL GOV|ALAMAT|"
    "NPWP NOMOR|BPJS|JENIS PEGAWAI ID|JENIS PEGAWAI NAMA|KEDUDUKAN HUKUM ID|KEDUDUKAN HUKUM NAMA|"
    "STATUS CPNS PNS|KARTU ASN VIRTUAL|NOMOR SK CPNS|TANGGAL SK CPNS|TMT CPNS|NOMOR SK PNS|TANGGAL SK PNS|"
    "TMT PNS|GOL AWAL ID|GOL AWAL NAMA|GOL AKHIR ID|GOL AKHIR NAMA|TMT GOLONGAN|MK TAHUN|MK BULAN|"
    "JENIS JABATAN ID|JENIS JABATAN NAMA|JABATAN ID|JABATAN NAMA|TMT JABATAN|TINGKAT PENDIDIKAN ID|"
    "TINGKAT PENDIDIKAN NAMA|PENDIDIKAN ID|PENDIDIKAN NAMA|TAHUN LULUS|KPKN ID|KPKN NAMA|LOKASI KERJA ID|"
    "LOKASI KERJA NAMA|UNOR ID|UNOR NAMA|INSTANSI INDUK ID|INSTANSI INDUK NAMA|INSTANSI KERJA ID|"
    "INSTANSI KERJA NAMA|SATUAN KERJA INDUK ID|SATUAN KERJA INDUK NAMA|SATUAN KERJA KERJA ID|"
    "SATUAN KERJA KERJA NAMA|IS VALID NIK|NAMA SEKOLAH|FLAG IKD|ESELON ID|ESELON NAMA|STATUS ASN"
)

OTHER_KNOWN = words(
    "KET|KETERANGAN|CATATAN|UMUR|USIA|FOTO|MASA KERJA KESELURUHAN|CATATAN MUTASI|TANDA TANGAN|TTD|PARAF|"
    "LATIHAN JABATAN|DIKLAT|NAMA DIKLAT|LATIHAN JABATAN NAMA|LATIHAN JABATAN BLN/TH|LATIHAN JABATAN JML JAM|"
    "KARPEG|NO KARPEG|TMT PENSIUN|BUP|GAJI POKOK|NAMA ATASAN"
)
