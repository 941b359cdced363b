"""The periods a person can choose from: those that were opened, and every other one of the years in reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from asn_desktop.appraisal.queries import PeriodRow
from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import format_date
from asn_desktop.core.periods import Period


@dataclass(frozen=True, slots=True)
class PeriodChoice:
    """A period and where it stands on ``today``; ``state`` is ``open``, ``closed`` or empty (never opened)."""

    period: Period
    state: str
    today: date

    @property
    def opened(self) -> bool:
        return bool(self.state)

    @property
    def begun(self) -> bool:
        return self.period.starts <= self.today

    @property
    def words(self) -> str:
        """The state for people."""
        if self.state:
            return _("ditutup") if self.state == "closed" else _("dibuka")
        if not self.begun:
            return _("mulai {day}").format(day=format_date(self.period.starts))
        return _("belum dibuka")


def choices(opened: Sequence[PeriodRow], today: date) -> list[PeriodChoice]:
    """All periods of this year, the last one, and every year with an opened period; the newest first."""
    states = {row.period: row.state for row in opened}
    years = {today.year, today.year - 1} | {period.year for period in states}
    periods = [Period(year, quarter) for year in sorted(years, reverse=True) for quarter in (0, 4, 3, 2, 1)]
    return [PeriodChoice(period, states.get(period, ""), today) for period in periods]
