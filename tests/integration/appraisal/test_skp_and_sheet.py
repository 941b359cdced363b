"""SKP, realisation and feedback are written, read back, and stand on the sheet that is printed."""

from __future__ import annotations

import time
from datetime import date

import pytest

from asn_desktop.appraisal.commands import (
    EvaluationContent,
    EvaluationNotes,
    FeedbackDraft,
    IkiDraft,
    RatingChange,
    Reached,
    RealisationDraft,
    RhkDraft,
    SkpDraft,
)
from asn_desktop.appraisal.detail import SkpRow
from asn_desktop.appraisal.predicate import OrganisationRating, Rating
from asn_desktop.appraisal.queries import EvaluationSpec
from asn_desktop.core.errors import InputError, NotAllowed
from asn_desktop.core.periods import Period
from asn_desktop.services import Services
from asn_desktop.storage import undo
from tests.integration.appraisal.people import SmallOffice, small_office

TW3 = Period(2026, 3)


@pytest.fixture
def triwulan(kantor: SmallOffice) -> SmallOffice:
    kantor.appraisal.open_period(TW3)
    return kantor


def draft(employee_id: int, **changes: object) -> SkpDraft:
    rhks = (
        RhkDraft("Laporan kegiatan selesai", "TAMBAHAN", ikis=(IkiDraft("Jumlah laporan", "4 laporan", "Kuantitas"),)),
        RhkDraft(
            "Pelayanan rawat jalan meningkat",
            superior_rhk="Mutu layanan naik",
            ikis=(IkiDraft("Kepuasan pasien", "80 – 90%", "Kualitas"), IkiDraft("Waktu tunggu", "30 menit", "Waktu")),
        ),
    )
    values: dict[str, object] = {"rhks": rhks, "expectations": (("AKUNTABEL", "Jaga data pasien"),)}
    return SkpDraft(employee_id, date(2026, 1, 2), date(2026, 12, 31), **(values | changes))  # type: ignore[arg-type]


def evaluation_of(kantor: SmallOffice, employee_id: int) -> int:
    return next(row.id for row in kantor.appraisal.list_evaluations(TW3.code) if row.employee_id == employee_id)


def fill(kantor: SmallOffice, employee_id: int) -> int:
    number = evaluation_of(kantor, employee_id)
    kantor.appraisal.save_skp(draft(employee_id))
    skp = kantor.appraisal.evaluation_detail(number).skp
    assert skp is not None
    first, second = skp.rhks[0].ikis
    kantor.appraisal.save_evaluation(
        number,
        notes=EvaluationNotes("Pertahankan.", date(2026, 10, 5), date(2026, 10, 6)),
        realisations=[RealisationDraft(first.id, "85%", "Survei September"), RealisationDraft(second.id, "25 menit")],
        feedback=[
            FeedbackDraft("PIMPINAN", "Bagus sekali", iki_id=first.id, symbol="👍"),
            FeedbackDraft("REKAN", "Jujur dan teliti", value="AKUNTABEL", giver_name="Siti Contoh"),
        ],
    )
    return number


def test_the_sheet_holds_everything_the_forms_print(triwulan: SmallOffice) -> None:
    number = fill(triwulan, triwulan.staff[0])
    triwulan.appraisal.rate([RatingChange(number, Rating.DI_ATAS, Rating.SESUAI)])
    triwulan.appraisal.set_organisation_result(triwulan.dinas, TW3.code, OrganisationRating.BAIK)
    sheet = triwulan.appraisal.evaluation_sheet(number)
    assert (sheet.period_title, sheet.agency, sheet.place) == (
        "TRIWULAN III",
        "Pemerintah Kabupaten Contoh",
        "Blangpidie",
    )
    assert (sheet.skp_starts, sheet.skp_ends) == (date(2026, 1, 2), date(2026, 12, 31))
    assert (sheet.employee.name, sheet.employee.rank_line) == ("Staf Contoh 000", "Penata Muda / III/a")
    assert (sheet.assessor.name, sheet.assessor.position) == ("Dewi Contoh", "Kepala Puskesmas")
    assert (sheet.superior.name, sheet.superior.unit) == ("dr. Ahmad Contoh", "Dinas Kesehatan Contoh")
    assert (sheet.organisation_result, sheet.predicate) == ("BAIK", "BAIK")
    assert (sheet.result_rating, sheet.behaviour_rating) == ("DI_ATAS", "SESUAI")
    assert (sheet.notes, sheet.signed_on, sheet.sample) == ("Pertahankan.", date(2026, 10, 5), True)
    assert [(rhk.number, rhk.kind, len(rhk.ikis)) for rhk in sheet.rhks] == [(1, "UTAMA", 2), (2, "TAMBAHAN", 1)]
    assert sheet.rhks[0].ikis[0].realisation == "85% (bukti: Survei September)"
    assert sheet.rhks[0].ikis[0].feedback[0].giver_label == "Pimpinan"
    accountable = next(value for value in sheet.behaviours if value.code == "AKUNTABEL")
    assert accountable.expectation == "Jaga data pasien"
    assert accountable.feedback[0].giver_label == "Rekan kerja setingkat (Siti Contoh)"
    assert len(sheet.behaviours) == 7


