"""What may be chosen for an employee: stored value and word, in the order in which it is offered."""

from __future__ import annotations

from asn_desktop.core.columns import words
from asn_desktop.core.i18n import N_


def _same(text: str) -> tuple[tuple[str, str], ...]:
    """Choices that are stored the way they are shown."""
    return tuple((word, word) for word in words(text))


SEXES = (("L", N_("Laki-laki")), ("P", N_("Perempuan")))
RELIGIONS = _same("Islam|Kristen|Katolik|Hindu|Buddha|Khonghucu|Kepercayaan terhadap Tuhan YME")
MARITAL_STATUSES = _same("Belum Kawin|Kawin|Cerai Hidup|Cerai Mati")
POSITION_KINDS = (
    ("MANAJERIAL", N_("Manajerial")),
    ("FUNGSIONAL", N_("Jabatan Fungsional")),
    ("PELAKSANA", N_("Pelaksana")),
)
ECHELONS = _same("I.a|I.b|II.a|II.b|III.a|III.b|IV.a|IV.b|V.a")
EDUCATION_LEVELS = _same("SD|SLTP|SLTA|D-I|D-II|D-III|D-IV|S-1|Profesi|S-2|S-3")
LEGAL_STATUSES = _same(
    "Aktif|CLTN|Tugas Belajar|Pemberhentian Sementara|Penerima Uang Tunggu|Masa Persiapan Pensiun|Pensiun|"
    "Mencapai BUP|Diberhentikan"
)
