"""Offices that update at different times: what an older program does not know is kept, handed on and never blanked.

The newer program is a process of its own (:mod:`tests.tomorrow`); packages are real files. It knows a field more of
people (``favourite_planet``) and a table more (``comet_sighting``).
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from asn_desktop.exchange.package.content import Seal
from asn_desktop.exchange.package.model import ExchangeRule
from asn_desktop.exchange.package.ownership import Policy
from asn_desktop.exchange.package.package_plan import PackagePlan
from asn_desktop.personnel.model import Employee
from tests.integration.packages.offices import Country, Site

ROOT = Path(__file__).resolve().parents[3]


def tomorrow(site: Site, *steps: dict[str, Any]) -> Any:
    """The program of tomorrow does this in an office that is closed here."""
    script = [{"home": str(site.paths.home), **step} for step in steps]
    run = subprocess.run(
        [sys.executable, "-m", "tests.tomorrow"], input=json.dumps(script), capture_output=True, encoding="utf-8", cwd=ROOT,
        check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def sent(site: Site, path: Path, to: str | None = None) -> Path:
    site.services.packages.send(path, to)
    return path


def received(site: Site, path: Path) -> PackagePlan:
    plan = site.services.packages.examine(path)
    assert plan.read.seal in (Seal.INTACT, Seal.SIGNED)
    site.services.packages.apply(plan, backup=False)
    assert site.sound()
    return plan


def kept(site: Site) -> dict[tuple[str, str], dict[str, Any]]:
    """(table, record) → what is kept for a newer program."""
    with site.services.database.read() as connection:
        rows = connection.execute(text("SELECT entity, record, content FROM later_record")).all()
    return {(row.entity, row.record): json.loads(row.content) for row in rows}


class Offices:
    """A province of tomorrow and a district of today that has written to it; Ani and Budi are the district's."""

    def __init__(self, province: Site, district: Site, folder: Path) -> None:
        self.province, self.district, self.folder = province, district, folder
        self._open = [province, district]
        self.ani = district.add_person("Ani Contoh", "198501152010011023")
        self.budi = district.add_person("Budi Contoh", "199002022015022002")
        first = sent(district, self.file("1"))
        self.close(province)
        self.in_province({"do": "receive", "file": str(first)})

    def file(self, name: str) -> Path:
        return self.folder / f"{name}.xlsx"

    def copy(self) -> Site:
        """The district's data on another PC."""
        self._open.append(self.district.clone(self.folder / "salinan"))
        return self._open[-1]

    def close(self, *sites: Site) -> None:
        """These, or all that are open still."""
        for site in sites or tuple(self._open):
            self._open.remove(site)
            site.close()

    def in_province(self, *steps: dict[str, Any]) -> Any:
        return tomorrow(self.province, *steps)

    def from_province(self, name: str, *steps: dict[str, Any]) -> Path:
        """What the province sends the district after these steps."""
        path = self.file(name)
        self.in_province(*steps, {"do": "send", "file": str(path), "to": "11.12"})
        return path


PLANET = {"do": "planet", "people": {"Ani Contoh": "Saturnus"}}
SIGHTED = {"do": "sighted", "name": "Ani Contoh", "comet": "Komet Halley"}


@pytest.fixture
def offices(country: Country, tmp_path: Path) -> Iterator[Offices]:
    province, district = country.site(tmp_path, "11"), country.site(tmp_path, "11.12")
    made = Offices(province, district, tmp_path)
    yield made
    made.close()


def test_what_a_newer_office_says_is_kept_and_comes_back_untouched(offices: Offices) -> None:
    district = offices.district
    plan = received(district, offices.from_province("2", PLANET, SIGHTED))
    assert plan.later_values == 5, "a planet, and the four values of a sighting"
    assert plan.counts["rejected"] == plan.counts["conflict"] == plan.counts["ignored"] == 0
    assert kept(district)["employee", offices.ani] == {"favourite_planet": "Saturnus"}
    (sighting,) = [values for (table, _rid), values in kept(district).items() if table == "comet_sighting"]
    assert sighting == {
        "employee_id": offices.ani, "comet": "Komet Halley", "seen_on": "2027-02-01", "by_id": offices.ani
    }  # fmt: skip
    district.edit(Employee, offices.ani, phone="0812")
    district.edit(Employee, offices.budi, phone="0813")
    third = sent(district, offices.file("3"))
    answer = offices.in_province({"do": "receive", "file": str(third)})
    assert answer["seal"] in ("intact", "signed")
    assert answer["counts"]["changed"] == 2
    shown = offices.in_province({"do": "show"})
    assert shown["people"] == {"Ani Contoh": ["Saturnus", "0812"], "Budi Contoh": [None, "0813"]}
    assert shown["comets"] == [["Ani Contoh", "Komet Halley"]]
    assert shown["open"] == []
    assert shown["sound"]


