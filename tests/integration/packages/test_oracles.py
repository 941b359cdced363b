"""Promises of the exchange that no other test would miss: each of these was once broken on purpose and nothing failed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from asn_desktop.core.errors import ConflictError, InputError
from asn_desktop.exchange.package import replicas
from asn_desktop.exchange.package.applying import _note_passed_on
from asn_desktop.personnel.model import Employee
from tests.integration.packages.offices import Site
from tests.integration.packages.test_two_offices import PERSON, introduce


def test_a_package_is_not_applied_to_data_that_moved_since_its_preview(kabupaten: Site, province: Site) -> None:
    rid = kabupaten.add_person("Fatimah", PERSON, phone="1")
    introduce(kabupaten, province)
    kabupaten.edit(Employee, rid, phone="2")
    plan = province.plan(kabupaten.send())
    province.edit(Employee, rid, phone="3")
    before = province.head()
    with pytest.raises(ConflictError) as caught:
        province.services.packages.apply(plan, backup=False)
    assert caught.value.code == "ASN-1206"
    assert province.head() == before
    assert province.value(Employee, rid, "phone") == "3"


def test_a_package_is_applied_although_somebody_else_was_edited_since_its_preview(
    kabupaten: Site, province: Site
) -> None:
    fatimah, hasan = (
        kabupaten.add_person("Fatimah", PERSON, phone="1"),
        kabupaten.add_person("Hasan", "199001012015031002", phone="1"),
    )
    introduce(kabupaten, province)
    kabupaten.edit(Employee, fatimah, phone="2")
    plan = province.plan(kabupaten.send())
    province.edit(Employee, hasan, phone="3")
    province.services.packages.apply(plan, backup=False)
    assert province.value(Employee, fatimah, "phone") == "2"
    assert province.value(Employee, hasan, "phone") == "3"


def test_another_version_of_a_package_that_was_merged_is_refused(kabupaten: Site, province: Site) -> None:
    """The same number and identity, other content: somebody opened it, changed it and sealed it again."""
    rid = kabupaten.add_person("Fatimah", PERSON, phone="1")
    content, digest = kabupaten.send()
    province.receive((content, digest))
    with pytest.raises(InputError) as caught:
        province.receive((content, f"{digest}, edited"))
    assert caught.value.code == "ASN-1244"
    assert province.value(Employee, rid, "phone") == "1"
    assert province.receive((content, digest)).plan.already, "the very same one is only merged already"


@pytest.mark.parametrize("taken_back", [False, True])
def test_what_a_sender_hands_on_is_not_believed_while_a_package_is_taken_back(
    kabupaten: Site, province: Site, taken_back: bool
) -> None:
    """Somebody who hands on the district's work may have it from the province, which has taken it back since: whoever
    raises the mark then would never be told again."""
    rid = kabupaten.add_person("Fatimah", PERSON, phone="1")
    introduce(kabupaten, province)
    first = replica_of(kabupaten)
    before = merged_of(province, first)
    kabupaten.edit(Employee, rid, phone="2")
    content, _digest = work = kabupaten.send()
    province.receive(work)
    if taken_back:
        province.undo()
    reached = content.head.to_rev
    head = replace(content.head, passes_on={"11.12": {first: reached + 1}})
    with province.services.database.write("test.merge", "Gabungkan") as uow:
        _note_passed_on(uow, head)
    assert merged_of(province, first) == (before if taken_back else reached + 1)


def replica_of(site: Site) -> str:
    with site.services.database.read() as connection:
        return replicas.own_replica(connection).id


def merged_of(site: Site, replica: str) -> int:
    with site.services.database.read() as connection:
        return replicas.peers(connection)[replica].merged_rev
