"""The wizard by keyboard, as a person goes through it; its pictures stay in the results for looking at."""

from __future__ import annotations

from pathlib import Path

from windows.acceptance.pc import UNINSTALLER, Pc
from windows.places import WINDOW_EXE


def turn_page(pc: Pc, key: str, picture: str) -> None:
    """Press the key that leads on and keep a picture of what it leads to."""
    pc.wine.press(key)
    pc.wine.picture(picture)


def test_enter_leads_through_the_installation_to_the_open_program(pc: Pc, setup_exe: Path) -> None:
    assert pc.installed_version is None
    pc.wine.start([setup_exe])
    pc.wine.window("Pasang ASN Desktop")
    pc.wine.settle()
    pc.wine.picture("wizard-welcome")
    turn_page(pc, "Return", "wizard-choices")
    turn_page(pc, "Return", "wizard-folder")
    turn_page(pc, "Return", "wizard-copying")
    pc.wait_until_installed(True)
    pc.wine.settle()
    pc.wine.picture("wizard-finish")
    pc.wine.press("Return")
    pc.wine.window("Pembinaan ASN Berbasis Kinerja")
    pc.wine.settle()
    pc.wine.picture("first-start")
    assert (pc.folder / WINDOW_EXE).is_file()
    assert pc.desktop_link.is_file()


def test_the_uninstaller_waits_for_the_open_program_then_keeps_data_at_enter(pc: Pc) -> None:
    pc.data.mkdir(parents=True, exist_ok=True)
    (pc.data / "asn.db").write_bytes(b"data kantor")
    pc.wine.start([pc.folder / UNINSTALLER])
    pc.wine.window("Hapus ASN Desktop")
    pc.wine.settle()
    pc.wine.picture("remove-confirm")
    turn_page(pc, "Return", "remove-still-open")
    pc.close_window()
    turn_page(pc, "Return", "remove-ask-data")  # Coba Lagi
    assert pc.installed_version is not None, "nothing is removed before the question is answered"
    turn_page(pc, "Return", "remove-done")  # No is the answer of Enter
    pc.wait_until_installed(False)
    assert not (pc.usual_folder / WINDOW_EXE).exists()
    assert (pc.data / "asn.db").read_bytes() == b"data kantor"
    pc.wine.press("Return")
    assert not pc.usual_folder.exists()
