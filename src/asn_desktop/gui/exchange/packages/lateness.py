"""How far each district is with the period in view, in one word and a sentence. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from asn_desktop.core.i18n import _
from asn_desktop.core.periods import Period
from asn_desktop.exchange.package.overview import PeerRow, PeriodRow
from asn_desktop.exchange.package.reminders import PATIENCE_DAYS
from asn_desktop.gui.exchange.packages.situation import Situation
from asn_desktop.gui.exchange.packages.words import State, counted, day_of, day_text


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """A district as the province sees it. ``people`` and ``rejected`` are counted here."""

    id: int
    peer: PeerRow
    period: PeriodRow | None
    people: int
    rejected: int
    state: State

    @property
    def progress(self) -> str:
        """``1.180 dari 1.203``; empty while the district has not said."""
        if self.period is None:
            return ""
        return _("{n} dari {total}").format(n=counted(self.period.rated), total=counted(self.period.evaluations))


def office_lines(found: Situation, period: Period) -> list[OfficeLine]:
    """Every district, in the order of their codes."""
    told = {row.office: row for row in found.periods}
    people = {row.office: row.people for row in found.counts}
    refused = Counter(note.office for note in found.rejections if note.direction == "in")
    districts = [peer for peer in found.peers if peer.role == "district"]
    return [
        OfficeLine(
            place, peer, told.get(peer.code), people.get(peer.code, 0), refused[peer.code],
            lateness(peer, told.get(peer.code), found, period.label),
        )
        for place, peer in enumerate(districts)
    ]  # fmt: skip


def lateness(peer: PeerRow, period: PeriodRow | None, found: Situation, label: str) -> State:
    """Of one district, with the period in view as it told of it; None while it has not.

    Late is counted in working days, as on Beranda; silence in days, for nothing prescribes how often to send.
    """
    today = found.today
    if not peer.last_received:
        return State(_("Belum pernah"), "bad", _("Kantor ini belum pernah mengirim paket."))
    last = day_of(peer.last_received)
    heard = _("Paket terakhir {day}.").format(day=day_text(last, today))
    if period is not None and period.closed:
        return State(_("Lengkap"), "good", _("{label} sudah ditutup di kantor itu.").format(label=label) + " " + heard)
    if found.closes is not None and today > found.closes:
        days = found.days_late
        text = _("{label} belum ditutup di kantor itu, {n} hari kerja sesudah jangka waktu evaluasi berakhir.")
        text = text.format(label=label, n=days)
        return State(_("Terlambat {n} hari kerja").format(n=days), "bad", f"{text} {heard}")
    silent = (today - last).days
    if silent > PATIENCE_DAYS:
        text = _("Tidak ada paket selama {n} hari.").format(n=silent)
        return State(_("Tanpa paket {n} hari").format(n=silent), "attention", text)
    if period is None:
        return State(
            _("Belum dibuka"), "neutral", _("{label} belum ada dalam paketnya.").format(label=label) + " " + heard
        )
    return State(_("Berjalan"), "info", heard)


def summary(lines: list[OfficeLine], label: str) -> str:
    """The state of all districts in a sentence."""
    if not lines:
        return _("Belum ada kabupaten/kota yang dikenal. Terima paket pertamanya, atau daftarkan dahulu.")
    done = sum(1 for line in lines if line.period is not None and line.period.closed)
    late = sum(1 for line in lines if line.state.tone == "bad")
    text = _("{label}: {done} dari {n} kabupaten/kota lengkap").format(label=label, done=done, n=len(lines))
    return text + (_(" · {n} terlambat").format(n=late) if late else "") + "."
