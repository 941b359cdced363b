"""Records, fields and values as people read them: names instead of ids, labels instead of codes. Reads only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from asn_desktop.core.catalogue import FieldKind
from asn_desktop.core.columns import masked as mask
from asn_desktop.core.i18n import N_, _
from asn_desktop.exchange.package import tables
from asn_desktop.exchange.package.protocol import BY_TABLE, entity_of

_UNKNOWN = N_("(data ini tidak ada di sini)")
_LONG = 120


@dataclass(frozen=True, slots=True)
class Title:
    """A record in words. ``name`` is whose or what it is; ``second`` identifies it further (NIP, period, event);
    ``root`` is the (entity, rid) it belongs to, by which records of one person come together."""

    name: str
    second: str
    root: tuple[str, str]


def field_label(entity: str, key: str) -> str:
    """The name of a field; without a key, of all of them."""
    return entity_of(entity)[key].name if key else _("Seluruh data")


def is_long(text: str) -> bool:
    """Whether a value needs to be read side by side rather than in one line."""
    return len(text) > _LONG or "\n" in text


class Wording:
    """For one reading transaction. ``incoming``: records of a package, by (entity, rid), that may not be here yet."""

    def __init__(
        self, connection: Connection, incoming: Mapping[tuple[str, str], Mapping[str, Any]] | None = None
    ) -> None:
        self._connection = connection
        self._incoming = incoming or {}
        self._titles: dict[tuple[str, str], Title] = {}
        self._stored: dict[tuple[str, str, Any], Mapping[str, Any] | None] = {}

    def title(self, entity: str, rid: str) -> Title:
        key = (entity, rid)
        if key not in self._titles:
            self._titles[key] = Title(_(_UNKNOWN), "", key)  # against circles in a broken package
            if entity not in BY_TABLE:
                self._titles[key] = Title(_(entity_of(entity).title), rid[-8:], key)
                return self._titles[key]
            stored = self._row(entity, "rid", rid)
            values = stored if stored is not None else self._incoming.get(key)
            if values is not None:
                self._titles[key] = self._title(entity, rid, values, stored is not None)
        return self._titles[key]

    def value(self, entity: str, key: str, value: Any, *, masked: bool = False) -> str:
        """A value as people write it; "" for none. ``masked``: of specific personal data only the last four signs
        (UU 27/2022): where nobody has to compare it with another value."""
        field = entity_of(entity)[key]
        if field.kind is FieldKind.REFERENCE and value:
            return self.reference(field.target, str(value))
        return mask(str(value)) if masked and field.sensitive and value else field.say(value)

    def reference(self, target: str, rid: str) -> str:
        """A record that is pointed to: ``Fatimah Siregar (19850301 …)``, ``Dinas Kesehatan``."""
        title = self.title(target, rid)
        return f"{title.name} ({title.second})" if target == "employee" and title.second else title.name

    # -- titles -------------------------------------------------------------------------------------------

    def _title(self, entity: str, rid: str, values: Mapping[str, Any], stored: bool) -> Title:
        """Named by its own field, or after what it is part of."""
        own = entity_of(entity)
        if own.name:
            second = self.value(entity, own.second, values[own.second]) if own.second else ""
            return Title(self.value(entity, own.name, values[own.name]), second, (entity, rid))
        above = self._follow(entity, own.parent, values, stored)
        name, root = (above.name, above.root) if above is not None else (_(_UNKNOWN), (entity, rid))
        if not own.second or not own[own.second].target:
            return Title(name, str(values.get(own.second) or ""), root)
        found = self._follow(entity, own.second, values, stored)
        if found is None:
            return Title(name, "", root)
        return Title(name, found.second if own.second == own.parent else found.name, root)

    def _follow(self, entity: str, column: str, values: Mapping[str, Any], stored: bool) -> Title | None:
        pointer = values.get(column)
        if pointer is None:
            return None
        target = tables.target_of(entity, column)
        if not stored:
            return self.title(target, str(pointer))
        row = self._row(target, "id", pointer)
        return self.title(target, row["rid"]) if row is not None else None

    def _row(self, entity: str, column: str, value: Any) -> Mapping[str, Any] | None:
        key = (entity, column, value)
        if key not in self._stored:
            table = tables.table_of(entity)
            row = self._connection.execute(select(table).where(table.c[column] == value)).mappings().first()
            found: dict[str, Any] | None = {**row} if row is not None else None
            self._stored[key] = found
            if found is not None:
                other = "id" if column == "rid" else "rid"
                self._stored[entity, other, found[other]] = found
        return self._stored[key]


def index_of(rows: Sequence[Any]) -> dict[tuple[str, str], Mapping[str, Any]]:
    """(entity, rid) → values of the records of a package."""
    return {(row.entity, row.rid): row.values for row in rows}
