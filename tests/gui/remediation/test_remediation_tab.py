"""Remediation plans in the real tab on a real office: why, confirm, steps, journal, outcome."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from asn_desktop.core.periods import Period
from asn_desktop.gui.change_bus import ChangeBus
from asn_desktop.gui.context_menu import ContextMenu
from asn_desktop.gui.remediation.dialogs import CloseDialog, EventDialog, StepDialog
from asn_desktop.gui.remediation.form import PlanDialog
from asn_desktop.gui.remediation.many_dialog import ConfirmManyDialog
from asn_desktop.gui.remediation.tab import RemediationTab
from asn_desktop.gui.tasks import SynchronousRunner
from asn_desktop.gui.training.form import EventDialog as EventForm
from asn_desktop.remediation.commands import ConfirmPlan, DeclinePlan
from asn_desktop.remediation.queries import PlanGroup
from asn_desktop.services import Services
from asn_desktop.training.commands import SaveEvent
from tests.gui.layout import assert_nothing_clipped
from tests.gui.recorder import MessageRecorder
from tests.integration.staff import add_people, rate

TW3 = Period(2026, 3)
TODAY = date(2026, 10, 6)


@pytest.fixture
def rahmat(office: Services) -> int:
    """Somebody with a low evaluation, and a senior of the same unit who could guide."""
    (person,) = add_people(office, "Rahmat Hidayat")
    (senior,) = add_people(office, "Siti Aisyah", rank_order=12)
    rate(office, TW3, senior, "DI_ATAS", "DI_ATAS")
    rate(office, TW3, person, "DI_BAWAH", "SESUAI")
    return person


@pytest.fixture
def tab(
    office: Services, rahmat: int, runner: SynchronousRunner, bus: ChangeBus, qtbot: QtBot
) -> Iterator[RemediationTab]:
    result = RemediationTab(office, runner, bus)
    qtbot.addWidget(result)
    result.resize(1366, 640)
    result.show()
    yield result
    result.close()


def open_dialog(tab: RemediationTab, kind: type) -> object:
    found = [dialog for dialog in tab.findChildren(kind) if dialog.isVisible()]
    assert len(found) == 1
    return found[0]


def texts(tab: RemediationTab) -> str:
    return "\n".join(found.text() for found in tab.panel.findChildren(QLabel))


def confirm(tab: RemediationTab, office: Services, **changes: object) -> int:
    (plan,) = office.remediation.plans()
    office.remediation.confirm(ConfirmPlan(plan.id, "coaching", TODAY, **changes))  # type: ignore[arg-type]
    tab.reload()
    tab.show_plan(plan.id)
    return plan.id


def test_usulan_menjelaskan_sebabnya_dan_ditetapkan_dengan_isian_bawaan(
    tab: RemediationTab, office: Services, messages: MessageRecorder
) -> None:
    tab.show_group("proposed")
    assert tab.subtitle.text() == "1 usulan menunggu keputusan"
    assert "hasil kerja di bawah ekspektasi" in texts(tab)
    assert "bukan hukuman" in texts(tab)
    tab.panel.confirm_button.click()
    form = open_dialog(tab, PlanDialog)
    assert isinstance(form, PlanDialog)
    assert form.due.value == date(2027, 4, 6)
    assert len(form.steps.steps()) == 4
    form.mentor.choice.setCurrentIndex(1)
    assert "satu unit · predikat Sangat Baik" in form.mentor.reason.text()
    form.goal.setPlainText("Laporan selesai tepat waktu")
    form.save_button.click()
    assert not form.isVisible()
    (plan,) = office.remediation.plans()
    assert (plan.state, plan.steps) == ("active", 4)
    assert plan.mentor.startswith("Siti Aisyah")
    assert messages.notices == ["Rencana pembinaan Rahmat Hidayat ditetapkan."]
    assert "1" in tab.groups.list.item(3).text(), "kelompok Berjalan bertambah"
    assert messages.last_undo is not None
    messages.last_undo()
    assert office.remediation.plans()[0].state == "proposed"


def test_langkah_usulan_mengikuti_jenis_sampai_diubah_orang(tab: RemediationTab, qtbot: QtBot) -> None:
    tab.show_group("proposed")
    tab.does.edit()
    form = open_dialog(tab, PlanDialog)
    assert isinstance(form, PlanDialog)
    form.kind.set_value("konseling")
    assert any("konselor" in step.action for step in form.steps.steps())
    qtbot.keyClicks(form.steps._lines[0].action, " (ruang rapat)")
    form.kind.set_value("mentoring")
    assert any("konselor" in step.action for step in form.steps.steps()), "isian orang tidak ditimpa"
    form.reject()


def test_formulir_menolak_batas_sebelum_mulai_dan_diri_sendiri(
    tab: RemediationTab, office: Services, rahmat: int
) -> None:
    tab.show_group("proposed")
    tab.does.edit()
    form = open_dialog(tab, PlanDialog)
    assert isinstance(form, PlanDialog)
    form.due.set_value(date(2026, 10, 1))
    form.mentor.set_value(rahmat, "Rahmat Hidayat")
    form.save()
    assert form.fields["due"].error == "Batas waktu harus sesudah tanggal mulai."
    assert form.mentor_error.text() == "Pegawai tidak dapat membina dirinya sendiri."
    assert office.remediation.plans()[0].state == "proposed"
    form.reject()


def test_alasan_tidak_hilang_bila_penyimpanan_ditolak(
    tab: RemediationTab, office: Services, messages: MessageRecorder
) -> None:
    """Somebody else has decided in the meantime: the error is shown, and the reason stands there again."""
    tab.show_group("proposed")
    (row,) = office.remediation.plans()
    office.remediation.decline(DeclinePlan(row.id, "Sudah pensiun", row.version))
    messages.answer("Sedang cuti sakit", None)
    tab.does.decline()
    assert len(messages.take_errors()) == 1
    assert messages.prefilled == ["", "Sedang cuti sakit"]


def test_menolak_usulan_meminta_alasan(tab: RemediationTab, office: Services, messages: MessageRecorder) -> None:
    tab.show_group("proposed")
    messages.answer("Sedang cuti sakit")
    tab.does.decline()
    assert office.remediation.plans()[0].state == "declined"
    tab.show_group("finished")
    assert "Sedang cuti sakit" in texts(tab)
    tab.does.reopen()
    assert office.remediation.plans()[0].state == "proposed"


def test_langkah_dicentang_dengan_bukti_dan_dapat_dibuka_lagi(
    tab: RemediationTab, office: Services, messages: MessageRecorder, qtbot: QtBot
) -> None:
    number = confirm(tab, office)
    tab.panel.steps[0].click()
    dialog = open_dialog(tab, StepDialog)
    assert isinstance(dialog, StepDialog)
    qtbot.keyClicks(dialog.evidence, "Notula 6 Oktober")
    dialog.save()
    assert office.remediation.plans()[0].steps_done == 1
    assert "Notula 6 Oktober" in texts(tab)
    tab.panel.steps[1].click()
    second = open_dialog(tab, StepDialog)
    assert isinstance(second, StepDialog)
    second.reject()
    assert not tab.panel.steps[1].isChecked(), "batal mengembalikan centang"
    tab.panel.steps[0].click()
    assert office.remediation.plans()[0].steps_done == 0
    found = office.remediation.plan_detail(number)
    assert found is not None
    assert found.steps[0].evidence == "Notula 6 Oktober", "bukti tidak hilang"


def test_catatan_dan_penutupan_dengan_hasil(tab: RemediationTab, office: Services, qtbot: QtBot) -> None:
    confirm(tab, office)
    qtbot.keyClicks(tab.panel.note, "Pertemuan pertama berjalan baik")
    qtbot.keyClick(tab.panel.note, Qt.Key.Key_Return)
    assert "Pertemuan pertama berjalan baik" in texts(tab)
    tab.does.close()
    dialog = open_dialog(tab, CloseDialog)
    assert isinstance(dialog, CloseDialog)
    dialog.save()
    assert dialog.error.text() == "Pilih hasil pembinaan."
    dialog.outcome.choose("berhasil")
    dialog.note.setPlainText("Laporan tepat waktu tiga bulan berturut-turut")
    dialog.save()
    (plan,) = office.remediation.plans()
    assert (plan.state, plan.outcome) == ("closed", "berhasil")
    tab.show_group(PlanGroup.FINISHED)
    assert "Laporan tepat waktu tiga bulan" in texts(tab)


def test_pelatihan_dari_kalender_memberi_tempat(
    tab: RemediationTab, office: Services, messages: MessageRecorder, rahmat: int
) -> None:
    event = office.training.save_event(
        SaveEvent("Bimtek laporan", "KL10", "teknis", date(2026, 11, 3), date(2026, 11, 4), 16, quota=5)
    ).event_id
    confirm(tab, office)
    tab.does.choose_event()
    dialog = open_dialog(tab, EventDialog)
    assert isinstance(dialog, EventDialog)
    dialog.table.select_id(event)
    dialog.save()
    assert [row.employee_id for row in office.training.participants(event)] == [rahmat]
    assert messages.notices[-1].endswith("Pegawai mendapat tempat pelatihan.")


def test_kelompok_menghitung_baris_di_belakangnya(tab: RemediationTab, office: Services) -> None:
    for person in add_people(office, "Yusuf", "Dewi", "Zulkifli"):
        rate(office, TW3, person, "SESUAI", "DI_BAWAH")
    plans = office.remediation.plans()
    office.remediation.confirm(ConfirmPlan(plans[0].id, "coaching", date(2026, 3, 1)))
    tab.reload()
    for place, group in enumerate(("", "proposed", "late", "running", "finished")):
        tab.show_group(group)
        assert f"({tab.table.rows.rowCount()})" in tab.groups.list.item(place).text()
    tab.show_group("")
    tab.groups.search.setText("yusuf")
    tab.groups.search.search_now()
    assert tab.table.rows.rowCount() == 1
    tab.groups.search.setText("tidak ada orang ini")
    tab.groups.search.search_now()
    assert tab.pages.currentWidget() is tab.no_match


def test_tab_tersembunyi_mengikuti_perubahan_saat_dilihat_lagi(
    tab: RemediationTab, office: Services, bus: ChangeBus
) -> None:
    office.database.on_commit.append(bus.publish)
    tab.hide()
    (person,) = add_people(office, "Zulkifli", opd="Dinas Sosial")
    rate(office, Period(2026, 2), person, "SESUAI", "DI_BAWAH")
    tab.show()
    assert tab.table.rows.rowCount() == 2
    assert {tab.groups.period.itemText(n) for n in range(1, 3)} == {"Triwulan II 2026", "Triwulan III 2026"}
    tab.groups.period.set_value("2026-TW2")
    assert tab.table.rows.rowCount() == 1
    tab.groups.period.set_value("")
    tab.groups.unit.setCurrentIndex(tab.groups.unit.findText("Dinas Sosial"))
    assert tab.table.rows.rowCount() == 1


def test_evaluasi_rendah_yang_belum_diusulkan_ditawarkan(
    office: Services, runner: SynchronousRunner, bus: ChangeBus, qtbot: QtBot, messages: MessageRecorder
) -> None:
    (person,) = add_people(office, "Rahmat")
    consequences = list(office.database.before_commit)
    office.database.before_commit.clear()
    evaluation = rate(office, TW3, person, "DI_BAWAH", "SESUAI")
    office.database.before_commit.extend(consequences)
    tab = RemediationTab(office, runner, bus)
    qtbot.addWidget(tab)
    tab.resize(1366, 640)
    tab.show()
    assert tab.pages.currentWidget() is tab.nothing
    assert tab.banner.isVisible()
    assert tab.banner_text.text() == "1 evaluasi rendah belum diusulkan pembinaannya."
    tab.propose_button.click()
    assert messages.notices == ["1 usulan dibuat."]
    assert not tab.banner.isVisible()
    tab.show_evaluation(evaluation)
    assert tab.panel.detail is not None
    assert tab.panel.detail.row.employee_id == person
    tab.close()


def test_lompatan_ke_tab_lain_lewat_sinyal(tab: RemediationTab, rahmat: int, qtbot: QtBot) -> None:
    tab.show_person(rahmat)
    links = {found.text(): found for found in tab.panel.findChildren(object) if hasattr(found, "click")}
    with qtbot.waitSignal(tab.person_opened) as opened:
        links["Buka pegawai"].click()
    assert opened.args == [rahmat]
    with qtbot.waitSignal(tab.evaluation_opened):
        links["Buka evaluasi"].click()


@pytest.mark.parametrize("size", [(1366, 640), (911, 400)])
@pytest.mark.parametrize("group", ["", "proposed", "running"])
def test_tidak_ada_yang_terpotong(tab: RemediationTab, office: Services, size: tuple[int, int], group: str) -> None:
    if group == "running":
        confirm(tab, office, goal="Laporan bulanan selesai tepat waktu dan lengkap")
    tab.resize(*size)
    tab.show_group(group)
    assert_nothing_clipped(tab)


def test_beberapa_usulan_ditetapkan_bersama_dengan_namanya(
    tab: RemediationTab, office: Services, messages: MessageRecorder
) -> None:
    assert not tab.many_button.isVisible(), "satu usulan ditetapkan lewat panelnya"
    for name in ("Ani Contoh", "Budi Contoh"):
        (person,) = add_people(office, name)
        rate(office, TW3, person, "SESUAI", "DI_BAWAH")
    tab.show_group("proposed")
    tab.many_button.click()
    dialog = open_dialog(tab, ConfirmManyDialog)
    assert isinstance(dialog, ConfirmManyDialog)
    assert not dialog.confirm.isEnabled(), "tidak ada yang dicentang lebih dahulu"
    dialog.choose_all()
    ani = next(row for row in dialog.chosen if row.name == "Ani Contoh")
    dialog.table.rows.checked -= {ani.id}
    dialog.table.rows.ticked.emit()
    assert_nothing_clipped(dialog)
    messages.answer(False)
    dialog.confirm.click()
    assert {row.state for row in office.remediation.plans()} == {"proposed"}
    messages.answer(True)
    dialog.confirm.click()
    assert not dialog.isVisible()
    assert messages.asked[-1].startswith("Tetapkan 2 rencana pembinaan?")
    assert "Rahmat Hidayat" in messages.asked[-1]
    assert "Budi Contoh" in messages.asked[-1]
    assert "Ani" not in messages.asked[-1]
    plans = {row.name: row for row in office.remediation.plans()}
    assert {name: row.state for name, row in plans.items()} == {
        "Rahmat Hidayat": "active", "Budi Contoh": "active", "Ani Contoh": "proposed",
    }  # fmt: skip
    assert plans["Budi Contoh"].steps > 0
    assert messages.last_undo is not None
    messages.last_undo()
    assert {row.state for row in office.remediation.plans()} == {"proposed"}, "satu langkah, satu urungan"


def test_usulan_yang_sudah_diputuskan_orang_lain_membatalkan_semuanya(
    tab: RemediationTab, office: Services, messages: MessageRecorder
) -> None:
    (person,) = add_people(office, "Ani Contoh")
    rate(office, TW3, person, "SESUAI", "DI_BAWAH")
    tab.show_group("proposed")
    tab.many_button.click()
    dialog = open_dialog(tab, ConfirmManyDialog)
    assert isinstance(dialog, ConfirmManyDialog)
    office.remediation.decline(
        DeclinePlan(next(r.id for r in dialog._proposals.values() if r.name == "Ani Contoh"), "–")
    )
    dialog.choose_all()
    messages.answer(True)
    dialog.confirm.click()
    assert len(messages.take_errors()) == 1
    assert sorted(row.state for row in office.remediation.plans()) == ["declined", "proposed"]
    dialog.reject()


def test_kegiatan_baru_dari_rencana_terisi_dan_terhubung(
    tab: RemediationTab, office: Services, messages: MessageRecorder, rahmat: int
) -> None:
    plan = confirm(tab, office)
    tab.does.choose_event()
    chooser = open_dialog(tab, EventDialog)
    assert isinstance(chooser, EventDialog)
    chooser.new_button.click()
    form = open_dialog(tab, EventForm)
    assert isinstance(form, EventForm)
    assert (form.name.text(), form.form.value, form.starts.value) == ("Coaching Dinas Kesehatan", "NKL01", TODAY)
    assert form.jp.number is not None
    form.save_button.click()
    (event,) = office.training.events()
    assert [row.employee_id for row in office.training.participants(event.id)] == [rahmat]
    detail = office.remediation.plan_detail(plan)
    assert detail is not None
    assert detail.event_id == event.id


def offered(menu: ContextMenu) -> list[str]:
    return [action.text().split("\t")[0] for action in menu.build().actions() if not action.isSeparator()]


def test_klik_kanan_menawarkan_yang_dapat_dilakukan(tab: RemediationTab, office: Services) -> None:
    tab.show_group("proposed")
    always = ["Buka data pegawai", "Buka evaluasi", "Salin baris"]
    assert offered(tab.menu) == ["Tetapkan rencana …", "Tidak perlu …", *always]
    confirm(tab, office)
    assert offered(tab.menu) == ["Ubah …", "Pilih pelatihan …", "Tutup rencana …", *always]
    opened: list[int] = []
    tab.person_opened.connect(opened.append)
    next(action for action in tab.menu.build().actions() if action.text() == "Buka data pegawai").trigger()
    assert opened == [office.remediation.plans()[0].employee_id]
    tab.groups.search.setText("tidak ada")
    tab.groups.search.search_now()
    tab.reload()
    assert offered(tab.menu) == [], "tanpa baris tidak ada menu"


def test_daftar_tetap_di_tempatnya_dan_usulan_berikutnya_terpilih(
    tab: RemediationTab, office: Services, bus: ChangeBus
) -> None:
    """After “Tetapkan” the list stays where it is; panel, highlighted row and button mean the next person."""
    people = add_people(office, *(f"Pegawai {number:02}" for number in range(30)))
    for person in people:
        rate(office, TW3, person, "DI_BAWAH", "SESUAI")
    tab.show_group(PlanGroup.PROPOSED)
    tab.reload()
    table = tab.table
    ids = list(table.rows.ids)
    for place in (12, 12, 12):
        table.go_to(place)
        chosen = table.current_id()
        scrolled = table.verticalScrollBar().value()
        bus.publish(office.remediation.confirm(ConfirmPlan(chosen, "coaching", TODAY)).change_set)
        assert chosen not in table.rows.ids
        assert table.selected_places() == [12]
        assert table.current_id() == ids[ids.index(chosen) + 1]
        assert tab.panel.detail is not None
        assert tab.panel.detail.row.id == table.current_id()
        assert abs(table.verticalScrollBar().value() - scrolled) <= table.row_height()


def test_di_semua_rencana_pun_tempat_tetap_saat_rencana_pindah(
    tab: RemediationTab, office: Services, bus: ChangeBus
) -> None:
    """Among all plans a confirmed one moves to the running ones at the end; the clerk goes on with the next."""
    people = add_people(office, *(f"Pegawai {number:02}" for number in range(30)))
    for person in people:
        rate(office, TW3, person, "DI_BAWAH", "SESUAI")
    tab.show_group("")
    tab.reload()
    table = tab.table
    ids = list(table.rows.ids)
    table.go_to(12)
    scrolled = table.verticalScrollBar().value()
    bus.publish(office.remediation.confirm(ConfirmPlan(ids[12], "coaching", TODAY)).change_set)
    assert table.rows.place_of(ids[12]) == len(ids) - 1
    assert table.selected_places() == [12]
    assert table.current_id() == ids[13]
    assert tab.panel.detail is not None
    assert tab.panel.detail.row.id == ids[13]
    assert table.verticalScrollBar().value() == scrolled


def test_panel_tidak_menunjukkan_orang_yang_tidak_disorot(tab: RemediationTab) -> None:
    assert tab.panel.detail is not None
    assert tab.table.selected_places() == [tab.table.currentIndex().row()]
    tab.groups.search.setText("tidak ada orang ini")
    tab.groups.search.search_now()
    assert tab.panel.detail is None
    tab.groups.search.setText("")
    tab.groups.search.search_now()
    assert tab.panel.detail is not None
    assert tab.panel.detail.row.id == tab.table.current_id()
