"""Ctrl+Z and Ctrl+Y on the real file."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asn_desktop.core.errors import ConflictError, InputError
from asn_desktop.reference.model import Unit
from asn_desktop.services import Services


def add(office: Services, *codes: str, parent: int | None = None) -> list[int]:
    with office.database.write("unit.add", f"Tambah {', '.join(codes)}") as uow:
        return uow.insert_many(
            Unit, [{"code": c, "name": c, "match_name": c, "kind": "UNIT", "parent_id": parent} for c in codes]
        )


def rename(office: Services, unit: int, name: str) -> None:
    with office.database.write("unit.rename", f"Ubah ke {name}") as uow:
        uow.update(Unit, unit, {"name": name})


def names(office: Services) -> dict[str, str]:
    return {unit.code: unit.name for unit in office.reference.units() if unit.kind == "UNIT"}


def test_undo_and_redo_walk_back_and_forth(office: Services) -> None:
    (unit,) = add(office, "A")
    rename(office, unit, "B")
    rename(office, unit, "C")
    assert office.safety.next_undo() == "Ubah ke C"
    office.safety.undo()
    office.safety.undo()
    assert names(office) == {"A": "A"}
    assert office.safety.next_redo() == "Ubah ke B"
    office.safety.redo()
    office.safety.redo()
    assert names(office) == {"A": "C"}
    assert office.safety.next_redo() is None


def test_a_new_step_ends_the_redo(office: Services) -> None:
    (unit,) = add(office, "A")
    rename(office, unit, "B")
    office.safety.undo()
    rename(office, unit, "D")
    assert office.safety.next_redo() is None
    with pytest.raises(InputError):
        office.safety.redo()


def test_a_large_operation_is_taken_back_whole_and_comes_back_the_same(office: Services) -> None:
    codes = [f"U{number:04d}" for number in range(1200)]
    ids = add(office, *codes)
    office.safety.undo()
    assert names(office) == {}
    office.safety.redo()
    assert list(names(office)) == codes
    assert [unit.id for unit in office.reference.units() if unit.kind == "UNIT"] == ids


def test_setting_up_the_office_cannot_be_undone(office: Services) -> None:
    assert office.safety.next_undo() is None
    with pytest.raises(InputError):
        office.safety.undo()


def test_an_older_step_whose_record_changed_again_is_refused_untouched(office: Services) -> None:
    (unit,) = add(office, "A")
    rename(office, unit, "B")
    first_rename = office.safety.history()[0].id
    rename(office, unit, "C")
    with pytest.raises(ConflictError):
        office.safety.undo_operation(first_rename)
    assert names(office) == {"A": "C"}


def test_a_creation_that_others_build_upon_is_not_taken_back(office: Services) -> None:
    (parent,) = add(office, "A")
    creation = office.safety.history()[0].id
    add(office, "B", parent=parent)
    with pytest.raises(ConflictError):
        office.safety.undo_operation(creation)
    assert set(names(office)) == {"A", "B"}


@settings(max_examples=15)
@given(steps=st.lists(st.sampled_from(["tambah", "ubah", "urung", "ulang"]), max_size=25), data=st.data())
def test_any_walk_agrees_with_a_plain_list_of_states(office: Services, steps: list[str], data: st.DataObject) -> None:
    past: list[dict[str, str]] = []
    future: list[dict[str, str]] = []
    state = names(office)
    while office.safety.next_undo():
        office.safety.undo()
    state = names(office)
    for number, step in enumerate(steps):
        if step == "urung" and past:
            future.append(state)
            state = past.pop()
            office.safety.undo()
        elif step == "ulang" and future:
            past.append(state)
            state = future.pop()
            office.safety.redo()
        elif step in ("tambah", "ubah"):
            past.append(state)
            future.clear()
            if step == "tambah" or not state:
                code = f"K{number}-{data.draw(st.integers(0, 10**9))}"
                add(office, code)
                state = {**state, code: code}
            else:
                code = data.draw(st.sampled_from(sorted(state)))
                unit = next(unit.id for unit in office.reference.units() if unit.code == code)
                rename(office, unit, f"nama {number}-{data.draw(st.integers(0, 10**9))}")
                state = {**state, code: names(office)[code]}
        assert names(office) == state
    assert office.safety.check().sound


def test_a_creation_whose_empty_field_was_filled_later_is_not_taken_back(office: Services) -> None:
    (unit,) = add(office, "A")
    creation = office.safety.history()[0].id
    with office.database.write("unit.head", "Isi pimpinan") as uow:
        uow.update(Unit, unit, {"head_name": "Bupati Contoh"})
    with pytest.raises(ConflictError):
        office.safety.undo_operation(creation)
    assert set(names(office)) == {"A"}


def test_the_set_up_is_not_taken_back_from_the_history_either(office: Services) -> None:
    with pytest.raises(InputError):
        office.safety.undo_operation(1)
    assert office.reference.office().code == "11.12"


def test_a_record_named_twice_is_changed_once_and_can_be_taken_back(office: Services) -> None:
    (unit,) = add(office, "A")
    with office.database.write("unit.rename", "Ubah dua kali") as uow:
        uow.update_many(Unit, [(unit, {"name": "B"}), (unit, {"name": "C", "workdays": 6})])
    assert names(office) == {"A": "C"}
    office.safety.undo()
    assert names(office) == {"A": "A"}
