"""What is said to the person: sentence, safety, next step, code; and who may say it."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

import asn_desktop.gui
from asn_desktop.core.errors import Cancelled, DatabaseDamaged, EnvironmentProblem, InputError
from asn_desktop.environment.preferences import Preferences
from asn_desktop.gui import folders
from asn_desktop.gui import messages as spoken
from asn_desktop.gui.crash import CrashDialog, ExceptHook
from asn_desktop.gui.folders import Place
from asn_desktop.gui.message_windows import MessageDialog, Toast, WindowMessenger, error_details
from asn_desktop.gui.messages import Option, error_text
from tests.gui.layout import assert_nothing_clipped
from tests.gui.recorder import MessageRecorder


def test_only_the_message_modules_open_message_boxes() -> None:
    folder = Path(asn_desktop.gui.__file__).parent
    allowed = {"messages.py", "message_windows.py", "qt_strings.py"}
    speaking = ("QMessageBox", "QInputDialog", "QErrorMessage", "QFileDialog")
    found = [
        f"{path.name}: {word}"
        for path in folder.rglob("*.py")
        if path.name not in allowed
        for word in speaking
        if word in path.read_text(encoding="utf-8")
    ]
    assert found == []


def test_a_persons_error_says_what_happened_that_data_is_safe_and_what_next() -> None:
    text = error_text(EnvironmentProblem("Disk penuh.", "Kosongkan ruang, lalu coba lagi.", code="ASN-1401"))
    assert text.title == "Disk penuh."
    assert text.safety == "Data yang sudah tersimpan tetap aman."
    assert text.hint == "Kosongkan ruang, lalu coba lagi."
    assert text.code == "ASN-1401"


def test_damage_is_not_called_safe() -> None:
    assert "aman" not in error_text(DatabaseDamaged("Berkas data rusak.")).safety
    assert error_text(InputError("Nama belum diisi.")).safety == "Data Anda aman dan tidak berubah."


def test_our_own_mistake_is_an_apology_without_a_traceback() -> None:
    text = error_text(ZeroDivisionError("division by zero"))
    assert "Maaf" in text.title
    assert "division" not in f"{text.title} {text.safety} {text.hint}"


def test_cancelling_is_not_an_error(messages: MessageRecorder) -> None:
    spoken.show_error(None, Cancelled())
    assert messages.errors == []


def test_the_error_window_shows_everything_and_copies_details(qtbot: QtBot) -> None:
    seen: list[str] = []

    def read_and_close() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, MessageDialog)
        seen.extend(label.text() for label in box.findChildren(QLabel))
        assert_nothing_clipped(box)
        next(b for b in box.findChildren(QPushButton) if b.text() == "Salin rincian").click()
        box.accept()

    QTimer.singleShot(50, read_and_close)
    WindowMessenger().error(None, error_text(KeyError("nip")), KeyError("nip"))
    assert "Kode: ASN-9000" in seen
    assert any(text.startswith("Data Anda aman") for text in seen)
    assert "KeyError" in QApplication.clipboard().text()


def test_answers_are_verbs_and_escape_means_no(qtbot: QtBot) -> None:
    def press_escape() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, MessageDialog)
        assert {b.text() for b in box.findChildren(QPushButton)} == {"Batal", "Tutup triwulan"}
        qtbot.keyClick(box, Qt.Key.Key_Escape)

    QTimer.singleShot(50, press_escape)
    options = [Option("no", "Batal"), Option("yes", "Tutup triwulan", "primary")]
    assert WindowMessenger().choose(None, "Tutup triwulan?", "8 pegawai belum dinilai.", options) is None


def test_a_reason_is_asked_until_something_is_written(qtbot: QtBot) -> None:
    def write() -> None:
        box = QApplication.activeModalWidget()
        assert box is not None
        save = next(b for b in box.findChildren(QPushButton) if b.text() == "Nonaktifkan")
        assert not save.isEnabled()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)  # on a busy machine not yet after 50 ms
        qtbot.keyClicks(QApplication.focusWidget(), "  Pindah instansi ")
        assert save.isEnabled()
        assert_nothing_clipped(box)
        save.click()

    QTimer.singleShot(50, write)
    answer = WindowMessenger().ask_text(
        None, "Nonaktifkan pegawai?", "Alasan", text="", action="Nonaktifkan", required=True, lines=3
    )
    assert answer == "Pindah instansi"


def test_a_notice_offers_to_undo_and_replaces_the_one_before(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 500)
    window.show()
    undone: list[bool] = []
    WindowMessenger().notify(window, "Pegawai dinonaktifkan.", "Urungkan", lambda: undone.append(True))
    WindowMessenger().notify(window, "12 pegawai dinilai.", "Urungkan", lambda: undone.append(True))
    toasts = [t for t in window.findChildren(Toast) if t.isVisible()]
    assert [t.text for t in toasts] == ["12 pegawai dinilai."]
    assert_nothing_clipped(toasts[0])
    assert window.rect().contains(toasts[0].geometry())
    toasts[0].buttons[0].click()
    assert undone == [True]


class Opener(QObject):
    """Stands where the system would open a file."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: list[str] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.urls.append(url.toLocalFile())


