"""Province mode: several districts, the inbox, keys, counts, sending to all, the rules, and Beranda."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from asn_desktop.core.periods import Period
from asn_desktop.exchange.package.office_keys import PublicKey, write_key_file
from asn_desktop.exchange.package.ownership import Policy
from asn_desktop.gui.exchange.packages.inbox_dialog import InboxDialog
from asn_desktop.gui.exchange.packages.keys_dialog import KeysDialog
from asn_desktop.gui.exchange.packages.lateness import lateness
from asn_desktop.gui.exchange.packages.receive_dialog import ReceiveDialog, Step
from asn_desktop.gui.exchange.packages.register_dialog import RegisterDialog
from asn_desktop.gui.exchange.packages.situation import read_situation
from asn_desktop.gui.pdf_dialog import PdfDialog
from asn_desktop.personnel.model import Employee
from tests.gui.exchange.conftest import Desk, OpenDesk
from tests.gui.layout import assert_nothing_clipped
from tests.gui.recorder import MessageRecorder
from tests.integration.staff import rate

TW3 = Period(2026, 3)


def words(widget: object) -> str:
    return "\n".join(part.text() for part in widget.findChildren(QLabel) if part.isVisible())  # type: ignore[attr-defined]


@pytest.fixture
def districts(desk: OpenDesk) -> list[Desk]:
    found = [desk(code) for code in ("11.12", "11.13")]
    for one in found:
        one.site.add_person(f"Pegawai {one.site.code}")
    return found


def shown(province: Desk) -> dict[str, str]:
    """District → the word for its state."""
    rows = province.tab.offices.table.rows
    found = [rows.row(place) for place in range(rows.rowCount())]
    return {line.peer.code: line.state.word for line in found if line is not None}


def test_an_empty_province_says_what_to_do_first(province: Desk, qtbot: QtBot) -> None:
    assert "Belum ada kabupaten/kota" in words(province.tab.offices)
    assert_nothing_clipped(province.shell.window)
    home = province.shell.go_to("home")
    qtbot.wait(10)
    assert "Terima paket pertama setiap kabupaten/kota" in words(home)
    assert "Impor daftar pegawai" not in words(home)


def test_many_packages_at_once(
    province: Desk, districts: list[Desk], tmp_path: Path, messages: MessageRecorder
) -> None:
    paths = [one.send(tmp_path / f"{one.site.code}.xlsx") for one in districts]
    (tmp_path / "rusak.xlsx").write_bytes(b"PK bukan buku kerja")
    messages.answer([*reversed(paths), tmp_path / "rusak.xlsx"])
    province.tab.choose_files()
    inbox = province.dialog(InboxDialog)
    assert [file.state for file in inbox.files] == ["refused", "ready", "ready"]
    assert_nothing_clipped(inbox)
    assert not province.services.packages.peers(), "nothing is written before Terapkan"
    backups = len(province.services.safety.backups())
    inbox.forward.click()
    assert [file.state for file in inbox.files] == ["refused", "applied", "applied"]
    assert len(province.services.safety.backups()) == backups + 1, "one backup for all"
    assert "2 berkas diterapkan, 1 tidak diterima." in inbox.summary.text()
    inbox.forward.click()
    assert set(shown(province)) == {"11.12", "11.13"}
    # The same again: everything is known, nothing is written.
    written = len(province.services.safety.history())
    province.tab.receive(paths)
    again = province.dialog(InboxDialog)
    assert [file.state for file in again.files] == ["known", "known"]
    again.open_button.click()
    assert province.dialog(ReceiveDialog).step is Step.REFUSED, "received before, with the receipt to save again"
    province.dialog(ReceiveDialog).close()
    again.forward.click()
    assert len(province.services.safety.history()) == written


def test_who_is_late_and_the_counts_of_all(province: Desk, districts: list[Desk], tmp_path: Path) -> None:
    first, second = districts
    first.services.appraisal.open_period(TW3)
    (person,) = [row.employee_id for row in first.services.appraisal.list_evaluations(TW3.code)]
    rate(first.services, TW3, person, "SESUAI", "SESUAI")
    first.services.appraisal.close_period(TW3.code)
    second.services.appraisal.open_period(TW3)
    province.shell.open_inbox([one.send(tmp_path / f"{one.site.code}.xlsx") for one in districts]).forward.click()
    province.shell.set_period(TW3.code)
    states = shown(province)
    assert states["11.12"] == "Lengkap"
    assert states["11.13"] == "Berjalan", "the evaluation window is still open"
    province.tab.show_view("counts")
    rows = province.tab.counts.table.rows
    counted = [rows.row(place) for place in range(rows.rowCount())]
    assert [(row[1].name, row[1].predicates.get("BAIK", 0)) for row in counted if row] == [
        ("BKPSDM Kabupaten 11.12", 1),
        ("BKPSDM Kabupaten 11.13", 0),
        ("Semua", 1),
    ]
    assert_nothing_clipped(province.shell.window)


def test_a_package_for_each_district_in_one_folder(
    province: Desk, districts: list[Desk], tmp_path: Path, messages: MessageRecorder
) -> None:
    for one in districts:
        province.services.packages.apply(
            province.services.packages.examine(one.send(tmp_path / f"{one.site.code}.xlsx")), backup=False
        )
    folder = tmp_path / "balasan"
    folder.mkdir()
    messages.answer(folder)
    province.tab.does.send_to_all()
    found = sorted(path.name for path in folder.iterdir())
    assert found == ["PAKET_11_untuk_11.12_20261006.xlsx", "PAKET_11_untuk_11.13_20261006.xlsx"]
    for one, name in zip(districts, found, strict=True):
        plan = one.services.packages.examine(folder / name)
        assert not [record for record in plan.records if record.entity == "employee"], "nobody else's people"


def test_keys_are_compared_by_words(province: Desk, district: Desk, tmp_path: Path, messages: MessageRecorder) -> None:
    messages.answer(tmp_path / "kunci.asnkunci")
    theirs = KeysDialog(district.services, district.tab._runner, district.shell.window)
    theirs.save_own()
    theirs.deleteLater()
    dialog = province.tab.does.open_keys()
    assert_nothing_clipped(dialog)
    messages.answer(False)
    dialog.load(tmp_path / "kunci.asnkunci")
    assert " ".join(theirs.own.words) in messages.asked[-1]
    assert not province.services.packages.peers(), "another key than the one that was read out is not taken"
    messages.answer(True)
    dialog.load(tmp_path / "kunci.asnkunci")
    (peer,) = province.services.packages.peers()
    assert peer.key == district.services.packages.own_key()
    # Another key with the same name: a package signed with it is refused from now on.
    stranger = PublicKey("11.12", "Bukan kantor itu", province.services.packages.own_key())
    write_key_file(tmp_path / "lain.asnkunci", stranger)
    messages.answer(True)
    dialog.load(tmp_path / "lain.asnkunci")
    assert "akan diganti" in messages.asked[-1]
    dialog.close()
    province.tab.receive([district.send(tmp_path / "paket.xlsx")])
    refused = province.dialog(ReceiveDialog)
    assert refused.refused.title.text() == "Tanda tangan tidak cocok"


def test_a_key_can_be_pasted_as_a_telephone_reads_it(province: Desk, district: Desk, messages: MessageRecorder) -> None:
    own = PublicKey("11.12", "BKPSDM Kabupaten Contoh", district.services.packages.own_key())
    dialog = province.tab.does.open_keys()
    messages.answer(own.qr_text)
    messages.answer(True)
    dialog.paste_button.click()
    assert " ".join(own.words) in messages.asked[-1]
    assert [(peer.code, peer.key) for peer in province.services.packages.peers()] == [("11.12", own.key)]
    messages.answer("halo", None)
    dialog.paste_button.click()
    assert messages.prefilled == ["", "", "halo"], "asked once more, with what was pasted"
    assert [error.code for error in messages.take_errors()] == ["ASN-1356"]


def test_a_district_can_be_registered_before_its_first_package(province: Desk) -> None:
    dialog = province.tab.does.register()
    dialog.save()
    assert "Isi kode dan nama" in dialog.problem.text()
    dialog.code.setText("11")
    dialog.name.setText("Kantor sendiri")
    dialog.save()
    assert "sudah tercatat" in dialog.problem.text()
    dialog.code.setText("11.20")
    dialog.name.setText("BKPSDM Kabupaten Baru")
    dialog.save()
    assert isinstance(dialog, RegisterDialog)
    assert shown(province) == {"11.20": "Belum pernah"}


def test_late_is_counted_in_working_days_as_on_beranda(province: Desk, district: Desk, tmp_path: Path) -> None:
    """The window of TW III 2026 ends on 15 October; 26 October is 11 days or 7 working days later."""
    district.site.add_person("Ani")
    packages = province.services.packages
    packages.apply(packages.examine(district.send(tmp_path / "paket.xlsx")))
    (peer,) = province.services.packages.peers()
    found = read_situation(province.services, TW3.code)
    closes = date(2026, 10, 15)
    late = replace(found, today=date(2026, 10, 26), closes=closes, days_late=7)
    assert lateness(peer, None, late, TW3.label).word == "Terlambat 7 hari kerja"
    on_time = replace(found, today=closes, closes=closes, days_late=0)
    assert lateness(peer, None, on_time, TW3.label).word == "Belum dibuka"
    assert -province.services.reference.working_days_until(closes, date(2026, 10, 26)) == 7


def test_a_rule_is_changed_by_its_owner_only(province: Desk, district: Desk) -> None:
    rules = district.tab.rules
    district.tab.show_view("rules")
    rules.table.selectRow(0)
    assert "Nomor HP" in words(rules.panel)
    rules.answers[Policy.REFUSE].choose()
    assert district.services.packages.rules()[0].policy is Policy.REFUSE
    assert rules.answers[Policy.REFUSE].radio.isChecked()
    district.shell.undo()
    assert district.services.packages.rules()[0].policy is Policy.QUEUE
    province.tab.show_view("rules")
    province.tab.rules.table.selectRow(0)
    assert not province.tab.rules.answers
    assert "diatur oleh kantor pemiliknya" in words(province.tab.rules.panel)


def test_the_receipt_is_printed(province: Desk, district: Desk, tmp_path: Path, messages: MessageRecorder) -> None:
    district.site.add_person("Fatimah Siregar")
    province.tab.receive([district.send(tmp_path / "paket.xlsx")])
    dialog = province.dialog(ReceiveDialog)
    dialog.forward.click()
    dialog.print_button.click()
    (paper,) = [one for one in dialog.findChildren(PdfDialog) if one.isVisible()]
    assert paper.view.count == 1
    messages.answer(tmp_path / "tanda.pdf")
    paper.save()
    assert (tmp_path / "tanda.pdf").read_bytes().startswith(b"%PDF")


def test_the_unit_tree_of_a_province_shows_its_districts(province: Desk, districts: list[Desk], tmp_path: Path) -> None:
    province.shell.open_inbox([one.send(tmp_path / f"{one.site.code}.xlsx") for one in districts]).forward.click()
    tab = province.shell.go_to("personnel")
    names = [tab.tree.topLevelItem(place).text(0) for place in range(tab.tree.topLevelItemCount())]
    assert len(names) == 3, names  # everybody, and a line for each district
    assert names[0] == "Semua unit"


def test_beranda_reminds_of_differences_and_of_silence(
    province: Desk, district: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    rid = district.site.add_person("Fatimah Siregar", phone="081100001111")
    province.services.packages.apply(province.services.packages.examine(district.send(tmp_path / "a.xlsx")))
    district.services.packages.apply(district.services.packages.examine(province.send(tmp_path / "b.xlsx", "11.12")))
    province.site.edit(Employee, rid, phone="081299990000")
    district.site.edit(Employee, rid, phone="085211112222")
    district.tab.receive([province.send(tmp_path / "c.xlsx", "11.12")])
    district.dialog(ReceiveDialog).forward.click()
    home = district.shell.go_to("home")
    qtbot.wait(10)
    assert "1 perubahan dari kantor lain menunggu keputusan" in words(home)
    home.exchange_wanted.emit("desk")
    assert district.tab.view.value == "desk"
