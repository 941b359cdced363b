"""The catalogue of what travels: one entity per table, one sheet per entity, one field per column.

The order is the order of writing and merging: what is referred to comes before what refers to it. Not here, on
purpose: users and keys, layouts and ledgers of this PC, notes of counselling sessions (``plan_note`` never leaves
the office), and everything that is computed from other fields (search texts, rank order, match names).
``SCHEMA`` grows whenever an entity or a field is added or changes its meaning (docs/exchange.md, "Versions"); an older
program keeps what it does not know, unless :data:`READS` says that it must not read the package.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from asn_desktop.core.i18n import N_

FORMAT = "ASN-PAKET"
SCHEMA = 1
READS = 1
"""The oldest schema whose programs may read what this one writes: raised where one of them would get something wrong
by keeping what it does not know. The sheets of a package are declared in its head as far as they are not those of
this schema."""


class FieldKind(StrEnum):
    TEXT = "text"
    LONG = "long"
    """Text that may not fit one cell (Excel holds 32,767 characters): goes on in further columns."""
    INTEGER = "integer"
    BOOLEAN = "boolean"
    DATE = "date"
    REFERENCE = "reference"
    """The ``rid`` of a record of another entity."""


@dataclass(frozen=True, slots=True)
class Field:
    """``key`` is the database column, for ever. ``derived`` fields are shown to people and checked, never taken."""

    key: str
    heading: str
    kind: FieldKind = FieldKind.TEXT
    target: str = ""
    derived: bool = False


@dataclass(frozen=True)
class Entity:
    """``owned``: the table says itself which office a record belongs to; otherwise its references do.

    ``judgement``: fields that are one person's statement together. The predicate follows from two ratings, and a
    predicate from one rating of each office would be one that nobody gave; an event could end before it begins.
    """

    table: str
    sheet: str
    title: str
    fields: tuple[Field, ...]
    owned: bool = False
    judgement: tuple[str, ...] = ()

    def __getitem__(self, key: str) -> Field:
        """The field, or what stands for one that only a newer program knows."""
        later = Field(key, f"ISIAN VERSI LEBIH BARU ({key})")
        return next((field for field in self.fields if field.key == key), later)

    @property
    def references(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.kind is FieldKind.REFERENCE)


@dataclass(frozen=True, slots=True)
class LaterField:
    """A field that only a newer program knows. ``kind``: how it stands in cells (:class:`~.cell_values.Kind`)."""

    key: str
    kind: str
    heading: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class LaterTable:
    """What only a newer program knows of one table, or a table that only it knows. ``schema``: which one brought it;
    ``everyones``: its records belong to no office."""

    table: str
    sheet: str
    title: str
    everyones: bool
    schema: int
    fields: tuple[LaterField, ...]


def _texts(*pairs: str) -> list[Field]:
    return [_of(pair, FieldKind.TEXT) for pair in pairs]


def _dates(*pairs: str) -> list[Field]:
    return [_of(pair, FieldKind.DATE) for pair in pairs]


def _integers(*pairs: str) -> list[Field]:
    return [_of(pair, FieldKind.INTEGER) for pair in pairs]


def _of(pair: str, kind: FieldKind) -> Field:
    key, _, heading = pair.partition("=")
    return Field(key, heading, kind)


def _yes(key: str, heading: str) -> Field:
    return Field(key, heading, FieldKind.BOOLEAN)


def _ref(key: str, heading: str, target: str) -> Field:
    return Field(key, heading, FieldKind.REFERENCE, target)


_UNIT = Entity(
    "unit",
    "unit",
    N_("Unit kerja"),
    (
        *_texts("code=KODE", "name=NAMA UNIT", "kind=JENIS UNIT"),
        _ref("parent_id", "UNIT INDUK", "unit"),
        _ref("head_id", "PIMPINAN", "employee"),
        *_texts("head_name=NAMA PIMPINAN LUAR", "head_position=JABATAN PIMPINAN LUAR"),
        *_integers("workdays=HARI KERJA"),
        *_dates("valid_from=BERLAKU SEJAK", "valid_to=BERLAKU SAMPAI"),
    ),
    owned=True,
)

_EMPLOYEE = Entity(
    "employee",
    "pegawai",
    N_("Pegawai"),
    (
        *_texts("nip=NIP", "name=NAMA", "title_front=GELAR DEPAN", "title_back=GELAR BELAKANG"),
        *_texts("birth_place=TEMPAT LAHIR"),
        *_dates("birth_date=TANGGAL LAHIR"),
        *_texts("sex=JENIS KELAMIN", "religion=AGAMA", "marital_status=STATUS KAWIN"),
        *_texts("employment_kind=JENIS PEGAWAI", "legal_status=KEDUDUKAN HUKUM"),
        _yes("active", "AKTIF"),
        *_dates("inactive_since=NONAKTIF SEJAK"),
        *_texts("inactive_reason=ALASAN NONAKTIF"),
        *_dates("cpns_tmt=TMT CPNS", "pns_tmt=TMT PNS"),
        *_texts("rank=GOLONGAN"),
        *_dates("rank_tmt=TMT GOLONGAN"),
        *_integers("service_years=MK TAHUN", "service_months=MK BULAN"),
        *_texts("position_kind=JENIS JABATAN", "position=JABATAN", "position_level=JENJANG", "echelon=ESELON"),
        *_integers("job_class=KELAS JABATAN"),
        *_dates("position_tmt=TMT JABATAN"),
        _ref("unit_id", "UNIT KERJA", "unit"),
        _ref("superior_id", "ATASAN", "employee"),
        *_texts("education_level=TINGKAT PENDIDIKAN", "education=PENDIDIKAN"),
        *_integers("graduation_year=TAHUN LULUS"),
        *_dates("salary_step_tmt=TMT KGB TERAKHIR", "contract_end=AKHIR KONTRAK"),
        *_texts("phone=NO HP", "email=EMAIL", "nik=NIK", "npwp=NPWP", "address=ALAMAT"),
        *_texts("old_nip=NIP LAMA", "national_id=PNS ID"),
    ),
    owned=True,
)

_FORMER_PLACEMENT = Entity(
    "former_placement",
    "jabatan_riwayat",
    N_("Riwayat penempatan"),
    (
        _ref("employee_id", "PEGAWAI", "employee"),
        *_dates("until=SAMPAI"),
        _ref("unit_id", "UNIT KERJA", "unit"),
        *_texts("position=JABATAN"),
        _ref("superior_id", "ATASAN", "employee"),
    ),
)

_HOLIDAY = Entity(
    "holiday",
    "hari_libur",
    N_("Hari libur"),
    (*_dates("day=TANGGAL"), *_texts("name=NAMA", "kind=JENIS", "source=SUMBER")),
)

_PARAMETER = Entity(
    "parameter",
    "pengaturan",
    N_("Pengaturan"),
    (
        *_texts("key=KUNCI", "value=NILAI"),
        *_dates("valid_from=BERLAKU SEJAK"),
        *_texts("source=SUMBER"),
        _yes("verified", "SUDAH DIVERIFIKASI"),
    ),
)

_PERIOD = Entity(
    "appraisal_period",
    "siklus",
    N_("Periode penilaian"),
    (
        *_texts("code=PERIODE"),
        *_integers("year=TAHUN", "quarter=TRIWULAN"),
        *_dates("window_opens=BUKA", "window_closes=TUTUP"),
    ),
)

_ORGANISATION_RESULT = Entity(
    "organisation_result",
    "capaian_organisasi",
    N_("Capaian organisasi"),
    (
        _ref("unit_id", "UNIT KERJA", "unit"),
        _ref("period_id", "PERIODE", "appraisal_period"),
        *_texts("result=CAPAIAN", "source=SUMBER"),
        *_dates("set_on=DITETAPKAN"),
    ),
)

_EVALUATION = Entity(
    "evaluation",
    "penilaian",
    N_("Evaluasi kinerja"),
    (
        _ref("employee_id", "PEGAWAI", "employee"),
        _ref("period_id", "PERIODE", "appraisal_period"),
        _ref("unit_id", "UNIT KERJA", "unit"),
        *_texts("position=JABATAN", "rank=GOLONGAN"),
        _ref("assessor_id", "PEJABAT PENILAI", "employee"),
        *_texts("assessor_name=NAMA PENILAI", "assessor_position=JABATAN PENILAI"),
        _ref("organisation_unit_id", "UNIT CAPAIAN ORGANISASI", "unit"),
        *_texts("result_rating=RATING HASIL KERJA", "behaviour_rating=RATING PERILAKU KERJA"),
        Field("predicate", "PREDIKAT", derived=True),
        *_texts("state=STATUS", "notes=CATATAN"),
        *_dates("signed_on=TANGGAL TANDA TANGAN", "received_on=TANGGAL DITERIMA"),
        *_integers("revision=REVISI KE"),
        *_texts("revision_reason=ALASAN REVISI", "declared_predicate=PREDIKAT TERTULIS"),
    ),
    judgement=("result_rating", "behaviour_rating", "state"),
)

_SKP = Entity(
    "skp",
    "skp",
    N_("SKP"),
    (
        _ref("employee_id", "PEGAWAI", "employee"),
        *_dates("starts=MULAI", "ends=SELESAI"),
        *_texts("kind=JENIS", "approach=PENDEKATAN", "place=TEMPAT"),
        *_dates("set_on=DITETAPKAN"),
    ),
)

_RHK = Entity(
    "rhk",
    "rhk",
    N_("Rencana hasil kerja"),
    (
        _ref("skp_id", "SKP", "skp"),
        *_integers("position=URUTAN"),
        *_texts("kind=JENIS"),
        Field("text", "RENCANA HASIL KERJA", FieldKind.LONG),
        *_texts("superior_rhk=RHK PIMPINAN", "assigned_by=PENUGASAN DARI", "takeover_note=CATATAN ALIH TUGAS"),
    ),
)

_IKI = Entity(
    "iki",
    "penilaian_butir",
    N_("Indikator kinerja individu"),
    (
        _ref("rhk_id", "RHK", "rhk"),
        *_integers("position=URUTAN"),
        *_texts("aspect=ASPEK"),
        Field("text", "INDIKATOR", FieldKind.LONG),
        *_texts("target=TARGET", "perspective=PERSPEKTIF"),
    ),
)

_BEHAVIOUR = Entity(
    "behaviour_expectation",
    "ekspektasi_perilaku",
    N_("Ekspektasi perilaku"),
    (_ref("skp_id", "SKP", "skp"), *_texts("value=NILAI DASAR"), Field("text", "EKSPEKTASI", FieldKind.LONG)),
)

_REALISATION = Entity(
    "realisation",
    "realisasi",
    N_("Realisasi"),
    (
        _ref("evaluation_id", "EVALUASI", "evaluation"),
        _ref("iki_id", "INDIKATOR", "iki"),
        Field("text", "REALISASI", FieldKind.LONG),
        *_texts("evidence=BUKTI DUKUNG"),
    ),
)

_FEEDBACK = Entity(
    "feedback",
    "umpan_balik",
    N_("Umpan balik"),
    (
        _ref("evaluation_id", "EVALUASI", "evaluation"),
        _ref("iki_id", "INDIKATOR", "iki"),
        *_texts("value=NILAI DASAR", "giver=PEMBERI", "giver_name=NAMA PEMBERI"),
        Field("text", "UMPAN BALIK", FieldKind.LONG),
        *_texts("symbol=SIMBOL"),
    ),
)

_FROZEN = Entity(
    "frozen_sheet",
    "evaluasi_ditandatangani",
    N_("Evaluasi yang sudah ditandatangani"),
    (_ref("evaluation_id", "EVALUASI", "evaluation"), Field("content", "ISI", FieldKind.LONG)),
)

_EVENT = Entity(
    "training_event",
    "pelatihan",
    N_("Kegiatan pelatihan"),
    (
        *_texts("code=KODE", "name=NAMA", "form=BENTUK", "competence=JENIS KOMPETENSI"),
        *_dates("starts=TANGGAL MULAI", "ends=TANGGAL SELESAI"),
        *_texts("times=JAM"),
        *_integers("jp=JP"),
        *_texts("place=TEMPAT", "provider=PENYELENGGARA", "speakers=NARASUMBER"),
        *_integers("quota=KUOTA", "budget=PAGU", "spent=REALISASI"),
        *_texts("funding=SUMBER DANA", "state=STATUS", "state_reason=ALASAN STATUS", "notes=CATATAN"),
    ),
    owned=True,
    judgement=("starts", "ends"),
)

_PARTICIPANT = Entity(
    "participant",
    "peserta",
    N_("Peserta pelatihan"),
    (
        _ref("event_id", "KEGIATAN", "training_event"),
        _ref("employee_id", "PEGAWAI", "employee"),
        *_texts("state=STATUS"),
        *_integers("attendance_percent=HADIR %", "jp_credited=JP DIAKUI"),
        *_texts("certificate_number=NO SERTIFIKAT"),
        *_dates("certificate_date=TANGGAL SERTIFIKAT"),
        *_texts("source=SUMBER"),
    ),
)

_PLAN = Entity(
    "remediation_plan",
    "rencana_pembinaan",
    N_("Rencana pembinaan"),
    (
        _ref("employee_id", "PEGAWAI", "employee"),
        _ref("evaluation_id", "EVALUASI", "evaluation"),
        *_texts("trigger=PEMICU", "kind=JENIS", "root_cause=AKAR MASALAH", "goal=TUJUAN"),
        _ref("mentor_id", "PEMBINA", "employee"),
        _ref("event_id", "KEGIATAN", "training_event"),
        *_dates("starts=MULAI", "due=BATAS"),
        *_texts("state=STATUS", "outcome=HASIL"),
        *_dates("closed_on=DITUTUP"),
        *_texts("outcome_note=CATATAN HASIL", "decision_reason=ALASAN KEPUTUSAN"),
    ),
)

_STEP = Entity(
    "plan_step",
    "langkah_pembinaan",
    N_("Langkah pembinaan"),
    (
        _ref("plan_id", "RENCANA", "remediation_plan"),
        *_integers("position=URUTAN"),
        *_texts("action=LANGKAH", "success_sign=TANDA BERHASIL"),
        *_dates("due=BATAS", "done_on=SELESAI"),
        *_texts("evidence=BUKTI", "result=HASIL"),
        _ref("event_id", "KEGIATAN", "training_event"),
    ),
)

ENTITIES: Sequence[Entity] = (
    _HOLIDAY, _PARAMETER, _PERIOD, _UNIT, _EMPLOYEE, _FORMER_PLACEMENT, _ORGANISATION_RESULT, _SKP, _RHK, _IKI,
    _BEHAVIOUR, _EVALUATION, _REALISATION, _FEEDBACK, _FROZEN, _EVENT, _PARTICIPANT, _PLAN, _STEP,
)  # fmt: skip
"""Two circles cannot be ordered and are linked after both sides are there: unit.head_id ↔ employee.unit_id, and
employee.superior_id to another employee."""

BY_TABLE: Mapping[str, Entity] = {entity.table: entity for entity in ENTITIES}
BY_SHEET: Mapping[str, Entity] = {entity.sheet: entity for entity in ENTITIES}


def entity_of(table: str) -> Entity:
    """The entity, or what stands for a table that only a newer program knows."""
    return BY_TABLE.get(table) or Entity(table, table, N_("Data dari versi lebih baru"), ())
