"""How a unit's predicates are spread, beside the guidance of its organisation result.

PermenPANRB 6/2022 Lampiran IV.B.2; percentages of SE MenPANRB 3/2023.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from asn_desktop.appraisal import queries, rules, tables
from asn_desktop.appraisal.predicate import Predicate
from asn_desktop.appraisal.queries import OrganisationRow
from asn_desktop.appraisal.rules import CurvePoint
from asn_desktop.core.issues import Issue
from asn_desktop.reference.queries import UnitRow


@dataclass(frozen=True, slots=True)
class Distribution:
    """The predicates of a unit beside the guidance of its organisation result."""

    counts: dict[Predicate, int]
    total: int
    """People in the unit, rated or not."""
    organisation: OrganisationRow | None
    curve: tuple[CurvePoint, ...]
    warnings: tuple[Issue, ...]
    compared: bool
    """False: too few people (or switched off), so percentages were not looked at."""
    met: tuple[str, ...] = ()
    """The limits of the circular that were looked at and hold, in words."""

    @property
    def rated(self) -> int:
        return sum(self.counts.values())


def distribution(
    connection: Connection,
    code: str,
    unit_id: int | None,
    units: Sequence[UnitRow],
    *,
    percentages: bool,
    minimum: int,
) -> Distribution:
    """Counts of a unit and below (None: everybody) in a period, its guidance curve and warnings.

    ``percentages``: whether the office compares them at all; ``minimum``: rated people from which it makes sense.
    """
    counts = queries.predicate_counts(connection, code, unit_id)
    total = queries.progress_by_unit(connection, code).get(unit_id)
    results = queries.organisation_results(connection, code)
    root = next((unit.id for unit in units if unit.kind == "INSTANSI"), 0)
    organisation = results.get(unit_id if unit_id is not None else root)
    result = organisation.result if organisation else None
    limits = tables.distribution_rules()
    warnings = rules.check_distribution(counts, result, limits, percentages=percentages, minimum_people=minimum)
    compared = percentages and sum(counts.values()) >= max(minimum, 1)
    return Distribution(
        counts=counts,
        total=total.total if total else 0,
        organisation=organisation,
        curve=tables.guidance_curve(result) if result else (),
        warnings=tuple(warnings),
        compared=compared,
        met=tuple(rules.met_limits(counts, result, limits)) if result and compared else (),
    )
