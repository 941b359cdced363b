"""Sheets that may not be meant: hidden ones, and those whose name speaks of people who have left."""

from __future__ import annotations

import re

from asn_desktop.core.i18n import N_, _
from asn_desktop.core.issues import Location
from asn_desktop.exchange.asking import Asking
from asn_desktop.exchange.headers import SheetLayout
from asn_desktop.exchange.heading_words import take_apart
from asn_desktop.exchange.questions import Choice, Question
from asn_desktop.exchange.tables import Table

SKIP, READ, AS_SAID = "skip", "read", "inactive"
_GONE: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"\b(?:{words})\b", re.I), status)
    for words, status in (
        (r"MENINGGAL(?:\s+DUNIA)?|WAFAT|TEWAS|ALM(?:ARHUM)?", N_("Meninggal Dunia")),
        (r"MUTASI\s+KELUAR|PINDAH\s+KELUAR|PINDAH|KELUAR\s+DAERAH|MUTASI\s+LUAR", N_("Pindah Instansi")),
        (r"MPP|PERSIAPAN\s+PENSIUN", N_("Masa Persiapan Pensiun")),
        (r"PENSIUN(?:AN)?|PURNA\s*(?:TUGAS|BAKTI)?|BUP", N_("Pensiun")),
        (r"(?:DI|PEM)?BERHENTI(?:KAN|AN)?|PTDH|DIPECAT", N_("Diberhentikan")),
        (r"(?:NON|TIDAK)[\s-]*AKTIF|NONAKTIF|KELUAR", N_("Tidak Aktif")),
    )
)
_MOVES = re.compile(r"\W*(?:(?:DATA|DAFTAR)\s+)?MUTASI(?:\s+(?:PEGAWAI|ASN|PNS|PPPK))?[\s\d]*\W*", re.I)
"""A tab of which nobody can tell whether its people came or went."""
_LIST_TITLE = re.compile(r"\b(?:DAFTAR|DATA|NOMINATIF|REKAP\w*)\b", re.I)


def status_said(text: str) -> str:
    """The kedudukan hukum that a sheet's name speaks of; empty for any other name."""
    return next((status for pattern, status in _GONE if pattern.search(text)), "")


def ask(asking: Asking, table: Table, layout: SheetLayout) -> tuple[str, str, str]:
    """What to do with a sheet: (``skip``, ``read``, ``inactive`` or "" while nobody has said, question id, status).

    A hidden sheet is skipped unless somebody asks for it. One of people who left waits, unless its rows say themselves
    what became of them.
    """
    name = table.sheet.name
    status = ""
    if "legal_status" in layout.columns and "legal_status" not in layout.keys:
        status = status_said(name) or status_said(_title(table, layout))
        if not status and _MOVES.fullmatch(name) and not any(take_apart(each).age for each in layout.headings.values()):
            status = N_("Pindah Instansi")
    if not table.sheet.hidden and not status:
        return asking.given.get(f"sheet:{name}", READ), f"sheet:{name}", ""
    choices = [Choice(SKIP, _("Jangan impor lembar ini"))]
    if status:
        choices.append(Choice(AS_SAID, _("Impor sebagai pegawai tidak aktif: {status}").format(status=_(status))))
    choices.append(Choice(READ, _("Impor seperti lembar lain") if status else _("Impor juga lembar ini")))
    if table.sheet.hidden:
        code, text = "sheet_hidden", _("Lembar “{name}” tersembunyi di Excel.").format(name=name)
        effect, default = _("Lembar itu tidak diimpor."), SKIP
    else:
        code = "sheet_of_leavers"
        text = _("Lembar “{name}” tampaknya berisi pegawai yang tidak aktif lagi. Apakah diimpor?").format(name=name)
        effect, default = _("Sebelum dijawab, lembar ini tidak diimpor."), ""
    question = Question(
        "sheet", name, code, text, tuple(choices), subject_text=name, effect=effect, default=default,
        location=Location(name),
    )  # fmt: skip
    return asking.ask(question), question.id, status


def _title(table: Table, layout: SheetLayout) -> str:
    above = table.head[: layout.header_rows[0]]
    lines = [" ".join(cell for cell in row if isinstance(cell, str)) for row in above]
    return next((line for line in lines if _LIST_TITLE.search(line)), "")
