"""From the district to the province and back: send, receive, edit, conflict, decide, receipt, undo."""

from __future__ import annotations

import io
import shutil
import threading
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from asn_desktop.core.errors import InputError
from asn_desktop.core.progress import Progress
from asn_desktop.exchange.package.model import RejectionNote
from asn_desktop.exchange.package.overview import LedgerRow
from asn_desktop.exchange.plan import Fate
from asn_desktop.exchange.workbook_file import WorkbookFile
from asn_desktop.gui.change_bus import ChangeBus
from asn_desktop.gui.exchange.import_wizard import ImportWizard
from asn_desktop.gui.exchange.packages.outcome_pages import REFUSALS
from asn_desktop.gui.exchange.packages.receive_dialog import ReceiveDialog, Step
from asn_desktop.gui.exchange.packages.send_dialog import SendDialog
from asn_desktop.gui.tasks import TaskRunner
from asn_desktop.personnel.model import Employee
from asn_desktop.reports.exchange_receipt import FORM, receipt_of
from asn_desktop.reports.form import Query
from asn_desktop.reports.registry import render
from tests.gui.exchange.conftest import Desk, OpenDesk
from tests.gui.layout import assert_nothing_clipped
from tests.gui.recorder import MessageRecorder
from tests.integration.exchange.books import ANI, book
from tests.unit.reports.test_exchange_receipt import page_texts


def words(widget: object) -> str:
    return "\n".join(part.text() for part in widget.findChildren(QLabel) if part.isVisible())  # type: ignore[attr-defined]


def receipt_pages(desk: Desk, row: LedgerRow) -> list[str]:
    out = io.BytesIO()
    render(FORM.code, [receipt_of(desk.services, row)], out)
    return page_texts(out.getvalue())


def acquainted(district: Desk, province: Desk, folder: Path) -> str:
    """Both know each other and one person, whose rid is returned."""
    rid = district.site.add_person("Fatimah Siregar", "198503152010012003", phone="081100001111")
    package = district.send(folder / "perkenalan.xlsx")
    province.services.packages.apply(province.services.packages.examine(package))
    answer = province.send(folder / "balasan.xlsx", "11.12")
    district.services.packages.apply(district.services.packages.examine(answer))
    return rid


def in_conflict(district: Desk, province: Desk, folder: Path) -> tuple[str, Path]:
    """Both have changed the same telephone number; the province's package."""
    rid = acquainted(district, province, folder)
    province.site.edit(Employee, rid, phone="081299990000")
    district.site.edit(Employee, rid, phone="085211112222")
    return rid, province.send(folder / "dari_provinsi.xlsx", "11.12")


def test_the_whole_way(district: Desk, province: Desk, tmp_path: Path, messages: MessageRecorder, qtbot: QtBot) -> None:
    rid = district.site.add_person("Fatimah Siregar", "198503152010012003", phone="081100001111")
    assert "Belum pernah bertukar data" in district.tab.overview.sentence.text()
    sending = district.tab.send()
    assert ("Pegawai", "1") in _pairs(sending)
    messages.answer(tmp_path / "PAKET.xlsx")
    sending.forward.click()
    assert "Serahkan berkas ini" in words(sending)
    assert_nothing_clipped(sending)
    sending.forward.click()
    assert "Belum ada tanda terima" in district.tab.overview.sentence.text()

    messages.answer(tmp_path / "PAKET.xlsx")
    province.tab.choose_files()
    dialog = province.dialog(ReceiveDialog)
    assert dialog.step is Step.PREVIEW
    assert province.site.get(Employee, rid) is None, "nothing is written before Terapkan"
    cards = dialog.preview.cards
    assert sum(card.count for card in cards.values()) == dialog.plan.counts["rows_read"]
    dialog.preview.show_fate(Fate.NEW)
    qtbot.wait(20)
    assert_nothing_clipped(dialog)
    dialog.forward.click()
    assert dialog.step is Step.RESULT
    assert province.phone(rid) == "081100001111"
    messages.answer(tmp_path / "TANDA.xlsx")
    dialog.receipt_button.click()
    assert "Tanda terima tersimpan" in messages.notices[-1]
    dialog.forward.click()

    district.tab.receive([tmp_path / "TANDA.xlsx"])
    receipt = district.dialog(ReceiveDialog)
    assert receipt.step is Step.RECEIPT
    receipt.forward.click()
    assert "Sudah diterima" in district.tab.overview.sentence.text()


def _pairs(dialog: SendDialog) -> set[tuple[str, str]]:
    grid = [part.text() for part in dialog.content_page.findChildren(QLabel)]
    return {(text, number) for number, text in pairwise(grid)}