def test_an_official_outside_the_list_assesses_without_nip(triwulan: SmallOffice) -> None:
    sheet = triwulan.appraisal.evaluation_sheet(evaluation_of(triwulan, triwulan.head))
    assert (sheet.assessor.name, sheet.assessor.nip, sheet.assessor.rank_line) == ("H. Contoh Bupati", None, "-")
    assert sheet.assessor.position == "Bupati Contoh"
    assert sheet.superior.name is None
    doctor = triwulan.appraisal.evaluation_sheet(evaluation_of(triwulan, triwulan.doctor))
    assert doctor.superior.name == "H. Contoh Bupati"


def test_saving_again_keeps_ids_and_removes_what_was_taken_out(triwulan: SmallOffice) -> None:
    number = fill(triwulan, triwulan.staff[0])
    skp = triwulan.appraisal.evaluation_detail(number).skp
    assert skp is not None
    main, extra = skp.rhks
    kept = RhkDraft(
        "Pelayanan rawat jalan membaik",
        ikis=tuple(IkiDraft(iki.text, iki.target or "", iki.aspect or "", id=iki.id) for iki in main.ikis),
        id=main.id,
    )
    triwulan.appraisal.save_skp(draft(skp.employee_id, rhks=(kept,), expectations=(), id=skp.id))
    again = triwulan.appraisal.evaluation_detail(number).skp
    assert again is not None
    assert [rhk.id for rhk in again.rhks] == [main.id] != [extra.id]
    assert again.rhks[0].text == "Pelayanan rawat jalan membaik"
    assert again.rhks[0].ikis[0].realisation == "85%"
    assert again.expectations == ()


def test_an_indicator_with_realisation_is_not_lost(triwulan: SmallOffice) -> None:
    number = fill(triwulan, triwulan.staff[0])
    skp = triwulan.appraisal.evaluation_detail(number).skp
    assert skp is not None
    with pytest.raises(InputError, match="realisasi"):
        triwulan.appraisal.save_skp(draft(skp.employee_id, rhks=(), id=skp.id))
    assert triwulan.appraisal.evaluation_detail(number).skp == skp


@pytest.mark.parametrize(
    "changes",
    [{"ends": date(2025, 1, 1)}, {"rhks": (RhkDraft(" "),)}, {"rhks": (RhkDraft("x", ikis=(IkiDraft(""),)),)}],
)
def test_half_an_skp_is_refused_with_the_place(triwulan: SmallOffice, changes: dict[str, object]) -> None:
    values = {"starts": date(2026, 1, 1), "ends": date(2026, 12, 31)} | changes
    with pytest.raises(InputError) as caught:
        triwulan.appraisal.save_skp(SkpDraft(triwulan.staff[0], **values))  # type: ignore[arg-type]
    assert caught.value.issues


def test_feedback_becomes_exactly_what_was_saved(triwulan: SmallOffice) -> None:
    number = fill(triwulan, triwulan.staff[0])
    before = triwulan.appraisal.evaluation_detail(number).feedback
    kept = before[1]
    changed = FeedbackDraft(kept.giver, "Sangat teliti", value=kept.value, giver_name="Siti Contoh", id=kept.id)
    triwulan.appraisal.save_evaluation(number, feedback=[changed])
    [after] = triwulan.appraisal.evaluation_detail(number).feedback
    assert (after.id, after.text) == (kept.id, "Sangat teliti")
    for bad in (FeedbackDraft("PIMPINAN", " ", value="LOYAL"), FeedbackDraft("", "Baik", value="LOYAL")):
        with pytest.raises(InputError):
            triwulan.appraisal.save_evaluation(number, feedback=[bad])


def test_a_new_indicator_has_realisation_and_feedback_at_once(triwulan: SmallOffice) -> None:
    """Everything the editor holds goes into one operation, in its own order."""
    number = evaluation_of(triwulan, triwulan.staff[0])
    reached = [
        Reached("4 laporan"),
        Reached("85%", "Survei", (FeedbackDraft("PIMPINAN", "Bagus"),)),
        Reached(),
    ]
    content = EvaluationContent(
        draft(triwulan.staff[0]), tuple(reached), (FeedbackDraft("REKAN", "Ramah", value="HARMONIS"),)
    )
    changes = triwulan.appraisal.save_evaluation(
        number, ratings=RatingChange(number, Rating.SESUAI, Rating.SESUAI), content=content
    )
    detail = triwulan.appraisal.evaluation_detail(number)
    assert detail.skp is not None
    main, extra = detail.skp.rhks
    assert (main.kind, extra.kind) == ("UTAMA", "TAMBAHAN")
    assert [iki.realisation for iki in (*main.ikis, *extra.ikis)] == ["85%", None, "4 laporan"]
    assert [(f.iki_id, f.value, f.text) for f in detail.feedback] == [
        (main.ikis[0].id, None, "Bagus"), (None, "HARMONIS", "Ramah"),
    ]  # fmt: skip
    assert detail.row.predicate == "BAIK"
    undo.undo(triwulan.services.database, changes.operation_id)
    again = triwulan.appraisal.evaluation_detail(number)
    assert (again.skp, again.feedback, again.row.predicate) == (None, (), None)


