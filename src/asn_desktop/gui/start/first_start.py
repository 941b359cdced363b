"""The first start: who we are, who signs in, the recovery code, and what to do first."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.environment.paths import OfficePaths
from asn_desktop.gui import messages
from asn_desktop.gui.folders import Place
from asn_desktop.gui.start.first_start_pages import BeginPage, CodePage, OfficePage, UserPage
from asn_desktop.gui.start.frame import StartWindow
from asn_desktop.gui.start.move_in import MoveInDialog
from asn_desktop.gui.tasks import Runner

if TYPE_CHECKING:
    from asn_desktop.services import Services


class NextStep(StrEnum):
    """What the person wants to do first in the new office."""

    IMPORT = "import"
    RECEIVE = "receive"
    SAMPLE = "sample"
    EMPTY = "empty"


class FirstStart(StartWindow):
    """Four pages. ``services`` is the open office once it was made; ``next_step`` what to do first.

    ``finished_with(services, next_step)`` is emitted at the end; ``sample_wanted`` when the person would rather
    look around in the sample office before setting anything up; ``moved_in(services)`` when the office came from a
    backup of another PC instead.
    """

    finished_with = Signal(object, str)
    sample_wanted = Signal()
    moved_in = Signal(object)

    def __init__(self, paths: OfficePaths, runner: Runner, parent: QWidget | None = None) -> None:
        steps = (_("Kantor"), _("Pengguna"), _("Kode pemulihan"), _("Mulai"))
        super().__init__(parent, steps=steps)
        self._paths = paths
        self._runner = runner
        self.services: Services | None = None
        self.next_step = NextStep.EMPTY
        self.office_page = OfficePage(self)
        self.user_page = UserPage(self)
        self.code_page = CodePage(self)
        self.begin_page = BeginPage(self)
        self.pages = QStackedWidget(self)
        for page in (self.office_page, self.user_page, self.code_page, self.begin_page):
            self.pages.addWidget(page)
        self.body.addWidget(self.pages, 1)
        self.sample_button = self.add_extra(_("Lihat kantor contoh dahulu"), self._sample, icon="sparkles")
        self.move_button = self.add_extra(_("Pindahkan dari komputer lama"), self._move, icon="import")
        self.back = self.add_button(_("Kembali"), self._back)
        self.forward = self.add_button(_("Lanjut"), self._forward, kind="primary")
        self.code_page.noted.connect(self.forward.setEnabled)
        self.begin_page.chosen.connect(self._begin)
        self._show(0)

    # -- pages --------------------------------------------------------------------------------------------

    def _show(self, index: int) -> None:
        page = self.pages.widget(index)
        self.pages.setCurrentIndex(index)
        self.band.set_step(index)
        assert isinstance(page, OfficePage | UserPage | CodePage | BeginPage)
        self.set_heading(page.title, page.subtitle)
        self.back.setVisible(index == 1)
        self.sample_button.setVisible(index == 0)
        self.move_button.setVisible(index == 0)
        self.forward.setVisible(index < 3)
        self.foot.setVisible(index < 3)  # the last page has its answers in the middle
        self.forward.setText(_("Buat data kantor") if index == 1 else _("Lanjut"))
        self.forward.setEnabled(index != 2)
        page.start()

    def _back(self) -> None:
        self._show(self.pages.currentIndex() - 1)

    def _forward(self) -> None:
        index = self.pages.currentIndex()
        if index == 0 and self.office_page.accept():
            self._show(1)
        elif index == 1 and self.user_page.accept():
            self._create()
        elif index == 2:
            self._show(3)

    def _create(self) -> None:
        from asn_desktop.services import create_office  # loaded while somebody types

        office, user = self.office_page.office, self.user_page
        name, full_name, passphrase = user.name, user.full_name, user.passphrase
        self._working(True)
        self._runner.run_read(
            lambda _progress: create_office(self._paths, office, name, passphrase, display_name=full_name),
            self._created,
            self._failed,
            title=_("Membuat data kantor"),
            owner=self,
        )

    def _created(self, made: tuple[Services, str]) -> None:
        self._working(False)
        self.services, code = made
        self.user_page.forget()
        self.begin_page.set_office_role(self.office_page.office.role)
        self.code_page.set_code(self.office_page.office.name, code)
        self._show(2)

    def _failed(self, error: BaseException) -> None:
        self._working(False)
        messages.show_error(self, error)

    def _working(self, busy: bool) -> None:
        self.pages.setEnabled(not busy)
        self.back.setEnabled(not busy)
        self.forward.setEnabled(not busy)
        self.forward.setText(_("Menyiapkan …") if busy else _("Buat data kantor"))

    # -- ends ---------------------------------------------------------------------------------------------

    def _begin(self, choice: str) -> None:
        self.next_step = NextStep(choice)
        self.accept()
        self.finished_with.emit(self.services, choice)

    def _sample(self) -> None:
        self.sample_wanted.emit()

    def _move(self) -> None:
        source = messages.choose_open_file(
            self, _("Pilih cadangan dari komputer lama"), (messages.BACKUP_FILTER,), place=Place.BACKUPS
        )
        if source is None:
            return
        dialog = MoveInDialog(self._paths, source, self._runner, self)
        dialog.moved_in.connect(self._moved)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _moved(self, services: Services) -> None:
        self.accept()
        self.moved_in.emit(services)

    def reject(self) -> None:
        """Esc and the cross: before the office exists nothing is lost; the code page must not be left by accident."""
        from asn_desktop.services import close_office

        if self.services is None:
            super().reject()
            return
        if self.pages.currentIndex() == 2:
            leave = messages.confirm(
                self,
                _("Kode pemulihan belum dicatat"),
                _("Data kantor sudah dibuat. Tanpa kode ini, data tidak dapat dibuka lagi bila kata sandi lupa."),
                action=_("Tutup tanpa mencatat"),
            )
            if not leave:
                return
        close_office(self.services)
        self.services = None
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.reject()
