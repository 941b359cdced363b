"""The base of the services: what each method needs stands above it, and is checked where it is entered.

Window and command line call the same methods, so they are held to the same rights.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from asn_desktop.core.rights import Right
from asn_desktop.storage.unit_of_work import Database

F = TypeVar("F", bound=Callable[..., Any])


class Service:
    """What a client may call about one subject. Every public method declares its rights with :func:`needs`; a static
    one is a pure function and needs none."""

    _database: Database


def needs(*rights: Right, scope: str = "") -> Callable[[F], F]:
    """Declare what a method of a :class:`Service` needs. Called by a person who lacks one of the rights it raises
    :class:`NotAllowed` (ASN-1501) before anything is read or written.

    ``scope`` names the parameter that holds a unit's id (None in it means all units), for people who look after a part
    of the office only.
    """

    def declare(method: F) -> F:
        signature = inspect.signature(method) if scope else None

        @wraps(method)
        def entered(self: Service, *args: Any, **kwargs: Any) -> Any:
            access = self._database.access
            if access.inside:
                return method(self, *args, **kwargs)
            access.demand(rights)
            if signature is not None and access.units is not None:
                access.demand_unit(signature.bind(self, *args, **kwargs).arguments.get(scope))
            access.inside = True
            try:
                return method(self, *args, **kwargs)
            finally:
                access.inside = False

        entered.rights, entered.scope = rights, scope  # type: ignore[attr-defined]
        return cast("F", entered)

    return declare
