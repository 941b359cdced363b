"""The tab Pegawai as an operator uses it, on a real office."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from asn_desktop.gui.change_bus import ChangeBus
from asn_desktop.gui.personnel.decisions import HeadsDialog, LeaveDialog, SuperiorDialog
from asn_desktop.gui.personnel.form import EmployeeForm
from asn_desktop.gui.personnel.list_columns import missing_text
from asn_desktop.gui.personnel.tab import PersonnelTab
from asn_desktop.gui.personnel.units import UnitPopup
from asn_desktop.gui.tasks import Runner, SynchronousRunner
from asn_desktop.personnel.completeness import NEEDED, missing
from asn_desktop.personnel.listing import EmployeeSpec
from asn_desktop.personnel.model import Employee
from asn_desktop.reference.model import Unit
from asn_desktop.services import Services
from tests.gui.layout import assert_nothing_clipped
from tests.gui.recorder import MessageRecorder

Open = Callable[..., PersonnelTab]


@pytest.fixture
def calls() -> list[object]:
    """What the tab handed to the import wizard and the exporter."""
    return []


@pytest.fixture
def open_tab(qtbot: QtBot, runner: SynchronousRunner, bus: ChangeBus, calls: list[object]) -> Open:
    def open_it(office: Services, width: int = 1366, height: int = 660) -> PersonnelTab:
        tab = PersonnelTab(
            office.personnel, office.reference, runner, bus,
            import_people=lambda: calls.append("import"), export_people=calls.append,
            undo=lambda: runner.run_write(lambda _progress: office.safety.undo()),
        )  # fmt: skip
        qtbot.addWidget(tab)
        tab.resize(width, height)
        tab.show()
        qtbot.waitExposed(tab)
        return tab

    return open_it


def unit_id(office: Services, name: str) -> int:
    return next(unit.id for unit in office.reference.units() if unit.name == name)


def shown(tab: PersonnelTab) -> int:
    return tab.page.model.rowCount()


def panel_text(tab: PersonnelTab) -> str:
    return "\n".join(label.text() for label in tab.panel.findChildren(QLabel))


def test_an_empty_office_says_what_to_do_first(office: Services, open_tab: Open, calls: list[object]) -> None:
    tab = open_tab(office)
    assert not tab.where.isVisible()
    assert not tab.panel.isVisible()
    texts = [label.text() for label in tab.page.findChildren(QLabel) if label.isVisible()]
    assert "Belum ada data pegawai" in texts
    assert_nothing_clipped(tab)
    buttons = [button for button in tab.page.findChildren(QPushButton) if button.isVisible()]
    (start,) = [button for button in buttons if button.text() == "Impor pegawai"]
    start.click()
    assert calls == ["import"]


def test_three_zones_show_units_list_and_the_first_person(district: Services, open_tab: Open) -> None:
    tab = open_tab(district)
    assert shown(tab) == 200
    first = tab.page.table.row()
    assert first is not None
    assert first.name in panel_text(tab)
    assert "Pejabat penilai" in panel_text(tab)
    assert tab.page.state_label.text().startswith("200 pegawai di ")
    assert_nothing_clipped(tab)


def test_a_unit_narrows_the_list_and_names_its_head(district: Services, open_tab: Open) -> None:
    tab = open_tab(district)
    office = unit_id(district, "Dinas Kesehatan")
    tab.show_unit(office)
    assert shown(tab) == district.personnel.counts_by_unit()[office]
    assert tab.page.title_label.text() == "Dinas Kesehatan"
    head = next(unit.head_id for unit in district.reference.units() if unit.id == office)
    assert head is not None
    assert district.personnel.rows([head])[0].name in tab.page.state_label.text()


def test_search_and_filters_combine_and_are_emptied_together(district: Services, open_tab: Open, qtbot: QtBot) -> None:
    tab = open_tab(district)
    qtbot.keyClicks(tab.page.search, "guru")
    qtbot.keyClick(tab.page.search, Qt.Key.Key_Return)
    teachers = shown(tab)
    assert 0 < teachers < 200
    kinds = next(box for box in tab.page.findChildren(QComboBox) if "golongan" in box.accessibleName())
    kinds.setCurrentIndex(kinds.findData("IV"))
    assert 0 < shown(tab) < teachers
    assert all(tab.page.model.row_at(place).rank.startswith("IV/") for place in range(shown(tab)))
    tab.search("tidak ada orang ini")
    assert shown(tab) == 0
    tab.page.clear_filters()
    assert shown(tab) == 200


def test_a_header_sorts_and_keeps_the_selected_person(district: Services, open_tab: Open) -> None:
    tab = open_tab(district)
    tab.page.table.selectRow(7)
    person = tab.page.table.current_id()
    keys = [column.key for column in tab.page.model.columns]
    tab.page.model.sort(keys.index("rank"), Qt.SortOrder.DescendingOrder)
    assert tab.page.table.current_id() == person
    ranks = [tab.page.model.row_at(place).rank for place in range(5)]
    assert all(rank.startswith("IV/") for rank in ranks)


def test_leaving_and_undo(district: Services, open_tab: Open, messages: MessageRecorder, qtbot: QtBot) -> None:
    tab = open_tab(district)
    row = tab.page.table.row()
    assert row is not None
    tab.page.table.setFocus()
    tab.people.deactivate()
    dialog = tab.findChild(LeaveDialog)
    dialog.try_accept()
    assert dialog.isVisible()
    assert "alasan" in dialog.reason_field.error
    dialog.reason.setPlainText("Mencapai batas usia pensiun")
    dialog.try_accept()
    assert dialog.status_field.error == "Pilih kedudukan hukumnya."
    assert dialog.isVisible(), "nobody is dismissed because it was the first word of a list"
    dialog.status.setCurrentIndex(dialog.status.findData("Mencapai BUP"))
    dialog.try_accept()
    assert shown(tab) == 199
    assert district.personnel.detail(row.id).row.legal_status == "Mencapai BUP"
    assert tab.panel.card is not None
    assert tab.panel.card.detail.row.id == tab.page.table.current_id(), "the next person is chosen and shown"
    assert tab.page.table.currentIndex().row() == 0
    assert messages.notices == [f"{row.name} dinonaktifkan."]
    assert messages.last_undo is not None
    messages.last_undo()
    assert shown(tab) == 200


def test_the_inactive_can_come_back(district: Services, open_tab: Open, messages: MessageRecorder) -> None:
    person = district.personnel.ids(EmployeeSpec())[0]
    district.personnel.deactivate(person, "Pindah instansi", district.personnel.today)
    tab = open_tab(district)
    tab.page.change_spec(status="inactive")
    assert shown(tab) == 1
    assert "Pindah instansi" in panel_text(tab)
    assert tab.panel.return_button.isVisible()
    messages.answer(True)
    tab.panel.return_button.click()
    assert district.personnel.detail(person).row.active


def test_a_superior_for_several_people(district: Services, open_tab: Open, messages: MessageRecorder) -> None:
    tab = open_tab(district)
    tab.show_unit(unit_id(district, "Dinas Sosial"))
    tab.page.table.selectAll()
    chosen = tab.page.table.selected_ids()
    superior = next(number for number in district.personnel.ids(EmployeeSpec()) if number not in chosen)
    tab.people.set_superior()
    dialog = tab.findChild(SuperiorDialog)
    dialog.superior.set_pick(superior, "atasan")
    dialog.try_accept()
    assert all(district.personnel.detail(number).values["superior_id"] == superior for number in chosen)
    assert messages.notices == [f"Atasan {len(chosen)} pegawai yang dipilih ditetapkan."]


def test_a_refused_write_loses_nothing_that_was_typed(
    district: Services, open_tab: Open, messages: MessageRecorder
) -> None:
    below, above = district.personnel.ids(EmployeeSpec())[:2]
    district.personnel.set_superior([below], above, district.personnel.today)
    tab = open_tab(district)
    tab.show_person(above)
    tab.people.set_superior()
    dialog = tab.findChild(SuperiorDialog)
    assert tab.page.table.row().name in dialog.findChildren(QLabel)[1].text(), "the dialog names the person"
    dialog.superior.set_pick(below, "bawahannya sendiri")
    dialog.try_accept()
    assert len(messages.take_errors()) == 1
    assert dialog.isVisible()
    assert dialog.isEnabled()
    assert dialog.superior.text() == "bawahannya sendiri"
    dialog.reject()


def test_one_person_steps_need_one_person(district: Services, open_tab: Open, messages: MessageRecorder) -> None:
    tab = open_tab(district)
    tab.page.table.selectAll()
    assert "200 pegawai dipilih" in panel_text(tab)
    assert [action.text() for action in tab.page.table.row_menu().actions() if action.text()] == [
        "Tetapkan atasan langsung …", "Salin NIP", "Salin baris",
    ]  # fmt: skip
    leave = next(action for action in tab.page.table.actions() if action.text() == "Nonaktifkan …")
    leave.trigger()
    assert tab.findChild(LeaveDialog) is None
    assert messages.notices == ["200 pegawai dipilih. Pilih satu saja untuk langkah ini."]


def test_a_head_without_superior_is_not_told_that_the_unit_has_none(district: Services, open_tab: Open) -> None:
    unit = next(unit for unit in district.reference.units() if unit.kind == "OPD" and unit.head_id)
    assert unit.head_id is not None
    instansi = [one.id for one in district.reference.units() if one.kind == "INSTANSI"]
    with district.database.write("unit.clear", "Kosongkan pimpinan") as uow:
        uow.update_many(Unit, [(number, {"head_id": None, "head_name": None}) for number in instansi])
    tab = open_tab(district)
    tab.show_person(unit.head_id)
    assert "pegawai ini memimpin unitnya" in panel_text(tab)
    assert "unit ini belum" not in panel_text(tab)
    assert not [one for one in tab.panel.findChildren(QPushButton) if one.text() == "Jadikan pimpinan unit"]


def test_a_name_is_found_as_it_is_shown(district: Services, open_tab: Open) -> None:
    tab = open_tab(district)
    titled = [
        row for row in district.personnel.rows(district.personnel.ids(EmployeeSpec())) if row.name != row.bare_name
    ]
    assert len(titled) > 20
    for row in titled[:40]:
        tab.search(row.name)
        assert row.id in tab.page.model.ids, row.name
        assert row.id in {person.id for person in district.personnel.find_people(row.name)}, row.name


def test_the_place_is_kept_when_somebody_else_writes(
    district: Services, open_tab: Open, runner: SynchronousRunner
) -> None:
    tab = open_tab(district)
    table = tab.page.table
    ids = list(tab.page.model.ids)
    table.go_to(100)
    before = table.rowViewportPosition(100)
    for gone in (ids[3], ids[50], ids[100]):
        runner.run_write(lambda _p, n=gone: district.personnel.deactivate(n, "Pindah", district.personnel.today))
    assert table.current_id() == ids[101], "the next one"
    assert table.rowViewportPosition(table.currentIndex().row()) == before, "at the same height"
    assert tab.panel.card is not None
    assert tab.panel.card.detail.row.id == ids[101]
    runner.run_write(lambda _p: district.safety.undo())
    assert table.current_id() == ids[101]


def test_making_somebody_head_changes_the_assessor(
    district: Services, open_tab: Open, messages: MessageRecorder
) -> None:
    tab = open_tab(district)
    office = unit_id(district, "Dinas Pendidikan dan Kebudayaan")
    tab.show_unit(office)
    row = next(row for row in district.personnel.rows(list(tab.page.model.ids)) if "Sekolah" not in row.position)
    tab.page.table.select_id(row.id)
    messages.answer(True)
    tab.panel.head_asked.emit()
    assert next(unit.head_id for unit in district.reference.units() if unit.id == row.unit_id) == row.id


def test_copied_nips_are_whole_numbers_of_text(district: Services, open_tab: Open) -> None:
    tab = open_tab(district)
    tab.page.table.selectRow(0)
    row = tab.page.table.row()
    tab.people.copy_nip()
    assert QGuiApplication.clipboard().text() == row.nip
    tab.page.table.copy()
    assert row.name in QGuiApplication.clipboard().text()


def test_export_gets_the_list_as_filtered(district: Services, open_tab: Open, calls: list[object]) -> None:
    tab = open_tab(district)
    tab.search("guru")
    tab.export()
    assert calls == [tab.page.spec]
    assert tab.page.spec.search == "guru"


def test_enter_opens_the_form_and_a_save_shows_at_once(district: Services, open_tab: Open, qtbot: QtBot) -> None:
    tab = open_tab(district)
    tab.page.table.setFocus()
    qtbot.keyClick(tab.page.table, Qt.Key.Key_Return)
    form = tab.findChild(EmployeeForm)
    form.form.fields["phone"].editor.setText("0812 0000 1111")
    form.save()
    person = tab.page.table.current_id()
    assert district.personnel.detail(person).values["phone"] == "0812 0000 1111"
    assert "Nomor HP" in panel_text(tab)


def test_changes_elsewhere_are_shown(district: Services, open_tab: Open, runner: Runner) -> None:
    tab = open_tab(district)
    person = tab.page.table.current_id()
    runner.run_write(lambda _progress: district.personnel.deactivate(person, "Pensiun", district.personnel.today))
    assert shown(tab) == 199
    assert tab.page.state_label.text().startswith("199 pegawai")


def test_a_narrow_window_opens_the_units_from_a_button(district: Services, open_tab: Open, qtbot: QtBot) -> None:
    tab = open_tab(district, 910, 460)
    assert not tab.where.isVisible()
    assert_nothing_clipped(tab)
    tab.open_units()
    popup = tab.findChild(UnitPopup)
    qtbot.addWidget(popup)
    tab.show_unit(unit_id(district, "Dinas Kesehatan"))
    popup.close()
    assert tab.unit_button.text() == "Dinas Kesehatan"
    tab.resize(1366, 660)
    assert tab.where.isVisible()
    assert tab.tree.isVisible()


def test_units_without_head_are_told_and_settled(district: Services, open_tab: Open, messages: MessageRecorder) -> None:
    units = [unit.id for unit in district.reference.units() if unit.kind != "INSTANSI"]
    with district.database.write("unit.clear", "Kosongkan pimpinan") as uow:
        uow.update_many(Unit, [(number, {"head_id": None}) for number in units])
    tab = open_tab(district)
    assert tab.headless.text.text().startswith(f"{len(units)} unit belum punya pimpinan")
    assert_nothing_clipped(tab)
    tab.headless.settle_button.click()
    dialog = tab.findChild(HeadsDialog)
    first = dialog.list.topLevelItem(0)
    first.setCheckState(0, Qt.CheckState.Unchecked)
    chosen = dict(dialog.heads)
    assert first.data(0, Qt.ItemDataRole.UserRole).unit_id not in chosen
    dialog.accept_button.click()
    assert {unit.id: unit.head_id for unit in district.reference.units() if unit.id in chosen} == chosen
    assert tab.headless.text.text().startswith(f"{len(units) - len(chosen)} unit")
    assert messages.notices == [f"Pimpinan {len(chosen)} unit ditetapkan."]


def test_another_tab_leads_to_a_person_even_one_who_left(district: Services, open_tab: Open) -> None:
    gone = district.personnel.ids(EmployeeSpec())[50]
    district.personnel.deactivate(gone, "Pensiun", district.personnel.today)
    tab = open_tab(district)
    tab.search("tidak ada orang ini")
    tab.show_person(gone)
    assert tab.page.table.current_id() == gone
    still_here = district.personnel.ids(EmployeeSpec())[120]
    tab.show_person(still_here)
    assert tab.page.table.current_id() == still_here


def test_selecting_everything_asks_nothing_of_every_cell(
    district: Services, open_tab: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl+A in a list of 60,000 took 20 seconds while Qt asked the model about each cell."""
    tab = open_tab(district)
    asked: list[int] = []
    rows = type(tab.page.model).rowCount
    monkeypatch.setattr(type(tab.page.model), "rowCount", lambda *parts: asked.append(1) or rows(*parts))
    tab.page.table.selectAll()
    tab.page.table.horizontalHeader().repaint()
    assert tab.page.table.selected_places() == list(range(200))
    assert tab.page.count_label.text() == "200 pegawai · 200 dipilih"
    assert len(asked) < 400


