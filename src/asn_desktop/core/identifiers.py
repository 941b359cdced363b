"""Numbers that name a person: NIP, NI PPPK, the old NIP, NIK, NRP, NPWP. Text always, never a number.

A NIP has no check digit: a wrong digit in the sequence cannot be seen. What can be seen is refused with the
reason; what merely looks odd (birth date, sex, TMT CPNS differ from the number) is a warning, because a court
may correct a birth date without a new number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from asn_desktop.core.clock import today
from asn_desktop.core.i18n import _
from asn_desktop.core.indonesian import format_short_date
from asn_desktop.core.issues import Issue, Severity

# Space of every kind, dots, dashes, apostrophes, slashes, soft hyphens, zero-width marks: decoration.
_DECORATION = re.compile(r"[\s.\-\u2010-\u2015\u2212_'\u2018\u2019\u201b`\u00b4\"/\\:\u200b-\u200f\u2060\ufeff\u00ad]+")
_PREFIX = re.compile(r"^\s*(?:NI\s*PPPK|NIPPPK|NIP\s*/\s*NI\s*PPPK|NIP\s*BARU|NIP|NRP|NIK|NPWP)(?![A-Z])", re.I)
_LOOKALIKES = str.maketrans("OoQlI|", "000111")
# 1,98503E+17 is what Excel shows of a NIP that it holds as a number; pandas writes 198503122010011008.0.
_SCIENTIFIC = re.compile(r"^\s*'?\d(?:[.,]\d*)?\s*E\s*\+?\s*1[0-9]\s*$", re.I)
_LAST_YEAR = 2099
_FLOAT_TEXT = re.compile(r"^\s*'?\d{16,18}[.,]0+\s*$")


class NumberKind(StrEnum):
    PNS = "PNS"
    PPPK = "PPPK"


class IdentifierError(ValueError):
    """A number is not what it should be. ``code`` is stable; ``reason`` is Indonesian, for people."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Nip:
    """A valid NIP (PNS) or NI PPPK. ``appointed_month`` is None for PPPK (their number has only a year)."""

    digits: str
    kind: NumberKind
    birth_date: date
    appointed_year: int
    appointed_month: int | None
    sex: str
    sequence: int

    @property
    def appointed(self) -> tuple[int, int | None]:
        return self.appointed_year, self.appointed_month

    @property
    def formatted(self) -> str:
        """``19850312 201001 1 004``: how letters and forms print it (8-6-1-3)."""
        return format_nip(self.digits)

    def __str__(self) -> str:
        return self.digits


def format_nip(digits: str) -> str:
    """The printed form of 18 digits; anything else comes back unchanged."""
    if len(digits) != 18:
        return digits
    return f"{digits[:8]} {digits[8:14]} {digits[14]} {digits[15:]}"


def bare_digits(text: str) -> str:
    """The digits of a number typed by hand: decoration, prefixes and look-alike letters removed.

    Whatever else remains is kept, so that the caller can say what it did not understand.
    """
    bare = _DECORATION.sub("", _PREFIX.sub("", text))
    return bare if bare.isascii() and bare.isdigit() else bare.translate(_LOOKALIKES)


def digits_kept(number: float) -> str:
    """The digits that are certain in a long number: Excel keeps 15, what stands after them is invented."""
    mantissa, _e, exponent = f"{number:.14e}".partition("e")
    return mantissa.replace(".", "")[: int(exponent) + 1]


def looks_like_nip(text: str) -> bool:
    """18 digits once decoration is gone; says nothing about validity."""
    if len(text) == 18 and text.isascii() and text.isdigit():
        return True
    bare = bare_digits(text)
    return len(bare) == 18 and bare.isdigit()


def parse_nip(text: str, *, on: date | None = None) -> Nip:
    """The NIP or NI PPPK in ``text``, in whatever way it was typed.

    ``on`` is the day to judge by (default today). Raises :class:`IdentifierError` with one of the codes
    nip_empty, nip_numeric, nip_characters, nip_old, nip_is_nik, nip_is_nrp, nip_length, nip_birth_date,
    nip_year, nip_year_ahead, nip_month, nip_sex, nip_sequence, nip_age.
    """
    return _parse_digits(_nip_digits(text), (on or today()).year)


