"""Restored, copied and moved databases; several copies of one office."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from asn_desktop.core.errors import InputError
from asn_desktop.environment import machine
from asn_desktop.environment.paths import office_paths
from asn_desktop.exchange.package.content import PackageKind
from asn_desktop.exchange.package.replicas import own_replica
from asn_desktop.personnel.model import Employee
from asn_desktop.reference.model import Holiday
from asn_desktop.services import open_office
from asn_desktop.training.model import TrainingEvent
from tests.conftest import PASSPHRASE, USER, fixed_clock
from tests.integration.packages.offices import Site
from tests.integration.packages.test_two_offices import PERSON, introduce


def replica_of(site: Site) -> tuple[str, int]:
    with site.services.database.read() as connection:
        found = own_replica(connection)
    return found.id, found.epoch


def settle(one: Site, other: Site, rounds: int = 2) -> None:
    for _round in range(rounds):
        other.receive(one.send(other.code))
        one.receive(other.send(one.code))


def event(site: Site, code: str) -> str:
    return site.insert(
        TrainingEvent,
        code=code,
        name=code,
        form="pelatihan",
        competence="teknis",
        starts=date(2026, 5, 1),
        ends=date(2026, 5, 2),
        jp=10,
    )


@pytest.fixture
def second(kabupaten: Site, tmp_path: Path) -> Iterator[Callable[[], Site]]:
    """A second PC with a copy of the district's home, made when called."""
    made: list[Site] = []

    def make() -> Site:
        made.append(kabupaten.clone(tmp_path / f"pc-{len(made) + 2}"))
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_opening_again_changes_nothing(kabupaten: Site) -> None:
    before, head = replica_of(kabupaten), kabupaten.head()
    kabupaten.close()
    kabupaten.reopen()
    assert (replica_of(kabupaten), kabupaten.head()) == (before, head)


def test_a_restored_database_is_a_new_replica_and_nothing_is_lost(kabupaten: Site, province: Site) -> None:
    rid = kabupaten.add_person("Fatimah", PERSON, phone="1")
    gone = event(kabupaten, "A")
    introduce(kabupaten, province)
    backup = kabupaten.keep()
    kabupaten.remove(TrainingEvent, gone)
    kabupaten.edit(Employee, rid, phone="2")
    province.receive(kabupaten.send())
    before = replica_of(kabupaten)
    kabupaten.go_back(backup)
    assert replica_of(kabupaten) == (replica_of(kabupaten)[0], before[1] + 1)
    assert replica_of(kabupaten)[0] != before[0]
    assert kabupaten.services.safety.history(1)[0].label == "Data dipulihkan dari cadangan"
    kabupaten.edit(Employee, rid, email="f@contoh.id")
    package = kabupaten.send()
    assert package[0].head.kind is PackageKind.FULL
    province.receive(package)
    assert province.value(Employee, rid, "phone") == "2"  # sent before the restore: stays
    assert province.value(Employee, rid, "email") == "f@contoh.id"
    assert province.get(TrainingEvent, gone) is None  # removed before the restore: does not come back
    kabupaten.receive(province.send("11.12"))
    settle(kabupaten, province, 1)
    assert kabupaten.services.packages.conflicts("open") == []
    assert kabupaten.value(Employee, rid, "phone") == "2"
    assert kabupaten.get(TrainingEvent, gone) is None
    assert kabupaten.facts().items() <= province.facts({"11.12", "11"}).items()


def test_a_province_that_was_restored_asks_for_what_it_lost(kabupaten: Site, province: Site) -> None:
    rid = kabupaten.add_person("Fatimah", PERSON, phone="1")
    introduce(kabupaten, province)
    backup = province.keep()
    kabupaten.edit(Employee, rid, phone="2")
    settle(kabupaten, province)
    province.go_back(backup)
    kabupaten.edit(Employee, rid, email="x@contoh.id")
    with pytest.raises(InputError) as gap:
        province.receive(kabupaten.send())
    assert gap.value.code == "ASN-1245"
    kabupaten.receive(province.send("11.12"))
    province.receive(kabupaten.send())
    assert (province.value(Employee, rid, "phone"), province.value(Employee, rid, "email")) == ("2", "x@contoh.id")


def test_restored_twice_without_a_word_between(kabupaten: Site, province: Site) -> None:
    gone = event(kabupaten, "A")
    introduce(kabupaten, province)
    backup = kabupaten.keep()
    kabupaten.remove(TrainingEvent, gone)
    province.receive(kabupaten.send())
    kabupaten.go_back(backup)
    again = kabupaten.keep()
    kabupaten.go_back(again)
    assert replica_of(kabupaten)[1] == 3
    province.receive(kabupaten.send())
    assert province.get(TrainingEvent, gone) is None
    kabupaten.receive(province.send("11.12"))
    assert kabupaten.get(TrainingEvent, gone) is None


def test_two_pcs_of_one_office(kabupaten: Site, province: Site, second: Callable[[], Site]) -> None:
    rid = kabupaten.add_person("Fatimah", PERSON, phone="1", email="a")
    introduce(kabupaten, province)
    other = second()
    assert replica_of(other)[0] != replica_of(kabupaten)[0]
    kabupaten.edit(Employee, rid, phone="2")
    other.edit(Employee, rid, email="b")
    province.receive(kabupaten.send("11"))
    province.receive(other.send("11"))
    assert (province.value(Employee, rid, "phone"), province.value(Employee, rid, "email")) == ("2", "b")
    kabupaten.receive(other.send("11.12"))
    other.receive(kabupaten.send("11.12"))
    for one in (kabupaten, other):
        assert (one.value(Employee, rid, "phone"), one.value(Employee, rid, "email")) == ("2", "b")
    assert kabupaten.facts() == other.facts()


