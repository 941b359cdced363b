"""A few made-up people, units and evaluations for tests of training and remediation."""

from __future__ import annotations

from datetime import date

from asn_desktop.appraisal.model import AppraisalPeriod, Evaluation
from asn_desktop.core.names import search_key
from asn_desktop.core.periods import Period
from asn_desktop.personnel.model import Employee
from asn_desktop.reference.unit_tree import ensure_units
from asn_desktop.services import Services

PREDICATES = {
    ("DI_ATAS", "DI_ATAS"): "SANGAT_BAIK",
    ("DI_ATAS", "SESUAI"): "BAIK",
    ("SESUAI", "SESUAI"): "BAIK",
    ("SESUAI", "DI_BAWAH"): "KURANG",
    ("DI_BAWAH", "SESUAI"): "BUTUH_PERBAIKAN",
    ("DI_BAWAH", "DI_BAWAH"): "SANGAT_KURANG",
}


def add_people(
    office: Services,
    *names: str,
    kind: str = "PNS",
    opd: str = "Dinas Kesehatan",
    unit: str = "",
    rank_order: int = 9,
    active: bool = True,
) -> list[int]:
    """Insert people with these names (CONTOH); returns their ids."""
    with office.database.write("test.people", "Pegawai contoh") as uow:
        unit_id = ensure_units(uow, [(opd, unit)])[opd, unit]
        return uow.insert_many(
            Employee,
            [
                {
                    "nip": None,
                    "name": name,
                    "employment_kind": kind,
                    "legal_status": "AKTIF" if active else "PENSIUN",
                    "active": active,
                    "rank": "III/a",
                    "rank_order": rank_order,
                    "position": "Pelaksana",
                    "unit_id": unit_id,
                    "name_key": search_key(name),
                    "search_text": search_key(name),
                }
                for name in names
            ],
        )


def rate(office: Services, period: Period, employee_id: int, result: str | None, behaviour: str | None) -> int:
    """Give somebody an evaluation with these ratings, or change the one there is; returns its id."""
    with office.database.write("test.rate", "Nilai contoh") as uow:
        table = AppraisalPeriod.__table__
        period_id = uow.connection.scalar(
            table.select().with_only_columns(table.c.id).where(table.c.code == period.code)
        )
        if period_id is None:
            period_id = uow.insert(
                AppraisalPeriod,
                {
                    "code": period.code,
                    "year": period.year,
                    "quarter": period.quarter,
                    "window_opens": period.ends.replace(day=20),
                    "window_closes": date(period.ends.year + period.ends.month // 12, period.ends.month % 12 + 1, 15),
                    "state": "open",
                },
            )
        predicate = PREDICATES.get((result, behaviour)) if result and behaviour else None
        values = {
            "result_rating": result,
            "behaviour_rating": behaviour,
            "predicate": predicate,
            "state": "rated" if predicate else "draft",
        }
        evaluation = Evaluation.__table__
        found = uow.connection.scalar(
            evaluation.select()
            .with_only_columns(evaluation.c.id)
            .where(evaluation.c.employee_id == employee_id, evaluation.c.period_id == period_id)
        )
        if found is not None:
            uow.update(Evaluation, found, values)
            return int(found)
        return uow.insert(Evaluation, {"employee_id": employee_id, "period_id": period_id, **values})
