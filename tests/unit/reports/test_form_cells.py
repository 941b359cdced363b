"""Every value of a form stands in its own cell: by place on the page, with a different word in every one.

A form on which TARGET and REALISASI, or assessor and superior, have changed places has all the right words.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

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
    standard_behaviours,
)
from asn_desktop.reports.registry import Paper, render

from .samples import filled


class Spot(NamedTuple):
    """Page from 0, and the middle of the words; ``y`` counts downwards."""

    page: int
    x: float
    y: float


class Pages:
    """The printed form; :meth:`spots` finds words on it."""

    def __init__(self, code: str, sheet: EvaluationSheet, *, blank: bool = False) -> None:
        out = io.BytesIO()
        render(code, [sheet], out, Paper.F4, blank=blank)
        self._document = pypdfium2.PdfDocument(out.getvalue())

    def close(self) -> None:
        self._document.close()

    def spots(self, words: str) -> list[Spot]:
        return list(self._find(words))

    def one(self, words: str) -> Spot:
        found = self.spots(words)
        assert len(found) == 1, f"{words}: {len(found)} times"
        return found[0]

    def _find(self, words: str) -> Iterator[Spot]:
        for number in range(len(self._document)):
            page = self._document[number]
            height = page.get_height()
            text = page.get_textpage()
            search = text.search(words, match_case=True)
            while (hit := search.get_next()) is not None:
                start, count = hit
                boxes = [text.get_charbox(at) for at in range(start, start + count)]
                left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
                yield Spot(number, (left + right) / 2, height - (boxes[0][1] + boxes[0][3]) / 2)
            search.close()
            text.close()
            page.close()


PEOPLE = {
    "employee": Person("PegawaiSatu", "100000000000000001", "PangkatSatu", "JabatanSatu", "UnitSatu", "Instansi"),
    "assessor": Person("PenilaiDua", "200000000000000002", "PangkatDua", "JabatanDua", "UnitDua", "Instansi"),
    "superior": Person("AtasanTiga", "300000000000000003", "PangkatTiga", "JabatanTiga", "UnitTiga", "Instansi"),
}


def told_apart() -> EvaluationSheet:
    """A sheet in which no two values are the same."""
    ikis = tuple(
        Iki(
            f"Aspek{n}",
            f"Indikator{n}",
            f"Target{n}",
            None,
            f"Realisasi{n}",
            (Feedback("PIMPINAN", None, f"Umpan{n}"),),
        )
        for n in (1, 2)
    )
    return filled(
        **PEOPLE,
        organisation_result="ISTIMEWA",
        result_rating="DI_ATAS",
        behaviour_rating="SESUAI",
        predicate="BAIK",
        notes="CatatanBebas",
        signed_on=date(2026, 9, 30),
        employee_signed_on=date(2026, 10, 2),
        rhks=(
            Rhk(1, RhkKind.UTAMA, "RencanaUtama", superior_rhk="RencanaPimpinan", ikis=ikis),
            Rhk(1, RhkKind.TAMBAHAN, "RencanaTambahan", superior_rhk="PimpinanTambahan", ikis=(Iki("Waktu", "IndikatorT", "TargetT", None, "RealisasiT"),)),
        ),
        behaviours=behaviours_with(
            {behaviour.code: f"Ekspektasi{n}" for n, behaviour in enumerate(standard_behaviours(), start=1)},
            {behaviour.code: (Feedback("REKAN", None, f"Perilaku{n}"),) for n, behaviour in enumerate(standard_behaviours(), start=1)},
        ),
    )  # fmt: skip


@pytest.fixture(scope="module")
def results() -> Iterator[Pages]:
    pages = Pages("C.1.3", told_apart())
    yield pages
    pages.close()


COLUMNS = {
    2: ("RencanaPimpinan", "PimpinanTambahan"),
    3: ("RencanaUtama", "RencanaTambahan"),
    4: ("Aspek1", "Aspek2"),
    5: ("Indikator1", "Indikator2", "IndikatorT"),
    6: ("Target1", "Target2", "TargetT"),
    7: ("Realisasi1", "Realisasi2", "RealisasiT"),
    8: ("Umpan1", "Umpan2"),
}


@pytest.mark.parametrize("column, words", [(n, word) for n, found in COLUMNS.items() for word in found])
def test_each_result_stands_under_its_heading(results: Pages, column: int, words: str) -> None:
    """The row ``(1) … (8)`` under the headings says where each column is."""
    spot = results.spots(words)[0]
    middles = {n: results.spots(f"({n})")[0].x for n in range(1, 9)}
    nearest = min(middles, key=lambda n: abs(middles[n] - spot.x))
    assert nearest == column, f"{words} stands under ({nearest})"


def test_rows_keep_their_own_values(results: Pages) -> None:
    for kinds in ("Aspek{}", "Indikator{}", "Target{}", "Realisasi{}", "Umpan{}"):
        first, second = results.one(kinds.format(1)), results.one(kinds.format(2))
        assert (first.page, first.y) < (second.page, second.y), kinds
    for n in (1, 2):
        line = {results.one(f"{kind}{n}").y for kind in ("Aspek", "Indikator", "Target", "Realisasi")}
        assert max(line) - min(line) < 2, f"row {n}"
    assert results.spots("RencanaUtama")[0] < results.spots("RencanaTambahan")[0]


def test_whose_form_it_is_stands_left_and_who_assesses_right(results: Pages) -> None:
    left, right = results.one("PEGAWAI YANG DINILAI").x, results.one("PEJABAT PENILAI KINERJA").x
    for field in ("name", "nip", "rank_line", "position", "unit"):
        employee = results.spots(getattr(PEOPLE["employee"], field))[0]
        assessor = results.spots(getattr(PEOPLE["assessor"], field))[0]
        assert abs(employee.y - assessor.y) < 2, field
        assert employee.x < (left + right) / 2 < assessor.x, field
    for label, field in (("NAMA", "name"), ("NIP", "nip"), ("PANGKAT/GOL RUANG", "rank_line"), ("JABATAN", "position")):
        value = results.spots(getattr(PEOPLE["employee"], field))[0]
        assert any(abs(spot.y - value.y) < 2 and spot.x < value.x for spot in results.spots(label)), label
    assert not results.spots("AtasanTiga")


def test_each_rating_stands_in_the_band_of_its_name(results: Pages) -> None:
    """The line below the name of the band; both words would be on the page also if they had changed places."""
    for band, words in (
        ("CAPAIAN KINERJA ORGANISASI*", "ISTIMEWA"),
        ("RATING HASIL KERJA*", "DIATAS EKSPEKTASI"),
        ("RATING PERILAKU KERJA*", "SESUAI EKSPEKTASI"),
        ("PREDIKAT KINERJA PEGAWAI*", "BAIK"),
    ):
        name = results.one(band)
        below = [spot for spot in results.spots(words) if spot.page == name.page and 0 < spot.y - name.y < 15]
        assert below, f"{words} under {band}"


def test_each_behaviour_has_its_own_expectation_and_feedback(results: Pages) -> None:
    for n, behaviour in enumerate(standard_behaviours(), start=1):
        title = results.spots(behaviour.value)[0]
        expected, told = results.one(f"Ekspektasi{n}"), results.one(f"Perilaku{n}")
        assert title.page == expected.page == told.page
        assert 0 < expected.y - title.y < 40
        assert title.x < expected.x < told.x


@pytest.mark.parametrize("code, signer", [("D.1.1", "PenilaiDua"), ("D.1.2", "AtasanTiga")])
def test_each_box_of_the_document_names_its_own_person(code: str, signer: str) -> None:
    sheet = told_apart()
    if code == "D.1.2":
        sheet = replace(sheet, superior_evaluated=True, superior_signed_on=date(2026, 10, 20))
    pages = Pages(code, sheet)
    titles = {
        "employee": pages.spots("PEGAWAI YANG DINILAI")[0],
        "assessor": min(pages.spots("PEJABAT PENILAI KINERJA"), key=lambda spot: spot.y),
        "superior": pages.one("ATASAN PEJABAT PENILAI KINERJA"),
    }
    ends = [titles["assessor"].y, titles["superior"].y, pages.one("CAPAIAN KINERJA ORGANISASI").y]
    for (key, title), end in zip(titles.items(), ends, strict=True):
        lines = [
            pages.spots(getattr(PEOPLE[key], field))[0].y for field in ("name", "nip", "rank_line", "position", "unit")
        ]
        assert title.y < lines[0], key
        assert lines == sorted(lines), key
        assert lines[-1] < end, key
    result, predicate = pages.one("ISTIMEWA"), pages.spots("BAIK")[-1]
    assert abs(result.y - pages.one("CAPAIAN KINERJA ORGANISASI").y) < 2
    assert abs(predicate.y - pages.one("PREDIKAT KINERJA PEGAWAI").y) < 2
    assert pages.one("CatatanBebas").y > pages.one("CATATAN/").y
    signed = max(pages.spots(signer), key=lambda spot: spot.y)
    _box, employee, _foot = sorted(pages.spots("PegawaiSatu"), key=lambda spot: spot.y)
    head = "6. Pejabat Penilai Kinerja" if code == "D.1.1" else "6. Atasan Pejabat Penilai Kinerja"
    assert pages.one(head).y < signed.y
    assert abs(pages.one(head).x - signed.x) < 5
    assert abs(pages.one("7. Pegawai yang Dinilai").x - employee.x) < 5
    assert employee.x < signed.x
    pages.close()