def test_two_pcs_that_disagree_settle_by_one_decision(kabupaten: Site, second: Callable[[], Site]) -> None:
    rid = kabupaten.add_person("Fatimah", PERSON, phone="1")
    other = second()
    kabupaten.edit(Employee, rid, phone="2")
    other.edit(Employee, rid, phone="3")
    kabupaten.receive(other.send("11.12"))
    other.receive(kabupaten.send("11.12"))
    (here,) = kabupaten.services.packages.conflicts()
    (there,) = other.services.packages.conflicts()
    assert {here.local, there.local} == {"2", "3"}
    other.services.packages.decide([(there.id, "local")])
    kabupaten.receive(other.send("11.12"))
    other.receive(kabupaten.send("11.12"))
    assert [one.value(Employee, rid, "phone") for one in (kabupaten, other)] == ["3", "3"]
    assert kabupaten.services.packages.conflicts("open", "waiting") == []
    assert other.services.packages.conflicts("open", "waiting") == []


def test_two_decisions_that_differ_are_a_conflict_again(kabupaten: Site, second: Callable[[], Site]) -> None:
    rid = kabupaten.add_person("Fatimah", PERSON, phone="1")
    other = second()
    kabupaten.edit(Employee, rid, phone="2")
    other.edit(Employee, rid, phone="3")
    kabupaten.receive(other.send("11.12"))
    other.receive(kabupaten.send("11.12"))
    for one in (kabupaten, other):
        one.services.packages.decide([(one.services.packages.conflicts()[0].id, "local")])
    packages = kabupaten.send("11.12"), other.send("11.12")
    other.receive(packages[0])
    kabupaten.receive(packages[1])
    assert len(kabupaten.services.packages.conflicts()) == len(other.services.packages.conflicts()) == 1
    kabupaten.services.packages.decide([(kabupaten.services.packages.conflicts()[0].id, "incoming")])
    other.receive(kabupaten.send("11.12"))
    kabupaten.receive(other.send("11.12"))
    assert kabupaten.value(Employee, rid, "phone") == other.value(Employee, rid, "phone") == "3"
    assert kabupaten.services.packages.conflicts() == other.services.packages.conflicts() == []


def test_the_same_thing_noted_in_two_offices_is_one_record(kabupaten: Site, province: Site) -> None:
    introduce(kabupaten, province)
    rids = {
        one.insert(Holiday, day=date(2026, 12, 1), name="HUT", kind="libur_daerah", source=one.code)
        for one in (kabupaten, province)
    }
    assert len(rids) == 1
    province.receive(kabupaten.send())
    kabupaten.receive(province.send("11.12"))
    (rid,) = rids
    assert kabupaten.value(Holiday, rid, "source") == province.value(Holiday, rid, "source")


def test_a_renamed_record_gives_its_identity_away_only_once(kabupaten: Site) -> None:
    first = kabupaten.insert(Holiday, day=date(2026, 12, 1), name="HUT", kind="libur_daerah", source="x")
    kabupaten.edit(Holiday, first, name="HUT Kabupaten")
    second = kabupaten.insert(Holiday, day=date(2026, 12, 1), name="HUT", kind="libur_daerah", source="x")
    assert first != second


def test_a_moved_folder_stays_itself_and_a_copied_one_does_not(kabupaten: Site, tmp_path: Path) -> None:
    before = replica_of(kabupaten)
    kabupaten.close()
    shutil.move(kabupaten.paths.home, tmp_path / "pindah")
    kabupaten.paths = office_paths(tmp_path / "pindah")
    kabupaten.reopen()
    assert replica_of(kabupaten) == before


def test_a_database_on_a_pc_that_does_not_know_it_is_a_copy(kabupaten: Site, monkeypatch: pytest.MonkeyPatch,
                                                            tmp_path: Path) -> None:  # fmt: skip
    before = replica_of(kabupaten)
    kabupaten.close()
    monkeypatch.setenv("ASN_MACHINE_DIR", str(tmp_path / "komputer lain"))
    kabupaten.reopen()
    assert replica_of(kabupaten)[1] == before[1] + 1


def test_a_database_file_put_back_by_hand_is_noticed(kabupaten: Site, tmp_path: Path) -> None:
    kabupaten.close()
    kept = tmp_path / "asn.db"
    shutil.copy(kabupaten.paths.database, kept)
    kabupaten.reopen()
    before = replica_of(kabupaten)
    kabupaten.add_person("Fatimah", PERSON)
    kabupaten.close()
    shutil.copy(kept, kabupaten.paths.database)
    kabupaten.paths.anchor.unlink()
    kabupaten.reopen()
    with kabupaten.services.database.read() as connection:
        now = own_replica(connection)
    assert (now.parent, now.parent_retired) == (before[0], True)


def test_a_twin_with_our_name_is_found_by_its_package(kabupaten: Site, tmp_path: Path) -> None:
    before = replica_of(kabupaten)
    kabupaten.close()
    shutil.copytree(kabupaten.paths.home, tmp_path / "kembar")
    notes = machine.last_seen(before[0], kabupaten.paths.home)
    assert notes is not None
    machine.note(before[0], machine.Sighting(str(tmp_path / "kembar"), notes.operation, notes.hash))
    paths = office_paths(tmp_path / "kembar")
    twin = Site(paths, open_office(paths, USER, PASSPHRASE, clock=fixed_clock))
    package = twin.send("11")
    twin.close()
    machine.note(before[0], notes)
    kabupaten.reopen()
    with pytest.raises(InputError) as found:
        kabupaten.receive(package)
    assert found.value.code == "ASN-1243"
    assert replica_of(kabupaten)[1] == before[1] + 1
