"""The scenes of the gallery: the shared widgets in all their states, and the frame with a made-up list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from types import MappingProxyType

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from asn_desktop.appraisal import tables
from asn_desktop.appraisal.predicate import Rating
from asn_desktop.devtools.gallery_scene import Scene
from asn_desktop.environment.resources import reference_table
from asn_desktop.gui import theme
from asn_desktop.gui.appraisal.matrix_view import MatrixView
from asn_desktop.gui.forms import Form
from asn_desktop.gui.main_window import MainWindow, TabSpec
from asn_desktop.gui.message_windows import MessageDialog
from asn_desktop.gui.messages import Option
from asn_desktop.gui.paged_model import CellKind, TableColumn, TableQuery
from asn_desktop.gui.table_page import TablePage
from asn_desktop.gui.widgets import (
    CalendarEvent,
    Card,
    Chip,
    DateField,
    DayMark,
    DistributionChart,
    EmptyState,
    KeyHint,
    MonthCalendar,
    SearchField,
    Segment,
    SegmentedControl,
    StatCard,
    UnitNode,
    UnitTree,
    button,
    combo,
    label,
    number_field,
    predicate_chip,
    state_chip,
    tool_button,
)

NOW = datetime(2026, 10, 6, 10, 42, tzinfo=timezone(timedelta(hours=7)))


def ground() -> QWidget:
    """An empty page in the colour behind the cards."""
    page = QWidget()
    page.setProperty("ground", True)
    page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
    return page


def row_of(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.SPACE)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row


# --- widgets ----------------------------------------------------------------------------------------------


def widgets() -> QWidget:
    page = ground()
    grid = QGridLayout(page)
    grid.setContentsMargins(16, 14, 16, 14)
    grid.setSpacing(14)
    grid.addWidget(_buttons(), 0, 0, 1, 2)
    grid.addWidget(_fields(), 1, 0)
    grid.addWidget(_marks(), 1, 1)
    stats = QHBoxLayout()
    stats.setSpacing(14)
    for caption, value, note, icon, tone in (
        ("Belum dinilai", "8", "dari 184 pegawai, tenggat 15 Oktober", "clipboard-check", "attention"),
        ("Rencana pembinaan", "18", "3 lewat tenggat", "sprout", "bad"),
        ("JP terpenuhi", "71%", "dari 184 pegawai", "graduation-cap", "good"),
    ):
        stats.addWidget(StatCard(caption, value, note, icon=icon, tone=tone))
    grid.addLayout(stats, 2, 0, 1, 2)
    grid.setRowStretch(1, 1)
    return page


def _buttons() -> Card:
    card = Card("Tombol")
    unusable = button("Tutup triwulan", kind="primary", icon="lock")
    unusable.setEnabled(False)
    chosen, other = button("PNS 1.204"), button("PPPK 320")
    for chip in (chosen, other):
        chip.setProperty("filter", True)
        chip.setCheckable(True)
    chosen.setChecked(True)
    card.body.addLayout(
        row_of(
            button("Tutup triwulan", kind="primary", icon="lock"),
            button("Lembar kerja", icon="file-spreadsheet"),
            button("Hapus", kind="danger", icon="trash-2"),
            button("Bantuan", kind="ghost", icon="circle-help"),
            button("Lihat semua", kind="link"),
            tool_button("columns-3", "Kolom"),
            unusable,
            chosen,
            other,
        )
    )
    return card


def _fields() -> Card:
    card = Card("Isian")
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    right, wrong = DateField(), DateField()
    right.set_value(date(2026, 11, 21))
    wrong.setText("31/02/2026")
    wrong.commit()
    locked = QLineEdit("Tidak dapat diubah")
    locked.setReadOnly(True)
    number = number_field(0, 9999, suffix=" JP")
    number.setValue(20)
    editable = combo([("1", "Dinas Kesehatan")])
    editable.setEditable(True)
    for place, widget in enumerate(
        (
            SearchField("Cari nama, NIP, atau unit"),
            combo([("3", "Triwulan III 2026"), ("2", "Triwulan II 2026")]),
            right,
            wrong,
            number,
            editable,
            QLineEdit("Puskesmas Susoh"),
            locked,
        )
    ):
        grid.addWidget(widget, place // 2, place % 2)
    card.body.addLayout(grid)
    ticked, chosen = QCheckBox("Hanya yang belum dinilai"), QRadioButton("PNS")
    ticked.setChecked(True)
    chosen.setChecked(True)
    card.body.addLayout(row_of(ticked, QCheckBox("Nonaktif"), chosen, QRadioButton("PPPK")))
    card.body.addStretch(1)
    return card


def _marks() -> Card:
    card = Card("Predikat, keadaan, pilihan")
    card.body.addLayout(row_of(*(predicate_chip(code) for code in (*theme.PREDICATES, ""))))
    states = (("draft", "Draf"), ("dinilai", "Dinilai"), ("final", "Final"), ("terlambat", "Terlambat 3 hari"))
    sample = Chip("CONTOH, data rekaan", "attention", icon="info")
    card.body.addLayout(row_of(*(state_chip(code, text) for code, text in states), sample))
    ratings = []
    for value in ("DI_BAWAH", "SESUAI", "DI_ATAS"):
        ratings.append(SegmentedControl(name="Hasil kerja"))
        ratings[-1].set_value(value)
    card.body.addLayout(row_of(*ratings))
    views = SegmentedControl([Segment("bulan", "Bulan"), Segment("daftar", "Daftar"), Segment("tahun", "Tahun")])
    views.set_value("bulan")
    card.body.addLayout(row_of(views, label("teks kedua", "secondary"), label("isian keliru", "error")))
    keys = (("1", "Di bawah"), ("2", "Sesuai"), ("3", "Di atas"), ("Enter", "Baris berikut"))
    card.body.addLayout(row_of(*(KeyHint(key, text) for key, text in keys)))
    card.body.addStretch(1)
    return card


# --- charts, calendar, tree, form -----------------------------------------------------------------------


def charts() -> QWidget:
    page = ground()
    row = QHBoxLayout(page)
    row.setContentsMargins(16, 14, 16, 14)
    row.setSpacing(14)
    units = Card("Unit kerja")
    units.setFixedWidth(theme.tokens().px(220))
    tree = UnitTree()
    tree.set_units(_UNITS, expanded=True)
    tree.select(2)
    units.body.addWidget(tree)
    row.addWidget(units)
    month = Card("Agustus 2026")
    month.body.addWidget(_month())
    row.addWidget(month, 1)
    side = QVBoxLayout()
    side.setSpacing(14)
    person = Card("Rahmat Hidayat, A.Md.Kes.")
    person.setFixedWidth(theme.tokens().px(330))
    matrix = MatrixView(tables.matrix())
    matrix.set_ratings(Rating.DI_BAWAH, Rating.SESUAI)
    person.body.addWidget(matrix)
    side.addWidget(person)
    spread = Card("Distribusi predikat unit")
    spread.setFixedWidth(theme.tokens().px(330))
    chart = DistributionChart()
    chart.set_data({"SANGAT_KURANG": 1, "KURANG": 3, "BUTUH_PERBAIKAN": 14, "BAIK": 132, "SANGAT_BAIK": 26}, _curve())
    spread.body.addWidget(label("Capaian organisasi: Baik · garis putus = pola acuan", "secondary", wrap=True))
    spread.body.addWidget(chart, 1)
    side.addWidget(spread, 1)
    row.addLayout(side)
    return page


_UNITS = tuple(
    UnitNode(*line)
    for line in (
        (None, None, "Semua unit", "88%"),
        (1, None, "Sekretariat Daerah", "100%", "good"),
        (2, None, "Dinas Kesehatan", "96%"),
        (3, 2, "UPTD Puskesmas Susoh", "100%", "good"),
        (4, 2, "UPTD Puskesmas Manggeng", "90%"),
        (5, None, "Dinas Pendidikan dan Kebudayaan", "71%"),
    )
)


def _curve() -> list[tuple[float, float]]:
    rows = reference_table("kurva_distribusi")
    return [(float(r["posisi_x"]), float(r["tinggi_y"])) for r in rows if r["capaian_organisasi"] == "BAIK"]


def _month() -> MonthCalendar:
    calendar = MonthCalendar(date(2026, 8, 6))
    spans = (
        (1, "Pelatihan Kepemimpinan Pengawas", 3, 14, "accent"),
        (2, "Bimtek penyusunan SKP", 5, 5, "info"),
        (3, "Sosialisasi PermenPANRB 6/2022", 6, 7, "info"),
        (4, "Coaching", 6, 6, "attention"),
        (5, "Magang", 6, 20, "good"),
        (6, "Seminar", 6, 6, "neutral"),
    )
    events = [CalendarEvent(i, t, date(2026, 8, a), date(2026, 8, b), tone) for i, t, a, b, tone in spans]
    marks = {
        date(2026, 8, 17): DayMark("Hari Kemerdekaan Republik Indonesia"),
        date(2026, 8, 18): DayMark("Cuti bersama", joint_leave=True),
        date(2026, 8, 25): DayMark("Maulid Nabi Muhammad SAW"),
    }
    calendar.set_content(events, marks)
    return calendar


def form() -> QWidget:
    page = ground()
    column = QVBoxLayout(page)
    column.setContentsMargins(16, 14, 16, 14)
    card = Card("Ubah data pegawai")
    shown = Form(columns=3)
    shown.add_section("Identitas")
    name = shown.add_field("name", "Nama", QLineEdit("Rahmat Hidayat"), required=True)
    name.set_value("Rahmat Hidayat")
    nip = shown.add_field("nip", "NIP", QLineEdit("19900514 201903 1 00"), required=True)
    nip.show_error("NIP harus 18 angka; tertulis 17. Periksa pada SK pengangkatan.")
    shown.add_field("birth", "Tanggal lahir", DateField(), hint="Sesuai angka awal NIP.")
    shown.add_section("Jabatan")
    shown.add_field("kind", "Jenis jabatan", combo([("JF", "Jabatan Fungsional"), ("P", "Pelaksana")]))
    shown.add_field("class", "Kelas jabatan", number_field(1, 17))
    shown.add_field("post", "Jabatan", QLineEdit("Pranata Laboratorium Kesehatan Terampil"), span=0)
    shown.finish()
    card.body.addWidget(shown)
    foot = QHBoxLayout()
    foot.addStretch(1)
    foot.addWidget(button("Batal"))
    foot.addWidget(button("Simpan", kind="primary"))
    card.body.addLayout(foot)
    column.addWidget(card)
    return page


# --- the frame ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SampleRow:
    """A made-up evaluation."""

    id: int
    name: str
    position: str
    result: str
    behaviour: str
    predicate: str


@dataclass(frozen=True, slots=True)
class SampleSpec:
    search: str = ""
    status: str = ""
    open_only: bool = False
    sort: str = "name"
    descending: bool = False


_PEOPLE = (
    SampleRow(1, "Cut Nurhayati Basri, S.Kep., Ns.", "Perawat Ahli Muda", "DI_ATAS", "SESUAI", "BAIK"),
    SampleRow(2, "Teuku Iskandar Daud", "Pengadministrasi Umum", "SESUAI", "SESUAI", "BAIK"),
    SampleRow(3, "dr. Fatimah Siregar", "Dokter Ahli Muda", "DI_ATAS", "DI_ATAS", "SANGAT_BAIK"),
    SampleRow(4, "Rahmat Hidayat, A.Md.Kes.", "Pranata Lab. Terampil", "DI_BAWAH", "SESUAI", "BUTUH_PERBAIKAN"),
    SampleRow(5, "Hendra Syahputra", "Sanitarian Penyelia", "DI_ATAS", "DI_BAWAH", "KURANG"),
    SampleRow(6, "Zulkifli Umar, S.E.", "Perencana Ahli Pertama", "", "", ""),
)


def sample_page() -> TablePage:
    columns = [
        TableColumn("name", "Nama dan jabatan", lambda r: r.name, CellKind.TWO_LINES, 280, second=lambda r: r.position),
        TableColumn("result", "Hasil kerja", lambda r: r.result, CellKind.RATING),
        TableColumn("behaviour", "Perilaku kerja", lambda r: r.behaviour, CellKind.RATING),
        TableColumn(
            "predicate", "Predikat", lambda r: theme.predicate_label(r.predicate), CellKind.CHIP, 160,
            tone=lambda r: theme.predicate_tone(r.predicate),
        ),
    ]  # fmt: skip
    rows = {row.id: row for row in _PEOPLE}
    query = TableQuery(lambda _spec: list(rows), lambda ids: [rows[i] for i in ids])
    page = TablePage("Dinas Kesehatan", columns, query, SampleSpec(), noun="pegawai", two_lines=True)
    page.set_state("176 dari 184 pegawai dinilai · tenggat 15 Oktober, sisa 6 hari kerja")
    page.add_choice("Status", [("", "Semua status"), ("pns", "PNS")], "status")
    page.add_toggle("Belum dinilai", "open_only")
    page.add_action("Lembar kerja", page.refresh, icon="file-spreadsheet")
    page.add_action("Tutup triwulan", page.refresh, primary=True)
    page.load()
    page.table.selectRow(3)
    return page


def _sample_tab() -> QWidget:
    page = ground()
    column = QVBoxLayout(page)
    column.setContentsMargins(16, 14, 16, 14)
    column.addWidget(sample_page())
    return page


def _empty_tab() -> QWidget:
    page = ground()
    column = QVBoxLayout(page)
    column.setContentsMargins(16, 14, 16, 14)
    card = Card(margins=0)
    text = "Masukkan daftar nominatif dari SIMPEG. Setiap baris diperiksa dan ditunjukkan sebelum disimpan."
    card.body.addWidget(EmptyState("users", "Belum ada pegawai", text, "Impor daftar pegawai", action_icon="upload"))
    column.addWidget(card)
    return page


def frame(current: str = "appraisal") -> MainWindow:
    hints = (("1", "Di bawah"), ("2", "Sesuai"), ("3", "Di atas"), ("Enter", "Baris berikut"), ("Ctrl+Z", "Urungkan"))
    window = MainWindow()
    window.header.set_office("BKPSDM Kabupaten Contoh", sample=True)
    window.header.set_user("Operator")
    window.header.set_periods(
        [("2026-TW3", "Triwulan III 2026", "dibuka"), ("2026-TW2", "Triwulan II 2026", "ditutup")]
    )
    window.show_tabs(
        [
            TabSpec("home", "Beranda", "house", _empty_tab),
            TabSpec("people", "Pegawai", "users", _empty_tab),
            TabSpec("appraisal", "Penilaian Triwulan", "clipboard-check", _sample_tab, hints),
            TabSpec("training", "Kalender Pelatihan", "calendar-days", _empty_tab),
            TabSpec("plans", "Rencana Pembinaan", "sprout", _empty_tab),
        ],
        current,
    )
    window.set_badge("appraisal", 8)
    window.status.set_saved(NOW)
    return window


def empty() -> QWidget:
    return frame("people")


def question() -> QWidget:
    title = "Tutup Triwulan III 2026?"
    text = "8 pegawai belum dinilai. Setelah ditutup, penilaian hanya dapat diubah dengan revisi beralasan."
    box = MessageDialog(None, title, [text], icon="circle-help")
    box.add_answers([Option("no", "Batal"), Option("yes", "Tutup triwulan", "primary")])
    return box


SCENES: Mapping[str, Scene] = MappingProxyType(
    {
        "widgets": widgets,
        "charts": charts,
        "form": form,
        "frame": frame,
        "empty": empty,
        "question": question,
    }
)
