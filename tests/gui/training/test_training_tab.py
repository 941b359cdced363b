"""The training calendar in the real tab on a real office: add, place people, warn, record, undo."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from asn_desktop.core.identifiers import format_nip
from asn_desktop.gui.change_bus import ChangeBus
from asn_desktop.gui.tasks import SynchronousRunner
from asn_desktop.gui.training.attendance_dialog import AttendanceDialog
from asn_desktop.gui.training.form import EventDialog
from asn_desktop.gui.training.holidays_dialog import HolidaysDialog
from asn_desktop.gui.training.people_dialog import PeopleDialog
from asn_desktop.gui.training.tab import TrainingTab
from asn_desktop.personnel.listing import EmployeeSpec
from asn_desktop.services import Services
from asn_desktop.training.commands import Nominate, SaveEvent
from asn_desktop.training.rules import BalanceState
from tests.gui.layout import assert_nothing_clipped
from tests.gui.recorder import MessageRecorder
from tests.integration.staff import add_people


@pytest.fixture
def tab(office: Services, runner: SynchronousRunner, bus: ChangeBus, qtbot: QtBot) -> Iterator[TrainingTab]:
    result = TrainingTab(office, runner, bus)
    qtbot.addWidget(result)
    result.resize(1366, 640)
    result.show()
    yield result
    result.close()


def add_event(office: Services, name: str = "Bimtek SKP", **changes: object) -> int:
    values: dict[str, object] = {
        "form": "KL10", "competence": "teknis", "starts": date(2026, 10, 5), "ends": date(2026, 10, 7), "jp": 16,
        "quota": 2,
    }  # fmt: skip
    return office.training.save_event(SaveEvent(name, **(values | changes))).event_id  # type: ignore[arg-type]


def open_dialog(tab: TrainingTab, kind: type) -> object:
    found = [dialog for dialog in tab.findChildren(kind) if dialog.isVisible()]
    assert len(found) == 1
    return found[0]


def test_kegiatan_baru_lewat_formulir_muncul_di_kalender(
    tab: TrainingTab, office: Services, messages: MessageRecorder, qtbot: QtBot
) -> None:
    tab.does.add_event(date(2026, 12, 24))
    form = open_dialog(tab, EventDialog)
    assert isinstance(form, EventDialog)
    form.save_button.click()
    assert form.fields["name"].error == "Nama kegiatan belum diisi."
    assert form.fields["form"].error
    assert form.fields["competence"].error, "nothing is chosen for the clerk"
    assert office.training.events() == [], "isian yang belum lengkap tidak ditulis"
    qtbot.keyClicks(form.name, "Seminar Pelayanan")
    form.form.set_value("NKL02")
    form.fields["competence"].binding.write("teknis")
    assert form.jp.number == 2, "setara JP mentoring diusulkan"
    form.ends.set_value(date(2026, 12, 26))
    form.check()
    assert any("25 Desember 2026 libur" in text for text in form.warnings.texts)
    form.save_button.click()
    assert not form.isVisible()
    (event,) = office.training.events()
    assert (event.name, event.starts, event.jp) == ("Seminar Pelayanan", date(2026, 12, 24), 2)
    assert tab.calendar.month == date(2026, 12, 1)
    assert tab.panel.detail is not None
    assert tab.panel.detail.row.id == event.id
    assert messages.last_undo is not None
    messages.last_undo()
    assert office.training.events() == []
    assert tab.panel.detail is None


def test_formulir_menolak_rupiah_yang_bukan_bilangan(tab: TrainingTab, office: Services) -> None:
    number = add_event(office)
    tab.reload()
    tab.select_event(number)
    tab.does.edit_event()
    form = open_dialog(tab, EventDialog)
    assert isinstance(form, EventDialog)
    form.fields["budget"].editor.setText("dua belas juta")
    form.save()
    assert "bukan angka" in form.fields["budget"].error
    form.fields["budget"].editor.setText("Rp12.500.000")
    form.save()
    assert office.training.event_rows([number])[0].budget == 12_500_000


def test_peserta_ditempatkan_dengan_saldo_dan_peringatan_bentrok(
    tab: TrainingTab, office: Services, messages: MessageRecorder
) -> None:
    busy, free, third = add_people(office, "Rahmat Hidayat", "Siti Aisyah", "Yusuf Ibrahim")
    other = add_event(office, "Kursus bendahara", jp=10)
    office.training.nominate(Nominate(other, (busy,)))
    number = add_event(office)
    tab.reload()
    tab.select_event(number)
    tab.panel.add_button.click()
    dialog = open_dialog(tab, PeopleDialog)
    assert isinstance(dialog, PeopleDialog)
    shown = {row.person.employee_id: row for place in range(3) if (row := dialog.table.rows.row(place))}
    assert "Kursus bendahara" in shown[busy].issues[0].message
    assert shown[busy].person.balance.planned == 10
    assert shown[free].person.balance.state is BalanceState.SHORT
    dialog.table.tick_keys([busy, free, third])
    assert dialog.add_people.text() == "Tambahkan 3 orang"
    dialog.add_people.click()
    assert not dialog.isVisible()
    assert messages.notices[-1] == "2 peserta ditambahkan, 1 menjadi peserta cadangan."
    assert {row.employee_id: row.state for row in office.training.participants(number)} == {
        busy: "nominated", free: "nominated", third: "reserve",
    }  # fmt: skip
    assert tab.panel._people_title.text() == "Peserta: 2"
    assert tab.panel._values["places"].text().startswith("2 dari 2 tempat terisi · 1 ")
    assert [tab.panel.people.rows.row(place).employee_id for place in range(2)] == [busy, free]
    tab.panel.others_button.click()
    assert tab.panel.people.rows.rowCount() == 3
    assert tab.panel.others_button.text() == "Sembunyikan 1 yang tidak mengisi tempat"
    assert tab.panel.warnings.texts == ("1 peserta perlu diperiksa.",)


def test_calon_disaring_menurut_jp_dan_nama(tab: TrainingTab, office: Services) -> None:
    add_people(office, "Rahmat Hidayat", "Siti Aisyah")
    add_people(office, "Dewi Kontrak", kind="PPPK")
    number = add_event(office)
    event = office.training.event_rows([number])[0]
    dialog = PeopleDialog(office.training, office.reference, tab._runner, event, frozenset, tab)
    dialog.show()
    assert dialog.table.rows.rowCount() == 3
    dialog.show_only.set_value("short")
    assert dialog.table.rows.rowCount() == 2, "PPPK tidak berutang JP"
    dialog.show_only.set_value("plan")
    assert dialog.table.rows.rowCount() == 0
    dialog.show_only.set_value("")
    dialog.search.setText("siti")
    dialog.search.search_now()
    assert dialog.table.rows.rowCount() == 1
    dialog.close()


def test_kehadiran_mencatat_jp_dan_sertifikat(tab: TrainingTab, office: Services) -> None:
    first, second = add_people(office, "Rahmat", "Siti")
    number = add_event(office)
    office.training.nominate(Nominate(number, (first, second)))
    tab.reload()
    tab.select_event(number)
    tab.panel.attendance_button.click()
    dialog = open_dialog(tab, AttendanceDialog)
    assert isinstance(dialog, AttendanceDialog)
    dialog.all_present()
    dialog.present[1].setChecked(False)
    dialog.hours[0].setText("12")
    dialog.certificates[0].setText("042/STTP/2026")
    dialog.save_button.click()
    rows = {row.employee_id: row for row in office.training.participants(number)}
    assert (rows[first].jp_credited, rows[first].certificate_number) == (12, "042/STTP/2026")
    assert (rows[second].state, rows[second].jp_credited) == ("absent", 0)


def test_enter_pada_kehadiran_turun_dan_tidak_menyimpan(tab: TrainingTab, office: Services, qtbot: QtBot) -> None:
    number = add_event(office, quota=4)
    office.training.nominate(Nominate(number, tuple(add_people(office, "Ani", "Budi", "Citra"))))
    tab.reload()
    tab.select_event(number)
    tab.panel.attendance_button.click()
    dialog = open_dialog(tab, AttendanceDialog)
    assert isinstance(dialog, AttendanceDialog)
    dialog.all_present()
    dialog.present[1].setChecked(False)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.hours[0].setFocus()
    qtbot.keyClicks(dialog.hours[0], "8")
    qtbot.keyClick(dialog.hours[0], Qt.Key.Key_Tab)
    assert dialog.certificates[0].hasFocus()
    qtbot.keyClick(dialog.certificates[0], Qt.Key.Key_Return)
    assert dialog.isVisible(), "Enter di kolom terakhir bukan Simpan"
    assert dialog.hours[2].hasFocus(), "kembali ke kolom awal; baris yang tidak hadir dilewati"
    qtbot.keyClick(dialog.hours[2], Qt.Key.Key_Return)
    assert dialog.save_button.hasFocus()
    dialog.reject()


def test_lembar_kerja_peserta_keluar_sebagai_berkas(
    tab: TrainingTab, office: Services, messages: MessageRecorder, tmp_path: Path
) -> None:
    number = add_event(office, "Bimtek: SKP / e-Kinerja")
    office.training.nominate(Nominate(number, tuple(add_people(office, "Ani Contoh"))))
    tab.show_event(number)
    target = tmp_path / "peserta.xlsx"
    messages.answer(target)
    tab.panel.worksheet_wanted.emit()
    plan = office.exchange.examine(target)
    assert (plan.kind, plan.counts["same"]) == ("participants", 1)
    assert "1 peserta tersimpan" in messages.notices[-1]
    assert messages.saved_paths == [target], "berkasnya dapat dibuka dari pemberitahuan"
    assert messages.offered[-1].name == "Peserta Bimtek SKP e-Kinerja.xlsx"


def test_batal_menanyakan_alasan_dan_dapat_diurungkan(
    tab: TrainingTab, office: Services, messages: MessageRecorder
) -> None:
    number = add_event(office)
    tab.reload()
    tab.select_event(number)
    messages.answer(None)
    tab.does.change_state("cancelled")
    assert office.training.event_rows([number])[0].state == "planned"
    messages.answer("Anggaran dialihkan")
    tab.does.change_state("cancelled")
    assert office.training.event_rows([number])[0].state == "cancelled"
    assert messages.last_undo is not None
    messages.last_undo()
    assert office.training.event_rows([number])[0].state == "planned"


def test_kalender_dengan_papan_ketik(tab: TrainingTab, office: Services, qtbot: QtBot) -> None:
    number = add_event(office)
    tab.show_month(2026, 10)
    assert tab.calendar.selected == date(2026, 10, 6)
    qtbot.keyClick(tab.calendar, Qt.Key.Key_Return)
    assert tab.panel.detail is not None
    assert tab.panel.detail.row.id == number
    qtbot.keyClick(tab.calendar, Qt.Key.Key_Left)
    qtbot.keyClick(tab.calendar, Qt.Key.Key_Up)
    assert tab.calendar.selected == date(2026, 9, 28)
    assert tab.calendar.month == date(2026, 9, 1)
    qtbot.keyClick(tab.calendar, Qt.Key.Key_PageDown)
    assert tab.calendar.selected == date(2026, 10, 28)
    qtbot.keyClick(tab.calendar, Qt.Key.Key_Home)
    assert tab.calendar.selected == date(2026, 10, 6)
    qtbot.keyClick(tab.calendar, Qt.Key.Key_Insert)
    form = open_dialog(tab, EventDialog)
    assert isinstance(form, EventDialog)
    assert form.starts.value == date(2026, 10, 6)
    form.reject()


def test_klik_pada_batang_memilih_kegiatan(tab: TrainingTab, office: Services, qtbot: QtBot) -> None:
    number = add_event(office)
    tab.show_month(2026, 10)
    bar = next(bar for bar in tab.calendar._bars if bar.event.id == number)
    middle: QPointF = tab.calendar._bar_rect(bar).center()
    qtbot.mouseClick(tab.calendar, Qt.MouseButton.LeftButton, pos=middle.toPoint())
    assert tab.panel.detail is not None
    assert tab.panel.detail.row.id == tab.calendar.highlighted == number


def test_hari_libur_disebut_namanya(tab: TrainingTab) -> None:
    tab.show_day(date(2026, 8, 17))
    assert tab.title.text() == "Agustus 2026"
    assert "Kemerdekaan" in tab.calendar.accessibleName()


def test_hari_yang_penuh_menawarkan_semua_kegiatannya(tab: TrainingTab, office: Services) -> None:
    numbers = [add_event(office, f"Kegiatan {n}") for n in range(12)]
    tab.show_month(2026, 10)
    assert {shown.id for shown in tab.calendar.events_on(date(2026, 10, 6))} == set(numbers)
    tab.calendar.more_clicked.emit(date(2026, 10, 6))
    (menu,) = (found for found in tab.calendar.findChildren(QMenu) if found.isVisible())
    assert len(menu.actions()) == 12
    (chosen,) = (action for action in menu.actions() if action.text() == "Kegiatan 11")
    chosen.trigger()
    menu.close()
    assert tab.panel.detail is not None
    assert tab.panel.detail.row.id == numbers[11]


def test_tahun_tanpa_data_libur_diperingatkan_sampai_diisi(tab: TrainingTab, office: Services) -> None:
    tab.show_month(2031, 5)
    assert tab.warnings.texts == ("Belum ada data libur tahun 2031. Buka “Hari libur” untuk mengisinya.",)
    tab.does.edit_holidays(2031)
    dialog = open_dialog(tab, HolidaysDialog)
    assert isinstance(dialog, HolidaysDialog)
    assert dialog.missing.texts == ("Belum ada data libur tahun 2031.",)
    dialog.fill_button.click()
    assert dialog.missing.texts == ()
    dialog.day.set_value(date(2031, 7, 10))
    dialog.name.setText("HUT Kabupaten Contoh")
    dialog.save()
    rows = office.reference.holidays(date(2031, 7, 10), date(2031, 7, 10))
    assert [(row.name, row.kind) for row in rows] == [("HUT Kabupaten Contoh", "libur_daerah")]
    dialog.table.select_id(rows[0].id)
    dialog.remove()
    assert office.reference.holidays(date(2031, 7, 10), date(2031, 7, 10)) == []
    dialog.accept()
    assert tab.warnings.texts == ()


def test_saringan_daftar_dan_minggu_ini(tab: TrainingTab, office: Services) -> None:
    add_event(office)
    add_event(office, "Mentoring", form="NKL02", starts=date(2026, 11, 2), ends=date(2026, 11, 3))
    tab.view.choose("daftar")
    assert tab.list.rows.rowCount() == 2
    tab.filters.form.set_value("NKL02")
    assert tab.list.rows.rowCount() == 1
    tab.show_week(date(2026, 10, 6))
    assert tab.list.rows.rowCount() == 1
    assert tab.title.text() == "5–11 Oktober 2026"
    tab.view.choose("bulan")
    assert tab.title.text() == "Oktober 2026"


def test_saldo_jp_menurut_keadaan_dan_buka_pegawai(tab: TrainingTab, office: Services, qtbot: QtBot) -> None:
    short, _other = add_people(office, "Rahmat", "Siti")
    add_people(office, "Dewi", kind="PPPK")
    tab.show_balance("short")
    assert tab.balance.table.rows.rowCount() == office.training.count_short(2026) == 2
    with qtbot.waitSignal(tab.person_opened) as opened:
        tab.balance.table.select_id(short)
        qtbot.keyClick(tab.balance.table, Qt.Key.Key_Return)
    assert opened.args == [short]


@pytest.mark.parametrize("size", [(1366, 640), (911, 400)])
@pytest.mark.parametrize("view", ["bulan", "daftar", "jp"])
def test_tidak_ada_yang_terpotong(tab: TrainingTab, office: Services, size: tuple[int, int], view: str) -> None:
    people = add_people(office, "Rahmat", "Siti", "Yusuf")
    number = add_event(office, place="Aula BKPSDM", budget=42_000_000, spent=1_000_000, funding="apbd_bkpsdm")
    office.training.nominate(Nominate(number, tuple(people)))
    tab.resize(*size)
    tab.view.choose(view)
    tab.select_event(number)
    assert_nothing_clipped(tab)


def test_kosong_menjelaskan_gunanya(tab: TrainingTab) -> None:
    tab.view.choose("daftar")
    assert tab.pages.currentWidget() is tab.empty
    assert tab.empty.button is not None
    tab.empty.button.click()
    form = open_dialog(tab, EventDialog)
    assert isinstance(form, EventDialog)
    form.reject()


@pytest.fixture
def chooser(tab: TrainingTab, district: Services, messages: MessageRecorder) -> Iterator[PeopleDialog]:
    """*Tambah peserta* of an event without a quota, in an office of 200 people."""
    number = add_event(district, quota=None)
    event = district.training.event_rows([number])[0]
    dialog = PeopleDialog(district.training, district.reference, tab._runner, event, frozenset, tab)
    dialog.show()
    yield dialog
    dialog.close()


def chosen(dialog: PeopleDialog) -> set[int]:
    return set(dialog.table.rows.checked)


def test_satu_unit_dipilih_sekaligus(chooser: PeopleDialog, district: Services, qtbot: QtBot) -> None:
    units = [unit for unit in district.reference.units() if unit.kind == "OPD"]
    unit = max(units, key=lambda row: len(district.personnel.ids(EmployeeSpec(unit_id=row.id))))
    people = set(district.personnel.ids(EmployeeSpec(unit_id=unit.id)))
    chooser.unit.set_value(str(unit.id))
    chooser.tick_all.click()
    assert chosen(chooser) == people
    chooser.unit.set_value("")
    chooser.show_only.set_value("chosen")
    assert chooser.table.rows.rowCount() == len(people), "yang dicentang dapat dilihat sebelum ditambahkan"
    qtbot.keyClick(chooser, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    number = chooser._event.id
    assert {row.employee_id for row in district.training.participants(number)} == people


def test_nama_unit_ikut_dicari(chooser: PeopleDialog, district: Services) -> None:
    unit = next(row for row in district.reference.units() if row.kind == "OPD" and "Kesehatan" in row.name)
    chooser.search.setText("kesehatan")
    chooser.search.search_now()
    shown = {chooser.table.rows.row(place).person.employee_id for place in range(chooser.table.rows.rowCount())}
    own = district.personnel.ids(EmployeeSpec(unit_id=unit.id))
    assert own
    assert shown & set(own)


def test_semua_yang_cocok_juga_di_luar_yang_tampil(
    chooser: PeopleDialog, district: Services, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("asn_desktop.gui.training.people_dialog._LIMIT", 10)
    chooser.reload()
    assert chooser.table.rows.rowCount() == 10
    qtbot.keyClick(chooser.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert chosen(chooser) == set(district.personnel.ids(EmployeeSpec()))
    chooser.clear_all.click()
    assert chosen(chooser) == set()


def test_nip_yang_ditempel_dicentang_dan_sisanya_disebut(
    chooser: PeopleDialog, district: Services, messages: MessageRecorder
) -> None:
    rows = [row for row in district.personnel.rows(district.personnel.ids(EmployeeSpec())) if row.nip]
    first, second, third, gone = rows[:4]
    number = chooser._event.id
    district.training.nominate(Nominate(number, (third.id,)))
    district.personnel.deactivate(gone.id, "Pensiun", district.personnel.today, None)
    text = (
        f"No\tNIP\tNama\r\n1\t{format_nip(first.nip)}\t{first.name}\r\n2\t'{second.nip}\t{second.name}\r\n"
        f"{third.nip}\n{gone.nip}\n199001012020121999\n{first.nip}\nSiti Tanpa Nomor\n1985012820050410\n"
    )
    messages.answer(text)
    chooser.paste.click()
    assert chosen(chooser) == {first.id, second.id}
    (told,) = messages.informed
    assert "2 pegawai dicentang" in told
    for reason, nip in (
        ("Tidak ada di data pegawai (1)", "199001012020121999"),
        ("Sudah terdaftar pada kegiatan ini (1)", third.nip),
        ("Sudah nonaktif (1)", gone.nip),
    ):
        assert f"{reason}: {format_nip(nip)}." in told
    without = "Tanpa NIP 18 angka, jadi tidak dicari (3 baris): “No NIP Nama”; “Siti Tanpa Nomor”; “1985012820050410”."
    assert without in told
    assert chooser.show_only.value == "chosen"
    assert chooser.table.rows.rowCount() == 2
    assert_nothing_clipped(chooser)


def test_klik_kanan_pada_daftar_kegiatan(tab: TrainingTab, office: Services) -> None:
    add_event(office)
    tab.view.set_value("daftar")
    tab.reload()
    tab.list.selectRow(0)
    entries = {action.text().split("\t")[0]: action for action in tab.list_menu.build().actions()}
    assert {"Ubah kegiatan …", "Tambah peserta …", "Lembar kerja peserta …", "Salin baris"} <= set(entries)
    entries["Tambah peserta …"].trigger()
    dialog = open_dialog(tab, PeopleDialog)
    assert isinstance(dialog, PeopleDialog)
    dialog.reject()
