"""The field catalogue of participants (sheet PESERTA): nominations, attendance, credited JP and certificates."""

from __future__ import annotations

from asn_desktop.core.columns import Column, ColumnKind, ColumnSet, pairs, words
from asn_desktop.core.i18n import N_
from asn_desktop.personnel.columns import whose
from asn_desktop.training.rules import PARTICIPANT_STATES

CERTIFICATE = (
    Column(
        "certificate_number", N_("Nomor sertifikat"), "NO SERTIFIKAT", max_length=120,
        aliases=words("NO STTP|NO STTPP|NOMOR STTPP|NOMOR SERTIPIKAT|NOMOR SERTIFIKAT|NO PIAGAM|NOMOR PIAGAM"),
    ),
    Column(
        "certificate_date", N_("Tanggal sertifikat"), "TANGGAL SERTIFIKAT", ColumnKind.DATE, years=(1960, 2100),
        aliases=words("TGL SERTIFIKAT|TANGGAL STTP|TANGGAL STTPP|TGL STTPP"),
    ),
)  # fmt: skip
ROW_NUMBER = Column("@row_number", N_("Nomor urut"), "NO", ColumnKind.ROW_NUMBER, aliases=words("NO URUT|NOMOR"))

COLUMNS: tuple[Column, ...] = (
    *whose("NIP PESERTA", "NAMA PESERTA"),
    Column("position", N_("Jabatan"), "JABATAN", max_length=200, aliases=words("NAMA JABATAN")),
    Column("unit", N_("Unit kerja"), "UNIT KERJA", max_length=200, aliases=words("UNKER|UNIT|OPD|PERANGKAT DAERAH")),
    Column(
        "state",
        N_("Status peserta"),
        "STATUS",
        ColumnKind.CHOICE,
        required=True,
        choices=tuple((str(code), label) for code, label in PARTICIPANT_STATES.items()),
        spellings=pairs(
            "USUL=nominated|USULAN=nominated|CALON=nominated|SETUJU=approved|DITERIMA=approved|CADANG=reserve|"
            "HADIR PENUH=attended|IKUT=attended|ABSEN=absent|TIDAK IKUT=absent|MUNDUR=withdrawn|BATAL=withdrawn"
        ),
        aliases=words("STATUS PESERTA|KEHADIRAN"),
    ),
    Column(
        "attendance_percent", N_("Kehadiran (%)"), "HADIR %", ColumnKind.INTEGER, numbers=(0, 100),
        aliases=words("PERSEN HADIR|KEHADIRAN PERSEN"),
    ),
    Column(
        "jp_credited", N_("JP diakui"), "JP DIAKUI", ColumnKind.INTEGER, numbers=(0, 2000),
        aliases=words("JP|JUMLAH JP|JML JAM|JUMLAH JAM|JAM PELAJARAN"),
    ),
    *CERTIFICATE,
)  # fmt: skip

PARTICIPANT_COLUMNS = ColumnSet(
    name="PESERTA",
    title=N_("Peserta pelatihan"),
    columns=COLUMNS,
    helpers=(ROW_NUMBER,),
)
