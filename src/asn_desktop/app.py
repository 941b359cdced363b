"""The composition root: paths → first start, sign-in or recovery → services → window → clean end.

Only what the first window needs is imported here. While somebody types the passphrase, the rest is loaded.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from asn_desktop.accounts.keyfile import sound_copy
from asn_desktop.core.collector import collect_exempt
from asn_desktop.core.errors import EnvironmentProblem
from asn_desktop.core.i18n import _
from asn_desktop.environment.paths import OfficePaths, office_paths
from asn_desktop.environment.preferences import Preferences
from asn_desktop.gui import folders, loading, messages, theme
from asn_desktop.gui.application import create_application
from asn_desktop.gui.change_bus import ChangeBus
from asn_desktop.gui.crash import ExceptHook
from asn_desktop.gui.start.notice import Notice
from asn_desktop.gui.tasks import Runner, TaskRunner
from asn_desktop.sample.place import sample_paths

if TYPE_CHECKING:
    from asn_desktop.gui.main_window import MainWindow
    from asn_desktop.gui.shell import Shell
    from asn_desktop.gui.table_view import ViewSettings
    from asn_desktop.services import DamagedOffice, Services

_VERIFY_AFTER_MS = 3000
_LOAD_AFTER_MS = 50
_LOAD_LATER_MS = 500
_TIDY_EVERY_MS = 30_000


def run_window(home: Path | None, *, demo: bool, file: Path | None = None) -> int:
    """Open the window on the office at ``home`` and return the exit code when it was closed.

    ``demo`` opens the sample office there (without ``home``: beside the user's own office), made on the first call,
    without asking for a passphrase. ``file`` is a workbook to receive as soon as the office is open.
    """
    paths = sample_paths(home) if demo else office_paths(home)
    preferences = Preferences(paths.settings)
    folders.remember_in(preferences)
    app = create_application(sys.argv[:1], look=chosen_look(preferences))
    app.setQuitOnLastWindowClosed(False)
    ExceptHook(paths.logs / "asn.log").install()
    program = Program(app, paths, preferences, file)
    QTimer.singleShot(0, program.open_sample if demo else program.begin)
    code = app.exec()
    program.runner.shutdown()
    return code


def build_window(
    services: Services, runner: Runner, bus: ChangeBus, settings: ViewSettings
) -> tuple[MainWindow, Shell]:
    """The main window on an open office: the same in the program, in tests, gallery and benchmarks."""
    from asn_desktop.gui.main_window import MainWindow
    from asn_desktop.gui.shell import Shell
    from asn_desktop.gui.tabs import tab_specs

    window = MainWindow(settings=settings)
    return window, Shell(window, services, runner, bus, settings, tab_specs)


def chosen_look(preferences: Preferences) -> theme.Tokens:
    stored = preferences.read("look")
    return theme.variant(large_text=bool(stored.get("large")), high_contrast=bool(stored.get("contrast")))


class Program(QObject):
    """One start of the program: which window is open, and what comes after it."""

    def __init__(
        self, app: QApplication, paths: OfficePaths, preferences: Preferences, file: Path | None = None
    ) -> None:
        super().__init__(app)
        self._app, self._paths, self._preferences = app, paths, preferences
        self.bus = ChangeBus()
        self.runner = TaskRunner(self.bus, lambda error: messages.show_error(self._front, error), self)
        self.shell: Shell | None = None
        """Of the open office; None before the main window is there."""
        self._verify_later = QTimer(self)  # the first look at the data comes first
        self._verify_later.setSingleShot(True)
        self._verify_later.setInterval(_VERIFY_AFTER_MS)
        self._tidying = QTimer(self)
        self._tidying.setInterval(_TIDY_EVERY_MS)
        self._tidying.timeout.connect(_tidy)
        self._tidying.start()
        self._front: QWidget | None = None
        self._services: Services | None = None
        self._started_at = 0
        self._sound = True
        self._user = ""
        self._file = file
        self._next: Callable[[], object] = self._quit

    @property
    def front(self) -> QWidget | None:
        """The window that is shown now."""
        return self._front

    @property
    def ready(self) -> bool:
        """Whether the window of now is usable: shown, and nothing is being read for it any more."""
        return self._front is not None and self._front.isVisible() and not self.runner.busy

    # -- before the main window ---------------------------------------------------------------------------

    def begin(self) -> None:
        """First start, or sign-in."""
        if self._paths.exists:
            self._sign_in()
        else:
            self._first_start()
        QTimer.singleShot(_LOAD_AFTER_MS, self, self._load_the_rest)

    def _load_the_rest(self) -> None:
        self.runner.run_read(lambda _progress: loading.load(), owner=self)

    def _first_start(self) -> None:
        from asn_desktop.gui.start.first_start import FirstStart

        window = FirstStart(self._paths, self.runner)
        window.finished_with.connect(self._office_made)
        window.sample_wanted.connect(self.open_sample)
        window.moved_in.connect(self._open_window)
        window.rejected.connect(self._quit)
        self._show(window)

    def _office_made(self, services: Services, step: str) -> None:
        from asn_desktop.services import close_office

        if step == "sample":
            close_office(services)
            self.open_sample(OfficePaths(self._paths.home / "contoh"))
            return
        self._open_window(services)
        if step == "import" and self.shell is not None:
            self.shell.open_import("personnel")
        elif step == "receive" and self.shell is not None:
            self.shell.go_to("exchange").show_place("receive")

    def _sign_in(self) -> None:
        from asn_desktop.gui.start.sign_in import SignIn

        try:
            window = SignIn(self._paths, self.runner, self._preferences)
        except EnvironmentProblem as error:  # the key file is damaged or gone: nobody can sign in
            self._without_key(error)
            return
        window.opened.connect(self._open_window)
        window.damaged.connect(self._recover)
        window.unfinished.connect(self._begin_again)
        window.rejected.connect(self._quit)
        self._show(window)

    def _without_key(self, problem: EnvironmentProblem) -> None:
        """Every backup leaves a copy of the key file beside itself: that one is offered."""
        from asn_desktop.services import put_key_back

        text = _(
            "Salinannya yang sehat ada di folder cadangan. Data tidak berubah; yang berlaku adalah kata sandi dan kode "
            "pemulihan saat salinan itu dibuat."
        )
        if sound_copy(self._paths.key_file) is None:
            self._could_not_open(problem)
        elif messages.ask(self._front, problem.message, text, yes=_("Pakai salinannya")):
            try:
                put_key_back(self._paths)
            except EnvironmentProblem as error:
                self._could_not_open(error)
            else:
                self._sign_in()
        else:
            self._quit()

    def _begin_again(self, passphrase: str) -> None:
        """The set-up by an older program was cut off: what it left is renamed, and the first start begins anew."""
        from asn_desktop.services import set_aside_unfinished

        messages.inform(
            self._front,
            _("Penyiapan kantor terputus"),
            _("Belum ada data di dalamnya. Penyiapan dimulai dari awal; berkas lama disimpan dengan nama lain."),
        )
        self.runner.run_read(
            lambda _progress: set_aside_unfinished(self._paths, passphrase),
            lambda _done: self.begin(),
            self._could_not_open,
            owner=self,
        )

    def _recover(self, problem: DamagedOffice, user: str, passphrase: str) -> None:
        from asn_desktop.gui.start.recovery import RecoveryWindow

        window = RecoveryWindow(self._paths, user, passphrase, problem, self.runner)
        window.opened.connect(self._open_window)
        window.opened.connect(
            lambda _services: messages.inform(
                self._front,
                _("Data sudah dipulihkan"),
                _("Data kantor kembali seperti pada cadangan yang dipilih. Berkas yang rusak tetap disimpan."),
            )
        )
        window.rejected.connect(self._quit)
        self._show(window)

    def open_sample(self, place: OfficePaths | None = None) -> None:
        """The sample office, made first where it does not exist yet."""
        paths = place or self._paths
        self._show(Notice(_("Membuka kantor contoh"), _("Pertama kali, 1.200 pegawai rekaan disiapkan dahulu.")))

        def opened(_progress: object) -> Services:
            from asn_desktop.sample.office import open_sample_office

            return open_sample_office(paths, verify=False)  # shell.verify does it when the window is there

        self.runner.run_read(opened, self._open_window, self._could_not_open, owner=self)

    def _could_not_open(self, error: BaseException) -> None:
        messages.show_error(self._front, error)
        self._quit()

    def _quit(self) -> None:
        if self._front is not None:
            self._front.hide()
        self._app.quit()

    # -- the main window ----------------------------------------------------------------------------------

    def _open_window(self, services: Services) -> None:
        self._services, self._sound = services, True
        self._user = services.accounts.current().name
        self._paths = services.paths
        self._preferences = Preferences(services.paths.settings)
        folders.remember_in(self._preferences)
        self._preferences.set(office=services.reference.office().name)
        self._started_at = _last_operation(services)
        window, shell = build_window(services, self.runner, self.bus, self._preferences)
        self.shell = shell
        shell.watch(self.runner)
        shell.sign_out_wanted.connect(lambda: self._end(window, self.begin))
        shell.damage_found.connect(lambda: self._damaged(window))
        shell.restore_wanted.connect(
            lambda source, passphrase: self._end(window, lambda: self._restore(source, passphrase))
        )
        window.closed.connect(self._window_closed)
        window.appearance_changed.connect(
            lambda large, contrast: self._preferences.write("look", {"large": large, "contrast": contrast})
        )
        if not window.fits:
            window.setWindowState(Qt.WindowState.WindowMaximized)
        self._show(window)
        self._verify_later.timeout.connect(shell.verify)
        self._verify_later.start()
        QTimer.singleShot(_LOAD_LATER_MS, self, loading.load_later)
        file, self._file = self._file, None
        if file is not None:
            shell.receive(file)

    def _restore(self, source: Path, passphrase: str) -> None:
        """Put a backup back while the office is closed, then open it again."""
        from asn_desktop.services import moment_text, open_office, restore_backup

        paths, user = self._paths, self._user
        self._show(Notice(_("Memulihkan data"), _("Data sekarang dicadangkan dahulu, lalu cadangan dibuka.")))

        def put_back(_progress: object) -> Services:
            restore_backup(paths, user, passphrase, source)
            return open_office(paths, user, passphrase)

        def restored(services: Services) -> None:
            self._open_window(services)
            made = next((one.made_at for one in services.safety.backups() if one.path.name == source.name), None)
            text = _("Data kantor kembali seperti pada {when}. Data yang diganti tersimpan dalam daftar cadangan.")
            name = moment_text(made) if made is not None else _("cadangan {name}").format(name=source.name)
            messages.inform(self._front, _("Data sudah dipulihkan"), text.format(when=name))

        self.runner.run_read(put_back, restored, self._not_restored, owner=self)

    def _not_restored(self, error: BaseException) -> None:
        messages.show_error(self._front, error)
        self.begin()

    def _damaged(self, window: MainWindow) -> None:
        self._sound = False
        self._end(window, self._damage_found)

    def _damage_found(self) -> None:
        messages.inform(
            self._front,
            _("Sebagian berkas data rusak"),
            _("Masuk sekali lagi: program akan menawarkan cadangan sehat yang terbaru. Tidak ada yang dihapus."),
        )
        with suppress(OSError):  # a full disk: the next opening reads every page only if it has to
            self._paths.lock.write_bytes(b"terbuka")
        self.begin()

    def _end(self, window: MainWindow, following: Callable[[], object]) -> None:
        self._next = following
        window.close()

    def _window_closed(self) -> None:
        """A backup when something changed, then the office is closed."""
        self._verify_later.stop()
        self._verify_later.timeout.disconnect()
        services = self._services
        assert services is not None
        if not self._sound or _last_operation(services) == self._started_at:
            self._close()
            return
        self._show(Notice(_("Menyimpan cadangan"), _("Program segera ditutup. Jangan matikan komputer.")))
        self.runner.run_write(
            lambda _progress: services.safety.back_up("keluar"),
            lambda _backup: self._close(),
            self._backup_failed,
            owner=self,
        )

    def _backup_failed(self, error: BaseException) -> None:
        messages.show_error(self._front, error)
        self._close()

    def _close(self) -> None:
        from asn_desktop.services import close_office

        services, self._services, self.shell = self._services, None, None
        following, self._next = self._next, self._quit
        try:
            if services is not None:
                close_office(services)
        finally:
            following()

    def _show(self, window: QWidget) -> None:
        """Bring a window to the front and let go of the one before."""
        before, self._front = self._front, window
        window.show()
        gc.enable()  # off since the start of the process: nothing to collect while modules are loaded
        window.raise_()
        if before is not None:
            before.hide()
            before.deleteLater()


def _tidy() -> None:
    """What an import or a package left behind goes once its dialog is closed."""
    if QApplication.activeModalWidget() is None:
        collect_exempt()


def _last_operation(services: Services) -> int:
    rows = services.safety.history(1)
    return rows[0].id if rows else 0