def test_a_conflict_is_shown_decided_with_the_keyboard_and_taken_back(
    district: Desk, province: Desk, tmp_path: Path, messages: MessageRecorder, qtbot: QtBot
) -> None:
    rid, package = in_conflict(district, province, tmp_path)
    district.tab.receive([package])
    dialog = district.dialog(ReceiveDialog)
    assert dialog.preview.cards[Fate.CONFLICT].count == 1
    qtbot.wait(20)
    shown = words(dialog.preview.panel)
    assert "Kantor ini: 085211112222" in shown
    assert "Dari BKD Provinsi Contoh: 081299990000" in shown
    dialog.forward.click()
    assert district.phone(rid) == "085211112222", "the local value stays in force"
    dialog.conflicts_button.click()
    desk = district.tab.desk
    assert district.tab.view.value == "desk"
    assert desk.table.rows.rowCount() == 1
    assert "Fatimah Siregar" in words(desk.panel)
    assert_nothing_clipped(district.shell.window)
    qtbot.keyClick(desk.table, Qt.Key.Key_2)
    assert district.phone(rid) == "081299990000"
    assert desk.table.rows.rowCount() == 0
    assert "1 perbedaan diputuskan" in messages.notices[-1]
    district.shell.undo()
    assert district.phone(rid) == "085211112222"
    assert desk.table.rows.rowCount() == 1
    desk.panel.answers["local"].click()
    assert district.phone(rid) == "085211112222"
    district.tab.show_desk("decided")
    assert "Pakai data kantor ini" in words(desk.panel)


def test_many_are_decided_by_one_rule_with_a_reason(
    district: Desk, province: Desk, tmp_path: Path, messages: MessageRecorder
) -> None:
    rid = acquainted(district, province, tmp_path)
    province.site.edit(Employee, rid, phone="081299990000", email="a@contoh.go.id", address="Jalan Satu")
    district.site.edit(Employee, rid, phone="085211112222", email="b@contoh.go.id", address="Jalan Dua")
    package = province.send(tmp_path / "p.xlsx", "11.12")
    district.services.packages.apply(district.services.packages.examine(package))
    district.tab.show_desk()
    desk = district.tab.desk
    assert desk.table.rows.rowCount() == 3
    desk.pick_all.click()
    messages.answer("Sudah dicek ke pegawainya")
    desk.take_theirs.click()
    assert district.phone(rid) == "081299990000"
    assert not district.services.packages.conflicts()
    assert {row.reason for row in district.services.packages.conflicts("decided")} == {"Sudah dicek ke pegawainya"}
    desk.show_state("decided")
    assert "Alasan: Sudah dicek ke pegawainya" in words(desk.panel)


def test_undo_on_the_result_page_takes_back_data_and_history(district: Desk, province: Desk, tmp_path: Path) -> None:
    rid, package = in_conflict(district, province, tmp_path)
    before = len(district.services.packages.ledger())
    district.tab.receive([package])
    dialog = district.dialog(ReceiveDialog)
    dialog.forward.click()
    assert len(district.services.packages.ledger()) == before + 1
    dialog.undo_button.click()
    assert dialog.end.title.text() == "Paket diurungkan"
    assert district.phone(rid) == "085211112222"
    assert len(district.services.packages.ledger()) == before
    assert not district.services.packages.conflicts()


def refusal(desk: Desk, path: Path) -> tuple[str, ReceiveDialog]:
    desk.tab.receive([path])
    dialog = desk.dialog(ReceiveDialog)
    assert dialog.step is Step.REFUSED
    assert_nothing_clipped(dialog)
    return dialog.refused.title.text(), dialog


def test_each_refusal_has_its_own_page(district: Desk, province: Desk, desk: OpenDesk, tmp_path: Path) -> None:
    acquainted(district, province, tmp_path)
    written = len(district.services.safety.history())
    own = tmp_path / "perkenalan.xlsx"
    assert refusal(district, own)[0] == "Ini paket buatan kantor ini sendiri"
    assert refusal(district, tmp_path / "balasan.xlsx")[0] == "Sudah pernah diterima"
    other = desk("11.99")
    title, dialog = refusal(other, tmp_path / "balasan.xlsx")
    assert title == "Bukan untuk kantor ini"
    assert "Data Anda aman dan tidak berubah." in words(dialog)
    assert "Kode ASN-1241" in words(dialog)
    broken = _edited(province.send(tmp_path / "baru.xlsx", "11.12"), tmp_path / "disunting.xlsx")
    title, dialog = refusal(district, broken)
    assert title == "Segel paket rusak", words(dialog)
    assert len(district.services.safety.history()) == written


def _edited(package: Path, target: Path) -> Path:
    """A copy in which somebody has changed a cell."""
    shutil.copy(package, target)
    workbook = openpyxl.load_workbook(target)
    sheet = next(one for one in workbook.worksheets if one.title in ("pegawai", "unit", "pengaturan", "hari_libur"))
    sheet.cell(row=3, column=2).value = "Diubah tangan"
    workbook.save(target)
    return target


def test_every_refusal_page_speaks_of_a_code_the_manual_explains() -> None:
    manual = (Path(__file__).parents[3] / "docs" / "manual.md").read_text(encoding="utf-8")
    assert [code for code in REFUSALS if code not in manual] == []