def test_a_first_package_of_an_old_office_blanks_nothing(offices: Offices) -> None:
    """After a copy everything goes once more, "all fields" with a revision: of a field that is not in the file that says
    nothing."""
    copy = offices.copy()
    offices.in_province(PLANET)
    copy.edit(Employee, offices.ani, phone="0812")
    whole = sent(copy, offices.file("salinan"))
    offices.close(copy)
    answer = offices.in_province({"do": "receive", "file": str(whole)}, {"do": "show"})
    assert answer["people"]["Ani Contoh"] == ["Saturnus", "0812"]
    assert answer["open"] == []


def test_edits_on_both_sides_at_once_stand_side_by_side(offices: Offices) -> None:
    district = offices.district
    received(district, offices.from_province("2", PLANET))
    district.edit(Employee, offices.ani, phone="0812")
    ours = sent(district, offices.file("3"))
    theirs = offices.from_province("4", {"do": "planet", "people": {"Ani Contoh": "Uranus", "Budi Contoh": "Venus"}})
    offices.in_province({"do": "receive", "file": str(ours)})
    received(district, theirs)
    assert kept(district) == {
        ("employee", offices.ani): {"favourite_planet": "Uranus"},
        ("employee", offices.budi): {"favourite_planet": "Venus"},
    }
    shown = offices.in_province({"do": "receive", "file": str(sent(district, offices.file("5")))}, {"do": "show"})
    assert shown["people"] == {"Ani Contoh": ["Uranus", "0812"], "Budi Contoh": ["Venus", None]}


def test_a_sibling_copy_gets_it_from_the_old_one_and_stands_in_its_columns_after_the_update(offices: Offices) -> None:
    district = offices.district
    sibling = offices.copy()
    received(district, offices.from_province("2", PLANET, SIGHTED))
    plan = received(sibling, sent(district, offices.file("antar"), "11.12"))
    assert plan.later_values == 5
    assert kept(sibling) == kept(district)
    offices.close(sibling)
    shown = tomorrow(sibling, {"do": "show"})
    assert shown["people"]["Ani Contoh"] == ["Saturnus", None]
    assert shown["comets"] == [["Ani Contoh", "Komet Halley"]]
    assert shown["waiting"] == 0
    assert "migrasi" in shown["backups"]
    assert shown["sound"]


def test_an_office_that_has_updated_goes_on_with_the_history_it_has(offices: Offices) -> None:
    """Edited after the update, told to the office that has not: the value kept there follows, and so does the province."""
    district = offices.district
    sibling = offices.copy()
    received(district, offices.from_province("2", PLANET, SIGHTED))
    received(sibling, sent(district, offices.file("antar"), "11.12"))
    offices.close(sibling)
    new = [{"do": "planet", "people": {"Ani Contoh": "Mars", "Budi Contoh": "Venus"}},
           {"do": "rename_comet", "comet": "Komet Halley", "becomes": "Komet Halley 2061"}]  # fmt: skip
    to_province, to_district = offices.file("p"), offices.file("d")
    tomorrow(
        sibling, *new, {"do": "send", "file": str(to_district), "to": "11.12"},
        {"do": "send", "file": str(to_province), "to": "11"},
    )  # fmt: skip
    received(district, to_district)
    assert kept(district)["employee", offices.ani] == {"favourite_planet": "Mars"}
    assert [values["comet"] for (table, _rid), values in kept(district).items() if table == "comet_sighting"] == [
        "Komet Halley 2061"
    ]
    answer = offices.in_province({"do": "receive", "file": str(to_province)})
    assert answer["counts"]["conflict"] == 0
    district.edit(Employee, offices.budi, phone="0813")
    last = sent(district, offices.file("e"), "11")
    shown = offices.in_province({"do": "receive", "file": str(last)}, {"do": "show"})
    assert shown["people"] == {"Ani Contoh": ["Mars", None], "Budi Contoh": ["Venus", "0813"]}
    assert shown["comets"] == [["Ani Contoh", "Komet Halley 2061"]]
    offices.close(district)
    shown = tomorrow(district, {"do": "show"})
    assert shown["people"] == {"Ani Contoh": ["Mars", None], "Budi Contoh": ["Venus", "0813"]}


