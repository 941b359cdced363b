"""The main job without a window, on real workbooks: from a SIMPEG list to a workbook for the province."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from pathlib import Path

from asn_desktop.appraisal.predicate import Predicate, Rating
from asn_desktop.appraisal.queries import EvaluationRow
from asn_desktop.appraisal.tables import matrix
from asn_desktop.core.clock import Clock, system_clock
from asn_desktop.core.i18n import _
from asn_desktop.core.periods import Period
from asn_desktop.environment.paths import OfficePaths
from asn_desktop.personnel.listing import EmployeeSpec
from asn_desktop.reference.queries import UnitRow
from asn_desktop.remediation.commands import ConfirmPlan
from asn_desktop.reports.registry import render
from asn_desktop.sample import people, workbooks
from asn_desktop.sample.office import DEMO_PASSPHRASE, SAMPLE_USER, sample_year
from asn_desktop.sample.people import People
from asn_desktop.sample.skp import SkpWriter
from asn_desktop.sample.workbooks import RatingLine
from asn_desktop.services import Services, close_office, create_office
from asn_desktop.training.commands import Nominate, SaveEvent

__all__ = ["DEMO_PASSPHRASE", "play"]

Made = list[tuple[str, Path]]
_SIZE = 300
_UNIT = "UPTD Puskesmas Contoh Utara"
_EVENT = "Bimbingan Teknis Rekam Medis dan Layanan Prima"


def play(paths: OfficePaths, passphrase: str, *, clock: Clock = system_clock) -> Made:
    """Import, open, rate, print, plan, train, export in a fresh office; returns what each file made is and where.

    The office is made at ``paths``. If one is there already it is left alone, and a folder of its own is made inside:
    ``pekerjaan-utama``, then ``pekerjaan-utama-2`` and so on.
    """
    paths = _unused(paths)
    services, _code = create_office(
        paths, people.SAMPLE_OFFICE, SAMPLE_USER, passphrase, display_name=_("Operator Contoh"), clock=clock
    )
    try:
        folder = paths.home / "hasil"
        folder.mkdir()
        period = sample_year(clock().date()).current
        return list(_Journey(services, folder, period).steps())
    finally:
        close_office(services)


def _unused(paths: OfficePaths) -> OfficePaths:
    if not paths.exists:
        return paths
    names = (f"pekerjaan-utama-{number}" if number > 1 else "pekerjaan-utama" for number in count(1))
    return next(place for name in names if not (place := OfficePaths(paths.home / name)).exists)


@dataclass(frozen=True, slots=True)
class _Journey:
    services: Services
    folder: Path
    period: Period

    def steps(self) -> Iterator[tuple[str, Path]]:
        crowd = people.make(_SIZE)
        yield _("Kantor contoh"), self.services.paths.home
        yield from self._personnel(crowd)
        self._heads(crowd)
        yield from self._ratings()
        unit = next(unit for unit in self.services.reference.units() if unit.name == _UNIT)
        SkpWriter(self.services).write(self.period, unit)
        yield from self._print(unit)
        self._help()
        yield from self._send()

    def _personnel(self, crowd: People) -> Iterator[tuple[str, Path]]:
        source = self.folder / "daftar_nominatif.xlsx"
        workbooks.write_nominative(source, crowd, self.period.ends, spoilt=(7,))
        yield (
            _("Daftar nominatif gaya SIMPEG ({n} orang, satu NIP dirusak Excel)").format(n=len(crowd.employees)),
            source,
        )
        yield from self._import(source, "nominatif_perlu_dibetulkan.xlsx")

    def _heads(self, crowd: People) -> None:
        """A list does not say who leads what: the office enters it once."""
        names = {unit.code: unit.name for unit in crowd.units}
        units = {unit.name: unit.id for unit in self.services.reference.units()}
        personnel = self.services.personnel
        ids = {row.nip: row.id for row in personnel.rows(personnel.ids(EmployeeSpec()))}
        for code, index in crowd.heads.items():
            nip = crowd.employees[index]["nip"]
            if nip in ids and ("." not in code or names[code] == _UNIT):
                personnel.set_unit_head(units[names[code]], ids[nip])

    def _ratings(self) -> Iterator[tuple[str, Path]]:
        self.services.appraisal.open_period(self.period)
        chance = random.Random(2026)
        rows = [row for row in self.services.appraisal.list_evaluations(self.period.code) if row.nip]
        lines = [_line(row, chance) for row in rows]
        wrong = next(number for number, line in enumerate(lines) if line.predicate is Predicate.BAIK)
        lines[wrong] = _contradicting(lines[wrong])
        source = self.folder / f"rekap_predikat_{self.period.code}.xlsx"
        workbooks.write_ratings(source, self.period, lines)
        yield _("Rekap rating {period} (satu predikat tidak cocok)").format(period=self.period.label), source
        yield from self._import(source, "rating_perlu_keputusan.xlsx")

    def _import(self, source: Path, returned: str) -> Iterator[tuple[str, Path]]:
        exchange = self.services.exchange
        plan = exchange.examine(source, period=self.period.code)
        exchange.apply(plan)
        counts = plan.counts
        if exchange.has_returns(plan):
            target = self.folder / returned
            exchange.write_errors(plan, target)
            label = _("Impor: {new} baru, {changed} berubah; {rejected} ditolak dan {conflict} perlu keputusan")
            yield label.format(**counts), target

    def _print(self, unit: UnitRow) -> Iterator[tuple[str, Path]]:
        ids = [row.id for row in self.services.appraisal.list_evaluations(self.period.code, unit.id)]
        sheets = self.services.appraisal.evaluation_sheets(ids)
        for form in ("C.1.3", "D.1.1"):
            target = self.folder / f"{form}_{self.period.code}.pdf"
            pages = render(form, sheets, target)
            label = _("Formulir {form} {unit}: {n} pegawai, {pages} halaman")
            yield label.format(form=form, unit=unit.name, n=len(sheets), pages=pages), target

    def _help(self) -> None:
        """The first proposal becomes a plan, and the person gets a place in a training event."""
        today = self.services.database.clock().date()
        starts = today + timedelta(days=14)
        event = self.services.training.save_event(
            SaveEvent(_EVENT, "KL10", "teknis", starts, starts + timedelta(days=2), 24, quota=30, funding="apbd_opd",
                      place=_("Aula Dinas Kesehatan"), provider=_("Dinas Kesehatan"))
        )  # fmt: skip
        proposed = [plan for plan in self.services.remediation.plans() if plan.state == "proposed"]
        first, others = proposed[0], proposed[1:4]
        mentors = self.services.remediation.mentor_suggestions(first.employee_id)
        self.services.remediation.confirm(
            ConfirmPlan(
                first.id,
                "pelatihan_formal",
                today,
                root_cause="kompetensi",
                goal=_("Mampu menyelesaikan tugas pokok secara mandiri."),
                mentor_id=mentors[0].employee_id if mentors else None,
                event_id=event.event_id,
            )
        )
        self.services.training.nominate(Nominate(event.event_id, tuple(plan.employee_id for plan in others)))

    def _send(self) -> Iterator[tuple[str, Path]]:
        exchange = self.services.exchange
        target = self.folder / "PEGAWAI.xlsx"
        yield _("Untuk provinsi: PEGAWAI ({n} baris)").format(n=exchange.export("personnel", target)), target
        target = self.folder / f"PREDIKAT_{self.period.code}.xlsx"
        rows = exchange.export("ratings", target, period=self.period.code)
        yield _("Untuk provinsi: PREDIKAT ({n} baris)").format(n=rows), target
        yield _("Cadangan"), self.services.safety.back_up().path


def _line(row: EvaluationRow, chance: random.Random) -> RatingLine:
    ratings = (Rating.DI_ATAS, Rating.SESUAI, Rating.DI_BAWAH)
    result = chance.choices(ratings, weights=(18, 79, 3))[0]
    behaviour = result if chance.random() < 0.8 else chance.choices(ratings, weights=(15, 83, 2))[0]
    note = _("Perlu pendampingan.") if Rating.DI_BAWAH in (result, behaviour) else ""
    predicate = matrix()[result, behaviour]
    return RatingLine(row.nip or "", row.bare_name, row.unit or "", result, behaviour, predicate, note)


def _contradicting(line: RatingLine) -> RatingLine:
    """The office wrote a better predicate than its own two ratings give."""
    return replace(line, predicate=Predicate.SANGAT_BAIK, note=_("Predikat menurut atasan."))
