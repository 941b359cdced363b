"""What the user can do with reference data: edit the office, units, holidays and parameters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from asn_desktop.core.changes import ChangeSet
from asn_desktop.core.errors import InputError
from asn_desktop.core.i18n import _
from asn_desktop.core.rights import Right
from asn_desktop.reference import queries, rules, seed
from asn_desktop.reference.model import Holiday, Office, Parameter, Unit
from asn_desktop.reference.parameter_labels import parameter_label
from asn_desktop.reference.queries import HolidayRow, OfficeRow, ParameterRow, UnitRow
from asn_desktop.storage.service import Service, needs
from asn_desktop.storage.unit_of_work import Database, UnitOfWork


class ReferenceService(Service):
    def __init__(self, database: Database) -> None:
        self._database = database

    # -- reading ------------------------------------------------------------------------------------------

    @needs(Right.READ)
    def office(self) -> OfficeRow:
        with self._database.read() as connection:
            return queries.office(connection)

    @needs(Right.READ)
    def units(self) -> list[UnitRow]:
        with self._database.read() as connection:
            return queries.units(connection)

    @needs(Right.READ)
    def find_unit(self, text: str) -> UnitRow:
        """The unit with this code, else the only one with this name; raises :class:`InputError` with a hint.

        Looks in this office's own tree; ``11.12/03`` names a unit of another office whose data were sent here.
        """
        everything = self.units()
        office, slash, word = text.partition("/")
        foreign = bool(slash) and any(row.office == office for row in everything)
        rows = [row for row in everything if row.office == (office if foreign else "")]
        word = word if foreign else text
        wanted = rules.match_name(word)
        found = [row for row in rows if row.code == word] or [
            row for row in rows if rules.match_name(row.name) == wanted
        ]
        if len(found) == 1:
            return found[0]
        if found:
            known = "; ".join(f"{row.code} {row.name}" for row in found)
            raise InputError(
                _("Ada {n} unit bernama “{name}”.").format(n=len(found), name=text),
                _("Sebut kodenya: {known}.").format(known=known),
                code="ASN-1102",
            )
        known = "; ".join(f"{row.code} {row.name}" for row in rows if row.kind == "OPD")
        raise InputError(
            _("Unit dengan kode atau nama “{text}” tidak ada.").format(text=text),
            _("Perangkat daerah yang ada: {known}.").format(known=known or "-"),
            code="ASN-1102",
        )

    @needs(Right.READ)
    def holidays(self, starts: date, ends: date) -> list[HolidayRow]:
        with self._database.read() as connection:
            return queries.holidays(connection, starts, ends)

    @needs(Right.READ)
    def has_holidays(self, year: int) -> bool:
        """False: the screen must say "belum ada data libur tahun …" instead of counting on nothing."""
        with self._database.read() as connection:
            return year in queries.holiday_years(connection)

    @needs(Right.READ)
    def parameters(self) -> list[ParameterRow]:
        with self._database.read() as connection:
            return queries.parameters(connection)

    @needs(Right.READ)
    def number(self, key: str, on: date | None = None) -> int:
        """An integer parameter in force on a day (default: today)."""
        return int(self.text(key, on))

    @needs(Right.READ)
    def text(self, key: str, on: date | None = None) -> str:
        day = on or self._database.clock().date()
        with self._database.read() as connection:
            value = queries.parameter(connection, key, day)
        if value is None:
            raise KeyError(key)
        return value

    @needs(Right.READ)
    def deadline(self, start: date, working_days: int, workdays: int = 5) -> date:
        """The last day of a statutory term that began on ``start`` (hari kerja, PermenPANRB 6/2022 L V)."""
        days = {row.day for row in self.holidays(start, start + timedelta(days=working_days * 3 + 30))}
        return rules.add_working_days(start, working_days, days, workdays)

    @needs(Right.READ)
    def working_days_until(self, end: date, start: date | None = None, workdays: int = 5) -> int:
        """Working days left until ``end`` (negative: overdue), counted from today."""
        begin = start or self._database.clock().date()
        low, high = min(begin, end), max(begin, end)
        days = {row.day for row in self.holidays(low, high)}
        return rules.working_days_between(begin, end, days, workdays)

    # -- writing ------------------------------------------------------------------------------------------

    @needs(Right.SETTINGS)
    def set_up(self, uow: UnitOfWork, office: OfficeRow, years: Sequence[int]) -> None:
        """First contents of a new office, inside the operation that creates it."""
        uow.insert(
            Office,
            {
                "code": office.code,
                "name": office.name,
                "agency": office.agency,
                "place": office.place,
                "role": office.role,
                "sample": office.sample,
            },
        )
        uow.insert_many(Parameter, seed.parameter_rows())
        uow.insert_many(Holiday, seed.holiday_rows(years))
        uow.insert(
            Unit,
            {
                "code": office.code,
                "name": office.agency,
                "match_name": rules.match_name(office.agency),
                "kind": "INSTANSI",
            },
        )

    @needs(Right.SETTINGS)
    def save_office(self, name: str, agency: str, place: str, initiator: object = None) -> ChangeSet:
        """The names on forms and in workbooks. The code: ``exchange.package.own_code``."""
        for value, message in (
            (name, _("Nama kantor belum diisi.")),
            (agency, _("Nama instansi belum diisi.")),
            (place, _("Tempat belum diisi.")),
        ):
            if not value.strip():
                raise InputError(message, _("Isi lalu simpan lagi."), code="ASN-1106")
        values = {"name": name.strip(), "agency": agency.strip(), "place": place.strip()}
        with self._database.write("office.save", _("Ubah data kantor"), initiator=initiator) as uow:
            number = uow.connection.execute(select(Office.id)).scalar_one()
            uow.update(Office, number, values)
        return uow.change_set

    @needs(Right.SETTINGS)
    def fill_holidays(self, year: int) -> ChangeSet:
        """Add the year's national holidays and cuti bersama that are not in the table yet."""
        with self._database.write("holiday.fill", _("Isi hari libur {year}").format(year=year)) as uow:
            known = {
                (row.day, row.name) for row in queries.holidays(uow.connection, date(year, 1, 1), date(year, 12, 31))
            }
            rows = [row for row in seed.holiday_rows([year]) if (row["day"], row["name"]) not in known]
            uow.insert_many(Holiday, rows)
        return uow.change_set

    @needs(Right.SETTINGS)
    def save_holiday(self, day: date, name: str, kind: str, holiday_id: int | None = None) -> ChangeSet:
        if not name.strip():
            raise InputError(_("Nama hari libur belum diisi."), _("Tulis nama hari libur, misalnya HUT Kabupaten."))
        values: dict[str, Any] = {"day": day, "name": name.strip(), "kind": kind, "source": _("Diisi kantor")}
        with self._database.write("holiday.save", _("Simpan hari libur {name}").format(name=name.strip())) as uow:
            if holiday_id is None:
                uow.insert(Holiday, values)
            else:
                uow.update(Holiday, holiday_id, values)
        return uow.change_set

    @needs(Right.SETTINGS)
    def remove_holiday(self, holiday_id: int) -> ChangeSet:
        with self._database.write("holiday.remove", _("Hapus hari libur")) as uow:
            name = uow.connection.scalar(select(Holiday.name).where(Holiday.id == holiday_id))
            uow.label = _("Hapus hari libur {name}").format(name=name)
            uow.delete(Holiday, holiday_id)
        return uow.change_set

    @needs(Right.SETTINGS)
    def set_parameter(self, key: str, value: str, valid_from: date, source: str) -> ChangeSet:
        """A new value from a day on; earlier values stay, so that old periods keep their rule."""
        with self._database.write("parameter.set", _("Ubah aturan {name}").format(name=parameter_label(key))) as uow:
            existing = uow.connection.scalar(
                select(Parameter.id).where(Parameter.key == key, Parameter.valid_from == valid_from)
            )
            values = {"key": key, "value": value, "valid_from": valid_from, "source": source, "verified": True}
            if existing is None:
                uow.insert(Parameter, values)
            else:
                uow.update(Parameter, existing, values)
        return uow.change_set

    @needs(Right.PEOPLE, scope="unit_id")
    def set_unit_head(self, unit_id: int, head_id: int | None, name: str = "", position: str = "") -> ChangeSet:
        """Who leads a unit: an employee, or an official outside the list (name and post)."""
        with self._database.write("unit.head", _("Tetapkan pimpinan unit")) as uow:
            unit = uow.connection.scalar(select(Unit.name).where(Unit.id == unit_id))
            uow.label = _("Tetapkan pimpinan {unit}").format(unit=unit)
            uow.update(
                Unit, unit_id, {"head_id": head_id, "head_name": name or None, "head_position": position or None}
            )
        return uow.change_set
