"""A small made-up office: one dinas with a puskesmas, heads, and staff (all CONTOH)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from asn_desktop.appraisal.service import AppraisalService
from asn_desktop.core.names import search_key
from asn_desktop.personnel.model import Employee
from asn_desktop.reference.model import Unit
from asn_desktop.reference.rules import match_name
from asn_desktop.services import Services


@dataclass(frozen=True, slots=True)
class SmallOffice:
    services: Services
    appraisal: AppraisalService
    root: int
    dinas: int
    puskesmas: int
    head: int
    """Kepala Dinas, assessed by the Bupati (outside the list)."""
    doctor: int
    """Head of the puskesmas, assessed by the Kepala Dinas."""
    staff: tuple[int, ...]
    """Of the puskesmas."""


def add_employees(services: Services, rows: list[dict[str, Any]]) -> list[int]:
    """Employees from short rows (``name`` and whatever differs)."""
    complete = []
    for number, row in enumerate(rows):
        nip = row.get("nip") or f"1990{number % 12 + 1:02d}012015041{number + 1:03d}"
        standard = {
            "nip": nip, "employment_kind": "PNS", "legal_status": "Aktif", "rank": "III/a", "position": "Perawat",
            "name_key": search_key(row["name"]), "search_text": f"{search_key(row['name'])} {nip}",
        }  # fmt: skip
        complete.append(standard | row)
    with services.database.write("employee.add", "Tambah pegawai") as uow:
        return uow.insert_many(Employee, complete)


def add_unit(services: Services, code: str, name: str, kind: str, parent: int, opd: int | None = None) -> int:
    with services.database.write("unit.add", "Tambah unit") as uow:
        values = {"code": code, "name": name, "match_name": match_name(name), "kind": kind, "parent_id": parent}
        number = uow.insert(Unit, values | {"opd_id": opd})
        if opd is None:
            uow.update(Unit, number, {"opd_id": number})
    return number


def small_office(services: Services, staff: int = 4) -> SmallOffice:
    """Bupati → Kepala Dinas → Kepala Puskesmas → ``staff`` people."""
    root = services.reference.units()[0].id
    dinas = add_unit(services, "01", "Dinas Kesehatan Contoh", "OPD", root)
    puskesmas = add_unit(services, "01.01", "Puskesmas Contoh", "UNIT", dinas, dinas)
    head, doctor, *others = add_employees(
        services,
        [
            {
                "name": "Ahmad Contoh",
                "title_front": "dr.",
                "unit_id": dinas,
                "rank": "IV/b",
                "position": "Kepala Dinas",
            },
            {"name": "Dewi Contoh", "unit_id": puskesmas, "rank": "III/d", "position": "Kepala Puskesmas"},
            *({"name": f"Staf Contoh {number:03d}", "unit_id": puskesmas} for number in range(staff)),
        ],
    )
    services.reference.set_unit_head(root, None, "H. Contoh Bupati", "Bupati Contoh")
    services.reference.set_unit_head(dinas, head)
    services.reference.set_unit_head(puskesmas, doctor)
    return SmallOffice(services, services.appraisal, root, dinas, puskesmas, head, doctor, tuple(others))
