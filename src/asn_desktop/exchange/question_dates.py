"""Day and month exchanged by Excel with American settings: seen by comparing a column with the numbers of its people.

"02/06/1982" typed on such a PC becomes 6 February. The NIP holds the birth date and the month of appointment; where the
exchanged reading agrees with it and the written one does not, the cell was exchanged. Then the same program exchanged
the other date columns of that sheet too, which nothing can be compared with: those whose cells show only days 1–12.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from asn_desktop.core.columns import ColumnKind
from asn_desktop.core.i18n import _
from asn_desktop.core.identifiers import appointed_then, parse_nip
from asn_desktop.core.indonesian import format_date
from asn_desktop.exchange.cell_positions import column_letter
from asn_desktop.exchange.questions import Choice, Question, Sample
from asn_desktop.exchange.read_file import ReadFile
from asn_desktop.exchange.records import CleanRow

SWAP, KEEP, LEAVE = "swap", "keep", "leave"
_DIFFERS = {"nip_birth_date_differs": "birth_date", "nip_cpns_tmt_differs": "cpns_tmt"}
_SAMPLED = 200
_ENOUGH = 3
"""Cells that make a pattern where no number can be asked."""


@dataclass(slots=True)
class _Column:
    """The date cells of one form (typed text, or Excel's own) in one column of a sheet."""

    cells: list[CleanRow] = field(default_factory=list)
    """Those that can be read either way."""
    late: int = 0
    """Days after the 12th: never exchanged."""
    firsts: int = 0
    """On the first of another month than January: how a TMT looks when it is right."""
    january: int = 0
    days: set[int] = field(default_factory=set)

    def looks_exchanged(self, *, proven: bool) -> bool:
        if self.late or not self.cells:
            return False
        if proven:
            return self.firsts * 10 <= len(self.cells)
        return self.january == len(self.cells) >= _ENOUGH and len(self.days) > 1


def ask(read: ReadFile, today: date) -> None:
    """Ask once for all exchanged dates of a file, and apply the answer to its rows. Without one they are not read."""
    if "birth_date" not in read.columns:
        return
    fields = [column.key for column in read.columns if column.kind is ColumnKind.DATE]
    proven = list(_proven(read, today))
    exchanged = [*proven, *_likewise(read, fields, proven)]
    if not exchanged:
        return
    answer = read.asking.ask(_question(read, exchanged, {id(row) for row, _field in proven}))
    if answer == KEEP:
        return
    for row, key in exchanged:
        row.issues = [issue for issue in row.issues if _DIFFERS.get(issue.code) != key]
        if answer == SWAP:
            row.values[key] = _swapped(row.values[key])
        else:
            del row.values[key]


def _proven(read: ReadFile, today: date) -> Iterator[tuple[CleanRow, str]]:
    """Cells that agree with the NIP only when day and month are exchanged."""
    for row in read.rows:
        for issue in row.issues:
            key = _DIFFERS.get(issue.code)
            value = row.values.get(key or "")
            if key is None or not isinstance(value, date) or not _either_way(value):
                continue
            nip = parse_nip(str(row.values["nip"]), on=today)
            if _swapped(value) == nip.birth_date if key == "birth_date" else appointed_then(nip, _swapped(value)):
                yield row, key


def _likewise(
    read: ReadFile, fields: Sequence[str], proven: Sequence[tuple[CleanRow, str]]
) -> Iterator[tuple[CleanRow, str]]:
    """Columns that no number can prove: where the proven cells of a sheet prevail, and any that show January only."""
    seen = {(id(row), key) for row, key in proven}
    wrong = Counter((row.sheet, key, _is_text(read, row, key)) for row, key in proven)
    others = [key for key in fields if key not in _DIFFERS.values()]
    by_sheet: dict[str, list[CleanRow]] = {}
    for row in read.rows:
        by_sheet.setdefault(row.sheet, []).append(row)
    for sheet, rows in by_sheet.items():
        bad = {text for (name, _key, text) in wrong if name == sheet}
        for text in bad:
            right = sum(
                _agrees(read, row, key, text=text) and (id(row), key) not in seen
                for row in rows
                for key in _DIFFERS.values()
            )
            if right >= sum(count for (name, _key, form), count in wrong.items() if name == sheet and form is text):
                bad = bad - {text}
        for key in others:
            yield from _column(read, rows, key, bad)


def _column(read: ReadFile, rows: Sequence[CleanRow], key: str, bad: set[bool]) -> Iterator[tuple[CleanRow, str]]:
    forms = {False: _Column(), True: _Column()}
    for place, row in enumerate(rows):
        value = row.values.get(key)
        if not isinstance(value, date):
            continue
        form = forms[_is_text(read, row, key)] if bad or value.month == 1 or value.day > 12 else forms[False]
        if value.day > 12:
            form.late += 1
        elif value.day != value.month:
            form.cells.append(row)
            form.firsts += value.day == 1
            form.january += value.month == 1
            form.days.add(value.day)
        if place == _SAMPLED and not any(each.looks_exchanged(proven=text in bad) for text, each in forms.items()):
            return
    for text, form in forms.items():
        if form.looks_exchanged(proven=text in bad):
            yield from ((row, key) for row in form.cells)


def _agrees(read: ReadFile, row: CleanRow, key: str, *, text: bool) -> bool:
    """A cell of this form that could be read either way, and is right as it stands."""
    value = row.values.get(key)
    if not isinstance(value, date) or not _either_way(value) or _is_text(read, row, key) is not text:
        return False
    return not any(_DIFFERS.get(issue.code) == key for issue in row.issues)


def _is_text(read: ReadFile, row: CleanRow, key: str) -> bool:
    """Whether a person typed the date as text; Excel's own dates and bare serial numbers are not."""
    column = row.columns.get(key)
    cells = read.raw[(row.sheet, row.row)]
    raw = cells[column] if column is not None and column < len(cells) else ""
    return isinstance(raw, str) and not raw.strip().replace(".0", "").isdigit()


def _either_way(value: date) -> bool:
    return value.day <= 12 and value.day != value.month


def _swapped(value: date) -> date:
    return value.replace(month=value.day, day=value.month)


def _question(read: ReadFile, exchanged: Sequence[tuple[CleanRow, str]], proven: set[int]) -> Question:
    counts = Counter(key for _row, key in exchanged)
    listed = ", ".join(f"{_(read.columns[key].label)} ({count})" for key, count in counts.items())
    first, key = exchanged[0]
    return Question(
        "dates",
        "swapped",
        "dates_swapped",
        _("Hari dan bulan tampaknya tertukar pada {n} sel: {columns}.").format(n=len(exchanged), columns=listed),
        (
            Choice(SWAP, _("Tukar kembali hari dan bulan pada {n} sel itu").format(n=len(exchanged))),
            Choice(KEEP, _("Pakai tanggal seperti tertulis di berkas")),
            Choice(LEAVE, _("Jangan ambil tanggal dari sel itu")),
        ),
        subject_text=", ".join(_(read.columns[name].label) for name in counts),
        hint=_("Bila hari dan bulan ditukar, tanggalnya cocok dengan NIP.")
        if proven
        else _("TMT pegawai lazimnya tanggal 1; di kolom ini semuanya bulan Januari."),
        effect=_("Sebelum dijawab, tanggal di sel itu tidak diambil; isian lain tetap diimpor."),
        samples=tuple(_samples(read, exchanged)),
        rows=len({(row.sheet, row.row) for row, _key in exchanged}),
        remember=False,
        location=read.issue(first, key, "", "").location,
    )


def _samples(read: ReadFile, exchanged: Sequence[tuple[CleanRow, str]]) -> Iterator[Sample]:
    shown: Counter[str] = Counter()
    for row, key in exchanged:
        shown[key] += 1
        if shown[key] <= 2:
            value = row.values[key]
            column = row.columns.get(key)
            cell = f"{column_letter(column)}{row.row}" if column is not None else str(row.row)
            text = _("{label}: {written}, ditukar {swapped}")
            yield Sample(
                cell,
                text.format(label=_(read.columns[key].label), written=_shown(value), swapped=_shown(_swapped(value))),
            )


def _shown(value: date) -> str:
    return format_date(value)