def _nip_digits(text: str) -> str:
    if len(text) == 18 and text.isascii() and text.isdigit():
        return text
    if _SCIENTIFIC.match(text) or _FLOAT_TEXT.match(text):
        raise IdentifierError("nip_numeric", numeric_nip_reason())
    digits = bare_digits(text)
    if len(digits) != 18 or not digits.isascii() or not digits.isdigit():
        raise _wrong_number(digits)
    return digits


@lru_cache(maxsize=4096)
def _parse_digits(digits: str, this_year: int) -> Nip:
    if digits.endswith("000"):
        raise IdentifierError("nip_numeric", numeric_nip_reason())
    birth = _birth_date(digits)
    year = int(digits[8:12])
    is_pppk = digits[12:14] == "21"
    month = None if is_pppk else int(digits[12:14])
    if this_year < year <= _LAST_YEAR:
        text = _(
            "Tahun pengangkatan pada angka 9–12 ({year}) sesudah tahun menurut jam komputer ini ({now}). "
            "Periksa angkanya; bila benar, jam komputer yang salah."
        )
        raise IdentifierError("nip_year_ahead", text.format(year=year, now=this_year))
    if is_pppk and not 2019 <= year <= this_year:
        raise IdentifierError(
            "nip_year",
            _("Tahun pengangkatan PPPK pada angka 9–12 ({year}) harus antara 2019 dan {now}.").format(
                year=digits[8:12], now=this_year
            ),
        )
    if not 1960 <= year <= this_year:
        raise IdentifierError(
            "nip_year",
            _("Tahun pengangkatan pada angka 9–12 ({year}) harus antara 1960 dan {now}.").format(
                year=digits[8:12], now=this_year
            ),
        )
    if month is not None and not 1 <= month <= 12:
        raise IdentifierError(
            "nip_month",
            _("Bulan pengangkatan pada angka 13–14 ({month}) harus 01–12, atau 21 untuk PPPK.").format(
                month=digits[12:14]
            ),
        )
    if digits[14] not in "12":
        raise IdentifierError(
            "nip_sex",
            _("Angka ke-15 ({digit}) harus 1 (laki-laki) atau 2 (perempuan).").format(digit=digits[14]),
        )
    _check_age(birth, year, month)
    return Nip(
        digits=digits,
        kind=NumberKind.PPPK if is_pppk else NumberKind.PNS,
        birth_date=birth,
        appointed_year=year,
        appointed_month=month,
        sex="L" if digits[14] == "1" else "P",
        sequence=int(digits[15:]),
    )


def cross_check(
    nip: Nip, *, sex: str | None = None, birth_date: date | None = None, cpns_tmt: date | None = None
) -> list[Issue]:
    """Warnings where other fields disagree with the number; not errors: it is not always re-issued."""
    issues = []
    if sex and sex != nip.sex:
        words = {"L": _("laki-laki"), "P": _("perempuan")}
        text = _("Menurut angka ke-15 NIP jenis kelamin {nip}, tetapi tertulis {field}.")
        issues.append(_warning("nip_sex_differs", "sex", text.format(nip=words[nip.sex], field=words.get(sex, sex))))
    if birth_date and birth_date != nip.birth_date:
        text = _("Tanggal lahir pada NIP {nip}, tetapi tertulis {field}.")
        issues.append(
            _warning(
                "nip_birth_date_differs",
                "birth_date",
                text.format(nip=format_short_date(nip.birth_date), field=format_short_date(birth_date)),
            )
        )
    if cpns_tmt and not appointed_then(nip, cpns_tmt):
        appointed = f"{nip.appointed_month:02}/{nip.appointed_year}" if nip.appointed_month else nip.appointed_year
        text = _("Pengangkatan pada NIP {nip}, tetapi TMT CPNS {field}.")
        issues.append(
            _warning("nip_cpns_tmt_differs", "cpns_tmt", text.format(nip=appointed, field=format_short_date(cpns_tmt)))
        )
    return issues


def appointed_then(nip: Nip, tmt: date) -> bool:
    """Whether a TMT CPNS agrees with the number. For PPPK that column holds a contract's start: nothing to compare."""
    return nip.appointed_month is None or (tmt.year, tmt.month) == (nip.appointed_year, nip.appointed_month)


