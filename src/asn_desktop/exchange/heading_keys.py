"""From the words of a heading to the key of a field: joined, ambiguous and duplicate headings."""

from __future__ import annotations

from dataclasses import dataclass

from asn_desktop.core.columns import ColumnKind, ColumnSet, normalise_heading
from asn_desktop.exchange.cell_positions import column_letter
from asn_desktop.exchange.heading_hints import key_of, without_hint

_EXPLAINING = frozenset({"MASALAH", "CARAMEMBETULKAN"})


@dataclass(slots=True)
class Resolved:
    """What the words of a header came to. ``issues`` are (code, column, letter of the other column)."""

    keys: dict[int, str]
    fallbacks: dict[int, str]
    paths: dict[int, tuple[str, ...]]
    not_taken: list[int]
    issues: list[tuple[str, int, str]]


class HeadingResolver:
    """From heading texts to keys: joined headings, ambiguous ones by their neighbour, duplicates by rank."""

    def __init__(self, columns: ColumnSet, paths: dict[int, tuple[str, ...]]) -> None:
        self._columns = columns
        self._paths = paths
        self._after = {column.key: dict(column.after) for column in columns.ambiguous}
        self._result = Resolved({}, {}, paths, [], [])

    def resolve(self) -> Resolved:
        result = self._result
        named: dict[int, str] = {}
        explanations = self._explanations()
        for column, path in self._paths.items():
            if column in explanations:
                result.not_taken.append(column)
                continue
            key = self._by_path(path)
            if key in self._after:
                key = self._by_neighbour(column, key, named)
            if key is None:
                texts = (" ".join(path), path[-1], path[0], without_hint(path[-1]))
                if any(self._columns.is_not_taken(text) for text in texts):
                    result.not_taken.append(column)
                continue
            named[column] = key
        self._settle_duplicates(named)
        self._settle_ticks()
        if "education_level" not in result.keys.values() and "@education" not in result.keys.values():
            for column, key in result.keys.items():
                if key == "education" and "@education" in self._columns:
                    result.keys[column] = "@education"
        return result

    def _explanations(self) -> set[int]:
        """What our own error workbook says about its rows is no data: from column BARIS EXCEL on, and where it is
        there also the problem and its cure, which stand beside the name (before 2027 they stood at the end)."""
        words = {column: normalise_heading(path[-1]) for column, path in self._paths.items()}
        mark = min((column for column, word in words.items() if word == "BARISEXCEL"), default=None)
        if mark is None:
            return set()
        return {column for column, word in words.items() if column >= mark or word in _EXPLAINING}

    def _by_path(self, path: tuple[str, ...]) -> str | None:
        columns = self._columns
        if len(path) == 1:
            return key_of(columns, path[0])
        if len(path) > 2:  # the nearest parent says more, the others whose field it is
            return self._by_path((" ".join(path[:-1]), path[-1]) if _somebody_else(path) else path[-2:])
        parent, child = path
        parent_key, child_key = key_of(columns, parent), key_of(columns, child)
        if child_key in self._after:
            by_parent = self._after[child_key].get(parent_key or "")
            if by_parent:
                return by_parent
        joined = key_of(columns, f"{parent} {child}") or key_of(columns, f"{child} {parent}")
        if joined and joined not in self._after:
            return joined
        if columns.is_not_taken(f"{parent} {child}") or (parent_key is None and columns.is_not_taken(parent)):
            return None
        upper = parent.upper()
        for word in _OTHERS:
            if word in upper:
                return columns.key_of(f"{child} {word}")
        if child_key == "name" and parent_key not in (None, "name"):
            return parent_key
        return child_key or (parent_key if child_key is None and _is_filler(child) else None)

    def _by_neighbour(self, column: int, key: str, named: dict[int, str]) -> str | None:
        """ "TMT" alone: what it means is told by the column just before it (anchor check)."""
        meaning = self._after[key].get(named.get(column - 1, ""))
        if meaning is None:
            self._result.issues.append(("heading_ambiguous", column, ""))
        return meaning

    def _settle_duplicates(self, named: dict[int, str]) -> None:
        result = self._result
        by_key: dict[str, list[int]] = {}
        for column, key in named.items():
            by_key.setdefault(key, []).append(column)
        for key, found in by_key.items():
            ranked = sorted(found, key=lambda column, key=key: (self._rank(key, column), column))  # type: ignore[misc]
            leader = ranked[0]
            result.keys[leader] = key
            for column in ranked[1:]:
                same_words = normalise_heading(" ".join(self._paths[column])) == normalise_heading(
                    " ".join(self._paths[leader])
                )
                if same_words or key.startswith("@"):
                    if key != "@row_number":
                        result.issues.append(("heading_duplicate", column, column_letter(leader)))
                    result.not_taken.append(column)
                else:
                    result.fallbacks[column] = key

    def _rank(self, key: str, column: int) -> int:
        """Position of the heading in the catalogue: the heading itself, then the aliases in their order."""
        entry = self._columns[key]
        known = [normalise_heading(text) for text in (entry.heading, entry.label, *entry.aliases)]
        heading = normalise_heading(" ".join(self._paths[column]))
        last = normalise_heading(self._paths[column][-1])
        for wanted in (heading, last):
            if wanted in known:
                return known.index(wanted)
        return len(known)

    def _settle_ticks(self) -> None:
        """ "L" and "P" mean a sex only as a pair, and only where no column says it in words."""
        keys = self._result.keys
        ticks = [column for column, key in keys.items() if self._columns[key].kind is ColumnKind.TICK]
        if len(ticks) != 2 or "sex" in keys.values():
            for column in ticks:
                del keys[column]


_OTHERS = ("PENILAI", "ATASAN")


def _somebody_else(path: tuple[str, ...]) -> bool:
    return any(word in text.upper() for text in path[:-1] for word in _OTHERS)


def _is_filler(child: str) -> bool:
    return not normalise_heading(child) or normalise_heading(child).isdigit()
