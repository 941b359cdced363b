"""Make the sample office: *Kabupaten Contoh* with a year of work in it, through the same services as the windows."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date

from asn_desktop.core.clock import Clock, system_clock
from asn_desktop.core.errors import EnvironmentProblem, WrongPassphrase
from asn_desktop.core.i18n import _
from asn_desktop.core.periods import Period, quarter_of
from asn_desktop.environment.paths import OfficePaths
from asn_desktop.sample import neighbour, people, plans, quarters, skp, training_year
from asn_desktop.sample.moving_clock import MovingClock
from asn_desktop.services import Services, close_office, create_office, open_office

SAMPLE_USER = "operator"
SAMPLE_SIZE = 1200
SKP_UNIT = "03.P002"
"""UPTD Puskesmas Contoh Selatan, about 36 people: their SKP, realisation and feedback are filled in."""
DEMO_PASSPHRASE = "contoh kabupaten"
"""Opens every sample office. Not a secret: there is nothing real in it."""
_SEED = 2026


@dataclass(frozen=True, slots=True)
class SampleYear:
    """The four quarters of the sample, oldest first; the last one is still being rated."""

    quarters: tuple[Period, ...]

    @property
    def current(self) -> Period:
        return self.quarters[-1]


def sample_year(today: date) -> SampleYear:
    """The last quarter that has ended by ``today``, and the three before it."""
    found = [quarter_of(today).previous()]
    while len(found) < 4:
        found.append(found[-1].previous())
    return SampleYear(tuple(reversed(found)))


def create_sample_office(
    paths: OfficePaths, passphrase: str, *, clock: Clock = system_clock, size: int = SAMPLE_SIZE
) -> Services:
    """An office with about ``size`` made-up people, four quarters, a training year and plans in every state.

    Everything in it is marked CONTOH (``Office.sample``). Raises what ``create_office`` raises; leaves the office
    open for the caller.
    """
    now = clock()
    year = sample_year(now.date())
    moving = MovingClock(now, year.quarters[0].starts)
    services, _code = create_office(
        paths, people.SAMPLE_OFFICE, SAMPLE_USER, passphrase, display_name=_("Operator Contoh"), clock=moving
    )
    try:
        fill(services, moving, year, size, now.date())
    except BaseException:
        close_office(services)
        raise
    services.database.clock = clock
    return services


_GONE = (("Mencapai BUP", "Mencapai batas usia pensiun"), ("Pensiun", "Pensiun atas permintaan sendiri"))


def open_sample_office(
    paths: OfficePaths,
    passphrase: str = DEMO_PASSPHRASE,
    *,
    verify: bool = True,
    clock: Clock = system_clock,
) -> Services:
    """The sample office at ``paths``, made on the first call; ``verify`` as in ``open_office``.

    An office that is not a sample is left alone: the sample then lives in a folder ``contoh`` inside. Raises what
    ``open_office`` raises, also when somebody changed the sample's passphrase.
    """
    for place in (paths, OfficePaths(paths.home / "contoh")):
        if not place.exists:
            services = create_sample_office(place, passphrase, clock=clock)
            neighbour.exchange(services, SAMPLE_USER, passphrase, clock)
            return services
        try:
            services = open_office(place, SAMPLE_USER, passphrase, verify=verify, clock=clock)
        except WrongPassphrase:
            if place is not paths:
                raise
            continue
        if services.reference.office().sample:
            return services
        close_office(services)
    raise EnvironmentProblem(
        _("Folder {path} sudah berisi kantor lain.").format(path=paths.home / "contoh"),
        _("Pilih folder yang kosong."),
        code="ASN-1424",
    )


def fill(services: Services, clock: MovingClock, year: SampleYear, size: int, today: date) -> None:
    """About ``size`` people and the work of four quarters, in an office that is empty."""
    chance = random.Random(_SEED)
    services.reference.fill_holidays(year.current.year + 1)
    with services.database.write("sample.people", _("Isi pegawai contoh"), undoable=False) as uow:
        ids = people.plant(uow, people.make(size))
    for number, (status, reason) in zip(chance.sample(ids[200:], len(_GONE)), _GONE, strict=True):
        services.personnel.deactivate(number, _(reason), year.current.starts, status)
    folk = quarters.Folk(ids, chance)
    events = training_year.plan(services, today)
    sheets = skp.SkpWriter(services)
    for number, period in enumerate(year.quarters):
        current = period == year.current
        quarters.open_and_rate(services, clock, period, folk, chance, partly=current)
        if number > 0:
            sheets.write(period, services.reference.find_unit(SKP_UNIT))
        plans.follow_up(services, clock, year.quarters[: number + 1], folk, chance, events, current=current)
        if not current:
            services.appraisal.close_period(period.code)
    clock.go_to(today)
    quarters.contradict(services, year.current)
    plans.catch_up(services, year.quarters[-2:], today, chance)
    training_year.hold(services, events, chance, today)
