"""What *Beranda* shows, read in one go: the numbers are lengths of the lists that their cards open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from asn_desktop.appraisal.queries import EvaluationSpec, PeriodRow
from asn_desktop.appraisal.service import Deadline
from asn_desktop.core.changes import OperationRow
from asn_desktop.exchange.package.reminders import Reminders
from asn_desktop.gui.home.progress_list import ProgressLine
from asn_desktop.personnel.listing import EmployeeSpec
from asn_desktop.remediation.queries import PlanGroup
from asn_desktop.services import Services
from asn_desktop.training.queries import EventSpec
from asn_desktop.training.rules import OCCUPYING, week_of


@dataclass(frozen=True, slots=True)
class Overview:
    """``period`` None: no quarter was opened yet. ``total`` and ``rated`` are people of that quarter, ``people`` and
    ``incomplete`` those who are active today."""

    people: int
    incomplete: int
    period: PeriodRow | None
    total: int
    rated: int
    final: int
    unrated: int
    plans: dict[PlanGroup, int]
    events_this_week: int
    short_of_hours: int
    progress: tuple[ProgressLine, ...]
    deadlines: tuple[Deadline, ...]
    recent: tuple[OperationRow, ...]
    packages: Reminders
    province: bool

    @property
    def steps_done(self) -> tuple[bool, bool, bool, bool, bool]:
        """The first steps of a new office: people, quarter, ratings, forms, follow-up."""
        followed = self.plans[PlanGroup.RUNNING] + self.plans[PlanGroup.LATE] + self.plans[PlanGroup.FINISHED]
        everybody_rated = self.rated > 0 and not self.unrated
        return (self.people > 0, self.period is not None, everybody_rated, self.final > 0, followed > 0)


def read_overview(services: Services, today: date, code: str = "") -> Overview:
    """Everything for the quarter ``code``; without one, of the newest opened quarter."""
    province = services.reference.office().role == "province"
    periods = services.appraisal.periods()
    chosen = [row for row in periods if row.code == code]
    period = chosen[0] if chosen else None
    if not code and periods:
        period = max(periods, key=lambda row: (row.period.ends, row.period.quarter))
    total = rated = final = unrated = 0
    lines: list[ProgressLine] = []
    if period is not None:
        by_unit = services.appraisal.progress_by_unit(period.code)
        everybody = by_unit.get(None)
        if everybody is not None:
            total, rated, final = everybody.total, everybody.rated, everybody.final
        unrated = len(services.appraisal.evaluation_ids(EvaluationSpec(period.code, unrated=True)))
        level = "INSTANSI" if province else "OPD"  # a province looks at its districts
        for unit in services.reference.units():
            found = by_unit.get(unit.id)
            if unit.kind == level and found is not None and found.total:
                lines.append(ProgressLine(unit.id, unit.name, found.rated, found.total))
    monday, sunday = week_of(today)
    names = services.accounts.full_names()
    week = EventSpec(states=OCCUPYING, starts=monday, ends=sunday)
    return Overview(
        people=len(services.personnel.ids(EmployeeSpec())),
        incomplete=len(services.personnel.ids(EmployeeSpec(status="incomplete"))),
        period=period,
        total=total,
        rated=rated,
        final=final,
        unrated=unrated,
        plans=services.remediation.counts(),
        events_this_week=len(services.training.event_ids(week)),
        short_of_hours=services.training.count_short(today.year),
        progress=tuple(lines),
        deadlines=tuple(services.appraisal.deadlines(period.code)) if period is not None else (),
        recent=tuple(replace(row, user=names.get(row.user, row.user)) for row in services.safety.history(6)),
        packages=services.package_reminders(),
        province=province,
    )
