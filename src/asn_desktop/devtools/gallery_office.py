"""The scenes of the gallery on a real office: every tab and every dialog of the sample, and the windows before it.

The sample office is made once per gallery (:func:`prepare`); each look opens a copy of it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from PySide6.QtWidgets import QWidget

from asn_desktop.app import build_window
from asn_desktop.devtools import sample_workbooks
from asn_desktop.devtools.gallery_scene import Scene, settle
from asn_desktop.environment.paths import OfficePaths, office_paths
from asn_desktop.environment.preferences import Preferences
from asn_desktop.exchange.plan import Fate
from asn_desktop.gui.backup_dialog import BackupDialog, RestoreDialog
from asn_desktop.gui.change_bus import ChangeBus
from asn_desktop.gui.exchange.import_wizard import ImportWizard
from asn_desktop.gui.parameters_page import ParameterDialog
from asn_desktop.gui.settings_dialog import SettingsDialog
from asn_desktop.gui.shell import Shell
from asn_desktop.gui.start.first_start import FirstStart
from asn_desktop.gui.start.move_in import MoveInDialog
from asn_desktop.gui.start.recovery import RecoveryWindow
from asn_desktop.gui.start.sign_in import SignIn
from asn_desktop.gui.table_view import NoViewSettings
from asn_desktop.gui.tasks import SynchronousRunner
from asn_desktop.sample.office import DEMO_PASSPHRASE, SAMPLE_USER, create_sample_office
from asn_desktop.sample.people import SAMPLE_OFFICE
from asn_desktop.services import DamagedOffice, Services, close_office, open_office

HOME = "ASN_GALLERY_HOME"
"""Environment variable: where the sample office of this gallery lies."""


def prepare(folder: Path) -> Path:
    """Make the sample office for all looks; returns its home."""
    home = folder / "kantor"
    close_office(create_sample_office(office_paths(home), DEMO_PASSPHRASE))
    return home


def _fail(error: BaseException) -> None:
    raise error


@cache
def _home() -> Path:
    """A copy of the sample office for this process."""
    source = os.environ.get(HOME)
    copy = Path(tempfile.mkdtemp(prefix="asn-galeri-")) / "kantor"
    if source is None:
        return prepare(copy.parent)
    shutil.copytree(source, copy)
    return copy


@cache
def services() -> Services:
    return open_office(office_paths(_home()), SAMPLE_USER, DEMO_PASSPHRASE)


@cache
def bus() -> ChangeBus:
    return ChangeBus()


@cache
def runner() -> SynchronousRunner:
    return SynchronousRunner(bus(), _fail)


def finish() -> None:
    """Close the office and remove the copy, if a scene has opened it."""
    if services.cache_info().currsize:
        close_office(services())
    if _home.cache_info().currsize:
        shutil.rmtree(_home().parent)


def shell() -> Shell:
    """A new window on the sample office; never shown itself when a dialog is the scene."""
    _window, result = build_window(services(), runner(), bus(), NoViewSettings())
    _kept.append(result)
    return result


_kept: list[Any] = []


def tab(key: str) -> Scene:
    def scene() -> QWidget:
        window = shell().window
        window.go_to(key)
        return window

    return scene


def dialog(make: Callable[[Shell], QWidget]) -> Scene:
    """A dialog that the shell opens."""
    return lambda: make(shell())


# -- import -----------------------------------------------------------------------------------------------------


def wizard(*, forward: int, fate: Fate | None = None) -> Scene:
    """The import wizard on a list with new, changed, rejected and ignored rows, some steps further."""

    def scene() -> QWidget:
        result = shell().open_import()
        assert isinstance(result, ImportWizard)
        result.read(_workbook())
        for _step in range(forward):
            result.forward.click()
        if fate is not None:
            result.preview_page.show_fate(fate)
        return result

    return scene


@cache
def _workbook() -> Path:
    """A made-up daftar nominatif with the dirt of the field: duplicates, rounded NIPs, totals, signatures."""
    sample_workbooks.write_all(_home().parent)
    return _home().parent / "nominatif.xlsx"


# -- before the main window ---------------------------------------------------------------------------------


_REAL_CODE = "11.12"
"""The sample office's own code belongs to no region, so the first start would ask about it."""


