"""The worksheet in which an OPD corrects the data of its people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from asn_desktop.core.i18n import N_, _
from asn_desktop.exchange import snapshots
from asn_desktop.exchange.import_kind import OfficeData
from asn_desktop.exchange.read_file import ReadFile
from asn_desktop.exchange.records import CleanRow
from asn_desktop.exchange.snapshots import Known, People
from asn_desktop.exchange.worksheet.kinds import BLANK, MISSING, Finding, OutgoingRow, Rules, WorksheetKind
from asn_desktop.exchange.worksheet.mark import Mark
from asn_desktop.exchange.worksheet.orders import Order
from asn_desktop.personnel import queries as personnel_queries
from asn_desktop.personnel.columns import PERSONNEL
from asn_desktop.personnel.model import Employee
from asn_desktop.reference import queries as reference_queries
from asn_desktop.reference.rules import match_name


@dataclass(frozen=True, slots=True)
class PersonnelRules(Rules):
    """``units`` are the names of the units below each OPD, both in comparable form; ``above`` NIP → NIP of superior."""

    units: Mapping[str, frozenset[str]]
    above: Mapping[str, str]
    known: frozenset[str]

    def refusal(self, person: Known, changes: Mapping[str, Any]) -> Finding | None:
        unit, superior = changes.get("unit"), changes.get("superior_nip")
        if unit and match_name(unit) not in self.units.get(match_name(person.origin.get("opd") or ""), frozenset()):
            text = _("Unit “{unit}” tidak ada di {opd}.").format(unit=unit, opd=person.origin.get("opd") or "-")
            hint = _("Pilih dari daftar. Unit baru, atau pindah ke OPD lain, dicatat oleh kantor kepegawaian.")
            return "unit", "unit_unknown", text, hint
        if superior and superior not in self.known:
            text = _("Atasan dengan NIP {nip} belum ada dalam data.").format(nip=superior)
            return "superior_nip", "superior_unknown", text, _("Betulkan NIP ATASAN, atau tambahkan dahulu atasannya.")
        if superior and self._circle(person.nip, superior):
            text = _(
                "Atasan dengan NIP {nip} berada di bawah pegawai ini sendiri; keduanya akan saling menjadi atasan."
            )
            return "superior_nip", "superior_cycle", text.format(nip=superior), _("Betulkan NIP ATASAN.")
        return None

    def values(self, row: CleanRow, person: Known, changes: Mapping[str, Any]) -> dict[str, Any]:
        return {"opd": person.origin.get("opd")} if "unit" in changes else {}

    def _circle(self, nip: str, superior: str) -> bool:
        seen: set[str] = set()
        current: str | None = superior
        while current and current not in seen:
            if current == nip:
                return True
            seen.add(current)
            current = self.above.get(current)
        return False


class PersonnelSheet(WorksheetKind):
    key = "personnel"
    sheet = "PEGAWAI"
    title = N_("Lembar kerja perbaikan data pegawai")
    choice = N_("Perbaikan data pegawai")
    word = N_("perbaikan data")
    catalogue = PERSONNEL
    context = ("name", "nip", "employment_kind")
    fields = (
        "title_front", "title_back", "rank", "rank_tmt", "position", "position_tmt", "unit",
        "education_level", "education", "graduation_year", "email", "superior_nip",
    )  # fmt: skip
    needed = ("rank", "position", "unit")
    purpose = N_("pemutakhiran data kepegawaian oleh perangkat daerah")
    filling = (
        N_("Periksa setiap baris. Betulkan hanya yang salah, langsung di selnya; yang sudah benar biarkan."),
        N_("Kolom dengan tanda panah diisi dari daftar. Tanggal: hari-bulan-tahun, misalnya 01-04-2026."),
        N_("NAMA dan NIP yang salah tidak dibetulkan di sini: laporkan dengan dokumennya kepada pengirim."),
        BLANK,
        MISSING,
    )
    pages_wide = 2

    def rows(self, connection: Connection, order: Order) -> list[OutgoingRow]:
        """Active employees, by unit and name."""
        assert order.unit_id is not None
        query = select(Employee.id).where(
            Employee.active.is_(True), Employee.unit_id.in_(reference_queries.below(connection, order.unit_id))
        )
        found = list(personnel_queries.import_rows(connection, connection.scalars(query)))
        found.sort(key=lambda row: (row["unit"] or "", row["name_key"], row["id"]))
        wanted = (*self.context, *self.fields)
        return [OutgoingRow(row["rid"], row["nip"] or "", {key: row[key] for key in wanted}) for row in found]

    def lists(self, connection: Connection, order: Order) -> Mapping[str, Sequence[str]]:
        """The units of the same OPD."""
        units = reference_queries.units(connection)
        opd = next(unit.opd_id for unit in units if unit.id == order.unit_id)
        names = sorted({unit.name for unit in units if unit.opd_id == opd and opd is not None})
        return {"unit": names} if names else {}

    def held(self, data: OfficeData, connection: Connection, read: ReadFile, mark: Mark) -> tuple[People, Rules]:
        stored = snapshots.people_on_sheet(connection, read).values()
        people = People.of(Known.of(row, {key: row[key] for key in self.fields}) for row in stored)
        return people, _rules(connection, read)


def _rules(connection: Connection, read: ReadFile) -> PersonnelRules:
    """With the unit tree, and the superiors as they would be once the file's own changes are in."""
    units = reference_queries.units(connection)
    names = {unit.id: unit.name for unit in units}
    below: dict[str, set[str]] = {}
    for unit in units:
        if unit.opd_id is not None:
            below.setdefault(match_name(names[unit.opd_id]), set()).add(match_name(unit.name))
    typed = {row.values["nip"]: row.values.get("superior_nip") for row in read.rows if row.values.get("nip")}
    named = {str(nip) for nip in typed.values() if isinstance(nip, str)}
    return PersonnelRules(
        units={opd: frozenset(found) for opd, found in below.items()},
        above={**snapshots.superiors(connection), **{nip: up for nip, up in typed.items() if isinstance(up, str)}},
        known=frozenset(personnel_queries.find_by_nips(connection, named)),
    )
