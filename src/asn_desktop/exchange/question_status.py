"""A kedudukan hukum that is in no table: whether such a person is active decides a person, once per word."""

from __future__ import annotations

from asn_desktop.core.i18n import _
from asn_desktop.core.names import search_key
from asn_desktop.exchange.questions import Choice, Question, Sample
from asn_desktop.exchange.read_file import ReadFile
from asn_desktop.exchange.records import CleanRow
from asn_desktop.personnel.rules import known_legal_status, legal_statuses


def ask(read: ReadFile) -> None:
    """Ask for every unknown word, and write the answer into its rows; the rows without one wait."""
    if "legal_status" not in read.columns:
        return
    spelled: dict[str, list[CleanRow]] = {}
    for row in read.rows:
        status = row.values.get("legal_status")
        if isinstance(status, str):
            spelled.setdefault(status, []).append(row)
    unknown: dict[str, list[CleanRow]] = {}
    for status, rows in spelled.items():
        if not known_legal_status(status):
            unknown.setdefault(search_key(status), []).extend(rows)
    for word, rows in unknown.items():
        question = _question(read, word, rows)
        answer = read.asking.ask(question)
        for row in rows:
            if answer:
                row.values["legal_status"] = answer
            else:
                read.asking.hold(question.id, (row.sheet, row.row), ("legal_status",))


def _question(read: ReadFile, word: str, rows: list[CleanRow]) -> Question:
    written = str(rows[0].values["legal_status"])
    meaning = {True: _("aktif"), False: _("tidak aktif")}
    found = [read.issue(row, "legal_status", "", "").location for row in rows[:3]]
    return Question(
        "status",
        word or written,
        "legal_status_unknown",
        _("Kedudukan hukum “{status}” tidak dikenal. Apa artinya?").format(status=written),
        tuple(Choice(name, f"{name} ({meaning[active]})") for name, active in _likeliest_first(word)),
        subject_text=written,
        effect=_("Sebelum dijawab, baris dengan tulisan ini tidak diimpor."),
        samples=tuple(Sample(place.cell, written) for place in found),
        rows=len(rows),
        location=found[0],
    )  # fmt: skip


def _likeliest_first(word: str) -> list[tuple[str, bool]]:
    from rapidfuzz import fuzz  # only where a word is unknown

    scored = [(fuzz.WRatio(word, search_key(name)), name, active) for name, active in legal_statuses().items()]
    close = sorted((item for item in scored if item[0] >= 75), reverse=True)
    return [(name, active) for _score, name, active in (*close, *(item for item in scored if item not in close))]
