"""1366×768 at 150 %: the whole program in 911×480 logical pixels (the task bar takes 32 of 512).

449 is what the title bar of Windows leaves of the 480.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from asn_desktop.app import build_window
from asn_desktop.core.periods import Period
from asn_desktop.gui.appraisal.tab import AppraisalTab
from asn_desktop.gui.change_bus import ChangeBus
from asn_desktop.gui.personnel.tab import PersonnelTab
from asn_desktop.gui.remediation.tab import RemediationTab
from asn_desktop.gui.shell import Shell
from asn_desktop.gui.table_view import NoViewSettings
from asn_desktop.gui.tasks import SynchronousRunner
from asn_desktop.gui.training.tab import TrainingTab
from asn_desktop.remediation.commands import ConfirmPlan
from asn_desktop.services import Services
from asn_desktop.training.commands import SaveEvent
from asn_desktop.training.queries import EventSpec
from tests.gui.layout import assert_nothing_clipped
from tests.integration.staff import rate

TW3 = Period(2026, 3)
WIDTH, HEIGHT = 911, 480
PRIMARY = {
    "home": "Mulai menilai",
    "personnel": "Impor pegawai",
    "appraisal": "Tutup triwulan",
    "training": "Tambah kegiatan",
    "remediation": "Tetapkan rencana",
    "exchange": "Kirim ke provinsi …",
}


@pytest.fixture
def shell(district: Services, runner: SynchronousRunner, bus: ChangeBus, qtbot: QtBot) -> Iterator[Shell]:
    """An office at work: a quarter partly rated, some low, an event with a long name this week."""
    district.appraisal.open_period(TW3)
    people = [row.employee_id for row in district.appraisal.list_evaluations(TW3.code)]
    for place, person in enumerate(people[:40]):
        rate(district, TW3, person, "DI_BAWAH" if place % 4 == 0 else "SESUAI", "SESUAI")
    name = "Bimbingan Teknis Penyusunan Sasaran Kinerja Pegawai bagi Pejabat Fungsional"
    event = district.training.save_event(
        SaveEvent(name, "KL10", "teknis", date(2026, 10, 7), date(2026, 10, 8), 16)
    ).event_id
    plans = district.remediation.plans()
    district.remediation.confirm(ConfirmPlan(plans[0].id, "coaching", date(2026, 3, 1), event_id=event))
    window, result = build_window(district, runner, bus, NoViewSettings())
    result.watch(runner)
    qtbot.addWidget(window)
    window.resize(WIDTH, HEIGHT)
    window.show()
    yield result
    window.close()


@pytest.mark.parametrize("height", [HEIGHT, 449])
def test_setiap_tab_muat_dan_tombol_utamanya_terlihat(shell: Shell, height: int) -> None:
    window = shell.window
    for key, caption in PRIMARY.items():
        tab = shell.go_to(key)
        if isinstance(tab, RemediationTab):
            tab.show_group("proposed")
        window.resize(1366, 728)
        QApplication.processEvents()
        window.resize(WIDTH, height)  # in one step, as when it moves to a small screen
        whole(shell)
        least = window.minimumSizeHint()
        assert least.width() <= WIDTH, (key, least)
        assert least.height() <= height, (key, least)
        assert (window.width(), window.height()) == (WIDTH, height), key
        found = [b for b in tab.findChildren(QPushButton) if b.text() == caption and b.isVisible()]
        assert found, caption
        assert all(seen_whole(button, window) for button in found), caption


def test_huruf_besar_di_layar_kecil_tidak_memotong_apa_pun(shell: Shell) -> None:
    """150 % and *Tulisan besar* together: a word without room gives way to its icon, and comes back with the room."""
    shell.window.large_text.trigger()
    for key in PRIMARY:
        tab = shell.go_to(key)
        if isinstance(tab, RemediationTab):
            tab.show_group("proposed")
        if isinstance(tab, TrainingTab):
            tab.show_event(shell.services.training.events(EventSpec())[0].id)
        whole(shell)
    training = shell.go_to("training")
    assert training.add_button.text() == ""
    assert training.add_button.toolTip() == training.add_button.accessibleName() == "Tambah kegiatan"
    shell.window.resize(1366, 728)
    QApplication.processEvents()
    assert training.add_button.text() == "Tambah kegiatan"
    assert training.add_button.toolTip() == ""


def test_jendela_biasa_tetap_utuh(shell: Shell) -> None:
    shell.window.resize(1366, 728)
    for key in PRIMARY:
        shell.go_to(key)
        whole(shell)


def test_nama_unit_yang_panjang_tidak_menggeser_tombol(shell: Shell) -> None:
    personnel = shell.go_to("personnel")
    assert isinstance(personnel, PersonnelTab)
    longest = max(personnel.tree._items, key=lambda key: len(personnel.tree._items[key].text(0)))
    personnel.show_unit(longest)
    assert len(personnel.page.title_label.text()) > 40
    whole(shell)
    load = next(b for b in personnel.page.findChildren(QPushButton) if b.text() == "Impor pegawai" and b.isVisible())
    assert seen_whole(load, shell.window)
    appraisal = shell.go_to("appraisal")
    assert isinstance(appraisal, AppraisalTab)
    appraisal.show_unit(longest)
    whole(shell)
    assert seen_whole(appraisal.finish_button, shell.window)


def test_saringan_terlipat_dan_terlihat_saat_dipakai(shell: Shell) -> None:
    personnel = shell.go_to("personnel")
    assert isinstance(personnel, PersonnelTab)
    page = personnel.page
    assert page.filter_button.isVisible()
    assert not personnel._states.isVisible()
    page.filter_button.click()
    assert personnel._states.isVisible()
    whole(shell)
    page.filter_button.click()
    personnel.show_status("incomplete")
    assert personnel._states.isVisible()
    whole(shell)
    shell.window.resize(1366, 728)
    QApplication.processEvents()
    assert personnel._states.isVisible()
    assert not page.filter_button.isVisible()


def test_tampilan_lain_juga_muat(shell: Shell) -> None:
    training = shell.go_to("training")
    assert isinstance(training, TrainingTab)
    training.show_week()
    whole(shell)
    training.show_balance()
    whole(shell)
    training.show_day(date(2026, 8, 17))  # six weeks
    whole(shell)
    plans = shell.go_to("remediation")
    assert isinstance(plans, RemediationTab)
    plans.show_group("late")
    whole(shell)


def whole(shell: Shell) -> None:
    """Nothing is cut, and what scrolls up and down is never cut at its side."""
    QApplication.processEvents()
    assert_nothing_clipped(shell.window)
    for area in shell.window.findChildren(QScrollArea):
        never = area.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if area.isVisible() and never and area.widget() is not None:
            assert area.widget().width() <= area.viewport().width(), type(area.parentWidget()).__name__


def seen_whole(button: QWidget, window: QWidget) -> bool:
    place = QRect(button.mapTo(window, button.rect().topLeft()), button.size())
    return window.rect().contains(place) and button.visibleRegion().boundingRect() == button.rect()
