"""Golongan in all their spellings."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asn_desktop.core.ranks import RankError, parse_rank, pns_ranks, pppk_ranks, rank_from_title
from asn_desktop.environment.resources import reference_table


@pytest.mark.parametrize(
    "typed",
    [
        "III/a", "III/A", "iii/a", "IIIa", "III.a", "III - a", "III / a", "III,a", "Penata Muda (III/a)", "Penata Muda, III/a",
        "Penata Muda - III/a", "3A", "3/a", "31", "Gol. III/a", "Golongan III/a", "Gol. Ruang III/a", " III/a ", "Penata Muda",
        "PENATA MUDA",
    ],
)  # fmt: skip
def test_a_pns_golongan_in_every_spelling(typed: str) -> None:
    rank = parse_rank(typed)
    assert (rank.code, rank.is_pppk, rank.printable) == ("III/a", False, "Penata Muda (III/a)")


@pytest.mark.parametrize("typed", ["IX", "ix", "Golongan IX", "GOL. IX", "9", "09", "9.0", "Ahli Pertama / IX"])
def test_a_pppk_golongan_in_every_spelling(typed: str) -> None:
    assert parse_rank(typed, "PPPK") == parse_rank(typed)
    assert parse_rank(typed).code == "IX"
    assert parse_rank(typed).printable == "IX"


def test_iv_alone_is_pppk_and_with_a_letter_pns() -> None:
    assert parse_rank("IV").is_pppk
    assert not parse_rank("IV/a").is_pppk


def test_the_words_tingkat_i_are_no_golongan() -> None:
    assert parse_rank("Penata Muda Tingkat I").code == "III/b"
    assert parse_rank("PEMBINA TK. I").code == "IV/b"
    assert parse_rank("Pengatur Muda Tk I (II/b)").code == "II/b"
    assert rank_from_title("Guru") is None


def test_a_code_in_both_lists_needs_the_employment_kind() -> None:
    assert parse_rank("11", "PNS").code == "I/a"
    assert parse_rank("11", "PPPK").code == "XI"
    with pytest.raises(RankError, match="dapat berarti") as caught:
        parse_rank("11")
    assert caught.value.code == "rank_ambiguous"


@pytest.mark.parametrize(
    ("typed", "kind", "code"),
    [
        ("IV/a", "PPPK", "rank_kind_mismatch"),
        ("IX", "PNS", "rank_kind_mismatch"),
        ("III/e", None, "rank_unknown"),
        ("V/a", None, "rank_unknown"),
        ("XVIII", None, "rank_unknown"),
        ("46", None, "rank_unknown"),
        ("Guru", None, "rank_unknown"),
        ("III/a - III/b", None, "rank_ambiguous"),
    ],
)
def test_what_is_no_golongan_is_refused(typed: str, kind: str | None, code: str) -> None:
    with pytest.raises(RankError) as caught:
        parse_rank(typed, kind)
    assert caught.value.code == code


def test_the_constants_equal_the_shipped_reference_tables() -> None:
    pns = [(row["golongan_ruang"], row["pangkat"], row["kode_nasional"]) for row in reference_table("golongan_pns")]
    assert [(rank.code, rank.title, rank.national_code) for rank in pns_ranks()] == pns
    pppk = [(row["golongan"], row["kode_nasional"]) for row in reference_table("golongan_ppk")]
    assert [(rank.code, rank.national_code) for rank in pppk_ranks()] == pppk
    assert [rank.order for rank in pns_ranks()] == list(range(1, 18))


@given(st.sampled_from([*pns_ranks(), *pppk_ranks()]))
def test_printing_and_parsing_are_inverse(rank: object) -> None:
    assert parse_rank(rank.printable) == rank  # type: ignore[attr-defined]
    assert parse_rank(rank.code.lower()) == rank  # type: ignore[attr-defined]


@given(st.text(max_size=20))
def test_no_text_makes_parsing_fall_over(text: str) -> None:
    with suppress(RankError):
        assert parse_rank(text).order >= 1
