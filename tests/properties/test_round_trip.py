"""What the program writes into a workbook it reads back unchanged, whatever the data."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from asn_desktop.core.errors import InputError
from asn_desktop.exchange.plan import Fate, ImportPlan
from asn_desktop.personnel.commands import EmployeeCommand
from asn_desktop.reference.unit_tree import ensure_units
from asn_desktop.services import Services
from tests.properties.employees import STRANGE, commands

TEXT_FIELDS = (
    "name", "title_front", "title_back", "birth_place", "legal_status", "position", "position_level", "echelon",
    "education", "phone", "email", "nik", "npwp", "address", "old_nip", "national_id",
)  # fmt: skip


@pytest.fixture
def units(office: Services) -> list[int]:
    pairs = [("Dinas Kesehatan", ""), ("Dinas Kesehatan", "Puskesmas Susoh"), ("", "Panti – Ćevap"), ("Badan É", "É")]
    with office.database.write("test.units", "Unit contoh", undoable=False) as uow:
        return list(ensure_units(uow, pairs).values())


def take_in(office: Services, command: EmployeeCommand) -> bool:
    """Whether the form accepts what is typed."""
    try:
        office.personnel.add_employee(command)
    except InputError:
        return False
    return True


def differences(plan: ImportPlan) -> list[object]:
    return [
        (row.name, row.fate.value, row.changes, [(issue.code, issue.value) for issue in row.issues])
        for row in plan.rows
        if row.fate is not Fate.SAME
    ]


def test_every_strange_text_in_every_field_that_the_form_accepts(
    office: Services, units: list[int], tmp_path: Path
) -> None:
    accepted = number = 0
    for field in TEXT_FIELDS:
        for text in STRANGE:
            number += 1
            born = date(1970 + number // 900, 1, 1 + number % 28)
            plain = EmployeeCommand(
                nip=f"{born:%Y%m%d}{born.year + 25}011{number % 900 + 1:03}",
                name="Budi Contoh",
                employment_kind="PNS",
                position="Guru",
                rank="III/b",
                birth_date=born,
                unit_id=units[number % len(units)],
            )
            accepted += take_in(office, replace(plain, **{field: text}))
    target = tmp_path / "pegawai.xlsx"
    assert office.exchange.export("personnel", target) == accepted > 300
    plan = office.exchange.examine(target)
    assert differences(plan) == []
    assert plan.counts["same"] == plan.counts["rows_read"] == accepted


@settings(max_examples=25)
@given(data=st.data())
def test_an_export_imported_again_changes_nothing(
    office: Services, units: list[int], tmp_path: Path, data: st.DataObject
) -> None:
    while office.safety.next_undo():
        office.safety.undo()
    accepted = sum(take_in(office, data.draw(commands(number, units))) for number in range(8))
    event("some" if accepted else "none")
    target = tmp_path / "pegawai.xlsx"
    assert office.exchange.export("personnel", target) == accepted
    if accepted:
        plan = office.exchange.examine(target)
        assert differences(plan) == []
        assert plan.counts["same"] == accepted