def first_start(page: int) -> Scene:
    def scene() -> QWidget:
        window = FirstStart(OfficePaths(_home().parent / f"baru-{page}-{len(_kept)}"), runner())
        office = window.office_page
        for field, text in (
            (office.name, SAMPLE_OFFICE.name),
            (office.agency, SAMPLE_OFFICE.agency),
            (office.code, _REAL_CODE),
            (office.place, SAMPLE_OFFICE.place),
        ):
            field.line.setText(text if page else "")
        if page >= 1:
            window.forward.click()
            for field2 in (window.user_page.new.first, window.user_page.new.second):
                field2.line.setText("meja kopi jendela")
                field2.edited.emit("meja kopi jendela")
        if page >= 2:
            window.forward.click()
            if window.services is not None:
                close_office(window.services)  # only its pictures are wanted
                window.services = None
        if page == 3 and window.code_page.view is not None:
            window.code_page.view.tick.setChecked(True)
            window.forward.click()
        return window

    return scene


def move_in() -> QWidget:
    place = OfficePaths(_home().parent / f"komputer-baru-{len(_kept)}")
    window = FirstStart(place, runner())
    _kept.append(window)
    return MoveInDialog(place, Path("asn-20261006.cadangan"), runner(), window)


def sign_in(*, wrong: bool = False, code: bool = False) -> Scene:
    def scene() -> QWidget:
        preferences = Preferences(_home().parent / "tampilan.json")
        preferences.set(office=SAMPLE_OFFICE.name)
        window = SignIn(office_paths(_home()), runner(), preferences)
        if wrong:
            window.page.passphrase.line.setText("bukan ini")
            window.enter.click()
        if code:
            window.page.forgot.click()
        return window

    return scene


def recovery() -> QWidget:
    from asn_desktop.core.errors import DatabaseDamaged

    services().safety.back_up()
    found = services().safety.backups()[0]
    problem = DamagedOffice(DatabaseDamaged("Sebagian berkas data rusak: asn.db"), found)
    return RecoveryWindow(office_paths(_home()), SAMPLE_USER, DEMO_PASSPHRASE, problem, runner())


def backups() -> QWidget:
    services().safety.back_up()
    return shell().open_backups()


def restore() -> QWidget:
    dialog = backups()
    assert isinstance(dialog, BackupDialog)
    dialog._restore()
    settle(1)
    return dialog.findChildren(RestoreDialog)[0]


def new_user() -> QWidget:
    settings = shell().open_settings("users")
    assert isinstance(settings, SettingsDialog)
    return settings.users.add()


def new_code(*, shown: bool) -> Scene:
    def scene() -> QWidget:
        settings = shell().open_settings("passphrase")
        assert isinstance(settings, SettingsDialog)
        dialog = settings.passphrase.open_new_code()
        if shown:
            dialog.passphrase.line.setText(DEMO_PASSPHRASE)
            dialog.make.click()
        if dialog.view is not None:
            dialog.view.tick.setChecked(True)  # or closing it asks whether that is meant
        return dialog

    return scene


def parameter() -> QWidget:
    settings = shell().open_settings("rules")
    assert isinstance(settings, SettingsDialog)
    settings.rules.edit()
    return settings.findChildren(ParameterDialog)[0]


SCENES: Mapping[str, Scene] = MappingProxyType(
    {
        "beranda": tab("home"),
        "pegawai": tab("personnel"),
        "penilaian": tab("appraisal"),
        "pelatihan": tab("training"),
        "pembinaan": tab("remediation"),
        "impor-berkas": dialog(lambda at: at.open_import()),
        "impor-kolom": wizard(forward=0),
        "impor-pratinjau": wizard(forward=1, fate=Fate.NEW),
        "impor-keputusan": wizard(forward=1),
        "lembar-kerja": dialog(lambda at: at.open_worksheets("2026-TW3")),
        "ekspor": dialog(lambda at: at.open_export("ratings")),
        "cadangan": backups,
        "pulihkan": restore,
        "riwayat": dialog(lambda at: at.open_history()),
        **{
            f"pengaturan-{page}": dialog(lambda at, page=page: at.open_settings(page))  # type: ignore[misc]
            for page in ("office", "rules", "users", "passphrase", "look")
        },
        "pengguna-baru": new_user,
        "kode-baru": new_code(shown=False),
        "kode-baru-tampil": new_code(shown=True),
        "aturan": parameter,
        "tentang": dialog(lambda at: at.open_about()),
        "yang-baru": dialog(lambda at: at.open_about("news")),
        **{f"mulai-{page + 1}": first_start(page) for page in range(4)},
        "masuk": sign_in(),
        "masuk-salah": sign_in(wrong=True),
        "masuk-kode": sign_in(code=True),
        "pindah-komputer": move_in,
        "pemulihan": recovery,
    }
)
