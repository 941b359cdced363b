"""Pertukaran Data on two real offices, a district and its province, with packages on the way between them."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from asn_desktop.app import build_window
from asn_desktop.appraisal.commands import RatingChange
from asn_desktop.appraisal.predicate import Rating
from asn_desktop.core.periods import Period
from asn_desktop.devtools.gallery_scene import Scene, settle
from asn_desktop.environment.paths import office_paths
from asn_desktop.exchange.plan import Fate
from asn_desktop.gui.change_bus import ChangeBus
from asn_desktop.gui.exchange.packages.receive_dialog import ReceiveDialog
from asn_desktop.gui.shell import Shell
from asn_desktop.gui.table_view import NoViewSettings
from asn_desktop.gui.tasks import SynchronousRunner
from asn_desktop.personnel.listing import EmployeeSpec
from asn_desktop.personnel.model import Employee
from asn_desktop.sample import people
from asn_desktop.services import Services, close_office, create_office, new_office

_QUARTER = Period(2026, 3)
_PASSPHRASE = "meja kopi jendela"


class _Clock:
    """The day of the story."""

    now = datetime(2026, 10, 6, 10, 42, tzinfo=timezone(timedelta(hours=7)))

    def __call__(self) -> datetime:
        return self.now


@dataclass(frozen=True, slots=True)
class Pair:
    """``waiting``: a package of the province that the district has not received; ``old``: one it has."""

    folder: Path
    district: Services
    province: Services
    others: tuple[Path, ...]
    waiting: Path
    old: Path
    own: Path


@cache
def pair() -> Pair:
    folder = Path(tempfile.mkdtemp(prefix="asn-galeri-"))
    os.environ.setdefault("ASN_MACHINE_DIR", str(folder / "komputer"))
    clock = _Clock()

    def office(code: str, name: str, role: str = "district") -> Services:
        row = new_office(code, name, role=role, sample=True)
        services, _code = create_office(office_paths(folder / code), row, "operator", _PASSPHRASE, clock=clock)
        return services

    district = office("11.12", "BKPSDM Kabupaten Contoh")
    province = office("11", "BKD Provinsi Contoh", "province")
    _plant(district, 140)
    own = folder / "PAKET_11.12_0001_untuk_11.xlsx"
    district.packages.send(own)
    province.packages.apply(province.packages.examine(own), backup=False)
    others = []
    for place, name in enumerate(("BKPSDM Kabupaten Pantai Barat", "BKPSDM Kabupaten Pegunungan Tengah Selatan"), 1):
        other = office(f"11.6{place}", name)
        _plant(other, 120)
        others.append(folder / f"PAKET_11.6{place}_0001_untuk_11.xlsx")
        other.packages.send(others[-1])
        close_office(other)
    old = folder / "PAKET_11_0001_untuk_11.12.xlsx"
    province.packages.send(old, "11.12")
    district.packages.apply(district.packages.examine(old), backup=False)
    clock.now += timedelta(days=2)
    nips = [row.nip or "" for row in district.personnel.rows(district.personnel.ids(EmployeeSpec())[:9])]
    address = "Jalan Pantai Contoh Barat Nomor 12, dekat kantor camat lama, Kecamatan Contoh Selatan, kode pos 23764"
    for place, nip in enumerate(nips[:5]):
        _change(province, nip, phone=f"08127000{place:04}", address=address)
    for nip in nips[4:7]:
        _change(province, nip, rank="III/d", position="Analis SDM Aparatur Ahli Muda")
    for place, nip in enumerate(nips[1:6]):
        _change(district, nip, phone=f"08135111{place:04}", address=address.replace("12, dekat", "7, di samping"))
    waiting = folder / "PAKET_11_0002_untuk_11.12.xlsx"
    province.packages.send(waiting, "11.12")
    district.packages.send(folder / "PAKET_11.12_0002_untuk_11.xlsx")
    clock.now += timedelta(days=16)
    return Pair(folder, district, province, tuple(others), waiting, old, own)


def _plant(services: Services, size: int) -> None:
    """People, and a quarter of which two thirds are rated."""
    with services.database.write("sample.people", "Isi pegawai contoh", undoable=False) as uow:
        people.plant(uow, people.make(size))
    services.appraisal.open_period(_QUARTER)
    rows = services.appraisal.list_evaluations(_QUARTER.code)
    ratings = (Rating.SESUAI, Rating.SESUAI, Rating.DI_ATAS, Rating.SESUAI, Rating.DI_BAWAH)
    services.appraisal.rate(
        [
            RatingChange(row.id, ratings[place % 5], ratings[place % 4])
            for place, row in enumerate(rows[: len(rows) * 2 // 3])
        ]
    )


def _change(services: Services, nip: str, **values: Any) -> None:
    with services.database.write("employee.update", "Ubah data pegawai") as uow:
        uow.update(Employee, services.personnel.id_of_nip(nip), values)


_kept: list[Shell] = []


def _window(services: Services) -> tuple[Shell, Any]:
    bus = ChangeBus()
    _window, shell = build_window(services, SynchronousRunner(bus, _fail), bus, NoViewSettings())
    _kept.append(shell)
    shell.window.resize(1366, 728)
    shell.window.show()
    tab = shell.go_to("exchange")
    settle(1)
    return shell, tab


def _fail(error: BaseException) -> None:
    raise error


def _district(act: Callable[[Any], object] = lambda _tab: None) -> Scene:
    def scene() -> QWidget:
        shell, tab = _window(pair().district)
        act(tab)
        return shell.window

    return scene


def _province(act: Callable[[Any], object] = lambda _tab: None) -> Scene:
    def scene() -> QWidget:
        shell, tab = _window(pair().province)
        act(tab)
        return shell.window

    return scene


def _over(services: Callable[[Pair], Services], act: Callable[[Any], object]) -> Scene:
    """The dialog that an action opens."""

    def scene() -> QWidget:
        shell, tab = _window(services(pair()))
        act(tab)
        settle()
        found = [dialog for dialog in shell.window.findChildren(QDialog) if dialog.isVisible()]
        shell.window.hide()
        return found[-1]

    return scene


def _preview(tab: Any, fate: Fate) -> None:
    dialog = tab.does.open_package(pair().waiting)
    assert isinstance(dialog, ReceiveDialog)
    dialog.preview.show_fate(fate)


def _with_conflicts(tab: Any) -> None:
    """The waiting package is merged for the picture of the desk, and taken back afterwards by nobody: it is last."""
    services = pair().district
    plan = services.packages.examine(pair().waiting)
    if not plan.already:
        services.packages.apply(plan, backup=False)
    tab.show_desk()


def finish() -> None:
    """Close both offices and remove them, if a scene has made them."""
    if pair.cache_info().currsize:
        found = pair()
        close_office(found.district)
        close_office(found.province)
        shutil.rmtree(found.folder)
        pair.cache_clear()


SCENES: Mapping[str, Scene] = MappingProxyType(
    {
        "pertukaran": _district(),
        "pertukaran-kirim": _over(lambda two: two.district, lambda tab: tab.send()),
        "pertukaran-pratinjau": _over(lambda two: two.district, lambda tab: _preview(tab, Fate.CONFLICT)),
        "pertukaran-berubah": _over(lambda two: two.district, lambda tab: _preview(tab, Fate.CHANGED)),
        "pertukaran-ditolak": _over(lambda two: two.district, lambda tab: tab.does.open_package(pair().own)),
        "pertukaran-aturan": _district(lambda tab: tab.show_view("rules")),
        "pertukaran-meja": _district(_with_conflicts),
        "provinsi": _province(),
        "provinsi-rekap": _province(lambda tab: tab.show_view("counts")),
        "provinsi-riwayat": _province(lambda tab: tab.show_view("history")),
        "provinsi-kotak-masuk": _over(
            lambda two: two.province, lambda _tab: _kept[-1].open_inbox([*pair().others, pair().own, pair().old])
        ),
        "provinsi-kunci": _over(lambda two: two.province, lambda tab: tab.does.open_keys()),
        "provinsi-daftarkan": _over(lambda two: two.province, lambda tab: tab.does.register()),
        "provinsi-beranda": _province(lambda _tab: _kept[-1].go_to("home")),
        "provinsi-pegawai": _province(lambda _tab: _kept[-1].go_to("personnel")),
    }
)
