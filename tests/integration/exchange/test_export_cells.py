"""Every exported cell is what the database holds. A round trip cannot tell: a cell left out changes nothing there."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import text

from asn_desktop.appraisal.columns import RATING_COLUMNS
from asn_desktop.appraisal.commands import RatingChange
from asn_desktop.appraisal.model import Evaluation
from asn_desktop.appraisal.predicate import Rating
from asn_desktop.appraisal.queries import EvaluationSpec
from asn_desktop.core.columns import ColumnSet
from asn_desktop.core.periods import Period
from asn_desktop.personnel.columns import PERSONNEL
from asn_desktop.personnel.model import Employee
from asn_desktop.services import Services

TW3 = Period(2026, 3)
WHOLE: dict[str, Any] = {
    "title_front": "Drh.", "title_back": "M.Si.", "birth_place": "Sabang", "religion": "HINDU", "marital_status": "CERAI_HIDUP",
    "cpns_tmt": date(2010, 1, 2), "pns_tmt": date(2011, 2, 3), "rank": "III/d", "rank_tmt": date(2020, 4, 5),
    "service_years": 13, "service_months": 7, "position_kind": "FUNGSIONAL", "position": "Medik Veteriner",
    "position_level": "Ahli Muda", "echelon": "IV.a", "job_class": 9, "position_tmt": date(2021, 5, 6),
    "education_level": "S2", "education": "Kedokteran Hewan", "graduation_year": 2007, "salary_step_tmt": date(2024, 6, 7),
    "contract_end": date(2030, 8, 9), "phone": "081234567890", "email": "hewan@contoh.go.id", "nik": "1112015203850001",
    "npwp": "123456789012345", "address": "Jalan Kandang 5", "old_nip": "132123456", "national_id": "A8ACA7C2",
}  # fmt: skip
"""Every field that somebody may have, and no two the same."""


@pytest.fixture
def office(district: Services) -> Services:
    with district.database.read() as connection:
        ids = list(
            connection.execute(
                text("SELECT id FROM employee WHERE employment_kind = 'PNS' ORDER BY id LIMIT 3")
            ).scalars()
        )
    with district.database.write("test.whole", "Lengkapi") as uow:
        uow.update(Employee, ids[0], {**WHOLE, "superior_id": ids[1]})
    return district


def exported(path: Path, columns: ColumnSet) -> dict[str, dict[str, Any]]:
    """NIP → field → cell."""
    page = openpyxl.load_workbook(path)[columns.name]
    head, *lines = page.iter_rows(values_only=True)
    keys = {column.heading: column.key for column in columns}
    assert list(head) == [column.heading for column in columns]
    found = {}
    for line in lines:
        row = {keys[str(heading)]: _plain(cell) for heading, cell in zip(head, line, strict=True)}
        found[row["nip"]] = row
    assert len(found) == len(lines)
    return found


def _plain(cell: Any) -> Any:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell


def shown(columns: ColumnSet, key: str, value: Any) -> Any:
    labels = dict(columns[key].choices)
    return labels.get(value, value) if value != "" else None


PERSONNEL_SQL = """
    SELECT employee.*, unit.name AS unit, opd.name AS opd, superior.nip AS superior_nip FROM employee
    LEFT JOIN unit ON unit.id = employee.unit_id LEFT JOIN unit AS opd ON opd.id = unit.opd_id
    LEFT JOIN employee AS superior ON superior.id = employee.superior_id WHERE employee.office = ''
"""
RATING_SQL = """
    SELECT employee.nip, unit.name AS unit, opd.name AS opd, evaluation.position, evaluation.result_rating,
           evaluation.behaviour_rating, evaluation.predicate, evaluation.notes, evaluation.state,
           organisation_result.result AS organisation_result, assessor.nip AS assessor_nip,
           coalesce(assessor.position, evaluation.assessor_position) AS assessor_position,
           evaluation.assessor_name AS outside, assessor.name AS inside
    FROM evaluation JOIN employee ON employee.id = evaluation.employee_id
    LEFT JOIN unit ON unit.id = evaluation.unit_id LEFT JOIN unit AS opd ON opd.id = unit.opd_id
    LEFT JOIN organisation_result ON organisation_result.unit_id = evaluation.organisation_unit_id
    LEFT JOIN employee AS assessor ON assessor.id = evaluation.assessor_id
"""


def test_every_cell_of_personnel(office: Services, tmp_path: Path) -> None:
    office.exchange.export("personnel", tmp_path / "a.xlsx")
    found = exported(tmp_path / "a.xlsx", PERSONNEL)
    with office.database.read() as connection:
        stored = [dict(row) for row in connection.execute(text(PERSONNEL_SQL)).mappings()]
    assert len(stored) == len(found) == 200
    for row in stored:
        wanted = {column.key: shown(PERSONNEL, column.key, row[column.key]) for column in PERSONNEL}
        assert found[row["nip"]] == wanted
    whole = max(found.values(), key=lambda row: sum(value is not None for value in row.values()))
    assert [key for key, value in whole.items() if value is None] == [], "somebody has every field"
    values = [value for key, value in whole.items() if key not in ("unit", "opd")]
    assert len(set(map(str, values))) == len(values), "and no two are the same"


def test_every_cell_of_ratings(office: Services, tmp_path: Path) -> None:
    office.appraisal.open_period(TW3)
    first, second, *_rest = office.appraisal.evaluation_ids(EvaluationSpec(TW3.code))
    office.appraisal.rate(
        [RatingChange(first, Rating.DI_BAWAH, Rating.SESUAI), RatingChange(second, Rating.SESUAI, Rating.DI_ATAS)]
    )
    with office.database.write("test.notes", "Catatan") as uow:
        uow.update(Evaluation, first, {"notes": "Ikut pelatihan"})
    office.exchange.export("ratings", tmp_path / "a.xlsx", period=TW3.code)
    found = exported(tmp_path / "a.xlsx", RATING_COLUMNS)
    with office.database.read() as connection:
        stored = [dict(row) for row in connection.execute(text(RATING_SQL)).mappings()]
    assert len(stored) == len(found)
    for row in stored:
        line = dict(found[row["nip"]])
        assert (line.pop("year"), line.pop("period")) == (2026, "Triwulan III")
        assert (line.pop("starts"), line.pop("ends")) == ("2026-07-01", "2026-09-30")
        assert line.pop("name")
        assessor, status = line.pop("assessor_name"), line.pop("assessor_status")
        outside, inside = row.pop("outside"), row.pop("inside")
        assert assessor == outside if not inside else inside in assessor
        assert status == ("ASN" if inside else "Non-ASN" if outside else None)
        assert line == {key: shown(RATING_COLUMNS, key, value) for key, value in row.items()}
    rated = {(row["result_rating"], row["behaviour_rating"], row["predicate"]) for row in found.values()}
    assert ("Di Bawah Ekspektasi", "Sesuai Ekspektasi", "Butuh Perbaikan") in rated
    assert ("Sesuai Ekspektasi", "Di Atas Ekspektasi", "Baik") in rated
