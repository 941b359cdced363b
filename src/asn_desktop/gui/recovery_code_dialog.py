"""A new recovery code for an office that is in use: who never saw the first one, or lost the paper."""

from __future__ import annotations

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from asn_desktop.core.errors import WrongPassphrase
from asn_desktop.core.i18n import _
from asn_desktop.gui import messages
from asn_desktop.gui.dialogs import Dialog, fit
from asn_desktop.gui.start.fields import PassphraseField
from asn_desktop.gui.start.recovery_code import RecoveryCodeView
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.widgets import label
from asn_desktop.services import Services


class RecoveryCodeDialog(Dialog):
    """First what it means and the passphrase, then the code as at the first start: ``view``, once it was made."""

    def __init__(self, services: Services, runner: Runner, parent: QWidget) -> None:
        super().__init__(_("Buat kode pemulihan baru?"), parent)
        self._services, self._runner = services, runner
        self.view: RecoveryCodeView | None = None
        text = _("Kode lama langsung tidak berlaku. Kode baru tampil satu kali saja: siapkan kertas atau printer.")
        self._meaning = label(text, wrap=True, parent=self)
        self.passphrase = PassphraseField(_("Kata sandi Anda"), parent=self)
        self.body.addWidget(self._meaning)
        self.body.addWidget(self.passphrase)
        self.cancel = self.add_cancel()
        self.make = self.add_primary(_("Buat kode"), self._make, icon="key-round")

    def _make(self) -> None:
        passphrase = self.passphrase.text
        self.make.setEnabled(False)
        self._runner.run_read(
            lambda _progress: self._services.accounts.new_recovery_code(passphrase),
            self._made,
            self._failed,
            title=_("Membuat kode pemulihan"),
            owner=self,
        )

    def _made(self, code: str) -> None:
        self.setWindowTitle(_("Catat kode pemulihan"))
        self.title_label.setText(_("Catat kode pemulihan"))
        self.passphrase.clear()
        for widget in (self._meaning, self.passphrase, self.cancel, self.make):
            widget.hide()
        self.view = RecoveryCodeView(self._services.reference.office().name, code, self)
        self.body.addWidget(self.view, 1)
        self.done_button = self.add_primary(_("Selesai"))
        self.done_button.setEnabled(False)
        self.view.noted.connect(self.done_button.setEnabled)
        fit(self, 640, 440)

    def _failed(self, error: BaseException) -> None:
        self.make.setEnabled(True)
        if isinstance(error, WrongPassphrase):
            self.passphrase.set_error(_("Kata sandi tidak cocok. Kode lama tetap berlaku."))
            self.passphrase.line.setFocus()
        else:
            messages.show_error(self, error)

    def reject(self) -> None:
        """Esc and the cross: a code that was shown must not be left by accident, the old one is gone."""
        if self.view is not None and not self.view.tick.isChecked():
            leave = messages.confirm(
                self,
                _("Kode pemulihan belum dicatat"),
                _("Kode lama tidak berlaku lagi. Tanpa kode ini, data tidak dapat dibuka bila kata sandi lupa."),
                action=_("Tutup tanpa mencatat"),
            )
            if not leave:
                return
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.reject()
