"""The life of a quarter in the tab: open, narrow, organisation results, finalise, close, open again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from asn_desktop.appraisal.commands import RatingChange
from asn_desktop.appraisal.predicate import OrganisationRating, Predicate, Rating
from asn_desktop.appraisal.queries import EvaluationSpec
from asn_desktop.core.periods import Period
from asn_desktop.gui.appraisal.organisation_dialog import OrganisationDialog
from asn_desktop.gui.appraisal.tab import AppraisalTab
from asn_desktop.gui.change_bus import ChangeBus
from asn_desktop.gui.tasks import SynchronousRunner
from asn_desktop.reference.model import Unit
from asn_desktop.services import Services
from tests.gui.layout import assert_nothing_clipped
from tests.gui.recorder import MessageRecorder
from tests.integration.appraisal.people import SmallOffice

TW3 = Period(2026, 3)


def rate_all(kantor: SmallOffice, bus: ChangeBus, count: int = 100) -> list[int]:
    ids = kantor.appraisal.evaluation_ids(EvaluationSpec(TW3.code))[:count]
    bus.publish(kantor.appraisal.rate([RatingChange(n, Rating.SESUAI, Rating.SESUAI) for n in ids]))
    return ids


def test_an_unopened_quarter_explains_itself_and_opens_with_one_button(
    show_tab: Callable[[], AppraisalTab], messages: MessageRecorder, qtbot: QtBot
) -> None:
    tab = show_tab()
    assert tab.empty.title_label.text() == "Triwulan III 2026 belum dibuka"
    assert "32 pegawai aktif" in tab.empty.text_label.text()
    assert tab.empty.button is not None
    qtbot.mouseClick(tab.empty.button, Qt.MouseButton.LeftButton)
    assert messages.notices == ["32 evaluasi Triwulan III 2026 dibuat."]
    assert tab.stack.currentWidget() is tab.working
    assert len(tab.grid.model.ids) == 32
    assert tab.grid.state_label.text() == "0 dari 32 pegawai dinilai · tenggat 15 Oktober · sisa 7 hari kerja"
    assert tab.grid.current is not None


def test_without_people_the_first_thing_to_do_is_to_import_them(
    office: Services, runner: SynchronousRunner, bus: ChangeBus, qtbot: QtBot
) -> None:
    tab = AppraisalTab(office.appraisal, office.reference, runner, bus, TW3)
    qtbot.addWidget(tab)
    tab.show()
    assert tab.empty.button is not None
    assert tab.empty.button.text() == "Impor daftar pegawai"
    with qtbot.waitSignal(tab.personnel_import_wanted):
        qtbot.mouseClick(tab.empty.button, Qt.MouseButton.LeftButton)
    tab.close()


def test_units_show_how_far_they_are_and_narrow_the_grid(
    tab: AppraisalTab, kantor: SmallOffice, bus: ChangeBus
) -> None:
    rate_all(kantor, bus, 8)
    dinas = tab.tree.topLevelItem(1)
    assert dinas is not None
    assert dinas.toolTip(0) == "Dinas Kesehatan Contoh\n8 dari 32 dinilai"
    tab.tree.select(kantor.puskesmas)
    assert len(tab.grid.model.ids) == 31
    assert tab.grid.title_label.text() == "Puskesmas Contoh"
    assert tab.finish_button.text() == "Kunci evaluasi unit"
    tab.show_unit(None, unrated=True)
    assert len(tab.grid.model.ids) == 24


@pytest.mark.parametrize("chosen, count", [("unrated", 24), ("rated", 8), ("final", 0), ("low", 0), ("waiting", 0)])
def test_filters_narrow_the_list(
    tab: AppraisalTab, kantor: SmallOffice, bus: ChangeBus, chosen: str, count: int
) -> None:
    rate_all(kantor, bus, 8)
    tab.filter.setCurrentIndex(tab.filter.findData(chosen))
    assert len(tab.grid.model.ids) == count


def test_a_keystroke_moves_the_numbers_around_it(tab: AppraisalTab, qtbot: QtBot) -> None:
    QTest.keyClick(tab.grid.table, Qt.Key.Key_2)
    QTest.keyClick(tab.grid.table, Qt.Key.Key_Right)
    QTest.keyClick(tab.grid.table, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: tab.grid.state_label.text().startswith("1 dari 32"))


def test_organisation_results_are_entered_with_their_source(
    tab: AppraisalTab, kantor: SmallOffice, bus: ChangeBus, messages: MessageRecorder
) -> None:
    rate_all(kantor, bus)
    assert tab.distribution.caption.full_text == "Capaian organisasi belum diisi."

    tab.tree.select(kantor.puskesmas)
    tab.set_organisation_results()
    dialog = _opened(tab)
    dialog.choose(kantor.dinas, OrganisationRating.BAIK)
    dialog.source_field.setText("Rencana aksi TW III")
    dialog._save()
    assert messages.notices == ["Capaian organisasi 1 unit disimpan."]
    assert tab.distribution.caption.full_text == "Capaian organisasi: Baik (dari Dinas Kesehatan Contoh)"
    stored = kantor.appraisal.organisation_results(TW3.code)[kantor.dinas]
    assert (stored.result, stored.source) == (OrganisationRating.BAIK, "Rencana aksi TW III")
    notes = [line for line in tab.distribution.findChildren(QLabel) if tab.distribution.notes.indexOf(line) == 0]
    assert [line.text() for line in notes] == ["Baik 100%, acuan paling banyak 70%."]


def test_a_bar_opens_the_people_behind_it(tab: AppraisalTab, kantor: SmallOffice, bus: ChangeBus) -> None:
    first = rate_all(kantor, bus)[0]
    bus.publish(kantor.appraisal.rate([RatingChange(first, Rating.DI_BAWAH, Rating.SESUAI)]))
    tab.distribution.chart.bar_clicked.emit("BUTUH_PERBAIKAN")
    assert tab.filter.currentText() == "Predikat Butuh Perbaikan"
    assert list(tab.grid.model.ids) == [first]


def test_results_of_a_closed_quarter_are_only_read(tab: AppraisalTab, kantor: SmallOffice) -> None:
    kantor.appraisal.close_period(TW3.code)
    tab.reload()
    tab.set_organisation_results()
    dialog = _opened(tab)
    assert "sudah ditutup" in " ".join(text.text() for text in dialog.findChildren(QLabel))
    assert not any(field.isEnabled() for field in dialog._combos.values())
    assert [one.text() for one in dialog.findChildren(QPushButton) if one.text()] == ["Tutup"]
    dialog.reject()
    assert not tab.distribution.set_button.isVisible()
    assert {key for key, _text in tab.key_hints}.isdisjoint({"1", "2", "3", "Del"}), "dead keys are not advertised"


def test_a_refused_result_keeps_what_was_typed(
    tab: AppraisalTab, kantor: SmallOffice, messages: MessageRecorder
) -> None:
    tab.set_organisation_results()
    dialog = _opened(tab)
    dialog.choose(kantor.dinas, OrganisationRating.BAIK)
    dialog.source_field.setText("Rencana aksi TW III")
    kantor.appraisal.close_period(TW3.code)  # a colleague was faster
    dialog._save()
    assert [error.code for error in messages.take_errors()] == ["ASN-1511"]
    assert (dialog.isVisible(), dialog.isEnabled(), dialog.source_field.text()) == (True, True, "Rencana aksi TW III")
    messages.answer(False, True)
    dialog.reject()
    assert dialog.isVisible(), "the person went back to what was typed"
    dialog.reject()
    assert "belum disimpan" in messages.asked[-1]


def _opened(tab: AppraisalTab) -> OrganisationDialog:
    [dialog] = [each for each in tab.window().findChildren(OrganisationDialog) if each.isVisible()]
    return dialog


def test_closing_says_who_lacks_an_assessor(tab: AppraisalTab, kantor: SmallOffice, messages: MessageRecorder) -> None:
    heads = [unit.id for unit in kantor.services.reference.units()]
    with kantor.services.database.write("unit.clear", "Kosongkan pimpinan") as uow:
        uow.update_many(Unit, [(number, {"head_id": None, "head_name": None}) for number in heads])
    kantor.appraisal.refresh_assignments(TW3.code)
    tab.reload()
    messages.answer(False)
    tab.finish()
    assert "32 pegawai belum diketahui pejabat penilainya" in messages.asked[-1]
    tab.filter.setCurrentIndex(tab.filter.findData("unassessed"))
    assert tab.grid.model.rowCount() == 32


def test_a_unit_is_finalised_after_a_question(
    tab: AppraisalTab, kantor: SmallOffice, bus: ChangeBus, messages: MessageRecorder
) -> None:
    rate_all(kantor, bus)
    tab.tree.select(kantor.puskesmas)
    messages.answer(False)
    tab.finish()
    assert len(kantor.appraisal.evaluation_ids(EvaluationSpec(TW3.code, unrated=False))) == 32
    messages.answer(True)
    tab.finish()
    assert "31 evaluasi lengkap di Puskesmas Contoh" in messages.asked[1]
    assert "31 evaluasi: Capaian organisasi unit penilai belum diisi" in messages.asked[1]
    assert kantor.appraisal.progress_by_unit(TW3.code)[kantor.puskesmas].final == 31
    assert not tab.finish_button.isEnabled()


def test_closing_says_what_is_open_and_seals_the_quarter(
    tab: AppraisalTab, kantor: SmallOffice, bus: ChangeBus, messages: MessageRecorder
) -> None:
    rate_all(kantor, bus, 30)
    messages.answer(True)
    tab.finish()
    question = messages.asked[0]
    offered = [(option.value, option.text) for option in messages.offers[0]]
    assert offered == [("yes", "Tutup dengan 2 kosong"), ("no", "Batal")], "Enter must not close over gaps"
    assert "30 evaluasi yang lengkap akan dikunci" in question
    assert "2 pegawai belum dinilai" in question
    assert "1 OPD belum diisi capaian organisasinya" in question
    assert tab.grid.state_label.text() == "30 dari 32 pegawai dinilai · 30 terkunci · triwulan sudah ditutup"
    assert tab.grid.table.cells.ratings_locked
    reopen = next(action for action in tab.more_menu().actions() if action.text() == "Buka kembali …")
    messages.answer("Data puskesmas terlambat")
    reopen.trigger()
    assert tab.finish_button.text() == "Tutup triwulan"
    assert not tab.grid.table.cells.ratings_locked


def test_undo_of_opening_brings_the_empty_state_back(
    show_tab: Callable[[], AppraisalTab], urungkan: Callable[[], None], messages: MessageRecorder
) -> None:
    tab = show_tab()
    tab.writes.open_period(TW3)
    assert tab.stack.currentWidget() is tab.working
    urungkan()
    assert tab.stack.currentWidget() is tab.empty


def test_another_period_is_another_list(tab: AppraisalTab, kantor: SmallOffice) -> None:
    assert "1" in dict(tab.key_hints)
    tab.set_period(Period(2026, 2))
    assert tab.empty.title_label.text() == "Triwulan II 2026 belum dibuka"
    assert list(tab.key_hints) == [], "no keys are promised where there is nothing to rate"
    tab.set_period(TW3)
    assert len(tab.grid.model.ids) == 32


def test_a_low_rating_can_be_followed_up_and_ratings_imported(tab: AppraisalTab, qtbot: QtBot) -> None:
    QTest.keyClick(tab.grid.table, Qt.Key.Key_1)
    assert tab.current is not None
    with qtbot.waitSignal(tab.plan_wanted) as wanted:
        qtbot.mouseClick(tab.person.plan_button, Qt.MouseButton.LeftButton)
    assert wanted.args == [tab.current.id]
    entry = next(action for action in tab.more_menu().actions() if action.text().startswith("Impor rating"))
    with qtbot.waitSignal(tab.import_wanted) as imported:
        entry.trigger()
    assert imported.args == [TW3.code]


@pytest.mark.parametrize("width, height", [(1366, 620), (1093, 500), (911, 440)])
def test_nothing_is_cut_at_any_scaling(
    tab: AppraisalTab, kantor: SmallOffice, bus: ChangeBus, width: int, height: int
) -> None:
    rate_all(kantor, bus, 30)
    kantor.appraisal.set_organisation_result(kantor.dinas, TW3.code, OrganisationRating.BAIK)
    tab.reload()
    tab.resize(width, height)
    assert_nothing_clipped(tab)


def test_predicates_are_counted_beside_the_pattern(tab: AppraisalTab, kantor: SmallOffice, bus: ChangeBus) -> None:
    rate_all(kantor, bus)
    shown = tab.distribution.chart.accessibleName()
    assert f"{Predicate.BAIK.label} 32" in shown
