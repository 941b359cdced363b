"""What a stranger would try first is refused with its reason; what people can remember is not."""

from __future__ import annotations

import pytest

from asn_desktop.accounts.passphrase import weakness


@pytest.mark.parametrize(
    ("passphrase", "reason"),
    [
        ("pendek", "terlalu pendek"),
        (" " * 12, "terlalu pendek"),
        ("abc     ", "terlalu pendek"),
        ("aaaaaaaa", "berulang"),
        ("a a a a a a", "berulang"),
        ("abcabcabcab", "berulang"),
        ("12341234", "berulang"),
        ("12345678", "hanya angka"),
        ("19850312", "hanya angka"),
        ("1985 0312 2011 01 1 001", "hanya angka"),
        ("abcdefgh", "urutan"),
        ("Lkjhgfdsa", "urutan"),
        ("qwertyuiop", "urutan"),
        ("password1", "banyak orang"),
        ("Bismillah 123", "banyak orang"),
        ("!!rahasia", "banyak orang"),
    ],
)
def test_yang_mudah_ditebak_ditolak_dengan_sebabnya(passphrase: str, reason: str) -> None:
    assert reason in weakness(passphrase)


@pytest.mark.parametrize("passphrase", ["kata sandi uji", "meja kopi jendela", "pintu12x", "rahasia dapur ibu", "Kantor-Lama-7"])  # fmt: skip
def test_kata_kata_biasa_diterima(passphrase: str) -> None:
    assert not weakness(passphrase)
