"""No output lands on the office's own files, on a backup or on what is no file, whichever way one asks for it."""

from __future__ import annotations

import argparse
import ast
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from asn_desktop.appraisal.sheet import blank_sheet
from asn_desktop.cli import run
from asn_desktop.cli.arguments import build_parser
from asn_desktop.core.errors import OutputRefused
from asn_desktop.core.outputs import HomeName, output, refuse_output, sweep, write_output
from asn_desktop.core.periods import Period
from asn_desktop.environment.paths import OfficePaths
from asn_desktop.exchange.error_workbook import write_error_workbook
from asn_desktop.exchange.package.office_keys import PublicKey, write_key_file
from asn_desktop.exchange.subjects import IMPORTS
from asn_desktop.exchange.worksheet.orders import Order
from asn_desktop.exchange.writer import written_whole
from asn_desktop.reports.registry import render
from asn_desktop.services import Services, close_office
from tests.conftest import PASSPHRASE

ROOT = Path(__file__).parents[3]

WRITERS: dict[str, Callable[[Services, Path], object]] = {
    "export personnel": lambda office, out: office.exchange.export("personnel", out),
    "export ratings": lambda office, out: office.exchange.export("ratings", out, period="2026-TW3"),
    "worksheet": lambda office, out: office.worksheets.write(out, Order("personnel", office.worksheets.opd_ids()[0])),
    "send": lambda office, out: office.packages.send(out, "11"),
    "backup": lambda office, out: office.safety.back_up_to(out),
    "errors": lambda _office, out: write_error_workbook(out, [], IMPORTS["personnel"].columns),
    "print": lambda _office, out: render("C.1.3", [blank_sheet("TRIWULAN III")], out, blank=True),
    "key": lambda _office, out: write_key_file(out, PublicKey("11.12", "Kantor", "ab" * 32)),
    "workbook": lambda _office, out: _write_workbook(out),
}


def _write_workbook(out: Path) -> None:
    with written_whole(out) as place:
        place.write_bytes(b"isi")


def targets(office: Services, place: Path) -> Iterator[tuple[str, Path]]:
    """What must stay, and the ways to name it."""
    home = office.paths.home
    backup = office.safety.back_up().path
    for name in HomeName:
        yield f"own {name}", home / name
    yield "log of the database", home / "asn.db-wal"
    yield "with ..", home / "cadangan" / ".." / "kunci.json"
    yield "other case", home / "KUNCI.JSON"
    yield "new in the backups", home / "cadangan" / "baru.xlsx"
    yield "backup", backup
    own = home / "catatan.xlsx"
    own.write_bytes(b"milik orang")
    yield "anything in the home", own
    away = office.safety.back_up_to(place / "jauh.cadangan")
    yield "backup elsewhere", away
    yield "its key", away.with_name(away.name + ".kunci.json")
    yield "folder", place
    for name in ("NUL", "con.xlsx", "Lpt1.pdf"):
        yield name, place / name
    if os.name == "posix":
        yield "device", Path("/dev/null")
        pipe = place / "pipa"
        os.mkfifo(pipe)
        yield "pipe", pipe
        for name, end in (("key", home / "kunci.json"), ("mark", home / "dipulihkan"), ("loop", place / "tautan-loop")):
            link = place / f"tautan-{name}"
            link.symlink_to(end)
            yield f"link to {name}", link
        (place / "rumah").symlink_to(home)
        yield "link to the home", place / "rumah" / "asn.db"
        os.link(home / "kunci.json", place / "keras.xlsx")
        yield "hard link", place / "keras.xlsx"


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in ("asn.log", "asn.db-shm", "asn.db-wal")
    }


def test_setiap_penulis_menolak_setiap_sasaran(district: Services, tmp_path: Path) -> None:
    place = tmp_path / "luar"
    place.mkdir()
    district.appraisal.open_period(Period(2026, 3))
    found = list(targets(district, place))
    before = snapshot(district.paths.home)
    operations = len(district.safety.history(10_000))
    for name, write in WRITERS.items():
        for what, target in found:
            with pytest.raises(Exception) as caught:  # noqa: PT011 - looked at next
                write(district, target)
            assert getattr(caught.value, "code", "") in ("ASN-1407", "ASN-1406"), (name, what, caught.value)
    assert snapshot(district.paths.home) == before
    assert len(district.safety.history(10_000)) == operations, "nothing noted as sent either"
    assert not list(place.glob(".asn-*"))


COMMANDS: dict[tuple[str, str], list[str]] = {
    ("import", "errors"): ["import", "BOOK", "--errors", "OUT"],
    ("export", "out"): ["export", "personnel", "OUT"],
    ("worksheet", "out"): ["worksheet", "personnel", "OUT", "--unit", "03"],
    ("worksheet", "all"): ["worksheet", "personnel", "--all", "OUT"],
    ("send", "out"): ["send", "OUT", "--to", "11"],
    ("print", "out"): ["print", "C.1.3", "OUT", "--period", "2026-TW3", "--blank"],
    ("backup", "out"): ["backup", "OUT"],
}
"""``self-test`` writes a folder of fixed names and is tried on its own."""


