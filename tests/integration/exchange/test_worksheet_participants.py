"""Participants of a training event by worksheet: nominations before it, attendance and certificates after."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from asn_desktop.cli.lists import as_table
from asn_desktop.cli.lists import worksheets as list_worksheets
from asn_desktop.core.errors import WorkbookError
from asn_desktop.exchange.plan import ImportPlan
from asn_desktop.exchange.worksheet.orders import Order
from asn_desktop.personnel.listing import EmployeeSpec
from asn_desktop.services import Services
from asn_desktop.training.commands import ChangeEventState, Nominate, SaveEvent
from asn_desktop.training.queries import ParticipantRow
from tests.integration.exchange.books import ANI, BUDI, CITRA, book
from tests.integration.exchange.clerk import Clerk, libreoffice

FREE = {"new": 0, "changed": 0, "same": 0, "conflict": 0, "rejected": 0, "ignored": 0}
PAST, COMING = date(2026, 9, 14), date(2026, 11, 2)


@pytest.fixture
def staffed(office: Services, tmp_path: Path) -> Services:
    office.exchange.apply(office.exchange.examine(book(tmp_path / "pegawai.xlsx", ANI, BUDI, CITRA)))
    return office


def event(office: Services, starts: date, *nominated: str, quota: int | None = None) -> int:
    command = SaveEvent("Pelatihan contoh", "KL01", "teknis", starts, starts, 8, quota=quota)
    number = office.training.save_event(command).event_id
    people = {row.nip: row.id for row in office.personnel.rows(office.personnel.ids(EmployeeSpec()))}
    if nominated:
        office.training.nominate(Nominate(number, tuple(people[nip] for nip in nominated)))
    return number


def sheet(office: Services, tmp_path: Path, event_id: int) -> Clerk:
    office.worksheets.write(tmp_path / "peserta.xlsx", Order("participants", event_id=event_id))
    return Clerk(tmp_path / "peserta.xlsx")


def load(office: Services, path: Path) -> ImportPlan:
    plan = office.exchange.examine(path)
    assert plan.counts["rows_read"] == sum(plan.counts[fate] for fate in FREE)
    if plan.writes:
        office.exchange.apply(plan)
    return plan


def people(office: Services, event_id: int) -> Mapping[str, ParticipantRow]:
    return {row.name: row for row in office.training.participants(event_id)}


def test_names_written_below_are_nominations(staffed: Services, tmp_path: Path) -> None:
    number = event(staffed, COMING, ANI["NIP"], quota=2)
    clerk = sheet(staffed, tmp_path, number)
    clerk.fill_row(clerk.last + 1, NAMA="Budi Contoh", NIP=BUDI["NIP"])
    clerk.fill_row(clerk.last + 1, NAMA="Citra Contoh", NIP=CITRA["NIP"])
    plan = load(staffed, clerk.save())
    assert plan.counts == {"rows_read": 3, **FREE, "new": 2, "same": 1}
    states = {name: row.state for name, row in people(staffed, number).items()}
    assert states == {"Ani Contoh": "nominated", "Budi Contoh": "nominated", "Citra Contoh": "reserve"}
    staffed.safety.undo()
    assert set(people(staffed, number)) == {"Ani Contoh"}


def test_a_first_list_can_be_collected_from_an_empty_sheet(staffed: Services, tmp_path: Path) -> None:
    number = event(staffed, COMING)
    staffed.worksheets.write(tmp_path / "peserta.xlsx", Order("participants", event_id=number))
    clerk = Clerk(tmp_path / "peserta.xlsx")
    clerk.fill_row(4, NAMA="Budi Contoh", NIP=BUDI["NIP"])
    assert load(staffed, clerk.save()).counts == {"rows_read": 1, **FREE, "new": 1}
    assert set(people(staffed, number)) == {"Budi Contoh"}


def test_another_name_beside_the_nip_is_not_taken_by_rule(staffed: Services, tmp_path: Path) -> None:
    number = event(staffed, COMING, ANI["NIP"])
    clerk = sheet(staffed, tmp_path, number)
    clerk.fill_row(clerk.last + 1, NAMA="Nama Lain", NIP=BUDI["NIP"])
    assert load(staffed, clerk.save()).counts == {"rows_read": 2, **FREE, "same": 1, "conflict": 1}
    assert set(people(staffed, number)) == {"Ani Contoh"}


def test_a_strangers_name_over_a_participant_waits(staffed: Services, tmp_path: Path) -> None:
    number = event(staffed, PAST, ANI["NIP"], BUDI["NIP"])
    clerk = sheet(staffed, tmp_path, number)
    clerk.fill("Budi", STATUS="HADIR").fill("Ani", STATUS="HADIR", NAMA="Ani Telaga")
    assert load(staffed, clerk.save()).counts == {"rows_read": 2, **FREE, "changed": 1, "conflict": 1}
    assert {name: row.state for name, row in people(staffed, number).items()} == {
        "Ani Contoh": "nominated", "Budi Contoh": "attended",
    }  # fmt: skip


def test_attendance_comes_back_with_jp_and_certificates(staffed: Services, tmp_path: Path) -> None:
    number = event(staffed, PAST, ANI["NIP"], BUDI["NIP"])
    clerk = sheet(staffed, tmp_path, number)
    clerk.fill("Ani", STATUS="HADIR", HADIR="95", NO_SERTIFIKAT="800/12/2026", TANGGAL_SERTIFIKAT=date(2026, 9, 20))
    clerk.fill("Budi", STATUS="tidak hadir")
    path = clerk.save()
    assert load(staffed, path).counts == {"rows_read": 2, **FREE, "changed": 2}
    ani, budi = people(staffed, number)["Ani Contoh"], people(staffed, number)["Budi Contoh"]
    assert (ani.state, ani.attendance_percent, ani.jp_credited) == ("attended", 95, 8)
    assert (ani.certificate_number, ani.certificate_date) == ("800/12/2026", date(2026, 9, 20))
    assert (budi.state, budi.jp_credited) == ("absent", 0)
    again = staffed.exchange.examine(path)
    assert again.counts == {"rows_read": 2, **FREE, "same": 2}
    assert not again.writes
    resaved = staffed.exchange.examine(libreoffice(sheet(staffed, tmp_path, number).path))
    assert resaved.counts == {"rows_read": 2, **FREE, "same": 2}


def test_nobody_attends_what_has_not_begun(staffed: Services, tmp_path: Path) -> None:
    number = event(staffed, COMING, ANI["NIP"])
    plan = load(staffed, sheet(staffed, tmp_path, number).fill("Ani", STATUS="Hadir").save())
    assert plan.counts == {"rows_read": 1, **FREE, "rejected": 1}


def test_an_event_that_was_called_off_takes_nothing(staffed: Services, tmp_path: Path) -> None:
    number = event(staffed, COMING, ANI["NIP"])
    clerk = sheet(staffed, tmp_path, number).fill("Ani", STATUS="Disetujui")
    staffed.training.change_state(ChangeEventState(number, "cancelled", "Anggaran"))
    plan = load(staffed, clerk.save())
    assert [issue.code for row in plan.rows for issue in row.issues] == ["event_not_held"]


def test_a_worksheet_of_an_event_that_is_gone_is_refused(staffed: Services, tmp_path: Path) -> None:
    number = event(staffed, COMING)
    staffed.worksheets.write(tmp_path / "peserta.xlsx", Order("participants", event_id=number))
    staffed.safety.undo()
    staffed.safety.undo()
    with pytest.raises(WorkbookError) as caught:
        staffed.exchange.examine(tmp_path / "peserta.xlsx")
    assert caught.value.code == "ASN-1366"


def test_the_worksheets_of_events_are_listed(staffed: Services, tmp_path: Path) -> None:
    number = event(staffed, COMING, ANI["NIP"])
    assert staffed.worksheets.returns("", "participants") == []
    clerk = sheet(staffed, tmp_path, number)
    (row,) = staffed.worksheets.returns("", "participants")
    assert (row.id, row.name, row.state, row.people, row.files) == (number, "Pelatihan contoh", "out", 1, 1)
    clerk.fill_row(clerk.last + 1, NAMA="Budi Contoh", NIP=BUDI["NIP"])
    clerk.fill_row(clerk.last + 1, NAMA="Siapa", NIP="199001012015031099")
    load(staffed, clerk.save())
    (row,) = staffed.worksheets.returns("", "participants")
    assert (row.state, row.people, row.counts["new"], row.waiting) == ("back", 2, 1, 1)
    listed = list_worksheets(staffed, None, None)
    assert [(line["sheet"], line["opd"], line["waiting"]) for line in listed] == [
        ("participants", "Pelatihan contoh", 1)
    ]
    assert "peserta" in as_table("worksheets", listed)
