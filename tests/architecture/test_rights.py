"""Every public method of every service says what it needs; every role of the table is complete."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Iterator
from typing import Any

import pytest

from asn_desktop import services
from asn_desktop.accounts.model import ROLES
from asn_desktop.accounts.rights import rights_of
from asn_desktop.core.rights import Right
from asn_desktop.environment.resources import reference_table
from asn_desktop.exchange.inbox import Inbox
from asn_desktop.exchange.package.reading import PackageReading
from asn_desktop.exchange.package.service import PackageService
from asn_desktop.exchange.service import ExchangeService
from asn_desktop.exchange.worksheet.service import WorksheetService
from asn_desktop.storage.service import Service

LATE = {
    "worksheets": WorksheetService,
    "exchange": ExchangeService,
    "packages": PackageService,
    "inbox": Inbox,
    "package_reading": PackageReading,
}
"""Made when first asked for."""
NO_SERVICES = {"paths", "database", "lock", "data_key"}


def test_whatever_a_client_is_given_is_a_service() -> None:
    types = typing.get_type_hints(services.Services, vars(services) | {cls.__name__: cls for cls in LATE.values()})
    late = {name for name, value in vars(services.Services).items() if hasattr(value, "attrname")}
    assert late == LATE.keys()
    for name, cls in {**types, **LATE}.items():
        assert name in NO_SERVICES or issubclass(cls, Service), name


def methods(cls: type) -> Iterator[tuple[str, Any]]:
    """Public methods and properties; a static one is a pure function."""
    for name, value in vars(cls).items():
        value = value.fget if isinstance(value, property) else value
        if inspect.isfunction(value) and not name.startswith("_"):
            yield name, value


@pytest.mark.parametrize("cls", Service.__subclasses__(), ids=lambda cls: cls.__name__)
def test_every_public_method_declares_its_rights(cls: type) -> None:
    declared = dict(methods(cls))
    assert declared
    assert not [name for name, method in declared.items() if not getattr(method, "rights", ())]
    for name, method in declared.items():
        assert not method.scope or method.scope in inspect.signature(method).parameters, name


@pytest.mark.parametrize("cls", Service.__subclasses__(), ids=lambda cls: cls.__name__)
def test_a_method_about_a_unit_says_so(cls: type) -> None:
    """A person who looks after one unit must not reach another one through a forgotten parameter."""
    about_a_unit = {name for name, method in methods(cls) if "unit_id" in inspect.signature(method).parameters}
    scoped = {name for name, method in methods(cls) if method.scope == "unit_id"}
    assert about_a_unit - scoped <= {"find_people"}, "there the unit only comes first among the answers"


def test_the_table_has_every_right_and_every_role_once() -> None:
    table = reference_table("peran_hak")
    assert [row["hak"] for row in table] == [right.value for right in Right]
    assert set(ROLES) <= table[0].keys()
    assert {answer for row in table for answer in list(row.values())[1:]} <= {"ya", ""}


def test_who_works_today_keeps_all_rights() -> None:
    """Until roles are made sharper on purpose, no existing user loses anything."""
    assert all(rights_of(role) == frozenset(Right) for role in ROLES)
    assert rights_of("pembaca") == {Right.READ, Right.ACCOUNT}