def test_setiap_perintah_yang_menulis_dicoba() -> None:
    parser = build_parser()
    commands = next(action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    writing = {
        (name, action.dest)
        for name, command in commands.choices.items()
        for action in command._actions
        if action.type is Path and action.dest in ("out", "errors", "all")
    }
    assert writing == {*COMMANDS, ("self-test", "out")}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=lambda words: words[0])
@pytest.mark.parametrize("name", ["kunci.json", "asn.db"])
def test_perintah_menolak_berkas_kantor(
    office_home: OfficePaths, command: list[str], name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ASN_PASSPHRASE", PASSPHRASE)
    target = office_home.home / name
    before = target.read_bytes()
    words = [str(target) if word == "OUT" else str(tmp_path / "x.xlsx") if word == "BOOK" else word for word in command]
    assert run.main(["--home", str(office_home.home), "--json", *words]) == 3
    assert target.read_bytes() == before


def test_uji_mandiri_menolak_folder_kantor(office_home: OfficePaths) -> None:
    from asn_desktop.self_test.command import main

    before = snapshot(office_home.home)
    for folder in (office_home.home, office_home.backups):
        assert main(build_parser().parse_args(["self-test", "--out", str(folder)])) == 3
    assert snapshot(office_home.home) == before


def test_tidak_ada_yang_menulis_di_luar_penjaga() -> None:
    """Files are opened for writing, copied and moved only where it was looked at."""
    allowed = {
        "core/files.py", "core/outputs.py", "storage/backup.py", "storage/engine.py", "environment/instance.py",
        "environment/program.py", "app.py", "self_test/command.py", "self_test/window.py",
        "exchange/parts.py", "exchange/strays.py",  # copies of a received workbook in memory
    }  # fmt: skip
    source = ROOT / "src" / "asn_desktop"
    found = set()
    for path in source.rglob("*.py"):
        name = path.relative_to(source).as_posix()
        if not name.startswith("devtools/") and name not in allowed and _writes(path):
            found.add(name)
    assert not found
    assert all(_writes(source / name) for name in allowed - {"core/files.py"}), "nobody stays on the list for nothing"


def _writes(path: Path) -> bool:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute | ast.Name):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
        owner = getattr(getattr(node.func, "value", None), "id", "")
        modes = [word.value for word in node.args if isinstance(word, ast.Constant) and isinstance(word.value, str)]
        if called in ("write_text", "write_bytes", "mkstemp", "NamedTemporaryFile"):
            return True
        if (owner == "shutil" and called != "rmtree") or (owner == "os" and called in ("replace", "rename")):
            return True
        if called == "open" and any(re.fullmatch("[rwaxbt+]*[wax+][rwaxbt+]*", mode) for mode in modes):
            return True
    return False


def test_berkas_baru_di_samping_dan_menimpa_hasil_lama_tetap_boleh(office: Services, tmp_path: Path) -> None:
    for _time in range(2):
        write_output(tmp_path / "hasil.pdf", b"isi")
    assert (tmp_path / "hasil.pdf").read_bytes() == b"isi"
    assert refuse_output(office.paths.home / "hasil baru.xlsx")
    assert not list(tmp_path.glob(".asn-*"))
    assert not list((office.paths.home / "sementara").iterdir())


def test_sumber_yang_sedang_dibaca_tidak_ditimpa(tmp_path: Path) -> None:
    source = tmp_path / "masuk.xlsx"
    source.write_bytes(b"isi")
    with pytest.raises(OutputRefused):
        refuse_output(tmp_path / "." / "masuk.xlsx", source)


def test_sisa_program_yang_diputus_hilang_pada_pembukaan_berikutnya(
    office: Services, open_services: Callable[[], Services], tmp_path: Path
) -> None:
    """Also the half copy beside the target on another disk, in clear."""
    with pytest.raises(KeyboardInterrupt), output(tmp_path / "hasil.xlsx") as made:
        made.write_bytes(b"isi")
        kept = made.parent
        half = tmp_path / ".asn-00112233.sementara"
        half.write_bytes(b"sebagian")
        saved = office.paths.home / "sementara" / "putus"
        saved.mkdir()
        (saved / "tujuan.txt").write_text(str(half), encoding="utf-8")
        (saved / "berkas").write_bytes(b"isi")
        raise KeyboardInterrupt
    assert not kept.exists()
    (office.paths.home / "asn.pulih").write_bytes(b"x")
    (office.paths.backups / "asn-1.cadangan.sementara").write_bytes(b"x")
    stranger = tmp_path / "surat.txt"
    stranger.write_text("penting", encoding="utf-8")
    evil = office.paths.home / "sementara" / "jahat"
    evil.mkdir()
    (evil / "tujuan.txt").write_text(str(stranger), encoding="utf-8")
    close_office(office)
    sweep(office.paths.home)
    assert not half.exists()
    assert stranger.exists(), "only what the program names so is removed"
    assert not list(office.paths.home.rglob("*.sementara"))
    assert not (office.paths.home / "asn.pulih").exists()


@pytest.mark.posix_only
def test_hanya_pengguna_ini_dapat_membaca_kantornya(office: Services) -> None:
    office.safety.back_up()
    private = [office.paths.database, office.paths.key_file, office.paths.anchor, *office.paths.backups.iterdir()]
    for path in (*private, office.paths.backups, office.paths.logs):
        assert not path.stat().st_mode & 0o077, path
