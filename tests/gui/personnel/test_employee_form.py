"""The form of an employee: what happens while one types, and what is saved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from asn_desktop.gui.personnel.fields import NipField, grouped
from asn_desktop.gui.personnel.form import EmployeeForm
from asn_desktop.gui.tasks import SynchronousRunner
from asn_desktop.personnel.listing import EmployeeSpec
from asn_desktop.personnel.model import Employee
from asn_desktop.services import Services
from tests.gui.layout import assert_nothing_clipped
from tests.gui.recorder import MessageRecorder

Open = Callable[..., EmployeeForm]


@pytest.fixture
def open_form(qtbot: QtBot, runner: SynchronousRunner) -> Open:
    def open_it(office: Services, employee_id: int | None = None) -> EmployeeForm:
        detail = office.personnel.detail(employee_id) if employee_id is not None else None
        form = EmployeeForm(office.personnel, office.reference.units(), runner, detail=detail)
        qtbot.addWidget(form)
        form.resize(form.sizeHint())
        form.show()
        return form

    return open_it


def somebody(office: Services, search: str = "guru") -> int:
    return office.personnel.ids(EmployeeSpec(search=search))[0]


def put(form: EmployeeForm, key: str, value: object) -> None:
    """As the person would: through the editor."""
    editor = form.form.fields[key].editor
    if isinstance(editor, QComboBox):
        editor.setCurrentIndex(editor.findData(value))
    else:
        form.form.fields[key].binding.write(value)
        if isinstance(editor, QLineEdit):
            editor.textEdited.emit(editor.text())


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("198503122010011004", "19850312 201001 1 004"),
        ("19850312 2010011004", "19850312 201001 1 004"),
        ("19850312.201001.1.004", "19850312 201001 1 004"),
        ("19850312201", "19850312 201"),
        ("1985O312", "1985O312"),
    ],
)
def test_a_nip_groups_itself_while_typed(qtbot: QtBot, typed: str, shown: str) -> None:
    field = NipField()
    qtbot.addWidget(field)
    qtbot.keyClicks(field, typed)
    assert field.text() == shown


def test_a_digit_typed_in_the_middle_leaves_the_cursor_behind_it(qtbot: QtBot) -> None:
    field = NipField()
    qtbot.addWidget(field)
    field.setText(grouped("1985031220100110"))
    field.setCursorPosition(4)
    qtbot.keyClicks(field, "9")
    assert field.text().startswith("19859031 2")
    assert field.cursorPosition() == 5


def test_findings_appear_at_the_field_while_typing(district: Services, open_form: Open, qtbot: QtBot) -> None:
    form = open_form(district)
    put(form, "nip", "198503122010011004")
    put(form, "sex", "P")
    qtbot.waitUntil(lambda: "laki-laki" in form.form.fields["sex"].note.text())
    assert form.form.fields["sex"].note.property("role") == "warning"
    assert form.form.fields["name"].error == ""  # nobody has been there yet
    put(form, "nip", "19850312201")
    form.check_now()
    assert "18 angka" in form.form.fields["nip"].error


def test_saving_marks_everything_and_goes_to_the_first_fault(district: Services, open_form: Open) -> None:
    form = open_form(district)
    put(form, "nip", "198503122010011904")
    form.save()
    assert set(form.form.errors) == {"name", "unit_id"}
    assert form.summary.text() == "2 isian perlu dibetulkan"
    assert form.isVisible()
    assert district.personnel.total() == 200


def test_impossible_dates_and_numbers_are_told_and_not_saved(district: Services, open_form: Open) -> None:
    form = open_form(district, somebody(district))
    born = form.form.fields["birth_date"].editor
    assert isinstance(born, QLineEdit)
    born.setText("31/02/1990")
    put(form, "service_months", 13)
    form.save()
    assert "tidak ada di kalender" in form.form.errors["birth_date"]
    assert "0 sampai 11" in form.form.errors["service_months"]


def test_a_new_employee_is_saved_into_the_picked_unit(district: Services, open_form: Open, qtbot: QtBot) -> None:
    form = open_form(district)
    unit = next(row for row in district.reference.units() if row.name == "Dinas Sosial")
    put(form, "nip", "19990101 202412 2 901")
    put(form, "name", "Baru Sekali")
    form.unit.set_pick(unit.id, unit.name)
    with qtbot.waitSignal(form.saved) as saved:
        form.save()
    detail = district.personnel.detail(saved.args[0])
    assert (detail.row.nip, detail.row.unit) == ("199901012024122901", "Dinas Sosial")
    assert not form.isVisible()


def test_picking_a_unit_by_typing_part_of_its_name(district: Services, open_form: Open, qtbot: QtBot) -> None:
    form = open_form(district)
    form.unit.setFocus()
    qtbot.keyClicks(form.unit, "perhubungan")
    completer = form.unit.completer()
    completer.setCurrentRow(0)
    completer.activated[QModelIndex].emit(completer.currentIndex())
    assert form.unit.text() == "Dinas Perhubungan"
    qtbot.waitUntil(lambda: form.unit.cursorPosition() == 0)  # the beginning of a long text is to be seen
    assert form.unit.toolTip() in ("", "Dinas Perhubungan")
    qtbot.keyClicks(form.unit, "xyz")
    form.form.fields["name"].editor.setFocus()
    form.unit.clearFocus()
    assert form.unit.picked_id is not None


def test_long_texts_are_shown_from_their_beginning(district: Services, open_form: Open) -> None:
    number = somebody(district)
    long = "Pengadministrasi Perkantoran pada Subbagian Umum dan Kepegawaian"
    with district.database.write("employee.update", "Ubah jabatan") as uow:
        uow.update(Employee, number, {"position": long})
    form = open_form(district, number)
    editor = form.form.fields["position"].editor
    assert isinstance(editor, QLineEdit)
    assert (editor.text(), editor.cursorPosition(), editor.toolTip()) == (long, 0, long)


def test_the_superior_is_found_by_search(district: Services, open_form: Open, qtbot: QtBot) -> None:
    form = open_form(district, somebody(district))
    boss = district.personnel.find_people("kepala dinas sosial")[0]
    qtbot.keyClicks(form.superior, "kepala dinas sosial")
    choices = form.superior.completer().popup()
    screen = form.screen().availableGeometry().right()
    field_left = form.superior.mapToGlobal(form.superior.rect().topLeft()).x()
    assert choices.width() >= min(choices.sizeHintForColumn(0), screen - field_left), "names with post and unit, uncut"
    model = form.superior.completer().model()
    offered = [model.index(row, 0).data(Qt.ItemDataRole.UserRole) for row in range(model.rowCount())]
    assert boss.id in offered


def test_a_move_asks_from_when_and_keeps_the_old_place(district: Services, open_form: Open) -> None:
    person = somebody(district)
    form = open_form(district, person)
    assert not form.move_box.isVisible()
    put(form, "position", "Pengawas Sekolah Ahli Muda")
    assert form.move_box.isVisible()
    form.effective.setText("")
    form.save()
    assert "mulai berlaku" in form.effective_message.text()
    form.effective.setText("01/07/2026")
    form.save()
    assert [row.until for row in district.personnel.detail(person).former] == [date(2026, 7, 1)]


def test_a_correction_is_no_move(district: Services, open_form: Open) -> None:
    person = somebody(district)
    form = open_form(district, person)
    put(form, "position", "Guru Kelas Ahli Madya")
    form.is_correction.setChecked(True)
    form.save()
    assert district.personnel.detail(person).former == ()


def test_another_kind_offers_its_own_golongan(district: Services, open_form: Open) -> None:
    form = open_form(district)
    put(form, "rank", "IV/a")
    put(form, "employment_kind", "PPPK")
    rank = form.form.fields["rank"].editor
    assert isinstance(rank, QComboBox)
    assert form.form.fields["rank"].value == ""
    assert rank.findData("IX") > 0
    assert rank.findData("III/b") < 0


@pytest.mark.parametrize(("answer", "phone"), [("mine", "0811"), ("theirs", "0899")])
def test_a_record_changed_meanwhile_asks_whose_words_count(
    district: Services, open_form: Open, messages: MessageRecorder, answer: str, phone: str
) -> None:
    person = somebody(district)
    mine, theirs = open_form(district, person), open_form(district, person)
    put(theirs, "phone", "0899")
    theirs.save()
    put(mine, "phone", "0811")
    messages.answer(answer)
    mine.save()
    assert district.personnel.detail(person).values["phone"] == phone
    assert mine.isVisible() is (answer == "theirs")


def test_nothing_is_cut_off(district: Services, open_form: Open) -> None:
    form = open_form(district, somebody(district))
    put(form, "title_back", "S.Pd., M.Pd., Ph.D., M.Hum.")
    put(form, "service_months", 13)
    form.check_now()
    assert_nothing_clipped(form)


def test_birth_date_and_sex_come_from_the_nip_of_a_new_person(district: Services, open_form: Open) -> None:
    form = open_form(district)
    fields = form.form.fields
    put(form, "nip", "199104152015032009")
    assert (fields["birth_date"].value, fields["sex"].value) == (date(1991, 4, 15), "P")
    assert "NIP" in fields["birth_date"].note.text(), "where it comes from is said"
    put(form, "nip", "198503122010011008")
    assert (fields["birth_date"].value, fields["sex"].value) == (date(1985, 3, 12), "L"), "it follows the NIP"


def test_what_the_person_wrote_stays_and_is_pointed_out(district: Services, open_form: Open) -> None:
    form = open_form(district)
    fields = form.form.fields
    put(form, "birth_date", date(1990, 1, 1))
    put(form, "nip", "199104152015032009")
    assert fields["birth_date"].value == date(1990, 1, 1)
    form.check_now()
    notes = [field.note.text() for field in fields.values()]
    assert any("Perlu diperiksa" in note and "lahir" in note for note in notes), notes


def test_an_existing_person_is_not_filled_in_again(district: Services, open_form: Open) -> None:
    form = open_form(district, somebody(district))
    before = form.form.fields["birth_date"].value
    put(form, "nip", "199104152015032009")
    assert form.form.fields["birth_date"].value == before