def clear_fields(office: Services, wanted: dict[int, dict[str, None]]) -> None:
    """Empty fields as an import of a poor list leaves them."""
    with office.database.write("uji", "Kosongkan isian") as uow:
        uow.update_many(Employee, list(wanted.items()))


def test_what_is_missing_is_counted_and_shown_per_person(
    district: Services, open_tab: Open, qtbot: QtBot, runner: SynchronousRunner
) -> None:
    first, second, third = district.personnel.ids(EmployeeSpec())[:3]
    before = district.personnel.missing_counts(EmployeeSpec())
    clear_fields(
        district,
        {
            first: {"education_level": None, "birth_date": None},
            second: {"education_level": None},
            third: {"rank": None},
        },
    )
    counts = district.personnel.missing_counts(EmployeeSpec())
    grown = {key: counts[key] - before[key] for key in counts}
    assert grown == {"education_level": 2, "birth_date": 1, "rank": 1, "nip": 0, "unit_id": 0, "position": 0}
    assert list(counts.values()) == sorted(counts.values(), reverse=True)
    tab = open_tab(district)
    assert not tab.missing.isVisible()
    tab.show_status("incomplete")
    assert tab.missing.isVisible()
    choices = [tab.missing.itemText(place) for place in range(tab.missing.count())]
    assert f"Tingkat pendidikan kosong ({counts['education_level']})" in choices
    tab.missing.setCurrentIndex(tab.missing.findData("education_level"))
    assert shown(tab) == counts["education_level"]
    assert tab.people.go_to(first) is None
    row = tab.page.table.row()
    assert row is not None
    assert missing_text(row) == "Tanggal lahir, Tingkat pendidikan"
    assert not tab.page.table.isColumnHidden(tab._missing_column)
    fill = {b.accessibleName(): b for b in tab.panel.findChildren(QPushButton)}
    fill["Isi Tanggal lahir"].click()
    (form,) = [form for form in tab.findChildren(EmployeeForm) if form.isVisible()]
    assert form.form.fields["birth_date"].isAncestorOf(form.focusWidget())
    form.reject()
    tab.show_status("active")
    assert not tab.missing.isVisible()
    assert tab.page.spec.missing == ""
    assert tab.page.table.isColumnHidden(tab._missing_column)


def test_a_part_time_contract_without_number_lacks_nothing(district: Services) -> None:
    values = dict.fromkeys(NEEDED, "ada") | {"nip": None, "rank": None}
    assert missing(values | {"employment_kind": "PPPK_PARUH_WAKTU"}) == ()
    assert missing(values | {"employment_kind": "PNS"}) == ("nip", "rank")


def test_the_menu_of_a_unit_adds_and_exports_there(district: Services, open_tab: Open, calls: list[object]) -> None:
    tab = open_tab(district)
    number = unit_id(district, "Dinas Kesehatan")
    tab.show_unit(number)
    entries = {action.text().split("\t")[0]: action for action in tab.unit_menu.build().actions()}
    entries["Ekspor unit ini …"].trigger()
    (spec,) = calls
    assert isinstance(spec, EmployeeSpec)
    assert spec.unit_id == number
    entries["Tambah pegawai di unit ini …"].trigger()
    (form,) = [form for form in tab.findChildren(EmployeeForm) if form.isVisible()]
    assert form.command().unit_id == number
    form.reject()
