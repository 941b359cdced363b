"""What a plan tells about rows that do not simply go in, in the form in which imports tell it."""

from __future__ import annotations

from asn_desktop.core.i18n import _
from asn_desktop.core.issues import Issue, Location, Severity
from asn_desktop.exchange.package.package_plan import PackagePlan, PlannedRecord
from asn_desktop.exchange.package.protocol import entity_of
from asn_desktop.exchange.plan import Fate

_TOLD = (Fate.REJECTED, Fate.CONFLICT, Fate.IGNORED)


def findings(plan: PackagePlan) -> list[Issue]:
    """One for each row that is rejected, ignored or waits for a decision."""
    return [_finding(record) for record in plan.records if record.fate in _TOLD]


def _finding(record: PlannedRecord) -> Issue:
    place = record.place
    conflicting = [entity_of(record.entity)[outcome.field].heading for outcome in record.conflicts]
    waits = record.fate is Fate.CONFLICT
    return Issue(
        code=record.code or record.fate.value,
        message=record.message or _question(conflicting),
        severity=Severity.DECISION if waits else Severity.ERROR,
        hint=_("Putuskan di Pertukaran Data › Putuskan perbedaan.") if waits else "",
        value=record.rid,
        location=Location(place.sheet, place.row, "A") if place else Location(entity_of(record.entity).sheet),
    )


def _question(fields: list[str]) -> str:
    if fields:
        return _("Perlu keputusan: {fields}").format(fields=", ".join(fields))
    return _("Perlu keputusan: dihapus di satu kantor, berubah atau baru di kantor lain.")
