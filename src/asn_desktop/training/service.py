"""What a user can do with the training calendar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from asn_desktop.core.changes import ChangeSet
from asn_desktop.core.errors import InputError
from asn_desktop.core.i18n import _
from asn_desktop.core.issues import Issue, Severity
from asn_desktop.core.rights import Right
from asn_desktop.personnel.queries import who
from asn_desktop.reference import queries as reference_queries
from asn_desktop.reference.queries import HolidayRow
from asn_desktop.storage.service import Service, needs
from asn_desktop.storage.unit_of_work import Database, UnitOfWork
from asn_desktop.training import balance, placement, queries, rules, schedule
from asn_desktop.training.balance import BalanceRow, BalanceSpec
from asn_desktop.training.commands import ChangeEventState, Nominate, RecordAttendance, SaveEvent
from asn_desktop.training.fields import EVENT
from asn_desktop.training.forms import TrainingForm, forms_by_code, training_forms
from asn_desktop.training.model import Participant, TrainingEvent
from asn_desktop.training.pasted import PastedPeople, people_pasted
from asn_desktop.training.placement import Placement, the_event
from asn_desktop.training.queries import (
    AttendedRow,
    EventDetail,
    EventRow,
    EventSpec,
    FundingRow,
    ParticipantRow,
)
from asn_desktop.training.rules import EventFacts, EventState, ParticipantState


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """What a range of days shows; ``missing_years`` have no holiday table and must be said so."""

    starts: date
    ends: date
    events: tuple[EventRow, ...]
    holidays: tuple[HolidayRow, ...]
    missing_years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EventSaved:
    change_set: ChangeSet
    event_id: int
    warnings: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class Nominated:
    change_set: ChangeSet
    placement: Placement


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """Somebody who could take part, with what speaks against it. ``already``: has a place."""

    person: BalanceRow
    issues: tuple[Issue, ...]
    already: bool


class TrainingService(Service):
    def __init__(self, database: Database) -> None:
        self._database = database

    def _today(self) -> date:
        return self._database.clock().date()

    # -- reading ------------------------------------------------------------------------------------------

    @needs(Right.READ)
    def calendar(self, starts: date, ends: date) -> CalendarPage:
        """Events and holidays of a range of days."""
        with self._database.read() as connection:
            known = reference_queries.holiday_years(connection)
            missing = tuple(year for year in range(starts.year, ends.year + 1) if year not in known)
            return CalendarPage(
                starts,
                ends,
                tuple(queries.events_between(connection, starts, ends)),
                tuple(reference_queries.holidays(connection, starts, ends)),
                missing,
            )

    @needs(Right.READ)
    def event_ids(self, spec: EventSpec) -> list[int]:
        with self._database.read() as connection:
            return queries.event_ids(connection, spec)

    @needs(Right.READ)
    def event_rows(self, ids: Sequence[int]) -> list[EventRow]:
        with self._database.read() as connection:
            return queries.event_rows(connection, ids)

    @needs(Right.READ)
    def events(self, spec: EventSpec | None = None) -> list[EventRow]:
        """All events of ``spec``, by date."""
        with self._database.read() as connection:
            return queries.event_rows(connection, queries.event_ids(connection, spec or EventSpec()))

    @needs(Right.READ)
    def event_detail(self, event_id: int) -> EventDetail | None:
        with self._database.read() as connection:
            return queries.event_detail(connection, event_id)

    @needs(Right.READ)
    def participants(self, event_id: int) -> list[ParticipantRow]:
        with self._database.read() as connection:
            return queries.participants(connection, event_id)

    @needs(Right.READ)
    def participant_issues(self, event_id: int) -> dict[int, list[Issue]]:
        """What should be looked at for the people of an event, by employee id."""
        with self._database.read() as connection:
            event = the_event(connection, event_id)
            return placement.people_issues(connection, event, sorted(placement.people_of(connection, event_id)))

    @needs(Right.READ)
    def history_of(self, employee_id: int) -> list[AttendedRow]:
        with self._database.read() as connection:
            return queries.history_of(connection, employee_id)

    @needs(Right.READ)
    def balance_ids(self, spec: BalanceSpec) -> list[int]:
        with self._database.read() as connection:
            return balance.balance_ids(connection, spec)

    @needs(Right.READ)
    def balance_rows(self, year: int, ids: Sequence[int]) -> list[BalanceRow]:
        with self._database.read() as connection:
            return balance.balance_rows(connection, year, ids)

    @needs(Right.READ)
    def count_short(self, year: int) -> int:
        """How many active PNS are below the minimum of JP of a year."""
        with self._database.read() as connection:
            return balance.count_in_state(connection, year, rules.BalanceState.SHORT)

    @needs(Right.READ)
    def funding_summary(self, year: int) -> list[FundingRow]:
        with self._database.read() as connection:
            return queries.funding_summary(connection, year)

    @needs(Right.READ)
    def candidate_ids(self, event_id: int, spec: BalanceSpec) -> list[int]:
        """Everybody who matches ``spec`` and is not in the event yet."""
        with self._database.read() as connection:
            present = placement.people_of(connection, event_id)
            return [number for number in balance.balance_ids(connection, spec) if number not in present]

    @needs(Right.READ)
    def people_pasted(self, event_id: int, text: str) -> PastedPeople:
        """The people of the NIPs in a pasted text, and which of them cannot be added to the event."""
        with self._database.read() as connection:
            return people_pasted(connection, event_id, text)

    @needs(Right.READ)
    def candidates(self, event_id: int, spec: BalanceSpec, limit: int = 200) -> tuple[int, list[CandidateRow]]:
        """People who match ``spec``: how many in all, and the first ``limit`` with their clashes."""
        with self._database.read() as connection:
            event = the_event(connection, event_id)
            ids = balance.balance_ids(connection, spec)
            page = ids[:limit]
            issues = placement.people_issues(connection, event, page)
            present = placement.people_of(connection, event_id)
            rows = balance.balance_rows(connection, spec.year, page)
        return len(ids), [
            CandidateRow(row, tuple(issues.get(row.employee_id, ())), row.employee_id in present) for row in rows
        ]

    @needs(Right.READ)
    def default_jp(self, form: TrainingForm, on: date) -> int | None:
        """JP proposed for one activity of a form: the office's parameter; None where the certificate says it."""
        if form.by_certificate:
            return None
        with self._database.read() as connection:
            value = reference_queries.parameter(connection, form.jp_parameter, on)
        return int(value) if value is not None else form.default_jp

    @needs(Right.READ)
    def forms(self) -> tuple[TrainingForm, ...]:
        return training_forms()

    @needs(Right.READ)
    def check(self, command: SaveEvent) -> list[Issue]:
        """Everything to say about an event before it is saved: errors, then warnings about days, place, speakers."""
        facts = EventFacts(
            command.name, command.form, command.competence, command.starts, command.ends, command.jp,
            command.quota, command.budget, command.spent, command.funding,
        )  # fmt: skip
        issues = rules.check_event(facts, forms_by_code())
        if any(issue.severity is Severity.ERROR for issue in issues):
            return issues
        with self._database.read() as connection:
            holidays = reference_queries.holidays(connection, command.starts, command.ends)
            years = reference_queries.holiday_years(connection)
            shared = queries.same_place_or_speaker(
                connection, command.starts, command.ends, command.place, command.speakers, command.event_id
            )
        names: dict[date, str] = {}
        for row in holidays:
            names[row.day] = f"{names[row.day]}; {row.name}" if row.day in names else row.name
        issues += schedule.holiday_issues(command.starts, command.ends, names)
        issues += schedule.missing_year_issues(command.starts, command.ends, years)
        weekend = schedule.weekend_issue(command.starts, command.ends)
        if weekend is not None:
            issues.append(weekend)
        issues += [
            Issue(
                "event_shares",
                _("“{what}” juga dipakai “{name}” ({span}).").format(
                    what=what, name=other.name, span=rules.date_span(other.starts, other.ends)
                ),
                Severity.WARNING,
                field="place",
            )
            for what, other in shared
        ]
        return issues

    # -- writing ------------------------------------------------------------------------------------------

    @needs(Right.TRAINING)
    def save_event(self, command: SaveEvent, initiator: object = None) -> EventSaved:
        """Create or change an event. Raises :class:`InputError` with the issues that must be corrected."""
        issues = self.check(command)
        errors = [issue for issue in issues if issue.severity is Severity.ERROR]
        if errors:
            raise InputError(errors[0].message, _("Lengkapi isian yang ditandai, lalu simpan lagi."), issues=errors)
        new = command.event_id is None
        label = _("Tambah kegiatan {name}") if new else _("Ubah kegiatan {name}")
        label = label.format(name=command.name.strip())
        with self._database.write("training.save", label, initiator=initiator) as uow:
            values = _event_values(command)
            if command.event_id is None:
                values["code"] = command.code.strip() or queries.next_code(uow.connection, command.starts.year)
                event_id = uow.insert(TrainingEvent, values)
            else:
                event_id = command.event_id
                if command.code.strip():
                    values["code"] = command.code.strip()
                uow.update(TrainingEvent, event_id, values, command.expected_version)
        return EventSaved(uow.change_set, event_id, tuple(issues))

    @needs(Right.TRAINING)
    def change_state(self, command: ChangeEventState, initiator: object = None) -> ChangeSet:
        """Open, start, finish, postpone or cancel; raises :class:`InputError` when that step is not possible."""
        wanted = EventState(command.state)
        label = _("{name}: {state}")
        if wanted in rules.REASON_NEEDED and not command.reason.strip():
            raise InputError(
                _("Alasan belum diisi."), _("Tulis alasan menunda atau membatalkan; peserta akan menanyakannya.")
            )
        with self._database.write("training.state", label, initiator=initiator) as uow:
            event = the_event(uow.connection, command.event_id)
            uow.label = label.format(name=event.name, state=rules.label(rules.EVENT_STATES, wanted))
            if not rules.may_change(event.state, wanted):
                raise InputError(
                    _("Dari {now} tidak dapat langsung menjadi {wanted}.").format(
                        now=rules.label(rules.EVENT_STATES, event.state),
                        wanted=rules.label(rules.EVENT_STATES, wanted),
                    ),
                    _("Pilih langkah yang tersedia untuk kegiatan ini."),
                )
            reason = command.reason.strip() if wanted in rules.REASON_NEEDED else None
            values = {"state": wanted.value, "state_reason": reason}
            uow.update(TrainingEvent, command.event_id, values, command.expected_version)
        return uow.change_set

    @needs(Right.TRAINING)
    def nominate(self, command: Nominate, initiator: object = None) -> Nominated:
        """Give many people a place at once; the answer says who clashes and who is on reserve."""
        with self._database.write("training.nominate", _("Tambah peserta"), initiator=initiator) as uow:
            event = the_event(uow.connection, command.event_id)
            people = who(uow.connection, command.employee_ids)
            uow.label = _("Tambah {who} ke {event}").format(who=people, event=event.name)
            done = placement.place(uow, command.event_id, command.employee_ids, command.source)
        return Nominated(uow.change_set, done)

    @needs(Right.TRAINING)
    def set_participant_state(
        self, participant_ids: Sequence[int], state: ParticipantState, initiator: object = None
    ) -> ChangeSet:
        """Approve, put on reserve, raise from reserve, or withdraw. Attendance has its own action."""
        with self._database.write("training.participant", _("Ubah status peserta"), initiator=initiator) as uow:
            people, event = _participants(uow, participant_ids)
            word = rules.label(rules.PARTICIPANT_STATES, state).lower()
            uow.label = _("{who} menjadi {state} di {event}").format(who=people, state=word, event=event)
            uow.update_many(Participant, [(number, {"state": state.value}) for number in participant_ids])
        return uow.change_set

    @needs(Right.TRAINING)
    def remove_participants(self, participant_ids: Sequence[int], initiator: object = None) -> ChangeSet:
        """Take people off the list who were entered by mistake (undo brings them back)."""
        with self._database.write("training.remove", _("Keluarkan peserta"), initiator=initiator) as uow:
            people, event = _participants(uow, participant_ids)
            uow.label = _("Keluarkan {who} dari {event}").format(who=people, event=event)
            uow.delete_many(Participant, participant_ids)
        return uow.change_set

    @needs(Right.TRAINING)
    def record_attendance(
        self, event_id: int, records: Sequence[RecordAttendance], initiator: object = None
    ) -> ChangeSet:
        """Note who came and credit their JP. What is stored is what counts, whatever the event says later."""
        with self._database.write("training.attendance", _("Catat kehadiran pelatihan"), initiator=initiator) as uow:
            event = the_event(uow.connection, event_id)
            uow.label = _("Catat kehadiran {event}").format(event=event.name)
            if event.state in (EventState.CANCELLED, EventState.POSTPONED):
                raise InputError(
                    _("“{name}” tidak berlangsung, jadi kehadiran tidak dapat dicatat.").format(name=event.name),
                    _("Ubah dahulu status kegiatan."),
                )
            if event.starts > self._today():
                raise InputError(
                    _("“{name}” baru mulai {day}; kehadiran belum dapat dicatat.").format(
                        name=event.name, day=rules.date_span(event.starts, event.starts)
                    ),
                    _("Catat kehadiran setelah kegiatan dimulai, atau betulkan tanggalnya."),
                )
            uow.update_many(Participant, [(record.participant_id, _attendance(record, event)) for record in records])
        return uow.change_set


