"""Page breaks and room on the forms: rules of PermenPANRB 6/2022 forms, and nothing clipped or overlapping."""

from __future__ import annotations

import io
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest

from asn_desktop.appraisal.sheet import EvaluationSheet, Feedback, Iki, Person, Rhk, RhkKind, behaviours_with
from asn_desktop.reports.evaluation import signed
from asn_desktop.reports.flow import Page, paginate
from asn_desktop.reports.fonts import Face, text_width
from asn_desktop.reports.layout import MM, PAD_X, Paper
from asn_desktop.reports.parts import Kit
from asn_desktop.reports.pen import underline_pieces
from asn_desktop.reports.preview import PreviewFile
from asn_desktop.reports.registry import EVALUATION_FORMS, FORMS, render
from asn_desktop.reports.text import plain, set_lines

from .samples import filled, person

VOCABULARY = (
    "meningkatnya kualitas layanan perizinan bangunan gedung yang menjamin keselamatan kesehatan kenyamanan dan "
    "kemudahan bagi masyarakat di seluruh kecamatan pesisir pegunungan serta kepulauan pertanggungjawaban"
)
WORDS = VOCABULARY.split()
LONG_NAME = "Dr. H. Muhammad Abdurrahman Wiryosandjojo, S.Sos., M.AP., QIA"
HEADING = "(1) (2) (3) (4) (5) (6) (7) (8)"


def words(count: int, seed: int, tag: str = "") -> str:
    chosen = random.Random(seed).choices(WORDS, k=count)
    return " ".join([*chosen[:-1], f"{chosen[-1]}{tag}"]) if count else ""


def result(number: int, kind: RhkKind, length: int, seed: int) -> Rhk:
    rng = random.Random(seed)
    ikis = tuple(
        Iki(
            "Kuantitas",
            words(rng.randint(1, length), seed + i, f"i{number}x{i}"),
            words(rng.randint(1, 8), seed + i),
            None,
            words(rng.randint(1, length), seed + i, f"r{number}x{i}"),
            (Feedback("PIMPINAN", None, words(rng.randint(1, length), seed + i, f"u{number}x{i}"), "👍"),),
        )
        for i in range(rng.randint(1, 4))
    )
    text = words(rng.randint(3, length), seed, f"t{number}")
    superior = words(rng.randint(3, length), seed + 1, f"p{number}")
    return Rhk(number, kind, text, superior_rhk=superior, ikis=ikis)


def varied(seed: int) -> EvaluationSheet:
    """A sheet with random numbers and lengths of results, from two words to some 300."""
    rng = random.Random(seed)
    length = rng.choice([4, 12, 30, 80, 300])
    main = rng.randint(1, 6)
    extra = rng.randint(0, 2)
    kinds = [RhkKind.UTAMA] * main + [RhkKind.TAMBAHAN] * extra
    rhks = tuple(result(n, kind, length, seed * 100 + n) for n, kind in enumerate(kinds, start=1))
    feedback = {"LOYAL": (Feedback("REKAN", "Ani", words(rng.choice([3, 60, 300]), seed, "bb")),)}
    return filled(rhks=rhks, behaviours=behaviours_with({"ADAPTIF": words(40, seed, "ee")}, feedback))


SEEDS = range(24)


def laid_out(code: str, sheet: EvaluationSheet, paper: Paper, *, blank: bool = False) -> list[Page]:
    form = FORMS[code]
    frame = form.frame(paper)
    return paginate(form.items(sheet, Kit(form.sizes[paper], frame.inner_width, blank)), frame.inner_height)


def texts(code: str, sheet: EvaluationSheet, paper: Paper = Paper.F4, *, blank: bool = False) -> list[str]:
    out = io.BytesIO()
    render(code, [sheet], out, paper, blank=blank)
    with PreviewFile(out.getvalue()) as file:
        return [re.sub(r"\s+", " ", file.text(index)) for index in range(len(file))]


def written(value: object) -> Iterator[str]:
    """Every text inside a sheet's results and behaviours."""
    for rhk in value.rhks:  # type: ignore[attr-defined]
        yield from filter(None, (rhk.text, rhk.superior_rhk))
        for iki in rhk.ikis:
            yield from filter(None, (iki.text, iki.target, iki.realisation, *(f.text for f in iki.feedback)))
    for behaviour in value.behaviours:  # type: ignore[attr-defined]
        yield from filter(None, (behaviour.expectation, *(f.text for f in behaviour.feedback)))


