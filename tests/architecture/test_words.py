"""The texts for people keep to one list of words, one form of dates and one shape of messages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "asn_desktop"
DOCUMENTS = ("docs/manual.md", "docs/pasang.md", "resources/CHANGELOG.md", "installers/windows/nsis/wording.nsh")
DEVELOPERS = ("devtools",)
"""Folders whose errors are read by developers only."""

NEVER = {
    "Anda has a capital": r"\banda\b",
    "an ellipsis is one sign": r"\.\.\.",
    "quotes are curly": r'"',
    "a space stands before …": r"[a-z]…",
    "spelling": r"\b(resiko|ijin|analisa|aktifitas|praktek|merubah|silahkan|dimana|disini|nampak)\b",
    "verbs in one word": r"\bdi (tulis|buat|simpan|pakai|ubah|hapus|kirim)\b",
    "one space between words": r"(?<!^\d)(?<!\{id\})(?<=\S)  +(?=\S)",
    "isi, isian": r"\bnilai (kantor ini|kita|kiriman|di berkas|berkas|lama|baru)\b",
    "perbedaan": r"[Kk]onflik|bertentangan|Meja konflik",
    "kantor ini, kantor pengirim": r"\b[Kk]ita\b|\b(di|dari|ke) sana\b|\b(paket|kata|baris|kunci) mereka\b",
    "disimpan; data tidak berubah": r"\b[Dd]itulis\b",
    "delapan kata pengenal": r"\bkata kunci",
    "jangka waktu evaluasi": r"[Jj]endela evaluasi",
    "perubahan": r"\b[Uu]bahan\b",
    "terkunci": r"(?<!\{)\b([Ff]inal|[Ff]inalkan)\b",
    "kuadran kinerja": r"\b[Mm]atriks\b",
    "pola distribusi": r"pola acuan",
    "pembimbing": r"\b[Pp]embina\b",
    "status": r"\bKeadaan\b",
    "pengaturan kolom": r"pemetaan kolom|petakan",
    "baris salah": r"baris bermasalah",
    "unduhan SIASN": r"[Ee]kspor (datar )?nasional",
    "data kantor": r"[Jj]ati diri",
    "words of Windows": r"\b([Dd]iska|[Dd]rive|[Bb]ita|[Ss]urel|[Pp]encetak|[Gg]alat)\b",
    "angka": r"\bdigit(nya)?\b(?!\})|\bbilangan\b",
    "register": r"\b(dulu|tak|dua-duanya|[Pp]askan|hanya-baca)\b",
    "who helps": r"pembuat program|pengelola aplikasi",
    "PermenPANRB": r"Permen PANRB",
    "paths with ›": r" > ",
    "percent without a space": r"(\d|\}) %",
    "forms of dates and numbers are made by core.indonesian": r"%[dmYHM]|:\.\df",
    "jenis kelamin": r"^[Kk]elamin",
}
LARGE_TEXT = r"(?<!dan )\b[Hh]uruf &?besar\b(?!-kecil)"
"""Capital letters are meant where *huruf besar* stands beside digits or small letters."""

COMMAND_WORDS = re.compile(r"--[a-z]+|\b(worksheet|participants|conflicts|list events|init)\b|“restore")
ERRORS = {
    "AppError", "InputError", "ConflictError", "WorkbookError", "EnvironmentProblem", "DatabaseDamaged", "BackupDamaged",
    "DatabaseTooNew", "WrongPassphrase", "NotAllowed", "WrongUse",
}  # fmt: skip
OWN_SAFETY = re.compile(
    r"\b[Dd]ata[^.;:]*\b(aman|tidak berubah|tidak diubah|tidak disentuh)\b"
    r"|\b([Bb]elum|[Tt]idak) ada yang (dibuat|disimpan|diubah|berubah)\b"
)
QUOTED_STEP = re.compile(r"\b(?:[Pp]ilih|[Tt]ekan|[Bb]uka|[Jj]alankan|lewat|tombol) “([^”{]+)”")
FORMATS = re.compile(r"%[dmYHMSbBpjy]")


@cache
def modules() -> dict[Path, ast.Module]:
    found = sorted(SOURCE.rglob("*.py"))
    return {path.relative_to(SOURCE): ast.parse(path.read_text(encoding="utf-8")) for path in found}


def marked(node: ast.AST) -> Iterator[tuple[int, str]]:
    """The texts in ``_()`` and ``N_()`` below a node."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ("_", "N_"):
            first = call.args[0] if call.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield call.lineno, first.value


@cache
def texts() -> tuple[tuple[str, str], ...]:
    return tuple((f"{path}:{line}", text) for path, tree in modules().items() for line, text in marked(tree))


@pytest.mark.parametrize("rule", [*NEVER, "tulisan besar"])
def test_texts_keep_to_the_list_of_words(rule: str) -> None:
    pattern = re.compile(NEVER.get(rule, LARGE_TEXT))
    found = [
        f"{where}: {text}"
        for where, text in texts()
        if pattern.search(text) and not (rule == "tulisan besar" and "tanda hubung" in text)
    ]
    assert len(texts()) > 3000
    assert not found, f"{rule}:\n" + "\n".join(found)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_speak_the_words_of_the_window(name: str) -> None:
    rules = (
        "perbedaan", "kantor ini, kantor pengirim", "isi, isian", "jangka waktu evaluasi", "pola distribusi",
        "kuadran kinerja", "terkunci", "unduhan SIASN", "data kantor", "who helps", "spelling", "baris salah",
    )  # fmt: skip
    text = (ROOT / name).read_text(encoding="utf-8-sig")
    found = [f"{rule}: {match[0]}" for rule in rules for match in re.finditer(NEVER[rule], text)]
    if name != "docs/manual.md":  # the manual says where computers call it so
        found += re.findall(NEVER["words of Windows"], text)
    assert not found


