"""Signing in: the right passphrase, the wrong one, the forgotten one, and a damaged file."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from asn_desktop.environment.logs import stop_log
from asn_desktop.environment.paths import OfficePaths
from asn_desktop.environment.preferences import Preferences
from asn_desktop.gui.start.recovery import RecoveryWindow
from asn_desktop.gui.start.sign_in import SignIn, wait_after
from asn_desktop.gui.tasks import SynchronousRunner
from asn_desktop.services import DamagedOffice, Services, close_office, open_office
from tests.conftest import PASSPHRASE, USER
from tests.gui.layout import assert_nothing_clipped
from tests.gui.recorder import MessageRecorder


@pytest.fixture
def window(office_home: OfficePaths, runner: SynchronousRunner, qtbot: QtBot) -> SignIn:
    result = SignIn(office_home, runner, Preferences(office_home.settings))
    qtbot.addWidget(result)
    result.show()
    return result


def enter(window: SignIn, passphrase: str) -> None:
    window.page.passphrase.line.setText(passphrase)
    window.enter.click()


def test_the_right_passphrase_opens_and_the_name_is_remembered(
    window: SignIn, office_home: OfficePaths, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.opened) as told:
        enter(window, PASSPHRASE)
    (services,) = told.args
    assert isinstance(services, Services)
    close_office(services)
    stop_log()
    remembered = Preferences(office_home.settings)
    assert (remembered.text("last_user"), remembered.text("office")) == (USER, "BKPSDM Kabupaten Contoh")
    assert not window.isVisible()


def test_a_wrong_passphrase_is_said_in_place_and_changes_nothing(window: SignIn, office_home: OfficePaths) -> None:
    before = office_home.database.read_bytes()
    enter(window, "bukan ini")
    assert window.page.passphrase.error == "Kata sandi tidak cocok. Data tidak dibuka dan tidak berubah."
    assert window.isVisible()
    assert window.enter.isEnabled()
    assert office_home.database.read_bytes() == before
    assert_nothing_clipped(window)


def test_guessing_becomes_slower() -> None:
    assert [wait_after(n) for n in (1, 4, 5, 6, 7, 8, 9, 50)] == [0, 0, 5, 10, 20, 40, 60, 60]


def test_after_five_failures_the_button_waits(window: SignIn) -> None:
    for _try in range(5):
        enter(window, "bukan ini")
    assert not window.enter.isEnabled()
    assert window.page.passphrase.error.endswith("Coba lagi dalam 5 detik.")
    for _second in range(5):
        window._count_down()
    assert window.enter.isEnabled()
    assert window.waiting == 0


@pytest.mark.parametrize(
    "text, shift, on", [("a", False, False), ("A", True, False), ("A", False, True), ("a", True, True)]
)
@pytest.mark.posix_only
def test_caps_lock_is_noticed(window: SignIn, text: str, shift: bool, on: bool) -> None:
    line = window.page.passphrase.line
    modifier = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(line, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, modifier, text))
    assert window.page.passphrase.caps.isVisible() is on


def test_a_wrong_recovery_code_is_said_at_the_field(window: SignIn) -> None:
    window.page.forgot.click()
    window.code_page.code.line.setText("ABCDE")
    window.enter.click()
    assert "30 huruf" in window.code_page.code.error
    window.code_page.code.line.setText("ABCDE-" * 6)
    window.code_page.new.first.line.setText("kata sandi baru")
    window.code_page.new.second.line.setText("kata sandi baru")
    window.enter.click()
    assert window.code_page.code.error.startswith("Kode pemulihan tidak cocok")
    assert_nothing_clipped(window)


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[20_000:20_400] = b"\xff" * 400
    path.write_bytes(bytes(content))


@pytest.fixture
def damaged_home(office_home: OfficePaths) -> OfficePaths:
    """An office with one good backup whose file was damaged, and which was not closed properly."""
    services = open_office(office_home, USER, PASSPHRASE)
    services.safety.back_up()
    close_office(services)
    stop_log()
    damage(office_home.database)
    office_home.lock.write_bytes(b"terbuka")
    return office_home


def test_a_damaged_file_is_put_back_from_the_newest_good_backup(
    damaged_home: OfficePaths, runner: SynchronousRunner, qtbot: QtBot, messages: MessageRecorder, tmp_path: Path
) -> None:
    sign_in = SignIn(damaged_home, runner, Preferences(damaged_home.settings))
    qtbot.addWidget(sign_in)
    sign_in.show()
    with qtbot.waitSignal(sign_in.damaged) as told:
        enter(sign_in, PASSPHRASE)
    problem, user, passphrase = told.args
    assert isinstance(problem, DamagedOffice)
    assert problem.backup is not None
    window = RecoveryWindow(damaged_home, user, passphrase, problem, runner)
    qtbot.addWidget(window)
    window.show()
    assert_nothing_clipped(window)
    assert window.chosen is not None
    assert window.chosen.path == problem.backup.path
    messages.answer(tmp_path / "laporan.txt")
    window._save_report()
    report = (tmp_path / "laporan.txt").read_text(encoding="utf-8")
    assert problem.code in report
    assert problem.backup.path.name in report
    with qtbot.waitSignal(window.opened) as opened:
        window.restore_button.click()
    (services,) = opened.args
    assert services.safety.check().sound
    close_office(services)
    stop_log()
    assert list(damaged_home.home.glob("asn-diganti-*.db")), "the damaged file is kept"
