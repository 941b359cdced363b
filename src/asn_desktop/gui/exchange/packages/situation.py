"""Where the exchange stands, read in one go away from the GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from asn_desktop.core.i18n import _
from asn_desktop.exchange.package.overview import LedgerRow, PeerRow, PeriodRow, RejectionRow
from asn_desktop.exchange.package.reading import OfficeCounts
from asn_desktop.exchange.package.reminders import PATIENCE_DAYS
from asn_desktop.gui.exchange.packages.words import counted, day_of, day_text
from asn_desktop.sample.neighbour import waiting_package
from asn_desktop.services import Services


@dataclass(frozen=True, slots=True)
class Situation:
    """``unsent``: operations no package has carried yet, of a district to its province."""

    role: str
    today: date
    peers: Sequence[PeerRow]
    ledger: Sequence[LedgerRow]
    rejections: Sequence[RejectionRow]
    open: int
    waiting: int
    overridden: int
    unsent: int
    periods: Sequence[PeriodRow] = ()
    counts: Sequence[OfficeCounts] = ()
    closes: date | None = None
    """Last day of the evaluation window of the period in view, while it is known here."""
    days_late: int = 0
    """Working days since that day, as everywhere in the program; 0 until it has passed."""
    example: Path | None = None
    """A package that waits in the sample office, until it has been received."""

    @property
    def province(self) -> PeerRow | None:
        return next((peer for peer in self.peers if peer.role == "province"), None)

    @property
    def sent(self) -> list[LedgerRow]:
        """Packages that left, newest first, without bare receipts and without those whose writing was cut off."""
        return [row for row in self.ledger if row.direction == "out" and row.kind != "receipt" and not row.cut_off]

    @property
    def silent_days(self) -> int:
        """Days since the first package that nobody confirmed; 0 when nothing is waited for."""
        waiting = unanswered(self.sent)
        return (self.today - day_of(waiting[-1].at)).days if waiting else 0

    @property
    def reminder(self) -> bool:
        return self.silent_days >= PATIENCE_DAYS


def unanswered(sent: Sequence[LedgerRow]) -> list[LedgerRow]:
    """Packages (newest first) sent after the last one that was confirmed: a later receipt covers earlier packages."""
    found = []
    for row in sent:
        if row.answered_at:
            break
        found.append(row)
    return found


def read_situation(services: Services, period: str) -> Situation:
    """``period``: the code of the one in view, which the province's pages speak of."""
    packages = services.packages
    peers = packages.peers()
    role = services.reference.office().role
    ledger = packages.ledger()
    to = next((peer.code for peer in peers if peer.role == "province"), "")
    opened = services.appraisal.period(period)
    province = role == "province"
    return Situation(
        role,
        services.database.clock().date(),
        peers,
        ledger,
        packages.rejections(),
        len(packages.conflicts("open")),
        len(packages.conflicts("waiting")),
        len(packages.conflicts("overridden")),
        0 if province else services.package_reading.unsent(to),
        packages.periods(period) if province else (),
        services.package_reading.counts(period) if province else (),
        opened.window_closes if opened is not None else None,
        max(0, -services.reference.working_days_until(opened.window_closes)) if opened is not None else 0,
        _example(services, ledger),
    )


def _example(services: Services, ledger: Sequence[LedgerRow]) -> Path | None:
    if not services.reference.office().sample:
        return None
    found = waiting_package(services.paths.home)
    return found if found is not None and not any(row.file_name == found.name for row in ledger) else None


def sentence(found: Situation) -> str:
    """The state of a district in one or two sentences."""
    sent = found.sent
    if not sent:
        if found.province is None:
            return _("Belum pernah bertukar data. Paket pertama berisi seluruh data kantor ini.")
        return _("Belum pernah mengirim ke {office}. Paket pertama berisi seluruh data kantor ini.").format(
            office=found.province.name
        )
    last = sent[0]
    text = _("Terakhir dikirim {day} (paket {seq}).").format(day=_day(last.at, found.today), seq=last.seq)
    if last.answered_at:
        text += " " + _("Sudah diterima {day}.").format(day=_day(last.answered_at, found.today))
    elif found.silent_days:
        text += " " + _("Belum ada tanda terima selama {n} hari.").format(n=found.silent_days)
    else:
        text += " " + _("Belum ada tanda terima.")
    return text


def unsent_sentence(found: Situation) -> str:
    if not found.sent:
        return ""
    if not found.unsent:
        return _("Semua perubahan kantor ini sudah ada di paket terakhir.")
    return _("{n} perubahan sesudah itu belum dikirim.").format(n=counted(found.unsent))


def _day(at: str, today: date) -> str:
    moment = datetime.fromisoformat(at).date()
    return _("hari ini") if moment == today else day_text(moment, today)
