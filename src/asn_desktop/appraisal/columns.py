"""The field catalogue of ratings (sheet PREDIKAT) and of recaps that offices keep per quarter.

Ratings and predicates: PermenPANRB 6/2022 Lampiran Bab IV.B.3. The predicate always follows from the two
ratings; a predicate column in a workbook is read only to be compared.
"""

from __future__ import annotations

from collections.abc import Mapping

from asn_desktop.appraisal.predicate import ORGANISATION_RESULTS, PREDICATES, RATINGS, STATES
from asn_desktop.appraisal.rating_words import rating_meant
from asn_desktop.core.columns import Column, ColumnKind, ColumnSet, pairs, words
from asn_desktop.core.i18n import N_
from asn_desktop.personnel.columns import whose

PERIODS = (
    ("TW1", N_("Triwulan I")),
    ("TW2", N_("Triwulan II")),
    ("TW3", N_("Triwulan III")),
    ("TW4", N_("Triwulan IV")),
    ("TAHUNAN", N_("Tahunan")),
)
ASSESSOR_STATUSES = (("ASN", N_("ASN")), ("NON_ASN", N_("Non-ASN")))

_RATING_SPELLINGS = pairs(
    "DI ATAS=DI_ATAS|DIATAS=DI_ATAS|DIATAS EKSPEKTASI=DI_ATAS|DI ATAS EKPEKTASI=DI_ATAS|"
    "MELEBIHI EKSPEKTASI=DI_ATAS|DI ATAS HARAPAN=DI_ATAS|"
    "SESUAI=SESUAI|SESUAI EKPEKTASI=SESUAI|SESUAI HARAPAN=SESUAI|"
    "DI BAWAH=DI_BAWAH|DIBAWAH=DI_BAWAH|DIBAWAH EKSPEKTASI=DI_BAWAH|DI BAWAH EKPEKTASI=DI_BAWAH|"
    "DI BAWAH HARAPAN=DI_BAWAH"
)
_PREDICATE_SPELLINGS = pairs(
    "BUTUHPERBAIKAN=BUTUH_PERBAIKAN|PERLU PERBAIKAN=BUTUH_PERBAIKAN|BP=BUTUH_PERBAIKAN|"
    "KURANG (MISCONDUCT)=KURANG|KURANG/MISCONDUCT=KURANG|MISCONDUCT=KURANG|SB=SANGAT_BAIK|SK=SANGAT_KURANG"
)
_IS_RATING = N_(
    "Ini rating ekspektasi, bukan predikat. Pindahkan ke kolom rating; predikat dihitung dari kedua rating."
)
_IS_PREDICATE = N_("Ini predikat, bukan rating. Isi kolom ini dengan Di Atas, Sesuai, atau Di Bawah Ekspektasi.")
_RATING_NO_NUMBER = N_(
    "Ini angka, bukan rating; artinya berbeda-beda tiap daerah. Ganti dengan Di Atas, Sesuai, atau Di Bawah Ekspektasi."
)
_PREDICATE_NO_NUMBER = N_("Ini nilai angka, bukan predikat. Predikat dihitung dari kedua rating; kosongkan kolom ini.")


def _others(choices: Mapping[str, str], message: str) -> tuple[tuple[str, str], ...]:
    return tuple((label, message) for label in choices.values())


