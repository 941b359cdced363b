"""What a person can ask of the appraisal, as frozen rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from asn_desktop.appraisal.predicate import Predicate, Rating


class Keep(Enum):
    """ "Leave this rating as it is" (None would clear it)."""

    KEEP = "keep"


KEEP = Keep.KEEP


@dataclass(frozen=True, slots=True)
class RatingChange:
    """New ratings of one evaluation; None clears a rating, ``KEEP`` leaves it."""

    evaluation_id: int
    result: Rating | Keep | None = KEEP
    behaviour: Rating | Keep | None = KEEP


@dataclass(frozen=True, slots=True)
class ImportedRating:
    """One row of a ratings workbook, already checked.

    ``declared`` is the predicate the workbook states. If it contradicts the two ratings nothing is rated unless
    ``accept_ratings`` says that a person chose the ratings. Blank (None) never erases.
    """

    employee_id: int
    period: str
    result: Rating | None
    behaviour: Rating | None
    notes: str | None = None
    declared: Predicate | None = None
    accept_ratings: bool = False


@dataclass(frozen=True, slots=True)
class IkiDraft:
    """An indicator; ``id`` None adds one. ``target`` is text as the form prints it ("80 – 90%")."""

    text: str
    target: str = ""
    aspect: str = ""
    perspective: str = ""
    id: int | None = None


@dataclass(frozen=True, slots=True)
class RhkDraft:
    """A planned result with its indicators; ``kind`` UTAMA or TAMBAHAN; ``id`` None adds one."""

    text: str
    kind: str = "UTAMA"
    superior_rhk: str = ""
    assigned_by: str = ""
    takeover_note: str = ""
    ikis: tuple[IkiDraft, ...] = ()
    id: int | None = None


@dataclass(frozen=True, slots=True)
class SkpDraft:
    """The whole SKP as the editor holds it. ``expectations``: value code (``AKUNTABEL``) → text."""

    employee_id: int
    starts: date
    ends: date
    rhks: tuple[RhkDraft, ...] = ()
    expectations: tuple[tuple[str, str], ...] = ()
    kind: str = "JAJF"
    approach: str = "KUANTITATIF"
    place: str = ""
    set_on: date | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class RealisationDraft:
    """What an indicator reached in the period, with its evidence; both empty removes it."""

    iki_id: int
    text: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class FeedbackDraft:
    """One remark on an indicator or on a value. ``giver``: PIMPINAN, REKAN, BAWAHAN, PIHAK_LAIN or own words."""

    giver: str
    text: str = ""
    iki_id: int | None = None
    value: str | None = None
    giver_name: str = ""
    symbol: str = ""
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Reached:
    """What an indicator reached in the evaluation being saved, and the feedback on it."""

    text: str = ""
    evidence: str = ""
    feedback: tuple[FeedbackDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class EvaluationContent:
    """SKP, realisation and feedback as the editor holds them.

    ``reached`` has one entry per indicator in the order of ``skp``; ids of its feedback's indicators are filled in
    while saving, so that a new indicator can have feedback at once.
    """

    skp: SkpDraft
    reached: tuple[Reached, ...] = ()
    behaviour_feedback: tuple[FeedbackDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class EvaluationNotes:
    """Catatan/rekomendasi and the dates of the document (form D.1.1)."""

    notes: str = ""
    signed_on: date | None = None
    received_on: date | None = None
