"""Lembar kerja OPD in the window: write for many OPD, bring one back, see who is missing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot

from asn_desktop.core.periods import parse_period
from asn_desktop.exchange.plan import Fate
from asn_desktop.exchange.worksheet.orders import Order
from asn_desktop.gui import theme
from asn_desktop.gui.change_bus import ChangeBus
from asn_desktop.gui.exchange.import_wizard import ImportWizard, Step
from asn_desktop.gui.exchange.worksheets_dialog import SendingDialog, WorksheetsDialog
from asn_desktop.gui.tasks import SynchronousRunner
from asn_desktop.services import Services
from asn_desktop.training.commands import SaveEvent
from tests.gui.layout import assert_nothing_clipped
from tests.gui.recorder import MessageRecorder
from tests.integration.exchange.books import ANI, ATAS, BUDI, CITRA, SESUAI, book
from tests.integration.exchange.clerk import Clerk

TW3 = parse_period("2026-TW3")


@pytest.fixture
def opened(office: Services, tmp_path: Path) -> Services:
    office.exchange.apply(office.exchange.examine(book(tmp_path / "pegawai.xlsx", ANI, BUDI, CITRA)))
    office.appraisal.open_period(TW3)
    return office


@pytest.fixture
def dialog(opened: Services, runner: SynchronousRunner, bus: ChangeBus, qtbot: QtBot) -> WorksheetsDialog:
    result = WorksheetsDialog(opened, runner, bus, TW3)
    qtbot.addWidget(result)
    result.show()
    return result


@pytest.fixture
def sending(monkeypatch: pytest.MonkeyPatch) -> list[SendingDialog]:
    """The question before writing, answered with a deadline and a contact."""
    asked: list[SendingDialog] = []

    def answer(self: SendingDialog) -> int:
        asked.append(self)
        self.due.set_value(date(2026, 10, 15))
        self.contact.setText("Ibu Rahma")
        return int(QDialog.DialogCode.Accepted)

    monkeypatch.setattr(SendingDialog, "exec", answer)
    return asked


def states(dialog: WorksheetsDialog) -> dict[str, str]:
    return {row.name: row.state for row in dialog.shown}


def written(folder: Path, name: str) -> Clerk:
    (path,) = folder.glob(f"*{name}*.xlsx")
    return Clerk(path)


def test_a_worksheet_for_every_opd_and_one_comes_back(
    dialog: WorksheetsDialog, opened: Services, runner: SynchronousRunner, messages: MessageRecorder,
    sending: list[SendingDialog], tmp_path: Path, qtbot: QtBot,
) -> None:  # fmt: skip
    assert states(dialog) == {"Dinas Kesehatan": "none", "Dinas Pendidikan": "none"}
    assert dialog.write_button.text() == "Buat untuk semua 2 OPD …"
    messages.answer(tmp_path / "kirim")
    dialog.write_button.click()
    assert len(sending) == 1
    assert states(dialog) == {"Dinas Kesehatan": "out", "Dinas Pendidikan": "out"}
    clerk = written(tmp_path / "kirim", "Kesehatan").rate("Ani", ATAS, SESUAI).rate("Budi", SESUAI, SESUAI)
    guide = [str(cell.value) for row in clerk.book["PETUNJUK"].iter_rows() for cell in row if cell.value]
    assert "15 Oktober 2026" in guide
    assert "Ibu Rahma" in guide
    wizard = ImportWizard(opened, runner)
    qtbot.addWidget(wizard)
    wizard.show()
    wizard.read(clerk.save())
    assert wizard.step is Step.PREVIEW, "its columns are ours: nothing to map"
    assert wizard.preview_page.cards[Fate.NEW].count == 2
    assert_nothing_clipped(wizard)
    wizard.forward.click()
    assert wizard.step is Step.RESULT
    assert states(dialog) == {"Dinas Pendidikan": "out", "Dinas Kesehatan": "back"}
    assert "1 dari 2 OPD sudah kembali · 2 dari 3 pegawai" in dialog.summary.text()
    dialog.show_only.setCurrentIndex(dialog.show_only.findData("back"))
    assert list(states(dialog)) == ["Dinas Kesehatan"]
    wizard.result_page.undo_button.click()
    assert states(dialog) == {}


def test_only_the_ticked_ones_are_written(
    dialog: WorksheetsDialog, messages: MessageRecorder, sending: list[SendingDialog], tmp_path: Path
) -> None:
    dialog.search.setText("pendidikan")
    dialog.search.searched.emit("pendidikan")
    dialog.table.rows.tick(0)
    dialog.search.setText("")
    dialog.search.searched.emit("")
    assert dialog.write_button.text() == "Buat 1 lembar kerja …"
    messages.answer(tmp_path / "kirim")
    dialog.write_button.click()
    assert states(dialog) == {"Dinas Pendidikan": "out", "Dinas Kesehatan": "none"}
    assert not dialog.table.rows.checked


def test_no_folder_no_files(dialog: WorksheetsDialog, messages: MessageRecorder, sending: list[SendingDialog]) -> None:
    messages.answer(None)
    dialog.write_button.click()
    assert set(states(dialog).values()) == {"none"}


def test_a_folder_that_cannot_be_written_is_told(
    dialog: WorksheetsDialog, messages: MessageRecorder, sending: list[SendingDialog], tmp_path: Path
) -> None:
    (tmp_path / "berkas").write_text("bukan folder", encoding="utf-8")
    messages.answer(tmp_path / "berkas")
    dialog.write_button.click()
    assert [error.code for error in messages.take_errors()] == ["ASN-1406"]
    assert set(states(dialog).values()) == {"none"}


def test_an_untouched_worksheet_is_noted_as_returned(
    dialog: WorksheetsDialog, opened: Services, runner: SynchronousRunner, messages: MessageRecorder,
    sending: list[SendingDialog], tmp_path: Path, qtbot: QtBot,
) -> None:  # fmt: skip
    messages.answer(tmp_path / "kirim")
    dialog.write_button.click()
    wizard = ImportWizard(opened, runner)
    qtbot.addWidget(wizard)
    wizard.read(written(tmp_path / "kirim", "Pendidikan").save())
    assert wizard.forward.text() == "Catat sudah kembali"
    wizard.forward.click()
    assert wizard.result_page.title.text() == "Lembar kerja dicatat sebagai kembali"
    assert states(dialog)["Dinas Pendidikan"] == "back"


def test_nothing_is_clipped_on_a_low_screen(dialog: WorksheetsDialog, sending: list[SendingDialog]) -> None:
    for width, height in ((940, 620), (895, 440)):
        dialog.resize(width, height)
        assert_nothing_clipped(dialog)
    assert dialog.table.height() > theme.tokens().px(120)


def test_before_the_quarter_is_open_there_is_nobody_to_write_to(
    office: Services, runner: SynchronousRunner, bus: ChangeBus, qtbot: QtBot
) -> None:
    dialog = WorksheetsDialog(office, runner, bus, TW3)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.empty.isVisible()
    assert not dialog.write_button.isEnabled()


def test_corrections_of_personnel_data_go_out_the_same_way(
    dialog: WorksheetsDialog, messages: MessageRecorder, sending: list[SendingDialog], tmp_path: Path
) -> None:
    dialog.kind.set_value("personnel")
    dialog.kind.changed.emit(dialog.kind.value)
    assert states(dialog) == {"Dinas Kesehatan": "none", "Dinas Pendidikan": "none"}
    assert "2 OPD" in dialog.summary.text()
    assert dialog.table.isColumnHidden(3)
    messages.answer(tmp_path / "kirim")
    dialog.write_button.click()
    assert set(states(dialog).values()) == {"out"}
    assert len(list((tmp_path / "kirim").glob("Lembar kerja PEGAWAI *.xlsx"))) == 2
    assert_nothing_clipped(dialog)
    dialog.kind.set_value("ratings")
    dialog.kind.changed.emit(dialog.kind.value)
    assert set(states(dialog).values()) == {"none"}


def test_a_worksheet_of_another_quarter_is_read_for_its_own(
    opened: Services, runner: SynchronousRunner, tmp_path: Path, qtbot: QtBot
) -> None:
    unit = next(row.id for row in opened.reference.units() if row.name == "Dinas Kesehatan")
    opened.worksheets.write(tmp_path / "tw3.xlsx", Order("ratings", unit, TW3.code))
    path = Clerk(tmp_path / "tw3.xlsx").rate("Ani", ATAS, SESUAI).save()
    wizard = ImportWizard(opened, runner, kind="ratings", period="2026-TW2")
    qtbot.addWidget(wizard)
    wizard.read(path)
    assert wizard.plan.period == TW3.code


def test_events_and_open_rows_are_listed(
    opened: Services, dialog: WorksheetsDialog, runner: SynchronousRunner, tmp_path: Path
) -> None:
    dialog.kind.set_value("participants")
    dialog.kind.changed.emit(dialog.kind.value)
    assert "Kalender Pelatihan" in dialog.empty.findChildren(QLabel)[-1].text()
    assert not dialog.write_button.isVisible()
    day = date(2026, 12, 1)
    number = opened.training.save_event(SaveEvent("Pelatihan contoh", "KL01", "teknis", day, day, 8)).event_id
    opened.worksheets.write(tmp_path / "peserta.xlsx", Order("participants", event_id=number))
    clerk = Clerk(tmp_path / "peserta.xlsx")
    clerk.fill_row(4, NAMA="Siapa", NIP="199001012015031099")
    opened.exchange.apply(opened.exchange.examine(clerk.save(tmp_path / "kembali.xlsx")))
    dialog.reload()
    assert states(dialog) == {"Pelatihan contoh": "back"}
    assert dialog._state_word(dialog.shown[0]) == "Perlu keputusan"
    assert dialog._details(dialog.shown[0]) == "1 ditolak · kembali.xlsx"
    assert "1 baris terbuka" in dialog.summary.text()
    dialog.show_only.set_value("waiting")
    assert states(dialog) == {"Pelatihan contoh": "back"}
    dialog.show_only.set_value("out")
    assert states(dialog) == {}
    assert_nothing_clipped(dialog)
