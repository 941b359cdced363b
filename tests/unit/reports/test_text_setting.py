"""Cutting text into lines: nothing lost, nothing too wide."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from asn_desktop.reports.fonts import Face, text_width
from asn_desktop.reports.text import Line, Run, plain, set_lines

LETTERS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp", "Zs", "Mn"]), min_size=1, max_size=40
)


def shown(lines: Sequence[Line]) -> str:
    return "".join("".join(span.text for span in line.spans) for line in lines)


@given(st.lists(LETTERS, max_size=30), st.floats(30, 400))
def test_no_letter_is_lost_and_no_line_is_too_wide(words: list[str], width: float) -> None:
    lines = set_lines(plain(" ".join(words)), 8.5, width)
    assert all(line.width <= width + 0.01 for line in lines)
    # A sign that no font has is shown as one mark, so the number of letters is the same.
    given_text = "".join(run.text for paragraph in plain(" ".join(words)) for run in paragraph)
    assert len(shown(lines).replace(" ", "")) == len(given_text.replace(" ", ""))


def test_lines_break_between_words() -> None:
    lines = set_lines(plain("satu dua tiga empat"), 10, text_width("tiga empat", Face.REGULAR, 10) + 1)
    assert [shown((line,)) for line in lines] == ["satu dua", "tiga empat"]


def test_a_list_item_hangs_under_its_first_word() -> None:
    first, second, *_ = set_lines(plain("- Menggunakan kekayaan negara secara bertanggung jawab"), 9, 120)
    assert first.spans[0].x == 0
    assert second.spans[0].x == text_width("- ", Face.REGULAR, 9)


def test_an_address_longer_than_the_column_is_cut_behind_a_sign() -> None:
    lines = set_lines(plain("https://contoh.go.id/arsip/kepegawaian/2026/triwulan-3/laporan.pdf"), 8, 100)
    assert len(lines) > 1
    assert shown(lines) == "https://contoh.go.id/arsip/kepegawaian/2026/triwulan-3/laporan.pdf"
    assert all(shown((line,))[-1] in "/-." for line in lines[:-1])


def test_lines_that_a_person_wrote_stay_lines() -> None:
    assert [shown((line,)) for line in set_lines(plain("satu\n\ndua"), 9, 200)] == ["satu", "", "dua"]


def test_italics_join_the_words_around_without_a_blank() -> None:
    paragraph = (Run("KURANG "), Run("(MISCONDUCT)", Face.ITALIC), Run("/ SANGAT"))
    (line,) = set_lines((paragraph,), 9, 400)
    italic = next(span for span in line.spans if span.face is Face.ITALIC)
    after = line.spans[-1]
    assert after.x == italic.x + text_width("(MISCONDUCT)", Face.ITALIC, 9)


def test_symbols_come_from_the_symbol_font() -> None:
    (line,) = set_lines(plain("bagus 👍 ☺ ☹"), 9, 400)
    assert [span.text for span in line.spans if span.face is Face.SYMBOLS] == ["👍", "☺", "☹"]
