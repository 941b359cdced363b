"""The wizard by keyboard, as a person goes through it; its pictures stay in the results for looking at."""

from __future__ import annotations

import time
from pathlib import Path

from windows.acceptance.pc import UNINSTALLER, Pc
from windows.places import WINDOW_EXE


def turn_page(pc: Pc, picture: str, *keys: str) -> None:
    """Keep a picture of the page that is shown, then press the keys that lead on."""
    time.sleep(1.5)
    pc.wine.picture(picture)
    pc.wine.keys(*keys)


def test_enter_leads_through_the_installation_to_the_open_program(pc: Pc, setup_exe: Path) -> None:
    assert pc.installed_version is None
    pc.wine.start([setup_exe])
    pc.wine.window("Pasang ASN Desktop")
    turn_page(pc, "wizard-welcome", "Return")
    turn_page(pc, "wizard-choices", "Return")
    turn_page(pc, "wizard-folder", "Return")
    pc.wait_until_installed(True)
    turn_page(pc, "wizard-finish", "Return")
    pc.wine.window("Pembinaan ASN Berbasis Kinerja")
    time.sleep(4)
    pc.wine.picture("first-start")
    assert (pc.folder / WINDOW_EXE).is_file()
    assert pc.desktop_link.is_file()


def test_the_uninstaller_waits_for_the_open_program_then_keeps_data_at_enter(pc: Pc) -> None:
    pc.data.mkdir(parents=True, exist_ok=True)
    (pc.data / "asn.db").write_bytes(b"data kantor")
    pc.wine.start([pc.folder / UNINSTALLER])
    pc.wine.window("Hapus ASN Desktop")
    turn_page(pc, "remove-confirm", "Return")
    time.sleep(2)
    turn_page(pc, "remove-still-open")
    pc.close_window()
    turn_page(pc, "remove-closed-now", "Return")  # Coba Lagi
    time.sleep(1)
    turn_page(pc, "remove-ask-data", "Return")  # No is the answer of Enter
    pc.wait_until_installed(False)
    turn_page(pc, "remove-done", "Return")
    assert pc.installed_version is None
    assert not pc.usual_folder.exists()
    assert (pc.data / "asn.db").read_bytes() == b"data kantor"