def _participants(uow: UnitOfWork, participant_ids: Sequence[int]) -> tuple[str, str]:
    """Who they are and of which event, for the name of an operation."""
    query = select(Participant.employee_id, TrainingEvent.name).join(
        TrainingEvent, TrainingEvent.id == Participant.event_id
    )
    found = uow.connection.execute(query.where(Participant.id.in_(participant_ids))).all()
    return who(uow.connection, [row.employee_id for row in found]), ", ".join(sorted({row.name for row in found}))


def _attendance(record: RecordAttendance, event: EventRow) -> dict[str, Any]:
    credited = record.jp if record.jp is not None else (event.jp if record.attended else 0)
    for number, name, top in ((credited, _("JP"), 2000), (record.percent, _("Kehadiran"), 100)):
        if number is not None and not 0 <= number <= top:
            raise InputError(
                _("{name} harus antara 0 dan {top}.").format(name=name, top=top),
                _("Betulkan angkanya, lalu simpan lagi."),
            )
    return {
        "state": (ParticipantState.ATTENDED if record.attended else ParticipantState.ABSENT).value,
        "attendance_percent": record.percent,
        "jp_credited": credited,
        "certificate_number": record.certificate_number.strip() or None,
        "certificate_date": record.certificate_date,
    }


def _event_values(command: SaveEvent) -> dict[str, Any]:
    said = {key: value.strip() or None if isinstance(value, str) else value for key, value in asdict(command).items()}
    return {field.key: said[field.key] for field in EVENT.fields if field.key in said and field.key != "code"}
