"""A quarter by hand in the real window: threads as in the program, a real encrypted file, real workbooks.

From the first start to the workbook for the province, then a whole import taken back with Ctrl+Z.
"""

# ruff: noqa: F811 - fixtures come in by import, because only this file of its folder opens windows
from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from asn_desktop.app import build_window
from asn_desktop.environment.logs import stop_log
from asn_desktop.environment.paths import OfficePaths, office_paths
from asn_desktop.gui import messages as messages_module
from asn_desktop.gui.appraisal.print_dialog import PrintDialog
from asn_desktop.gui.appraisal.tab import AppraisalTab
from asn_desktop.gui.change_bus import ChangeBus
from asn_desktop.gui.exchange.export_dialog import ExportDialog
from asn_desktop.gui.exchange.import_wizard import ImportWizard, Step
from asn_desktop.gui.remediation.form import PlanDialog
from asn_desktop.gui.remediation.tab import RemediationTab
from asn_desktop.gui.start.first_start import FirstStart, NextStep
from asn_desktop.gui.table_view import NoViewSettings
from asn_desktop.gui.tasks import SynchronousRunner, TaskRunner
from asn_desktop.gui.training.form import EventDialog
from asn_desktop.gui.training.people_dialog import PeopleDialog
from asn_desktop.gui.training.tab import TrainingTab
from asn_desktop.reports.preview import PreviewFile
from asn_desktop.sample import people
from asn_desktop.sample.workbooks import write_nominative
from asn_desktop.services import Services, close_office, open_office
from tests.conftest import fixed_clock

# The fixtures of the GUI tests: our look, recorded messages, nothing left open.
from tests.gui.conftest import bus, messages, nothing_left_open, our_application, runner  # noqa: F401
from tests.gui.recorder import MessageRecorder

PASSPHRASE = "meja kopi jendela"
TW3 = "2026-TW3"
RATED = 12
D = TypeVar("D", bound=QDialog)


