"""Tones and short words the training views share."""

from __future__ import annotations

from asn_desktop.core.i18n import _
from asn_desktop.training.queries import EventRow
from asn_desktop.training.rules import BalanceState, EventState, ParticipantState

_EVENT_TONES = {
    EventState.PLANNED: "neutral",
    EventState.OPEN: "info",
    EventState.RUNNING: "accent",
    EventState.DONE: "good",
    EventState.POSTPONED: "attention",
    EventState.CANCELLED: "neutral",
}
_PARTICIPANT_TONES = {
    ParticipantState.NOMINATED: "neutral",
    ParticipantState.APPROVED: "info",
    ParticipantState.RESERVE: "attention",
    ParticipantState.ATTENDED: "good",
    ParticipantState.ABSENT: "bad",
    ParticipantState.WITHDRAWN: "neutral",
}
_BALANCE_TONES = {
    BalanceState.SHORT: "attention",
    BalanceState.MET: "good",
    BalanceState.OVER: "bad",
    BalanceState.ROOM: "info",
}


def event_tone(state: str) -> str:
    return _EVENT_TONES[EventState(state)]


def participant_tone(state: str) -> str:
    return _PARTICIPANT_TONES[ParticipantState(state)]


def balance_tone(state: BalanceState) -> str:
    return _BALANCE_TONES[state]


def filled(row: EventRow) -> str:
    """``18 dari 30``, or ``18`` when there is no quota: for a narrow column."""
    return str(row.taken) if row.quota is None else _("{n} dari {quota}").format(n=row.taken, quota=row.quota)


def people_title(taken: int) -> str:
    """Heading of an event's people by the one counting rule of the program: who fills a place."""
    return _("Peserta: {n}").format(n=taken) if taken else _("Peserta")


def others_words(others: int, *, shown: bool) -> str:
    """What opens and folds those who fill none."""
    text = _("Sembunyikan {n} yang tidak mengisi tempat") if shown else _("Tampilkan {n} yang tidak mengisi tempat")
    return text.format(n=others)


def places(row: EventRow) -> str:
    """``18 dari 30 tempat terisi`` or ``18 peserta`` when there is no quota; the reserve list is named."""
    text = (
        _("{n} peserta").format(n=row.taken)
        if row.quota is None
        else _("{n} dari {quota} tempat terisi").format(n=row.taken, quota=row.quota)
    )
    return text + (_(" · {n} peserta cadangan").format(n=row.reserve) if row.reserve else "")
