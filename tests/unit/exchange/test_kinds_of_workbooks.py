"""The five kinds of workbooks against the truth: what is valid comes in exactly, what is damaged is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from asn_desktop.appraisal.columns import RATING_COLUMNS
from asn_desktop.devtools.sample_workbooks import Truth, write_all
from asn_desktop.exchange.classify import RowKind
from asn_desktop.exchange.reader import stream_workbook
from asn_desktop.exchange.records import CleanRow
from asn_desktop.exchange.tables import Table, read_tables
from asn_desktop.personnel.columns import PERSONNEL

ON = date(2026, 10, 6)
SEEDS = (1, 2, 3)


def read(path: Path) -> tuple[list[CleanRow], list[Table]]:
    """All people of a workbook, and its sheets."""
    rows: list[CleanRow] = []
    tables: list[Table] = []
    for table in read_tables(stream_workbook(path), (PERSONNEL, RATING_COLUMNS), on=ON):
        rows.extend(table.rows())
        tables.append(table)
    return rows, tables


@pytest.fixture(scope="module", params=SEEDS)
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Truth]]:
    folder = tmp_path_factory.mktemp(f"workbooks{request.param}")
    return folder, write_all(folder, seed=request.param, count=90)


@pytest.mark.parametrize("name", ["nominatif.xlsx", "ekspor_pns.xlsx", "ekspor_pppk.xlsx", "per_opd.xlsx"])
def test_people_come_in_as_they_are_and_damaged_rows_are_refused(written: tuple[Path, list[Truth]], name: str) -> None:
    folder, truths = written
    expected = [truth for truth in truths if truth.workbook == name]
    rows, _tables = read(folder / name)
    accepted = {row.values["nip"]: row.values for row in rows if not row.refused}
    valid = {truth.nip: truth for truth in expected if truth.kind == "valid"}
    assert accepted.keys() == valid.keys()
    for nip, truth in valid.items():
        values = accepted[nip]
        assert (values["name"], values["rank"], values["opd"]) == (truth.name, truth.rank, truth.opd)
        assert values.get("unit", "") == truth.unit
    refused = [row for row in rows if row.refused]
    assert len(refused) == len(expected) - len(valid)
    assert all(issue.location.cell for row in refused for issue in row.issues)


def test_ratings_come_in_with_their_period_and_the_shown_predicate(written: tuple[Path, list[Truth]]) -> None:
    folder, truths = written
    rows, _tables = read(folder / "rekap_tw2.xlsx")
    by_nip = {row.values["nip"]: row for row in rows}
    expected = [truth for truth in truths if truth.workbook == "rekap_tw2.xlsx"]
    assert len(rows) == len(expected)
    for truth in expected:
        values = by_nip[truth.nip].values
        assert not by_nip[truth.nip].refused
        assert (values["result_rating"], values["behaviour_rating"]) == (truth.result, truth.behaviour)
        assert values["predicate"] == truth.predicate
        assert (values["year"], values["period"]) == (2026, "TW2")


def test_totals_sections_and_signatures_are_reported_and_never_people(written: tuple[Path, list[Truth]]) -> None:
    folder, _truths = written
    rows, (nominatif, rekap) = read(folder / "nominatif.xlsx")
    kinds = [ignored.kind for ignored in nominatif.ignored]
    assert kinds.count(RowKind.SECTION) == 5
    assert kinds.count(RowKind.TOTAL) == 5
    assert kinds.count(RowKind.FOOTER) == 4
    assert "196801011990031001" not in {row.values.get("nip") for row in rows}
    assert not [issue for issue in nominatif.issues if issue.code == "total_differs"]
    assert [issue.code for issue in rekap.issues] == ["sheet_without_people"]
