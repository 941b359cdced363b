"""The contract of the command line: exit codes, one JSON object, and nothing written where something was refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from asn_desktop.cli import run
from asn_desktop.environment.paths import OfficePaths
from tests.conftest import PASSPHRASE
from tests.integration.exchange.books import ANI, BUDI, SESUAI, book, rating

Call = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def call(office_home: OfficePaths, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Runs a command with ``--json`` on the test's office; returns exit code and the one object it printed."""
    monkeypatch.setenv("ASN_PASSPHRASE", PASSPHRASE)

    def called(*arguments: object) -> tuple[int, dict[str, Any]]:
        words = ["--home", str(office_home.home), "--json", *map(str, arguments)]
        monkeypatch.setattr("sys.argv", ["asn-desktop", *words])
        try:
            code = run.main(words)
        except SystemExit as end:  # argparse's way of saying "wrong use"
            code = int(end.code or 0)
        (line,) = capsys.readouterr().out.splitlines()
        return code, json.loads(line)

    return called


def test_the_six_fates_add_up_and_the_same_again_changes_nothing(call: Call, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", ANI, BUDI, {**BUDI, "NIP": "12"})
    for new, same in ((2, 0), (0, 2)):
        code, answer = call("import", path)
        fates = [answer[name] for name in ("new", "changed", "same", "conflict", "rejected", "ignored")]
        assert (code, sum(fates), fates[0], fates[2]) == (0, answer["rows_read"], new, same)
        (issue,) = [issue for issue in answer["issues"] if issue["severity"] == "error"]
        assert (issue["sheet"], issue["cell"], issue["value"], issue["code"]) == ("Data", "A4", "12", "nip_length")


def test_nothing_is_written_when_the_error_workbook_cannot_be(call: Call, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", ANI, {**BUDI, "NIP": "12"})
    code, answer = call("import", path, "--errors", tmp_path / "tidak" / "ada.xlsx")
    assert (code, answer["error"]["code"]) == (3, "ASN-1406")
    assert call("list", "employees")[1]["employees"] == []


def test_the_workbook_being_read_is_not_written_over(call: Call, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", ANI, {**BUDI, "NIP": "12"})
    before = path.read_bytes()
    assert call("import", path, "--errors", path)[0] == 2
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["asn.db", "kunci.json", "jangkar.json"])
@pytest.mark.parametrize("command", [("backup",), ("export", "personnel")])
def test_the_files_of_the_office_are_not_written_over(
    call: Call, office_home: OfficePaths, name: str, command: tuple[str, ...]
) -> None:
    assert call(*command, office_home.home / name)[0] == 2
    assert call("check")[1]["sound"] is True


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (("export", "ratings", "x.xlsx"), 2),
        (("export", "ratings", "x.xlsx", "--period", "2026"), 2),
        (("impor", "x.xlsx"), 2),
        (("import",), 2),
        (("import", "tidak-ada.xlsx"), 3),
        (("import", "."), 3),
        (("export", "personnel", "tidak/ada.xlsx"), 3),
        (("export", "personnel", "x.xlsx", "--unit", "ZZ"), 3),
        (("export", "ratings", "x.xlsx", "--period", "2026-TW1"), 3),
        (("print", "X.9", "x.pdf", "--period", "2026-TW3", "--blank"), 3),
        (("print", "C.1.3", "tidak/ada.pdf", "--period", "2026-TW3", "--blank"), 3),
        (("backup", "."), 3),
        (("backup", "tidak/ada"), 3),
        (("restore", "tidak-ada"), 3),
        (("init", "--office", "1", "--name", "Kantor Lain"), 3),
        (("--as-user", "orang-lain", "check"), 4),
    ],
)
def test_refusals_say_why_in_one_object(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], code: int
) -> None:
    monkeypatch.chdir(tmp_path)
    given, answer = call(*command)
    assert given == code
    assert answer["error"]["message"]
    assert answer["error"]["code"].startswith("ASN-1")


def test_a_wrong_passphrase_is_four(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASN_PASSPHRASE", "bukan kata sandinya")
    assert call("check")[0] == 4


def test_our_own_mistake_is_one_object_too_and_goes_to_the_log_only(
    call: Call, office_home: OfficePaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object) -> None:
        raise RuntimeError("ini salah kami")

    monkeypatch.setitem(run._WITH_OFFICE, "check", broken)
    code, answer = call("check")
    assert (code, answer["error"]["code"]) == (1, "ASN-1000")
    assert "ini salah kami" in (office_home.logs / "asn.log").read_text(encoding="utf-8")


def test_lists_speak_as_the_forms_do(call: Call, tmp_path: Path) -> None:
    call("import", book(tmp_path / "a.xlsx", ANI))
    call("import", book(tmp_path / "b.xlsx", rating(ANI, "Di Bawah Ekspektasi", SESUAI)), "--period", "2026-TW3")
    (person,) = call("list", "employees")[1]["employees"]
    assert {"nip", "name", "rank", "position", "unit", "opd", "status"} <= person.keys()
    (evaluation,) = call("list", "evaluations", "--period", "2026-TW3")[1]["evaluations"]
    assert evaluation["result_rating"] == "Di Bawah Ekspektasi"
    assert evaluation["predicate"] == "Butuh Perbaikan"
    (plan,) = call("list", "plans")[1]["plans"]
    assert (plan["state"], plan["trigger_period"], plan["predicate"]) == ("proposed", "2026-TW3", "Butuh Perbaikan")
    assert call("list", "events")[1] == {"events": []}
