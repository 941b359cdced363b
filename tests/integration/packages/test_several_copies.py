"""What several copies or offices say about one record is kept apart, and each word can be answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from asn_desktop.core.errors import InputError
from asn_desktop.core.periods import Period
from asn_desktop.personnel.model import Employee
from asn_desktop.reference.model import Holiday
from asn_desktop.training.model import Participant, TrainingEvent
from tests.integration.packages.offices import Site
from tests.integration.packages.test_two_offices import PERSON, introduce


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


def test_the_list_of_one_copy_does_not_take_back_what_another_lists(
    kabupaten: Site, province: Site, second: Callable[[], Site]
) -> None:
    rid = kabupaten.add_person("Fatimah", PERSON, phone="1")
    introduce(kabupaten, province)
    other = second()
    province.edit(Employee, rid, phone="2")
    other.receive(province.send("11.12"))
    assert len(other.services.packages.conflicts("open")) == 1
    province.receive(other.send())
    waiting = province.services.packages.conflicts("waiting")
    assert len(waiting) == 1
    for _round in range(2):
        province.receive(kabupaten.send())  # knows nothing of it
        province.receive(other.send())
    assert province.services.packages.conflicts("waiting") == waiting
    assert province.services.packages.conflicts("closed") == []


def test_a_conflict_that_another_decision_has_overtaken_can_still_be_closed(
    kabupaten: Site, province: Site, site: Callable[[str], Site]
) -> None:
    """Two districts changed a holiday that the province removed: whoever comes second meets what the first decided."""
    other = site("11.13")
    introduce(kabupaten, province)
    introduce(other, province)
    rid = holiday(province)
    province.remove(Holiday, rid)
    for one in (kabupaten, other):
        one.edit(Holiday, rid, source=one.code)
        province.receive(one.send("11"))
    first, second = province.services.packages.conflicts("open")
    assert (first.kind, second.kind) == ("removed_here", "removed_here")
    province.services.packages.decide([(first.id, "incoming")])
    province.services.packages.decide([(second.id, "local")])
    assert province.value(Holiday, rid, "source") == "11.12"
    assert province.services.packages.conflicts("open") == []


def test_a_field_of_a_record_that_is_gone_can_be_decided(
    kabupaten: Site, province: Site, site: Callable[[str], Site]
) -> None:
    introduce(kabupaten, province)
    rid = holiday(province)
    kabupaten.edit(Holiday, rid, source="kabupaten")
    province.receive(kabupaten.send())
    province.remove(Holiday, rid)
    (row,) = province.services.packages.conflicts("open")
    with pytest.raises(InputError) as gone:
        province.services.packages.decide([(row.id, "incoming")])
    assert gone.value.code == "ASN-1247"
    province.services.packages.decide([(row.id, "local")])
    assert province.services.packages.conflicts("open") == []


def holiday(site: Site) -> str:
    """A national one, which every office has from the start."""
    return min(
        rid for (table, rid), row in site.facts().items() if table == "holiday" and row["kind"] == "libur_nasional"
    )


def test_a_late_package_does_not_bring_back_what_its_sender_has_removed_since(kabupaten: Site, province: Site) -> None:
    introduce(kabupaten, province)
    rid = kabupaten.insert(Holiday, day=date(2026, 12, 1), name="HUT", kind="libur_daerah", source="SK 1")
    late = kabupaten.send()
    kabupaten.remove(Holiday, rid)
    province.receive(kabupaten.send())
    done = province.receive(late)
    assert done.plan.counts["same"] == done.plan.counts["rows_read"]
    assert province.get(Holiday, rid) is None


def test_a_removal_made_before_the_first_contact_reaches_the_other_copy(
    kabupaten: Site, province: Site, second: Callable[[], Site]
) -> None:
    """The province never had the record: it must pass the removal on all the same."""
    rid = kabupaten.insert(Holiday, day=date(2026, 12, 1), name="HUT", kind="libur_daerah", source="SK 1")
    other = second()
    kabupaten.remove(Holiday, rid)
    province.receive(kabupaten.send("11"))
    province.receive(other.send("11"))
    assert province.get(Holiday, rid) is None
    other.receive(province.send("11.12"))
    assert other.get(Holiday, rid) is None


def test_and_meets_what_the_other_copy_did_as_a_conflict(
    kabupaten: Site, province: Site, second: Callable[[], Site]
) -> None:
    rid = kabupaten.insert(Holiday, day=date(2026, 12, 1), name="HUT", kind="libur_daerah", source="SK 1")
    other = second()
    kabupaten.remove(Holiday, rid)
    other.edit(Holiday, rid, source="SK 2")
    province.receive(kabupaten.send("11"))
    done = province.receive(other.send("11"))
    assert done.plan.counts["conflict"] == 1


def test_a_removed_event_goes_with_the_last_place_in_it(kabupaten: Site, province: Site) -> None:
    person = kabupaten.add_person("Fatimah", PERSON)
    gone = kabupaten.insert(TrainingEvent, code="A", name="A", form="pelatihan", competence="teknis",
                            starts=date(2026, 5, 1), ends=date(2026, 5, 2), jp=10)  # fmt: skip
    numbers = {"event_id": kabupaten.id_of(TrainingEvent, gone), "employee_id": kabupaten.id_of(Employee, person)}
    place = kabupaten.insert(Participant, **numbers)
    introduce(kabupaten, province)
    province.edit(Participant, place, certificate_number="1")
    kabupaten.remove(Participant, place)
    kabupaten.remove(TrainingEvent, gone)
    province.receive(kabupaten.send())
    assert province.get(TrainingEvent, gone) is not None
    kabupaten.receive(province.send("11.12"))
    (row,) = kabupaten.services.packages.conflicts("open")
    kabupaten.services.packages.decide([(row.id, "local")])
    province.receive(kabupaten.send())
    assert province.get(TrainingEvent, gone) is None
    assert province.services.packages.conflicts("open", "waiting") == []
    kabupaten.receive(province.send("11.12"))
    assert kabupaten.services.packages.conflicts("open", "waiting") == []


@pytest.mark.parametrize("removed_before_it_is_known", [True, False])
def test_somebody_enrolled_in_an_event_that_its_owner_removed_is_the_owners_question(
    kabupaten: Site, province: Site, removed_before_it_is_known: bool
) -> None:
    person = kabupaten.add_person("Fatimah", PERSON)
    event = province.insert(TrainingEvent, code="P", name="P", form="pelatihan", competence="teknis",
                            starts=date(2026, 11, 2), ends=date(2026, 11, 4), jp=10)  # fmt: skip
    introduce(kabupaten, province)
    kabupaten.receive(province.send("11.12"))
    province.remove(TrainingEvent, event)
    if removed_before_it_is_known:
        removal = province.send("11.12")
    numbers = {"event_id": kabupaten.id_of(TrainingEvent, event), "employee_id": kabupaten.id_of(Employee, person)}
    place = kabupaten.insert(Participant, **numbers)
    if removed_before_it_is_known:
        kabupaten.receive(removal)
    province.receive(kabupaten.send("11"))
    (asked,) = province.services.packages.conflicts("open")
    assert (asked.kind, asked.entity) == ("removed_here", "participant")
    with pytest.raises(InputError, match="menunjuk data yang tidak ada"):
        province.services.packages.decide([(asked.id, "incoming")])
    kabupaten.receive(province.send("11.12"))
    assert kabupaten.get(Participant, place) is not None, "nobody has decided yet"
    province.services.packages.decide([(asked.id, "local")])
    kabupaten.receive(province.send("11.12"))
    province.receive(kabupaten.send("11"))
    for office in (kabupaten, province):
        assert office.get(Participant, place) is office.get(TrainingEvent, event) is None
        assert office.services.packages.conflicts("open", "waiting") == []


def meet(kabupaten: Site, province: Site, *copies: Site) -> None:
    """Everything everywhere, and everybody has heard that."""
    for _round in range(2):
        for one in (kabupaten, *copies):
            province.receive(one.send("11"))
        news = province.send("11.12")
        for one in (kabupaten, *copies):
            one.receive(news)


def test_a_late_package_between_copies_does_not_bring_back_what_came_through_the_province(
    kabupaten: Site, province: Site, second: Callable[[], Site]
) -> None:
    """Two copies met through the province only; of a package that one had made for the other long before, the other
    knows that it is old."""
    rid = kabupaten.add_person("Fatimah", PERSON, phone="1")
    other = second()
    meet(kabupaten, province, other)
    kabupaten.edit(Employee, rid, phone="2")
    late = kabupaten.send("11.12")
    kabupaten.edit(Employee, rid, phone="1")
    meet(kabupaten, province, other)
    other.receive(late)
    assert other.value(Employee, rid, "phone") == "1"
    assert other.services.packages.conflicts("open", "overridden") == []


def test_nor_back_to_the_province_through_the_other_copy(
    kabupaten: Site, province: Site, second: Callable[[], Site]
) -> None:
    """One copy has the first value directly, the province the second: the copy brings the first as its news."""
    rid = kabupaten.add_person("Fatimah", PERSON, phone="1")
    other = second()
    meet(kabupaten, province, other)
    kabupaten.edit(Employee, rid, phone="2")
    other.receive(kabupaten.send("11.12"))
    kabupaten.edit(Employee, rid, phone="1")
    province.receive(kabupaten.send("11"))
    province.receive(other.send("11"))
    assert province.value(Employee, rid, "phone") == "1"
    other.receive(province.send("11.12"))
    assert other.value(Employee, rid, "phone") == "1"
    assert other.services.packages.conflicts("open", "overridden") == []


def test_what_one_copy_sets_back_to_what_the_province_has_reaches_the_other(
    kabupaten: Site, province: Site, second: Callable[[], Site]
) -> None:
    """A removal that was taken back: at the province nothing changes, and yet the other copy must learn of it."""
    rid = kabupaten.insert(Holiday, day=date(2026, 12, 1), name="HUT", kind="libur_daerah", source="SK 1")
    introduce(kabupaten, province)
    kabupaten.remove(Holiday, rid)
    other = second()
    kabupaten.undo()
    province.receive(kabupaten.send("11"))
    province.receive(other.send("11"))
    assert province.get(Holiday, rid) is not None
    other.receive(province.send("11.12"))
    assert other.get(Holiday, rid) is not None


def test_and_a_decision_for_what_the_province_has_closes_the_question_at_the_other_copy(
    kabupaten: Site, province: Site, second: Callable[[], Site]
) -> None:
    rid = kabupaten.add_person("Fatimah", PERSON, phone="1")
    other = second()
    meet(kabupaten, province, other)
    province.edit(Employee, rid, phone="2")
    asked = province.send("11.12")
    for one in (kabupaten, other):
        one.receive(asked)
        assert len(one.services.packages.conflicts("open")) == 1
    (row,) = kabupaten.services.packages.conflicts("open")
    kabupaten.services.packages.decide([(row.id, "incoming")])
    province.receive(kabupaten.send("11"))
    other.receive(province.send("11.12"))
    assert other.value(Employee, rid, "phone") == "2"
    assert other.services.packages.conflicts("open") == []


def test_the_pc_that_a_copy_was_made_from_keeps_its_own_voice(
    kabupaten: Site, province: Site, second: Callable[[], Site]
) -> None:
    """What the first PC has to decide stays listed at the province, whatever its copy says."""
    rid = kabupaten.add_person("Fatimah", PERSON, phone="1")
    introduce(kabupaten, province)
    other = second()
    province.edit(Employee, rid, phone="2")
    kabupaten.receive(province.send("11.12"))
    for _round in range(2):
        province.receive(kabupaten.send("11"))
        province.receive(other.send("11"))
    assert len(province.services.packages.conflicts("waiting")) == 1
    assert province.services.packages.conflicts("closed") == []


def test_the_dates_of_an_event_stay_in_order_while_the_owner_decides(kabupaten: Site, province: Site) -> None:
    """The district moved a provincial event and waits; the province moved one end of it meanwhile."""
    province.insert(TrainingEvent, code="P", name="P", form="pelatihan", competence="teknis",
                    starts=date(2026, 11, 2), ends=date(2026, 11, 4), jp=10)  # fmt: skip
    introduce(kabupaten, province)
    kabupaten.receive(province.send("11.12"))
    (rid,) = [rid for table, rid in kabupaten.facts() if table == "training_event"]
    kabupaten.edit(TrainingEvent, rid, starts=date(2026, 11, 8), ends=date(2026, 11, 9))
    province.receive(kabupaten.send("11"))
    province.edit(TrainingEvent, rid, ends=date(2026, 11, 5))
    kabupaten.receive(province.send("11.12"))
    dates = [kabupaten.value(TrainingEvent, rid, name) for name in ("starts", "ends")]
    assert dates == [date(2026, 11, 2), date(2026, 11, 5)]
    asked = province.services.packages.conflicts("open")  # and nothing of it is lost
    assert {row.field: row.incoming for row in asked} == {"starts": "2026-11-08", "ends": "2026-11-09"}


def test_a_removed_provincial_event_with_our_people_in_it_is_for_us_to_decide(kabupaten: Site, province: Site) -> None:
    """The province cannot clear away our participant: it would wait for us, and we for the province."""
    person = kabupaten.add_person("Fatimah", PERSON)
    event = province.insert(TrainingEvent, code="P", name="P", form="pelatihan", competence="teknis",
                            starts=date(2026, 11, 2), ends=date(2026, 11, 4), jp=10)  # fmt: skip
    introduce(kabupaten, province)
    kabupaten.receive(province.send("11.12"))
    numbers = {"event_id": kabupaten.id_of(TrainingEvent, event), "employee_id": kabupaten.id_of(Employee, person)}
    place = kabupaten.insert(Participant, **numbers)
    province.remove(TrainingEvent, event)
    kabupaten.receive(province.send("11.12"))
    (row,) = kabupaten.services.packages.conflicts("open")
    assert (row.kind, row.record) == ("removed_there", event)
    kabupaten.services.packages.decide([(row.id, "incoming")])
    province.receive(kabupaten.send())
    kabupaten.receive(province.send("11.12"))
    for site in (kabupaten, province):
        assert site.get(TrainingEvent, event) is None
        assert site.get(Participant, place) is None
        assert site.services.packages.conflicts("open", "waiting") == []
        assert site.services.packages.rejections() == []


def test_a_quarter_that_another_office_uses_is_not_removed_with_its_evaluations(
    kabupaten: Site, province: Site, site: Callable[[str], Site]
) -> None:
    """One district takes its quarter back; the other's evaluations stand in the same one."""
    other = site("11.13")
    for one in (kabupaten, other):
        one.add_person("Fatimah", PERSON)
        introduce(one, province)
        one.services.appraisal.open_period(Period(2026, 2))
    province.receive(other.send())
    kabupaten.undo()
    province.receive(kabupaten.send())
    (row,) = province.services.packages.conflicts("open")
    assert (row.entity, row.kind) == ("appraisal_period", "removed_there")
    with pytest.raises(InputError) as used:
        province.services.packages.decide([(row.id, "incoming")])
    assert used.value.code == "ASN-1247"
    province.services.packages.decide([(row.id, "local")])
    kabupaten.receive(province.send("11.12"))
    assert "2026-TW2" in [period.code for period in kabupaten.services.appraisal.periods()]


def test_what_two_copies_propose_for_one_field_are_two_questions(
    kabupaten: Site, province: Site, second: Callable[[], Site]
) -> None:
    introduce(kabupaten, province)
    rid = holiday(province)
    other = second()
    for one, source in ((kabupaten, "SK 1"), (other, "SK 2")):
        one.edit(Holiday, rid, source=source)
        province.receive(one.send("11"))
        province.receive(one.send("11"))
    first, last = province.services.packages.conflicts("open")
    assert (first.incoming, last.incoming) == ("SK 1", "SK 2")


def test_a_question_of_one_copy_is_not_answered_by_another_that_never_saw_it(
    kabupaten: Site, province: Site, second: Callable[[], Site]
) -> None:
    introduce(kabupaten, province)
    rid = holiday(province)
    before = province.value(Holiday, rid, "source")
    other = second()
    kabupaten.edit(Holiday, rid, source="SK 1")
    province.receive(kabupaten.send("11"))
    for source in ("salah ketik", before):
        other.edit(Holiday, rid, source=source)
    province.receive(other.send("11"))
    (row,) = province.services.packages.conflicts("open")
    assert row.incoming == "SK 1"
