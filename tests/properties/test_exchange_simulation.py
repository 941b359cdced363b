"""A province and two districts work, lose, repeat and reorder packages, restore and copy databases; in the end all agree.

A short version for every run; ``ASN_SIMULATIONS`` asks for more histories, ``ASN_SIMULATION_SEED`` repeats one.
"""

from __future__ import annotations

import os
import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from asn_desktop.core.errors import ConflictError, InputError
from asn_desktop.personnel.model import Employee
from asn_desktop.reference.model import Holiday
from asn_desktop.training.model import TrainingEvent
from tests.integration.packages.offices import Country, Site

SEED = int(os.environ.get("ASN_SIMULATION_SEED", "1"))
HISTORIES = int(os.environ.get("ASN_SIMULATIONS", "4"))
STEPS = int(os.environ.get("ASN_SIMULATION_STEPS", "30"))
DISTRICTS = ("11.12", "11.13")
Package = Any


class World:
    """All living copies, the packages under way, and a dice."""

    def __init__(self, country: Country, folder: Path, seed: int) -> None:
        self.dice = random.Random(seed)
        self.folder = folder
        self.province = country.site(folder, "11")
        self.sites = [self.province, *(country.site(folder, code) for code in DISTRICTS)]
        self.kept: dict[int, list[Path]] = {}
        self.under_way: list[tuple[str, Package]] = []
        self.counter = 0
        self.story: list[str] = []

    # -- what can happen ----------------------------------------------------------------------------------

    def step(self) -> None:
        actions = [self.edit] * 6 + [self.add] * 3 + [self.remove] * 2 + [self.send] * 5 + [self.deliver] * 6
        actions += [self.undo, self.keep, self.restore, self.copy, self.decide]
        action = self.dice.choice(actions)
        site = self.dice.choice(self.sites)
        self.story.append(f"{action.__name__} {site.paths.home.name}")
        action(site)

    def add(self, site: Site) -> None:
        self.counter += 1
        match self.dice.randrange(3):
            case 0 if site is not self.province:
                site.add_person(f"Orang {self.counter}", f"19850315201001{self.counter:04d}")
            case 1:
                site.insert(TrainingEvent, code=f"E{self.counter}", name="x", form="pelatihan", competence="teknis",
                            starts=date(2026, 5, 1), ends=date(2026, 5, 2), jp=10)  # fmt: skip
            case _:
                name = self.dice.choice(["HUT", "Festival", "Lomba"])
                known = site.services.reference.holidays(date(2026, 12, 1), date(2026, 12, 1))
                if name not in {row.name for row in known}:
                    site.insert(Holiday, day=date(2026, 12, 1), name=name, kind="libur_daerah", source="-")

    def edit(self, site: Site) -> None:
        model, names = self.dice.choice(
            [(Employee, ["phone", "rank", "email", "education"]), (TrainingEvent, ["place", "quota"]),
             (Holiday, ["source"])]
        )  # fmt: skip
        rids = [rid for table, rid in site.facts() if table == model.__tablename__]
        if model is Holiday:
            rids = [rid for rid in rids if site.value(Holiday, rid, "kind") == "libur_daerah"]
        if rids:
            name = self.dice.choice(names)
            value: Any = self.dice.randrange(100) if name == "quota" else f"{site.code}-{self.dice.randrange(100)}"
            site.edit(model, self.dice.choice(sorted(rids)), **{name: value})

    def remove(self, site: Site) -> None:
        rids = sorted(rid for table, rid in site.facts() if table == "training_event")
        if rids:
            site.remove(TrainingEvent, self.dice.choice(rids))

    def send(self, site: Site) -> None:
        cut_off = self.dice.random() < 0.1
        if site is self.province:
            known = [peer.code for peer in site.services.packages.peers()]
            if known:
                code = self.dice.choice(known)
                self.under_way.append((code, site.send(code, cut_off=cut_off)))
        else:
            self.under_way.append(("11", site.send("11", cut_off=cut_off)))

    def deliver(self, _site: Site) -> None:
        if not self.under_way:
            return
        number = self.dice.randrange(len(self.under_way))
        code, package = self.under_way[number]
        if self.dice.random() < 0.8:  # otherwise it comes again
            del self.under_way[number]
        if self.dice.random() < 0.2:
            return  # lost
        for site in self.sites:
            if site.code == code:
                self.hand_over(site, package)

    @staticmethod
    def hand_over(site: Site, package: Package) -> None:
        try:
            site.receive(package)
        except InputError as error:
            if error.code not in ("ASN-1242", "ASN-1243", "ASN-1245"):
                raise

    def undo(self, site: Site) -> None:
        try:
            site.undo()
        except (ConflictError, InputError):
            return

    def keep(self, site: Site) -> None:
        self.kept.setdefault(id(site), []).append(site.keep())

    def restore(self, site: Site) -> None:
        if self.kept.get(id(site)):
            site.go_back(self.dice.choice(self.kept[id(site)]))

    def copy(self, site: Site) -> None:
        if site is not self.province and len(self.sites) < 4:
            self.sites.append(site.clone(self.folder / f"salinan-{len(self.sites)}"))

    def decide(self, site: Site) -> None:
        rows = site.services.packages.conflicts()
        if rows:
            row = self.dice.choice(rows)
            try:
                site.services.packages.decide([(row.id, self.dice.choice(["local", "incoming"]))])
            except InputError as error:
                if error.code not in ("ASN-1247", "ASN-1248"):
                    raise

    # -- the end ------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Nothing is lost any more: everybody exchanges and decides until nobody has anything to say."""
        self.under_way.clear()
        for _round in range(8):
            for site in self.sites:
                for row in site.services.packages.conflicts():
                    try:
                        site.services.packages.decide([(row.id, "local")])
                    except InputError:
                        site.services.packages.decide([(row.id, "incoming")])
            for site in self.sites[1:]:
                self.hand_over(self.province, site.send("11"))
            for code in DISTRICTS:
                package = self.province.send(code)
                for site in self.sites[1:]:
                    if site.code == code:
                        self.hand_over(site, package)

    def check(self) -> None:
        for site in self.sites:
            assert site.sound()
            assert site.services.packages.conflicts() == []
        for site in self.sites[1:]:
            shared = self.province.facts({site.code, "11"})
            own = site.facts()
            # The province's own people and units are not the district's business.
            theirs = {key: row for key, row in shared.items() if row["owner"] != "11" or key[0] == "training_event"}
            assert own.keys() == theirs.keys()
            assert {key: row for key, row in own.items() if theirs[key] != row} == {}

    def close(self) -> None:
        for site in self.sites:
            site.close()


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Country:
    return Country(tmp_path_factory.mktemp("negeri"))


@pytest.mark.parametrize("seed", range(SEED, SEED + HISTORIES))
def test_all_sides_agree_in_the_end(country: Country, tmp_path: Path, seed: int) -> None:
    world = World(country, tmp_path, seed)
    try:
        for _number in range(STEPS):
            world.step()
        world.settle()
        world.check()
    except BaseException:
        print("\n".join(world.story))
        raise
    finally:
        world.close()
