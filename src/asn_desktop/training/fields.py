"""Training events and who takes part."""

from __future__ import annotations

from asn_desktop.core.catalogue import Entity, Field, FieldKind, dates, integers, listed, one_of, ref, texts
from asn_desktop.core.i18n import N_
from asn_desktop.core.indonesian import format_number
from asn_desktop.training.forms import form_name
from asn_desktop.training.rules import COMPETENCES, EVENT_STATES, FUNDING_SOURCES, PARTICIPANT_STATES, SOURCES


def _rupiah(amount: str) -> str:
    return "Rp" + format_number(int(amount))


EVENT = Entity(
    "training_event",
    "pelatihan",
    N_("Kegiatan pelatihan"),
    (
        *texts("code=KODE", "name=NAMA"),
        Field("form", "BENTUK", shown=form_name),
        listed("competence", "JENIS KOMPETENSI", COMPETENCES),
        *dates("starts=TANGGAL MULAI", "ends=TANGGAL SELESAI"),
        *texts("times=JAM"),
        *integers("jp=JP"),
        *texts("place=TEMPAT", "provider=PENYELENGGARA", "speakers=NARASUMBER"),
        *integers("quota=KUOTA"),
        Field("budget", "PAGU", FieldKind.INTEGER, shown=_rupiah),
        Field("spent", "REALISASI", FieldKind.INTEGER, shown=_rupiah),
        listed("funding", "SUMBER DANA", FUNDING_SOURCES),
        one_of("state", "STATUS", EVENT_STATES),
        *texts("state_reason=ALASAN STATUS", "notes=CATATAN"),
    ),
    owned=True,
    name="name",
    second="starts",
    rules=("* → office/queue",),
    judgement=("starts", "ends"),
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
