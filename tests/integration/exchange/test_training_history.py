"""Training histories from Excel: what was attended before, anywhere, with JP and certificates."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from asn_desktop.cli.run import main
from asn_desktop.exchange.plan import Fate, decide
from asn_desktop.services import Services
from asn_desktop.storage import undo
from asn_desktop.training.balance import BalanceSpec
from asn_desktop.training.commands import Nominate, RecordAttendance, SaveEvent
from tests.integration.exchange.books import ANI, BUDI, CITRA, book


@pytest.fixture
def kantor(office: Services, tmp_path: Path) -> Services:
    """An office with Ani, Budi and Citra."""
    plan = office.exchange.examine(book(tmp_path / "pegawai.xlsx", ANI, BUDI, CITRA))
    office.exchange.apply(plan)
    return office


def attended(person: dict[str, Any], name: str, form: str, starts: date, jp: int | str, **more: Any) -> dict[str, Any]:
    return {
        "NIP": person["NIP"], "NAMA": person["NAMA"], "NAMA PELATIHAN": name, "JENIS": form,
        "TANGGAL MULAI": starts, "TANGGAL SELESAI": more.pop("ends", starts), "JUMLAH JP": jp, "PENYELENGGARA": "LAN RI",
        "NOMOR SERTIFIKAT": "", **more,
    }  # fmt: skip


def person_id(office: Services, person: dict[str, Any]) -> int:
    return office.personnel.find_people(person["NIP"])[0].id


def history(office: Services, person: dict[str, Any]) -> list[tuple[str, int]]:
    rows = office.training.history_of(person_id(office, person))
    return sorted((row.name, row.jp_credited or 0) for row in rows)


def test_what_was_attended_counts_once_with_its_hours(kantor: Services, tmp_path: Path) -> None:
    pim, bimtek = date(2025, 3, 3), date(2026, 5, 4)
    path = book(
        tmp_path / "riwayat.xlsx",
        attended(ANI, "Pelatihan Kepemimpinan Administrator", "Struktural", pim, 800, ends=date(2025, 6, 27)),
        attended(ANI, "Bimtek SKP", "Bimtek", bimtek, 16, **{"NOMOR SERTIFIKAT": "042/STTP/2026"}),
        attended(BUDI, "BIMTEK SKP", "Bimbingan Teknis", bimtek, 12),
        title="RIWAYAT PELATIHAN PEGAWAI",
    )
    plan = kantor.exchange.examine(path, "training-history")
    assert (plan.counts["rows_read"], plan.counts["new"]) == (3, 3)
    assert kantor.training.events() == [], "nothing is written before it is agreed to"
    kantor.exchange.apply(plan)
    events = {row.name: row for row in kantor.training.events()}
    assert len(events) == 2, "one training of two people is one event"
    assert {row.state for row in events.values()} == {"done"}
    assert events["Bimtek SKP"].provider == "LAN RI"
    assert events["Pelatihan Kepemimpinan Administrator"].form == "KL01"
    assert history(kantor, ANI) == [("Bimtek SKP", 16), ("Pelatihan Kepemimpinan Administrator", 800)]
    assert history(kantor, BUDI) == [("Bimtek SKP", 12)]
    ids = kantor.training.balance_ids(BalanceSpec(2026))
    earned = {row.nip: row.balance.earned for row in kantor.training.balance_rows(2026, ids)}
    assert (earned[ANI["NIP"]], earned[BUDI["NIP"]], earned[CITRA["NIP"]]) == (16, 12, 0)
    again = kantor.exchange.examine(path, "training-history")
    assert (again.counts["same"], again.writes) == (3, False), "a second time nothing changes"
    with kantor.database.read() as connection:
        last = undo.next_undo(connection)
    assert last is not None
    undo.undo(kantor.database, last[0])
    assert kantor.training.events() == [], "one step takes the whole import back"


def test_a_certificate_that_comes_later_changes_only_that(kantor: Services, tmp_path: Path) -> None:
    row = attended(ANI, "Bimtek SKP", "Bimtek", date(2026, 5, 4), 16)
    kantor.exchange.apply(kantor.exchange.examine(book(tmp_path / "a.xlsx", row), "training-history"))
    later = row | {"NOMOR SERTIFIKAT": "042/STTP/2026"}
    plan = kantor.exchange.examine(book(tmp_path / "b.xlsx", later), "training-history")
    (changed,) = plan.rows
    assert changed.fate is Fate.CHANGED
    assert [(c.field, c.before, c.after) for c in changed.changes] == [("certificate_number", None, "042/STTP/2026")]
    kantor.exchange.apply(plan)
    (event,) = kantor.training.events()
    (place,) = kantor.training.participants(event.id)
    assert (place.certificate_number, place.jp_credited) == ("042/STTP/2026", 16)
    blank = kantor.exchange.examine(book(tmp_path / "c.xlsx", row), "training-history")
    assert blank.counts["same"] == 1, "a blank cell takes no certificate away"


def test_an_event_of_the_calendar_is_used_and_its_word_stands(kantor: Services, tmp_path: Path) -> None:
    day = date(2026, 5, 4)
    event = kantor.training.save_event(SaveEvent("Bimtek SKP", "KL10", "teknis", day, day, 16)).event_id
    ani, budi = person_id(kantor, ANI), person_id(kantor, BUDI)
    kantor.training.nominate(Nominate(event, (ani, budi)))
    places = {row.employee_id: row.id for row in kantor.training.participants(event)}
    kantor.training.record_attendance(event, [RecordAttendance(places[budi], False)])
    path = book(
        tmp_path / "r.xlsx",
        attended(ANI, "Bimtek  SKP", "Bimtek", day, 16),
        attended(BUDI, "Bimtek SKP", "Bimtek", day, 16),
        attended(CITRA, "Bimtek SKP", "Bimtek", day, 16),
    )
    plan = kantor.exchange.examine(path, "training-history")
    assert [row.fate for row in plan.rows] == [Fate.CHANGED, Fate.REJECTED, Fate.NEW]
    assert "tidak hadir" in plan.rows[1].issues[0].message
    kantor.exchange.apply(plan)
    assert [row.id for row in kantor.training.events()] == [event]
    states = {row.employee_id: row.state for row in kantor.training.participants(event)}
    assert states == {ani: "attended", budi: "absent", person_id(kantor, CITRA): "attended"}


def test_every_row_has_one_fate_and_a_reason(kantor: Services, tmp_path: Path) -> None:
    day = date(2026, 5, 4)
    stranger = {"NIP": "198001012005011001", "NAMA": "Orang Lain"}
    rows = [
        attended(ANI, "Bimtek SKP", "Bimtek", day, 16),
        attended(ANI, "Bimtek SKP", "Bimtek", day, 16),
        attended(ANI, "Bimtek SKP", "Bimtek", day, 24),
        attended(stranger, "Bimtek SKP", "Bimtek", day, 16),
        attended(BUDI, "Kursus", "Kursus", day, 16, ends=date(2026, 5, 1)),
        attended(BUDI, "Seminar", "Seminar", date(2026, 12, 28), 4),
        attended(BUDI, "Diskusi", "Ngobrol santai", day, 4),
        attended(BUDI, "Tanpa jam", "Seminar", day, ""),
        attended(BUDI, "", "Seminar", day, 4),
    ]
    plan = kantor.exchange.examine(book(tmp_path / "r.xlsx", *rows), "training-history")
    counts = plan.counts
    assert counts["rows_read"] == 9 == sum(counts[fate.value] for fate in Fate)
    assert (counts["new"], counts["same"], counts["rejected"]) == (1, 1, 7)
    said = " ".join(issue.message for issue in plan.issues)
    for text in ("Tidak ada pegawai dengan NIP ini", "mendahului tanggal mulai", "belum menjadi riwayat", "JP atau"):
        assert text in said
    target = tmp_path / "kembali.xlsx"
    assert kantor.exchange.write_errors(plan, target) == 7
    assert openpyxl.load_workbook(target).active is not None


def test_a_name_at_somebody_elses_nip_waits_for_a_person(kantor: Services, tmp_path: Path) -> None:
    day = date(2026, 5, 4)
    rows = [
        attended(ANI, "Bimtek SKP", "Bimtek", day, 16),
        attended(ANI, "Seminar", "Seminar", date(2026, 6, 1), 4),
        attended(BUDI | {"NAMA": "Zulkifli Harahap"}, "Bimtek SKP", "Bimtek", day, 16),
    ]
    plan = kantor.exchange.examine(book(tmp_path / "r.xlsx", *rows), "training-history")
    assert [row.fate for row in plan.rows] == [Fate.NEW, Fate.NEW, Fate.CONFLICT]
    decided = decide(plan, {plan.rows[2].key: "use"})
    assert decided.counts["new"] == 3, "one person may have many trainings"
    kantor.exchange.apply(decided)
    assert history(kantor, BUDI) == [("Bimtek SKP", 16)]


def test_a_list_of_people_is_never_taken_for_a_history(office: Services, tmp_path: Path) -> None:
    path = book(tmp_path / "p.xlsx", ANI | {"PELATIHAN": "Prajabatan", "MULAI": date(2010, 1, 1), "JP": 100})
    assert office.exchange.examine(path).kind == "personnel"


def test_the_command_line_says_what_it_did(
    kantor: Services, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from asn_desktop.services import close_office
    from tests.conftest import PASSPHRASE, USER

    close_office(kantor)
    monkeypatch.setenv("ASN_PASSPHRASE", PASSPHRASE)
    path = book(tmp_path / "r.xlsx", attended(ANI, "Bimtek SKP", "Bimtek", date(2026, 5, 4), 16))
    home = str(kantor.paths.home)
    code = main(["--home", home, "--as-user", USER, "--json", "import", str(path), "--kind", "training-history"])
    answer = json.loads(capsys.readouterr().out)
    assert code == 0
    assert (answer["kind"], answer["new"], answer["rows_read"]) == ("training-history", 1, 1)
