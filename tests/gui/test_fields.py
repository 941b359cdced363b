"""Small widgets by keyboard: ratings, dates, search, forms."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from asn_desktop.core.columns import Column, ColumnKind
from asn_desktop.core.issues import Issue
from asn_desktop.gui.dialogs import Dialog
from asn_desktop.gui.editors import OptionalNumber, editor_for
from asn_desktop.gui.forms import Form
from asn_desktop.gui.widgets import DateField, SearchField, SegmentedControl, combo, number_field, parse_date


@pytest.fixture
def rating(qtbot: QtBot) -> SegmentedControl:
    control = SegmentedControl(name="Hasil kerja", clearable=True)
    qtbot.addWidget(control)
    control.show()
    return control


@pytest.mark.parametrize(
    ("key", "value", "word"),
    [(Qt.Key.Key_1, "DI_BAWAH", "Di bawah"), (Qt.Key.Key_2, "SESUAI", "Sesuai"), (Qt.Key.Key_3, "DI_ATAS", "Di atas")],
)
def test_one_two_three_choose_a_rating(
    qtbot: QtBot, rating: SegmentedControl, key: Qt.Key, value: str, word: str
) -> None:
    with qtbot.waitSignal(rating.changed) as told:
        qtbot.keyClick(rating, key)
    assert told.args == [value]
    assert rating.word == word
    assert rating.accessibleName() == f"Hasil kerja: {word}"


def test_arrows_move_and_stop_at_the_ends_and_delete_clears(qtbot: QtBot, rating: SegmentedControl) -> None:
    chosen: list[str] = []
    rating.changed.connect(chosen.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        qtbot.keyClick(rating, key)
    qtbot.keyClick(rating, Qt.Key.Key_Delete)
    assert chosen == ["DI_BAWAH", "SESUAI", "DI_ATAS", "SESUAI", ""]


def test_a_click_chooses_and_showing_a_value_tells_nobody(qtbot: QtBot, rating: SegmentedControl) -> None:
    chosen: list[str] = []
    rating.changed.connect(chosen.append)
    rating.set_value("SESUAI")
    qtbot.mouseClick(rating, Qt.MouseButton.LeftButton, pos=QPoint(12, rating.height() // 2))
    assert chosen == ["DI_BAWAH"]
    with pytest.raises(ValueError, match="LUAR_BIASA"):
        rating.set_value("LUAR_BIASA")


@pytest.mark.parametrize("typed", ["21112026", "21/11/2026", "21-11-2026", "21.11.2026", " 21/11/2026 ", "21 11 2026"])
def test_dates_as_clerks_type_them(typed: str) -> None:
    assert parse_date(typed) == date(2026, 11, 21)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("21/11/26", "tahun lengkap"),
        ("2026-11-21", "tahun lengkap"),
        ("besok", "tahun lengkap"),
        ("31/02/2026", "Tanggal 31/02/2026 tidak ada di kalender."),
        ("29022026", "tidak ada di kalender"),
    ],
)
def test_a_doubtful_date_is_refused_with_a_sentence(typed: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        parse_date(typed)


def test_the_date_field_shows_the_date_or_keeps_what_was_typed(qtbot: QtBot) -> None:
    field = DateField()
    qtbot.addWidget(field)
    dates: list[date | None] = []
    field.date_changed.connect(dates.append)
    qtbot.keyClicks(field, "21112026")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert (field.text(), field.value) == ("21/11/2026", date(2026, 11, 21))
    field.clear()
    qtbot.keyClicks(field, "31/02/2026")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "31/02/2026", "a wrong date is never silently changed"
    assert "tidak ada di kalender" in field.error
    assert field.value == date(2026, 11, 21)
    field.clear()
    assert field.commit()
    assert dates == [date(2026, 11, 21), None]


def test_the_search_waits_for_a_pause_and_escape_empties_it(qtbot: QtBot) -> None:
    field = SearchField(delay=30)
    qtbot.addWidget(field)
    heard: list[str] = []
    field.searched.connect(heard.append)
    qtbot.keyClicks(field, "rahmat ")
    assert heard == []
    qtbot.waitUntil(lambda: heard == ["rahmat"])
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert heard == ["rahmat", ""]
    QTest.qWait(60)
    assert heard == ["rahmat", ""]


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    shown = Form(columns=2)
    shown.add_section("Identitas")
    shown.add_field("name", "Nama", QLineEdit(), required=True)
    shown.add_field("born", "Tanggal lahir", DateField())
    shown.add_field("kind", "Jenis", combo([("PNS", "PNS"), ("PPPK", "PPPK")]))
    shown.add_field("class", "Kelas jabatan", OptionalNumber(1, 17))
    shown.add_field("jp", "JP", number_field(0, 300))
    shown.add_field("rating", "Hasil kerja", SegmentedControl(clearable=True))
    shown.add_field("note", "Catatan", QPlainTextEdit(), span=0)
    shown.finish()
    qtbot.addWidget(shown)
    shown.show()
    return shown


RECORD = {"name": "Rahmat Hidayat", "born": date(1990, 5, 14), "kind": "PPPK", "class": 7, "jp": 20,
          "rating": "SESUAI", "note": "Pindahan"}  # fmt: skip


def test_a_form_shows_a_record_and_gives_it_back_unchanged(form: Form) -> None:
    form.set_values(RECORD)
    assert form.values() == RECORD
    assert not form.dirty


def test_only_what_was_changed_is_sent(qtbot: QtBot, form: Form) -> None:
    form.set_values(RECORD)
    states: list[bool] = []
    form.dirty_changed.connect(states.append)
    name = form.fields["name"].editor
    qtbot.keyClick(name, Qt.Key.Key_End)
    qtbot.keyClicks(name, " S")
    assert form.changed_values() == {"name": "Rahmat Hidayat S"}
    qtbot.keyClick(name, Qt.Key.Key_Backspace)
    qtbot.keyClick(name, Qt.Key.Key_Backspace)
    assert states == [True, False]


def test_a_stored_value_that_is_no_longer_offered_is_kept(form: Form) -> None:
    form.set_values({**RECORD, "kind": "CPNS"})
    assert form.values()["kind"] == "CPNS"


def test_an_empty_choice_is_not_filled_with_the_first_one(form: Form) -> None:
    form.set_values({**RECORD, "kind": None})
    assert form.values()["kind"] is None


def test_issues_stand_at_their_field_until_it_is_changed(qtbot: QtBot, form: Form) -> None:
    form.set_values(RECORD)
    homeless = form.show_issues(
        [
            Issue("name_missing", "Nama wajib diisi.", hint="Tulis sesuai SK.", field="name"),
            Issue("list_old", "Daftar ini lama.", field="source"),
        ]
    )
    assert form.errors == {"name": "Nama wajib diisi. Tulis sesuai SK."}
    assert [issue.code for issue in homeless] == ["list_old"]
    assert form.fields["name"].editor.property("invalid") is True
    qtbot.keyClicks(form.fields["name"].editor, "x")
    assert form.errors == {}


def test_ctrl_s_saves(qtbot: QtBot, form: Form) -> None:
    form.activateWindow()
    form.fields["name"].editor.setFocus()
    qtbot.waitUntil(form.fields["name"].editor.hasFocus)
    with qtbot.waitSignal(form.submitted):
        qtbot.keyClick(form.fields["name"].editor, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)


def test_the_catalogue_chooses_the_editor(qtbot: QtBot) -> None:
    kinds = {
        "born": Column("born", "Tanggal lahir", "TANGGAL LAHIR", ColumnKind.DATE),
        "class": Column("class", "Kelas", "KELAS", ColumnKind.INTEGER, numbers=(1, 17)),
        "sex": Column("sex", "Jenis kelamin", "JK", ColumnKind.CHOICE, choices=(("L", "Laki-laki"),)),
        "nip": Column("nip", "NIP", "NIP", ColumnKind.NIP, max_length=18),
    }
    made = {key: editor_for(column) for key, column in kinds.items()}
    for editor in made.values():
        qtbot.addWidget(editor)
    assert isinstance(made["born"], DateField)
    assert isinstance(made["class"], OptionalNumber)
    assert made["sex"].itemText(1) == "Laki-laki"  # type: ignore[attr-defined]
    qtbot.keyClicks(made["class"], "1a2")
    assert made["class"].number == 12


def test_enter_in_a_search_does_not_press_the_dialogs_button(qtbot: QtBot) -> None:
    dialog = Dialog("Lembar kerja")
    search = SearchField("Cari OPD", dialog)
    dialog.body.addWidget(search)
    pressed: list[bool] = []
    dialog.add_primary("Buat untuk semua", lambda: pressed.append(True))
    qtbot.addWidget(dialog)
    dialog.show()
    search.setFocus()
    with qtbot.waitSignal(search.searched):
        qtbot.keyClicks(search, "dinas")
        qtbot.keyClick(search, Qt.Key.Key_Return)
    assert not pressed