def test_a_saved_file_can_be_opened_and_so_can_its_folder(qtbot: QtBot, tmp_path: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(640, 400)
    window.show()
    file = tmp_path / "PEGAWAI.xlsx"
    file.write_bytes(b"")
    opener = Opener()
    QDesktopServices.setUrlHandler("file", opener, "take")
    try:
        text = "1.200 baris tersimpan di PEGAWAI Dinas Pendidikan, Kepemudaan, dan Olahraga Kabupaten Contoh.xlsx."
        for way in ("Buka berkas", "Buka folder"):
            WindowMessenger().saved(window, text, file)
            [toast] = [t for t in window.findChildren(Toast) if t.isVisible()]
            assert_nothing_clipped(toast)
            assert window.rect().contains(toast.geometry()), "a long name breaks into lines"
            next(b for b in toast.buttons if b.text() == way).click()
        WindowMessenger().saved(window, "27 lembar kerja tersimpan.", tmp_path)
        [toast] = [t for t in window.findChildren(Toast) if t.isVisible()]
        assert [b.text() for b in toast.buttons] == ["Buka folder"]
        toast.buttons[0].click()
    finally:
        QDesktopServices.unsetUrlHandler("file")
    assert [Path(url) for url in opener.urls] == [file, tmp_path, tmp_path]


def test_each_kind_of_file_has_the_folder_used_last(messages: MessageRecorder, tmp_path: Path) -> None:
    documents = folders.folder_for(Place.EXPORTS)
    preferences = Preferences(tmp_path / "pengaturan.json")
    folders.remember_in(preferences)
    try:
        stick, desk = tmp_path / "flashdisk", tmp_path / "meja"
        stick.mkdir()
        desk.mkdir()
        messages.answer(stick / "PAKET.xlsx", desk / "PEGAWAI.xlsx", None, stick / "PAKET.xlsx", None)
        spoken.choose_save_file(None, "Simpan paket", "PAKET_1.xlsx", place=Place.PACKAGES)
        spoken.choose_save_file(None, "Simpan", "PEGAWAI.xlsx", place=Place.EXPORTS)
        folders.remember_in(Preferences(tmp_path / "pengaturan.json"))  # the next start
        spoken.choose_save_file(None, "Simpan paket", "PAKET_2.xlsx", place=Place.PACKAGES)
        spoken.choose_open_file(None, "Pilih paket", place=Place.PACKAGES)
        assert messages.offered[2:] == [stick / "PAKET_2.xlsx", stick]
        stick.rmdir()  # pulled out
        spoken.choose_folder(None, "Simpan ke folder", place=Place.PACKAGES)
        assert messages.offered[-1] == documents
        assert folders.folder_for(Place.EXPORTS) == desk
    finally:
        folders.remember_in(None)


def test_a_users_error_that_nobody_caught_is_shown_as_a_message(
    messages: MessageRecorder, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    error = InputError("NIP sudah dipakai.")
    ExceptHook()(InputError, error, None)
    assert [e.title for e in messages.take_errors()] == ["NIP sudah dipakai."]


def test_a_crash_is_apologised_for_with_code_log_path_and_details(qtbot: QtBot, tmp_path: Path) -> None:
    log_path = tmp_path / "asn-desktop.log"
    dialog = CrashDialog(ZeroDivisionError("rahasia"), log_path)
    qtbot.addWidget(dialog)
    dialog.show()
    texts = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert str(log_path) in texts
    assert "ASN-9000" in texts
    assert "ZeroDivisionError" not in texts
    assert "ZeroDivisionError" in dialog.details


def test_a_second_crash_while_the_first_is_shown_is_only_logged(caplog: pytest.LogCaptureFixture) -> None:
    class Counting(ExceptHook):
        shown = 0

        def show(self, error: BaseException) -> None:
            self.shown += 1
            self(KeyError, KeyError("lagi"), None)

    hook = Counting()
    hook(ValueError, ValueError("pertama"), None)
    assert hook.shown == 1
    assert len(caplog.records) == 2


def test_details_name_the_version_and_the_place() -> None:
    try:
        raise RuntimeError("x")
    except RuntimeError as error:
        details = error_details(error)
    assert asn_desktop.__version__ in details
    assert sys.version.split()[0] in details
    assert "test_messages.py" in details
