"""The worksheet in which an OPD rates its people for a quarter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from asn_desktop.appraisal.columns import RATING_COLUMNS
from asn_desktop.core.i18n import N_
from asn_desktop.core.periods import parse_period
from asn_desktop.exchange import snapshots
from asn_desktop.exchange.import_kind import OfficeData
from asn_desktop.exchange.plan import Fate
from asn_desktop.exchange.ratings_list import rating_rows
from asn_desktop.exchange.read_file import ReadFile
from asn_desktop.exchange.records import CleanRow
from asn_desktop.exchange.snapshots import RATED, Known, People
from asn_desktop.exchange.stated_predicate import BOTH, contradiction, missing
from asn_desktop.exchange.worksheet.kinds import BLANK, MISSING, Finding, OutgoingRow, Rules, WorksheetKind
from asn_desktop.exchange.worksheet.mark import Mark
from asn_desktop.exchange.worksheet.orders import Order


class RatingRules(Rules):
    def refusal(self, person: Known, changes: Mapping[str, Any]) -> Finding | None:
        after = _after(person, changes)
        return missing(after) if any(after.values()) else None

    def contradiction(self, row: CleanRow, person: Known, changes: Mapping[str, Any]) -> Finding | None:
        """A predicate that somebody typed into the worksheet is compared, never taken."""
        after = _after(person, changes)
        if not all(after.values()):
            return None
        wrong = contradiction(row.values.get("predicate"), *(str(after[key]) for key in BOTH))
        return None if wrong is None else ("predicate", "predicate_contradicts", *wrong)

    def values(self, row: CleanRow, person: Known, changes: Mapping[str, Any]) -> dict[str, Any]:
        return {**_after(person, changes), "predicate": row.values.get("predicate")}

    def fate(self, person: Known) -> Fate:
        return Fate.CHANGED if any(person.held.get(key) for key in BOTH) else Fate.NEW


class RatingSheet(WorksheetKind):
    key = "ratings"
    sheet = "PENILAIAN"
    title = N_("Lembar kerja penilaian {period}")
    choice = N_("Penilaian {period}")
    word = N_("penilaian")
    catalogue = RATING_COLUMNS
    context = ("name", "nip", "position", "unit")
    fields = RATED
    needed = BOTH
    purpose = N_("penilaian kinerja triwulan (PermenPANRB 6/2022)")
    filling = (
        N_("Isi RATING HASIL KERJA dan RATING PERILAKU KERJA tiap pegawai: klik sel kuning, pilih dari daftar."),
        N_("Kedua rating harus terisi. Predikat tidak diketik; program menghitungnya menurut tabel di bawah ini."),
        N_("CATATAN boleh dikosongkan. Sel yang sudah terisi menjadi hijau."),
        BLANK,
        MISSING,
    )
    of_a_period = True
    rated = True

    def rows(self, connection: Connection, order: Order) -> list[OutgoingRow]:
        """The evaluations of the period, by unit and name."""
        found = rating_rows(connection, parse_period(order.period), order.unit_id)
        return [OutgoingRow(row["rid"], row["nip"] or "", row) for row in found]

    def held(self, data: OfficeData, connection: Connection, read: ReadFile, mark: Mark) -> tuple[People, Rules]:
        known = data.appraisal.period(mark.period)
        closed = known is not None and known.closed
        excluded = data.appraisal.not_evaluated(parse_period(mark.period))
        stored = snapshots.people_on_sheet(connection, read).values()
        people = snapshots.rated(connection, stored, mark.period, excluded, closed=closed)
        return People.of(people.values()), RatingRules()


def _after(person: Known, changes: Mapping[str, Any]) -> dict[str, Any]:
    return {key: changes.get(key, person.held.get(key)) for key in BOTH}
