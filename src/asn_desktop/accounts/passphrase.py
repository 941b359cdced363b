"""Which passphrases are refused: those that a stranger would try first.

A list of our own instead of a library: zxcvbn knows English words and none of ours, weighs 1.5 MB and answers in
English; what matters here is to say no to the handful of habits that offices have.
"""

from __future__ import annotations

import re

from asn_desktop.core.errors import InputError
from asn_desktop.core.i18n import _

MINIMUM_LENGTH = 8
_FEW_SIGNS = 4
_LONGEST_UNIT = 4
_LONG_NUMBER = 20
"""Digits only are dates of birth, telephone numbers and NIPs; beyond this length they are none of these."""
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx3edc4rfv5tgb")
_COMMON = frozenset(
    (
        "password", "passw0rd", "p@ssw0rd", "qwerty", "admin", "administrator", "operator", "welcome", "letmein",
        "iloveyou", "rahasia", "rahasiaku", "sandiku", "indonesia", "merdeka", "bismillah", "alhamdulillah",
        "assalamualaikum", "sayangku", "cintaku", "pegawai", "kepegawaian", "bkpsdm", "komputer",
    )
)  # fmt: skip


def weakness(passphrase: str) -> str:
    """Why a passphrase cannot be used, as a sentence; empty when it can."""
    plain = passphrase.strip().casefold()
    if len(plain) < MINIMUM_LENGTH:
        return _("Kata sandi terlalu pendek: paling sedikit {n} huruf, spasi di ujung tidak dihitung.").format(
            n=MINIMUM_LENGTH
        )
    letters = re.sub(r"\s+", "", plain)
    if len(set(letters)) < _FEW_SIGNS or _repeats(letters):
        return _("Kata sandi ini mudah ditebak: huruf yang sama berulang-ulang.")
    if letters.isdigit() and len(letters) < _LONG_NUMBER:
        return _("Kata sandi ini mudah ditebak: hanya angka.")
    if any(letters in row or letters in row[::-1] for row in _ROWS):
        return _("Kata sandi ini mudah ditebak: urutan huruf di papan ketik.")
    if re.sub(r"[\W\d_]+$", "", letters) in _COMMON or re.sub(r"^[\W\d_]+", "", letters) in _COMMON:
        return _("Kata sandi ini mudah ditebak: kata yang dipakai banyak orang.")
    return ""


def check_passphrase(passphrase: str) -> None:
    """Raises :class:`InputError` (ASN-1103) with the reason."""
    reason = weakness(passphrase)
    if reason:
        raise InputError(reason, _("Pakai beberapa kata yang mudah Anda ingat."), code="ASN-1103")


def _repeats(text: str) -> bool:
    """``abcabcabc``: a short unit again and again, the last one perhaps cut."""
    return any(
        (text[:size] * (len(text) // size + 1))[: len(text)] == text
        for size in range(1, _LONGEST_UNIT + 1)
        if len(text) >= 2 * size
    )
