"""Which names of units may be one: a slip is asked about, two schools with two numbers are not."""

from __future__ import annotations

import pytest

from asn_desktop.reference.unit_names import alike, could_be, groups, same_unit


@pytest.mark.parametrize(
    ("one", "other", "same", "possible"),
    [
        ("Din. Kesehatan", "Dinas Kesehatan", True, True),
        ("Dinas Kesehatan Kab. Contoh", "DINAS KESEHATAN", True, True),
        ("Dinas Kesehatann", "Dinas Kesehatan", True, True),
        ("SDN 1 Susoh", "SD Negeri 1 Susoh", True, True),
        ("UPTD Puskesmas Susoh", "Puskesmas Susoh", True, True),
        ("Subbag TU", "Sub Bagian Tata Usaha", True, True),
        ("BKPSDM", "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia", False, True),
        ("Bidang Mutasi dan Promosi", "Bidang Mutasi", False, True),
        ("SD Negeri 1 Susoh", "SD Negeri 11 Susoh", False, False),
        ("Bidang Pembinaan SD", "Bidang Pembinaan SMP", False, False),
        ("Puskesmas Susoh", "Puskesmas Manggeng", False, False),
        ("Kelurahan Pasar Contoh", "Kelurahan Pantai Contoh", False, True),
        ("Kecamatan Contoh Barat", "Kecamatan Contoh Utara", False, True),
    ],
)
def test_which_names_may_be_one(one: str, other: str, same: bool, possible: bool) -> None:
    assert (same_unit(one, other), could_be(one, other)) == (same, possible)
    assert (same_unit(other, one), could_be(other, one)) == (same, possible)


def test_the_likeliest_comes_first() -> None:
    known = ["Dinas Pendidikan", "Dinas Kesehatan", "Badan Pendapatan"]
    assert alike("Dinkes", known)[0] == "Dinas Kesehatan"


def test_spellings_of_one_name_make_a_group() -> None:
    names = ["Dinas Uji Coba", "Dinas Ujicoba", "Din. Uji Coba", "Dinas Kesehatan", "SD Negeri 1", "SD Negeri 2"]
    assert groups(names) == [names[:3]]
