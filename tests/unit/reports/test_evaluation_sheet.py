"""The rows that the forms are printed from."""

from __future__ import annotations

import pytest

from asn_desktop.appraisal.sheet import Feedback, RhkKind, behaviours_with, blank_sheet, standard_behaviours


def test_the_seven_values_stand_in_their_fixed_order_with_three_behaviours_each() -> None:
    values = standard_behaviours()
    assert [value.value for value in values] == [
        "Berorientasi pelayanan",
        "Akuntabel",
        "Kompeten",
        "Harmonis",
        "Loyal",
        "Adaptif",
        "Kolaboratif",
    ]
    assert {len(value.guidance) for value in values} == {3}


def test_expectations_and_feedback_go_to_their_value() -> None:
    remark = Feedback("PIMPINAN", None, "baik")
    by_code = {value.code: value for value in behaviours_with({"LOYAL": "hadir"}, {"ADAPTIF": (remark,)})}
    assert by_code["LOYAL"].expectation == "hadir"
    assert by_code["ADAPTIF"].feedback == (remark,)
    assert by_code["KOMPETEN"].expectation is None


def test_a_remark_about_an_unknown_value_is_not_lost_silently() -> None:
    with pytest.raises(KeyError, match="DISIPLIN"):
        behaviours_with({"DISIPLIN": "datang tepat waktu"})


def test_a_blank_sheet_has_three_numbered_results() -> None:
    rhks = blank_sheet("TRIWULAN I").rhks
    assert [(rhk.number, rhk.kind) for rhk in rhks] == [
        (1, RhkKind.UTAMA),
        (2, RhkKind.UTAMA),
        (3, RhkKind.TAMBAHAN),
    ]


def test_givers_are_named_as_on_the_forms() -> None:
    assert Feedback("REKAN", "Ani").giver_label == "Rekan kerja setingkat (Ani)"
    assert Feedback("Warga desa").giver_label == "Warga desa"
