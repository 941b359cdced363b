"""Who may not is refused where the method is entered, from the window and the command line alike; who may goes on."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from asn_desktop.accounts.model import ROLES
from asn_desktop.accounts.rights import access_of, rights_of
from asn_desktop.cli import commands
from asn_desktop.core.errors import NotAllowed
from asn_desktop.core.rights import Access, Right
from asn_desktop.services import Services
from asn_desktop.storage.service import Service
from tests.architecture.test_rights import methods
from tests.integration.exchange.books import ANI, book
from tests.integration.staff import add_people

SERVICES = ("accounts", "reference", "personnel", "safety", "appraisal", "training", "remediation", "worksheets",
            "exchange", "packages", "inbox", "package_reading")  # fmt: skip


def all_methods(office: Services) -> list[tuple[str, Service, str, Any]]:
    found = []
    for subject in SERVICES:
        service: Service = getattr(office, subject)
        found += [(f"{subject}.{name}", service, name, method) for name, method in methods(type(service))]
    return found


def test_every_method_refuses_every_role_without_its_right(office: Services) -> None:
    """Called without arguments: the refusal comes before anything else is looked at."""
    before = office.safety.history()
    refused = 0
    for role in (*ROLES, "pembaca"):
        office.database.access = access_of(role)
        for where, service, name, method in all_methods(office):
            if set(method.rights) <= rights_of(role):
                continue
            with pytest.raises(NotAllowed) as told:
                getattr(service, name)()
            assert told.value.code == "ASN-1501", where
            assert told.value.message.startswith("Peran Anda tidak berhak "), where
            assert told.value.hint
            refused += 1
    assert refused > 60
    assert office.safety.history() == before


WORK: dict[Right, Callable[[Services, Path], object]] = {
    Right.READ: lambda office, _folder: office.personnel.total(),
    Right.PEOPLE: lambda office, _folder: add_people(office, "Rahmat"),
    Right.SETTINGS: lambda office, _folder: office.reference.save_office("BKPSDM Baru", "Pemda", "Contoh"),
    Right.EXPORT: lambda office, folder: office.exchange.export("personnel", folder / "pegawai.xlsx"),
    Right.BACKUP: lambda office, folder: office.safety.back_up_to(folder / "cadangan.asn"),
    Right.EXCHANGE: lambda office, _folder: office.packages.register("11", "BKD Provinsi Contoh", "province"),
}
"""One piece of real work for a right."""


@pytest.mark.parametrize("role", [*ROLES, "pembaca"])
@pytest.mark.parametrize("right", WORK)
def test_work_goes_on_for_who_may_and_leaves_no_trace_for_who_may_not(
    office: Services, tmp_path: Path, role: str, right: Right
) -> None:
    office.database.access = access_of(role)
    before = office.safety.history()
    if office.may(right):
        WORK[right](office, tmp_path)
        return
    with pytest.raises(NotAllowed):
        WORK[right](office, tmp_path)
    assert office.safety.history() == before
    assert not list(tmp_path.glob("*.xlsx")) + list(tmp_path.glob("*.asn*"))


def test_what_a_permitted_method_calls_belongs_to_it(office: Services, tmp_path: Path) -> None:
    """Who may import is not stopped by the backup that every import makes first."""
    office.database.access = Access({Right.READ, Right.IMPORT})
    outcome = office.exchange.apply(office.exchange.examine(book(tmp_path / "pegawai.xlsx", ANI)))
    assert outcome.backup.exists()
    assert office.personnel.total() == 1
    with pytest.raises(NotAllowed):
        office.safety.back_up()


def test_a_person_of_one_unit_stays_in_it(office: Services, tmp_path: Path) -> None:
    add_people(office, "Rahmat")
    unit = office.reference.units()[0].id
    office.database.access = Access(Right, {unit})
    assert office.exchange.export("personnel", tmp_path / "unit.xlsx", unit_id=unit) >= 0
    for other in (unit + 1, None):
        with pytest.raises(NotAllowed, match="di luar wewenang"):
            office.exchange.export("personnel", tmp_path / "semua.xlsx", unit_id=other)
    assert not (tmp_path / "semua.xlsx").exists()


def test_the_command_line_is_held_to_the_same(office: Services, tmp_path: Path) -> None:
    office.database.access = access_of("pembaca")
    with pytest.raises(NotAllowed):
        commands.back_up(office, Namespace(out=tmp_path / "cadangan.asn"))
    assert not list(tmp_path.glob("cadangan*"))


def test_an_office_opens_with_the_rights_of_who_signs_in(office: Services) -> None:
    assert office.database.access.rights == rights_of(office.accounts.current().role)
    assert all(office.may(right) for right in Right)
