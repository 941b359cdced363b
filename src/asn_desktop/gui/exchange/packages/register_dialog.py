"""Note an office before its first package: code and name, so that a package can be sent to it."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.gui import messages
from asn_desktop.gui.dialogs import Dialog
from asn_desktop.gui.start.fields import Field
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.widgets import label
from asn_desktop.services import Services


class RegisterDialog(Dialog):
    """For the province: a district. Its key is loaded afterwards under *Kunci kantor*."""

    def __init__(self, services: Services, runner: Runner, parent: QWidget | None = None) -> None:
        sentence = _("Biasanya tidak perlu: paket pertama sebuah kantor mendaftarkannya sendiri.")
        super().__init__(_("Daftarkan kabupaten/kota"), parent, subtitle=sentence)
        self._services, self._runner = services, runner
        self.code = QLineEdit(self)
        self.code.setPlaceholderText(_("seperti 11.12"))
        self.name = QLineEdit(self)
        self.name.setPlaceholderText(_("seperti BKPSDM Kabupaten Contoh"))
        self.problem = label("", "error", wrap=True, parent=self)
        self.problem.hide()
        self.body.addWidget(Field(_("Kode kantor"), self.code, parent=self))
        self.body.addWidget(Field(_("Nama kantor"), self.name, parent=self))
        self.body.addWidget(self.problem)
        self.add_cancel()
        self.add_primary(_("Daftarkan"), self.save)

    def save(self) -> None:
        code, name = self.code.text().strip(), self.name.text().strip()
        known = {peer.code for peer in self._services.packages.peers()} | {self._services.packages.own_code()}
        if not code or not name:
            self._say(_("Isi kode dan nama kantor."))
            return
        if code in known:
            self._say(_("Kantor dengan kode {code} sudah tercatat.").format(code=code))
            return
        packages = self._services.packages
        self._runner.run_write(
            lambda _progress: packages.register(code, name, "district"),
            lambda _changes: self.accept(),
            lambda error: messages.show_error(self, error),
            title=_("Mendaftarkan kantor"),
            owner=self,
        )

    def _say(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.show()