def test_dates_of_the_document_run_forward(triwulan: SmallOffice) -> None:
    number = evaluation_of(triwulan, triwulan.staff[0])
    notes = EvaluationNotes("", date(2026, 10, 6), date(2026, 10, 5))
    with pytest.raises(InputError) as caught:
        triwulan.appraisal.save_evaluation(number, notes=notes)
    assert caught.value.issues[0].field == "received_on"


def test_a_final_evaluation_keeps_its_notes(triwulan: SmallOffice) -> None:
    number = fill(triwulan, triwulan.staff[0])
    triwulan.appraisal.rate([RatingChange(number, Rating.SESUAI, Rating.SESUAI)])
    triwulan.appraisal.finalise([number])
    with pytest.raises(NotAllowed):
        triwulan.appraisal.save_evaluation(number, notes=EvaluationNotes("Diubah"))
    assert triwulan.appraisal.evaluation_detail(number).notes == "Pertahankan."


def test_earlier_quarters_stand_beside_as_evidence(triwulan: SmallOffice) -> None:
    triwulan.appraisal.open_period(Period(2026, 2))
    detail = triwulan.appraisal.evaluation_detail(evaluation_of(triwulan, triwulan.staff[0]))
    assert [period.code for period, _predicate in detail.history] == ["2026-TW3", "2026-TW2"]


def test_a_blank_form_names_the_office_and_the_period(kantor: SmallOffice) -> None:
    sheet = kantor.appraisal.blank_sheet(TW3)
    assert (sheet.period_title, sheet.agency) == ("TRIWULAN III", "Pemerintah Kabupaten Contoh")
    assert (len(sheet.rhks), sheet.employee.name, sheet.predicate) == (3, None, None)


def test_a_whole_unit_takes_no_more_queries_than_one_person(office: Services) -> None:
    kantor = small_office(office, staff=150)
    kantor.appraisal.open_period(TW3)
    every = kantor.appraisal.evaluation_ids(EvaluationSpec(TW3.code))
    one, whole = _statements(office, kantor, every[5:6]), _statements(office, kantor, every)
    assert whole <= one
    started = time.process_time()
    assert len(kantor.appraisal.evaluation_sheets(every)) == 152
    assert time.process_time() - started < 1.0


def _statements(office: Services, kantor: SmallOffice, ids: list[int]) -> int:
    from sqlalchemy import event

    count = 0

    def note(*_arguments: object) -> None:
        nonlocal count
        count += 1

    event.listen(office.database.engine, "before_cursor_execute", note)
    try:
        kantor.appraisal.evaluation_sheets(ids)
    finally:
        event.remove(office.database.engine, "before_cursor_execute", note)
    return count


def test_a_final_evaluation_prints_what_was_signed_even_after_the_skp_changed(triwulan: SmallOffice) -> None:
    number = fill(triwulan, triwulan.staff[0])
    triwulan.appraisal.rate([RatingChange(number, Rating.SESUAI, Rating.SESUAI)])
    triwulan.appraisal.finalise([number])
    signed = triwulan.appraisal.evaluation_sheet(number)
    skp = triwulan.appraisal.evaluation_detail(number).skp
    assert skp is not None
    triwulan.appraisal.save_skp(
        draft(triwulan.staff[0], id=skp.id, rhks=(*draft_of(skp), RhkDraft("Tugas baru sesudah triwulan", "UTAMA")))
    )
    assert triwulan.appraisal.evaluation_sheet(number) == signed
    triwulan.appraisal.revise(number, "Menyertakan tugas baru")
    texts = [rhk.text for rhk in triwulan.appraisal.evaluation_sheet(number).rhks]
    assert "Tugas baru sesudah triwulan" in texts


def draft_of(skp: SkpRow) -> tuple[RhkDraft, ...]:
    """The stored SKP as the editor would send it back."""
    return tuple(
        RhkDraft(
            rhk.text,
            rhk.kind,
            superior_rhk=rhk.superior_rhk or "",
            ikis=tuple(IkiDraft(iki.text, iki.target or "", iki.aspect or "", id=iki.id) for iki in rhk.ikis),
            id=rhk.id,
        )
        for rhk in skp.rhks
    )
