"""Tones and short words the views of remediation share."""

from __future__ import annotations

from datetime import date

from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import format_short_date
from asn_desktop.core.periods import parse_period
from asn_desktop.remediation.queries import PlanGroup, PlanRow
from asn_desktop.remediation.rules import OUTCOMES, PLAN_STATES, PlanState

_TONES = {
    PlanGroup.PROPOSED: "attention",
    PlanGroup.LATE: "bad",
    PlanGroup.RUNNING: "info",
    PlanGroup.FINISHED: "good",
}
_OUTCOME_TONES = {"berhasil": "good", "sebagian": "info", "tidak_berhasil": "attention"}


def plan_tone(row: PlanRow) -> str:
    """The tone of a plan's state; a declined proposal is neutral, an outcome has its own."""
    if row.state == PlanState.DECLINED:
        return "neutral"
    return _OUTCOME_TONES.get(row.outcome or "", _TONES[row.group])


def plan_word(row: PlanRow) -> str:
    """The state in one or two words: *Terlambat* is a running plan that is late."""
    if row.outcome:
        return _(OUTCOMES[row.outcome])
    if row.group is PlanGroup.LATE:
        return _("Terlambat")
    return _(PLAN_STATES[row.state])


def steps_text(row: PlanRow) -> str:
    """``1 dari 4 langkah``; empty for a proposal."""
    return _("{done} dari {n} langkah").format(done=row.steps_done, n=row.steps) if row.steps else ""


def next_text(row: PlanRow) -> str:
    """What comes next and when."""
    if row.state == PlanState.ACTIVE and row.next_due:
        return _("berikutnya {day}").format(day=format_short_date(row.next_due))
    if row.state == PlanState.ACTIVE and row.due:
        return _("batas {day}").format(day=format_short_date(row.due))
    return ""


def days_text(day: date, today: date) -> str:
    """``sisa 12 hari``, ``hari ini``, ``lewat 3 hari``."""
    days = (day - today).days
    if days == 0:
        return _("hari ini")
    return _("sisa {n} hari").format(n=days) if days > 0 else _("terlambat {n} hari").format(n=-days)


def place_text(row: PlanRow) -> str:
    """Post or unit, and whether the quarter before was low too."""
    place = row.position or row.unit
    return _("{place} · rendah dua triwulan").format(place=place) if row.repeated else place


def period_text(row: PlanRow) -> str:
    """The quarter that called for the plan."""
    return parse_period(row.trigger_period).label if row.trigger_period else ""
