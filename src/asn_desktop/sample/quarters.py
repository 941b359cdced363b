"""Four quarters of evaluations for the sample office: plausible ratings, organisation results, a few loose ends."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta

from asn_desktop.appraisal.commands import ImportedRating, RatingChange
from asn_desktop.appraisal.predicate import OrganisationRating, Predicate, Rating
from asn_desktop.appraisal.queries import EvaluationRow
from asn_desktop.core.i18n import _
from asn_desktop.core.periods import Period
from asn_desktop.sample.moving_clock import MovingClock
from asn_desktop.services import Services

UNRATED_OPD = "10"
"""Dinas Pekerjaan Umum: nobody there is rated yet in the current quarter."""
LATE_UNITS = ("02.S004", "02.S015", "03.P005", "07", "13", "17")
"""Where about half of the people still lack a rating in the current quarter."""
_RESULTS = {
    "08": OrganisationRating.ISTIMEWA,
    "05": OrganisationRating.ISTIMEWA,
    "11": OrganisationRating.BUTUH_PERBAIKAN,
}


class Folk:
    """How well each made-up person works, as a number around 0 that changes slowly."""

    def __init__(self, ids: Sequence[int], chance: random.Random) -> None:
        self._level = {number: chance.gauss(0, 1) for number in ids}
        self._chance = chance

    def ratings(self, employee_id: int) -> tuple[Rating, Rating]:
        """Results and behaviour of one quarter: related, never the same thing."""
        level = self._level[employee_id]
        self._level[employee_id] = 0.94 * level + self._chance.gauss(0, 0.34)
        result = level + self._chance.gauss(0, 0.55)
        behaviour = 0.9 * level + self._chance.gauss(0, 0.6)
        return _rating(result, -2.3, 0.28), _rating(behaviour, -2.5, 0.22)

    def improves(self, employee_id: int) -> None:
        """A plan has helped."""
        self._level[employee_id] = max(self._level[employee_id], -0.6)


def open_and_rate(
    services: Services, clock: MovingClock, period: Period, folk: Folk, chance: random.Random, *, partly: bool
) -> None:
    """Open a quarter a few days after its end, enter organisation results, rate unit by unit."""
    clock.go_to(period.ends + timedelta(days=2))
    services.appraisal.open_period(period)
    codes = {unit.code: unit for unit in services.reference.units()}
    opds = [unit for unit in codes.values() if unit.kind == "OPD"]
    results = [(unit.id, _RESULTS.get(unit.code, OrganisationRating.BAIK)) for unit in opds]
    results += [(unit.id, OrganisationRating.BAIK) for unit in codes.values() if unit.kind == "INSTANSI"]
    if partly:
        results = [(number, result) for number, result in results if number != codes[UNRATED_OPD].id]
    services.appraisal.set_organisation_results(period.code, results, _("Laporan kinerja triwulan (rekaan)"))
    late = _below(services, LATE_UNITS)
    unrated = _below(services, (UNRATED_OPD,))
    clock.go_to(period.ends + timedelta(days=6))
    for label, rows in _by_opd(services.appraisal.list_evaluations(period.code)).items():
        changes = [
            RatingChange(row.id, *folk.ratings(row.employee_id))
            for row in rows
            if not partly or (row.unit_id not in unrated and (row.unit_id not in late or chance.random() < 0.5))
        ]
        if changes:
            services.appraisal.rate(changes, _("Nilai {n} pegawai {opd}").format(n=len(changes), opd=label))


def contradict(services: Services, period: Period) -> None:
    """Two rows of a workbook stated a predicate that their own ratings do not give: they wait for a decision."""
    rows = [row for row in services.appraisal.list_evaluations(period.code) if row.result is None]
    with services.database.write("sample.contradiction", _("Impor rating contoh")) as uow:
        services.appraisal.apply_import(
            uow,
            [
                ImportedRating(
                    row.employee_id, period.code, Rating.SESUAI, Rating.SESUAI, declared=Predicate.SANGAT_BAIK
                )
                for row in rows[:2]
            ],
        )


def _by_opd(rows: Sequence[EvaluationRow]) -> dict[str, list[EvaluationRow]]:
    found: dict[str, list[EvaluationRow]] = {}
    for row in rows:
        found.setdefault(row.opd or "", []).append(row)
    return found


def _below(services: Services, codes: Sequence[str]) -> set[int | None]:
    return {unit.id for unit in services.reference.units() if unit.code.startswith(tuple(codes))}


def _rating(value: float, low: float, high: float) -> Rating:
    if value < low:
        return Rating.DI_BAWAH
    return Rating.DI_ATAS if value > high else Rating.SESUAI
