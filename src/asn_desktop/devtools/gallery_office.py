"""The real window on the sample office: every tab and the dialogs of the menus, as the person meets them."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from PySide6.QtWidgets import QWidget

from asn_desktop.app import build_window
from asn_desktop.devtools.gallery import Scene
from asn_desktop.environment.paths import OfficePaths
from asn_desktop.gui import messages
from asn_desktop.gui.change_bus import ChangeBus
from asn_desktop.gui.exchange.import_wizard import ImportWizard
from asn_desktop.gui.shell import Shell
from asn_desktop.gui.start.first_start import FirstStart
from asn_desktop.gui.table_view import NoViewSettings
from asn_desktop.gui.tasks import SynchronousRunner
from asn_desktop.sample import people, workbooks
from asn_desktop.sample.office import DEMO_PASSPHRASE, create_sample_office
from asn_desktop.services import Services, close_office


@cache
def folder() -> Path:
    made = Path(tempfile.mkdtemp(prefix="asn-gambar-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


@cache
def services() -> Services:
    """Made once per look."""
    opened = create_sample_office(OfficePaths(folder() / "kantor"), DEMO_PASSPHRASE)
    atexit.register(close_office, opened)
    return opened


@cache
def shell() -> Shell:
    bus = ChangeBus()
    runner = SynchronousRunner(bus, lambda error: messages.show_error(None, error))
    return build_window(services(), runner, bus, NoViewSettings())[1]


def tab(key: str) -> Scene:
    """The main window with a tab open. One window serves all: it stays alive with its shell."""

    def scene() -> QWidget:
        shell().go_to(key)
        shell().window.setProperty("kept", True)
        return shell().window

    return scene


def dialog(opened: Callable[[], QWidget]) -> Scene:
    return lambda: opened()


def import_preview() -> QWidget:
    wizard = shell().open_import("personnel")
    assert isinstance(wizard, ImportWizard)
    book = folder() / "daftar_nominatif.xlsx"
    workbooks.write_nominative(book, people.make(1200, seed=31), date(2026, 9, 30), spoilt=(7, 70, 300))
    wizard.read(book)
    wizard.forward.click()
    return wizard


def first_start() -> QWidget:
    return FirstStart(OfficePaths(folder() / "kosong"), shell().runner)


SCENES: Mapping[str, Scene] = MappingProxyType(
    {
        "beranda": tab("home"),
        "pegawai": tab("personnel"),
        "penilaian": tab("appraisal"),
        "pelatihan": tab("training"),
        "pembinaan": tab("remediation"),
        "impor": import_preview,
        "ekspor": dialog(lambda: shell().open_export()),
        "cadangan": dialog(lambda: shell().open_backups()),
        "riwayat": dialog(lambda: shell().open_history()),
        "pengaturan": dialog(lambda: shell().open_settings()),
        "yang-baru": dialog(lambda: shell().open_about("news")),
        "mulai": first_start,
    }
)
