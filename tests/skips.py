"""The tests that are not run everywhere, each with its reason. In CI (``CI=true``) any other skip is a failure.

A test says with its marker where it belongs (``posix_only``, ``windows_only``, ``not_in_wine``); why stands here alone.
What is for Windows only is run by ``installers/test``, under Wine. What a plain machine lacks (LibreOffice) is no reason
in CI, because ``.ci/run`` installs it. That no line is out of date: ``tests/architecture/test_skips.py``.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

MARKERS = ("posix_only", "windows_only", "not_in_wine")
_QT = "Linux only: inotify tells what Qt opens; the widgets are the same on Windows"
_POSIX = "devices, rights, locales and names as bytes are those of Linux"
SKIPS: Mapping[str, str] = {
    "e2e/test_mutants.py::test_one_is_noticed_and_a_harmless_one_is_not": "copies the checkout, which the tests under Wine do not have",
    "e2e/test_refused_surroundings.py::test_a_full_output_is_told_apart_from_a_command_that_failed": _POSIX,
    "e2e/test_refused_surroundings.py::test_a_place_too_long_for_the_system": _POSIX,
    "e2e/test_refused_surroundings.py::test_a_folder_of_somebody_else": _POSIX,
    "e2e/test_refused_surroundings.py::test_accents_in_a_bare_locale": _POSIX,
    "e2e/test_refused_surroundings.py::test_what_is_no_text_is_refused_before_anything_is_made": _POSIX,
    "gui/test_frame.py::test_tables_and_menus_have_the_programs_font": "Linux gives no kind of widget a font of its own",
    "gui/test_plain_text.py::test_no_scene_takes_a_name_for_markup": _QT,
    "gui/test_plain_text.py::test_the_watch_sees_what_a_label_of_qt_would_open": _QT,
    "gui/test_plain_text.py::test_the_shipped_text_opens_nothing": _QT,
    "gui/test_sign_in.py::test_caps_lock_is_noticed": "Windows is asked for the key itself, whatever was typed",
    "integration/safety/test_backup_order.py::test_nama_yang_mustahil_dan_tautan_putus_tidak_mengganggu_impor_maupun_pemulihan": "symbolic links need a right on Windows",
    "integration/safety/test_first_start_cut_off.py": "kills with a signal",
    "integration/safety/test_full_disk.py::test_tanda_pemakaian_di_disk_penuh": "a device of Linux",
    "integration/safety/test_outputs.py::test_hanya_pengguna_ini_dapat_membaca_kantornya": "Windows has no such bits",
    "integration/safety/test_side_files.py::test_pipa_di_tempat_berkas_tidak_ditunggu": "no pipes with names on Windows",
    "integration/safety/test_side_files.py::test_tautan_putus_di_tempat_data": "symbolic links need a right on Windows",
    "integration/storage/test_backup.py::test_a_database_held_by_another_program_is_not_restored_over": (
        "only Windows refuses to move a file that another program has open"
    ),
    "unit/core/test_files.py::TestBerkasYangSedangDibuka": "only Windows refuses to replace a file that is open",
    "unit/core/test_files.py::test_folder_terkunci_langsung_ditolak": (
        "Windows has no directory permissions of this kind; there the disk says no in other ways"
    ),
    "unit/devtools/test_command.py::test_a_library_that_is_not_there_is_noticed": (
        "Qt brings everything on Windows and macOS"
    ),
    "unit/devtools/test_command.py::test_what_the_bundle_lacks_is_named": "the bundle of Linux is built on Linux",
    "unit/devtools/test_command.py::test_what_the_tests_lack_is_installed_with_the_rest": "packages are for Debian",
    "unit/exchange/test_reading.py::test_a_child_that_runs_out_of_memory_costs_only_itself": (
        "Wine 8 keeps no limit of memory that a job object sets"
    ),
}
"""Test, class or whole file below ``tests/`` → why it cannot run elsewhere."""

LACKING: Mapping[str, str] = {
    "integration/safety/test_full_disk.py": "a container may refuse to mount the small disk, to root too",
}
"""File → what a CI machine may lack although nothing can be installed: its tests ask for it and skip themselves."""


def reason_for(node_id: str) -> str | None:
    """Why a test may be skipped; None when nobody has said so."""
    test = node_id.partition("[")[0].removeprefix("tests/")
    known = {**LACKING, **SKIPS}
    return next((why for name, why in known.items() if test == name or test.startswith(f"{name}::")), None)


def is_failure(node_id: str) -> bool:
    """Whether skipping this test, or a file as a whole, is a failure: in CI, and nobody has declared it.

    Under Wine there is no LibreOffice; what needs it is run on the Linux beside.
    """
    return os.environ.get("CI") == "true" and sys.platform != "win32" and reason_for(node_id) is None
