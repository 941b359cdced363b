"""One value in several columns: joined where the cells themselves say so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from asn_desktop.exchange.classify import RowKind
from asn_desktop.exchange.workbook import Cell
from tests.unit.exchange.lists import read

NIPS = ("198503122010012004", "197901152005011003", "199001012015032001")
NAMES = ("Ani Seruni", "Budi Cermin", "Citra Angan")


def rows(values: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    return [
        [float(number), name, *cells, "III/a"]
        for number, (name, cells) in enumerate(zip(NAMES, values, strict=True), 1)
    ]


@pytest.mark.parametrize(
    "widths",
    [pytest.param((8, 6, 1, 3), id="four cells"), pytest.param((8, 10), id="two"), pytest.param((1,) * 18, id="boxes")],
)
@pytest.mark.parametrize("headings", ["once", "over each"])
def test_a_nip_in_several_cells_is_joined(widths: tuple[int, ...], headings: str) -> None:
    split = []
    for nip in NIPS:
        ends = [sum(widths[: place + 1]) for place in range(len(widths))]
        split.append([nip[end - width : end] for end, width in zip(ends, widths, strict=True)])
    above: list[Cell] = ["NIP", *(["NIP" if headings == "over each" else ""] * (len(widths) - 1))]
    people = read([["NO", "NAMA", *above, "GOL"], *rows(split)])
    assert [row.values["nip"] for row in people.rows] == list(NIPS)
    assert [row.values["name"] for row in people.rows] == list(NAMES)
    assert not any(row.issues for row in people.rows)
    assert "cells_joined" in {issue.code for issue in people.issues}


def born(nip: str) -> tuple[int, int, int]:
    return int(nip[6:8]), int(nip[4:6]), int(nip[:4])


@pytest.mark.parametrize("words", [("TGL", "BLN", "THN"), ("TANGGAL", "BULAN", "TAHUN"), ()])
def test_a_birth_date_in_three_columns_is_joined(words: tuple[str, ...]) -> None:
    head: list[list[Cell]] = [["NO", "NAMA", "NIP", "TANGGAL LAHIR", "TANGGAL LAHIR", "TANGGAL LAHIR", "GOL"]]
    if words:
        head.append(["", "", "", *words, ""])
    people = read([*head, *rows([[nip, *map(float, born(nip))] for nip in NIPS])])
    assert [row.values["birth_date"] for row in people.rows] == [
        date(year, month, day) for day, month, year in map(born, NIPS)
    ]
    assert {row.kind for row in people.table.ignored} == {RowKind.HEADER}
    assert not any("opd" in row.values for row in people.rows)


def test_months_in_words_and_a_missing_piece() -> None:
    cells: list[list[Cell]] = [[NIPS[0], 12.0, "Maret", 1985.0], [NIPS[1], "", 1.0, 1979.0], [NIPS[2], "", "", ""]]
    people = read([["NO", "NAMA", "NIP", "TGL LAHIR", "", "", "GOL"], *rows(cells)])
    assert people.rows[0].values["birth_date"] == date(1985, 3, 12)
    assert [issue.field for issue in people.rows[1].issues] == ["birth_date"], "no date is made up"
    assert "birth_date" not in people.rows[1].values
    assert not people.rows[2].issues


def test_the_month_first_is_nobodys_guess() -> None:
    head: list[list[Cell]] = [["NO", "NAMA", "NIP", "TMT GOLONGAN", "TMT GOLONGAN", "TMT GOLONGAN", "GOL"]]
    head.append(["", "", "", "BLN", "TGL", "THN", ""])
    people = read([*head, *rows([[nip, 4.0, 1.0, 2020.0] for nip in NIPS])])
    assert not any("rank_tmt" in row.values for row in people.rows)


def test_numbers_beside_a_whole_nip_are_left_alone() -> None:
    people = read([["NO", "NAMA", "NIP", "", "GOL"], *rows([[nip, "2"] for nip in NIPS])])
    assert [row.values["nip"] for row in people.rows] == list(NIPS)
    assert "cells_joined" not in {issue.code for issue in people.issues}
