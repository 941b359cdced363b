"""Every tab, panel and dialog of the program over one office, opened one after the other, for tests that read the screen.

A scene yields what is to be looked at; whatever it opened is closed again when it goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QDialog, QFrame, QWidget

from asn_desktop.app import build_window
from asn_desktop.appraisal.queries import EvaluationSpec
from asn_desktop.core.errors import DatabaseDamaged, InputError
from asn_desktop.core.periods import Period
from asn_desktop.environment.paths import office_paths
from asn_desktop.environment.preferences import Preferences
from asn_desktop.exchange.worksheet.orders import Order
from asn_desktop.gui import messages as messages_module
from asn_desktop.gui.appraisal.evaluation_dialog import EvaluationDialog
from asn_desktop.gui.appraisal.print_dialog import PrintDialog
from asn_desktop.gui.change_bus import ChangeBus
from asn_desktop.gui.message_windows import MessageDialog, TextDialog, Toast
from asn_desktop.gui.personnel.decisions import HeadsDialog
from asn_desktop.gui.shell import Shell
from asn_desktop.gui.start.first_start import FirstStart
from asn_desktop.gui.start.notice import Notice
from asn_desktop.gui.start.recovery import RecoveryWindow
from asn_desktop.gui.start.sign_in import SignIn
from asn_desktop.gui.table_view import NoViewSettings
from asn_desktop.gui.tasks import SynchronousRunner
from asn_desktop.remediation.queries import PlanGroup
from asn_desktop.sample import neighbour, people
from asn_desktop.sample.office import DEMO_PASSPHRASE, SAMPLE_USER, create_sample_office
from asn_desktop.sample.workbooks import write_nominative
from asn_desktop.services import DamagedOffice, Services, close_office, create_office
from asn_desktop.training.queries import EventSpec
from tests.conftest import OFFICE, fixed_clock

TW3 = Period(2026, 3)


@dataclass
class Office:
    """The sample office, shared by all scenes; each has a window of its own (:func:`on_screen`)."""

    services: Services
    folder: Path
    shell: Shell = field(init=False)
    runner: SynchronousRunner = field(init=False)
    before_names: str = ""
    """Stands before the names in a list that comes from outside."""

    @property
    def person(self) -> str:
        """The name of somebody, as it is in the data."""
        service = self.services.appraisal
        return service.evaluation_rows(service.evaluation_ids(EvaluationSpec(TW3.code))[:1])[0].name


@contextmanager
def sample_office(folder: Path, change: Callable[[Services], None] = lambda _services: None) -> Iterator[Office]:
    """The sample office of 400 people, ``change``d before its window is built."""
    services = create_sample_office(office_paths(folder / "contoh"), DEMO_PASSPHRASE, clock=fixed_clock, size=400)
    neighbour.exchange(services, SAMPLE_USER, DEMO_PASSPHRASE, fixed_clock)
    change(services)
    yield Office(services, folder)
    close_office(services)


@contextmanager
def on_screen(office: Office) -> Iterator[Office]:
    """The office in a new window on the screen; whatever a scene left open goes with it, also when it failed."""
    bus = ChangeBus()
    office.runner = SynchronousRunner(bus, lambda error: messages_module.show_error(None, error))
    window, office.shell = build_window(office.services, office.runner, bus, NoViewSettings())
    window.resize(1366, 728)
    window.show()
    yield office
    for dialog in window.findChildren(QDialog):
        dialog.done(0)
    window.close()
    window.deleteLater()


def shown_in(scene: Scene, office: Office) -> Iterator[QObject]:
    """What a scene shows, each when it is drawn; dialogs that were made without being opened are deleted after it."""
    with closing(scene(office)) as everything:
        for shown in everything:
            QApplication.processEvents()
            yield shown
            if isinstance(shown, QDialog) and not shown.isVisible():
                shown.done(0)
                shown.deleteLater()


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
        dialog.done(0)
    office.services.packages.send(own)
    refused = tab.does.open_package(own)
    yield refused
    refused.reject()
    waiting = neighbour.waiting_package(office.services.paths.home)
    assert waiting is not None
    for dialog in (tab.does.open_package(waiting), office.shell.open_inbox([waiting, own])):
        yield dialog
        dialog.done(0)
    office.services.packages.apply(office.services.packages.examine(waiting), backup=False)
    for view in ("desk", "overview"):  # now with differences to decide
        tab.show_view(view)
        yield tab


def search(office: Office) -> Generator[QObject, None, None]:
    field = office.shell.window.header.search
    for word in ("contoh", "dinas", "siti"):
        field.setText(word)
        field.search_now()
        yield field
        for popup in office.shell.window.findChildren(QFrame):
            if popup.isVisible() and popup.property("popup"):
                yield popup
    field.clear()


def worksheets(office: Office) -> Generator[QObject, None, None]:
    sheet = office.folder / "lembar.xlsx"
    office.services.worksheets.write(sheet, Order("ratings", office.services.reference.units()[1].id, TW3.code))
    dialog = office.shell.open_worksheets(TW3.code)
    yield dialog
    dialog.close()
    wizard: Any = office.shell.open_import()
    wizard.read(sheet)
    yield wizard
    wizard.reject()


def personnel(office: Office) -> Generator[QObject, None, None]:
    tab: Any = office.shell.go_to("personnel")
    tab.page.table.selectRow(0)
    yield tab
    for action in (tab.people.add, tab.people.edit):
        action()
        form: Any = dialog_of(tab)
        yield form
        if form.isVisible():
            form.save()
        if form.isVisible():
            yield form
            form.done(0)
    for action in (tab.people.deactivate, tab.people.set_superior, tab.people.propose_heads):
        action()
        dialog = dialog_of(tab)
        yield dialog
        dialog.done(0)
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
    yield PrintDialog(service, office.runner, TW3, ids[:1], unit, office.services.reference.units()[0].name, tab)
    tab.set_organisation_results()
    dialog = dialog_of(tab)
    yield dialog
    dialog.done(0)
    first, second = (row.nip for row in service.evaluation_rows(ids[:2]))
    tab.writes.paste(f"{first}\tSesuai\tDi atas\n{second}\tentah\t3\n", TW3, ids, 0, behaviour_first=False)
    dialog = dialog_of(tab)
    yield dialog
    dialog.done(0)


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
    form.done(0)
    tab.show_event(max(events, key=lambda event: event.taken).id)
    for action in (tab.does.add_people, tab.does.record_attendance, lambda: tab.does.edit_holidays(2026)):
        action()
        dialog = dialog_of(tab)
        yield dialog
        dialog.done(0)
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
            form.done(0)
        if group is PlanGroup.RUNNING:
            step = next(step for step in tab.panel.detail.steps if step.done_on is None)
            for action in (tab.does.close, tab.does.choose_event, lambda step=step: tab.does.toggle_step(step, True)):
                action()
                dialog = dialog_of(tab)
                yield dialog
                dialog.done(0)


def import_wizard(office: Office) -> Generator[QObject, None, None]:
    book = office.folder / "daftar.xlsx"
    listed = people.make(120, seed=3)
    for row in listed.employees:
        row["name"] = office.before_names + row["name"]
    write_nominative(book, listed, date(2026, 9, 30), spoilt=(4, 9))
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
        dialog.done(0)


def messages_to_the_person(office: Office) -> Generator[QObject, None, None]:
    question = MessageDialog(office.shell.window, "Tutup triwulan?", ["Nilai menjadi final."], code="ASN-1100")
    question.add_cancel()
    yield question
    yield TextDialog(
        office.shell.window, "Nonaktifkan pegawai", "Alasan", text="", action="Nonaktifkan", required=True, lines=3
    )
    name, window = office.person, office.shell.window
    error = messages_module.error_text(InputError(f"{name} sudah ada.", f"Periksa {name}."))
    yield MessageDialog(window, error.title, [error.safety, error.hint], code=error.code)
    yield TextDialog(
        window, f"Nonaktifkan {name}", f"Alasan {name}", text=name, action="Simpan", required=True, lines=3
    )
    toast = Toast(window, f"{name} disimpan", [("Urungkan", lambda: None)])
    toast.appear()
    yield toast
    toast.close()
    status = window.status
    status.set_working(f"Mencetak {name} …")
    status.set_unsaved(f"{name} tidak tersimpan")
    window.set_undo(f"Ubah {name}")
    yield from (status, window.edit_menu)


SCENES: tuple[Scene, ...] = (
    before_the_window, tabs_and_menus, an_empty_office, packages, search, worksheets, personnel, appraisal, training, remediation, import_wizard,
    dialogs_of_the_menus, messages_to_the_person,
)  # fmt: skip
