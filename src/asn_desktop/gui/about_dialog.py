"""About: what this is, what is new, and the facts a helper asks for (no personal data)."""

from __future__ import annotations

import platform

import PySide6
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from asn_desktop import __version__
from asn_desktop.core.i18n import _
from asn_desktop.environment.resources import resource_path
from asn_desktop.gui import messages, theme
from asn_desktop.gui.backup_text import size_text
from asn_desktop.gui.dialogs import Dialog, fit
from asn_desktop.gui.exchange.job_panel import grouped
from asn_desktop.gui.message_windows import copy_text
from asn_desktop.gui.widgets import Segment, SegmentedControl, label, wrappable
from asn_desktop.gui.widgets.shipped_text import ShippedText
from asn_desktop.services import Services


class AboutDialog(Dialog):
    """``page``: ``about`` or ``news``."""

    def __init__(self, services: Services, parent: QWidget | None = None, *, page: str = "about") -> None:
        super().__init__(_("ASN Desktop {version}").format(version=__version__), parent)
        self._services = services
        self.choice = SegmentedControl(
            [Segment("about", _("Tentang")), Segment("news", _("Yang baru"))], name=_("Halaman")
        )
        self.choice.set_value(page)
        self.body.addWidget(self.choice)
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self._about())
        self.pages.addWidget(self._news())
        self.pages.setCurrentIndex(page == "news")
        self.body.addWidget(self.pages, 1)
        self.choice.changed.connect(lambda value: self.pages.setCurrentIndex(value == "news"))
        self.add_extra(_("Salin rincian untuk bantuan"), self._copy, icon="copy")
        self.add_primary(_("Tutup"))
        fit(self, 620, 460)

    def _about(self) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        for text, role in (
            (_("Pembinaan ASN Berbasis Kinerja"), "section"),
            (
                _(
                    "Dari daftar pegawai, penilaian triwulan, dan pelatihan sampai rencana pembinaan: sepenuhnya di "
                    "satu komputer, tanpa internet. Data dienkripsi dan tidak pernah keluar tanpa Anda."
                ),
                "",
            ),
            (_("Data kantor: {path}").format(path=wrappable(self._services.paths.home)), "secondary"),
            (_("Lisensi Apache 2.0. Huruf Inter (OFL), ikon Lucide (ISC), Qt (LGPL 3)."), "secondary"),
        ):
            column.addWidget(label(text, role, wrap=True, parent=page))
        column.addStretch(1)
        return page

    def _news(self) -> QWidget:
        return ShippedText(resource_path("CHANGELOG.md").read_text(encoding="utf-8"), _("Yang baru"), self)

    def details(self) -> str:
        """Versions, sizes and counts; names and numbers of people never."""
        screen = QGuiApplication.primaryScreen()
        paths = self._services.paths
        size = paths.database.stat().st_size
        lines = [
            f"ASN Desktop {__version__}",
            f"Python {platform.python_version()} · PySide6 {PySide6.__version__} · {platform.platform()}",
            f"{screen.size().width()}×{screen.size().height()} · {screen.devicePixelRatio():g}×",
            _("Berkas data: {size} · {n} pegawai").format(
                size=size_text(size), n=grouped(self._services.personnel.total())
            ),
            _("Cadangan: {n}").format(n=len(self._services.safety.backups())),
            _("Perubahan terakhir: {n}").format(n=next((row.id for row in self._services.safety.history(1)), 0)),
        ]
        return "\n".join(lines)

    def _copy(self) -> None:
        copy_text(self.details())
        messages.notify(self, _("Rincian disalin. Tidak ada nama atau NIP di dalamnya."))
