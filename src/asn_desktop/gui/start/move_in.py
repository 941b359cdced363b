"""A new PC takes over the office of the old one, from a backup on a flash disk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from asn_desktop.core.errors import WrongPassphrase
from asn_desktop.core.i18n import _
from asn_desktop.environment.paths import OfficePaths
from asn_desktop.gui import messages, theme
from asn_desktop.gui.dialogs import Dialog
from asn_desktop.gui.start.fields import PassphraseField
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.widgets import label

if TYPE_CHECKING:
    from asn_desktop.services import Services


class MoveInDialog(Dialog):
    """Says what will happen and asks for the passphrase; ``moved_in(services)`` when the office is open here."""

    moved_in = Signal(object)

    def __init__(self, paths: OfficePaths, source: Path, runner: Runner, parent: QWidget) -> None:
        super().__init__(_("Pindahkan data ke komputer ini?"), parent)
        self._paths, self._source, self._runner = paths, source, runner
        lines = QVBoxLayout()
        lines.setSpacing(theme.SPACE)
        for text in (
            _("Semua data kantor diambil dari {name}. Berkas cadangan itu sendiri tidak diubah.").format(
                name=source.name
            ),
            _("Sesudah ini bekerjalah hanya di komputer ini: isian di komputer lama tidak ikut lagi."),
        ):
            lines.addWidget(label(text, wrap=True, parent=self))
        self.body.addLayout(lines)
        self.passphrase = PassphraseField(_("Kata sandi yang dipakai di komputer lama"), parent=self)
        self.body.addWidget(self.passphrase)
        self.add_cancel(_("Batal"))
        self.move_in = self.add_primary(_("Pindahkan"), self._move, icon="import")

    def _move(self) -> None:
        from asn_desktop.services import move_in  # loaded while somebody types

        passphrase = self.passphrase.text
        self.move_in.setEnabled(False)
        self._runner.run_read(
            lambda _progress: move_in(self._paths, self._source, passphrase),
            self._moved,
            self._failed,
            title=_("Memindahkan data kantor"),
            owner=self,
        )

    def _moved(self, services: Services) -> None:
        self.accept()
        self.moved_in.emit(services)

    def _failed(self, error: BaseException) -> None:
        self.move_in.setEnabled(True)
        if isinstance(error, WrongPassphrase):
            self.passphrase.set_error(error.message)
            return
        messages.show_error(self, error)
