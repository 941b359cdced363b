"""Page breaking: which block stands where on which page, decided before anything is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from asn_desktop.reports.layout import Block, Group


@dataclass(frozen=True, slots=True)
class Item:
    """A block or group in its order on the form.

    ``heading`` stands above it on every page of its section. ``keep_next``: never at a page bottom without
    the beginning of the following item.
    """

    body: Block | Group
    heading: Block | None = None
    keep_next: bool = False


class Placed(NamedTuple):
    y: float
    block: Block


Page = list[Placed]


def paginate(items: Sequence[Item], page_height: float) -> list[Page]:
    """All pages of one form. ``ValueError``: an uncuttable block is taller than a page (our mistake)."""
    return _Pages(page_height).fill(items)


class _Pages:
    def __init__(self, height: float) -> None:
        self._height = height
        self._pages: list[Page] = [[]]
        self._y = 0.0
        self._heading: Block | None = None
        # The page holds nothing but the current chain: another page would offer no more room.
        self._chain_on_top = True

    def fill(self, items: Sequence[Item]) -> list[Page]:
        for index, item in enumerate(items):
            starts_chain = index == 0 or not items[index - 1].keep_next
            if starts_chain:
                if self._pages[-1] and self._chain_start(items, index) > self._height - self._y:
                    self._break()
                self._chain_on_top = not self._pages[-1]
            self._put(item)
        return self._pages

    def _chain_start(self, items: Sequence[Item], index: int) -> float:
        """Height needed below for the item, all it must stand with, and the headings in between."""
        needed, heading = 0.0, self._heading
        for item in items[index:]:
            if item.heading is not None and item.heading is not heading:
                needed += item.heading.height
            heading = item.heading
            if isinstance(item.body, Block):
                needed += item.body.height
            else:
                needed += item.body.height if item.keep_next else item.body.least_start(self._fresh(item))
            if not item.keep_next:
                break
        return min(needed, self._height)

    def _put(self, item: Item) -> None:
        body: Block | Group | None = item.body
        while body is not None:
            self._head(item)
            room = self._height - self._y
            if isinstance(body, Block):
                if body.height > room + 0.001:
                    if body.height > self._fresh(item):
                        raise ValueError(f"a block of {body.height:.0f} pt does not fit on a page")
                    self._break()
                    continue
                self._place(body)
                return
            if body.height > room and not self._chain_on_top and body.least_start(self._fresh(item)) > room + 0.001:
                self._break()
                continue
            part, body = body.split(room, self._fresh(item))
            self._place(part)
            if body is not None:
                self._break()

    def _fresh(self, item: Item) -> float:
        """Height that a new page offers below the item's heading."""
        return self._height - (item.heading.height if item.heading else 0.0)

    def _head(self, item: Item) -> None:
        if item.heading is not None and item.heading is not self._heading:
            self._place(item.heading)
        self._heading = item.heading

    def _place(self, block: Block) -> None:
        self._pages[-1].append(Placed(self._y, block))
        self._y += block.height

    def _break(self) -> None:
        self._pages.append([])
        self._y = 0.0
        self._heading = None
