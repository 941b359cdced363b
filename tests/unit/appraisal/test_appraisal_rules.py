"""Distribution, window, exclusions, what blocks final: pure rules of the quarter."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asn_desktop.appraisal import rules, tables
from asn_desktop.appraisal.predicate import OrganisationRating, Predicate, Rating, State
from asn_desktop.core.issues import Severity
from asn_desktop.core.periods import Period

SB, B, BP, K, SK = (Predicate[name] for name in ("SANGAT_BAIK", "BAIK", "BUTUH_PERBAIKAN", "KURANG", "SANGAT_KURANG"))
ORGANISATION = OrganisationRating


def codes(counts: dict[Predicate, int], organisation: OrganisationRating | None, **options: object) -> list[str]:
    found = rules.check_distribution(counts, organisation, tables.distribution_rules(), **options)  # type: ignore[arg-type]
    return [issue.code for issue in found]


@pytest.mark.parametrize(
    "organisation, counts, expected",
    [
        (ORGANISATION.BAIK, {B: 70, SB: 20, BP: 10}, []),
        (ORGANISATION.BAIK, {B: 71, SB: 19, BP: 10}, ["distribution_maximum"]),
        (ORGANISATION.BAIK, {B: 70, SB: 30}, ["distribution_required"]),
        (ORGANISATION.BAIK, {B: 30, SB: 60, K: 10}, ["distribution_pattern"]),
        (ORGANISATION.ISTIMEWA, {SB: 70, B: 30}, []),
        (ORGANISATION.ISTIMEWA, {SB: 80, B: 20}, ["distribution_maximum"]),
        (ORGANISATION.BUTUH_PERBAIKAN, {BP: 60, B: 30, SB: 10}, []),
        (ORGANISATION.BUTUH_PERBAIKAN, {BP: 59, B: 30, SB: 11}, ["distribution_maximum", "distribution_minimum"]),
        (ORGANISATION.KURANG, {K: 60, BP: 10, B: 30}, []),
        (ORGANISATION.KURANG, {K: 60, BP: 9, B: 31}, ["distribution_minimum"]),
        (ORGANISATION.SANGAT_KURANG, {SK: 60, K: 5, BP: 5, B: 30}, []),
        (ORGANISATION.SANGAT_KURANG, {SK: 60, K: 5, BP: 4, B: 31}, ["distribution_minimum"]),
        (ORGANISATION.SANGAT_KURANG, {SK: 80, K: 15, SB: 5}, ["distribution_unexpected"]),
    ],
)
def test_the_percentages_of_the_circular(
    organisation: OrganisationRating, counts: dict[Predicate, int], expected: list[str]
) -> None:
    assert codes(counts, organisation) == expected


@pytest.mark.parametrize(
    "organisation, counts, expected",
    [
        (
            ORGANISATION.BAIK,
            {B: 693, SB: 207, BP: 100},
            ["Baik 69,3% (paling banyak 70%)", "Butuh Perbaikan dan/atau Kurang ada"],
        ),
        (ORGANISATION.BAIK, {B: 71, SB: 19, K: 10}, ["Butuh Perbaikan dan/atau Kurang ada"]),
        (
            ORGANISATION.KURANG,
            {K: 60, BP: 10, B: 30},
            [
                "Sangat Baik 0% (paling banyak 10%)",
                "Butuh Perbaikan 10% (paling sedikit 10%)",
                "Kurang 60% (paling sedikit 60%)",
            ],
        ),
        (
            ORGANISATION.SANGAT_KURANG,
            {SK: 60, K: 5, BP: 5, B: 30},
            ["tidak ada Sangat Baik", "Sangat Kurang 60% (paling sedikit 60%)", "Butuh Perbaikan dan/atau Kurang ada"],
        ),
    ],
)
def test_what_was_compared_is_said_with_its_figures(
    organisation: OrganisationRating, counts: dict[Predicate, int], expected: list[str]
) -> None:
    assert sorted(rules.met_limits(counts, organisation, tables.distribution_rules())) == sorted(expected)


@pytest.mark.parametrize("count, total, words", [(704, 1000, "70,4%"), (7001, 10000, "70,1%")])
def test_a_share_over_a_limit_never_reads_as_the_limit(count: int, total: int, words: str) -> None:
    found = rules.check_distribution({B: count, BP: total - count}, ORGANISATION.BAIK, tables.distribution_rules())
    assert [issue.message for issue in found] == [f"Baik {words}, acuan paling banyak 70%."]


def test_small_units_and_offices_without_percentages_are_not_measured() -> None:
    assert codes({B: 9}, ORGANISATION.BAIK) == []
    assert codes({B: 10}, ORGANISATION.BAIK) == ["distribution_maximum", "distribution_required"]
    assert codes({B: 50}, ORGANISATION.BAIK, percentages=False) == []
    assert codes({B: 9}, ORGANISATION.BAIK, minimum_people=5) != []


def test_without_an_organisation_result_nothing_can_be_compared() -> None:
    assert codes({B: 50}, None) == ["organisation_result_missing"]
    assert codes({}, None) == []


@given(
    st.sampled_from(OrganisationRating),
    st.dictionaries(st.sampled_from(Predicate), st.integers(0, 500)),
)
def test_the_distribution_only_ever_warns(organisation: OrganisationRating, counts: dict[Predicate, int]) -> None:
    found = rules.check_distribution(counts, organisation, tables.distribution_rules())
    assert all(issue.severity is Severity.WARNING and issue.message for issue in found)


@pytest.mark.parametrize("organisation", OrganisationRating)
def test_the_guidance_curve_peaks_at_the_matching_predicate(organisation: OrganisationRating) -> None:
    curve = tables.guidance_curve(organisation)
    assert [point.x for point in curve] == [number / 4 for number in range(17)]
    assert max(curve, key=lambda point: point.y).x == list(OrganisationRating).index(organisation)


def test_the_window_is_a_setting_for_quarters_and_january_for_the_year() -> None:
    assert rules.window(Period(2026, 3), 20, 15) == (date(2026, 9, 20), date(2026, 10, 15))
    assert rules.window(Period(2026, 4), 20, 15) == (date(2026, 12, 20), date(2027, 1, 15))
    assert rules.window(Period(2026, 0), 20, 15) == (date(2026, 12, 20), date(2027, 1, 31))
    assert rules.window(Period(2026, 1), 31, 31) == (date(2026, 3, 31), date(2026, 4, 28))


@pytest.mark.parametrize(
    "status, reason",
    [
        ("CLTN", "Cuti di luar tanggungan negara"),
        ("Perpanjangan CLTN", "Cuti di luar tanggungan negara"),
        ("Cuti Diluar Tanggungan Negara", "Cuti di luar tanggungan negara"),
        ("Pemberhentian Sementara", "Diberhentikan sementara"),
        ("Pejabat Negara", "Pejabat negara"),
        ("Masa Persiapan Pensiun", "Masa persiapan pensiun"),
        ("MPP", "Masa persiapan pensiun"),
        ("Kepala Desa", "Kepala atau perangkat desa"),
        ("Aktif", None),
        ("Tugas Belajar", None),
        ("PNS kena hukuman disiplin", None),
        ("", None),
    ],
)
def test_who_has_no_skp_has_no_evaluation(status: str, reason: str | None) -> None:
    assert rules.exclusion_reason(status) == reason


def test_the_state_follows_from_the_ratings() -> None:
    assert rules.state_of(None, None) is State.DRAFT
    assert rules.state_of(Rating.SESUAI, None) is State.DRAFT
    assert rules.state_of(Rating.SESUAI, Rating.DI_ATAS) is State.RATED


def test_missing_ratings_block_final_but_a_missing_organisation_result_warns() -> None:
    found = rules.final_problems(None, Rating.SESUAI, None)
    assert [(issue.code, issue.severity) for issue in found] == [
        ("result_missing", Severity.ERROR),
        ("organisation_result_missing", Severity.WARNING),
    ]
    assert rules.final_problems(Rating.SESUAI, Rating.SESUAI, ORGANISATION.BAIK) == []


def test_what_a_careful_assessor_completes_first() -> None:
    iki = rules.IkiFacts(main=True, target="80 – 90%", realised=True)
    assert rules.skp_warnings([iki], leader_feedback=True) == []
    assert [i.code for i in rules.skp_warnings([], leader_feedback=False)] == ["skp_missing"]
    rough = [rules.IkiFacts(main=True, target="Semua dokumen"), rules.IkiFacts(main=False)]
    found = [issue.code for issue in rules.skp_warnings(rough, leader_feedback=False, leadership=True)]
    assert found == ["realisation_missing", "feedback_missing", "budget_perspective", "absolute_target"]


@pytest.mark.parametrize(
    "target, absolute", [("semua berkas", True), ("tidak pernah terlambat", True), ("90% berkas", False)]
)
def test_absolute_words_in_targets(target: str, absolute: bool) -> None:
    assert rules.has_absolute_word(target) is absolute
