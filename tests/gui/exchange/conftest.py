"""A district and a province side by side, each with its own window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from asn_desktop.app import build_window
from asn_desktop.gui import messages as messages_module
from asn_desktop.gui.change_bus import ChangeBus
from asn_desktop.gui.exchange.packages.tab import ExchangeTab
from asn_desktop.gui.shell import Shell
from asn_desktop.gui.table_view import NoViewSettings
from asn_desktop.gui.tasks import SynchronousRunner
from asn_desktop.personnel.model import Employee
from tests.integration.packages.offices import Country, Site


@dataclass
class Desk:
    """An office with its window open on *Pertukaran Data*."""

    site: Site
    shell: Shell
    tab: ExchangeTab

    @property
    def services(self) -> Any:
        return self.site.services

    def dialog(self, kind: type[QDialog]) -> Any:
        """The dialog of a kind that was opened last."""
        found = [dialog for dialog in self.shell.window.findChildren(kind) if dialog.isVisible()]
        assert found, f"no {kind.__name__} is open"
        return found[-1]

    def send(self, target: Path, to: str | None = None) -> Path:
        self.services.packages.send(target, to)
        return target

    def phone(self, rid: str) -> str | None:
        found = self.site.get(Employee, rid)
        assert found is not None
        return found["phone"]  # type: ignore[no-any-return]


OpenDesk = Callable[..., Desk]


@pytest.fixture(scope="session")
def country(tmp_path_factory: pytest.TempPathFactory) -> Country:
    return Country(tmp_path_factory.mktemp("negeri"))


@pytest.fixture
def desk(country: Country, tmp_path: Path, qtbot: QtBot) -> Iterator[OpenDesk]:
    """Opens an office by code ("11" is the province) with its window. ``place``: for a second home of the same."""
    desks: list[Desk] = []

    def open_desk(code: str, place: str = "") -> Desk:
        site = country.site(tmp_path / place, code)
        bus = ChangeBus()
        runner = SynchronousRunner(bus, lambda error: messages_module.show_error(None, error))
        window, shell = build_window(site.services, runner, bus, NoViewSettings())
        qtbot.addWidget(window)
        window.resize(1366, 728)
        window.show()
        desks.append(Desk(site, shell, shell.go_to("exchange")))
        return desks[-1]

    yield open_desk
    for one in desks:
        for dialog in one.shell.window.findChildren(QDialog):
            dialog.close()
        one.site.close()


@pytest.fixture
def district(desk: OpenDesk) -> Desk:
    return desk("11.12")


@pytest.fixture
def province(desk: OpenDesk) -> Desk:
    return desk("11")
