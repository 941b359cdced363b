"""The quick look at a row of texts never lets one pass that the closer look would write in another way."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from asn_desktop.exchange.package.cell_values import split_text, stand_as_they_are, text_cell

ANY = st.text(max_size=12) | st.text("ab |\\_x0D\n é\u200b", max_size=12) | st.none()


@given(st.lists(ANY, max_size=6))
@example(["a", " b"])
@example(["a ", "b"])
@example(["\\", "b"])
@example(["_x000D_"])
@example(["a" * 31_000])
@example(["é"])  # not in NFC
def test_what_passes_the_quick_look_stands_as_it_is(texts: list[str | None]) -> None:
    if stand_as_they_are(texts):
        assert all([text] == split_text(text_cell(text)) for text in texts if text)


def test_ordinary_rows_pass() -> None:
    assert stand_as_they_are(["198501152010011023", "SITI AMINAH", None, "", "Penata Muda Tk. I (III/b)", "a|b"])
    assert not stand_as_they_are(["SITI", 5])
