"""A district and its province exchange packages; who owns a field decides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event

from asn_desktop.cli import packages as cli
from asn_desktop.cli.arguments import WrongUse, build_parser
from asn_desktop.core.errors import InputError
from asn_desktop.core.periods import Period
from asn_desktop.personnel.model import Employee
from asn_desktop.training.model import TrainingEvent
from tests.integration.packages.offices import Site

PERSON = "198503152010011023"


def introduce(kabupaten: Site, province: Site) -> None:
    province.receive(kabupaten.send())
    kabupaten.receive(province.send(kabupaten.code))


def test_first_contact_brings_everything(kabupaten: Site, province: Site) -> None:
    rid = kabupaten.add_person("Fatimah", PERSON)
    done = province.receive(kabupaten.send())
    assert done.plan.first_contact
    assert done.plan.counts["rejected"] == 0
    assert province.get(Employee, rid)["office"] == "11.12"  # type: ignore[index]
    assert province.facts({"11.12"}).items() >= kabupaten.facts({"11.12"}).items()
    back = kabupaten.receive(province.send("11.12"))
    assert back.plan.counts["new"] == back.plan.counts["changed"] == 0
    assert province.sound()
    assert kabupaten.sound()


def test_only_what_is_new_travels(kabupaten: Site, province: Site) -> None:
    rid = kabupaten.add_person("Fatimah", PERSON)
    introduce(kabupaten, province)
    kabupaten.edit(Employee, rid, phone="0812")
    content, digest = kabupaten.send()
    assert [(row.entity, dict(row.revisions).keys()) for row in content.rows] == [("employee", {"phone"})]
    assert province.receive((content, digest)).plan.counts["changed"] == 1
    assert province.value(Employee, rid, "phone") == "0812"


def test_the_same_package_twice_writes_nothing(kabupaten: Site, province: Site) -> None:
    kabupaten.add_person("Fatimah", PERSON)
    package = kabupaten.send()
    province.receive(package)
    head = province.head()
    again = province.receive(package)
    assert again.plan.already
    assert again.plan.counts["same"] == again.plan.counts["rows_read"]
    assert province.head() == head


def test_edits_of_different_fields_stand_side_by_side(kabupaten: Site, province: Site) -> None:
    rid = kabupaten.add_person("Fatimah", PERSON)
    introduce(kabupaten, province)
    kabupaten.edit(Employee, rid, phone="0812")
    province.edit(Employee, rid, rank="III/d")
    done = province.receive(kabupaten.send())
    assert [record.rid for record in done.plan.together] == [rid]
    kabupaten.receive(province.send("11.12"))
    for one in (kabupaten, province):
        assert (one.value(Employee, rid, "phone"), one.value(Employee, rid, "rank")) == ("0812", "III/d")


def test_the_owner_decides_and_the_other_side_waits(kabupaten: Site, province: Site) -> None:
    rid = kabupaten.add_person("Fatimah", PERSON, phone="1")
    introduce(kabupaten, province)
    province.edit(Employee, rid, phone="2")
    assert kabupaten.receive(province.send("11.12")).plan.counts["conflict"] == 1
    assert kabupaten.value(Employee, rid, "phone") == "1"
    (row,) = kabupaten.services.packages.conflicts()
    assert (row.local, row.incoming, row.base) == ("1", "2", "1")
    province.receive(kabupaten.send())
    assert [row.state for row in province.services.packages.conflicts("waiting")] == ["waiting"]
    kabupaten.services.packages.decide([(row.id, "local")])
    province.receive(kabupaten.send())
    assert province.value(Employee, rid, "phone") == "1"
    assert province.services.packages.conflicts("waiting", "open") == []


def test_a_decision_can_be_undone(kabupaten: Site, province: Site) -> None:
    rid = kabupaten.add_person("Fatimah", PERSON, phone="1")
    introduce(kabupaten, province)
    province.edit(Employee, rid, phone="2")
    kabupaten.receive(province.send("11.12"))
    (row,) = kabupaten.services.packages.conflicts()
    kabupaten.services.packages.decide([(row.id, "incoming")], "benar menurut SK")
    assert kabupaten.value(Employee, rid, "phone") == "2"
    kabupaten.undo()
    assert kabupaten.value(Employee, rid, "phone") == "1"
    assert [row.state for row in kabupaten.services.packages.conflicts()] == ["open"]


def test_a_second_decision_is_told_what_the_first_one_was(kabupaten: Site, province: Site) -> None:
    rid = kabupaten.add_person("Fatimah", PERSON, phone="1")
    introduce(kabupaten, province)
    province.edit(Employee, rid, phone="2")
    kabupaten.receive(province.send("11.12"))
    (row,) = kabupaten.services.packages.conflicts()

    def decide(*answers: str) -> Mapping[str, Any]:
        words = [f"--decide={answer}" for answer in answers]
        return cli.conflicts(kabupaten.services, build_parser().parse_args(["conflicts", *words]))

    with pytest.raises(WrongUse, match="dua keputusan"):
        decide(f"{row.id}=incoming", f"{row.id}=local")
    assert kabupaten.value(Employee, rid, "phone") == "1"
    assert decide(f"{row.id}=incoming", f"{row.id}=incoming")["decided"] == 1
    assert kabupaten.value(Employee, rid, "phone") == "2"
    head = kabupaten.head()
    with pytest.raises(InputError, match=f"nomor {row.id} sudah diputuskan: isian kantor lain") as caught:
        decide(f"{row.id}=incoming")
    assert caught.value.code == "ASN-1246"
    with pytest.raises(InputError, match=f"nomor {row.id + 1} tidak ada"):
        decide(f"{row.id + 1}=local")
    assert kabupaten.head() == head


def test_the_owners_news_wins_and_ours_is_kept_in_a_list(kabupaten: Site, province: Site) -> None:
    rid = kabupaten.add_person("Fatimah", PERSON, phone="1")
    introduce(kabupaten, province)
    kabupaten.edit(Employee, rid, phone="3")
    province.edit(Employee, rid, phone="2")
    province.receive(kabupaten.send())
    assert province.value(Employee, rid, "phone") == "3"
    (row,) = province.services.packages.conflicts("overridden")
    assert (row.local, row.incoming, row.base) == ("2", "3", "1")


def test_a_receive_can_be_undone_and_repeated(kabupaten: Site, province: Site) -> None:
    rid = kabupaten.add_person("Fatimah", PERSON)
    package = kabupaten.send()
    before = province.facts()
    province.receive(package)
    province.undo()
    assert province.facts() == before
    assert province.services.packages.peers() == []
    again = province.receive(package)
    assert again.plan.counts["conflict"] == 0
    assert province.get(Employee, rid) is not None


def test_receive_undo_receive_brings_later_edits_too(kabupaten: Site, province: Site) -> None:
    rid = kabupaten.add_person("Fatimah", PERSON, phone="1")
    introduce(kabupaten, province)
    kabupaten.edit(Employee, rid, phone="2")
    first = kabupaten.send()
    province.receive(first)
    province.undo()
    province.redo()
    assert province.value(Employee, rid, "phone") == "2"
    province.undo()
    kabupaten.receive(province.send("11.12"))
    assert kabupaten.value(Employee, rid, "phone") == "2"
    kabupaten.edit(Employee, rid, phone="3")
    done = province.receive(kabupaten.send())
    assert done.plan.counts["conflict"] == 0
    assert province.value(Employee, rid, "phone") == "3"


def test_a_removal_travels_and_one_against_a_change_waits(kabupaten: Site, province: Site) -> None:
    def event(code: str) -> str:
        return kabupaten.insert(TrainingEvent, code=code, name=code, form="pelatihan", competence="teknis",
                                starts=date(2026, 5, 1), ends=date(2026, 5, 2), jp=10)  # fmt: skip

    gone, kept = event("A"), event("B")
    introduce(kabupaten, province)
    province.edit(TrainingEvent, kept, place="Aula")
    kabupaten.remove(TrainingEvent, gone)
    kabupaten.remove(TrainingEvent, kept)
    done = province.receive(kabupaten.send())
    assert province.get(TrainingEvent, gone) is None
    assert province.get(TrainingEvent, kept) is not None
    assert done.plan.counts["conflict"] == 1
    kabupaten.receive(province.send("11.12"))
    (row,) = kabupaten.services.packages.conflicts()
    assert row.kind == "removed_here"
    kabupaten.services.packages.decide([(row.id, "incoming")])
    assert kabupaten.value(TrainingEvent, kept, "place") == "Aula"
    province.receive(kabupaten.send())
    kabupaten.receive(province.send("11.12"))
    assert kabupaten.facts().items() <= province.facts({"11.12", "11"}).items()


def test_packages_that_are_not_for_us(kabupaten: Site, province: Site, site: object) -> None:
    other = site("11.13")  # type: ignore[operator]
    kabupaten.add_person("Fatimah", PERSON)
    introduce(kabupaten, province)
    with pytest.raises(InputError) as own:
        kabupaten.receive(kabupaten.send())
    assert own.value.code == "ASN-1242"
    with pytest.raises(InputError) as wrong:
        other.receive(province.send("11.12"))
    assert wrong.value.code == "ASN-1241"
    with pytest.raises(InputError) as neighbour:
        other.receive(kabupaten.send("11"))
    assert neighbour.value.code == "ASN-1241"


def test_a_district_never_sees_its_neighbours(kabupaten: Site, province: Site, site: object) -> None:
    other = site("11.13")  # type: ignore[operator]
    kabupaten.add_person("Fatimah", PERSON)
    other.add_person("Rahmat", PERSON)  # the same number in two districts: two people to the province
    introduce(kabupaten, province)
    introduce(other, province)
    assert sum(key[0] == "employee" for key in province.facts()) == 2
    assert sum(key[0] == "employee" for key in other.facts()) == 1
    kabupaten.receive(province.send("11.12"))
    assert sum(key[0] == "employee" for key in kabupaten.facts()) == 1


def test_a_lost_package_costs_nothing(kabupaten: Site, province: Site) -> None:
    rid = kabupaten.add_person("Fatimah", PERSON, phone="1")
    introduce(kabupaten, province)
    kabupaten.edit(Employee, rid, phone="2")
    lost = kabupaten.send()
    kabupaten.edit(Employee, rid, email="f@contoh.id")
    done = province.receive(kabupaten.send())
    assert done.plan.missing_seq == 1
    assert (province.value(Employee, rid, "phone"), province.value(Employee, rid, "email")) == ("2", "f@contoh.id")
    late = province.receive(lost)
    assert late.plan.counts["same"] == late.plan.counts["rows_read"]


def test_a_conflict_about_a_record_removed_since_can_still_be_decided(kabupaten: Site, province: Site) -> None:
    event = kabupaten.insert(TrainingEvent, code="A", name="A", form="pelatihan", competence="teknis",
                             starts=date(2026, 5, 1), ends=date(2026, 5, 2), jp=10, place="Aula")  # fmt: skip
    introduce(kabupaten, province)
    province.edit(TrainingEvent, event, place="Balai")
    kabupaten.receive(province.send("11.12"))
    (row,) = kabupaten.services.packages.conflicts()
    kabupaten.remove(TrainingEvent, event)
    with pytest.raises(InputError) as gone:
        kabupaten.services.packages.decide([(row.id, "incoming")])
    assert gone.value.code == "ASN-1247"
    kabupaten.services.packages.decide([(row.id, "local")])
    province.receive(kabupaten.send())
    assert province.get(TrainingEvent, event) is None
    assert province.services.packages.conflicts("open", "waiting") == []


def test_a_removal_leaves_the_deltas_after_its_receipt_but_never_the_full_package(
    kabupaten: Site, province: Site
) -> None:
    rid = kabupaten.add_person("Fatimah", PERSON)
    introduce(kabupaten, province)
    kabupaten.remove(Employee, rid)
    assert [stone.rid for stone in kabupaten.send()[0].tombstones] == [rid]
    province.receive(kabupaten.send())
    kabupaten.receive(province.send("11.12"))
    assert list(kabupaten.send()[0].tombstones) == []
    whole = kabupaten.services.packages.content_for(full=True)
    assert rid in {stone.rid for stone in whole.tombstones}


def test_a_decided_removal_is_told_to_the_district_it_concerns_and_to_no_other(
    kabupaten: Site, province: Site, site: Callable[[str], Site]
) -> None:
    other = site("11.13")
    rid = kabupaten.add_person("Fatimah", PERSON)
    introduce(kabupaten, province)
    introduce(other, province)
    province.remove(Employee, rid)
    kabupaten.edit(Employee, rid, phone="0812")
    province.receive(kabupaten.send("11"))
    (row,) = province.services.packages.conflicts("open")
    assert row.kind == "removed_here"
    for one in (kabupaten, other):  # the removal itself lies before what they know
        one.receive(province.send(one.code))
        province.receive(one.send("11"))
    province.services.packages.decide([(row.id, "local")])
    assert [stone.rid for stone in province.send("11.12")[0].tombstones] == [rid]
    assert list(province.send("11.13")[0].tombstones) == []
    whole = province.services.packages.content_for("11.13", full=True)
    assert rid not in {stone.rid for stone in whole.tombstones}


def test_a_removal_of_what_was_never_here_goes_to_nobody_else(
    kabupaten: Site, province: Site, site: Callable[[str], Site]
) -> None:
    other = site("11.13")
    introduce(kabupaten, province)
    introduce(other, province)
    day = date(2026, 5, 1)
    rid = kabupaten.insert(
        TrainingEvent, code="A", name="A", form="pelatihan", competence="teknis", starts=day, ends=day, jp=10
    )
    kabupaten.remove(TrainingEvent, rid)
    province.receive(kabupaten.send("11"))
    assert list(province.send("11.13")[0].tombstones) == []


def test_sixty_people_are_planned_with_as_many_queries_as_six(site: Callable[[str], Site], province: Site) -> None:
    def queries(code: str, people: int) -> int:
        """How often the province's database is asked when a first package of a rated quarter is planned."""
        district = site(code)
        for number in range(people):
            district.add_person(f"Orang {number}", f"19850315201001{1000 + number}")
        district.services.appraisal.open_period(Period(2026, 3))
        package = district.send()
        asked: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            asked.append(statement)

        event.listen(province.services.database.engine, "before_cursor_execute", note)
        plan = province.plan(package)
        event.remove(province.services.database.engine, "before_cursor_execute", note)
        assert plan.counts["new"] >= 2 * people
        return len(asked)

    assert queries("11.13", 60) == queries("11.14", 6)