def assert_everything_has_room(pages: list[Page], inner_width: float, inner_height: float) -> None:
    for page in pages:
        bottom = 0.0
        for y, block in page:
            assert y >= bottom - 0.01, "blocks overlap"
            bottom = y + block.height
            for cell in block.cells:
                assert cell.y + cell.height <= block.height + 0.01
                assert cell.x >= 0
                assert cell.x + cell.width <= inner_width + 0.01
                assert cell.needed <= cell.height + 0.01, "text higher than its cell"
                for line in cell.lines:
                    assert line.width <= cell.width - 2 * PAD_X + 0.01, "text wider than its cell"
        assert bottom <= inner_height + 0.01, "page too full"


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("paper", list(Paper))
def test_no_text_is_clipped_or_overlaps(paper: Paper, seed: int) -> None:
    frame = FORMS["C.1.3"].frame(paper)
    assert_everything_has_room(laid_out("C.1.3", varied(seed), paper), frame.inner_width, frame.inner_height)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_word_reaches_the_paper(seed: int) -> None:
    sheet = varied(seed)
    printed = Counter(" ".join(texts("C.1.3", sheet)).split())
    needed = Counter(word for text in written(sheet) for word in text.split())
    # A word wider than its column is cut in two; such words are found in the text without blanks.
    squeezed = "".join(texts("C.1.3", sheet)).replace(" ", "")
    for word, count in needed.items():
        assert printed[word] >= count or squeezed.count(word) >= count, word


@pytest.mark.parametrize("seed", SEEDS)
def test_headings_repeat_and_bands_never_stand_alone(seed: int) -> None:
    pages = texts("C.1.3", varied(seed), Paper.F4)
    for text in pages:
        body = text.split(" C.1.3 · ")[0]
        assert not body.endswith(("A. UTAMA", "B. TAMBAHAN", HEADING, "RATING HASIL KERJA*", "PERILAKU KERJA"))
        if "Pimpinan: " in body or "(lanjutan)" in body or "TAMBAHAN" in body:
            assert HEADING in body or "PERILAKU KERJA UMPAN BALIK" in body
        if "Ekspektasi Khusus Pimpinan:" in body:
            assert "PERILAKU KERJA UMPAN BALIK BERKELANJUTAN BERDASARKAN BUKTI DUKUNG" in body


@pytest.mark.parametrize("paper", Paper)
def test_the_results_begin_below_the_curve_as_in_the_example_of_the_regulation(paper: Paper) -> None:
    """PermenPANRB 6/2022 Lampiran, filled C.1.3, p. 203: not a fifth of the first page left empty."""
    first = texts("C.1.3", filled(), paper)[0]
    assert HEADING + " A. UTAMA 1 " in first
    assert filled().rhks[0].ikis[0].realisation in first


@pytest.mark.parametrize("paper", Paper)
def test_they_do_so_too_where_there_is_no_skp_yet(paper: Paper) -> None:
    pages = texts("C.1.3", filled(rhks=()), paper)
    assert HEADING + " A. UTAMA" in pages[0]