def test_words_of_the_command_line_stay_there() -> None:
    found = [
        f"{where}: {text}" for where, text in texts() if not where.startswith("cli/") and COMMAND_WORDS.search(text)
    ]
    assert not found


def errors() -> Iterator[tuple[str, ast.expr, ast.expr | None]]:
    """Where an error for people is made: place, message, hint."""
    for path, tree in modules().items():
        if path.parts[0] in DEVELOPERS:
            continue
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ERRORS and call.args:
                named = {keyword.arg: keyword.value for keyword in call.keywords}
                if not any(isinstance(each, ast.Starred) for each in call.args):
                    yield (
                        f"{path}:{call.lineno}",
                        call.args[0],
                        call.args[1] if len(call.args) > 1 else named.get("hint"),
                    )


def test_every_error_has_a_next_step() -> None:
    places = [(where, hint) for where, _message, hint in errors()]
    assert len(places) > 120
    assert not [where for where, hint in places if hint is None]


def test_errors_are_whole_sentences_and_leave_the_safety_of_data_to_their_class() -> None:
    found = []
    for where, message, hint in errors():
        for _line, text in (pair for part in (message, hint) if part is not None for pair in marked(part)):
            if not text.rstrip("”)").endswith((".", "?", "!")):
                found.append(f"{where} has no end: {text}")
            if OWN_SAFETY.search(text):
                found.append(f"{where} says twice that data is safe: {text}")
    assert not found, "\n".join(found)


def test_a_step_in_quotes_is_a_label_that_exists() -> None:
    everything = {re.sub(r"&(?=\w)", "", text).rstrip(" …").strip() for _where, text in texts()}
    missing = [
        f"{where}: “{step}”"
        for where, text in texts()
        for step in QUOTED_STEP.findall(text)
        if step.rstrip(" …").strip() not in everything and not where.startswith("cli/")
    ]
    assert not missing, "\n".join(missing)


def test_only_one_module_knows_how_dates_are_written() -> None:
    found = []
    for path, tree in modules().items():
        if path.as_posix() == "core/indonesian.py" or path.parts[0] in ("devtools", "sample"):
            continue
        for node in ast.walk(tree):
            spec = isinstance(node, ast.FormattedValue) and node.format_spec is not None
            if spec and FORMATS.search(ast.unparse(node)):
                found.append(f"{path}:{node.lineno}")
            if isinstance(node, ast.Attribute) and node.attr == "strftime":
                found.append(f"{path}:{node.lineno}")
    allowed = {"reference/queries.py", "self_test/command.py"}  # the database's own function; a log of a test
    assert not [place for place in found if place.rsplit(":", 1)[0] not in allowed]


def sentences(text: str) -> Iterator[str]:
    """The sentences of a document in Markdown; a cell, a heading and an item of a list each begin a new one."""
    text = re.sub(r"```.*?```|<!--.*?-->", "", text, flags=re.DOTALL)
    text = re.sub(r"`[^`]*`", "x", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text))
    for block in re.split(r"\n\s*\n|\n(?=\s*(?:[-*]|\d+\.)\s)|\n(?=[|#])", text):
        for cell in block.split("|") if block.lstrip().startswith("|") else [block]:
            yield from re.split(r"(?<=[.!?:;])\**\s+", " ".join(cell.split()))


@pytest.mark.parametrize("name", ["docs/manual.md", "docs/pasang.md"])
def test_sentences_for_people_are_short(name: str) -> None:
    """At most 18 words; a line of contents (with ·) is no sentence."""
    found = list(sentences((ROOT / name).read_text(encoding="utf-8-sig")))
    assert len(found) > 80
    assert not [each for each in found if "·" not in each and len(re.findall(r"\w[\w/.,\-–’'%]*", each)) > 18]


INSTALLER = ROOT / "installers" / "windows" / "nsis" / "wording.nsh"
OF_WINDOWS = {"Abort", "Retry", "Ignore", "Cancel", "No", "Start"}
"""Buttons and menus that Windows itself names, in its own language."""


def test_the_installer_speaks_indonesian() -> None:
    words = re.sub(
        r"\$\{\w+\}|\$\w+", " ", " ".join(re.findall(r'"([^"]*)"', INSTALLER.read_text(encoding="utf-8-sig")))
    )
    english = re.compile(
        r"\b(the|you|your|yes|no|cancel|next|back|finish|close|install|uninstall|setup|click|please|file|files|folder is|"
        r"abort|retry|ignore|start|browse|remove|choose|space|required|available|welcome|completed|license)\b",
        re.IGNORECASE,
    )
    assert "Pembinaan ASN" in words
    assert {found[0] for found in english.finditer(words)} <= OF_WINDOWS


def test_every_key_of_a_page_of_the_installer_is_used_once() -> None:
    """The letter after & on each page: the buttons below and what stands above them."""
    text = INSTALLER.read_text(encoding="utf-8-sig")

    def keys(*statements: str) -> list[str]:
        lines = [line for line in text.splitlines() if line.removeprefix("!insertmacro Text ").startswith(statements)]
        assert len(lines) == len(statements)
        return [letter.lower() for line in lines for letter in re.findall(r"&(\w)", line)]

    for page in (("DirText", "InstallButtonText"), ("CHOICE_DESKTOP ", "CHOICE_MENU "), ("FINISH_RUN",),
                 ("UninstallButtonText",)):  # fmt: skip
        found = keys("MiscButtonText", *page)
        assert len(found) > 3
        assert len(found) == len(set(found)), (page, found)
