"""Which kinds of workbooks each subject exchanges: one entry per kind is all there is to register."""

from __future__ import annotations

from collections.abc import Mapping

from asn_desktop.exchange.import_kind import ImportKind
from asn_desktop.exchange.personnel_list import PersonnelList
from asn_desktop.exchange.ratings_list import RatingsList
from asn_desktop.exchange.training_history import TrainingHistory
from asn_desktop.exchange.worksheet.kinds import WorksheetKind
from asn_desktop.exchange.worksheet.participants import ParticipantImport, ParticipantSheet
from asn_desktop.exchange.worksheet.personnel import PersonnelSheet
from asn_desktop.exchange.worksheet.ratings import RatingSheet

_KINDS = (PersonnelList(), RatingsList(), TrainingHistory(), ParticipantImport())
_SHEETS = (RatingSheet(), PersonnelSheet(), ParticipantSheet())

IMPORTS: Mapping[str, ImportKind] = {kind.key: kind for kind in _KINDS}
EXPORTS: Mapping[str, ImportKind] = {kind.key: kind for kind in _KINDS if kind.sheet}
WORKSHEETS: Mapping[str, WorksheetKind] = {kind.key: kind for kind in _SHEETS}
"""Each by its key."""

AUTO = "auto"
"""For imports: the kind is told by the headings."""
