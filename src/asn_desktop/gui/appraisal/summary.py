"""Everything the tab shows around the grid, read in one go away from the GUI thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from asn_desktop.appraisal.distribution import Distribution
from asn_desktop.appraisal.opening import Opening
from asn_desktop.appraisal.queries import PeriodRow, Progress
from asn_desktop.appraisal.service import AppraisalService, Deadline
from asn_desktop.core.periods import Period
from asn_desktop.reference.queries import UnitRow
from asn_desktop.reference.service import ReferenceService


@dataclass(frozen=True, slots=True)
class Summary:
    """``period`` None: not opened yet, and ``opening`` says what opening would do."""

    period: PeriodRow | None
    opening: Opening | None
    units: list[UnitRow]
    progress: Mapping[int | None, Progress]
    deadlines: list[Deadline]
    distribution: Distribution | None


def read_summary(
    appraisal: AppraisalService, reference: ReferenceService, period: Period, unit_id: int | None
) -> Summary:
    """What there is to say about a period and a unit with everything below it (None: all units)."""
    opened = appraisal.period(period.code)
    return Summary(
        opened,
        None if opened else appraisal.preview_opening(period),
        reference.units(),
        appraisal.progress_by_unit(period.code) if opened else {},
        appraisal.deadlines(period.code),
        appraisal.distribution(period.code, unit_id) if opened else None,
    )
