"""Where bars and curve of a distribution stand: one geometry for the screen and for paper.

The curve is the shape printed in PermenPANRB 6/2022 Lampiran Bab IV.B.2; it is drawn at the scale at which
its five points add up to the number of people, so that bar and curve can be compared. A curve that were stretched
to the tallest bar would seem to fit every unit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

#: How much of its column a bar takes; one person among thousands is still seen.
_BAR_SHARE, _LEAST_BAR = 0.56, 2.0


def curve_counts(curve: Sequence[tuple[float, float]], total: int) -> list[tuple[float, float]]:
    """The curve in people: ``(position 0…4, count)``. Empty without a curve or without people."""
    whole = sum(at_bars(curve))
    if not whole or not total:
        return []
    return [(position, height / whole * total) for position, height in curve]


def at_bars(curve: Sequence[tuple[float, float]]) -> list[float]:
    """The heights of a curve at the middle of each bar."""
    return [height for position, height in curve if float(position).is_integer()]


def whole_people(counts: Sequence[float]) -> list[int]:
    """Whole numbers with the same sum, by the largest remainders, so that what stands below the bars adds up."""
    floors = [int(count) for count in counts]
    missing = round(sum(counts)) - sum(floors)
    by_remainder = sorted(range(len(counts)), key=lambda place: (floors[place] - counts[place], place))
    for place in by_remainder[:missing]:
        floors[place] += 1
    return floors


class Box(NamedTuple):
    left: float
    top: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        return self.left + self.width / 2

    @property
    def bottom(self) -> float:
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class Plot:
    """Bars and curve inside ``area``, in its units; y grows downwards.

    ``counts`` from worst to best; ``curve`` in people (:func:`curve_counts`); no bar is wider than ``widest``.
    """

    area: Box
    counts: Sequence[int]
    curve: Sequence[tuple[float, float]]
    widest: float

    def slot(self, place: int) -> Box:
        """The column of a bar."""
        width = self.area.width / len(self.counts)
        return Box(self.area.left + place * width, self.area.top, width, self.area.height)

    def bar(self, place: int) -> Box:
        slot, count = self.slot(place), self.counts[place]
        width = min(slot.width * _BAR_SHARE, self.widest)
        height = max(self.height_of(count), _LEAST_BAR) if count else 0.0
        return Box(slot.middle - width / 2, slot.bottom - height, width, height)

    def line(self) -> list[tuple[float, float]]:
        """The points of the curve."""
        first, last = self.slot(0).middle, self.slot(len(self.counts) - 1).middle
        step = (last - first) / (len(self.counts) - 1)
        return [(first + position * step, self.area.bottom - self.height_of(count)) for position, count in self.curve]

    def height_of(self, count: float) -> float:
        """How high so many people stand."""
        highest = max([1.0, *map(float, self.counts), *(count for _position, count in self.curve)])
        return count / highest * self.area.height
