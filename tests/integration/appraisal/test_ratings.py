"""Two ratings, one predicate, one undo; final and closed evaluations are safe."""

from __future__ import annotations

from datetime import date

import pytest

from asn_desktop.appraisal.commands import ImportedRating, RatingChange
from asn_desktop.appraisal.predicate import OrganisationRating, Predicate, Rating, State
from asn_desktop.appraisal.queries import EvaluationSpec, Progress
from asn_desktop.core.errors import ConflictError, InputError, NotAllowed
from asn_desktop.core.issues import Severity
from asn_desktop.core.periods import Period
from asn_desktop.services import Services
from asn_desktop.storage import undo
from tests.integration.appraisal.people import SmallOffice, small_office

TW3 = Period(2026, 3)
ABOVE, AS_EXPECTED, BELOW = Rating.DI_ATAS, Rating.SESUAI, Rating.DI_BAWAH


@pytest.fixture
def triwulan(kantor: SmallOffice) -> SmallOffice:
    """The office with Triwulan III opened."""
    kantor.appraisal.open_period(TW3)
    return kantor


def ids(kantor: SmallOffice, **spec: object) -> list[int]:
    return kantor.appraisal.evaluation_ids(EvaluationSpec(TW3.code, **spec))  # type: ignore[arg-type]


def row(kantor: SmallOffice, number: int) -> tuple[Rating | None, Rating | None, Predicate | None, State]:
    [found] = kantor.appraisal.evaluation_rows([number])
    return found.result, found.behaviour, found.predicate, found.state


def undo_last(kantor: SmallOffice) -> None:
    with kantor.services.database.read() as connection:
        found = undo.next_undo(connection)
    assert found is not None
    undo.undo(kantor.services.database, found[0])


def test_the_predicate_follows_from_the_ratings_and_is_never_typed(triwulan: SmallOffice) -> None:
    first, *_rest = ids(triwulan)
    triwulan.appraisal.rate([RatingChange(first, result=BELOW)])
    assert row(triwulan, first) == (BELOW, None, None, State.DRAFT)
    triwulan.appraisal.rate([RatingChange(first, behaviour=AS_EXPECTED)])
    assert row(triwulan, first) == (BELOW, AS_EXPECTED, Predicate.BUTUH_PERBAIKAN, State.RATED)
    triwulan.appraisal.rate([RatingChange(first, result=None)])
    assert row(triwulan, first) == (None, AS_EXPECTED, None, State.DRAFT)


def test_many_ratings_go_back_with_one_undo(triwulan: SmallOffice) -> None:
    every = ids(triwulan)
    before = triwulan.appraisal.evaluation_rows(every)
    triwulan.appraisal.rate([RatingChange(number, ABOVE, ABOVE) for number in every])
    assert {row(triwulan, number)[2] for number in every} == {Predicate.SANGAT_BAIK}
    undo_last(triwulan)
    strip = [(r.id, r.result, r.behaviour, r.predicate, r.state) for r in before]
    after = triwulan.appraisal.evaluation_rows(every)
    assert [(r.id, r.result, r.behaviour, r.predicate, r.state) for r in after] == strip


def test_final_needs_both_ratings_and_then_stays(triwulan: SmallOffice) -> None:
    first, second, *_rest = ids(triwulan)
    triwulan.appraisal.rate([RatingChange(first, AS_EXPECTED, AS_EXPECTED)])
    with pytest.raises(InputError, match="1 evaluasi"):
        triwulan.appraisal.finalise([first, second])
    assert row(triwulan, first)[3] is State.RATED
    triwulan.appraisal.finalise([first])
    assert row(triwulan, first)[3] is State.FINAL
    with pytest.raises(NotAllowed) as caught:
        triwulan.appraisal.rate([RatingChange(second, ABOVE, ABOVE), RatingChange(first, ABOVE, ABOVE)])
    assert "Perbaiki" in caught.value.hint
    assert row(triwulan, second)[0] is None


def test_what_is_missing_is_counted_before_finalising(triwulan: SmallOffice) -> None:
    every = ids(triwulan)
    triwulan.appraisal.rate([RatingChange(number, AS_EXPECTED, AS_EXPECTED) for number in every[1:]])
    triwulan.appraisal.set_organisation_result(triwulan.dinas, TW3.code, OrganisationRating.BAIK)
    found = {issue.code: (issue.severity, count) for issue, count in triwulan.appraisal.check_final(every)}
    assert found == {
        "result_missing": (Severity.ERROR, 1),
        "behaviour_missing": (Severity.ERROR, 1),
        "organisation_result_missing": (Severity.WARNING, 1),  # the head is measured by the whole Pemda
    }


