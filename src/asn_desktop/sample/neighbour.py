"""The sample office's province, and two packages on the way between them.

The office has sent its first package and has no receipt yet; the answer of the province lies in a folder, with people
it corrected, an event of its own, and telephone numbers that were changed in both offices.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from asn_desktop.core.clock import Clock
from asn_desktop.core.i18n import _
from asn_desktop.environment import logs
from asn_desktop.environment.paths import OfficePaths
from asn_desktop.personnel.listing import EmployeeSpec
from asn_desktop.personnel.model import Employee
from asn_desktop.services import Services, close_office, create_office, new_office
from asn_desktop.training.commands import SaveEvent

FOLDER = "kiriman"
"""Inside the sample's home: where the packages lie."""
PROVINCE_HOME = "provinsi"
"""Inside the sample's home: the province, which can be opened as an office of its own."""
_PROVINCE_CODE = "99"
_IN_CONFLICT, _CORRECTED = range(3, 7), range(10, 13)


def waiting_package(home: Path) -> Path | None:
    """The province's package of a sample office, while it is there."""
    found = sorted((home / FOLDER).glob(f"PAKET_{_PROVINCE_CODE}_*.xlsx"))
    return found[0] if found else None


def exchange(services: Services, user: str, passphrase: str, clock: Clock) -> None:
    """Send, receive at the province, answer; then change here what the province has changed too."""
    own = services.reference.office()
    folder = services.paths.home / FOLDER
    folder.mkdir(exist_ok=True)
    sent = folder / f"PAKET_{own.code}_0001_untuk_{_PROVINCE_CODE}.xlsx"
    services.packages.send(sent)
    row = new_office(_PROVINCE_CODE, _("BKD Provinsi Contoh"), role="province", sample=True)
    paths = OfficePaths(services.paths.home / PROVINCE_HOME)
    province, _code = create_office(paths, row, user, passphrase, clock=clock)
    try:
        province.reference.fill_holidays(clock().year - 2)  # as far back as the sample's year reaches
        province.packages.apply(province.packages.examine(sent), backup=False)
        people = _people(province)
        phones = [(people[place], f"08127000{place:04}") for place in _IN_CONFLICT]
        with province.database.write("employee.update", _("Ubah nomor HP")) as uow:
            uow.update_many(Employee, [(number, {"phone": phone}) for number, phone in phones])
        with province.database.write("employee.update", _("Betulkan tempat lahir")) as uow:
            uow.update_many(Employee, [(people[place], {"birth_place": "Pantai Contoh"}) for place in _CORRECTED])
        starts = clock().date() + timedelta(days=20)
        name = _("Bimbingan Teknis Sasaran Kinerja Pegawai tingkat Provinsi")
        province.training.save_event(SaveEvent(name, "KL10", "teknis", starts, starts + timedelta(days=1), 16))
        province.packages.send(folder / f"PAKET_{_PROVINCE_CODE}_0001_untuk_{own.code}.xlsx", own.code)
    finally:
        close_office(province)
        logs.start_log(services.paths.logs)  # one log at a time: that of the office that stays open
    here = _people(services)
    with services.database.write("employee.update", _("Ubah nomor HP")) as uow:
        uow.update_many(Employee, [(here[place], {"phone": f"08135111{place:04}"}) for place in _IN_CONFLICT])


def _people(services: Services) -> list[int]:
    """Active people by NIP: the same persons in both offices."""
    rows = services.personnel.rows(services.personnel.ids(EmployeeSpec()))
    return [row.id for row in sorted(rows, key=lambda row: row.nip or "~")]
