"""Beranda and plans lead to the rows in other tabs of the real window; every number equals those rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from asn_desktop.app import build_window
from asn_desktop.core.periods import Period
from asn_desktop.gui.appraisal.tab import AppraisalTab
from asn_desktop.gui.change_bus import ChangeBus
from asn_desktop.gui.home.tab import HomeTab
from asn_desktop.gui.personnel.tab import PersonnelTab
from asn_desktop.gui.remediation.tab import RemediationTab
from asn_desktop.gui.shell import Shell
from asn_desktop.gui.table_view import NoViewSettings
from asn_desktop.gui.tasks import SynchronousRunner
from asn_desktop.gui.training.tab import TrainingTab
from asn_desktop.personnel.model import Employee
from asn_desktop.remediation.commands import ConfirmPlan
from asn_desktop.services import Services
from asn_desktop.training.commands import SaveEvent
from tests.gui.layout import assert_nothing_clipped
from tests.integration.staff import rate

TW3 = Period(2026, 3)


@pytest.fixture
def shell(district: Services, runner: SynchronousRunner, bus: ChangeBus, qtbot: QtBot) -> Iterator[Shell]:
    """An office in the middle of Triwulan III."""
    district.appraisal.open_period(TW3)
    people = [row.employee_id for row in district.appraisal.list_evaluations(TW3.code)]
    for place, person in enumerate(people[:20]):
        rate(district, TW3, person, "DI_BAWAH" if place % 4 == 0 else "SESUAI", "SESUAI")
    event = district.training.save_event(
        SaveEvent("Bimtek", "KL10", "teknis", date(2026, 10, 7), date(2026, 10, 8), 16)
    ).event_id
    plans = district.remediation.plans()
    district.remediation.confirm(ConfirmPlan(plans[0].id, "coaching", date(2026, 3, 1), event_id=event))
    with district.database.write("test.clear", "Kosongkan jabatan") as uow:
        uow.update(Employee, people[50], {"position": None})
    window, result = build_window(district, runner, bus, NoViewSettings())
    result.watch(runner)
    qtbot.addWidget(window)
    window.resize(1366, 728)
    window.show()
    yield result
    window.close()


def home(shell: Shell) -> HomeTab:
    found = shell.go_to("home")
    assert isinstance(found, HomeTab)
    return found


def test_setiap_angka_beranda_membuka_baris_sebanyak_itu(shell: Shell) -> None:
    home(shell).unrated.activated.emit()
    appraisal = shell.window.tab("appraisal")
    assert isinstance(appraisal, AppraisalTab)
    assert shell.window.current_key == "appraisal"
    assert str(appraisal.grid.model.rowCount()) == home(shell).unrated.value

    for card, group in ((home(shell).proposed, "proposed"), (home(shell).late, "late")):
        card.activated.emit()
        plans = shell.window.tab("remediation")
        assert isinstance(plans, RemediationTab)
        assert plans.groups.group == group
        assert str(plans.table.rows.rowCount()) == card.value
    home(shell).week.activated.emit()
    training = shell.window.tab("training")
    assert isinstance(training, TrainingTab)
    assert str(training.list.rows.rowCount()) == home(shell).week.value == "1"
    home(shell).short.activated.emit()
    assert f"{training.balance.table.rows.rowCount()}" == home(shell).short.value
    home(shell).incomplete.activated.emit()
    personnel = shell.window.tab("personnel")
    assert isinstance(personnel, PersonnelTab)
    assert str(personnel.page.model.rowCount()) == home(shell).incomplete.value == "1"


def test_dari_rencana_ke_evaluasi_pelatihan_dan_pegawai(shell: Shell) -> None:
    plans = shell.go_to("remediation")
    assert isinstance(plans, RemediationTab)
    plans.show_group("late")
    detail = plans.panel.detail
    assert detail is not None
    assert detail.event_id is not None
    plans.event_opened.emit(detail.event_id)
    training = shell.window.tab("training")
    assert isinstance(training, TrainingTab)
    assert training.panel.detail is not None
    assert training.panel.detail.row.id == detail.event_id
    assert training.panel.people.rows.rowCount() == 1
    assert detail.evaluation_id is not None
    plans.evaluation_opened.emit(detail.evaluation_id)
    assert shell.window.current_key == "appraisal"
    appraisal = shell.window.tab("appraisal")
    assert isinstance(appraisal, AppraisalTab)
    assert appraisal.grid.model.rowCount() == 1
    shell.show_plan_of(detail.evaluation_id)
    assert plans.panel.detail is not None
    assert plans.panel.detail.row.id == detail.row.id
    plans.person_opened.emit(detail.row.employee_id)
    assert shell.window.current_key == "personnel"


def test_periode_yang_belum_dibuka_dikatakan(shell: Shell) -> None:
    home(shell).set_period(Period(2026, 4))
    assert home(shell).title.text() == "Triwulan IV 2026"
    assert home(shell).subtitle.text() == "Periode ini belum dibuka."


@pytest.mark.parametrize("key", ["home", "training", "remediation"])
@pytest.mark.parametrize("size", [(1366, 728), (911, 512)])
def test_jendela_utuh_tidak_memotong(shell: Shell, key: str, size: tuple[int, int]) -> None:
    shell.window.resize(*size)
    tab = shell.go_to(key)
    assert shell.window.width() == size[0]
    assert_nothing_clipped(tab)
