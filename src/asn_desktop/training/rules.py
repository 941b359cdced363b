"""States, checks and the JP balance. Pure: no database, no files."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from asn_desktop.core.i18n import N_, _
from asn_desktop.core.indonesian import MONTHS, format_number
from asn_desktop.core.issues import Issue, Severity

MINUTES_PER_JP = 45


class EventState(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"


class ParticipantState(StrEnum):
    NOMINATED = "nominated"
    APPROVED = "approved"
    RESERVE = "reserve"
    ATTENDED = "attended"
    ABSENT = "absent"
    WITHDRAWN = "withdrawn"


EVENT_STATES: dict[str, str] = {
    EventState.PLANNED: N_("Rencana"),
    EventState.OPEN: N_("Terbuka"),
    EventState.RUNNING: N_("Berjalan"),
    EventState.DONE: N_("Selesai"),
    EventState.POSTPONED: N_("Ditunda"),
    EventState.CANCELLED: N_("Dibatalkan"),
}
PARTICIPANT_STATES: dict[str, str] = {
    ParticipantState.NOMINATED: N_("Diusulkan"),
    ParticipantState.APPROVED: N_("Disetujui"),
    ParticipantState.RESERVE: N_("Cadangan"),
    ParticipantState.ATTENDED: N_("Hadir"),
    ParticipantState.ABSENT: N_("Tidak hadir"),
    ParticipantState.WITHDRAWN: N_("Mengundurkan diri"),
}
COMPETENCES: dict[str, str] = {
    "teknis": N_("Teknis"),
    "manajerial": N_("Manajerial"),
    "sosial_kultural": N_("Sosial kultural"),
    "pemerintahan": N_("Pemerintahan"),
}
FUNDING_SOURCES: dict[str, str] = {
    "apbd_opd": N_("APBD OPD"),
    "apbd_bkpsdm": N_("APBD BKPSDM"),
    "apbn": N_("APBN/kementerian"),
    "kontribusi": N_("Kontribusi peserta"),
    "kerja_sama": N_("Kerja sama lembaga"),
    "tanpa_biaya": N_("Tanpa biaya"),
}
SOURCES: dict[str, str] = {
    "usulan": N_("Usulan"),
    "rencana_pembinaan": N_("Rencana pembinaan"),
    "mandiri": N_("Mandiri"),
}

TRANSITIONS: dict[EventState, tuple[EventState, ...]] = {
    EventState.PLANNED: (EventState.OPEN, EventState.RUNNING, EventState.POSTPONED, EventState.CANCELLED),
    EventState.OPEN: (EventState.RUNNING, EventState.PLANNED, EventState.POSTPONED, EventState.CANCELLED),
    EventState.RUNNING: (EventState.DONE, EventState.OPEN, EventState.CANCELLED),
    EventState.POSTPONED: (EventState.PLANNED, EventState.OPEN, EventState.CANCELLED),
    EventState.DONE: (EventState.RUNNING,),
    EventState.CANCELLED: (EventState.PLANNED,),
}
REASON_NEEDED = frozenset({EventState.CANCELLED, EventState.POSTPONED})
OCCUPYING = frozenset({EventState.PLANNED, EventState.OPEN, EventState.RUNNING, EventState.DONE})
"""Events that really take a person's days; a postponed or cancelled one does not."""
TAKES_PLACE = frozenset({ParticipantState.NOMINATED, ParticipantState.APPROVED, ParticipantState.ATTENDED})
"""Participants who fill the quota."""


def label(table: dict[str, str], key: str | None) -> str:
    """The word people read for a stored code; the code itself when it is unknown, empty for None."""
    return _(table[key]) if key in table else (key or "")


def rupiah(amount: int | None) -> str:
    """``Rp1.250.000``; an en dash for an amount nobody has entered."""
    return "–" if amount is None else f"Rp{format_number(amount)}"


def rupiah_short(amount: int | None) -> str:
    """``Rp18,5 jt``, ``Rp1,25 M``; the whole number below one million. For narrow places only."""
    if amount is None or abs(amount) < 1_000_000:
        return rupiah(amount)
    unit, word, decimals = (10**9, "M", 2) if abs(amount) >= 10**9 else (10**6, "jt", 1)
    number = format_number(Decimal(amount) / unit, decimals)
    return f"Rp{number.rstrip('0').rstrip(',')} {word}"


def date_span(starts: date, ends: date) -> str:
    """``12 Agustus 2026``, ``12–14 Agustus 2026``, ``30 Juli – 2 Agustus 2026``."""
    last = f"{ends.day} {MONTHS[ends.month - 1]} {ends.year}"
    if starts == ends:
        return last
    if (starts.year, starts.month) == (ends.year, ends.month):
        return f"{starts.day}–{last}"
    first = f"{starts.day} {MONTHS[starts.month - 1]}"
    return f"{first} – {last}" if starts.year == ends.year else f"{first} {starts.year} – {last}"


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of a day's week."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def may_change(current: str, wanted: str) -> bool:
    """Whether an event may go from one state to another."""
    return EventState(wanted) in TRANSITIONS[EventState(current)]


@dataclass(frozen=True, slots=True)
class EventFacts:
    """What the checks need to know of an event; rupiah and JP are whole numbers."""

    name: str
    form: str
    competence: str
    starts: date | None
    ends: date | None
    jp: int | None
    quota: int | None = None
    budget: int | None = None
    spent: int | None = None
    funding: str | None = None


