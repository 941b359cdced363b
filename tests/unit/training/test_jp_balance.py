"""PNS have a minimum, PPPK a maximum: two different checks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asn_desktop.training.rules import BalanceState, JpBalance, over_after


@pytest.mark.parametrize(
    "kind, earned, limit, state, missing",
    [
        ("PNS", 0, 20, BalanceState.SHORT, 20),
        ("PNS", 19, 20, BalanceState.SHORT, 1),
        ("PNS", 20, 20, BalanceState.MET, 0),
        ("CPNS", 60, 20, BalanceState.MET, 0),
        ("PPPK", 0, 24, BalanceState.ROOM, 0),
        ("PPPK", 24, 24, BalanceState.ROOM, 0),
        ("PPPK", 25, 24, BalanceState.OVER, 0),
        ("PPPK_PARUH_WAKTU", 30, 24, BalanceState.OVER, 0),
    ],
)
def test_keadaan_saldo(kind: str, earned: int, limit: int, state: BalanceState, missing: int) -> None:
    balance = JpBalance(kind, earned, 0, limit)
    assert (balance.state, balance.missing) == (state, missing)


def test_kalimat_saldo_menyebut_batas_dan_selisih() -> None:
    assert JpBalance("PNS", 12, 4, 20).sentence == "12 dari minimal 20 JP, kurang 8 · 4 JP direncanakan"
    assert JpBalance("PPPK", 30, 0, 24).sentence == "30 dari maksimal 24 JP, lebih 6"


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_hanya_pppk_yang_dapat_melebihi_batas(earned: int, planned: int, jp: int) -> None:
    assert over_after(JpBalance("PNS", earned, planned, 20), jp) == 0
    over = over_after(JpBalance("PPPK", earned, planned, 24), jp)
    assert over == max(0, earned + planned + jp - 24)
