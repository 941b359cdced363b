"""The import wizard on real workbooks and a real encrypted office."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from asn_desktop.exchange.plan import SKIP, Fate
from asn_desktop.gui.change_bus import ChangeBus
from asn_desktop.gui.exchange.import_wizard import ImportWizard, Step
from asn_desktop.gui.tasks import SynchronousRunner, TaskRunner
from asn_desktop.personnel.queries import EmployeeSpec
from asn_desktop.services import Services
from tests.gui.layout import assert_nothing_clipped
from tests.gui.recorder import MessageRecorder
from tests.integration.exchange.books import ANI, BUDI, CITRA, book, sheets
from tests.integration.exchange.decision_books import CASES, PEOPLE, listed


@pytest.fixture
def wizard(office: Services, runner: SynchronousRunner, qtbot: QtBot) -> ImportWizard:
    result = ImportWizard(office, runner)
    qtbot.addWidget(result)
    result.show()
    return result


def names(office: Services) -> set[str]:
    return {row.name for row in office.personnel.rows(office.personnel.ids(EmployeeSpec()))}


def settle(qtbot: QtBot) -> None:
    qtbot.wait(20)


def test_from_file_to_result_and_back(wizard: ImportWizard, office: Services, tmp_path: Path, qtbot: QtBot) -> None:
    assert_nothing_clipped(wizard)
    wizard.read(book(tmp_path / "nominatif.xlsx", ANI, BUDI, title="DAFTAR NOMINATIF"))
    assert wizard.step is Step.COLUMNS
    assert_nothing_clipped(wizard)
    wizard.forward.click()
    assert wizard.step is Step.PREVIEW
    assert wizard.forward.text() == "Terapkan 2 baris"
    assert not names(office), "nothing is written before Terapkan"
    settle(qtbot)
    assert_nothing_clipped(wizard)
    with qtbot.waitSignal(wizard.imported):
        wizard.forward.click()
    assert wizard.step is Step.RESULT
    assert names(office) == {"Ani Contoh", "Budi Contoh"}
    assert_nothing_clipped(wizard)
    wizard.result_page.undo_button.click()
    assert not names(office)
    assert wizard.result_page.title.text() == "Impor diurungkan"


def test_a_change_shows_old_and_new(wizard: ImportWizard, office: Services, tmp_path: Path, qtbot: QtBot) -> None:
    office.exchange.apply(office.exchange.examine(book(tmp_path / "a.xlsx", ANI, BUDI)))
    wizard.read(
        book(tmp_path / "b.xlsx", {**ANI, "JABATAN": "Bidan Penyelia"}, BUDI, {**CITRA, "OPD": "Dinas Kesehatan"})
    )
    wizard.forward.click()
    cards = wizard.preview_page.cards
    assert [cards[fate].count for fate in (Fate.NEW, Fate.CHANGED, Fate.SAME)] == [1, 1, 1]
    cards[Fate.CHANGED].activated.emit()
    settle(qtbot)
    assert wizard.preview_page.table.rows.rowCount() == 1
    shown = [label.text() for label in wizard.preview_page.panel.findChildren(type(wizard.title_label))]
    assert "Bidan Mahir" in shown
    assert "Bidan Penyelia" in shown
    wizard.forward.click()
    assert len(names(office)) == 3


def test_numbers_of_citizens_are_masked(wizard: ImportWizard, tmp_path: Path, qtbot: QtBot) -> None:
    wizard.read(book(tmp_path / "a.xlsx", {**ANI, "NIK": "1112020522880001", "AGAMA": "ISLAM"}))
    wizard.forward.click()
    settle(qtbot)
    shown = [label.text() for label in wizard.preview_page.panel.findChildren(type(wizard.title_label))]
    assert "•••• 0001" in shown
    assert "(disembunyikan)" in shown, "a word is hidden whole, not broken"
    assert not any("slam" in text for text in shown)
    assert not any("1112020522880001" in text for text in shown)


def test_the_same_file_again_writes_nothing(wizard: ImportWizard, office: Services, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", ANI)
    office.exchange.apply(office.exchange.examine(path))
    operations = len(office.safety.history())
    wizard.read(path)
    wizard.forward.click()
    assert wizard.forward.text() == "Tutup"
    assert wizard.preview_page.cards[Fate.SAME].count == 1
    wizard.forward.click()
    assert not wizard.isVisible()
    assert len(office.safety.history()) == operations


def test_rows_in_question_wait_for_a_decision(
    wizard: ImportWizard, office: Services, tmp_path: Path, qtbot: QtBot, messages: MessageRecorder
) -> None:
    wizard.read(book(tmp_path / "a.xlsx", ANI, {**ANI, "JABATAN": "Bidan Penyelia"}, BUDI))
    wizard.forward.click()
    page = wizard.preview_page
    assert page.undecided == 2
    settle(qtbot)
    assert set(page.panel.answers) == {"use", SKIP}
    first, second = (row.key for row in page.plan.rows if row.fate is Fate.CONFLICT)
    page.choose([first], "use")
    assert page.choices == {first: "use", second: SKIP}, "one of two rows of the same person counts"
    page.choose([second], "use")
    assert page.choices == {first: SKIP, second: "use"}
    assert page.undecided == 0
    settle(qtbot)
    assert_nothing_clipped(wizard)
    wizard.forward.click()
    assert names(office) == {"Ani Contoh", "Budi Contoh"}


def test_undecided_rows_are_named_before_writing(
    wizard: ImportWizard, office: Services, tmp_path: Path, messages: MessageRecorder
) -> None:
    wizard.read(book(tmp_path / "a.xlsx", ANI, {**ANI, "JABATAN": "Bidan Penyelia"}, BUDI))
    wizard.forward.click()
    messages.answer(False)
    wizard.forward.click()
    assert wizard.step is Step.PREVIEW
    messages.answer(True)
    wizard.forward.click()
    assert messages.asked[0].startswith("2 baris belum diputuskan")
    assert names(office) == {"Budi Contoh"}


def test_a_heading_nobody_knows_can_be_mapped_and_is_remembered(
    wizard: ImportWizard, office: Services, tmp_path: Path
) -> None:
    strange = {**{key: value for key, value in ANI.items() if key != "JABATAN"}, "TUGAS POKOK": "Bidan Mahir"}
    path = book(tmp_path / "a.xlsx", strange)
    wizard.read(path)
    page = wizard.columns_page
    (column,) = (column for column, heading in wizard.plan.sheets[0].headings.items() if heading == "TUGAS POKOK")
    box = page.chooser(column)
    box.setCurrentIndex(box.findData("position"))
    box.activated.emit(box.currentIndex())
    assert wizard.forward.text() == "Baca ulang"
    wizard.forward.click()
    assert wizard.step is Step.PREVIEW
    assert wizard.plan.rows[0].values["position"] == "Bidan Mahir"
    wizard.forward.click()
    assert wizard.step is Step.RESULT
    assert office.exchange.examine(path).sheets[0].mapping[column] == "position"


def test_a_field_cannot_be_taken_from_two_columns(wizard: ImportWizard, tmp_path: Path) -> None:
    wizard.read(book(tmp_path / "a.xlsx", {**ANI, "TUGAS POKOK": "Bidan"}))
    (column,) = (column for column, heading in wizard.plan.sheets[0].headings.items() if heading == "TUGAS POKOK")
    box = wizard.columns_page.chooser(column)
    box.setCurrentIndex(box.findData("position"))
    box.activated.emit(box.currentIndex())
    assert not wizard.forward.isEnabled()
    assert "Jabatan" in wizard.columns_page.problem.text()


def test_rejected_rows_are_given_back(wizard: ImportWizard, tmp_path: Path, messages: MessageRecorder) -> None:
    wizard.read(book(tmp_path / "a.xlsx", ANI, {**BUDI, "NIP": int(BUDI["NIP"])}))
    wizard.forward.click()
    assert wizard.errors_button.isVisible()
    messages.answer(tmp_path / "perbaiki.xlsx")
    wizard.errors_button.click()
    assert (tmp_path / "perbaiki.xlsx").stat().st_size
    assert messages.notices[-1].startswith("1 baris tersimpan")


def test_a_refused_file_leaves_the_wizard_at_its_beginning(
    wizard: ImportWizard, tmp_path: Path, messages: MessageRecorder
) -> None:
    wizard.read(sheets(tmp_path / "a.xlsx", {"Rekap": [["REKAPITULASI"], ["Gol", "Jumlah"]]}))
    (error,) = messages.take_errors()
    assert error.code == "ASN-1321"
    assert wizard.step is Step.FILE


def test_a_dropped_file_is_read(wizard: ImportWizard, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(book(tmp_path / "a.xlsx", ANI)))])
    event = QDropEvent(
        QPointF(20, 20), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    wizard.file_page.drop.dropEvent(event)
    assert wizard.step is Step.COLUMNS


@pytest.fixture
def threads(bus: ChangeBus) -> Iterator[TaskRunner]:
    result = TaskRunner(bus, lambda error: pytest.fail(str(error)))
    yield result
    result.shutdown()


def test_reading_can_be_cancelled(
    office: Services, threads: TaskRunner, tmp_path: Path, qtbot: QtBot, messages: MessageRecorder
) -> None:
    wizard = ImportWizard(office, threads)
    qtbot.addWidget(wizard)
    wizard.show()
    gate = threading.Event()
    threads.run_read(lambda _progress: gate.wait(10))  # both readers are busy, so that the job has not begun yet
    threads.run_read(lambda _progress: gate.wait(10))
    wizard.read(book(tmp_path / "a.xlsx", ANI))
    assert wizard.step is Step.WORKING
    assert_nothing_clipped(wizard)
    wizard.reject()
    gate.set()
    qtbot.waitUntil(lambda: wizard.step is Step.FILE)
    assert messages.notices == ["Dihentikan. Data tidak berubah."]
    assert wizard.isVisible()


def test_a_cancelled_write_leaves_the_data_alone(
    wizard: ImportWizard, office: Services, tmp_path: Path, messages: MessageRecorder, runner: SynchronousRunner
) -> None:
    wizard.read(book(tmp_path / "a.xlsx", ANI))
    wizard.forward.click()
    runner.started.connect(lambda job: job.cancel())
    wizard.forward.click()
    assert wizard.step is Step.PREVIEW
    assert not names(office)


def staffed_with(office: Services, tmp_path: Path) -> None:
    office.exchange.apply(office.exchange.examine(listed(lambda _n, row: row)(tmp_path / "pegawai.xlsx")))


def test_questions_are_a_step_of_their_own(
    wizard: ImportWizard, office: Services, tmp_path: Path, qtbot: QtBot
) -> None:
    staffed_with(office, tmp_path)
    wizard.read(CASES["r09c"].build(tmp_path / "a.xlsx"))
    assert wizard.forward.text() == "Jawab pertanyaan"
    wizard.forward.click()
    assert wizard.step is Step.QUESTIONS
    settle(qtbot)
    assert_nothing_clipped(wizard)
    page = wizard.questions_page
    assert page.open_questions == 3
    page.answers_shown["DINAS UJI COBA REKAAN"].choose()
    settle(qtbot)
    first = page.table.row()
    assert first is not None
    assert first.label == "Dinas Uji Coba Rekaan", "the list stays where it is"
    page.choose_alike(first.question, first.answer)
    assert page.open_questions == 0
    wizard.forward.click()
    assert wizard.step is Step.PREVIEW
    assert wizard.plan.counts["same"] == len(PEOPLE)
    wizard.back.click()
    assert wizard.step is Step.QUESTIONS


def test_what_is_not_answered_waits_and_is_named(
    wizard: ImportWizard, office: Services, tmp_path: Path, qtbot: QtBot
) -> None:
    staffed_with(office, tmp_path)
    wizard.read(CASES["r18b"].build(tmp_path / "a.xlsx"))
    wizard.forward.click()
    wizard.forward.click()
    page = wizard.preview_page
    assert wizard.step is Step.PREVIEW
    assert (page.undecided, page.cards[Fate.CONFLICT].count) == (4, 4)
    settle(qtbot)
    assert_nothing_clipped(wizard)
    assert page.summary(next(row for row in page.plan.rows if row.waits)) == "Menunggu: PENSIUN"


def test_people_below_a_footer_are_one_question(
    wizard: ImportWizard, office: Services, tmp_path: Path, qtbot: QtBot
) -> None:
    headings = ["NAMA", "NIP", "JABATAN"]
    lines = [[person[key] for key in headings] for person in (ANI, BUDI, CITRA)]
    listed_below = [["Dewi Contoh", "198703032011012005", "Bidan"], ["Eko Contoh", "198104042006041006", "Bidan"]]
    wizard.read(sheets(tmp_path / "a.xlsx", {"Data": [headings, *lines, ["Catatan:"], *listed_below]}))
    wizard.forward.click()
    assert wizard.step is Step.QUESTIONS
    settle(qtbot)
    assert_nothing_clipped(wizard)
    page = wizard.questions_page
    assert page.open_questions == 1
    page.answers_shown["people"].choose()
    wizard.forward.click()
    assert wizard.plan.counts["new"] == 5
    wizard.forward.click()
    assert {"Dewi Contoh", "Eko Contoh"} <= names(office)


def test_a_hidden_sheet_comes_in_when_it_is_ticked(wizard: ImportWizard, office: Services, tmp_path: Path) -> None:
    wizard.read(CASES["r18a"].build(tmp_path / "a.xlsx"))
    sheets_list = wizard.columns_page.sheets
    ticks = [sheets_list.item(row).checkState() for row in range(2)]
    assert ticks == [Qt.CheckState.Checked, Qt.CheckState.Unchecked]
    assert "tersembunyi" in sheets_list.item(1).text()
    sheets_list.item(1).setCheckState(Qt.CheckState.Checked)
    assert wizard.forward.text() == "Baca ulang"
    wizard.forward.click()
    assert wizard.plan.counts["new"] == 5


def test_an_untouched_sheet_can_be_unticked(wizard: ImportWizard, tmp_path: Path) -> None:
    wizard.read(CASES["people who come"].build(tmp_path / "a.xlsx"))
    wizard.columns_page.sheets.item(1).setCheckState(Qt.CheckState.Unchecked)
    wizard.forward.click()
    assert (wizard.plan.counts["new"], wizard.plan.counts["ignored"]) == (2, 1)


def test_a_changed_row_can_be_left_out_and_taken_in_again(
    wizard: ImportWizard, office: Services, tmp_path: Path, qtbot: QtBot
) -> None:
    office.exchange.apply(office.exchange.examine(book(tmp_path / "a.xlsx", ANI, BUDI)))
    changed = [{**row, "JABATAN": "Arsiparis"} for row in (ANI, BUDI)]
    wizard.read(book(tmp_path / "b.xlsx", *changed))
    wizard.forward.click()
    page = wizard.preview_page
    settle(qtbot)
    assert page.panel.leave_button is not None
    page.panel.leave_button.click()
    settle(qtbot)
    assert wizard.forward.text() == "Terapkan 1 baris"
    assert len(page.places) == 2, "it stays in the list where it can be taken in again"
    assert (page.plan.counts["changed"], page.plan.counts["ignored"]) == (1, 1)
    page.panel.leave_button.click()
    settle(qtbot)
    assert wizard.forward.text() == "Terapkan 2 baris"
    page.panel.leave_button.click()
    settle(qtbot)
    assert_nothing_clipped(wizard)
    wizard.forward.click()
    rows = office.personnel.rows(office.personnel.ids(EmployeeSpec()))
    assert {row.name: row.position for row in rows} == {"Ani Contoh": ANI["JABATAN"], "Budi Contoh": "Arsiparis"}


def test_the_counts_of_decisions_agree(wizard: ImportWizard, tmp_path: Path) -> None:
    """A repeated row needs no decision; the card counts what still waits."""
    wizard.read(book(tmp_path / "a.xlsx", ANI, {**ANI, "JABATAN": "Bidan Penyelia"}, BUDI, BUDI))
    wizard.forward.click()
    page = wizard.preview_page
    assert (page.undecided, page.cards[Fate.CONFLICT].count, page.cards[Fate.IGNORED].count) == (2, 2, 1)
    first = next(row.key for row in page.plan.rows if row.fate is Fate.CONFLICT)
    page.choose([first], "use")
    assert (page.undecided, page.cards[Fate.CONFLICT].count) == (0, 0)


def test_samples_stand_beside_the_columns(wizard: ImportWizard, tmp_path: Path) -> None:
    wizard.read(book(tmp_path / "a.xlsx", {**ANI, "NIK": "1112020522880001"}, {**BUDI, "NIK": ""}))
    table = wizard.columns_page.table
    shown = {table.item(row, 1).text(): table.item(row, 2).text() for row in range(table.rowCount())}  # type: ignore[union-attr]
    assert shown["NAMA"] == "Ani Contoh · Budi Contoh"
    assert shown["NIK"] == "•••• 0001"


def test_the_next_file_follows_without_closing(wizard: ImportWizard, office: Services, tmp_path: Path) -> None:
    wizard.read(book(tmp_path / "a.xlsx", ANI))
    wizard.forward.click()
    wizard.forward.click()
    wizard.result_page.another_button.click()
    assert wizard.step is Step.FILE
    wizard.read(book(tmp_path / "b.xlsx", BUDI))
    wizard.forward.click()
    wizard.forward.click()
    assert names(office) == {"Ani Contoh", "Budi Contoh"}
