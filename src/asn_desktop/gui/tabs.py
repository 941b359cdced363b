"""The tabs of the window, in order. Each is imported and built when it is first seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from asn_desktop.core.i18n import _
from asn_desktop.gui.main_window import TabSpec

if TYPE_CHECKING:
    from asn_desktop.gui.shell import Shell


def tab_specs(shell: Shell) -> Sequence[TabSpec]:
    return (
        TabSpec("home", _("Beranda"), "house", lambda: _home(shell)),
        TabSpec("personnel", _("Pegawai"), "users", lambda: _personnel(shell)),
        TabSpec("appraisal", _("Penilaian Triwulan"), "clipboard-check", lambda: _appraisal(shell)),
        TabSpec("training", _("Kalender Pelatihan"), "calendar-days", lambda: _training(shell)),
        TabSpec("remediation", _("Rencana Pembinaan"), "sprout", lambda: _remediation(shell)),
        TabSpec("exchange", _("Pertukaran Data"), "arrow-left-right", lambda: _exchange(shell)),
    )


def _home(shell: Shell) -> QWidget:
    from asn_desktop.gui.home.tab import HomeTab

    tab = HomeTab(shell.services, shell.runner, shell.bus, shell.period)
    tab.import_wanted.connect(lambda: shell.open_import("personnel"))
    tab.open_period_wanted.connect(lambda: shell.go_to("appraisal"))
    tab.ratings_wanted.connect(shell.show_ratings)
    tab.plans_wanted.connect(lambda group: shell.go_to("remediation").show_group(group))
    tab.week_wanted.connect(lambda: shell.go_to("training").show_week())
    tab.balance_wanted.connect(lambda state: shell.go_to("training").show_balance(state))
    tab.incomplete_wanted.connect(lambda: shell.go_to("personnel").show_status("incomplete"))
    tab.exchange_wanted.connect(lambda place: shell.go_to("exchange").show_place(place))
    return tab


def _personnel(shell: Shell) -> QWidget:
    from asn_desktop.gui.personnel.tab import PersonnelTab

    services = shell.services
    return PersonnelTab(
        services.personnel,
        services.reference,
        shell.runner,
        shell.bus,
        import_people=lambda: shell.open_import("personnel"),
        export_people=lambda spec: shell.open_export("personnel", spec.unit_id),
        undo=shell.undo,
        settings=shell.settings,
    )


def _appraisal(shell: Shell) -> QWidget:
    from asn_desktop.gui.appraisal.menus import add_menus
    from asn_desktop.gui.appraisal.tab import AppraisalTab

    services = shell.services
    tab = AppraisalTab(
        services.appraisal, services.reference, shell.runner, shell.bus, shell.period, settings=shell.settings
    )
    add_menus(tab)
    tab.import_wanted.connect(lambda code: shell.open_import("ratings", code))
    tab.worksheets_wanted.connect(shell.open_worksheets)
    tab.personnel_import_wanted.connect(lambda: shell.open_import("personnel"))
    tab.plan_wanted.connect(shell.show_plan_of)
    tab.person_wanted.connect(shell.show_person)
    return tab


def _training(shell: Shell) -> QWidget:
    from asn_desktop.gui.training.tab import TrainingTab

    tab = TrainingTab(shell.services, shell.runner, shell.bus)
    tab.person_opened.connect(shell.show_person)
    return tab


def _remediation(shell: Shell) -> QWidget:
    from asn_desktop.gui.remediation.tab import RemediationTab

    tab = RemediationTab(shell.services, shell.runner, shell.bus)
    tab.person_opened.connect(shell.show_person)
    tab.evaluation_opened.connect(shell.show_evaluation)
    tab.event_opened.connect(lambda event: shell.go_to("training").show_event(event))
    return tab


def _exchange(shell: Shell) -> QWidget:
    from asn_desktop.gui.exchange.packages.tab import ExchangeTab

    tab = ExchangeTab(shell.services, shell.runner, shell.bus, shell.period)
    tab.import_wanted.connect(shell.import_file)
    tab.inbox_wanted.connect(shell.open_inbox)
    tab.worksheets_wanted.connect(lambda: shell.open_worksheets(tab.period.code))
    tab.undo_wanted.connect(shell.undo)
    return tab
