"""Days: clashes of people, holidays inside an event. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from asn_desktop.core.i18n import _
from asn_desktop.core.issues import Issue, Severity
from asn_desktop.training.rules import date_span


@dataclass(frozen=True, slots=True)
class Span:
    """Something that takes days, both ends included. ``id`` is the event."""

    id: int
    name: str
    starts: date
    ends: date


def overlaps(a: Span, b: Span) -> bool:
    """Whether two spans share a day."""
    return a.starts <= b.ends and b.starts <= a.ends


def days_of(starts: date, ends: date) -> list[date]:
    return [starts + timedelta(days=offset) for offset in range((ends - starts).days + 1)]


def clash_issues(event: Span, others: Iterable[Span], person: str) -> list[Issue]:
    """A warning for each other event the person has on the same days."""
    return [
        Issue(
            "participant_clash",
            _("{person} juga terdaftar pada “{name}” ({span}).").format(
                person=person, name=other.name, span=date_span(other.starts, other.ends)
            ),
            Severity.WARNING,
            _("Pilih salah satu kegiatan, atau pastikan waktunya tidak bersamaan."),
            value=str(other.id),
        )
        for other in others
        if other.id != event.id and overlaps(event, other)
    ]


def holiday_issues(starts: date, ends: date, holidays: Mapping[date, str]) -> list[Issue]:
    """A warning for each holiday or cuti bersama that lies inside the dates."""
    return [
        Issue(
            "event_on_holiday",
            _("{day} libur: {name}.").format(day=date_span(day, day), name=holidays[day]),
            Severity.WARNING,
            _("Ubah tanggal, atau pastikan kegiatan memang berlangsung pada hari libur."),
            value=day.isoformat(),
            field="starts",
        )
        for day in days_of(starts, ends)
        if day in holidays
    ]


def weekend_issue(starts: date, ends: date) -> Issue | None:
    """A note when an event lies only on Saturday and Sunday."""
    if ends - starts < timedelta(days=2) and all(day.weekday() >= 5 for day in days_of(starts, ends)):
        return Issue("event_on_weekend", _("Kegiatan jatuh pada akhir pekan."), Severity.NOTE, field="starts")
    return None


def missing_year_issues(starts: date, ends: date, years: Iterable[int]) -> list[Issue]:
    """Nothing can be said about holidays of a year that has no table: say so instead of counting on nothing."""
    known = set(years)
    return [
        Issue(
            "holiday_year_missing",
            _("Belum ada data libur tahun {year}.").format(year=year),
            Severity.WARNING,
            _("Buka “Hari libur” lalu pilih “Isi dari kalender nasional”."),
            field="starts",
        )
        for year in range(starts.year, ends.year + 1)
        if year not in known
    ]