def test_what_is_removed_there_goes_here_too(offices: Offices) -> None:
    district = offices.district
    received(district, offices.from_province("2", SIGHTED))
    assert kept(district)
    received(district, offices.from_province("3", {"do": "withdraw", "comet": "Komet Halley"}))
    assert kept(district) == {}


def test_taking_back_a_package_takes_back_what_was_kept(offices: Offices) -> None:
    district = offices.district
    package = offices.from_province("2", PLANET, SIGHTED)
    received(district, package)
    before = kept(district)
    district.undo()
    assert kept(district) == {}
    assert district.sound()
    district.redo()
    assert kept(district) == before
    district.undo()
    received(district, package)
    assert kept(district) == before


def test_it_goes_with_its_record(offices: Offices) -> None:
    district = offices.district
    received(district, offices.from_province("2", PLANET))
    district.remove(Employee, offices.ani)
    assert kept(district) == {}
    district.undo()
    assert kept(district) == {("employee", offices.ani): {"favourite_planet": "Saturnus"}}


def test_an_ownership_rule_comes_with_its_field_and_yields_to_the_office(offices: Offices) -> None:
    district = offices.district
    district.services.packages.set_policy("employee", "*", Policy.QUEUE)
    with district.services.database.write("exchange.rule", "Aturan") as uow:
        uow.insert(ExchangeRule, {"entity": "comet_sighting", "fields": "*", "owner": "district",
                                  "policy": "refuse", "position": 900})  # fmt: skip
    offices.close(district)
    rules = tomorrow(district, {"do": "show"})["ownership"]
    of_people = [rule[1:] for rule in rules if rule[0] == "employee"]
    assert of_people.index(["favourite_planet", "merge"]) < of_people.index(["*", "queue"]), (
        "the first that covers counts"
    )
    assert [rule for rule in rules if rule[0] == "comet_sighting"] == [["comet_sighting", "*", "refuse"]]


def test_an_old_province_decides_between_two_copies_about_a_field_it_does_not_know(
    country: Country, tmp_path: Path
) -> None:
    """It asks as about any other field, and both copies follow."""
    province, district = country.site(tmp_path, "11"), country.site(tmp_path, "11.12")
    try:
        ani = district.add_person("Ani Contoh", "198501152010011023")
        received(province, sent(district, tmp_path / "1.xlsx"))
        copy = district.clone(tmp_path / "salinan")
        copy.close()
        district.close()
        received(province, told(copy, tmp_path / "2.xlsx", {"do": "planet", "people": {"Ani Contoh": "Mars"}}))
        received(province, told(district, tmp_path / "3.xlsx", {"do": "planet", "people": {"Ani Contoh": "Venus"}}))
        (question,) = province.services.packages.conflicts("open")
        assert (question.field, question.local, question.incoming) == ("favourite_planet", "Mars", "Venus")
        (line,) = province.services.package_reading.conflicts([question])
        assert (line.label, line.local, line.incoming) == ("Isian versi lebih baru (favourite_planet)", "Mars", "Venus")
        province.services.packages.decide([(question.id, "incoming")])
        assert kept(province)["employee", ani] == {"favourite_planet": "Venus"}
        answer = str(sent(province, tmp_path / "4.xlsx", "11.12"))
        for site in (copy, district):
            shown = tomorrow(site, {"do": "receive", "file": answer}, {"do": "show"})
            assert shown["people"] == {"Ani Contoh": ["Venus", None]}
            assert shown["open"] == []
    finally:
        province.close()


def told(site: Site, path: Path, *steps: dict[str, Any]) -> Path:
    """What a district of tomorrow sends its province after these steps."""
    tomorrow(site, *steps, {"do": "send", "file": str(path), "to": "11"})
    return path