def test_a_final_evaluation_leaves_only_by_a_reasoned_revision(triwulan: SmallOffice) -> None:
    first, *_rest = ids(triwulan)
    triwulan.appraisal.rate([RatingChange(first, AS_EXPECTED, AS_EXPECTED)])
    with pytest.raises(InputError):
        triwulan.appraisal.revise(first, "belum final")
    triwulan.appraisal.finalise([first])
    with pytest.raises(InputError):
        triwulan.appraisal.revise(first, "  ")
    triwulan.appraisal.revise(first, "Keberatan diterima")
    detail = triwulan.appraisal.evaluation_detail(first)
    assert (detail.row.state, detail.row.revision, detail.revision_reason) == (State.RATED, 1, "Keberatan diterima")
    triwulan.appraisal.rate([RatingChange(first, result=ABOVE)])
    assert row(triwulan, first)[:2] == (ABOVE, AS_EXPECTED)


def test_a_closed_quarter_refuses_everything_until_it_is_opened_with_a_reason(triwulan: SmallOffice) -> None:
    first, second, *_rest = ids(triwulan)
    triwulan.appraisal.rate([RatingChange(first, AS_EXPECTED, AS_EXPECTED)])
    triwulan.appraisal.close_period(TW3.code)
    assert row(triwulan, first)[3] is State.FINAL
    assert row(triwulan, second)[3] is State.DRAFT
    for refused in (
        lambda: triwulan.appraisal.rate([RatingChange(second, ABOVE, ABOVE)]),
        lambda: triwulan.appraisal.revise(first, "Alasan"),
        lambda: triwulan.appraisal.finalise([first]),
        lambda: triwulan.appraisal.save_evaluation(first),
        lambda: triwulan.appraisal.set_organisation_result(triwulan.dinas, TW3.code, OrganisationRating.BAIK),
        lambda: triwulan.appraisal.close_period(TW3.code),
    ):
        with pytest.raises(NotAllowed):
            refused()
    with pytest.raises(InputError):
        triwulan.appraisal.reopen_period(TW3.code, "")
    triwulan.appraisal.reopen_period(TW3.code, "Data Puskesmas terlambat")
    triwulan.appraisal.rate([RatingChange(second, ABOVE, ABOVE)])
    assert row(triwulan, second)[2] is Predicate.SANGAT_BAIK


def test_an_evaluation_that_is_gone_is_a_conflict(triwulan: SmallOffice) -> None:
    with pytest.raises(ConflictError):
        triwulan.appraisal.rate([RatingChange(999_999, ABOVE, ABOVE)])


def test_lists_filter_sort_and_search(triwulan: SmallOffice) -> None:
    found = triwulan.appraisal.list_evaluations(TW3.code)
    by_name = {each.name: each.id for each in found}
    assert [each.name for each in found][:2] == ["dr. Ahmad Contoh", "Dewi Contoh"]
    triwulan.appraisal.rate(
        [
            RatingChange(by_name["Dewi Contoh"], ABOVE, ABOVE),
            RatingChange(by_name["Staf Contoh 001"], BELOW, AS_EXPECTED),
            RatingChange(by_name["Staf Contoh 002"], AS_EXPECTED, AS_EXPECTED),
        ]
    )
    assert ids(triwulan, search="dewi") == [by_name["Dewi Contoh"]]
    assert ids(triwulan, search="contoh staf 001") == [by_name["Staf Contoh 001"]]
    assert ids(triwulan, search="%") == ids(triwulan)
    assert len(ids(triwulan, unit_id=triwulan.puskesmas)) == 5
    assert len(ids(triwulan, unit_id=triwulan.dinas)) == len(ids(triwulan, unit_id=triwulan.root)) == 6
    assert len(ids(triwulan, unrated=True)) == 3
    assert ids(triwulan, low=True) == [by_name["Staf Contoh 001"]]
    assert ids(triwulan, predicate=Predicate.SANGAT_BAIK) == [by_name["Dewi Contoh"]]
    ordered = triwulan.appraisal.evaluation_rows(ids(triwulan, sort="predicate", descending=True))
    assert [each.predicate for each in ordered][:4] == [
        Predicate.SANGAT_BAIK, Predicate.BAIK, Predicate.BUTUH_PERBAIKAN, None,
    ]  # fmt: skip
    for sort in ("name", "nip", "position", "unit", "result", "behaviour", "state"):
        assert sorted(ids(triwulan, sort=sort)) == sorted(ids(triwulan))


def test_progress_counts_units_with_everything_below(triwulan: SmallOffice) -> None:
    by_employee = {each.employee_id: each.id for each in triwulan.appraisal.list_evaluations(TW3.code)}
    triwulan.appraisal.rate([RatingChange(by_employee[triwulan.staff[0]], ABOVE, ABOVE)])
    triwulan.appraisal.finalise([by_employee[triwulan.staff[0]]])
    triwulan.appraisal.rate([RatingChange(by_employee[triwulan.head], ABOVE, ABOVE)])
    progress = triwulan.appraisal.progress_by_unit(TW3.code)
    assert progress[triwulan.puskesmas] == Progress(5, 1, 1)
    assert progress[triwulan.dinas] == progress[triwulan.root] == progress[None] == Progress(6, 2, 1)
    assert progress[None].percent == 33
    assert triwulan.appraisal.progress_by_unit("2026-TW1")[None] == Progress(0, 0, 0)


