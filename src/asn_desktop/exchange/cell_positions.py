"""Places in a sheet: letters and numbers, and large sets of cells kept small."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from functools import lru_cache

_WIDTH = 16384  # columns Excel has


@lru_cache(maxsize=16384)
def column_index(letters: bytes | str) -> int:
    """``A`` → 0, ``XFD`` → 16383."""
    text = letters.decode("ascii") if isinstance(letters, bytes) else letters
    value = 0
    for char in text:
        value = value * 26 + ord(char) - 64
    return value - 1


@lru_cache(maxsize=16384)
def column_letter(index: int) -> str:
    """0 → ``A``, 16383 → ``XFD``."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


class CellPositions:
    """A set of cells, eight bytes each, filled in reading order; rows and columns count from 0."""

    __slots__ = ("_keys",)

    def __init__(self) -> None:
        self._keys = array("Q")

    def add(self, row: int, column: int) -> None:
        key = row * _WIDTH + column
        if self._keys and key <= self._keys[-1]:
            self._insert(key)
        else:
            self._keys.append(key)

    def _insert(self, key: int) -> None:
        at = bisect_left(self._keys, key)
        if self._keys[at] != key:
            self._keys.insert(at, key)

    def __len__(self) -> int:
        return len(self._keys)

    def __contains__(self, place: tuple[int, int]) -> bool:
        key = place[0] * _WIDTH + place[1]
        at = bisect_left(self._keys, key)
        return at < len(self._keys) and self._keys[at] == key

    def columns_in(self, row: int) -> list[int]:
        """The columns of the set in one row."""
        start = bisect_left(self._keys, row * _WIDTH)
        end = bisect_left(self._keys, (row + 1) * _WIDTH, start)
        return [key % _WIDTH for key in self._keys[start:end]]
