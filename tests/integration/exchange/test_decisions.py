"""What a workbook leaves open is asked once per column or spelling, never guessed, never written before."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from asn_desktop.cli.run import main
from asn_desktop.exchange.plan import Fate, ImportPlan
from asn_desktop.exchange.questions import Question
from asn_desktop.personnel.listing import EmployeeSpec
from asn_desktop.services import Services, close_office
from tests.conftest import PASSPHRASE
from tests.integration.exchange.decision_books import CASES, OPD, PEOPLE, Case, listed


@pytest.fixture
def staffed(office: Services, tmp_path: Path) -> Services:
    office.exchange.apply(office.exchange.examine(listed(lambda _n, row: row)(tmp_path / "pegawai.xlsx")))
    return office


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_every_case_has_its_right_outcome(office: Services, tmp_path: Path, case: Case) -> None:
    if not case.empty:
        office.exchange.apply(office.exchange.examine(listed(lambda _n, row: row)(tmp_path / "pegawai.xlsx")))
    plan = office.exchange.examine(case.build(tmp_path / "a.xlsx"), period=case.period, answers=case.answers)
    counts = plan.counts
    assert sum(counts[fate.value] for fate in Fate) == counts["rows_read"]
    assert {fate.value: counts[fate.value] for fate in Fate if counts[fate.value]} == dict(case.counts)
    assert [question.id for question in plan.questions if question.open] == list(case.asked)
    told = [issue for issue in plan.issues if issue.severity == "decision"]
    assert bool(told) is bool(case.asked)
    written = [row for row in plan.rows if row.fate in (Fate.NEW, Fate.CHANGED)]
    for field, value in case.says.items():
        assert {row.values.get(field) for row in written if row.values.get(field) is not None} >= {value}
    for field in case.silent:
        assert not any(change.field == field for row in written for change in row.changes)
        assert plan.kind != "personnel" or not any(row.fate is Fate.NEW and row.values.get(field) for row in written)


def ask(office: Services, path: Path, **answers: str) -> tuple[ImportPlan, dict[str, Question]]:
    plan = office.exchange.examine(path, answers=answers)
    return plan, {question.id: question for question in plan.questions}


def test_an_answer_is_remembered_and_shown_as_such(staffed: Services, tmp_path: Path) -> None:
    slip = "opd:Din. Uji Coba Rekaan"
    first = listed(lambda _n, row: row | {"OPD": "Din. Uji Coba Rekaan", "GOLONGAN": "III/b"})(tmp_path / "a.xlsx")
    plan, _questions = ask(staffed, first, **{slip: "DINAS UJI COBA REKAAN"})
    staffed.exchange.apply(plan)
    again = listed(lambda _n, row: row | {"OPD": "DIN. UJI COBA REKAAN", "GOLONGAN": "III/c"})(tmp_path / "b.xlsx")
    plan, questions = ask(staffed, again)
    (question,) = questions.values()
    assert question.remembered
    assert (question.answer, question.open, plan.counts["changed"]) == ("DINAS UJI COBA REKAAN", False, len(PEOPLE))
    assert "diingat dari impor sebelumnya" in " ".join(issue.message for issue in plan.issues)
    other, _questions = ask(staffed, again, **{question.id: "new"})
    assert all(row.values["opd"] == "DIN. UJI COBA REKAAN" or "Din" in row.values["opd"] for row in other.rows)
    staffed.safety.undo()
    assert ask(staffed, again)[1][question.id].open, "undo takes the answer back with the import"


def test_exchanged_dates_are_asked_again_in_every_file(staffed: Services, tmp_path: Path) -> None:
    path = CASES["r09b"].build(tmp_path / "a.xlsx")
    plan, _questions = ask(staffed, path, **{"dates:swapped": "keep"})
    staffed.exchange.apply(plan)
    staffed.safety.undo()
    assert ask(staffed, path)[1]["dates:swapped"].open


def test_a_question_nobody_needs_answered_is_not_asked(staffed: Services, tmp_path: Path) -> None:
    """The rows with the strange word are refused for another reason."""
    rows = listed(lambda _n, row: row | {"KEDUDUKAN HUKUM": "Nonjob Sementara", "GOLONGAN": "XX"})
    plan = staffed.exchange.examine(rows(tmp_path / "a.xlsx"))
    assert (plan.counts["rejected"], plan.questions) == (len(PEOPLE), ())


def test_leavers_come_in_as_inactive_when_asked(office: Services, tmp_path: Path) -> None:
    plan = office.exchange.examine(
        CASES["r18b, answered"].build(tmp_path / "a.xlsx"),
        answers={"sheet:PENSIUN": "inactive", "sheet:MUTASI KELUAR": "inactive"},
    )
    office.exchange.apply(plan)
    assert len(office.personnel.ids(EmployeeSpec())) == 2
    assert len(office.personnel.ids(EmployeeSpec(status="all"))) == 5


def test_the_command_line_asks_and_takes_answers(
    staffed: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = staffed.paths.home
    close_office(staffed)
    monkeypatch.setenv("ASN_PASSPHRASE", PASSPHRASE)
    path = str(CASES["r09c"].build(tmp_path / "a.xlsx"))

    def run(*extra: str) -> tuple[int, dict[str, object]]:
        code = main(["--home", str(home), "--json", "import", path, *extra])
        return code, json.loads(capsys.readouterr().out)

    code, answer = run("--dry-run")
    assert (code, answer["conflict"]) == (0, 6)
    questions = answer["questions"]
    assert isinstance(questions, list)
    assert {choice["key"] for choice in questions[0]["choices"]} == {"DINAS UJI COBA REKAAN", "new"}
    code, _answer = run("--dry-run", "--decide", "opd:tidak ada=new")
    assert code == 2
    code, _answer = run("--dry-run", "--decide", f"{questions[0]['id']}=entah")
    assert code == 2
    decided = [part for each in questions for part in ("--decide", f"{each['id']}=DINAS UJI COBA REKAAN")]
    code, answer = run(*decided)
    assert (code, answer["same"], answer["conflict"]) == (0, len(PEOPLE), 0)
    assert OPD in PEOPLE[0].values()