def parse_nik(text: str) -> str:
    """16 digits of a NIK. Codes: nik_numeric, nik_characters, nik_length."""
    return _plain_number(text, "nik", "NIK", (16,))


def parse_npwp(text: str) -> str:
    """15 digits (old), 16 (the NIK or new number) or 22 with the branch. Codes as for the NIK."""
    return _plain_number(text, "npwp", "NPWP", (15, 16, 22))


def parse_old_nip(text: str) -> str:
    """9 digits of a NIP from before 2009."""
    return _plain_number(text, "old_nip", "NIP lama", (9,))


def parse_nrp(text: str) -> str:
    """8 digits of a police or military NRP."""
    return _plain_number(text, "nrp", "NRP", (8,))


def _plain_number(text: str, code: str, label: str, lengths: tuple[int, ...]) -> str:
    if len(text) in lengths and text.isascii() and text.isdigit():
        return text
    if _SCIENTIFIC.match(text) or _FLOAT_TEXT.match(text):
        reason = _("{label} tersimpan sebagai angka; bagian akhirnya sudah hilang.").format(label=label)
        raise IdentifierError(f"{code}_numeric", reason)
    digits = bare_digits(text)
    if not digits.isascii() or not digits.isdigit():
        raise IdentifierError(f"{code}_characters", _("{label} hanya boleh berisi angka.").format(label=label))
    if len(digits) not in lengths:
        allowed = _(" atau ").join(str(length) for length in lengths)
        raise IdentifierError(
            f"{code}_length",
            _("{label} harus {allowed} angka, di sini {n}.").format(label=label, allowed=allowed, n=len(digits)),
        )
    return digits


def numeric_nip_reason() -> str:
    """Why a NIP kept as a number is refused."""
    return _(
        "NIP tersimpan sebagai angka. Excel hanya menyimpan 15 angka, tiga angka terakhir sudah hilang "
        "dan tidak dapat dipulihkan dari berkas ini."
    )


def _wrong_number(digits: str) -> IdentifierError:
    """Say which other number this is, when it can be recognised."""
    count = len(digits)
    if not digits:
        return IdentifierError("nip_empty", _("NIP kosong."))
    if not digits.isascii() or not digits.isdigit():
        return IdentifierError("nip_characters", _("NIP hanya boleh berisi angka; di sini ada tanda lain."))
    known = {
        9: ("nip_old", _("Ini NIP lama (9 angka). Isi NIP baru 18 angka.")),
        16: ("nip_is_nik", _("Ini tampaknya NIK (16 angka), bukan NIP. Isi NIP 18 angka.")),
        8: ("nip_is_nrp", _("Ini tampaknya NRP TNI/Polri (8 angka), bukan NIP.")),
    }
    if count in known:
        return IdentifierError(*known[count])
    text = _("NIP harus 18 angka, di sini {n}. Ada angka yang kurang atau lebih.")
    return IdentifierError("nip_length", text.format(n=count))


def _birth_date(digits: str) -> date:
    try:
        birth = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        text = _("Tanggal lahir pada delapan angka pertama ({digits}) tidak ada di kalender.")
        raise IdentifierError("nip_birth_date", text.format(digits=digits[:8])) from None
    if birth.year < 1900:
        text = _("Tahun lahir pada empat angka pertama ({year}) tidak mungkin.")
        raise IdentifierError("nip_birth_date", text.format(year=digits[:4]))
    return birth


def _check_age(birth: date, year: int, month: int | None) -> None:
    """Appointed at 17–56 as PNS; as PPPK until a year before the highest retirement age (70)."""
    if month is None:
        youngest = oldest = year - birth.year
        limit = 69
    else:
        youngest = year - birth.year - (1 if month < birth.month else 0)
        oldest = year - birth.year - (1 if (month, 1) < (birth.month, birth.day) else 0)
        limit = 56
    if youngest < 17 or oldest > limit:
        text = _("Menurut NIP ini pegawai diangkat pada umur {age} tahun; yang mungkin 17–{limit} tahun.")
        raise IdentifierError("nip_age", text.format(age=oldest, limit=limit))


def _warning(code: str, field: str, message: str) -> Issue:
    return Issue(code=code, message=message, severity=Severity.WARNING, field=field)
