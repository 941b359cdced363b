"""What each kind of worksheet demands beyond the merge. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from asn_desktop.core.i18n import _
from asn_desktop.exchange.plan import Fate
from asn_desktop.exchange.records import CleanRow
from asn_desktop.exchange.stated_predicate import contradiction
from asn_desktop.exchange.worksheet.people import Known
from asn_desktop.exchange.worksheet.plan import Finding
from asn_desktop.reference.rules import match_name
from asn_desktop.training.rules import ParticipantState

_BOTH = ("result_rating", "behaviour_rating")


@dataclass(frozen=True, slots=True)
class RatingRules:
    added_rows_are_new: bool = False

    def complete(self, person: Known, incoming: dict[str, Any], *, added: bool) -> None:
        """Nothing follows from a rating but the predicate, and that is not stored by a worksheet."""

    def refusal(self, person: Known, changes: Mapping[str, Any]) -> Finding | None:
        after = self._after(person, changes)
        missing = [key for key in _BOTH if not after[key]]
        if len(missing) == 1:
            hint = _("Isi Di Atas, Sesuai, atau Di Bawah Ekspektasi.")
            return missing[0], "rating_missing", _("Rating belum diisi; keduanya harus ada."), hint
        return None

    def contradiction(self, row: CleanRow, person: Known, changes: Mapping[str, Any]) -> Finding | None:
        """A predicate that somebody typed into the worksheet is compared, never taken."""
        after = self._after(person, changes)
        if not all(after.values()):
            return None
        wrong = contradiction(row.values.get("predicate"), *(str(after[key]) for key in _BOTH))
        return None if wrong is None else ("predicate", "predicate_contradicts", *wrong)

    def values(self, row: CleanRow, person: Known, changes: Mapping[str, Any]) -> dict[str, Any]:
        return {**self._after(person, changes), "predicate": row.values.get("predicate")}

    def fate(self, person: Known) -> Fate:
        return Fate.CHANGED if any(person.held.get(key) for key in _BOTH) else Fate.NEW

    def _after(self, person: Known, changes: Mapping[str, Any]) -> dict[str, Any]:
        return {key: changes.get(key, person.held.get(key)) for key in _BOTH}


@dataclass(frozen=True, slots=True)
class PersonnelRules:
    """``units`` are the names of the units below each OPD, both in comparable form; ``above`` NIP → NIP of superior."""

    units: Mapping[str, frozenset[str]]
    above: Mapping[str, str]
    known: frozenset[str]
    added_rows_are_new: bool = False

    def complete(self, person: Known, incoming: dict[str, Any], *, added: bool) -> None:
        """Every field stands for itself."""

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

    def contradiction(self, row: CleanRow, person: Known, changes: Mapping[str, Any]) -> Finding | None:
        return None

    def values(self, row: CleanRow, person: Known, changes: Mapping[str, Any]) -> dict[str, Any]:
        return {"opd": person.origin.get("opd")} if "unit" in changes else {}

    def fate(self, person: Known) -> Fate:
        return Fate.CHANGED

    def _circle(self, nip: str, superior: str) -> bool:
        seen: set[str] = set()
        current: str | None = superior
        while current and current not in seen:
            if current == nip:
                return True
            seen.add(current)
            current = self.above.get(current)
        return False


@dataclass(frozen=True, slots=True)
class ParticipantRules:
    """``starts`` is the first day of the event."""

    starts: date
    today: date
    added_rows_are_new: bool = True

    def complete(self, person: Known, incoming: dict[str, Any], *, added: bool) -> None:
        if not person.member and (incoming or added):
            incoming.setdefault("state", ParticipantState.NOMINATED.value)

    def refusal(self, person: Known, changes: Mapping[str, Any]) -> Finding | None:
        done = {ParticipantState.ATTENDED.value, ParticipantState.ABSENT.value}
        if self.starts > self.today and changes.get("state") in done:
            text = _("Kegiatan ini belum mulai; kehadiran belum dapat dicatat.")
            return "state", "event_not_started", text, _("Kirim kehadiran setelah kegiatan dimulai.")
        return None

    def contradiction(self, row: CleanRow, person: Known, changes: Mapping[str, Any]) -> Finding | None:
        return None

    def values(self, row: CleanRow, person: Known, changes: Mapping[str, Any]) -> dict[str, Any]:
        return {}

    def fate(self, person: Known) -> Fate:
        return Fate.CHANGED if person.member else Fate.NEW
