"""Beranda: every number equals the rows that its card opens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from asn_desktop.appraisal.queries import EvaluationSpec
from asn_desktop.core.periods import Period
from asn_desktop.environment.paths import office_paths
from asn_desktop.gui.change_bus import ChangeBus
from asn_desktop.gui.history_dialog import HistoryDialog
from asn_desktop.gui.home.overview import read_overview
from asn_desktop.gui.home.tab import HomeTab
from asn_desktop.gui.tasks import SynchronousRunner
from asn_desktop.personnel.listing import EmployeeSpec
from asn_desktop.services import Services, close_office, create_office
from asn_desktop.training.commands import SaveEvent
from tests.conftest import OFFICE, PASSPHRASE, USER, fixed_clock
from tests.gui.layout import assert_nothing_clipped
from tests.integration.staff import add_people, rate

TW3 = Period(2026, 3)


def shown(services: Services, runner: SynchronousRunner, bus: ChangeBus, qtbot: QtBot) -> HomeTab:
    result = HomeTab(services, runner, bus)
    qtbot.addWidget(result)
    result.resize(1366, 640)
    result.show()
    return result


@pytest.fixture
def tab(district: Services, runner: SynchronousRunner, bus: ChangeBus, qtbot: QtBot) -> Iterator[HomeTab]:
    """A quarter in the middle of its work."""
    district.appraisal.open_period(TW3)
    people = [row.employee_id for row in district.appraisal.list_evaluations(TW3.code)]
    for place, person in enumerate(people[:30]):
        rate(district, TW3, person, "DI_BAWAH" if place % 5 == 0 else "SESUAI", "SESUAI")
    district.training.save_event(SaveEvent("Bimtek", "KL10", "teknis", date(2026, 10, 11), date(2026, 10, 13), 16))
    result = shown(district, runner, bus, qtbot)
    yield result
    result.close()


def test_angka_sama_dengan_daftar_di_belakangnya(tab: HomeTab, district: Services) -> None:
    unrated = district.appraisal.evaluation_ids(EvaluationSpec(TW3.code, unrated=True))
    proposed = district.remediation.plans(district.remediation.spec(group="proposed"))
    assert tab.unrated.value == str(len(unrated))
    assert tab.proposed.value == str(len(proposed)) == "6"
    assert tab.late.value == "0"
    assert tab.week.value == "1"
    assert tab.short.value == str(district.training.count_short(2026))
    assert tab.incomplete.value == str(len(district.personnel.ids(EmployeeSpec(status="incomplete"))))
    assert tab.title.text() == "Triwulan III 2026"
    assert tab.subtitle.text().startswith(
        "30 dari 200 pegawai dinilai · jangka waktu evaluasi berakhir 15 Oktober 2026"
    )


def test_kartu_membuka_daftarnya_dengan_tetikus_dan_papan_ketik(tab: HomeTab, qtbot: QtBot) -> None:
    with qtbot.waitSignal(tab.ratings_wanted) as wanted:
        qtbot.mouseClick(tab.unrated, Qt.MouseButton.LeftButton)
    assert wanted.args == [TW3.code, 0, True]
    for card, signal, args in (
        (tab.proposed, tab.plans_wanted, ["proposed"]),
        (tab.late, tab.plans_wanted, ["late"]),
        (tab.week, tab.week_wanted, []),
        (tab.short, tab.balance_wanted, ["short"]),
        (tab.incomplete, tab.incomplete_wanted, []),
    ):
        with qtbot.waitSignal(signal) as opened:
            qtbot.keyClick(card, Qt.Key.Key_Return)
        assert opened.args == args


def test_kemajuan_per_opd_mulai_dari_yang_tertinggal(tab: HomeTab, district: Services, qtbot: QtBot) -> None:
    lines = tab.progress.lines
    assert sum(line.done for line in lines) <= 30
    assert [line.percent for line in lines] == sorted(line.percent for line in lines)
    with qtbot.waitSignal(tab.ratings_wanted) as wanted:
        qtbot.keyClick(tab.progress, Qt.Key.Key_Down)
        qtbot.keyClick(tab.progress, Qt.Key.Key_Return)
    assert wanted.args == [TW3.code, lines[1].unit_id, False]


def test_kantor_baru_melihat_langkah_pertama(
    office: Services, runner: SynchronousRunner, bus: ChangeBus, qtbot: QtBot
) -> None:
    tab = shown(office, runner, bus, qtbot)
    assert tab.title.text() == "Selamat datang"
    assert not tab.unrated.isVisible()
    enabled = [found for found in tab.steps.findChildren(QPushButton) if found.isEnabled()]
    assert [found.text() for found in enabled] == ["Impor pegawai"]
    with qtbot.waitSignal(tab.import_wanted):
        enabled[0].click()
    tab.close()


def test_angka_mengikuti_perubahan(tab: HomeTab, district: Services, bus: ChangeBus) -> None:
    district.database.on_commit.append(bus.publish)
    before = int(tab.unrated.value)
    person = district.appraisal.evaluation_rows(
        district.appraisal.evaluation_ids(EvaluationSpec(TW3.code, unrated=True))[:1]
    )[0]
    rate(district, TW3, person.employee_id, "SESUAI", "DI_BAWAH")
    assert int(tab.unrated.value) == before - 1
    assert tab.proposed.value == "7"


def test_kelengkapan_dihitung_dari_pegawai_aktif(tab: HomeTab, district: Services) -> None:
    """As the list behind the number and the tab *Pegawai* say: who has left is in neither."""
    today = district.database.clock().date()
    gone = district.personnel.ids(EmployeeSpec())[0]
    district.personnel.deactivate(gone, "Pensiun", today)
    assert read_overview(district, today).people == 199 == len(district.personnel.ids(EmployeeSpec()))


@pytest.mark.parametrize("size", [(1366, 640), (911, 400)])
def test_tidak_ada_yang_terpotong(tab: HomeTab, size: tuple[int, int]) -> None:
    tab.resize(*size)
    assert_nothing_clipped(tab)


def test_yang_terakhir_dikerjakan_menyebut_nama_lengkap(
    tmp_path: Path, runner: SynchronousRunner, bus: ChangeBus, qtbot: QtBot
) -> None:
    """A sign-in name says nothing to a head: *Terakhir dikerjakan* and the history read people's full names."""
    paths = office_paths(tmp_path / "kantor")
    office, _code = create_office(paths, OFFICE, USER, PASSPHRASE, display_name="Rina Uji", clock=fixed_clock)
    try:
        add_people(office, "Ani Contoh")
        found = read_overview(office, office.database.clock().date())
        assert {row.user for row in found.recent} == {"Rina Uji"}
        dialog = HistoryDialog(office, runner, bus)
        qtbot.addWidget(dialog)
        rows = [dialog.model.row_at(place) for place in range(dialog.model.rowCount())]
        assert {row.user for row in rows if row is not None} == {"Rina Uji"}
    finally:
        close_office(office)
