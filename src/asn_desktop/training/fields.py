"""Training events and who takes part."""

from __future__ import annotations

from asn_desktop.core.catalogue import Entity, Field, FieldKind, dates, integers, listed, one_of, ref, texts
from asn_desktop.core.i18n import N_
from asn_desktop.core.indonesian import format_number
from asn_desktop.core.screen import Screen, Section
from asn_desktop.training.forms import form_name
from asn_desktop.training.rules import COMPETENCES, EVENT_STATES, FUNDING_SOURCES, PARTICIPANT_STATES, SOURCES

_FORM = Section()


def _wide(span: int, at: int = 0, *, panel: bool = False, hint: str = "") -> Screen:
    """So many of the twelve columns of the form."""
    return Screen(_FORM, span, at, panel, hint=hint)


def _rupiah(amount: str) -> str:
    return "Rp" + format_number(int(amount))


EVENT = Entity(
    "training_event",
    "pelatihan",
    N_("Kegiatan pelatihan"),
    (
        Field("code", "KODE"),
        Field("name", "NAMA", label=N_("Nama kegiatan"), screen=_wide(12)),
        Field("form", "BENTUK", shown=form_name, screen=_wide(7)),
        Field("competence", "JENIS KOMPETENSI", choices=COMPETENCES, screen=_wide(5)),
        Field("starts", "TANGGAL MULAI", FieldKind.DATE, screen=_wide(4)),
        Field("ends", "TANGGAL SELESAI", FieldKind.DATE, screen=_wide(4)),
        Field("times", "JAM", screen=_wide(4)),
        Field("jp", "JP", FieldKind.INTEGER, screen=_wide(2)),
        Field("place", "TEMPAT", label=N_("Tempat atau tautan"), screen=_wide(5)),
        Field("provider", "PENYELENGGARA", screen=_wide(5, panel=True)),
        Field("speakers", "NARASUMBER", screen=_wide(8, panel=True, hint=N_("Pisahkan dengan titik koma"))),
        Field("quota", "KUOTA", FieldKind.INTEGER, screen=_wide(4, hint=N_("Kosong = tidak dibatasi"))),
        Field("budget", "PAGU", FieldKind.INTEGER, shown=_rupiah, screen=_wide(4)),
        Field("spent", "REALISASI", FieldKind.INTEGER, shown=_rupiah, screen=_wide(4)),
        Field("funding", "SUMBER DANA", choices=FUNDING_SOURCES, screen=_wide(4)),
        one_of("state", "STATUS", EVENT_STATES),
        Field("state_reason", "ALASAN STATUS"),
        Field("notes", "CATATAN", screen=_wide(12, 1)),
    ),
    owned=True,
    name="name",
    second="starts",
    rules=("* → office/queue",),
    judgement=("starts", "ends"),
    sections=(_FORM,),
)

PARTICIPANT = Entity(
    "participant",
    "peserta",
    N_("Peserta pelatihan"),
    (
        ref("event_id", "KEGIATAN", "training_event"),
        ref("employee_id", "PEGAWAI", "employee"),
        one_of("state", "STATUS", PARTICIPANT_STATES),
        Field("attendance_percent", "HADIR %", FieldKind.INTEGER, label=N_("Kehadiran (%)")),
        *integers("jp_credited=JP DIAKUI"),
        *texts("certificate_number=NO SERTIFIKAT"),
        *dates("certificate_date=TANGGAL SERTIFIKAT"),
        listed("source", "SUMBER", SOURCES),
    ),
    parent="employee_id",
    second="event_id",
    rules=("+ → office/merge", "* → office/queue"),  # one's own people nominated for the other's event
)
