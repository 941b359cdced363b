"""Two districts and their province exchange real files through the command line, each call a process of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from asn_desktop.devtools.sample_workbooks import write_all
from tests.e2e.test_command_line import FATES, PERIOD, CommandLine

BOOKS = {"11.12": ("ekspor_pns.xlsx", "rekap_tw2.xlsx")}


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> dict[str, CommandLine]:
    folder = tmp_path_factory.mktemp("negeri")
    found = {code: CommandLine(folder / code) for code in ("11", "11.12", "11.13")}
    for code, office in found.items():
        role = "province" if code == "11" else "district"
        office.ok("init", "--office", code, "--name", f"BKPSDM {code}", "--role", role)
    write_all(folder / "buku")
    for number, workbook in enumerate(BOOKS["11.12"]):
        period = ("--period", PERIOD) if number else ()
        found["11.12"].ok("import", folder / "buku" / workbook, *period)
    return found


def test_a_quarter_travels_to_the_province_and_back(offices: dict[str, CommandLine], tmp_path: Path) -> None:
    district, province = offices["11.12"], offices["11"]
    sent = district.ok("send", tmp_path / "ke-provinsi.xlsx")
    looked = province.ok("receive", tmp_path / "ke-provinsi.xlsx", "--dry-run")
    assert not looked["applied"]
    got = province.ok("receive", tmp_path / "ke-provinsi.xlsx")
    assert got["first_contact"]
    assert got["rows_read"] == sent["rows"] + sent["removed"] == sum(got[fate] for fate in FATES)
    assert got["rejected"] == got["conflict"] == got["ignored"] == 0
    ours = {row["nip"]: row["predicate"] for row in district.ok("list", "evaluations")["evaluations"]}
    theirs = {row["nip"]: row["predicate"] for row in province.ok("list", "evaluations")["evaluations"]}
    assert len(ours) > 100
    assert theirs == ours
    again = province.ok("receive", tmp_path / "ke-provinsi.xlsx")
    assert again["already_received"]
    assert again["same"] == again["rows_read"]
    province.ok("send", tmp_path / "balasan.xlsx", "--to", "11.12")
    back = district.ok("receive", tmp_path / "balasan.xlsx")
    assert back["new"] == back["changed"] == back["conflict"] == back["rejected"] == 0
    assert district.ok("send", tmp_path / "kosong.xlsx")["rows"] == 0


def test_the_wrong_office_refuses_and_writes_nothing(offices: dict[str, CommandLine], tmp_path: Path) -> None:
    offices["11.12"].ok("send", tmp_path / "paket.xlsx", "--to", "11")
    code, answer, _problem = offices["11.13"].run("receive", tmp_path / "paket.xlsx")
    assert (code, answer["error"]["code"]) == (3, "ASN-1241")
    code, answer, _problem = offices["11.12"].run("receive", tmp_path / "paket.xlsx")
    assert (code, answer["error"]["code"]) == (3, "ASN-1242")


def test_conflicts_are_listed_and_wrong_decisions_refused(offices: dict[str, CommandLine]) -> None:
    assert offices["11.12"].ok("conflicts")["conflicts"] == []
    assert offices["11.12"].run("conflicts", "--decide", "1=mungkin")[0] == 2
    assert offices["11.12"].run("conflicts", "--decide", "99=local")[0] == 3
