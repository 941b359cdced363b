"""Misspelt ratings: read where nothing else can be meant, otherwise refused."""

from __future__ import annotations

import pytest

from asn_desktop.appraisal.rating_words import rating_meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("diatas ekspetasi", "DI_ATAS"),
        ("Di Atas Espektasi", "DI_ATAS"),
        ("Melampaui Ekspektasi", "DI_ATAS"),
        ("Sesuai Ekspetasi", "SESUAI"),
        ("sesuai  ekpetasi.", "SESUAI"),
        ("SESUAI EKSPEKTSI", "SESUAI"),
        ("Dibawah Ekspetasi", "DI_BAWAH"),
        ("di bawah harapan", "DI_BAWAH"),
    ],
)
def test_a_slip_in_the_second_word_is_read(text: str, meant: str) -> None:
    assert rating_meant(text) == meant


@pytest.mark.parametrize(
    "text",
    ["Tidak Sesuai Ekspektasi", "Kurang sesuai ekspektasi", "Di atas / sesuai", "AE", "Baik", "Sesuai Ekspektasi (SE)",
     "Sesuai jadwal", "Ekspektasi", "", "Sesuai Ekspektasi 2"],
)  # fmt: skip
def test_what_may_mean_something_else_is_not(text: str) -> None:
    assert rating_meant(text) is None