COLUMNS: tuple[Column, ...] = (
    *whose("NIP PEGAWAI YANG DINILAI", "NAMA PEGAWAI YANG DINILAI"),
    Column(
        "opd",
        N_("Perangkat daerah"),
        "OPD",
        max_length=200,
        aliases=words("PERANGKAT DAERAH|SKPD|NAMA OPD|SATUAN KERJA|SATKER|INSTANSI|UNIT KERJA INDUK"),
    ),
    Column(
        "unit",
        N_("Unit kerja"),
        "UNIT KERJA",
        max_length=200,
        aliases=words("UNKER|UNOR|UNOR NAMA|UNIT ORGANISASI|UNIT|BIDANG|TEMPAT TUGAS|SUB UNIT"),
    ),
    Column("position", N_("Jabatan"), "JABATAN", max_length=200, aliases=words("NAMA JABATAN|JABATAN PEGAWAI")),
    Column(
        "organisation_result",
        N_("Capaian kinerja organisasi"),
        "CAPAIAN ORGANISASI",
        ColumnKind.CHOICE,
        choices=tuple(ORGANISATION_RESULTS.items()),
        spellings=_PREDICATE_SPELLINGS,
        aliases=words("CAPAIAN KINERJA ORGANISASI|KINERJA ORGANISASI|CAPAIAN UNIT KERJA"),
    ),
    Column(
        "result_rating",
        N_("Rating hasil kerja"),
        "RATING HASIL KERJA",
        ColumnKind.CHOICE,
        required=True,
        choices=tuple(RATINGS.items()),
        spellings=_RATING_SPELLINGS,
        meaning=rating_meant,
        not_a_number=_RATING_NO_NUMBER,
        mistaken=_others(PREDICATES, _IS_PREDICATE),
        aliases=words(
            "HASIL KERJA|HASIL KINERJA|NILAI HASIL KERJA|RATING HASIL|RATING HASIL KINERJA|PENILAIAN HASIL KERJA"
        ),
    ),
    Column(
        "behaviour_rating",
        N_("Rating perilaku kerja"),
        "RATING PERILAKU KERJA",
        ColumnKind.CHOICE,
        required=True,
        choices=tuple(RATINGS.items()),
        spellings=_RATING_SPELLINGS,
        meaning=rating_meant,
        not_a_number=_RATING_NO_NUMBER,
        mistaken=_others(PREDICATES, _IS_PREDICATE),
        aliases=words(
            "PERILAKU|PERILAKU KERJA|NILAI PERILAKU|RATING PERILAKU|NILAI PERILAKU KERJA|PENILAIAN PERILAKU KERJA"
        ),
    ),
    Column(
        "predicate",
        N_("Predikat"),
        "PREDIKAT",
        ColumnKind.CHOICE,
        required=True,
        choices=tuple(PREDICATES.items()),
        spellings=_PREDICATE_SPELLINGS,
        not_a_number=_PREDICATE_NO_NUMBER,
        mistaken=(
            *_others(RATINGS, _IS_RATING),
            *((spelling, _IS_RATING) for spelling, _value in _RATING_SPELLINGS),
        ),
        aliases=words(
            "PREDIKAT KINERJA|PREDIKAT KINERJA PEGAWAI|KUADRAN KINERJA|NILAI SKP|HASIL PENILAIAN|HASIL EVALUASI"
        ),
    ),
    Column(
        "assessor_nip",
        N_("NIP pejabat penilai"),
        "NIP PENILAI",
        ColumnKind.NIP,
        aliases=words("NIP ATASAN|NIP PEJABAT PENILAI|NIP NRP PENILAI|NIP PEJABAT PENILAI KINERJA|NIP ATASAN LANGSUNG"),
    ),
    Column(
        "assessor_name",
        N_("Nama pejabat penilai"),
        "NAMA PENILAI",
        ColumnKind.NAME,
        max_length=160,
        aliases=words("NAMA ATASAN|NAMA PEJABAT PENILAI|PEJABAT PENILAI|PENILAI|PEJABAT PENILAI KINERJA"),
    ),
    Column(
        "assessor_position",
        N_("Jabatan pejabat penilai"),
        "JABATAN PENILAI",
        max_length=200,
        aliases=words("JABATAN ATASAN|JABATAN PEJABAT PENILAI|PENILAI JABATAN"),
    ),
    Column(
        "assessor_status",
        N_("Status penilai"),
        "STATUS PENILAI",
        ColumnKind.CHOICE,
        choices=ASSESSOR_STATUSES,
        spellings=pairs("NON ASN=NON_ASN|NON-ASN=NON_ASN|PNS=ASN|PPPK=ASN"),
    ),
    Column(
        "notes",
        N_("Catatan"),
        "CATATAN",
        max_length=2000,
        aliases=words("CATATAN/UMPAN BALIK|UMPAN BALIK|KETERANGAN|KET|REKOMENDASI|CATATAN PENILAI"),
    ),
    Column(
        "state",
        N_("Status"),
        "STATUS",
        ColumnKind.CHOICE,
        choices=tuple(STATES.items()),
        spellings=pairs("DRAFT=draft|DRAF=draft|DINILAI=rated|FINAL=final|SELESAI=final"),
    ),
    # The same in every row of an export: at the end, where it takes no room from what differs.
    Column(
        "year",
        N_("Tahun"),
        "TAHUN",
        ColumnKind.INTEGER,
        required=True,
        numbers=(2021, 2100),
        aliases=words("TAHUN PENILAIAN|TAHUN KINERJA|TAHUN SELESAI PENILAIAN"),
    ),
    Column(
        "period",
        N_("Periode"),
        "PERIODE",
        ColumnKind.CHOICE,
        required=True,
        choices=PERIODS,
        spellings=pairs(
            "TW I=TW1|TW II=TW2|TW III=TW3|TW IV=TW4|TRIWULAN 1=TW1|TRIWULAN 2=TW2|TRIWULAN 3=TW3|TRIWULAN 4=TW4|"
            "TRIWULAN KE-1=TW1|TRIWULAN KE-2=TW2|TRIWULAN KE-3=TW3|TRIWULAN KE-4=TW4|I=TW1|II=TW2|III=TW3|IV=TW4|"
            "TRI WULAN I=TW1|TRI WULAN II=TW2|TRI WULAN III=TW3|TRI WULAN IV=TW4|AKHIR TAHUN=TAHUNAN"
        ),
        aliases=words("PERIODE PENILAIAN|TRIWULAN|TW|PERIODE KINERJA|PERIODE EVALUASI"),
    ),
    Column(
        "starts",
        N_("Tanggal mulai"),
        "TANGGAL MULAI",
        ColumnKind.DATE,
        years=(2021, 2100),
        aliases=words("TGL MULAI|MULAI|AWAL PERIODE"),
    ),
    Column(
        "ends",
        N_("Tanggal selesai"),
        "TANGGAL SELESAI",
        ColumnKind.DATE,
        years=(2021, 2100),
        aliases=words("TGL SELESAI|SELESAI|AKHIR PERIODE|SAMPAI DENGAN"),
    ),
)


