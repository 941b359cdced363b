"""What a reader finds on the printed forms, taken from the PDF itself."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from asn_desktop.appraisal.sheet import (
    EvaluationSheet,
    Feedback,
    Iki,
    Person,
    Rhk,
    RhkKind,
    behaviours_with,
    blank_sheet,
    standard_behaviours,
)
from asn_desktop.core.errors import EnvironmentProblem, InputError
from asn_desktop.core.progress import Cancelled, Progress
from asn_desktop.reports.preview import PreviewFile
from asn_desktop.reports.registry import EVALUATION_FORMS, Paper, render
from asn_desktop.reports.wording import NOTE_ONE, NOTE_PATTERN, NOTE_PERIOD

from .samples import filled


def pdf(code: str, *sheets: EvaluationSheet, paper: Paper = Paper.F4, blank: bool = False) -> bytes:
    out = io.BytesIO()
    render(code, sheets, out, paper, blank=blank)
    return out.getvalue()


def pages(data: bytes) -> list[str]:
    """Text of every page with all white space as single blanks (lines break where the columns end)."""
    with PreviewFile(data) as file:
        return [re.sub(r"\s+", " ", file.text(index)) for index in range(len(file))]


def whole(data: bytes) -> str:
    return " ".join(pages(data))


def test_the_result_form_has_every_fixed_text() -> None:
    text = whole(pdf("C.1.3", filled()))
    for words in (
        "HASIL EVALUASI KINERJA PEGAWAI PENDEKATAN HASIL KERJA KUANTITATIF "
        "BAGI PEJABAT ADMINISTRASI DAN PEJABAT FUNGSIONAL",
        "PERIODE: TRIWULAN III",
        "PEMERINTAH KABUPATEN CONTOH",
        "PERIODE PENILAIAN: 2 JANUARI SD 31 DESEMBER TAHUN 2026",
        "PEGAWAI YANG DINILAI",
        "PEJABAT PENILAI KINERJA",
        "CAPAIAN KINERJA ORGANISASI*",
        "POLA DISTRIBUSI:",
        "KURVA DISTRIBUSI PREDIKAT KINERJA PEGAWAI DENGAN CAPAIAN KINERJA ORGANISASI BAIK",
        "Frekuensi Pegawai",
        "Predikat Kinerja Pegawai",
        "RENCANA HASIL KERJA PIMPINAN YANG DIINTERVENSI",
        "REALISASI BERDASARKAN BUKTI DUKUNG",
        "UMPAN BALIK BERKELANJUTAN BERDASARKAN BUKTI DUKUNG",
        "(1) (2) (3) (4) (5) (6) (7) (8)",
        "A. UTAMA",
        "B. TAMBAHAN",
        "RATING HASIL KERJA*",
        "PERILAKU KERJA",
        "Ekspektasi Khusus Pimpinan:",
        "RATING PERILAKU KERJA*",
        "PREDIKAT KINERJA PEGAWAI*",
        "Pejabat Penilai Kinerja",
        f"* {NOTE_ONE}",
        f"** {NOTE_PATTERN}",
    ):
        assert words in text, words
    for behaviour in standard_behaviours():
        assert behaviour.value in text
        for guidance in behaviour.guidance:
            assert f"- {guidance}" in text


def test_a_filled_form_shows_only_what_was_chosen() -> None:
    text = whole(pdf("C.1.3", filled(result_rating="DI_BAWAH", behaviour_rating="DI_BAWAH", predicate="SANGAT_KURANG")))
    assert "CAPAIAN KINERJA ORGANISASI* BAIK POLA DISTRIBUSI:" in text
    assert text.count("DIBAWAH EKSPEKTASI**") == 2
    assert "PREDIKAT KINERJA PEGAWAI* SANGAT KURANG" in text
    assert "DIATAS EKSPEKTASI" not in text
    assert "ISTIMEWA/" not in text
    assert "Blangpidie, 30 September 2026" in text
    assert "FORMAT C.1.3" not in text


def test_misconduct_is_named_with_the_predicate_kurang() -> None:
    assert "PREDIKAT KINERJA PEGAWAI* KURANG (MISCONDUCT)" in whole(pdf("C.1.3", filled(predicate="KURANG")))


def test_nothing_decided_yet_leaves_all_choices_to_the_pen() -> None:
    undecided = filled(organisation_result=None, result_rating=None, behaviour_rating=None, predicate=None)
    text = whole(pdf("C.1.3", undecided))
    assert "ISTIMEWA/ BAIK/ BUTUH PERBAIKAN/ KURANG/ SANGAT KURANG" in text
    assert text.count("DIATAS EKSPEKTASI/ SESUAI EKSPEKTASI/ DIBAWAH EKSPEKTASI**") == 2
    assert "SANGAT BAIK/ BAIK/ BUTUH PERBAIKAN/ KURANG (MISCONDUCT)/ SANGAT KURANG" in text
    assert "(diisi dengan gambar pola distribusi)" in text


@pytest.mark.parametrize("result", ["ISTIMEWA", "BAIK", "BUTUH_PERBAIKAN", "KURANG", "SANGAT_KURANG"])
def test_every_organisation_result_has_its_pattern(result: str) -> None:
    text = whole(pdf("C.1.3", filled(organisation_result=result)))
    assert f"CAPAIAN KINERJA ORGANISASI {result.replace('_', ' ')} " in text
    assert "Kurang/ Misconduct" in text


def test_a_code_that_the_form_does_not_know_is_not_printed_as_something_else() -> None:
    with pytest.raises(KeyError):
        pdf("C.1.3", filled(predicate="CUKUP"))


def test_the_blank_form_asks_with_hints_and_three_rows() -> None:
    text = whole(pdf("C.1.3", blank=True))
    assert "FORMAT C.1.3 HASIL EVALUASI" in text
    assert "PERIODE***: TRIWULAN I/II/III/IV-AKHIR*" in text
    assert "(NAMA INSTANSI)" in text
    assert "….. JANUARI SD … DESEMBER TAHUN …." in text
    assert text.count("Kuantitas/ Kualitas/ Waktu/ Biaya") == 3
    assert "(tempat), (tanggal, bulan, tahun)" in text
    assert "(Nama) (NIP)" in text
    assert "Format C.1.3 PermenPANRB 6/2022" in text


def test_a_form_for_one_person_can_be_printed_blank() -> None:
    sheet = EvaluationSheet(employee=Person("Siti Contoh", "199001012015032001"))
    text = whole(pdf("C.1.3", sheet, blank=True))
    assert "Siti Contoh" in text
    assert "TRIWULAN I/II/III/IV-AKHIR" in text


def test_results_without_additional_tasks_print_a_row_of_dashes() -> None:
    assert "B. TAMBAHAN - - - - - - - - RATING HASIL KERJA*" in whole(pdf("C.1.3", filled()))


def test_numbers_run_on_from_utama_through_tambahan() -> None:
    sheet = filled()
    extra = Rhk(
        3,
        RhkKind.TAMBAHAN,
        "Panitia hari jadi kabupaten",
        assigned_by="Sekretaris Daerah",
        ikis=(Iki("Waktu"),),
    )
    text = whole(pdf("C.1.3", replace(sheet, rhks=(*sheet.rhks, extra))))
    assert re.search(r"B\. TAMBAHAN .*3 .*Panitia hari jadi kabupaten \(penugasan dari Sekretaris Daerah\)", text)


def test_a_takeover_by_the_leader_is_noted_beside_the_result() -> None:
    note = "tidak dapat menyelesaikan, diambil alih Kepala Bidang"
    rhk = Rhk(1, RhkKind.UTAMA, "Laporan triwulan", takeover_note=note)
    assert f"Catatan: {note}" in whole(pdf("C.1.3", filled(rhks=(rhk,))))


def test_feedback_is_written_per_giver() -> None:
    remarks = (
        Feedback("PIMPINAN", None, "baik"),
        Feedback("REKAN", "Ani", "suka menolong"),
        Feedback("BAWAHAN", "Beni", "membimbing"),
        Feedback("Masyarakat", None, "cepat"),
    )
    text = whole(pdf("C.1.3", filled(behaviours=behaviours_with(feedback={"ADAPTIF": remarks}))))
    assert (
        "Pimpinan: baik Rekan kerja setingkat (Ani): suka menolong Pegawai di bawahnya (Beni): membimbing "
        "Masyarakat: cepat" in text
    )


def test_signs_of_markup_are_ordinary_letters() -> None:
    nasty = "<b>&amp; \\(a) 100% </para> <font color=red>"
    sheet = filled(
        notes=nasty,
        employee=Person(name=nasty, nip="1", unit="R&D <x>"),
        rhks=(Rhk(1, RhkKind.UTAMA, nasty, superior_rhk=nasty, ikis=(Iki(nasty, nasty, nasty, None, nasty),)),),
    )
    assert "R&D <x>" in whole(pdf("C.1.3", sheet))
    for code in ("C.1.3", "D.1.1"):
        assert nasty in whole(pdf(code, sheet))


def test_letters_that_no_font_has_leave_a_visible_mark() -> None:
    assert "\ufffd" in whole(pdf("D.1.1", filled(notes="Nama 漢 dan ☺️")))
    assert "☺" in whole(pdf("D.1.1", filled(notes="Nama dan ☺️")))


def test_symbols_of_praise_can_be_searched_and_copied() -> None:
    text = whole(pdf("C.1.3", filled()))
    assert "Pimpinan: bagus! Pertahankan 👍" in text
    assert "☺" in text
    assert "☹" in text


def test_the_evaluation_document_has_its_boxes_and_two_signatures() -> None:
    data = pdf("D.1.1", filled())
    assert len(pages(data)) == 1
    text = whole(data)
    for words in (
        "DOKUMEN EVALUASI KINERJA PEGAWAI PERIODE: TRIWULAN III",
        "PERIODE PENILAIAN: 2 JANUARI SD 31 DESEMBER TAHUN 2026",
        "CAPAIAN KINERJA ORGANISASI : BAIK",
        "PREDIKAT KINERJA PEGAWAI : BAIK",
        "CATATAN/REKOMENDASI Pertahankan mutu layanan; ikuti pelatihan",
        "7. Pegawai yang Dinilai",
        "6. Pejabat Penilai Kinerja",
        "Blangpidie, 30 September 2026",
        "Blangpidie, ……",
    ):
        assert words in text, words
    for number, title in enumerate(
        (
            "PEGAWAI YANG DINILAI",
            "PEJABAT PENILAI KINERJA",
            "ATASAN PEJABAT PENILAI KINERJA",
            "EVALUASI KINERJA",
            "CATATAN/REKOMENDASI",
        ),
        start=1,
    ):
        assert title in text
        assert f" {number}. " in text
    assert "SESUAI EKSPEKTASI" not in text  # ratings are not printed here


@pytest.mark.parametrize("blank", [False, True])
@pytest.mark.parametrize("code", EVALUATION_FORMS)
def test_a_note_stands_only_where_its_mark_stands(code: str, blank: bool) -> None:
    """A filled D carries no mark and so no note; the notes of a filled C are those of its bands and ratings."""
    text = whole(pdf(code, blank_sheet("") if blank else filled(), blank=blank))
    notes = re.findall(rf"(?<!\*)(\*+) (?:{NOTE_ONE}|{NOTE_PATTERN}|{NOTE_PERIOD})", text)
    form = re.sub(rf"\*+ (?:{NOTE_ONE}|{NOTE_PATTERN}|{NOTE_PERIOD})", "", text)
    marks = set(re.findall(r"\*+", form))
    assert sorted(notes, key=len) == sorted(marks, key=len)
    assert len(notes) == {"C": 3 if blank else 2, "D": 2 if blank else 0}[code[0]]


def test_the_superior_signs_when_the_assessor_was_silent() -> None:
    sheet = filled(superior_evaluated=True)
    document = whole(pdf("D.1.2", sheet))
    assert "6. Atasan Pejabat Penilai Kinerja" in document
    assert "6. Pejabat Penilai Kinerja" not in document
    assert "Atasan Pejabat Penilai Kinerja Ir. Hasan Contoh, M.T." in whole(pdf("C.1.3", sheet))


def test_an_elected_official_signs_without_nip() -> None:
    sheet = filled(assessor=Person("H. Contoh Bupati", None, "-", "Bupati", "Kabupaten Contoh"))
    text = whole(pdf("C.1.3", sheet))
    assert f"Pejabat Penilai Kinerja H. Contoh Bupati * {NOTE_ONE}" in text


def test_sample_people_are_marked_on_every_page_and_real_ones_are_not() -> None:
    assert all("CONTOH · data rekaan" in page for page in pages(pdf("C.1.3", filled())))
    assert "data rekaan" not in whole(pdf("C.1.3", filled(sample=False)))


def test_the_page_foot_says_which_form_whose_and_how_many_pages() -> None:
    printed = pages(pdf("C.1.3", filled()))
    for number, text in enumerate(printed, start=1):
        assert "C.1.3 · Budi Contoh, S.T. · NIP 199001012015031001 · TRIWULAN III" in text
        assert f"halaman {number} dari {len(printed)}" in text


@pytest.mark.parametrize("code", sorted(EVALUATION_FORMS))
@pytest.mark.parametrize("paper", list(Paper))
def test_the_same_input_gives_the_same_bytes(code: str, paper: Paper) -> None:
    assert pdf(code, filled(), paper=paper) == pdf(code, filled(), paper=paper)


def test_a_unit_in_one_file_counts_pages_per_person() -> None:
    names = ("Ani Contoh", "Beni Contoh", "Cici Contoh")
    printed = pages(pdf("C.1.3", *(filled(name) for name in names)))
    each = len(printed) // 3
    for number, name in enumerate(names):
        own = printed[number * each : (number + 1) * each]
        assert all(f"C.1.3 · {name}" in text for text in own)
        assert f"halaman 1 dari {each}" in own[0]
        assert f"halaman {each} dari {each}" in own[-1]


def test_a_unit_in_one_file_has_a_bookmark_per_person() -> None:
    document = pypdfium2.PdfDocument(pdf("D.1.1", filled("Ani Contoh"), filled("Beni Contoh")))
    marks = [(mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]
    document.close()
    assert marks == [("Ani Contoh", 0), ("Beni Contoh", 1)]


def test_a_path_is_written_whole(tmp_path: Path) -> None:
    target = tmp_path / "unit.pdf"
    assert render("D.1.1", [filled(), filled()], target) == 2
    assert target.read_bytes() == pdf("D.1.1", filled(), filled())
    assert [path.name for path in tmp_path.iterdir()] == ["unit.pdf"]


def test_a_cancelled_print_leaves_the_old_file_alone(tmp_path: Path) -> None:
    target = tmp_path / "unit.pdf"
    target.write_bytes(b"old")
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        render("D.1.1", [filled()], target, progress=progress)
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["unit.pdf"]


def test_a_file_that_cannot_be_written_is_explained(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem) as caught:
        render("D.1.1", [filled()], tmp_path / "no such folder" / "a.pdf")
    assert "a.pdf" in caught.value.message
    assert caught.value.hint


def test_progress_counts_people() -> None:
    progress = Progress()
    render("D.1.1", [filled(), filled(), filled()], io.BytesIO(), progress=progress)
    assert (progress.done, progress.total) == (3, 3)


def test_unknown_forms_and_empty_units_are_refused_with_a_next_step() -> None:
    for code, sheets in (("Z.9", [filled()]), ("C.1.3", [])):
        with pytest.raises(InputError) as caught:
            render(code, sheets, io.BytesIO())
        assert caught.value.hint
