"""Two ratings give a predicate through a table of nine cells; never by arithmetic.

PermenPANRB 6/2022 Lampiran Bab IV.B.3: the table is not symmetric (bad behaviour is Kurang/*Misconduct* even with the
best results), so it is held as data and passed in. There is no score and no averaging of periods.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from asn_desktop.core.i18n import N_, _


class Rating(StrEnum):
    """Rating of hasil kerja or of perilaku kerja against the leader's expectation."""

    DI_BAWAH = "DI_BAWAH"
    SESUAI = "SESUAI"
    DI_ATAS = "DI_ATAS"

    @property
    def label(self) -> str:
        """``Di Atas Ekspektasi``: lists, workbooks and the command line."""
        return _(RATINGS[self])

    @property
    def word(self) -> str:
        """``Di atas``: beside the buttons of the grid."""
        return _(RATING_WORDS[self])


class Predicate(StrEnum):
    """Predikat kinerja pegawai, from worst to best: the order of the x axis of the distribution pattern."""

    SANGAT_KURANG = "SANGAT_KURANG"
    KURANG = "KURANG"
    BUTUH_PERBAIKAN = "BUTUH_PERBAIKAN"
    BAIK = "BAIK"
    SANGAT_BAIK = "SANGAT_BAIK"

    @property
    def label(self) -> str:
        return _(PREDICATES[self])

    @property
    def is_low(self) -> bool:
        """Below Baik: proposes a remediation plan (PermenPANRB 6/2022 Pasal 20-21)."""
        return self in LOW_PREDICATES


class OrganisationRating(StrEnum):
    """Capaian kinerja organisasi (Lampiran Bab IV.B.1a), from worst to best."""

    SANGAT_KURANG = "SANGAT_KURANG"
    KURANG = "KURANG"
    BUTUH_PERBAIKAN = "BUTUH_PERBAIKAN"
    BAIK = "BAIK"
    ISTIMEWA = "ISTIMEWA"

    @property
    def label(self) -> str:
        return _(ORGANISATION_RESULTS[self])


class State(StrEnum):
    """Where an evaluation stands. ``final`` leaves only by a reasoned revision."""

    DRAFT = "draft"
    RATED = "rated"
    FINAL = "final"

    @property
    def label(self) -> str:
        return _(STATES[self])


RATINGS = {
    "DI_ATAS": N_("Di Atas Ekspektasi"),
    "SESUAI": N_("Sesuai Ekspektasi"),
    "DI_BAWAH": N_("Di Bawah Ekspektasi"),
}
RATING_WORDS = {"DI_ATAS": N_("Di atas"), "SESUAI": N_("Sesuai"), "DI_BAWAH": N_("Di bawah")}
FORM_RATINGS = {"DI_ATAS": "DIATAS EKSPEKTASI", "SESUAI": "SESUAI EKSPEKTASI", "DI_BAWAH": "DIBAWAH EKSPEKTASI"}
"""As the official forms print them."""
PREDICATES = {
    "SANGAT_BAIK": N_("Sangat Baik"),
    "BAIK": N_("Baik"),
    "BUTUH_PERBAIKAN": N_("Butuh Perbaikan"),
    "KURANG": N_("Kurang"),
    "SANGAT_KURANG": N_("Sangat Kurang"),
}
ORGANISATION_RESULTS = {
    "ISTIMEWA": N_("Istimewa"),
    "BAIK": N_("Baik"),
    "BUTUH_PERBAIKAN": N_("Butuh Perbaikan"),
    "KURANG": N_("Kurang"),
    "SANGAT_KURANG": N_("Sangat Kurang"),
}
STATES = {"draft": N_("Draf"), "rated": N_("Dinilai"), "final": N_("Terkunci")}

LOW_PREDICATES = frozenset({Predicate.SANGAT_KURANG, Predicate.KURANG, Predicate.BUTUH_PERBAIKAN})

Matrix = Mapping[tuple[Rating, Rating], Predicate]
"""(hasil kerja, perilaku kerja) → predikat; all nine cells are present."""


def read_matrix(rows: Iterable[Mapping[str, str]]) -> Matrix:
    """The matrix from rows with the columns hasil, perilaku, predikat.

    Raises ``ValueError`` unless each of the nine cells stands there exactly once.
    """
    cells: dict[tuple[Rating, Rating], Predicate] = {}
    for row in rows:
        cell = Rating(row["hasil"]), Rating(row["perilaku"])
        if cell in cells:
            raise ValueError(f"the predicate table names {cell} twice")
        cells[cell] = Predicate(row["predikat"])
    missing = {(result, behaviour) for result in Rating for behaviour in Rating} - cells.keys()
    if missing:
        raise ValueError(f"the predicate table lacks {sorted(missing)}")
    return MappingProxyType(cells)


def derive(matrix: Matrix, result: Rating | None, behaviour: Rating | None) -> Predicate | None:
    """The predicate of two ratings; None while one of them is missing."""
    if result is None or behaviour is None:
        return None
    return matrix[result, behaviour]


def explain(matrix: Matrix, result: Rating | None, behaviour: Rating | None) -> str:
    """Why this predicate: ``Butuh Perbaikan: hasil kerja di bawah, perilaku sesuai ekspektasi.``"""
    if result is None and behaviour is None:
        return _("Belum dinilai: kedua rating belum diisi.")
    if result is None:
        return _("Belum dinilai: rating hasil kerja belum diisi.")
    if behaviour is None:
        return _("Belum dinilai: rating perilaku kerja belum diisi.")
    predicate = matrix[result, behaviour].label
    if result is behaviour:
        text = _("{predicate}: hasil kerja dan perilaku {rating} ekspektasi.")
        return text.format(predicate=predicate, rating=result.word.lower())
    text = _("{predicate}: hasil kerja {result}, perilaku {behaviour} ekspektasi.")
    return text.format(predicate=predicate, result=result.word.lower(), behaviour=behaviour.word.lower())
