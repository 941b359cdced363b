"""The three kinds of worksheet: which columns, which of them may be filled, and what the sheet is for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from asn_desktop.appraisal.columns import RATING_COLUMNS
from asn_desktop.core.columns import Column, ColumnKind, ColumnSet
from asn_desktop.core.i18n import N_
from asn_desktop.exchange.worksheet.mark import Mark
from asn_desktop.personnel.columns import PERSONNEL
from asn_desktop.training.columns import PARTICIPANT_COLUMNS

RID, BASIS, NIP_THEN, MARK = "_rid", "_basis", "_nip_then", "_mark"
MACHINE = (
    Column(RID, N_("Kolom program"), "_RID"),
    Column(BASIS, N_("Kolom program"), "_BASIS"),
    Column(NIP_THEN, N_("Kolom program"), "_NIP_ASAL"),
)
"""The hidden columns: the record, its values when the worksheet was written, and the NIP it had then."""
SPARE = "+"
"""Stands in NO of the blank rows below the list."""
MACHINE_KEYS = frozenset({RID, BASIS, NIP_THEN, MARK})


@dataclass(frozen=True, slots=True)
class WorksheetKind:
    """``context`` is shown and locked, ``fields`` may be filled; ``spare`` is the number of blank rows below.

    ``masked`` personal data never goes out with this kind; ``purpose`` says why what goes out does.
    """

    key: str
    sheet: str
    title: str
    catalogue: ColumnSet
    context: tuple[str, ...]
    fields: tuple[str, ...]
    needed: tuple[str, ...]
    """Fields that may not be emptied with ``[KOSONG]``."""
    spare: int
    purpose: str
    pages_wide: int = 1

    @property
    def columns(self) -> tuple[Column, ...]:
        return tuple(self.catalogue[key] for key in (*self.context, *self.fields))

    def reading(self, marks: Sequence[Mark]) -> ColumnSet:
        """The catalogue to read a returned worksheet by: ours plus the machine columns."""
        needed = {"nip", *self.needed}
        columns = tuple(replace(column, required=column.key in needed) for column in self.catalogue.columns)
        mark = Column(MARK, N_("Kolom program"), "_LEMBAR", ColumnKind.ROW_NUMBER, aliases=tuple(m.text for m in marks))
        return replace(
            self.catalogue,
            columns=(*columns, *MACHINE),
            helpers=(*self.catalogue.helpers, mark),
            _lookup={},
            _by_key={},
        )


RATINGS = WorksheetKind(
    key="ratings",
    sheet="PENILAIAN",
    title=N_("Lembar kerja penilaian {period}"),
    catalogue=RATING_COLUMNS,
    context=("name", "nip", "position", "unit"),
    fields=("result_rating", "behaviour_rating", "notes"),
    needed=("result_rating", "behaviour_rating"),
    spare=5,
    purpose=N_("penilaian kinerja triwulan (PermenPANRB 6/2022)"),
)
PERSONNEL_SHEET = WorksheetKind(
    key="personnel",
    sheet="PEGAWAI",
    title=N_("Lembar kerja perbaikan data pegawai"),
    catalogue=PERSONNEL,
    context=("name", "nip", "employment_kind"),
    fields=(
        "title_front", "title_back", "rank", "rank_tmt", "position", "position_tmt", "unit",
        "education_level", "education", "graduation_year", "email", "superior_nip",
    ),
    needed=("rank", "position", "unit"),
    spare=5,
    purpose=N_("pemutakhiran data kepegawaian oleh perangkat daerah"),
    pages_wide=2,
)  # fmt: skip
PARTICIPANTS = WorksheetKind(
    key="participants",
    sheet="PESERTA",
    title=N_("Lembar kerja peserta pelatihan"),
    catalogue=PARTICIPANT_COLUMNS,
    context=("name", "nip", "position", "unit"),
    fields=("state", "attendance_percent", "jp_credited", "certificate_number", "certificate_date"),
    needed=("state",),
    spare=30,
    purpose=N_("pengusulan dan pencatatan kehadiran peserta pelatihan"),
)

WORKSHEETS: Mapping[str, WorksheetKind] = {kind.key: kind for kind in (RATINGS, PERSONNEL_SHEET, PARTICIPANTS)}
