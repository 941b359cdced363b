"""No window says anything in English: every text of every tab, dialog and menu is collected and read.

Texts that painted widgets draw are found in their accessible names. Data of people are looked at too: codes of the
database (``nominated``) must never reach the screen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QGroupBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QTableView,
    QTextEdit,
    QTreeView,
    QWidget,
)

from asn_desktop.app import build_window
from asn_desktop.appraisal import tables
from asn_desktop.appraisal.queries import EvaluationSpec
from asn_desktop.core.errors import DatabaseDamaged
from asn_desktop.core.periods import Period
from asn_desktop.environment.paths import office_paths
from asn_desktop.environment.preferences import Preferences
from asn_desktop.gui import messages as messages_module
from asn_desktop.gui.appraisal.evaluation_dialog import EvaluationDialog
from asn_desktop.gui.appraisal.organisation_dialog import OrganisationDialog
from asn_desktop.gui.appraisal.paste_dialog import PasteDialog
from asn_desktop.gui.appraisal.print_dialog import PrintDialog
from asn_desktop.gui.change_bus import ChangeBus
from asn_desktop.gui.message_windows import MessageDialog, TextDialog
from asn_desktop.gui.personnel.decisions import HeadsDialog, LeaveDialog, SuperiorDialog
from asn_desktop.gui.shell import Shell
from asn_desktop.gui.start.first_start import FirstStart
from asn_desktop.gui.start.notice import Notice
from asn_desktop.gui.start.recovery import RecoveryWindow
from asn_desktop.gui.start.sign_in import SignIn
from asn_desktop.gui.table_view import NoViewSettings
from asn_desktop.gui.tasks import SynchronousRunner
from asn_desktop.remediation.queries import PlanGroup
from asn_desktop.sample import people
from asn_desktop.sample.office import DEMO_PASSPHRASE, create_sample_office
from asn_desktop.sample.workbooks import write_nominative
from asn_desktop.services import DamagedOffice, Services, close_office, create_office
from asn_desktop.training.queries import EventSpec
from tests.conftest import OFFICE, fixed_clock

TW3 = Period(2026, 3)

# Words that no Indonesian sentence has. Left out: words that are Indonesian too (data, program, status, total, final,
# normal, printer, folder, file name endings), and "no", which here is the abbreviation of nomor.
_WORDS = """
about absent action active add after all an and any apply are attended available back backup before browse
but by cancel cancelled cannot cell change changed changes choose clear click close closed column columns
completed confirm continue copy create current date day days declined default delete deleted description
detail details disabled done download draft edit employee employees empty enabled end error errors event
events exit export failed false file files find finish first font for found from has have help hide history
home how if ignore import inactive information invalid is item items keep last less list loading login
logout margin menu message missing month months more must name names new next nominated none not note notes
null of off on only open option options or orientation page pages passphrase password paste period person
pick planned please preview previous print proposed quarter quit rated rating ratings read redo refresh
remove replace required reserve reset restore result results retry row rows running save saved search select
selected settings sheet show sign size sort start state step success table that the there this time title to
today training true type undo undone units unknown unsaved update upload user users value values version
view wait warning week welcome what when where which width with without word wrong year years yes you your
zoom
"""
ENGLISH = frozenset(_WORDS.split())

# Terms of the regulations and names of things, as they are written in Indonesian offices.
ALLOWED = (
    r"\brating\b",  # Rating hasil kerja: PermenPANRB 6/2022
    r"menu", r"zoom",  # loanwords of KBBI
    r"on ?the ?job training|training of trainers?|\btraining\b",  # forms of development, Peraturan LAN 10/2018
    r"community of practices?",
    r"coaching|mentoring|e-?learning|benchmarking|workshop|outbound|magang|team building|job enrichment",
    r"\bhome\b|\bend\b",  # names on keys
    r"\S+\.(xlsx|pdf|cadangan|png|db|asn)\b",  # file names
    r"(?<!\S)/\S+",  # folders
)  # fmt: skip
_ALLOWED = re.compile("|".join(ALLOWED), re.IGNORECASE)
_WORD = re.compile(r"[a-z]+", re.IGNORECASE)
_TAG = re.compile(r"<[^>]+>")


def english_in(text: str) -> set[str]:
    """The English words of a text that are no allowed term."""
    bare = _ALLOWED.sub(" ", _TAG.sub(" ", text).replace("&", ""))
    return {word for word in _WORD.findall(bare.lower()) if word in ENGLISH}


def texts(root: QObject) -> Iterator[tuple[str, str]]:
    """(where, text) for everything that ``root`` and what belongs to it may show or read aloud."""
    for child in (root, *root.findChildren(QObject)):
        if isinstance(child, QAction):
            yield from ((type(child).__name__, text) for text in (child.text(), child.toolTip()))
        if isinstance(child, QWidget):
            for text in _texts_of(child):
                yield type(child).__name__, text


def _texts_of(widget: QWidget) -> Iterator[str]:
    yield from (widget.toolTip(), widget.statusTip(), widget.whatsThis(), widget.windowTitle())
    yield from (widget.accessibleName(), widget.accessibleDescription())
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    elif isinstance(widget, QLineEdit):
        yield widget.placeholderText()
        yield widget.text()
    elif isinstance(widget, QPlainTextEdit):
        yield widget.placeholderText()
    elif isinstance(widget, QTextEdit):
        yield widget.toPlainText()
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(place) for place in range(widget.count()))
    elif isinstance(widget, QGroupBox | QMenu):
        yield widget.title()
    elif isinstance(widget, QTabBar):
        for place in range(widget.count()):
            yield from (widget.tabText(place), widget.tabToolTip(place))
    elif isinstance(widget, QListWidget):
        yield from (widget.item(place).text() for place in range(widget.count()))
    elif isinstance(widget, QTableView | QTreeView):
        yield from _cells(widget)


def _cells(view: QTableView | QTreeView) -> Iterator[str]:
    """Headings and the first rows; tool tips of cells too."""
    model = view.model()
    for column in range(model.columnCount(QModelIndex())):
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for row in range(min(12, model.rowCount(QModelIndex()))):
            index = model.index(row, column)
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                found = index.data(role)
                yield found if isinstance(found, str) else ""


@dataclass
class Office:
    """The sample office in one window, shared by all scenes."""

    services: Services
    shell: Shell
    runner: SynchronousRunner
    folder: Path


@pytest.fixture(scope="module")
def office(our_application: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("tanpa-inggris")
    services = create_sample_office(office_paths(folder / "contoh"), DEMO_PASSPHRASE, clock=fixed_clock, size=400)
    bus = ChangeBus()
    runner = SynchronousRunner(bus, lambda error: messages_module.show_error(None, error))
    window, shell = build_window(services, runner, bus, NoViewSettings())
    window.resize(1366, 728)
    yield Office(services, shell, runner, folder)
    window.deleteLater()
    close_office(services)


@pytest.fixture
def opened(office: Office) -> Iterator[Office]:
    """The office with its window on the screen; whatever a scene left open is closed, also when it failed."""
    window = office.shell.window
    window.show()
    yield office
    for dialog in window.findChildren(QDialog):
        dialog.close()
    window.hide()


def dialog_of(shown: QWidget) -> QDialog:
    """The dialog that an action has just opened over a tab."""
    (found,) = [each for each in shown.findChildren(QDialog) if each.isVisible()]
    return found


# --- scenes: each yields what is to be read, one thing after the other ----------------------------------------

Scene = Callable[[Office], Generator[QObject, None, None]]


def before_the_window(office: Office) -> Generator[QObject, None, None]:
    first = FirstStart(office_paths(office.folder / "baru"), office.runner)
    for page in range(first.pages.count()):
        first.pages.setCurrentIndex(page)
        first.forward.click()  # says what is missing
        yield first
    paths = office.services.paths
    sign_in = SignIn(paths, office.runner, Preferences(paths.settings))
    for page in range(sign_in.pages.count()):
        sign_in.pages.setCurrentIndex(page)
        yield sign_in
    problem = DamagedOffice(DatabaseDamaged("Berkas data rusak.", "Pulihkan dari cadangan."), None)
    yield RecoveryWindow(paths, "operator", DEMO_PASSPHRASE, problem, office.runner)
    yield Notice("Menyimpan cadangan", "Sebentar lagi selesai.")


def tabs_and_menus(office: Office) -> Generator[QObject, None, None]:
    window = office.shell.window
    yield from (window.menuBar(), window.file_menu, window.edit_menu, window.view_menu, window.help_menu)
    yield from (window.header, window.header.user_menu)
    for key in ("home", "personnel", "appraisal", "training", "remediation", "exchange"):
        yield office.shell.go_to(key)
        yield window.status


def an_empty_office(office: Office) -> Generator[QObject, None, None]:
    services, _code = create_office(office_paths(office.folder / "kosong"), OFFICE, "operator", DEMO_PASSPHRASE)
    bus = ChangeBus()
    runner = SynchronousRunner(bus, lambda error: messages_module.show_error(None, error))
    window, shell = build_window(services, runner, bus, NoViewSettings())
    window.show()
    try:
        for key in ("home", "personnel", "appraisal", "training", "remediation", "exchange"):
            yield shell.go_to(key)
    finally:
        window.close()
        window.deleteLater()
        close_office(services)


def packages(office: Office) -> Generator[QObject, None, None]:
    tab: Any = office.shell.go_to("exchange")
    for view in ("desk", "rules", "overview"):
        tab.show_view(view)
        yield tab
    own = office.folder / "paket.xlsx"
    for dialog in (tab.send(), tab.does.open_keys(), tab.does.register()):
        yield dialog
        dialog.reject()
    office.services.packages.send(own)
    refused = tab.does.open_package(own)
    yield refused
    refused.reject()


def personnel(office: Office) -> Generator[QObject, None, None]:
    tab: Any = office.shell.go_to("personnel")
    tab.page.table.selectRow(0)
    yield tab
    for action in (tab.people.add, tab.people.edit):
        action()
        form: Any = dialog_of(tab)
        form.save()
        if form.isVisible():
            yield form
            form.reject()
    service = office.services.personnel
    yield LeaveDialog("Ani Contoh", date(2026, 10, 6), tab)
    yield SuperiorDialog(service, office.runner, "Ani Contoh", tab)
    yield HeadsDialog(service.head_proposals(), tab)
    yield HeadsDialog((), tab)


def appraisal(office: Office) -> Generator[QObject, None, None]:
    tab: Any = office.shell.go_to("appraisal")
    tab.grid.go_to(0)
    yield tab
    yield tab.more_menu()
    service = office.services.appraisal
    ids = service.evaluation_ids(EvaluationSpec(TW3.code))
    for number in ids[:3]:
        yield EvaluationDialog(service, office.runner, number, tab)
    unit = EvaluationSpec(TW3.code)
    yield PrintDialog(service, office.runner, TW3, ids[:1], unit, "Dinas Contoh", tab)
    units = office.services.reference.units()
    yield OrganisationDialog(TW3.label, units, service.organisation_results(TW3.code), None, tab)
    plan = service.plan_paste("Sesuai\tDi atas\nentah\t3\n", TW3.code, ids, 0, behaviour_first=False)
    rows = {row.id: row for row in service.evaluation_rows([change.evaluation_id for change in plan.changes])}
    yield PasteDialog(plan, rows, tables.matrix(), tab)


def training(office: Office) -> Generator[QObject, None, None]:
    tab: Any = office.shell.go_to("training")
    events = office.services.training.events(EventSpec())
    for state in {event.state for event in events}:
        tab.show_event(next(event.id for event in events if event.state == state))
        yield tab
    tab.does.add_event(date(2026, 11, 2))
    form: Any = dialog_of(tab)
    form.save()
    yield form
    form.reject()
    tab.show_event(max(events, key=lambda event: event.taken).id)
    for action in (tab.does.add_people, tab.does.record_attendance, lambda: tab.does.edit_holidays(2026)):
        action()
        dialog = dialog_of(tab)
        yield dialog
        dialog.reject()
    for view in ("daftar", "jp"):
        tab.view.set_value(view)
        tab._view_chosen()
        yield tab


def remediation(office: Office) -> Generator[QObject, None, None]:
    tab: Any = office.shell.go_to("remediation")
    for group in PlanGroup:
        tab.show_group(group)
        yield tab
        if tab.panel.detail is None:
            continue
        if group is not PlanGroup.FINISHED:
            tab.does.edit()
            form = dialog_of(tab)
            yield form
            form.reject()
        if group is PlanGroup.RUNNING:
            step = next(step for step in tab.panel.detail.steps if step.done_on is None)
            for action in (tab.does.close, tab.does.choose_event, lambda step=step: tab.does.toggle_step(step, True)):
                action()
                dialog = dialog_of(tab)
                yield dialog
                dialog.reject()


def import_wizard(office: Office) -> Generator[QObject, None, None]:
    book = office.folder / "daftar.xlsx"
    write_nominative(book, people.make(120, seed=3), date(2026, 9, 30), spoilt=(4, 9))
    wizard: Any = office.shell.open_import("personnel")
    yield wizard
    wizard.read(book)
    yield wizard
    wizard.forward.click()
    for card in wizard.preview_page.cards.values():
        card.activated.emit()
        wizard.preview_page._show_row()
        yield wizard
    wizard.reject()


def dialogs_of_the_menus(office: Office) -> Generator[QObject, None, None]:
    shell = office.shell
    office.services.safety.back_up()
    backups: Any = shell.open_backups()
    backups._restore()
    settings: Any = shell.open_settings()
    settings.rules.table.selectRow(0)
    settings.rules.edit()
    opened = [
        backups, settings, settings.users.add(), shell.open_history(), shell.open_export(),
        shell.open_export("ratings"), shell.open_about(), shell.open_about("news"),
    ]  # fmt: skip
    yield from opened
    for dialog in reversed(opened):
        for inner in dialog.findChildren(QDialog):
            inner.reject()
        dialog.reject()


def messages_to_the_person(office: Office) -> Generator[QObject, None, None]:
    question = MessageDialog(office.shell.window, "Tutup triwulan?", ["Nilai menjadi final."], code="ASN-1100")
    question.add_cancel()
    yield question
    yield TextDialog(
        office.shell.window, "Nonaktifkan pegawai", "Alasan", text="", action="Nonaktifkan", required=True, lines=3
    )


SCENES: tuple[Scene, ...] = (
    before_the_window, tabs_and_menus, an_empty_office, packages, personnel, appraisal, training, remediation, import_wizard,
    dialogs_of_the_menus, messages_to_the_person,
)  # fmt: skip


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_tidak_ada_kata_inggris(opened: Office, scene: Scene) -> None:
    found: dict[str, str] = {}
    read = 0
    with closing(scene(opened)) as everything:
        for shown in everything:
            QApplication.processEvents()
            for where, text in texts(shown):
                read += bool(text.strip())
                words = english_in(text)
                if words:
                    found[text] = f"{type(shown).__name__}/{where}: {text!r} ({', '.join(sorted(words))})"
            if isinstance(shown, QDialog) and not shown.isVisible():
                shown.done(0)
                shown.deleteLater()
    assert read > 10, "hardly any text was found: the walk is broken"
    assert not found, "\n".join(found.values())


@pytest.mark.parametrize(
    "text, words",
    [
        ("&Save", {"save"}),
        ("<b>Search</b> nama", {"search"}),
        ("Rating hasil kerja", set()),
        ("Coaching dan mentoring", set()),
        ("PEGAWAI-export.xlsx tersimpan", set()),
        ("Peserta: nominated", {"nominated"}),
    ],
)
def test_kata_inggris_dikenali(text: str, words: set[str]) -> None:
    assert english_in(text) == words
