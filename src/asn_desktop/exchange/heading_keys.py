"""From the words of a heading to the key of a field: joined, ambiguous, duplicate and contradicting headings.

Where two columns mean the same field, what was (LAMA, CPNS, AWAL …) never stands for what is, a period in the heading
selects the column of the period asked for, and a column whose meaning nothing but a strange parent tells apart from
another one is left to a person (:class:`Contest`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from asn_desktop.core.columns import ColumnKind, ColumnSet, normalise_heading
from asn_desktop.exchange.cell_positions import column_letter
from asn_desktop.exchange.heading_hints import key_of, without_hint
from asn_desktop.exchange.heading_words import Age, Words, take_apart


@dataclass(frozen=True, slots=True)
class Contest:
    """Columns under different parents that mean the same fields: parent → column → key."""

    sides: dict[str, dict[int, str]]

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(key for columns in self.sides.values() for key in columns.values()))

    @property
    def columns(self) -> tuple[int, ...]:
        return tuple(column for columns in self.sides.values() for column in columns)


_EXPLAINING = frozenset({"MASALAH", "CARAMEMBETULKAN"})


@dataclass(slots=True)
class Resolved:
    """What the words of a header came to. ``issues`` are (code, column, letter of the other column).

    ``dated`` columns name a period; ``other_periods`` column → key of those that are for another one than was asked
    for; ``period`` is the only (year, TW) that the rest of them name.
    """

    keys: dict[int, str]
    fallbacks: dict[int, str]
    paths: dict[int, tuple[str, ...]]
    not_taken: list[int]
    issues: list[tuple[str, int, str]]
    contests: list[Contest] = field(default_factory=list)
    dated: frozenset[int] = frozenset()
    other_periods: dict[int, str] = field(default_factory=dict)
    period: tuple[str, str] = ("", "")

    @property
    def known(self) -> set[str]:
        """Every field that some column is about, whether it will be read or not."""
        contested = {key for contest in self.contests for key in contest.keys}
        return {*self.keys.values(), *self.other_periods.values(), *contested}


@dataclass(frozen=True, slots=True)
class _Named:
    """What a column is about. ``by_child``: only the lower heading says so, and ``parent`` means nothing to us."""

    key: str
    words: Words = Words("")  # noqa: RUF009 -- immutable
    parent: str = ""
    by_child: bool = False

    @property
    def plain(self) -> bool:
        return not self.words.says and not self.by_child


class HeadingResolver:
    """From heading texts to keys. ``period``: the (year, TW) asked for or said by the title; either may be empty."""

    def __init__(
        self, columns: ColumnSet, paths: dict[int, tuple[str, ...]], period: tuple[str, str] = ("", "")
    ) -> None:
        self._columns = columns
        self._paths = paths
        self._period = period
        self._after = {column.key: dict(column.after) for column in columns.ambiguous}
        self._result = Resolved({}, {}, paths, [], [])
        self._old: set[int] = set()

    def resolve(self) -> Resolved:
        result = self._result
        named: dict[int, _Named] = {}
        explanations = self._explanations()
        for column, path in self._paths.items():
            if column in explanations:
                result.not_taken.append(column)
                continue
            found = self._by_path(path)
            if found is not None and found.words.age is Age.OLD:
                self._leave_out_old(column)
                continue
            if found is not None and found.key in self._after:
                found = self._by_neighbour(column, found, named)
            if found is None:
                texts = (" ".join(path), path[-1], path[0], without_hint(path[-1]))
                if any(self._columns.is_not_taken(text) for text in texts):
                    result.not_taken.append(column)
                continue
            named[column] = found
        self._settle(named)
        self._settle_ticks()
        self._settle_steps()
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

    def _leave_out_old(self, column: int) -> None:
        self._old.add(column)
        self._result.not_taken.append(column)

    # -- one heading ----------------------------------------------------------------------------------------

    def _by_path(self, path: tuple[str, ...]) -> _Named | None:
        if len(path) == 1:
            return self._single(path[0])
        if len(path) > 2:
            return self._by_nearest(path)
        parent, child = path
        exact = self._after_parent(parent, child) or self._joined(parent, child)
        if exact is not None:
            return _Named(exact)
        above, below = take_apart(parent), take_apart(child)
        words = below if below.says and self._key(child) is None else above
        if words.age is Age.OLD and (key := self._key(f"{below.bare} CPNS")) and "CPNS" in parent.upper():
            return _Named(key)  # "TMT" under "PENGANGKATAN CPNS" is a field of its own
        if not (above.says or words.says):
            return self._under(parent, child, words)
        known_child = child if words is above else below.bare
        return self._under(above.bare, known_child, words, parent)

    def _by_nearest(self, path: tuple[str, ...]) -> _Named | None:
        """Of several parents the nearest says more; the others whose field it is, of when, and of which period."""
        found = self._by_path((" ".join(path[:-1]), path[-1]) if _somebody_else(path) else path[-2:])
        above = take_apart(" ".join(path[:-2]))
        if found is None or found.words.says:
            return found
        parent = " ".join(path[:-1])
        return (
            replace(found, words=above, parent=parent) if above.says else replace(found, parent=parent, by_child=True)
        )

    def _single(self, heading: str) -> _Named | None:
        key = self._key(heading)
        if key is not None:
            return _Named(key)
        words = take_apart(heading)
        if not words.says or self._columns.is_not_taken(heading):
            return None
        key = self._key(words.bare)
        return None if key is None else _Named(key, words, heading)

    def _after_parent(self, parent: str, child: str) -> str | None:
        """What an ambiguous child ("TMT") means under a parent that is known ("PANGKAT")."""
        meanings = self._after.get(self._key(child) or "", {})
        return meanings.get(self._key(parent) or "")

    def _joined(self, parent: str, child: str) -> str | None:
        key = self._key(f"{parent} {child}") or self._key(f"{child} {parent}")
        return key if key and key not in self._after else None

    def _key(self, text: str) -> str | None:
        """What a heading means; nothing where nothing is left of it."""
        return key_of(self._columns, text) if text else None

    def _under(self, parent: str, child: str, words: Words, written: str = "") -> _Named | None:
        """A child under a parent; ``words`` were taken off them, ``written`` is the parent as it stands."""
        columns, written = self._columns, written or parent
        parent_key, child_key = self._key(parent), self._key(child)
        exact = self._after_parent(parent, child) or (self._joined(parent, child) if words.says and parent else None)
        if exact:
            return _Named(exact, words, written)
        if columns.is_not_taken(f"{parent} {child}") or (parent_key is None and columns.is_not_taken(parent)):
            return None
        upper = parent.upper()
        for word in _OTHERS:
            if word in upper:
                key = columns.key_of(f"{child} {word}")
                return None if key is None else _Named(key, words, written)
        if child_key == "name" and parent_key not in (None, "name"):
            return _Named(parent_key, words, written)
        if child_key is not None:
            return _Named(child_key, words, written, by_child=parent_key != child_key)
        return _Named(parent_key, words, written) if parent_key and _is_filler(child) else None

    def _by_neighbour(self, column: int, found: _Named, named: dict[int, _Named]) -> _Named | None:
        """ "TMT" alone: what it means is told by the column just before it (anchor check)."""
        before = named.get(column - 1)
        meaning = self._after[found.key].get(before.key) if before is not None else None
        if meaning is not None and before is not None:
            words = found.words if found.words.says else before.words
            return _Named(meaning, words, found.parent or before.parent, found.by_child or before.by_child)
        if column - 1 in self._old:
            self._leave_out_old(column)
        else:
            self._result.issues.append(("heading_ambiguous", column, ""))
        return None

    # -- several columns of one field -----------------------------------------------------------------------

    def _settle(self, named: dict[int, _Named]) -> None:
        self._leave_out_other_periods(named)
        by_key: dict[str, list[int]] = {}
        for column, found in named.items():
            by_key.setdefault(found.key, []).append(column)
        contested: dict[tuple[str, ...], dict[str, dict[int, str]]] = {}
        for key, columns in by_key.items():
            chosen = self._chosen(named, columns)
            if chosen:
                self._lead(key, named, chosen, [column for column in columns if column not in chosen])
                continue
            parents = tuple(sorted({named[column].parent for column in columns}))
            sides = contested.setdefault(parents, {})
            for column in columns:
                sides.setdefault(named[column].parent, {})[column] = key
        self._result.contests.extend(Contest(sides) for sides in contested.values())

    def _chosen(self, named: dict[int, _Named], columns: list[int]) -> list[int]:
        """The columns that may be read for a field, the leading one and those that fill blanks; none: a contest."""
        if len(columns) == 1:
            return columns
        new = [column for column in columns if named[column].words.age is Age.NEW]
        if new and len({named[column].parent for column in new}) == 1:
            # What is new leads even over a heading without any such word; only another name of the field fills blanks.
            rest = [column for column in columns if column not in new and named[column].plain]
            return [*new, *rest]
        plain = [column for column in columns if named[column].plain]
        if plain:
            return plain
        return columns if len({named[column].parent for column in columns}) == 1 else []

    def _leave_out_other_periods(self, named: dict[int, _Named]) -> None:
        """Columns of another quarter than the one asked for; where the file names only one, that is the file's."""
        dated = {column: found.words for column, found in named.items() if found.words.is_dated}
        if not dated:
            return
        year, period = self._period
        for column, words in dated.items():
            if (year or period) and not words.fits(year, period):
                self._result.other_periods[column] = named.pop(column).key
                self._result.not_taken.append(column)
        self._result.dated = frozenset(dated)
        said = {(words.year, words.period) for column, words in dated.items() if column in named}
        if len(said) == 1:
            self._result.period = said.pop()

    def _lead(self, key: str, named: dict[int, _Named], chosen: list[int], left: list[int]) -> None:
        """Take the best heading of a field; another name of it fills blanks, the same words again do not."""
        result = self._result
        ranked = sorted(
            chosen, key=lambda column: (named[column].words.age is not Age.NEW, self._rank(key, column), column)
        )
        leader = ranked[0]
        result.keys[leader] = key
        for column in ranked[1:]:
            same_words = self._text(column) == self._text(leader)
            if same_words or key.startswith("@"):
                if key != "@row_number":
                    result.issues.append(("heading_duplicate", column, column_letter(leader)))
                result.not_taken.append(column)
            else:
                result.fallbacks[column] = key
        for column in left:
            result.issues.append(("heading_duplicate", column, column_letter(leader)))
            result.not_taken.append(column)

    def _text(self, column: int) -> str:
        return normalise_heading(" ".join(self._paths[column]))

    def _rank(self, key: str, column: int) -> int:
        """Position of the heading in the catalogue: the heading itself, then the aliases in their order."""
        entry = self._columns[key]
        known = [normalise_heading(text) for text in (entry.heading, entry.label, *entry.aliases)]
        last = normalise_heading(self._paths[column][-1])
        for wanted in (self._text(column), last):
            if wanted in known:
                return known.index(wanted)
        return len(known)

    def _settle_ticks(self) -> None:
        """ "L" and "P" mean a sex only together, and only where no column says it in words; so do all such columns."""
        keys = self._result.keys
        fields: dict[str, list[int]] = {}
        for column, key in keys.items():
            if self._columns[key].kind is ColumnKind.TICK:
                fields.setdefault(self._columns[key].parts[0], []).append(column)
        for field_key, ticks in fields.items():
            if len(ticks) < 2 or field_key in keys.values():
                for column in ticks:
                    del keys[column]

    def _settle_steps(self) -> None:
        """ "RUANG" is the letter of a golongan only right behind it; in a hospital it is a ward."""
        keys = self._result.keys
        steps = [column for column, key in keys.items() if key == "@rank_step"]
        for column in steps:
            if keys.get(column - 1) != "rank":
                del keys[column]


_OTHERS = ("PENILAI", "ATASAN")


def _somebody_else(path: tuple[str, ...]) -> bool:
    return any(word in text.upper() for text in path[:-1] for word in _OTHERS)


def _is_filler(child: str) -> bool:
    return not normalise_heading(child) or normalise_heading(child).isdigit()
