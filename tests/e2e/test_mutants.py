"""``asn-dev mutants`` in short: every line still fits the code, one mutant is noticed, and a harmless one is not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from asn_desktop.devtools.mutants import Mutant, copy_checkout, read, run

ROOT = Path(__file__).resolve().parents[2]
MUTANTS = read(ROOT / "tests" / "mutants.toml")


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_mutant_breaks_what_is_there_today(mutant: Mutant) -> None:
    assert (ROOT / mutant.file).read_text(encoding="utf-8").count(mutant.was) == 1
    assert all((ROOT / name.split("::")[0]).is_file() for name in mutant.tests)


@pytest.mark.campaign
@pytest.mark.posix_only
def test_one_is_noticed_and_a_harmless_one_is_not(tmp_path: Path) -> None:
    copy = copy_checkout(ROOT, tmp_path / "asn")
    mutant = next(one for one in MUTANTS if one.name == "target-realisation")
    assert run(mutant, copy)
    assert not run(replace(mutant, becomes=mutant.was.replace("True", "bool(1)")), copy)
    assert (copy / mutant.file).read_text(encoding="utf-8").count(mutant.was) == 1, "the copy is sound again"