class Clerk:
    """What a person does in one open window: press keys and buttons, wait until the window is at rest."""

    def __init__(self, services: Services, qtbot: QtBot, messages: MessageRecorder) -> None:
        self.bus = ChangeBus()
        self.runner = TaskRunner(self.bus, lambda error: messages_module.show_error(None, error))
        self.services, self.qtbot, self.messages = services, qtbot, messages
        self.window, self.shell = build_window(services, self.runner, self.bus, NoViewSettings())
        self.shell.watch(self.runner)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 728)
        self.window.show()
        self.window.activateWindow()
        self.rest()

    def until(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=120_000)

    def rest(self) -> None:
        """Until no work is under way and what it brought is shown."""
        QApplication.processEvents()
        self.until(lambda: not self.runner.busy)
        QApplication.processEvents()
        self.until(lambda: not self.runner.busy)

    def keys(self, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Keys go where the focus is, as from a real keyboard."""
        if QApplication.activeWindow() is None:  # offscreen nobody gives the focus back after a dialog
            self.window.activateWindow()
            self.until(self.window.isActiveWindow)
        for key in keys:
            target = QApplication.focusWidget() or self.window
            QTest.keyClick(target, key, modifier)

    def dialog(self, kind: type[D]) -> D:
        self.rest()
        (found,) = [each for each in self.window.findChildren(kind) if each.isVisible()]
        return found

    def in_modal(self, kind: type[D], act: Callable[[D], object], opener: Callable[[], object]) -> None:
        """Act inside a dialog whose ``exec`` blocks; it is closed afterwards, also when something fails."""
        failed: list[BaseException] = []

        def step() -> None:
            dialog = QApplication.activeModalWidget()
            try:
                assert isinstance(dialog, kind), dialog
                act(dialog)
            except BaseException as error:  # raised again below, outside Qt
                failed.append(error)
            finally:
                if isinstance(dialog, QDialog):
                    dialog.reject()

        QTimer.singleShot(0, step)
        opener()
        if failed:
            raise failed[0]

    def import_people(self, path: Path) -> ImportWizard:
        """Up to the preview; nothing is written yet."""
        wizard = self.shell.open_import("personnel")
        assert isinstance(wizard, ImportWizard)
        wizard.read(path)
        self.until(lambda: wizard.step is Step.COLUMNS)
        wizard.forward.click()
        self.until(lambda: wizard.step is Step.PREVIEW)
        self.rest()
        return wizard


@pytest.fixture
def home(tmp_path: Path) -> OfficePaths:
    return office_paths(tmp_path / "kantor")


@pytest.fixture
def nominative(tmp_path: Path) -> Path:
    """A print-style list of about sixty made-up people; two NIP were stored as numbers."""
    path = tmp_path / "daftar_nominatif.xlsx"
    write_nominative(path, people.make(60), date(2026, 9, 30), spoilt=(5, 40))
    return path


@pytest.fixture
def clerk(home: OfficePaths, runner: SynchronousRunner, qtbot: QtBot, messages: MessageRecorder) -> Iterator[Clerk]:
    """A clerk who has just been through the first start; 6 October 2026."""
    assert first_start(home, runner, qtbot) == NextStep.IMPORT
    services = open_office(home, "operator", PASSPHRASE, clock=fixed_clock)
    result = Clerk(services, qtbot, messages)
    yield result
    for dialog in result.window.findChildren(QDialog):
        dialog.close()
    result.window.close()
    result.runner.shutdown()
    close_office(services)
    stop_log()


def first_start(home: OfficePaths, runner: SynchronousRunner, qtbot: QtBot) -> str:
    """The four pages, by keyboard where there is something to type; the office is closed afterwards."""
    window = FirstStart(home, runner)
    qtbot.addWidget(window)
    window.show()
    page = window.office_page
    for field, text in ((page.name, "BKPSDM Kabupaten Contoh"), (page.code, "11.12"), (page.place, "Kota Contoh")):
        field.line.setFocus()
        QTest.keyClicks(field.line, text)
        QTest.keyClick(field.line, Qt.Key.Key_Tab)
    page.name.line.editingFinished.emit()
    window.forward.click()
    for part in (window.user_page.new.first, window.user_page.new.second):
        QTest.keyClicks(part.line, PASSPHRASE)
    window.forward.click()
    assert window.code_page.view is not None, window.office_page.agency.error
    window.code_page.view.tick.setChecked(True)
    window.forward.click()
    with qtbot.waitSignal(window.finished_with) as told:
        window.begin_page.choices["import"].chosen.emit("import")
    services, step = told.args
    close_office(services)
    stop_log()
    return str(step)


def test_satu_triwulan_dengan_tangan(clerk: Clerk, nominative: Path, tmp_path: Path) -> None:
    _import(clerk, nominative, tmp_path)
    tab = _open_and_rate(clerk)
    _print(clerk, tab, tmp_path / "C.1.3.pdf")
    person = _confirm_plan(clerk)
    _place_in_training(clerk, person)
    _export(clerk, tmp_path)


def _import(clerk: Clerk, nominative: Path, folder: Path) -> None:
    wizard = clerk.import_people(nominative)
    assert wizard.plan.counts["rejected"] == 2
    assert clerk.services.personnel.total() == 0, "nothing is written before Terapkan"
    clerk.messages.answer(folder / "perbaiki.xlsx")
    wizard.errors_button.click()
    clerk.rest()
    assert clerk.messages.notices[-1].startswith("2 baris tersimpan")
    wizard.forward.click()
    clerk.until(lambda: wizard.step is Step.RESULT)
    wizard.forward.click()
    clerk.rest()
    assert clerk.services.personnel.total() == wizard.plan.counts["new"]
    home: Any = clerk.window.tab("home")
    assert home.overview.people == clerk.services.personnel.total(), "Beranda follows"


def _open_and_rate(clerk: Clerk) -> AppraisalTab:
    """Open Triwulan III with its one button, then two ratings a person without the mouse."""
    clerk.keys(Qt.Key.Key_3, modifier=Qt.KeyboardModifier.ControlModifier)
    tab = clerk.window.tab("appraisal")
    assert isinstance(tab, AppraisalTab)
    clerk.rest()
    assert tab.empty.title_label.text() == "Triwulan III 2026 belum dibuka"
    assert tab.empty.button is not None
    tab.empty.button.click()
    clerk.until(lambda: len(tab.grid.model.ids) == clerk.services.personnel.total())
    clerk.until(lambda: QApplication.focusWidget() is tab.grid.table)
    for number in range(RATED):
        result = Qt.Key.Key_1 if number % 4 == 0 else Qt.Key.Key_2
        clerk.keys(result, Qt.Key.Key_Right, Qt.Key.Key_2, Qt.Key.Key_Left, Qt.Key.Key_Return)
    clerk.until(lambda: clerk.services.appraisal.progress_by_unit(TW3)[None].rated == RATED)
    clerk.until(lambda: tab.grid.state_label.text().startswith(f"{RATED} dari "))
    first = tab.grid.model.row_at(0)
    assert first is not None
    assert str(first.predicate) == "BUTUH_PERBAIKAN"
    return tab


def _print(clerk: Clerk, tab: AppraisalTab, target: Path) -> None:
    """C.1.3 of the person under the cursor, Ctrl+P; preview and file are the same."""
    tab.grid.go_to(0)
    person = tab.current
    assert person is not None

    def save(dialog: PrintDialog) -> None:
        clerk.until(lambda: dialog.view.count > 0)
        clerk.messages.answer(target)
        dialog.save()
        clerk.until(lambda: target.exists() and clerk.messages.notices[-1].endswith("disimpan: C.1.3.pdf"))

    clerk.in_modal(PrintDialog, save, lambda: clerk.keys(Qt.Key.Key_P, modifier=Qt.KeyboardModifier.ControlModifier))
    with PreviewFile(target) as pdf:
        text = " ".join(" ".join(pdf.text(number) for number in range(len(pdf))).split())
        assert pdf.page_size(0) == pytest.approx((330 / 25.4 * 72, 215 / 25.4 * 72), abs=1), "F4"
    for part in (
        person.name,
        person.nip or "NIP",
        "HASIL EVALUASI KINERJA PEGAWAI",
        "RATING HASIL KERJA* DIBAWAH EKSPEKTASI",
        "PREDIKAT KINERJA PEGAWAI* BUTUH PERBAIKAN",
        "PERIODE: TRIWULAN III",
    ):
        assert part in text, text


def _confirm_plan(clerk: Clerk) -> int:
    """The proposal that the low rating made becomes a plan; returns whose."""
    tab = clerk.window.go_to("remediation")
    assert isinstance(tab, RemediationTab)
    clerk.rest()
    tab.show_group("proposed")
    clerk.rest()
    assert tab.table.rows.rowCount() == RATED // 4
    detail = tab.panel.detail
    assert detail is not None
    tab.panel.confirm_button.click()
    form = clerk.dialog(PlanDialog)
    QTest.keyClicks(form.goal, "Laporan bulanan selesai tepat waktu")
    form.save_button.click()
    clerk.rest()
    assert not form.isVisible()
    assert clerk.messages.notices[-1].startswith("Rencana pembinaan ")
    assert clerk.messages.notices[-1].endswith(" ditetapkan.")
    (row,) = [each for each in clerk.services.remediation.plans() if each.id == detail.row.id]
    assert (str(row.state), row.steps > 0) == ("active", True)
    return int(detail.row.employee_id)


def _place_in_training(clerk: Clerk, person: int) -> None:
    tab = clerk.window.go_to("training")
    assert isinstance(tab, TrainingTab)
    clerk.rest()
    tab.show_month(2026, 11)
    tab.does.add_event(date(2026, 11, 10))
    form = clerk.dialog(EventDialog)
    QTest.keyClicks(form.name, "Bimtek Penyusunan Laporan")
    form.form.set_value("KL10")
    form.fields["competence"].binding.write("teknis")
    QTest.keyClicks(form.jp, "16")
    form.save_button.click()
    clerk.rest()
    assert not form.isVisible(), [field.error for field in form.fields.values()]
    tab.panel.add_button.click()
    people_dialog = clerk.dialog(PeopleDialog)
    people_dialog.table.tick_keys([person])
    assert people_dialog.add_people.text() == "Tambahkan 1 orang"
    people_dialog.add_people.click()
    clerk.rest()
    assert clerk.messages.notices[-1].startswith("1 peserta ditambahkan")
    (event,) = clerk.services.training.events()
    assert [row.employee_id for row in clerk.services.training.participants(event.id)] == [person]


def _export(clerk: Clerk, folder: Path) -> None:
    """Both workbooks; imported again they change nothing."""
    for kind, period, name in (("personnel", None, "PEGAWAI.xlsx"), ("ratings", TW3, "PREDIKAT.xlsx")):
        dialog = clerk.shell.open_export(kind)
        assert isinstance(dialog, ExportDialog)
        clerk.messages.answer(folder / name)
        dialog.save.click()
        clerk.rest()
        assert clerk.messages.notices[-1].endswith(f"baris tersimpan di {name}.")
        plan = clerk.services.exchange.examine(folder / name, kind, period)
        counts = dict(plan.counts)
        same = counts.pop("same")
        assert same > 0
        assert not any(counts[fate] for fate in ("new", "changed", "conflict", "rejected")), counts


def test_seluruh_impor_diurungkan_dengan_ctrl_z(clerk: Clerk, nominative: Path) -> None:
    units = len(clerk.services.reference.units())
    wizard = clerk.import_people(nominative)
    wizard.forward.click()
    clerk.until(lambda: wizard.step is Step.RESULT)
    wizard.forward.click()
    clerk.rest()
    imported = clerk.services.personnel.total()
    assert imported > 50
    assert len(clerk.services.reference.units()) > units, "the units of the list came with it"
    clerk.keys(Qt.Key.Key_2, modifier=Qt.KeyboardModifier.ControlModifier)
    tab: Any = clerk.window.tab("personnel")
    clerk.until(lambda: len(tab.page.model.ids) == imported)
    clerk.until(clerk.window.undo_action.isEnabled)
    clerk.keys(Qt.Key.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)
    clerk.until(lambda: clerk.services.personnel.total() == 0)
    clerk.until(lambda: not tab.page.model.ids)
    assert clerk.messages.notices[-1] == "Diurungkan: “Impor daftar_nominatif.xlsx”"
    assert len(clerk.services.reference.units()) == units
    clerk.until(clerk.window.redo_action.isEnabled)
    clerk.keys(Qt.Key.Key_Y, modifier=Qt.KeyboardModifier.ControlModifier)
    clerk.until(lambda: len(tab.page.model.ids) == imported)