def _ticks(key: str) -> tuple[Column, ...]:
    """A column for each choice of a field, ticked where it holds: PREDIKAT over SANGAT BAIK | BAIK | …"""
    field = next(column for column in COLUMNS if column.key == key)
    above = (field.heading, *field.aliases)
    return tuple(
        Column(
            f"@{key}_{value.lower()}",
            label,
            f"{field.heading} {label.upper()}",
            ColumnKind.TICK,
            parts=(key, value),
            aliases=tuple(
                f"{heading} {word}" for heading in above for word in (label, label.removesuffix(" Ekspektasi"))
            ),
        )
        for value, label in field.choices
    )


HELPERS: tuple[Column, ...] = (
    *_ticks("result_rating"),
    *_ticks("behaviour_rating"),
    *_ticks("predicate"),
    Column(
        "@row_number",
        N_("Nomor urut"),
        "NO",
        ColumnKind.ROW_NUMBER,
        aliases=words("NO URUT|NOMOR|NOMOR URUT|#"),
    ),
    Column(
        "@name_nip",
        N_("Nama dan NIP"),
        "NAMA/NIP",
        ColumnKind.SPLIT,
        parts=("name", "nip"),
        aliases=words("NAMA DAN NIP|NIP/NAMA|NAMA PEGAWAI/NIP|NAMA & NIP"),
    ),
)

_OTHER_KNOWN = words(
    "GOLONGAN|GOL|GOL/RUANG|PANGKAT|PANGKAT/GOL|PANGKAT/GOL RUANG|JENIS KELAMIN|L/P|ESELON|JENIS PEGAWAI|TTD|PARAF|"
    "TANDA TANGAN|TANGGAL LAHIR|TMT JABATAN|NILAI|POIN"
)

RATING_COLUMNS = ColumnSet(
    name="PREDIKAT",
    title=N_("Evaluasi kinerja"),
    columns=COLUMNS,
    helpers=HELPERS,
    not_taken=_OTHER_KNOWN,
)
