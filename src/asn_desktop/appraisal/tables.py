"""The tables of the regulation that ship with the program, read once."""

from __future__ import annotations

from functools import cache

from asn_desktop.appraisal.predicate import Matrix, OrganisationRating, Predicate, read_matrix
from asn_desktop.appraisal.rules import CurvePoint, DistributionRule
from asn_desktop.environment.resources import reference_table


@cache
def matrix() -> Matrix:
    """Kuadran kinerja (PermenPANRB 6/2022 Lampiran Bab IV.B.3)."""
    return read_matrix(reference_table("predikat_matrix"))


@cache
def distribution_rules() -> tuple[DistributionRule, ...]:
    """What is expected of each predicate under each organisation result (Lampiran IV.B.2; SE MenPANRB 3/2023)."""
    return tuple(
        DistributionRule(
            organisation=OrganisationRating(row["capaian_organisasi"]),
            predicate=Predicate(row["predikat_pegawai"]),
            minimum=int(row["min_persen"]) if row["min_persen"] else None,
            maximum=int(row["maks_persen"]) if row["maks_persen"] else None,
            one_of_required=row["wajib_ada"] == "salah_satu",
            dominant=row["dominan"] == "ya",
        )
        for row in reference_table("distribusi_predikat")
    )


@cache
def guidance_curve(organisation: OrganisationRating) -> tuple[CurvePoint, ...]:
    """The drawn pattern: x 0 (Sangat Kurang) … 4 (Sangat Baik), y on a grid of seven lines."""
    return tuple(
        CurvePoint(float(row["posisi_x"]), float(row["tinggi_y"]))
        for row in reference_table("kurva_distribusi")
        if row["capaian_organisasi"] == organisation
    )


@cache
def deadline_days(code: str) -> int:
    """Working days of a statutory term, e.g. ``LAPOR_PYB`` → 30 (Lampiran Bab V)."""
    return next(int(row["hari"]) for row in reference_table("tenggat") if row["kode"] == code)