def test_an_underline_is_open_where_letters_hang_below_the_line() -> None:
    (line,) = set_lines(plain("Siti Agum"), 10, 200)
    (start, before), (after, end) = underline_pieces(line)
    assert (start, end) == (0, line.width)
    gap = text_width("Siti A", Face.REGULAR, 10), text_width("Siti Ag", Face.REGULAR, 10)
    assert before < gap[0] < gap[1] < after
    assert underline_pieces(set_lines(plain("Rina"), 10, 200)[0]) == [
        (0, pytest.approx(text_width("Rina", Face.REGULAR, 10)))
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_signature_stands_with_the_predicate_and_the_notes(seed: int) -> None:
    last = texts("C.1.3", varied(seed), Paper.A4)[-1]
    order = [
        "PREDIKAT KINERJA PEGAWAI*",
        "Blangpidie, 30 September 2026",
        "Dra. Rina Contoh",
        "* pilih salah satu",
        "** rating hasil dan rating perilaku",
    ]
    places = [last.find(words) for words in order]
    assert -1 not in places
    assert places == sorted(places)


def test_a_value_is_not_split_between_pages() -> None:
    for seed in SEEDS:
        feedback = {code: (Feedback("PIMPINAN", None, words(40, seed)),) for code in ("KOMPETEN", "LOYAL", "ADAPTIF")}
        sheet = filled(behaviours=behaviours_with(None, feedback))
        pages = texts("C.1.3", sheet, Paper.A4)
        for behaviour in sheet.behaviours:
            first, last = behaviour.guidance[0], behaviour.guidance[-1]
            assert [first in text for text in pages] == [last in text for text in pages]


def test_a_result_is_named_again_after_a_page_break() -> None:
    many = tuple(Iki("Waktu", words(25, n, f"i{n}"), "3 hari", None, words(12, n)) for n in range(14))
    rhk = Rhk(1, RhkKind.UTAMA, "Arsip kepegawaian tertata", superior_rhk="Layanan kepegawaian prima", ikis=many)
    pages = [text for text in texts("C.1.3", filled(rhks=(rhk,))) if "i0" in text or "(lanjutan)" in text]
    assert len(pages) >= 2
    assert "(lanjutan)" not in pages[0]
    for text in pages[1:]:
        assert "Arsip kepegawaian tertata (lanjutan)" in text
        assert "Layanan kepegawaian prima (lanjutan)" in text
        assert HEADING in text


def test_a_result_longer_than_a_page_goes_on_instead_of_being_cut() -> None:
    endless = words(700, 5, "AKHIR")
    rhk = Rhk(1, RhkKind.UTAMA, endless, superior_rhk="Layanan prima", ikis=(Iki("Waktu", "tepat waktu"),))
    text = " ".join(texts("C.1.3", filled(rhks=(rhk,))))
    counted = Counter(text.split())
    for word, count in Counter(endless.split()).items():
        assert counted[word] >= count, word
    assert "AKHIR" in text
    assert "(lanjutan)" in text


def test_remarks_of_300_words_keep_the_document_signatures_whole() -> None:
    notes = words(300, 1, "TAMAT")
    for paper in Paper:
        pages = texts("D.1.1", filled(notes=notes), paper)
        assert len(pages) <= 2
        assert "TAMAT" in " ".join(pages)
        last = pages[-1]
        assert "7. Pegawai yang Dinilai" in last
        assert "6. Pejabat Penilai Kinerja" in last
        frame = FORMS["D.1.1"].frame(paper)
        assert_everything_has_room(laid_out("D.1.1", filled(notes=notes), paper), frame.inner_width, frame.inner_height)


@pytest.mark.parametrize("code", sorted(EVALUATION_FORMS))
@pytest.mark.parametrize("paper", list(Paper))
def test_names_of_60_letters_have_room(code: str, paper: Paper) -> None:
    assert len(LONG_NAME) >= 60
    who = replace(person(LONG_NAME, "199001012015031001", f"Kepala {words(12, 3)}"), unit=words(14, 4))
    sheet = filled(employee=who, assessor=who, superior=who, agency=f"Pemerintah Kabupaten {words(7, 2)}")
    frame = FORMS[code].frame(paper)
    assert_everything_has_room(laid_out(code, sheet, paper), frame.inner_width, frame.inner_height)
    pages = texts(code, sheet, paper)
    assert all(LONG_NAME in text for text in pages)
    assert_no_ink_outside(code, sheet, paper)


@pytest.mark.parametrize("blank", [False, True])
@pytest.mark.parametrize("code", sorted(EVALUATION_FORMS))
@pytest.mark.parametrize("paper", list(Paper))
def test_no_ink_outside_the_margins(code: str, paper: Paper, blank: bool) -> None:
    assert_no_ink_outside(code, EvaluationSheet() if blank else filled(sample=False), paper, blank=blank)


def assert_no_ink_outside(code: str, sheet: EvaluationSheet, paper: Paper, *, blank: bool = False) -> None:
    """White left, right and above the frame, and in the last 5 mm (the foot stands between)."""
    frame = FORMS[code].frame(paper)
    sheet = replace(sheet, sample=False)
    out = io.BytesIO()
    render(code, [sheet], out, paper, blank=blank)
    with PreviewFile(out.getvalue()) as file:
        for index in range(len(file)):
            assert file.page_size(index) == pytest.approx((frame.width, frame.height), abs=0.01)
            image = file.render(index, 1.0)
            rows = [image.pixels[y * image.width * 4 : (y + 1) * image.width * 4] for y in range(image.height)]
            left, right = int(frame.left) - 2, int(frame.width - frame.right) + 3
            assert any(row.count(255) < len(row) for row in rows), "an empty page"
            for y, row in enumerate(rows):
                inside = frame.top - 2 <= y <= frame.height - 5 * MM
                outside = row[: left * 4] + row[right * 4 :] if inside else row
                assert set(_colours(outside)) <= {255}, f"ink at line {y} of page {index + 1}"


def _colours(row: bytes) -> bytes:
    """Blue, green and red of every pixel, without the unused byte."""
    return row[0::4] + row[1::4] + row[2::4]


@pytest.mark.parametrize("code", ["D.1.1", "D.1.2"])
def test_the_document_fits_one_page(code: str) -> None:
    for paper in Paper:
        assert len(laid_out(code, filled(), paper)) == 1
        assert len(laid_out(code, EvaluationSheet(), paper, blank=True)) == 1


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("place", ["", "Kota Contoh", "Kabupaten Pegunungan Tengah Selatan"])
def test_a_dotted_line_to_write_on_stays_one_line(paper: Paper, place: str) -> None:
    """Somebody unknown signs: place and day, title, name and NIP are one line each."""
    form = FORMS["D.1.1"]
    kit = Kit(form.sizes[paper], form.frame(paper).inner_width, blank=False)
    sheet = replace(filled(), place=place, signed_on=None)
    block = signed(kit, kit.columns(48, 4, 48)[2], "6. Pejabat Penilai Kinerja", sheet, Person(), "assessor")
    head, foot = block.cells
    assert (len(head.lines), len(foot.lines)) == (2, 2)
