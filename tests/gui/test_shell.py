"""The window of an open office: head, search, undo, dialogs; and one whole run of the program."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QDialog, QTabBar
from pytestqt.qtbot import QtBot

from asn_desktop.accounts import keyfile
from asn_desktop.app import Program, build_window
from asn_desktop.core.indonesian import format_moment
from asn_desktop.environment.logs import stop_log
from asn_desktop.environment.paths import OfficePaths, office_paths
from asn_desktop.environment.preferences import Preferences
from asn_desktop.gui import theme
from asn_desktop.gui.backup_dialog import BackupDialog, RestoreDialog
from asn_desktop.gui.change_bus import ChangeBus
from asn_desktop.gui.exchange.export_dialog import ExportDialog
from asn_desktop.gui.exchange.import_wizard import ImportWizard, Step
from asn_desktop.gui.history_dialog import HistoryDialog
from asn_desktop.gui.looks import apply_look
from asn_desktop.gui.main_window import MainWindow
from asn_desktop.gui.settings_dialog import SettingsDialog
from asn_desktop.gui.shell import Shell, plain_label
from asn_desktop.gui.start.first_start import FirstStart
from asn_desktop.gui.start.sign_in import SignIn
from asn_desktop.gui.table_view import NoViewSettings
from asn_desktop.gui.tasks import SynchronousRunner
from asn_desktop.gui.widgets import Chip
from asn_desktop.remediation.queries import PlanGroup
from asn_desktop.services import Services, close_office, open_office
from asn_desktop.storage.engine import open_engine
from tests.conftest import PASSPHRASE, USER
from tests.gui.layout import assert_nothing_clipped
from tests.gui.recorder import MessageRecorder
from tests.integration.exchange.books import ANI, BUDI, book

SMALLEST = QSize(911, 480)
"""What 1366×768 at 150 % leaves for a window between its title and the task bar."""


def open_shell(services: Services, runner: SynchronousRunner, bus: ChangeBus, qtbot: QtBot) -> Shell:
    window, shell = build_window(services, runner, bus, NoViewSettings())
    shell.watch(runner)
    qtbot.addWidget(window)
    window.resize(1366, 728)
    window.show()
    return shell


@pytest.fixture
def shell(district: Services, runner: SynchronousRunner, bus: ChangeBus, qtbot: QtBot) -> Iterator[Shell]:
    result = open_shell(district, runner, bus, qtbot)
    yield result
    for dialog in result.window.findChildren(QDialog):
        dialog.close()


def test_the_head_says_whose_office_this_is(shell: Shell) -> None:
    header = shell.window.header
    assert header.office.full_text == "BKPSDM Kabupaten Contoh"
    assert header.sample_chip.isVisible()
    assert header.period == "2026-TW3", "the quarter that is due is offered before it was opened"
    assert shell.window.status.saved.text() == "Tersimpan 10.42"
    assert_nothing_clipped(shell.window)


def test_every_quarter_of_the_years_in_reach_can_be_chosen_and_opened(shell: Shell, messages: MessageRecorder) -> None:
    today = shell.services.appraisal.today
    periods = shell.window.header.periods
    codes = [periods.itemData(place) for place in range(periods.count())]
    wanted = [
        f"{year}-{short}" for year in (today.year, today.year - 1) for short in ("TAHUNAN", "TW4", "TW3", "TW2", "TW1")
    ]
    assert codes == wanted
    first = f"{today.year}-TW1"
    assert stated(shell, first) == "belum dibuka"
    shell.set_period(first)
    tab = shell.go_to("appraisal")
    tab.empty.button.click()
    assert shell.services.appraisal.period(first) is not None
    assert stated(shell, first) == "dibuka"
    shell.services.appraisal.close_period(first)
    shell._show_periods()
    assert stated(shell, first) == "ditutup"
    assert shell.window.header.period == first, "the choice stays"


def test_a_quarter_that_has_not_begun_is_opened_only_when_meant(
    shell: Shell, messages: MessageRecorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = datetime(2026, 5, 4, 9, tzinfo=UTC)
    monkeypatch.setattr(shell.services.database, "clock", lambda: day)
    shell._show_periods()
    assert stated(shell, "2026-TW4") == "mulai 1 Oktober 2026"
    shell.set_period("2026-TW4")
    tab = shell.go_to("appraisal")
    messages.answer(False)
    tab.empty.button.click()
    assert shell.services.appraisal.period("2026-TW4") is None
    messages.answer(True)
    tab.empty.button.click()
    assert shell.services.appraisal.period("2026-TW4") is not None


def stated(shell: Shell, code: str) -> str:
    """The state of a period as its line in the opened picker ends."""
    periods = shell.window.header.periods
    place = periods.findData(code)
    return str(periods.itemData(place, Qt.ItemDataRole.AccessibleTextRole)).removeprefix(periods.itemText(place) + ", ")


def test_an_import_appears_everywhere_and_ctrl_z_takes_it_back(
    office: Services, runner: SynchronousRunner, bus: ChangeBus, qtbot: QtBot, tmp_path: Path, messages: MessageRecorder
) -> None:
    shell = open_shell(office, runner, bus, qtbot)
    wizard = shell.open_import("personnel")
    assert isinstance(wizard, ImportWizard)
    wizard.read(book(tmp_path / "nominatif.xlsx", ANI, BUDI))
    wizard.forward.click()
    wizard.forward.click()
    wizard.forward.click()
    assert office.personnel.total() == 2
    assert "nominatif.xlsx" in shell.window.undo_action.text()
    shell.window.undo_action.trigger()
    assert office.personnel.total() == 0
    assert messages.notices[-1] == "Diurungkan: “Impor nominatif.xlsx”"
    shell.window.redo_action.trigger()
    assert office.personnel.total() == 2
    assert messages.notices[-1] == "Diulangi: “Impor nominatif.xlsx”"


def test_a_workbook_from_outside_is_read_at_once_and_written_only_when_wanted(
    office: Services, runner: SynchronousRunner, bus: ChangeBus, qtbot: QtBot, tmp_path: Path
) -> None:
    shell = open_shell(office, runner, bus, qtbot)
    shell.receive(book(tmp_path / "dari unit kerja.xlsx", ANI, BUDI))
    (wizard,) = shell.window.findChildren(ImportWizard)
    assert wizard.step is Step.COLUMNS
    wizard.forward.click()
    assert len(wizard.plan.rows) == 2
    assert office.personnel.total() == 0
    wizard.close()


def test_the_search_finds_people_and_units_and_goes_there(shell: Shell) -> None:
    units = [unit for unit in shell.services.reference.units() if unit.kind == "OPD"]
    hits = shell.find(units[0].name[:14])
    assert any(hit.kind == "unit" for hit in hits)
    person = shell.services.personnel.find_people("a", 1)[0]
    (hit,) = [hit for hit in shell.find(person.nip or "") if hit.kind == "employee"]
    shell.open_hit(hit)
    assert shell.window.current_key == "personnel"


@pytest.mark.parametrize("large", [False, True])
def test_every_dialog_shows_its_whole_text(shell: Shell, qtbot: QtBot, large: bool) -> None:
    if large:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply_look(app, theme.variant(large_text=True))
    shell.services.safety.back_up()
    pages = ("office", "rules", "users", "passphrase", "look")
    dialogs = [
        shell.open_import(),
        shell.open_export(),
        shell.open_export("ratings"),
        shell.open_backups(),
        shell.open_history(),
        *(shell.open_settings(page) for page in pages),
        shell.open_about(),
        shell.open_about("news"),
    ]
    for dialog in dialogs:
        qtbot.wait(1)
        assert_nothing_clipped(dialog)
        if not large:
            dialog.resize(SMALLEST)
            qtbot.wait(1)
            assert dialog.size() == SMALLEST, dialog.windowTitle()
            assert_nothing_clipped(dialog)
        dialog.close()


def test_exports_come_back_without_changes(shell: Shell, tmp_path: Path, messages: MessageRecorder) -> None:
    dialog = shell.open_export()
    assert isinstance(dialog, ExportDialog)
    messages.answer(tmp_path / "PEGAWAI.xlsx")
    dialog.save.click()
    assert messages.notices[-1] == "200 baris tersimpan di PEGAWAI.xlsx."
    plan = shell.services.exchange.examine(tmp_path / "PEGAWAI.xlsx")
    assert plan.counts["same"] == 200


def test_one_step_of_the_history_is_taken_back(shell: Shell, messages: MessageRecorder) -> None:
    shell.services.reference.save_office("BKPSDM Baru", "Pemerintah Kabupaten Contoh", "Blangpidie")
    dialog = shell.open_history()
    assert isinstance(dialog, HistoryDialog)
    row = dialog.table.row()
    assert row is not None
    assert dialog.state_of(row)[0] == "Berlaku"
    messages.answer(True)
    dialog.take_back.click()
    assert shell.services.reference.office().name == "BKPSDM Kabupaten Contoh"
    assert shell.window.header.office.full_text == "BKPSDM Kabupaten Contoh"
    dialog.table.select_id(row.id)
    assert dialog.state_of(dialog.table.row())[0] == "Diurungkan"
    assert not dialog.take_back.isEnabled()
    setting_up = next(each for each in dialog._rows.values() if not each.undoable)
    assert dialog.reason_not_undoable(setting_up)


def test_settings_put_the_code_right_until_something_was_exchanged(
    shell: Shell, messages: MessageRecorder, tmp_path: Path
) -> None:
    dialog = shell.open_settings()
    assert isinstance(dialog, SettingsDialog)
    page = dialog.office
    page.code.line.setText("11")
    page._save()
    assert page.code.error.startswith("11 adalah kode Provinsi Aceh")
    page.code.line.setText("11.13")
    messages.answer(False)
    page._save()
    assert shell.services.reference.office().code == "11.12"
    messages.answer(True)
    page._save()
    assert shell.services.reference.office().code == "11.13"
    assert "11.12" in messages.asked[-1]
    assert "Kabupaten di Aceh" in messages.asked[-1]
    dialog.close()
    shell.services.packages.send(tmp_path / "paket.xlsx", "11")
    again = shell.open_settings()
    assert isinstance(again, SettingsDialog)
    assert not again.office.code.line.isEnabled()
    assert not again.office.role.isEnabled()
    assert_nothing_clipped(again)


def test_an_office_that_becomes_a_province_gets_its_tabs(shell: Shell, messages: MessageRecorder) -> None:
    assert not shell.go_to("exchange").is_province
    dialog = shell.open_settings()
    assert isinstance(dialog, SettingsDialog)
    dialog.office.role.choose("province")
    dialog.office.code.line.setText("11")
    messages.answer(True)
    dialog.office._save()
    assert shell.services.reference.office().role == "province"
    assert shell.go_to("exchange").is_province


def test_settings_change_the_office_and_add_a_colleague(shell: Shell, messages: MessageRecorder) -> None:
    dialog = shell.open_settings()
    assert isinstance(dialog, SettingsDialog)
    dialog.office.name.line.setText("BKPP Kabupaten Contoh")
    dialog.office._save()
    assert shell.window.header.office.full_text == "BKPP Kabupaten Contoh"
    dialog.office.place.line.setText(" ")
    dialog.office._save()
    assert dialog.office.place.error
    colleague = dialog.users.add()
    colleague.full_name.line.setText("Ani Contoh")
    colleague.name.line.setText("ani")
    for field in (colleague.new.first, colleague.new.second):
        field.line.setText("pagi siang sore")
    assert_nothing_clipped(colleague)
    colleague._save()
    assert {row.name for row in shell.services.accounts.users()} == {"operator", "ani"}
    dialog.passphrase.old.line.setText("bukan ini")
    for field in (dialog.passphrase.new.first, dialog.passphrase.new.second):
        field.line.setText("pagi siang sore")
    dialog.passphrase._save()
    assert dialog.passphrase.old.error


def test_a_rule_gets_a_new_value_with_its_source(shell: Shell, messages: MessageRecorder) -> None:
    dialog = shell.open_settings("rules")
    assert isinstance(dialog, SettingsDialog)
    page = dialog.rules
    page.table.select_id(("jp.minimum_pns", "2022-01-01"))
    page.edit()
    (editor,) = page.findChildren(QDialog)
    assert_nothing_clipped(editor)
    editor.value.line.setText("dua puluh")  # type: ignore[attr-defined]
    editor._check()  # type: ignore[attr-defined]
    assert editor.value.error  # type: ignore[attr-defined]
    editor.value.line.setText("24")  # type: ignore[attr-defined]
    editor._check()  # type: ignore[attr-defined]
    assert shell.services.reference.number("jp.minimum_pns") == 24


def test_going_back_to_a_backup_asks_for_the_passphrase(shell: Shell, qtbot: QtBot) -> None:
    dialog = shell.open_backups()
    assert isinstance(dialog, BackupDialog)
    dialog.make.click()
    assert dialog.model.rowCount() == 1
    dialog._restore()
    (question,) = dialog.findChildren(RestoreDialog)
    assert_nothing_clipped(question)
    question.passphrase.line.setText("bukan ini")
    question._check()
    assert question.passphrase.error
    assert question.passphrase.line.hasFocus() or not question.isActiveWindow()
    question.passphrase.line.setText(PASSPHRASE)
    with qtbot.waitSignal(shell.restore_wanted) as told:
        qtbot.keyClick(question.passphrase.line, Qt.Key.Key_Return)
    path, passphrase = told.args
    assert path.exists()
    assert passphrase == PASSPHRASE


def test_the_help_details_name_nobody(shell: Shell) -> None:
    text = shell.open_about().details()  # type: ignore[attr-defined]
    assert "200 pegawai" in text
    assert shell.services.reference.office().name not in text


def test_a_label_of_an_undo_is_read_without_its_prefix() -> None:
    assert plain_label("Urungkan: Impor a.xlsx") == "Impor a.xlsx"
    assert plain_label("Impor: a") == "Impor: a"


def test_preferences_survive_and_a_broken_file_means_none(tmp_path: Path) -> None:
    path = tmp_path / "tampilan.json"
    first = Preferences(path)
    first.write("table.pegawai", {"widths": {"name": 200}})
    first.set(last_user="ani")
    assert Preferences(path).read("table.pegawai") == {"widths": {"name": 200}}
    assert Preferences(path).text("last_user") == "ani"
    path.write_text("{ rusak", encoding="utf-8")
    assert Preferences(path).read("table.pegawai") == {}


def front(program: Program, kind: type) -> bool:
    return isinstance(program._front, kind)


def test_a_whole_run_from_first_start_to_the_next_sign_in(
    our_application: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    messages: MessageRecorder,
) -> None:  # fmt: skip
    paths = office_paths(tmp_path / "kantor")
    ended: list[bool] = []
    monkeypatch.setattr(our_application, "quit", lambda: ended.append(True))
    program = Program(our_application, paths, Preferences(paths.settings))
    program.begin()
    first = program._front
    assert isinstance(first, FirstStart)
    page = first.office_page
    for field, text in (
        (page.name, "BKPSDM Contoh"),
        (page.agency, "Pemkab Contoh"),
        (page.code, "11.12"),
        (page.place, "B"),
    ):
        field.line.setText(text)
    first.forward.click()
    for field2 in (first.user_page.new.first, first.user_page.new.second):
        field2.line.setText("meja kopi jendela")
    first.forward.click()
    qtbot.waitUntil(lambda: first.code_page.view is not None)
    assert first.code_page.view is not None
    first.code_page.view.tick.setChecked(True)
    first.forward.click()
    first.begin_page.choices["empty"].chosen.emit("empty")
    assert front(program, MainWindow)
    assert program.shell is not None
    shell = program.shell
    services = shell.services
    program.runner.run_write(lambda _p: services.reference.save_office("BKPP Contoh", "Pemkab Contoh", "B"))
    qtbot.waitUntil(lambda: shell.window.header.office.full_text == "BKPP Contoh")
    shell.sign_out_wanted.emit()
    qtbot.waitUntil(lambda: front(program, SignIn))
    assert [path.name for path in paths.backups.glob("*-keluar.cadangan")], "something changed: a backup was made"
    sign_in = program._front
    assert isinstance(sign_in, SignIn)
    assert sign_in.title_label.text() == "BKPSDM Contoh"
    sign_in.page.passphrase.line.setText("meja kopi jendela")
    sign_in.enter.click()
    qtbot.waitUntil(lambda: front(program, MainWindow))
    qtbot.waitUntil(lambda: not program.runner.busy)
    assert program.shell is not None
    newest = program.shell.services.safety.backups()[0]
    program.shell.restore_wanted.emit(newest.path, "meja kopi jendela")
    qtbot.waitUntil(lambda: bool(messages.informed))
    assert messages.informed[0].startswith("Data sudah dipulihkan Data kantor kembali seperti pada ")
    assert program.shell.services.safety.history(1)[0].label == "Data dipulihkan dari cadangan"
    qtbot.waitUntil(lambda: not program.runner.busy)
    window = program._front
    assert isinstance(window, MainWindow)
    window.close()
    assert ended, "nothing changed: closed at once"
    assert len(list(paths.backups.glob("*-keluar.cadangan"))) == 1
    program.runner.shutdown()
    stop_log()


@contextmanager
def run_program(application: QApplication, paths: OfficePaths, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    monkeypatch.setattr(application, "quit", lambda: None)
    program = Program(application, paths, Preferences(paths.settings))
    try:
        program.begin()
        yield program
    finally:
        program._quit()
        program.runner.shutdown()


def test_a_set_up_that_an_older_program_left_half_done_begins_anew(
    our_application: QApplication,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    messages: MessageRecorder,
) -> None:
    paths = office_paths(tmp_path / "kantor")
    paths.create()
    engine = open_engine(paths.database, keyfile.create(paths.key_file, USER, PASSPHRASE).data_key)
    engine.connect().close()
    engine.dispose()  # a file that is open cannot be renamed on Windows
    with run_program(our_application, paths, monkeypatch) as program:
        sign_in = program.front
        assert isinstance(sign_in, SignIn)
        sign_in.page.passphrase.line.setText(PASSPHRASE)
        sign_in.enter.click()
        qtbot.waitUntil(lambda: front(program, FirstStart), timeout=20_000)
        assert "Penyiapan kantor terputus" in messages.informed[0]
        assert not paths.exists
        assert list(paths.home.glob("kunci-diganti-*.json")), "renamed, not removed"


@pytest.mark.parametrize("agreed", [True, False])
def test_a_damaged_key_file_is_put_back_from_beside_the_backups(
    our_application: QApplication,
    office_home: OfficePaths,
    monkeypatch: pytest.MonkeyPatch,
    messages: MessageRecorder,
    agreed: bool,
) -> None:
    services = open_office(office_home, USER, PASSPHRASE)
    services.safety.back_up()
    close_office(services)
    office_home.key_file.write_bytes(b"rusak")
    messages.answer(agreed)
    with run_program(our_application, office_home, monkeypatch) as program:
        assert "rusak" in messages.asked[0]
        assert front(program, SignIn) is agreed
        assert (office_home.key_file.read_bytes() == b"rusak") is not agreed
    stop_log()


def test_a_lost_key_file_without_a_copy_is_told_and_the_program_ends(
    our_application: QApplication, office_home: OfficePaths, monkeypatch: pytest.MonkeyPatch, messages: MessageRecorder
) -> None:
    messages.expect_errors = True
    office_home.key_file.unlink()
    with run_program(our_application, office_home, monkeypatch) as program:
        assert messages.take_errors()[0].code == "ASN-1422"
        assert program.front is None


def test_an_anchor_that_disagrees_is_told_once_the_window_is_there(shell: Shell, messages: MessageRecorder) -> None:
    shell.verify()
    assert not messages.errors
    messages.expect_errors = True
    shell.services.paths.anchor.write_text('{"operation": 9999, "hash": "aa"}', encoding="utf-8")
    shell.verify()
    assert messages.take_errors()[0].code == "ASN-1438"


def test_a_new_recovery_code_is_shown_until_it_was_noted(shell: Shell, messages: MessageRecorder) -> None:
    settings = shell.open_settings("passphrase")
    assert isinstance(settings, SettingsDialog)
    assert_nothing_clipped(settings)
    dialog = settings.passphrase.open_new_code()
    assert_nothing_clipped(dialog)
    before = shell.services.paths.key_file.read_bytes()
    dialog.passphrase.line.setText("bukan ini")
    dialog.make.click()
    assert "Kode lama tetap berlaku" in dialog.passphrase.error
    assert shell.services.paths.key_file.read_bytes() == before
    dialog.passphrase.line.setText(PASSPHRASE)
    dialog.make.click()
    assert dialog.view is not None
    assert_nothing_clipped(dialog)
    opened = keyfile.unlock_with_code(shell.services.paths.key_file, dialog.view.code)
    assert opened == shell.services.data_key
    assert not dialog.done_button.isEnabled()
    messages.answer(False)
    dialog.reject()
    assert dialog.isVisible()
    assert "Kode lama tidak berlaku lagi" in messages.asked[-1]
    dialog.view.tick.setChecked(True)
    dialog.done_button.click()
    assert not dialog.isVisible()


@pytest.mark.parametrize("large", [False, True])
def test_the_longest_moment_has_room_in_the_history(shell: Shell, large: bool) -> None:
    apply_look(QApplication.instance(), theme.variant(large_text=large))  # type: ignore[arg-type]
    dialog = shell.open_history()
    assert isinstance(dialog, HistoryDialog)
    keys = [column.key for column in dialog.table.paged.columns]
    text = format_moment(datetime(2026, 9, 30, 20, 28, tzinfo=UTC))
    needed = dialog.table.fontMetrics().horizontalAdvance(text) + theme.tokens().px(24)
    assert dialog.table.columnWidth(keys.index("when")) >= needed, text


def test_the_badge_of_plans_counts_what_waits_and_what_is_late(shell: Shell) -> None:
    groups = dict.fromkeys(PlanGroup, 0) | {PlanGroup.PROPOSED: 2, PlanGroup.RUNNING: 40, PlanGroup.LATE: 3}
    shell._show_badges((groups, shell.services.package_reminders()))
    names = [spec.key for spec in shell.window._specs]
    badge = shell.window.tabs.tabButton(names.index("remediation"), QTabBar.ButtonPosition.RightSide)
    assert [chip.text for chip in badge.findChildren(Chip)] == ["5"]