def test_a_gap_offers_to_send_first(district: Desk, province: Desk, desk: OpenDesk, tmp_path: Path) -> None:
    """The district's old data on another PC has never merged what this package goes on from."""
    rid = acquainted(district, province, tmp_path)
    receipt = tmp_path / "r.xlsx"
    district.services.packages.receipt(receipt, "11")
    province.services.packages.apply(province.services.packages.examine(receipt))
    province.site.edit(Employee, rid, phone="081299990000")
    package = province.send(tmp_path / "lanjutan.xlsx", "11.12")
    earlier = desk("11.12", "lain")
    title, dialog = refusal(earlier, package)
    assert title == "Ada paket yang belum sampai"
    dialog.send_button.click()
    assert earlier.dialog(SendDialog).content.head.office == "11.12"


def test_a_foreign_list_goes_to_the_import(district: Desk, tmp_path: Path) -> None:
    district.tab.receive([book(tmp_path / "nominatif.xlsx", ANI)])
    wizard = district.dialog(ImportWizard)
    assert wizard.plan.rows
    wizard.reject()


def test_a_file_opened_from_the_file_manager_goes_its_own_way(district: Desk, province: Desk, tmp_path: Path) -> None:
    _rid, package = in_conflict(district, province, tmp_path)
    district.shell.go_to("home")
    district.shell.receive(package)
    assert district.shell.window.current_key == "exchange"
    district.dialog(ReceiveDialog).reject()
    district.shell.receive(book(tmp_path / "nominatif.xlsx", ANI))
    district.dialog(ImportWizard).reject()


def test_cancel_leaves_nothing(district: Desk, province: Desk, tmp_path: Path) -> None:
    _rid, package = in_conflict(district, province, tmp_path)
    written = len(district.services.safety.history())
    district.tab.receive([package])
    district.dialog(ReceiveDialog).cancel_button.click()
    assert len(district.services.safety.history()) == written
    assert not district.services.packages.conflicts()


def test_stopping_while_the_package_is_examined(
    district: Desk,
    province: Desk,
    tmp_path: Path,
    messages: MessageRecorder,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With real threads: *Batal* during the work closes the dialog, and nothing is written."""
    _rid, package = in_conflict(district, province, tmp_path)
    written = len(district.services.safety.history())
    started, go_on = threading.Event(), threading.Event()
    examine = district.services.packages.examine

    def slow(file: WorkbookFile, *, progress: Progress) -> object:
        started.set()
        go_on.wait(10)
        return examine(file, progress=progress)

    monkeypatch.setattr(district.services.packages, "examine", slow)
    runner = TaskRunner(ChangeBus(), lambda error: pytest.fail(str(error)))
    dialog = ReceiveDialog(district.services, runner, package, district.shell.window)
    dialog.open()
    qtbot.waitUntil(started.is_set)
    assert dialog.step is Step.WORKING
    dialog.cancel_button.click()
    go_on.set()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    qtbot.waitUntil(lambda: not runner.busy)
    runner.shutdown()
    assert "Data tidak berubah" in messages.notices[-1]
    assert len(district.services.safety.history()) == written


def test_a_reprinted_receipt_says_when_it_was_sent_and_whose_signature_it_bore(
    district: Desk, province: Desk, tmp_path: Path
) -> None:
    _rid, package = in_conflict(district, province, tmp_path)
    district.services.packages.apply(district.services.packages.examine(package))
    row = next(one for one in district.services.packages.ledger() if one.direction == "in")
    (page,) = receipt_pages(district, row)
    assert FORM.find is not None
    asked = FORM.find(district.services, Query(sender="11", number=row.seq))
    assert list(asked) == [receipt_of(district.services, row)], "what `print` asks for is what the window shows"
    with pytest.raises(InputError, match="Tidak ada paket"):
        FORM.find(district.services, Query(sender="11", number=999))
    for text in ("BKD Provinsi Contoh (11)", "6 Oktober 2026 10.42", "tanda tangan pengirim cocok", row.package_id,
                 row.digest[:32], row.digest[32:], "Nomor HP: menunggu keputusan kantor kami"):  # fmt: skip
        assert text in page
    (conflict,) = district.services.packages.conflicts()
    district.services.packages.decide([(conflict.id, "local")])
    assert "Nomor HP: sudah diputuskan" in receipt_pages(district, row)[0]


def test_a_printed_receipt_keeps_differences_and_refusals_apart(district: Desk, province: Desk, tmp_path: Path) -> None:
    """What was refused is a question to the sender; what differs is decided here."""
    _rid, package = in_conflict(district, province, tmp_path)
    district.services.packages.apply(district.services.packages.examine(package))
    row = next(one for one in district.services.packages.ledger() if one.direction == "in")
    with district.services.database.write("test.reject", "Tolak") as uow:
        uow.insert(
            RejectionNote,
            {"direction": "in", "office": row.office, "entity": "training_event", "record": "x", "package_id": row.package_id,
             "replica": "r", "code": "not_allowed", "message": "AlasanPenolakan", "merged_before": 0, "at": row.at},
        )  # fmt: skip
    text = " ".join(receipt_pages(district, row))
    differing, refused = text.index("PERBEDAAN"), text.index("DITOLAK", text.index("PERBEDAAN"))
    assert differing < text.index("Nomor HP") < refused < text.index("AlasanPenolakan")
    assert "Kegiatan pelatihan" in text[refused:]
    assert "Nomor HP" not in text[refused:]
