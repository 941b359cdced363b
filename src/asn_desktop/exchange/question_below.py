"""People below a line such as "Mengetahui," or "Catatan:": have they signed the list, or do they belong to it?

Who stands in the list as well has signed it. One such row waits by itself; of several in one list a single question is
asked.
"""

from __future__ import annotations

from collections.abc import Sequence

from asn_desktop.core.i18n import _
from asn_desktop.core.issues import Location, Severity
from asn_desktop.exchange.classify import IgnoredRow, RowKind
from asn_desktop.exchange.headers import SheetLayout
from asn_desktop.exchange.questions import Choice, Question, Sample
from asn_desktop.exchange.read_file import ReadFile
from asn_desktop.exchange.records import CleanRow

PEOPLE, SIGNERS = "people", "signers"
_SAMPLES = 3


def settle(read: ReadFile, layout: SheetLayout, *, asked: bool) -> int:
    """Decide about the doubtful rows of a list as far as can be; how many are no people after all."""
    listed = {row.values.get("nip") for row in read.rows if not row.doubt}
    doubtful = [row for row in read.rows if row.doubt and row.sheet == layout.sheet]
    signed = [row for row in doubtful if row.values.get("nip") and row.values.get("nip") in listed]
    open_rows = [row for row in doubtful if row not in signed]
    if asked and len(open_rows) > 1:
        question = _question(layout, open_rows)
        answer = read.asking.ask(question)
        if answer == SIGNERS:
            signed = doubtful
        for row in open_rows:
            row.doubt = False
            if not answer:
                read.asking.hold(question.id, (row.sheet, row.row), [column.key for column in layout.columns])
    else:
        for row in open_rows:
            _tell(read, row)
    read.ignored.extend((row.sheet, IgnoredRow(row.row - 1, RowKind.FOOTER, _shown(row))) for row in signed)
    gone = {id(row) for row in signed}
    read.rows[:] = [row for row in read.rows if id(row) not in gone]
    return len(gone)


def _question(layout: SheetLayout, rows: Sequence[CleanRow]) -> Question:
    first, last = rows[0].row, rows[-1].row
    column = layout.column_of("name") or 0
    text = _("{n} baris (baris {first} sampai {last}) ada di bawah tanda “Mengetahui”, “Catatan”, atau sejenisnya.")
    return Question(
        "below",
        layout.sheet,
        "people_below",
        text.format(n=len(rows), first=first, last=last) + " " + _("Pegawai atau penanda tangan?"),
        (
            Choice(PEOPLE, _("Semuanya pegawai: impor seperti baris lain")),
            Choice(SIGNERS, _("Semuanya penanda tangan: jangan impor")),
        ),
        subject_text=layout.sheet,
        effect=_("Sebelum dijawab, baris itu tidak diimpor."),
        samples=tuple(Sample(layout.place(row.row, column).cell, _shown(row)) for row in rows[:_SAMPLES]),
        rows=len(rows),
        remember=False,
        location=Location(layout.sheet, first),
    )


def _tell(read: ReadFile, row: CleanRow) -> None:
    text = _("Baris ini di bawah tanda “Mengetahui” atau sejenisnya: penanda tangan atau pegawai?")
    hint = _("Pilih “Pakai baris ini” hanya bila orang ini memang bagian dari daftar.")
    nip = str(row.values.get("nip") or "")
    row.issues.append(read.issue(row, "nip", "signature_or_person", text, hint, severity=Severity.DECISION, value=nip))


def _shown(row: CleanRow) -> str:
    return f"{row.values.get('name') or ''} {row.values.get('nip') or ''}".strip()
