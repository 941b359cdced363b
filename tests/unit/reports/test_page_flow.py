"""Which block goes to which page."""

from __future__ import annotations

import pytest

from asn_desktop.reports.flow import Item, Page, paginate
from asn_desktop.reports.layout import Block, Cell, Group, Row, Spanning
from asn_desktop.reports.text import Line

LINE = Line(10, 10, ())


def heights(pages: list[Page]) -> list[list[int]]:
    return [[round(placed.block.height) for placed in page] for page in pages]


def rows(*counts: int) -> tuple[Row, ...]:
    return tuple(Row((Cell(10, 10, (LINE,) * count),)) for count in counts)


def test_blocks_follow_each_other_and_overflow_to_the_next_page() -> None:
    pages = paginate([Item(Block(40)), Item(Block(40)), Item(Block(40))], 100)
    assert heights(pages) == [[40, 40], [40]]


def test_a_chain_moves_as_a_whole() -> None:
    items = [Item(Block(70)), Item(Block(20), keep_next=True), Item(Block(20))]
    assert heights(paginate(items, 100)) == [[70], [20, 20]]


def test_a_heading_stands_once_per_page_above_its_section() -> None:
    heading = Block(10)
    pages = paginate([Item(Block(40), heading) for _ in range(4)], 100)
    assert heights(pages) == [[10, 40, 40], [10, 40, 40]]
    assert [page[0].block is heading for page in pages] == [True, True]


def test_a_heading_never_stands_alone_at_the_bottom() -> None:
    pages = paginate([Item(Block(80)), Item(Block(15), Block(10))], 100)
    assert heights(pages) == [[80], [10, 15]]


def test_a_group_breaks_between_rows() -> None:
    group = Group(rows(2, 2, 2))
    first = round(group.rows[0].height)
    pages = paginate([Item(Block(100 - 2 * first)), Item(group)], 100)
    assert heights(pages) == [[100 - 2 * first, 2 * first], [first]]


def test_a_group_kept_together_moves_whole() -> None:
    group = Group(rows(2, 2), together=True)
    assert heights(paginate([Item(Block(70)), Item(group)], 100)) == [[70], [round(group.height)]]


def test_a_row_taller_than_a_page_is_cut_between_lines_and_nothing_is_lost() -> None:
    pages = paginate([Item(Group(rows(30)))], 100)
    assert sum(len(cell.lines) for page in pages for placed in page for cell in placed.block.cells) == 30
    assert len(pages) > 3


def test_a_spanning_text_longer_than_its_rows_goes_on() -> None:
    spanning = Spanning(Cell(0, 10, (LINE,) * 25), (LINE,), (LINE,))
    pages = paginate([Item(Group(rows(1), (spanning,)))], 100)
    shown = [sum(len(c.lines) for p in page for c in p.block.cells if c.x == 0) for page in pages]
    assert sum(shown) == 25 + len(pages) - 1  # one "(lanjutan)" on each further page


def test_a_band_stays_with_a_group_that_fills_the_page_alone() -> None:
    spanning = Spanning(Cell(0, 10, (LINE,) * 9))
    pages = paginate([Item(Block(50)), Item(Block(20), keep_next=True), Item(Group(rows(1), (spanning,)))], 100)
    assert heights(pages)[0] == [50]
    assert len(pages[1]) == 2


def test_an_uncuttable_block_taller_than_a_page_is_a_mistake_and_told() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        paginate([Item(Block(101))], 100)