def check_event(facts: EventFacts, forms: Collection[str]) -> list[Issue]:
    """Errors that keep an event from being saved, and warnings that do not."""
    issues: list[Issue] = []

    def add(code: str, field: str, message: str, severity: Severity = Severity.ERROR, hint: str = "") -> None:
        issues.append(Issue(code, message, severity, hint, field=field))

    if not facts.name.strip():
        add("event_name_missing", "name", _("Nama kegiatan belum diisi."))
    if facts.form not in forms:
        add("event_form_unknown", "form", _("Bentuk pelatihan belum dipilih."))
    if facts.competence not in COMPETENCES:
        add("event_competence_unknown", "competence", _("Jenis kompetensi belum dipilih."))
    if facts.starts is None or facts.ends is None:
        empty = "starts" if facts.starts is None else "ends"
        add("event_dates_missing", empty, _("Tanggal mulai dan selesai belum lengkap."))
    elif facts.ends < facts.starts:
        add("event_dates_reversed", "ends", _("Tanggal selesai mendahului tanggal mulai."))
    if facts.jp is None or facts.jp < 0:
        add("event_jp_missing", "jp", _("Jumlah JP belum diisi (1 JP = 45 menit; 0 bila tidak dihitung)."))
    if facts.quota is not None and facts.quota < 1:
        add("event_quota_low", "quota", _("Kuota paling sedikit 1, atau kosongkan bila tidak dibatasi."))
    for field, amount in (("budget", facts.budget), ("spent", facts.spent)):
        if amount is not None and amount < 0:
            add("event_amount_negative", field, _("Jumlah rupiah tidak boleh kurang dari nol."))
    if facts.funding is not None and facts.funding not in FUNDING_SOURCES:
        add("event_funding_unknown", "funding", _("Sumber dana tidak dikenal."))
    if not issues:
        issues.extend(_warnings(facts))
    return issues


def _warnings(facts: EventFacts) -> list[Issue]:
    issues: list[Issue] = []

    def warn(code: str, field: str, message: str, hint: str = "") -> None:
        issues.append(Issue(code, message, Severity.WARNING, hint, field=field))

    budget, spent = facts.budget or 0, facts.spent or 0
    if spent > budget and facts.spent is not None:
        warn(
            "event_overspent",
            "spent",
            _("Realisasi {spent} melebihi pagu {budget}.").format(spent=rupiah(spent), budget=rupiah(budget)),
        )
    if budget and not facts.funding:
        warn("event_unfunded", "funding", _("Pagu sudah diisi, tetapi sumber dana belum dipilih."))
    if facts.funding == "tanpa_biaya" and (budget or spent):
        warn("event_free_with_budget", "funding", _("Sumber dana “Tanpa biaya”, tetapi ada jumlah rupiah."))
    if facts.starts and facts.ends and facts.jp:
        days = (facts.ends - facts.starts).days + 1
        if facts.jp > days * 12:
            warn(
                "event_jp_high",
                "jp",
                _("{jp} JP dalam {days} hari: lebih dari 12 JP sehari.").format(jp=facts.jp, days=days),
                _("Periksa jumlah JP atau tanggalnya."),
            )
    return issues


# -- JP balance -----------------------------------------------------------------------------------------------


class BalanceState(StrEnum):
    SHORT = "short"
    """Below the minimum of a PNS."""
    MET = "met"
    OVER = "over"
    """Above the maximum of a PPPK."""
    ROOM = "room"
    """A PPPK below the maximum: nothing is owed, there is room for more."""
    UNKNOWN = "unknown"


BALANCE_STATES: dict[str, str] = {
    BalanceState.SHORT: N_("Belum cukup"),
    BalanceState.MET: N_("Tercapai"),
    BalanceState.OVER: N_("Melebihi batas"),
    BalanceState.ROOM: N_("Dalam batas"),
}


@dataclass(frozen=True, slots=True)
class JpBalance:
    """Hours of one person in one calendar year; ``planned`` are nominations not yet attended."""

    employment_kind: str
    earned: int
    planned: int
    limit: int

    @property
    def has_minimum(self) -> bool:
        """PNS and CPNS owe a minimum (PP 11/2017); a PPPK has a maximum (Peraturan LAN 15/2020)."""
        return not self.employment_kind.startswith("PPPK")

    @property
    def state(self) -> BalanceState:
        if self.has_minimum:
            return BalanceState.MET if self.earned >= self.limit else BalanceState.SHORT
        return BalanceState.OVER if self.earned > self.limit else BalanceState.ROOM

    @property
    def missing(self) -> int:
        """JP still owed; 0 for a PPPK."""
        return max(0, self.limit - self.earned) if self.has_minimum else 0

    @property
    def sentence(self) -> str:
        """``12 dari minimal 20 JP, kurang 8`` or ``30 dari maksimal 24 JP, lebih 6``."""
        if self.has_minimum:
            text = _("{earned} dari minimal {limit} JP").format(earned=self.earned, limit=self.limit)
            tail = _(", kurang {n}").format(n=self.missing) if self.missing else ""
        else:
            text = _("{earned} dari maksimal {limit} JP").format(earned=self.earned, limit=self.limit)
            tail = _(", lebih {n}").format(n=self.earned - self.limit) if self.earned > self.limit else ""
        planned = _(" · {n} JP direncanakan").format(n=self.planned) if self.planned else ""
        return text + tail + planned


def over_after(balance: JpBalance, jp: int) -> int:
    """By how many JP a PPPK would pass the maximum with ``jp`` more (planned hours counted); 0 for a PNS."""
    if balance.has_minimum:
        return 0
    return max(0, balance.earned + balance.planned + jp - balance.limit)
