"""Fixed words of the forms (PermenPANRB 6/2022, Lampiran) and Indonesian dates.

Texts of the regulation are quoted, so they are not marked for translation: a form in another language would
not be the form. Each list of choices pairs the code with the words of the form, in the order of the form.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from asn_desktop.appraisal import predicate
from asn_desktop.appraisal.sheet import EvaluationSheet, Feedback
from asn_desktop.core.indonesian import MONTHS, format_date
from asn_desktop.reports.fonts import Face
from asn_desktop.reports.text import GREY, Paragraph, Run, plain

Choices = tuple[tuple[str, tuple[Run, ...]], ...]

#: Symbols of praise and worry stand larger than the words, as in the filled examples.
_SYMBOL_SCALE = 1.7


def _choices(words: Mapping[str, str]) -> Choices:
    return tuple((code, (Run(text.upper()),)) for code, text in words.items())


ORGANISATION_RESULTS = _choices(predicate.ORGANISATION_RESULTS)
RATINGS = _choices(predicate.FORM_RATINGS)
_MISCONDUCT = (Run("KURANG "), Run("(MISCONDUCT)", Face.ITALIC))
PREDICATES: Choices = tuple(
    (code, _MISCONDUCT if code == "KURANG" else runs) for code, runs in _choices(predicate.PREDICATES)
)

PERIOD_CHOICES = "TRIWULAN I/II/III/IV-AKHIR"

NOTE_ONE = "pilih salah satu"
NOTE_PATTERN = (
    "rating hasil dan rating perilaku kerja Pegawai ditetapkan dengan mempertimbangkan pola distribusi "
    "predikat Kinerja Pegawai berdasarkan capaian kinerja organisasi serta kontribusi Pegawai terhadap "
    "Kinerja Organisasi"
)
NOTE_PERIOD = "periode disesuaikan dengan periode evaluasi kinerja Pegawai yang berlaku pada Instansi Pemerintah"


def chosen(choices: Choices, code: str | None, mark: str = "") -> Paragraph:
    """The choice line: only the chosen words in bold, or all of them in grey while nothing is chosen.

    ``mark`` is the asterisk of a footnote. An unknown code raises ``KeyError``.
    """
    if code is not None:
        runs = dict(choices)[code]
        bold = {Face.REGULAR: Face.BOLD, Face.ITALIC: Face.BOLD_ITALIC}
        return (*(Run(run.text, bold[run.face]) for run in runs), Run(mark, Face.BOLD))
    line: list[Run] = []
    for _, runs in choices:
        if line:
            line.append(Run("/ ", Face.REGULAR, GREY))
        line += [Run(run.text, run.face, GREY) for run in runs]
    return (*line, Run(mark, Face.REGULAR, GREY))


def choice_words(choices: Choices, code: str) -> str:
    """The words of one choice as plain text."""
    return "".join(run.text for run in dict(choices)[code])


def feedback_paragraphs(remarks: Sequence[Feedback]) -> tuple[Paragraph, ...]:
    """One line per giver, "Rekan kerja setingkat (nama): …", a symbol on a line of its own."""
    paragraphs: list[Paragraph] = []
    for remark in remarks:
        paragraphs += plain(f"{remark.giver_label}: {remark.text or ''}".rstrip())
        if remark.symbol:
            paragraphs.append((Run(remark.symbol, scale=_SYMBOL_SCALE),))
    return tuple(paragraphs)


def day(when: date) -> str:
    """30 September 2026"""
    return format_date(when)


def place_and_day(place: str | None, when: date | None) -> str:
    """Place and date above a signature, dotted where it is to be written by hand."""
    return f"{place or '…………………………'}, {day(when) if when else '………………………………'}"


def appraisal_span(sheet: EvaluationSheet) -> str:
    """2 JANUARI SD 31 DESEMBER TAHUN 2026, dotted as in the regulation while the dates are not known."""
    if sheet.skp_starts is None or sheet.skp_ends is None:
        return "….. JANUARI SD … DESEMBER TAHUN …."
    starts, ends = sheet.skp_starts, sheet.skp_ends
    first = f"{starts.day} {MONTHS[starts.month - 1]}"
    if starts.year != ends.year:
        first += f" {starts.year}"
    return f"{first} SD {ends.day} {MONTHS[ends.month - 1]} TAHUN {ends.year}".upper()
