"""Whatever is done to a worksheet in Excel: every row has one fate, and nobody gets what was not typed beside them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from asn_desktop.core.errors import AppError
from asn_desktop.core.periods import parse_period
from asn_desktop.exchange.plan import Fate
from asn_desktop.exchange.worksheet.orders import Order
from asn_desktop.services import Services
from tests.integration.exchange.books import ANI, ATAS, BAWAH, BUDI, CITRA, SESUAI, book
from tests.integration.exchange.clerk import HEAD, Clerk

TW3 = "2026-TW3"
JUNK = ("", None, "[KOSONG]", 0, 1e300, -1, True, "=1+1", "#REF!", "x" * 3000, "198503122010012004", "Ani Contoh",
        ATAS, SESUAI, BAWAH, "ASN-LEMBAR/1;id=1", "ASN-LEMBAR/9999999999999999999;a=b", "1a2b3c4d.00000000.{}",
        "\u200b", "JUMLAH", "NIP", 46000.5)  # fmt: skip
RATING_OF = {"Ani Contoh": ATAS, "Budi Contoh": SESUAI, "Citra Contoh": BAWAH}
RESULT = 6
"""The column RATING HASIL KERJA."""


def beside(clerk: Clerk, name: str, nip: str) -> set[str]:
    """The ratings that stand in rows which name this person and nobody else."""
    found = set()
    named = [column for column in (2, 3) if clerk.sheet.cell(HEAD, column).value in ("NAMA", "NIP")]
    others = [person for person in (ANI, BUDI, CITRA) if person["NIP"] != nip]
    for row in range(HEAD + 1, clerk.sheet.max_row + 1):
        seen = {str(clerk.sheet.cell(row, column).value) for column in named}
        if seen & {name, nip} and not any(seen & {other["NAMA"], other["NIP"]} for other in others):
            found.add(str(clerk.sheet.cell(row, RESULT).value))
    return found


@pytest.mark.parametrize("seed", range(12))
def test_vandals(office: Services, tmp_path: Path, seed: int) -> None:
    """Every cell may be filled with junk, swapped or copied; only ratings stay, because they are what was typed."""
    same_opd = [{**person, "OPD": "Dinas Kesehatan"} for person in (ANI, BUDI, CITRA)]
    office.exchange.apply(office.exchange.examine(book(tmp_path / "pegawai.xlsx", *same_opd)))
    office.appraisal.open_period(parse_period(TW3))
    unit = next(row.id for row in office.reference.units() if row.name == "Dinas Kesehatan")
    office.worksheets.write(tmp_path / "lembar.xlsx", Order("ratings", unit, TW3))
    clerk = Clerk(tmp_path / "lembar.xlsx")
    for name, rating in RATING_OF.items():
        clerk.rate(name, rating, rating)
    chance = random.Random(seed)
    assert clerk.column("RATING HASIL") == RESULT
    left_alone = {RESULT, RESULT + 1}
    touched = [column for column in range(1, clerk.sheet.max_column + 1) if column not in left_alone]
    for _round in range(chance.randint(1, 8)):
        action = chance.choice(("junk", "swap", "shift", "head", "copy"))
        row, other = chance.randint(HEAD + 1, HEAD + 3), chance.randint(HEAD + 1, HEAD + 5)
        column = chance.choice(touched)
        if action == "junk":
            clerk.sheet.cell(row, column).value = chance.choice(JUNK)
        elif action == "head":
            clerk.sheet.cell(chance.randint(1, HEAD), column).value = chance.choice(JUNK)
        elif action == "copy":
            clerk.sheet.cell(other, column).value = clerk.sheet.cell(row, column).value
        else:
            columns = chance.sample(touched, chance.randint(1, len(touched)))
            for place in columns:
                one, two = clerk.sheet.cell(row, place), clerk.sheet.cell(min(other, HEAD + 3), place)
                one.value, two.value = two.value, one.value
    path = clerk.save()
    try:
        plan = office.exchange.examine(path, period=TW3)
    except AppError:
        return  # refused as a whole, in words: nothing else may come out
    assert plan.counts["rows_read"] == sum(plan.counts[fate.value] for fate in Fate)
    if plan.writes:
        office.exchange.apply(plan)
    for row in office.appraisal.list_evaluations(TW3):
        if row.result is not None:
            assert row.result.label in beside(clerk, row.bare_name, row.nip), row.bare_name
