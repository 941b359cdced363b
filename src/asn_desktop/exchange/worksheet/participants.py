"""The worksheet in which an OPD nominates people for a training event, and says who came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from asn_desktop.core.errors import WorkbookError
from asn_desktop.core.i18n import N_, _
from asn_desktop.core.progress import Progress
from asn_desktop.exchange import snapshots
from asn_desktop.exchange.import_kind import ImportKind, OfficeData, taken
from asn_desktop.exchange.plan import Fate, ImportPlan
from asn_desktop.exchange.read_file import ReadFile
from asn_desktop.exchange.snapshots import Known, Lock, People
from asn_desktop.exchange.worksheet import ledger
from asn_desktop.exchange.worksheet.kinds import BLANK, Finding, OutgoingRow, Rules, WorksheetKind
from asn_desktop.exchange.worksheet.mark import Mark
from asn_desktop.exchange.worksheet.orders import Order
from asn_desktop.personnel.model import Employee
from asn_desktop.storage.unit_of_work import UnitOfWork
from asn_desktop.training import queries as training_queries
from asn_desktop.training import returned
from asn_desktop.training.columns import PARTICIPANT_COLUMNS
from asn_desktop.training.model import Participant
from asn_desktop.training.queries import EventRow
from asn_desktop.training.rules import EventState, ParticipantState


@dataclass(frozen=True, slots=True)
class ParticipantRules(Rules):
    """``starts`` is the first day of the event."""

    starts: date
    today: date
    added_rows_are_new = True

    def complete(self, person: Known, incoming: dict[str, Any], *, added: bool) -> None:
        if not person.member and (incoming or added):
            incoming.setdefault("state", ParticipantState.NOMINATED.value)

    def refusal(self, person: Known, changes: Mapping[str, Any]) -> Finding | None:
        done = {ParticipantState.ATTENDED.value, ParticipantState.ABSENT.value}
        if self.starts > self.today and changes.get("state") in done:
            text = _("Kegiatan ini belum mulai; kehadiran belum dapat dicatat.")
            return "state", "event_not_started", text, _("Kirim kehadiran setelah kegiatan dimulai.")
        return None

    def fate(self, person: Known) -> Fate:
        return Fate.CHANGED if person.member else Fate.NEW


class ParticipantSheet(WorksheetKind):
    key = "participants"
    sheet = "PESERTA"
    title = N_("Lembar kerja peserta pelatihan")
    choice = N_("Peserta pelatihan")
    word = N_("peserta")
    catalogue = PARTICIPANT_COLUMNS
    context = ("name", "nip", "position", "unit")
    fields = ("state", "attendance_percent", "jp_credited", "certificate_number", "certificate_date")
    needed = ("state",)
    spare = 30
    purpose = N_("pengusulan dan pencatatan kehadiran peserta pelatihan")
    filling = (
        N_("STATUS dipilih dari daftar: Diusulkan, Disetujui, Cadangan, Hadir, Tidak hadir, atau Mengundurkan diri."),
        N_("Mengusulkan peserta: tulis NAMA dan NIP di baris kosong bertanda + di bawah daftar."),
        N_("Setelah kegiatan: isi STATUS, HADIR %, JP DIAKUI, serta nomor dan tanggal sertifikat bila ada."),
        BLANK,
    )
    of_an_event = True

    def rows(self, connection: Connection, order: Order) -> list[OutgoingRow]:
        """Everybody who has a place in the event, or gave one up."""
        assert order.event_id is not None
        people = training_queries.participants(connection, order.event_id)
        ids = [row.employee_id for row in people]
        rids = dict(connection.execute(select(Employee.id, Employee.rid).where(Employee.id.in_(ids))).all())
        keys = (*self.context, *self.fields)
        return [OutgoingRow(rids[row.employee_id], row.nip, {key: getattr(row, key) for key in keys}) for row in people]

    def held(self, data: OfficeData, connection: Connection, read: ReadFile, mark: Mark) -> tuple[People, Rules]:
        """With their place in the event, those without one included: they may be nominated."""
        event = _event(connection, mark)
        table = Participant.__table__
        query = select(table).where(table.c.event_id == event.id)
        places = {row["employee_id"]: dict(row) for row in connection.execute(query).mappings()}
        lock = _event_lock(event)
        people = []
        for number, row in snapshots.people_on_sheet(connection, read).items():
            place: Mapping[str, Any] = places.get(number, {})
            values = {key: place.get(key) for key in self.fields}
            people.append(Known.of(row, values, lock or _inactive(row, bool(place)), member=bool(place)))
        return People.of(people), ParticipantRules(event.starts, data.today)


class ParticipantImport(ImportKind):
    """What comes back of :class:`ParticipantSheet`; lists from elsewhere hold no participants."""

    key = "participants"
    columns = PARTICIPANT_COLUMNS
    foreign = by_headings = False

    def apply(self, data: OfficeData, uow: UnitOfWork, plan: ImportPlan, progress: Progress) -> str | None:
        event_id = ledger.event_of(uow.connection, plan.worksheets[0].mark)
        assert event_id is not None
        rows = [
            returned.ReturnedPlace(
                row.target, {change.field: change.after for change in row.changes}, row.fate is Fate.NEW
            )
            for row in taken(plan)
            if row.target is not None
        ]
        returned.record(uow, event_id, rows)
        return None


def _event(connection: Connection, mark: Mark) -> EventRow:
    event_id = ledger.event_of(connection, mark)
    if event_id is None:
        raise WorkbookError(
            _("Kegiatan pelatihan dari lembar kerja ini tidak ada di data kantor ini."),
            _("Mungkin kegiatannya sudah dihapus. Buat kegiatannya lagi, lalu lembar kerja baru."),
            code="ASN-1366",
        )
    return training_queries.event_rows(connection, [event_id])[0]


def _event_lock(event: EventRow) -> Lock | None:
    if event.state in (EventState.CANCELLED, EventState.POSTPONED):
        text = _("“{name}” tidak berlangsung, jadi pesertanya tidak dapat diubah.").format(name=event.name)
        return "event_not_held", text, _("Ubah dahulu status kegiatan di Kalender Pelatihan.")
    return None


def _inactive(row: Mapping[str, Any], member: bool) -> Lock | None:
    if row["active"] or member:
        return None
    return "participant_inactive", _("Pegawai ini tidak aktif lagi, jadi tidak diusulkan."), _("Periksa tab Pegawai.")
