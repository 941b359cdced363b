"""What is printed on the appraisal forms of one employee and one period: frozen rows, no database, no paper.

The names follow the data names of the forms (PermenPANRB 6/2022, Lampiran). Whatever can be missing on a
draft is optional; codes are those of ``resources/reference/predikat_matrix.csv``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache

from asn_desktop.environment.resources import reference_table


class RhkKind(StrEnum):
    """Priority of a planned result (PermenPANRB 6/2022 Lampiran II.A.6)."""

    UTAMA = "UTAMA"
    TAMBAHAN = "TAMBAHAN"


#: Code of who gave feedback → the words before the colon on the forms (Anak Lampiran 4).
FEEDBACK_GIVERS: Mapping[str, str] = {
    "PIMPINAN": "Pimpinan",
    "REKAN": "Rekan kerja setingkat",
    "BAWAHAN": "Pegawai di bawahnya",
    "PIHAK_LAIN": "Stakeholder terkait",
}


@dataclass(frozen=True, slots=True)
class Person:
    """Identity as valid on the last day of the period. ``nip`` is None for elected officials."""

    name: str | None = None
    nip: str | None = None
    rank_line: str | None = None
    position: str | None = None
    unit: str | None = None
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class Feedback:
    """One remark. ``giver`` is a code of :data:`FEEDBACK_GIVERS` or any other words, printed as they are."""

    giver: str
    giver_name: str | None = None
    text: str | None = None
    symbol: str | None = None

    @property
    def giver_label(self) -> str:
        label = FEEDBACK_GIVERS.get(self.giver, self.giver)
        return f"{label} ({self.giver_name})" if self.giver_name else label


@dataclass(frozen=True, slots=True)
class Iki:
    """One indicator with its target and what was reached, as free text."""

    aspect: str | None = None
    text: str | None = None
    target: str | None = None
    perspective: str | None = None
    realisation: str | None = None
    feedback: tuple[Feedback, ...] = ()


@dataclass(frozen=True, slots=True)
class Rhk:
    """A planned result. ``takeover_note`` is the leader's remark when the task was taken over (Pasal 20)."""

    number: int
    kind: RhkKind = RhkKind.UTAMA
    text: str | None = None
    assigned_by: str | None = None
    superior_rhk: str | None = None
    takeover_note: str | None = None
    ikis: tuple[Iki, ...] = ()


@dataclass(frozen=True, slots=True)
class Behaviour:
    """One of the seven BerAKHLAK values with its three guiding behaviours, worded by the regulation."""

    code: str
    value: str
    guidance: tuple[str, ...]
    expectation: str | None = None
    feedback: tuple[Feedback, ...] = ()


@dataclass(frozen=True, slots=True)
class EvaluationSheet:
    """Everything the forms C.1.x and D.1.x say about one employee in one period.

    ``period_title`` is printed as it is ("TRIWULAN III", "AKHIR", "BULAN MEI"). ``organisation_result`` is
    ISTIMEWA … SANGAT_KURANG, the two ratings DI_ATAS/SESUAI/DI_BAWAH, ``predicate`` SANGAT_BAIK …
    SANGAT_KURANG; None where nothing has been decided yet. ``superior_evaluated``: the assessor was silent
    and the assessor's superior signs (Lampiran IV.A.11). ``sample`` marks made-up people on paper.
    """

    period_title: str | None = None
    agency: str | None = None
    skp_starts: date | None = None
    skp_ends: date | None = None
    employee: Person = field(default_factory=Person)
    assessor: Person = field(default_factory=Person)
    superior: Person = field(default_factory=Person)
    organisation_result: str | None = None
    result_rating: str | None = None
    behaviour_rating: str | None = None
    predicate: str | None = None
    notes: str | None = None
    place: str | None = None
    signed_on: date | None = None
    employee_signed_on: date | None = None
    superior_signed_on: date | None = None
    superior_evaluated: bool = False
    rhks: tuple[Rhk, ...] = ()
    behaviours: tuple[Behaviour, ...] = ()
    sample: bool = False


@cache
def standard_behaviours() -> tuple[Behaviour, ...]:
    """The seven values in their fixed order (PermenPANRB 6/2022 Pasal 10 ayat (3), wording of the forms)."""
    guidance: dict[tuple[int, str, str], list[str]] = {}
    for row in reference_table("perilaku_berakhlak"):
        key = (int(row["urutan"]), row["kode"], row["nilai"])
        guidance.setdefault(key, []).append(row["panduan_perilaku"])
    return tuple(Behaviour(code, value, tuple(guidance[order, code, value])) for order, code, value in sorted(guidance))


def behaviours_with(
    expectations: Mapping[str, str] | None = None,
    feedback: Mapping[str, tuple[Feedback, ...]] | None = None,
) -> tuple[Behaviour, ...]:
    """All seven values with what a leader added, keyed by the value's code (``AKUNTABEL``).

    A key that is not one of the seven raises ``KeyError``: nothing may be dropped on the way to the form.
    """
    expectations, feedback = expectations or {}, feedback or {}
    known = {behaviour.code for behaviour in standard_behaviours()}
    if unknown := (set(expectations) | set(feedback)) - known:
        raise KeyError(f"not a BerAKHLAK value: {', '.join(sorted(unknown))}")
    return tuple(
        Behaviour(b.code, b.value, b.guidance, expectations.get(b.code), feedback.get(b.code, ()))
        for b in standard_behaviours()
    )


def blank_sheet(period_title: str | None = None) -> EvaluationSheet:
    """An empty form to be filled by hand: three RHK rows, two UTAMA and one TAMBAHAN."""
    kinds = (RhkKind.UTAMA, RhkKind.UTAMA, RhkKind.TAMBAHAN)
    return EvaluationSheet(
        period_title=period_title,
        rhks=tuple(Rhk(number, kind, ikis=(Iki(),)) for number, kind in enumerate(kinds, start=1)),
        behaviours=standard_behaviours(),
    )
