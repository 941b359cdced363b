"""One evaluation in full: ratings, notes, SKP with realisation and feedback, revision, saving in one step."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from asn_desktop.appraisal.commands import RatingChange
from asn_desktop.appraisal.predicate import OrganisationRating, Predicate, Rating, State
from asn_desktop.gui.appraisal.evaluation_dialog import EvaluationDialog
from asn_desktop.gui.tasks import SynchronousRunner
from tests.gui.appraisal.conftest import TW3
from tests.gui.layout import assert_nothing_clipped
from tests.gui.recorder import MessageRecorder
from tests.integration.appraisal.people import SmallOffice


@pytest.fixture
def number(kantor: SmallOffice) -> int:
    kantor.appraisal.open_period(TW3)
    rows = kantor.appraisal.list_evaluations(TW3.code)
    return next(row.id for row in rows if row.employee_id == kantor.staff[0])


@pytest.fixture
def dialog(qtbot: QtBot, kantor: SmallOffice, runner: SynchronousRunner, number: int) -> EvaluationDialog:
    return _open(qtbot, kantor, runner, number)


def _open(qtbot: QtBot, kantor: SmallOffice, runner: SynchronousRunner, number: int) -> EvaluationDialog:
    result = EvaluationDialog(kantor.appraisal, runner, number)
    qtbot.addWidget(result, before_close_func=lambda shown: setattr(shown, "_dirty", False))
    result.show()
    return result


def _values(dialog: EvaluationDialog) -> QTreeWidgetItem:
    found = dialog.editor.tree.topLevelItem(2)
    assert found is not None
    return found


def test_everything_is_saved_in_one_operation(
    dialog: EvaluationDialog, kantor: SmallOffice, number: int, runner: SynchronousRunner, qtbot: QtBot
) -> None:
    dialog.result_rating.choose("DI_BAWAH")
    dialog.behaviour_rating.choose("SESUAI")
    assert dialog.reason.text() == "Butuh Perbaikan: hasil kerja di bawah, perilaku sesuai ekspektasi."
    dialog.notes.setPlainText("Perlu bimbingan.")
    dialog.signed.set_value(date(2026, 10, 5))
    editor = dialog.editor
    editor.add_rhk()
    editor.rhk_form.text.setPlainText("Pelayanan rawat jalan meningkat")
    rhk = editor.tree.currentItem()
    assert rhk is not None
    editor.tree.setCurrentItem(rhk.child(0))
    editor.iki_form.text.setPlainText("Kepuasan pasien")
    editor.iki_form.target.setText("80 – 90%")
    editor.iki_form.realisation.setPlainText("75%")
    editor.iki_form.feedback.add()
    editor.iki_form.feedback.lines[0].text.setText("")
    line = editor.iki_form.feedback.lines[0]
    line.text.insert("Tingkatkan")
    line.text.textEdited.emit(line.text.text())
    editor.add_iki()
    editor.iki_form.text.setPlainText("Waktu tunggu")
    editor.tree.setCurrentItem(_values(dialog).child(1))
    editor.value_form.expectation.setPlainText("Jaga data pasien")
    dialog.save()
    assert not dialog.isVisible()
    detail = kantor.appraisal.evaluation_detail(number)
    assert (detail.row.predicate, detail.notes, detail.signed_on) == (
        Predicate.BUTUH_PERBAIKAN, "Perlu bimbingan.", date(2026, 10, 5),
    )  # fmt: skip
    assert detail.skp is not None
    [result] = detail.skp.rhks
    assert [(iki.text, iki.target, iki.realisation) for iki in result.ikis] == [
        ("Kepuasan pasien", "80 – 90%", "75%"),
        ("Waktu tunggu", None, None),
    ]
    assert detail.skp.expectations == (("AKUNTABEL", "Jaga data pasien"),)
    assert [(row.giver, row.text) for row in detail.feedback] == [("PIMPINAN", "Tingkatkan")]
    again = _open(qtbot, kantor, runner, number)
    assert again.editor.rhk_form.text.toPlainText() == "Pelayanan rawat jalan meningkat"


def test_half_an_skp_is_refused_and_nothing_is_lost(
    dialog: EvaluationDialog, kantor: SmallOffice, number: int, messages: MessageRecorder
) -> None:
    dialog.notes.setPlainText("Catatan penting")
    dialog.editor.add_rhk()
    dialog.save()
    [error] = messages.take_errors()
    assert "RHK 1" in error.title
    assert dialog.isVisible()
    assert dialog.notes.toPlainText() == "Catatan penting"
    assert kantor.appraisal.evaluation_detail(number).notes is None


def test_closing_with_edits_asks_first(dialog: EvaluationDialog, messages: MessageRecorder) -> None:
    assert not dialog.unsaved.isVisible()
    dialog.notes.setPlainText("Belum disimpan")
    assert dialog.unsaved.isVisible(), "that something is not saved yet is seen before closing"
    messages.answer("stay")
    dialog.reject()
    assert dialog.isVisible()
    messages.answer("discard")
    dialog.reject()
    assert not dialog.isVisible()


def test_the_question_at_the_end_can_save(
    dialog: EvaluationDialog, kantor: SmallOffice, number: int, messages: MessageRecorder
) -> None:
    dialog.notes.setPlainText("Perlu bimbingan.")
    messages.answer("save")
    dialog.reject()
    assert not dialog.isVisible()
    assert kantor.appraisal.evaluation_detail(number).notes == "Perlu bimbingan."
    assert kantor.appraisal.evaluation_detail(number).row.name in messages.asked[-1], "the question names the person"


def test_a_refused_save_keeps_the_evaluation_open(dialog: EvaluationDialog, messages: MessageRecorder) -> None:
    dialog.notes.setPlainText("Catatan penting")
    dialog.editor.add_rhk()  # half an SKP is refused
    messages.answer("save")
    dialog.reject()
    assert messages.take_errors()
    assert dialog.isVisible()
    assert dialog.unsaved.isVisible()


def test_keys_walk_through_the_list_it_was_opened_from(
    qtbot: QtBot, kantor: SmallOffice, runner: SynchronousRunner, messages: MessageRecorder
) -> None:
    kantor.appraisal.open_period(TW3)
    rows = kantor.appraisal.list_evaluations(TW3.code)[:3]
    order = [row.id for row in rows]
    dialog = EvaluationDialog(kantor.appraisal, runner, order[0], order=order)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    turns: list[int] = []
    dialog.shown.connect(turns.append)
    control = Qt.KeyboardModifier.ControlModifier
    assert (dialog.walk.place.text(), dialog.walk.before.isEnabled()) == ("1 dari 3", False)
    qtbot.keyClick(dialog, Qt.Key.Key_PageDown, control)
    assert dialog.title_label.text() == rows[1].name
    dialog.notes.setPlainText("Untuk orang kedua")
    messages.answer("save")
    qtbot.keyClick(dialog, Qt.Key.Key_PageDown, control)
    assert (dialog.title_label.text(), dialog.notes.toPlainText()) == (rows[2].name, "")
    qtbot.keyClick(dialog, Qt.Key.Key_PageDown, control)  # the last one
    qtbot.keyClick(dialog, Qt.Key.Key_PageUp, control)
    assert dialog.notes.toPlainText() == "Untuk orang kedua"
    assert turns == [order[1], order[2], order[1]]
    assert_nothing_clipped(dialog)


def test_removing_an_indicator_with_a_realisation_asks_first(
    dialog: EvaluationDialog, messages: MessageRecorder
) -> None:
    editor = dialog.editor
    editor.add_rhk()
    rhk = editor.tree.currentItem()
    assert rhk is not None
    editor.tree.setCurrentItem(rhk.child(0))
    editor.iki_form.realisation.setPlainText("75%")
    messages.answer(False)
    editor.remove()
    rhk = editor.tree.currentItem().parent() if editor.tree.currentItem() else None
    assert rhk is not None
    assert rhk.childCount() == 1
    messages.answer(True)
    editor.remove()
    band = editor.tree.topLevelItem(0)
    assert band is not None
    assert band.child(0).childCount() == 0


def test_a_result_moves_to_the_other_band_and_keeps_its_text(dialog: EvaluationDialog) -> None:
    editor = dialog.editor
    editor.add_rhk()
    editor.rhk_form.text.setPlainText("Laporan")
    editor.rhk_form.kind.choose("TAMBAHAN")
    main, extra = editor.tree.topLevelItem(0), editor.tree.topLevelItem(1)
    assert main is not None
    assert extra is not None
    assert (main.childCount(), extra.childCount()) == (0, 1)
    assert extra.child(0).text(0) == "1. Laporan"
    assert editor.rhk_form.text.toPlainText() == "Laporan"


def test_a_final_evaluation_is_read_only_until_a_reasoned_revision(
    qtbot: QtBot, kantor: SmallOffice, runner: SynchronousRunner, number: int, messages: MessageRecorder
) -> None:
    kantor.appraisal.rate([RatingChange(number, Rating.SESUAI, Rating.SESUAI)])
    kantor.appraisal.finalise([number])
    dialog = _open(qtbot, kantor, runner, number)
    assert not dialog.result_rating.isEnabled()
    assert dialog.notes.isReadOnly()
    assert not dialog.save_button.isVisible()
    messages.answer("Keberatan dikabulkan")
    dialog.revise()
    assert dialog.result_rating.isEnabled()
    assert dialog.save_button.isVisible()
    assert "Keberatan dikabulkan" in dialog.locked.text()
    assert kantor.appraisal.evaluation_detail(number).row.state is State.RATED


def test_what_is_missing_is_said_but_never_blocks(dialog: EvaluationDialog, kantor: SmallOffice, number: int) -> None:
    assert "SKP belum diisi" in dialog.warnings.text()
    dialog.result_rating.choose("SESUAI")
    dialog.behaviour_rating.choose("SESUAI")
    dialog.save()
    assert kantor.appraisal.evaluation_detail(number).row.predicate is Predicate.BAIK


def test_the_head_of_a_unit_is_proposed_the_result_of_the_unit(
    qtbot: QtBot, kantor: SmallOffice, runner: SynchronousRunner, number: int
) -> None:
    assert number
    kantor.appraisal.set_organisation_result(kantor.dinas, TW3.code, OrganisationRating.ISTIMEWA)
    rows = kantor.appraisal.list_evaluations(TW3.code)
    head = next(row.id for row in rows if row.employee_id == kantor.head)
    dialog = _open(qtbot, kantor, runner, head)
    assert "usulan hasil kerja di atas" in dialog.proposal.text()
    assert dialog.result_rating.value == ""
    dialog.use_proposal.click()
    assert dialog.result_rating.value == "DI_ATAS"
    assert not dialog.use_proposal.isVisible()


def test_the_next_date_of_the_document_is_counted_in_working_days(dialog: EvaluationDialog) -> None:
    assert not dialog.due.isVisible()
    dialog.signed.set_value(date(2026, 10, 5))
    dialog.signed.date_changed.emit(date(2026, 10, 5))
    assert dialog.due.text() == "Serahkan kepada pegawai paling lambat 23 Oktober 2026 (14 hari kerja)."
    dialog.received.set_value(date(2026, 10, 6))
    dialog.received.date_changed.emit(date(2026, 10, 6))
    assert dialog.due.text().startswith("Pegawai mengembalikan paling lambat 26 Oktober 2026")


@pytest.mark.parametrize("page", [0, 1])
def test_the_dialog_fits_a_small_screen(dialog: EvaluationDialog, page: int) -> None:
    dialog.resize(880, 500)
    dialog.tabs.setCurrentIndex(page)
    assert_nothing_clipped(dialog)