def test_distribution_warns_beside_the_guidance_and_never_blocks(office: Services) -> None:
    kantor = small_office(office, staff=12)
    kantor.appraisal.open_period(TW3)
    everyone = kantor.appraisal.evaluation_ids(EvaluationSpec(TW3.code, kantor.dinas))
    kantor.appraisal.rate([RatingChange(number, AS_EXPECTED, AS_EXPECTED) for number in everyone])
    without = kantor.appraisal.distribution(TW3.code, kantor.dinas)
    assert [issue.code for issue in without.warnings] == ["organisation_result_missing"]
    assert without.curve == ()
    kantor.appraisal.set_organisation_result(kantor.dinas, TW3.code, OrganisationRating.BAIK)
    found = kantor.appraisal.distribution(TW3.code, kantor.dinas)
    assert (found.counts[Predicate.BAIK], found.rated, found.total) == (14, 14, 14)
    assert [issue.code for issue in found.warnings] == ["distribution_maximum", "distribution_required"]
    assert len(found.curve) == 17
    office.reference.set_parameter("distribusi.persen", "tidak", date(2026, 1, 1), "Keputusan kantor")
    assert kantor.appraisal.distribution(TW3.code, kantor.dinas).warnings == ()
    kantor.appraisal.finalise(everyone)


def test_deadlines_are_counted_in_working_days(triwulan: SmallOffice) -> None:
    """Window closes Thursday 15 October 2026; clock stands at 6 October."""
    found = {each.code: each for each in triwulan.appraisal.deadlines(TW3.code)}
    assert (found["JENDELA"].due, found["JENDELA"].days_left) == (date(2026, 10, 15), 7)
    assert found["ATASAN_TTD"].due == date(2026, 11, 4)
    assert found["LAPOR_PYB"].due == date(2026, 11, 26)
    assert triwulan.appraisal.deadlines("2026-TW1") == []


def test_import_rates_and_lets_contradictions_wait(triwulan: SmallOffice) -> None:
    one, two, three, _four = triwulan.staff
    rows = [
        ImportedRating(one, TW3.code, BELOW, AS_EXPECTED, "Perlu bimbingan", Predicate.BUTUH_PERBAIKAN),
        ImportedRating(two, TW3.code, AS_EXPECTED, BELOW, None, Predicate.BAIK),
        ImportedRating(three, TW3.code, ABOVE, ABOVE),
    ]
    by_employee = {each.employee_id: each.id for each in triwulan.appraisal.list_evaluations(TW3.code)}

    def run() -> tuple[int, int, tuple[int, ...]]:
        with triwulan.services.database.write("import.ratings", "Impor rating") as uow:
            done = triwulan.appraisal.apply_import(uow, rows)
        return done.changed, done.same, done.waiting

    assert run() == (3, 0, (two,))
    assert row(triwulan, by_employee[one])[2] is Predicate.BUTUH_PERBAIKAN
    assert triwulan.appraisal.evaluation_detail(by_employee[one]).notes == "Perlu bimbingan"
    assert row(triwulan, by_employee[two]) == (None, None, None, State.DRAFT)
    assert ids(triwulan, waiting=True) == [by_employee[two]]
    assert run() == (0, 3, (two,))
    undo_last(triwulan)
    assert row(triwulan, by_employee[three])[2] is None
    rows[1] = ImportedRating(two, TW3.code, AS_EXPECTED, BELOW, None, Predicate.BAIK, accept_ratings=True)
    run()
    assert row(triwulan, by_employee[two])[2] is Predicate.KURANG
    assert ids(triwulan, waiting=True) == []


def test_an_import_for_somebody_without_evaluation_writes_nothing(triwulan: SmallOffice) -> None:
    rows = [
        ImportedRating(triwulan.staff[0], TW3.code, ABOVE, ABOVE),
        ImportedRating(triwulan.staff[1], "2026-TW1", ABOVE, ABOVE),
    ]
    with pytest.raises(InputError), triwulan.services.database.write("import.ratings", "Impor") as uow:
        triwulan.appraisal.apply_import(uow, rows)
    assert ids(triwulan, unrated=True) == ids(triwulan)


def test_a_pasted_block_is_one_operation(triwulan: SmallOffice) -> None:
    every = ids(triwulan)
    nips = [each.nip for each in triwulan.appraisal.evaluation_rows(every)]
    block = "\n".join(f"{nip}\tsesuai ekspektasi\tDIATAS EKSPEKTASI" for nip in nips)
    plan = triwulan.appraisal.plan_paste(block, TW3.code, every)
    assert not plan.rejected
    triwulan.appraisal.rate(plan.changes)
    assert {row(triwulan, number)[2] for number in every} == {Predicate.BAIK}
    undo_last(triwulan)
    assert ids(triwulan, unrated=True) == every
