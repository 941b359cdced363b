"""What holds an open office together in one window: head, search, period, undo, tabs and the ways between them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from asn_desktop.core.changes import ChangeSet
from asn_desktop.core.errors import AppError, Cancelled, EnvironmentProblem
from asn_desktop.core.i18n import _
from asn_desktop.core.identifiers import format_nip
from asn_desktop.core.indonesian import search_key
from asn_desktop.core.periods import Period, parse_period, quarter_of
from asn_desktop.exchange.package.reminders import Reminders
from asn_desktop.gui import messages
from asn_desktop.gui.change_bus import ChangeBus
from asn_desktop.gui.global_search import SearchHit
from asn_desktop.gui.main_window import MainWindow, TabSpec
from asn_desktop.gui.progress_dialog import ProgressDialog
from asn_desktop.gui.table_view import ViewSettings
from asn_desktop.gui.tasks import Job, Runner
from asn_desktop.reference.queries import UnitRow
from asn_desktop.remediation.queries import PlanGroup
from asn_desktop.services import Services

if TYPE_CHECKING:
    from asn_desktop.exchange.inbox import InboxFile
    from asn_desktop.exchange.workbook_file import WorkbookFile
    from asn_desktop.gui.exchange.import_wizard import ImportWizard
    from asn_desktop.gui.exchange.packages.inbox_dialog import InboxDialog

_PEOPLE, _UNITS = 8, 4


class Shell(QObject):
    """Created once per open office by the composition root; lives as long as the window.

    ``sign_out_wanted``, ``damage_found`` and ``restore_wanted(path, passphrase)`` end the window; the composition
    root decides what comes next.
    """

    sign_out_wanted = Signal()
    damage_found = Signal()
    restore_wanted = Signal(object, str)

    def __init__(
        self,
        window: MainWindow,
        services: Services,
        runner: Runner,
        bus: ChangeBus,
        settings: ViewSettings,
        tabs: Callable[[Shell], Sequence[TabSpec]],
    ) -> None:
        super().__init__(window)
        self.window, self.services, self.runner, self.bus = window, services, runner, bus
        self.settings = settings
        self._units: list[UnitRow] = []
        self._head()
        window.show_tabs(tabs(self))  # first, because the tab that is seen starts to read
        self._menus()
        bus.changed.connect(self._changed)
        self._read_undo()
        self._read_badges()
        window.status.set_saved(services.database.clock())

    # -- head ---------------------------------------------------------------------------------------------

    def _head(self) -> None:
        office = self.services.reference.office()
        self._role = office.role
        header = self.window.header
        self.window.setWindowTitle(_("ASN Desktop – Pembinaan ASN Berbasis Kinerja"))
        header.set_office(office.name, sample=office.sample)
        header.set_user(self.services.accounts.current().display_name)
        self._show_periods()
        self.window.period_changed.connect(self._period_changed)
        self.window.files_dropped.connect(self.receive_files)
        header.search.finder = self.find
        header.search.chosen.connect(self.open_hit)
        self._user_entry(_("Ganti kata sandi …"), lambda: self.open_settings("passphrase"))
        self._user_entry(_("Pengaturan …"), self.open_settings)
        header.user_menu.addSeparator()
        self._user_entry(_("Kunci dan keluar dari akun"), self.sign_out_wanted.emit)

    def _user_entry(self, text: str, slot: Any) -> None:
        action = QAction(text, self)
        action.triggered.connect(lambda: slot())
        self.window.header.user_menu.addAction(action)

    @property
    def period(self) -> Period:
        """The period chosen in the head."""
        return parse_period(self.window.header.period)

    def _show_periods(self) -> None:
        """Every period of the years in reach, with its state; at first the newest that was opened."""
        choices = self.services.appraisal.period_choices()
        opened = [choice.period for choice in choices if choice.opened]
        due = quarter_of(self.services.database.clock().date()).previous()
        wanted = self.window.header.period or self.settings.read("period").get("code", "")
        known = any(choice.period.code == wanted for choice in choices)
        current = wanted if known else max(opened, default=due).code
        self.window.header.set_periods(
            [(choice.period.code, choice.period.label, choice.words) for choice in choices], current
        )

    def _period_changed(self, code: str) -> None:
        self.settings.write("period", {"code": code})
        for key in ("home", "appraisal", "exchange"):
            tab = self.window.tab(key)
            if tab is not None:
                tab.set_period(parse_period(code))  # type: ignore[attr-defined]

    def find(self, text: str) -> Sequence[SearchHit]:
        """People and units for the search of the head."""
        people = [
            SearchHit("employee", row.id, row.name, _person_line(row), "user")
            for row in self.services.personnel.find_people(text, _PEOPLE)
        ]
        wanted = search_key(text)
        self._units = self._units or self.services.reference.units()
        units = [
            SearchHit("unit", unit.id, unit.name, _("Unit kerja"), "building-2")
            for unit in self._units
            if wanted and wanted in search_key(unit.name)
        ]
        return [*people, *units[:_UNITS]]

    def open_hit(self, hit: SearchHit) -> None:
        if hit.kind == "unit":
            self.show_unit(int(str(hit.key)))
        else:
            self.show_person(int(str(hit.key)))

    # -- tabs and the ways between them -----------------------------------------------------------------

    def show_person(self, employee_id: int) -> None:
        """Go to somebody in *Pegawai*."""
        self._tab("personnel").show_person(employee_id)

    def show_unit(self, unit_id: int) -> None:
        self._tab("personnel").show_unit(unit_id)

    def show_plan_of(self, evaluation_id: int) -> None:
        """Go to the remediation plan (or its proposal) of an evaluation."""
        self._tab("remediation").show_evaluation(evaluation_id)

    def show_ratings(self, code: str, unit_id: int, unrated: bool) -> None:
        """Go to the ratings of a unit (0: all units) in a period, on request only those still to be given."""
        self.set_period(code)
        self._tab("appraisal").show_unit(unit_id or None, unrated=unrated)

    def show_evaluation(self, evaluation_id: int) -> None:
        """Go to one evaluation in its period."""
        row = self.services.appraisal.evaluation_rows([evaluation_id])[0]
        self.set_period(row.period)
        self._tab("appraisal").show_employee(row.nip or row.bare_name)

    def set_period(self, code: str) -> None:
        """Choose a period in the head, as the person would."""
        header = self.window.header
        place = header.periods.findData(code)
        if place >= 0:
            header.periods.setCurrentIndex(place)

    def go_to(self, key: str) -> Any:
        """Show a tab and return it."""
        return self.window.go_to(key)

    def _tab(self, key: str) -> Any:
        return self.window.go_to(key)

    # -- menus and dialogs --------------------------------------------------------------------------------

    def _menus(self) -> None:
        window = self.window
        window.undo_requested.connect(self.undo)
        window.redo_requested.connect(self.redo)
        window.add_file_action(_("&Impor dari Excel …"), self.open_import, icon="upload", keys="Ctrl+I")
        window.add_file_action(_("&Ekspor ke Excel …"), self.open_export, icon="file-spreadsheet", keys="Ctrl+E")
        window.file_menu.insertSeparator(window.quit_action)
        window.add_file_action(_("&Cadangan data …"), self.open_backups, icon="shield-check")
        window.add_file_action(_("&Riwayat perubahan …"), self.open_history, icon="history", keys="Ctrl+H")
        window.add_file_action(_("&Pengaturan …"), self.open_settings, icon="settings")
        window.file_menu.insertSeparator(window.quit_action)
        window.add_help_action(_("&Yang baru"), lambda: self.open_about("news"), icon="sparkles")
        window.add_help_action(_("&Tentang ASN Desktop"), self.open_about, icon="info")

    def _open(self, dialog: Any) -> None:
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def receive(self, file: Path) -> None:
        """A workbook that came from outside (right click in the file manager): package, worksheet or list."""
        self.receive_files([file.absolute()])

    def receive_files(self, files: Sequence[Path]) -> None:
        """Workbooks that were dropped onto the window, on any tab: each goes its own way."""
        self.go_to("exchange").receive(files)

    def open_import(self, kind: str = "auto", period: str | None = None) -> ImportWizard:
        """The import wizard; ``kind`` as in ``ExchangeService.examine``."""
        from asn_desktop.gui.exchange.import_wizard import ImportWizard

        wizard = ImportWizard(self.services, self.runner, self.window, kind=kind, period=period)
        self._open(wizard)
        return wizard

    def import_file(self, source: Path | WorkbookFile) -> None:
        """The import wizard with a workbook that was chosen already."""
        self.open_import().read(source)

    def import_files(self, paths: Sequence[Path]) -> None:
        """Workbooks that came back: one goes to the import wizard, several are looked at together."""
        if len(paths) == 1:
            self.import_file(paths[0])
        else:
            self.open_inbox(paths)

    def open_inbox(self, paths: Sequence[Path]) -> InboxDialog:
        """Kotak masuk: files of any kind, examined and applied together."""
        from asn_desktop.gui.exchange.packages.inbox_dialog import InboxDialog

        dialog = InboxDialog(self.services, self.runner, self.bus, paths, self.window)
        dialog.open_wanted.connect(self._open_received)
        self._open(dialog)
        return dialog

    def _open_received(self, file: InboxFile) -> None:
        if file.is_package:
            self._tab("exchange").does.open_package(file.path)
        else:
            self.import_file(file.path)

    def open_export(self, kind: str = "personnel", unit_id: int | None = None) -> QWidget:
        from asn_desktop.gui.exchange.export_dialog import ExportDialog

        dialog = ExportDialog(
            self.services, self.runner, self.window, kind=kind, period=self.period.code, unit_id=unit_id
        )
        self._open(dialog)
        return dialog

    def open_worksheets(self, code: str = "") -> QWidget:
        """Lembar kerja OPD of a quarter: write them, see which have come back."""
        from asn_desktop.gui.exchange.worksheets_dialog import WorksheetsDialog

        period = parse_period(code) if code else self.period
        dialog = WorksheetsDialog(self.services, self.runner, self.bus, period, self.window)
        dialog.import_wanted.connect(self.import_files)
        self._open(dialog)
        return dialog

    def open_backups(self) -> QWidget:
        from asn_desktop.gui.backup_dialog import BackupDialog

        dialog = BackupDialog(self.services, self.runner, self.window)
        dialog.restore_wanted.connect(self.restore_wanted)
        self._open(dialog)
        return dialog

    def open_history(self) -> QWidget:
        from asn_desktop.gui.history_dialog import HistoryDialog

        dialog = HistoryDialog(self.services, self.runner, self.bus, self.window)
        self._open(dialog)
        return dialog

    def open_settings(self, page: str = "office") -> QWidget:
        from asn_desktop.gui.settings_dialog import SettingsDialog

        dialog = SettingsDialog(self.services, self.runner, self.window, page=page)
        self._open(dialog)
        return dialog

    def open_about(self, page: str = "about") -> QWidget:
        from asn_desktop.gui.about_dialog import AboutDialog

        dialog = AboutDialog(self.services, self.window, page=page)
        self._open(dialog)
        return dialog

    # -- writing and undo ---------------------------------------------------------------------------------

    def undo(self) -> None:
        """Ctrl+Z: take back the last operation, whole imports too."""
        self._step(lambda: self.services.safety.undo(), _("Mengurungkan"), _("Diurungkan: “{what}”"))

    def redo(self) -> None:
        self._step(lambda: self.services.safety.redo(), _("Mengulangi"), _("Diulangi: “{what}”"))

    def _step(self, action: Any, title: str, text: str) -> None:
        job = self.runner.run_write(
            lambda _progress: action(),
            lambda changes: messages.notify(self.window, text.format(what=plain_label(changes.label))),
            lambda error: messages.show_error(self.window, error),
            title=title,
            owner=self,
        )
        if not job.finished:
            ProgressDialog(job, self.window)

    def _changed(self, changes: ChangeSet) -> None:
        self.window.status.set_saved(self.services.database.clock())
        self._read_undo()
        if changes.touches("remediation_plan", "evaluation", "conflict", "package"):
            self._read_badges()
        if changes.touches("unit"):
            self._units = []
        if changes.touches("appraisal_period"):
            self._show_periods()
        if changes.touches("office", "user"):
            office = self.services.reference.office()
            if office.role != self._role:  # the tabs of a province are others
                self._role = office.role
                self.window.rebuild_tabs()
            self.window.header.set_office(office.name, sample=office.sample)
            self.window.header.set_user(self.services.accounts.current().display_name)

    def _read_badges(self) -> None:
        """How many plans wait for a decision or are late, and how many differences between offices wait."""
        services = self.services
        self.runner.run_read(
            lambda _progress: (services.remediation.counts(), services.package_reminders()),
            self._show_badges,
            owner=self,
        )

    def _show_badges(self, found: tuple[Mapping[Any, int], Reminders]) -> None:
        counts, packages = found
        self.window.set_badge("remediation", counts[PlanGroup.PROPOSED] + counts[PlanGroup.LATE])
        overdue = packages.overdue(self.services.database.clock().date())
        self.window.set_badge("exchange", packages.open_conflicts + overdue)

    def _read_undo(self) -> None:
        safety = self.services.safety
        self.runner.run_read(lambda _progress: (safety.next_undo(), safety.next_redo()), self._show_undo, owner=self)

    def _show_undo(self, found: tuple[str | None, str | None]) -> None:
        self.window.set_undo(found[0] or "")
        self.window.set_redo(found[1] or "")

    # -- background -----------------------------------------------------------------------------------------

    def watch(self, jobs: Any) -> None:
        """Say in the status line what runs and what could not be saved; ``jobs`` has started and ended."""
        jobs.started.connect(self._job_started)
        jobs.ended.connect(self._job_ended)

    def _job_started(self, job: Job[Any]) -> None:
        if job.title:
            self.window.status.set_working(f"{job.title} …")

    def _job_ended(self, job: Job[Any]) -> None:
        if not self.runner.busy:
            self.window.status.set_working("")
        failed = job.writes and job.error is not None and not isinstance(job.error, Cancelled)
        if failed:
            reason = job.error.message if isinstance(job.error, AppError) else _("kesalahan program")
            self.window.status.set_unsaved(reason)

    def verify(self) -> None:
        """Read every page of the file once, in the background; ``damage_found`` when one is not sound. What the anchor
        beside the file says against it is told."""
        safety = self.services.safety
        self.runner.run_read(
            lambda _progress: (safety.pages_sound(), safety.anchor_problem()),
            self._verified,
            title=_("Memeriksa data"),
            owner=self,
        )

    def _verified(self, found: tuple[bool, EnvironmentProblem | None]) -> None:
        sound, problem = found
        if not sound:
            self.damage_found.emit()
        elif problem is not None:
            messages.show_error(self.window, problem)


def plain_label(label: str) -> str:
    """``Urungkan: Ubah data pegawai`` → ``Ubah data pegawai``."""
    head, separator, rest = label.partition(": ")
    return rest if separator and head in (_("Urungkan"), _("Ulangi")) else label


def _person_line(row: Any) -> str:
    return " · ".join(part for part in (format_nip(row.nip or ""), row.position, row.unit) if part)
