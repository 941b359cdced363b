"""Sign in: who, passphrase, and the way back when it was forgotten."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from asn_desktop.accounts import keyfile
from asn_desktop.core.errors import AppError, WrongPassphrase
from asn_desktop.core.i18n import _
from asn_desktop.environment.paths import OfficePaths
from asn_desktop.environment.preferences import Preferences
from asn_desktop.gui import loading, messages
from asn_desktop.gui.start.fields import Field, PassphraseField, TextField
from asn_desktop.gui.start.frame import StartWindow
from asn_desktop.gui.start.page import Page
from asn_desktop.gui.start.passphrase import NewPassphrase
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.widgets import button, combo

if TYPE_CHECKING:
    from asn_desktop.services import Services

FREE_TRIES = 5
_FIRST_WAIT, _LONGEST_WAIT = 5, 60


def wait_after(failures: int) -> int:
    """Seconds to wait after so many wrong passphrases in a row: none at first, then 5, 10, 20 … 60."""
    if failures < FREE_TRIES:
        return 0
    return min(_FIRST_WAIT << min(failures - FREE_TRIES, 8), _LONGEST_WAIT)


class _Pages(IntEnum):
    PASSPHRASE = 0
    CODE = 1


class SignIn(StartWindow):
    """Emits ``opened(services)``, ``damaged(error, user, passphrase)`` when the file needs a backup, or
    ``unfinished(passphrase)`` when there is nothing to open because the set-up was cut off."""

    opened = Signal(object)
    damaged = Signal(object, str, str)
    unfinished = Signal(str)

    def __init__(
        self, paths: OfficePaths, runner: Runner, preferences: Preferences, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, width=760)
        self._paths, self._runner, self._preferences = paths, runner, preferences
        self._failures = 0
        self._waiting = 0
        self.page = PassphrasePage(keyfile.users(paths.key_file), preferences.text("last_user"), self)
        self.code_page = CodePage(self)
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self.page)
        self.pages.addWidget(self.code_page)
        self.body.addWidget(self.pages, 1)
        self.page.forgotten.connect(lambda: self._show(_Pages.CODE))
        self.back = self.add_button(_("Kembali"), lambda: self._show(_Pages.PASSPHRASE))
        self.enter = self.add_button(_("Masuk"), self._enter, kind="primary")
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._count_down)
        self._show(_Pages.PASSPHRASE)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._current().start()

    @property
    def user(self) -> str:
        return self.page.user

    @property
    def waiting(self) -> int:
        """Seconds until the next try is possible."""
        return self._waiting

    def _current(self) -> Page:
        return self.code_page if self.pages.currentIndex() == _Pages.CODE else self.page

    def _show(self, index: _Pages) -> None:
        self.pages.setCurrentIndex(index)
        page = self._current()
        if index == _Pages.CODE:
            self.set_heading(page.title, page.subtitle)
        else:
            self.set_heading(
                self._preferences.text("office") or _("Selamat datang kembali"), _("Masuk untuk membuka data kantor.")
            )
        self.back.setVisible(index == _Pages.CODE)
        self.enter.setText(_("Buka dengan kode") if index == _Pages.CODE else _("Masuk"))
        page.start()

    # -- trying -------------------------------------------------------------------------------------------

    def _enter(self) -> None:
        if self._waiting:
            return
        user = self.user
        if self.pages.currentIndex() == _Pages.CODE:
            if not self.code_page.accept():
                return
            code, passphrase = self.code_page.code.text, self.code_page.new.value
            self._try(passphrase, lambda: _open_with_code(self._paths, user, code, passphrase))
        elif self.page.accept():
            passphrase = self.page.passphrase.text
            self._try(passphrase, lambda: _open(self._paths, user, passphrase))

    def _try(self, passphrase: str, opening: object) -> None:
        assert callable(opening)
        self._working(True)
        user = self.user
        self._runner.run_read(
            lambda _progress: opening(),
            self._opened,
            lambda error: self._failed(error, user, passphrase),
            title=_("Membuka data kantor"),
            owner=self,
        )

    def _working(self, busy: bool) -> None:
        self.pages.setEnabled(not busy)
        self.enter.setEnabled(not busy)
        if busy:
            self.enter.setText(_("Membuka …"))
        else:
            self.enter.setText(_("Buka dengan kode") if self.pages.currentIndex() == _Pages.CODE else _("Masuk"))

    def _opened(self, services: Services) -> None:
        office = services.reference.office().name
        self._preferences.set(last_user=self.user, office=office)
        self.accept()
        self.opened.emit(services)

    def _failed(self, error: BaseException, user: str, passphrase: str) -> None:
        from asn_desktop.services import DamagedOffice, UnfinishedOffice

        self._working(False)
        if isinstance(error, WrongPassphrase):
            self._refused()
        elif isinstance(error, DamagedOffice):
            self.accept()
            self.damaged.emit(error, user, passphrase)
        elif isinstance(error, UnfinishedOffice):
            self.accept()
            self.unfinished.emit(passphrase)
        elif isinstance(error, AppError):
            self._field().set_error(f"{error.message} {error.hint}")
        else:
            messages.show_error(self, error)

    def _field(self) -> Field:
        return self.code_page.code if self.pages.currentIndex() == _Pages.CODE else self.page.passphrase

    def _refused(self) -> None:
        self._failures += 1
        self._waiting = wait_after(self._failures)
        if self.pages.currentIndex() == _Pages.PASSPHRASE:
            self.page.passphrase.line.selectAll()
        if self._waiting:
            self._tick.start()
        self._say_refused()
        self._current().start()

    def _say_refused(self) -> None:
        if self.pages.currentIndex() == _Pages.CODE:
            text = _("Kode pemulihan tidak cocok. Periksa lagi huruf demi huruf.")
        else:
            text = _("Kata sandi tidak cocok. Data tidak dibuka dan tidak berubah.")
        if self._waiting:
            text += " " + _("Coba lagi dalam {n} detik.").format(n=self._waiting)
        self.enter.setEnabled(not self._waiting)
        self._field().set_error(text)

    def _count_down(self) -> None:
        self._waiting -= 1
        if self._waiting <= 0:
            self._waiting = 0
            self._tick.stop()
        self._say_refused()


def _open(paths: OfficePaths, user: str, passphrase: str) -> Services:
    """The office, not yet verified. Somebody who types fast gets the key derived while the rest is still loaded."""
    data_key = loading.load_beside(lambda: keyfile.unlock(paths.key_file, user, passphrase))
    from asn_desktop.services import open_with_key

    return open_with_key(paths, user, data_key, verify=False)


def _open_with_code(paths: OfficePaths, user: str, code: str, new_passphrase: str) -> Services:
    loading.load()
    from asn_desktop.services import open_with_recovery_code

    return open_with_recovery_code(paths, user, code, new_passphrase)


class PassphrasePage(Page):
    """The users of this office and the passphrase."""

    forgotten = Signal()

    def __init__(self, users: list[str], last: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.users = combo([(name, name) for name in users])
        if last in users:
            self.users.setCurrentIndex(users.index(last))
        self.column.addWidget(Field(_("Nama pengguna"), self.users, parent=self))
        self.passphrase = PassphraseField(_("Kata sandi"), parent=self)
        self.column.addWidget(self.passphrase)
        self.forgot = button(_("Lupa kata sandi?"), kind="link", parent=self, clicked=self.forgotten.emit)
        self.forgot.setAutoDefault(False)
        self.column.addWidget(self.forgot)
        self.column.addStretch(1)

    @property
    def user(self) -> str:
        return self.users.currentText()

    def start(self) -> None:
        self.passphrase.line.setFocus()

    def accept(self) -> bool:
        if self.passphrase.text:
            return True
        self.passphrase.set_error(_("Kata sandi belum diisi."))
        self.passphrase.line.setFocus()
        return False


class CodePage(Page):
    """The recovery code from paper, and a new passphrase."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.title = _("Lupa kata sandi")
        self.subtitle = _("Ketik kode pemulihan dari kertas, lalu buat kata sandi baru. Data tidak berubah.")
        self.code = TextField(
            _("Kode pemulihan"),
            _("30 huruf dan angka; spasi, tanda hubung, dan huruf besar tidak berpengaruh"),
            parent=self,
        )
        self.code.line.setPlaceholderText("XXXXX-XXXXX-XXXXX-XXXXX-XXXXX-XXXXX")
        self.new = NewPassphrase(_("Kata sandi baru"), self)
        self.column.addWidget(self.code)
        self.column.addWidget(self.new)
        self.column.addStretch(1)

    def start(self) -> None:
        self.code.line.setFocus()

    def accept(self) -> bool:
        letters = sum(char.isalnum() for char in self.code.text)
        if letters != 30:
            self.code.set_error(_("Kode pemulihan berisi 30 huruf dan angka; sekarang {n}.").format(n=letters))
            self.code.line.setFocus()
            return False
        return self.new.accept()
