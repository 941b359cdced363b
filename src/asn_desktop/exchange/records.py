"""One person's row → values by field, with every finding at its cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from asn_desktop.core.columns import ColumnKind
from asn_desktop.core.i18n import _
from asn_desktop.core.identifiers import Nip, appointed_then, cross_check, parse_nip
from asn_desktop.core.issues import Issue, Severity
from asn_desktop.core.ranks import rank_from_title
from asn_desktop.exchange.cell_text import as_text, shown
from asn_desktop.exchange.cells import cleaner_of, rank_value
from asn_desktop.exchange.classify import DataRow
from asn_desktop.exchange.column_cleaner import ColumnCleaner
from asn_desktop.exchange.column_notes import column_notes
from asn_desktop.exchange.headers import SheetLayout
from asn_desktop.exchange.kinds_of_employment import KEY as KIND
from asn_desktop.exchange.kinds_of_employment import Said, hear, settle
from asn_desktop.exchange.workbook import Cell, Sheet
from asn_desktop.personnel.rules import known_legal_status

_GROUP = re.compile(r"\s*(?:I{1,3}|IV|[1-4])\s*", re.I)
_STEP = re.compile(r"[a-e]")


@dataclass(slots=True)
class CleanRow:
    """What a row says. ``row`` counts from 1, as Excel shows it.

    ``values`` key → value or ERASE; blank cells are not in it. ``derived`` holds what only the NIP tells (for a
    new person, never to overwrite). ``columns`` says from which column a value came.
    """

    sheet: str
    row: int
    values: dict[str, Any] = field(default_factory=dict)
    derived: dict[str, Any] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    columns: dict[str, int] = field(default_factory=dict)
    hidden: bool = False
    doubt: bool = False
    """Stands below the list and may be a signature: a person says whether it is an employee."""

    @property
    def refused(self) -> bool:
        return bool(self.issues) and any(issue.severity is Severity.ERROR for issue in self.issues)


class RowCleaner:
    """Built once per sheet: the codecs of its columns in the right order."""

    def __init__(self, layout: SheetLayout, sheet: Sheet, today: date) -> None:
        self._layout = layout
        self._sheet = sheet
        self._today = today
        columns = layout.columns
        self._cleaners: dict[str, ColumnCleaner] = {}
        # Fallback columns come after the leading ones, so that they only fill blanks; the own column of a field
        # comes before a combined one.
        leading = sorted(layout.mapping.items(), key=lambda item: item[1].startswith("@"))
        self._plan: list[tuple[int, str, ColumnCleaner, bool, dict[Cell, Any]]] = []
        for column, key in (*leading, *layout.fallbacks.items()):
            entry = columns[key]
            if entry.kind is ColumnKind.ROW_NUMBER:
                continue
            cleaner, combined = self._cleaner(key), entry.kind in (ColumnKind.SPLIT, ColumnKind.TICK)
            self._plan.append((column, key, cleaner, combined, cleaner.plain))
        self._has_kind = KIND in columns
        self._kind_columns = [each[0] for each in self._plan if each[1] == KIND]
        self._settled_kinds: dict[Any, tuple[str, Issue | None, Said]] = {}
        self._unread_kinds: dict[int, Counter[str]] = {}
        self._cells: Sequence[Cell] = ()
        self._has_formulas = len(sheet.formulas) > 0

    def _cleaner(self, key: str) -> ColumnCleaner:
        if key not in self._cleaners:
            self._cleaners[key] = cleaner_of(self._layout.columns[key], self._today, epoch_1904=self._sheet.epoch_1904)
        return self._cleaners[key]

    def __call__(self, data: DataRow) -> CleanRow:
        cells = self._cells = data.cells
        width = len(cells)
        clean = CleanRow(self._layout.sheet, data.row + 1, hidden=data.hidden, doubt=bool(data.doubt))
        values, columns = clean.values, clean.columns
        for column, key, cleaner, combined, plain in self._plan:
            if column >= width:
                continue
            raw = cells[column]
            if raw == "":
                continue
            value = plain.get(raw)
            if value is not None and key not in values:
                values[key] = value
                columns[key] = column
                continue
            if self._has_formulas:
                value, issues = cleaner(raw, is_formula=self._sheet.is_formula(data.row, column))
            else:
                value, issues = cleaner(raw)
            if issues:
                if key == KIND and issues[-1].code == "choice_unknown":
                    self._unread_kind(clean, raw, column)
                    continue
                self._report(clean, issues, column)
            if value is None:
                continue
            if combined:
                self._take_pieces(clean, value, column, tick=cleaner.column.kind is ColumnKind.TICK)
            elif type(value) is dict:
                self._take_name(clean, value, column)
            elif key not in values:
                values[key] = value
                columns[key] = column
            elif key == "rank":
                self._compare_ranks(clean, str(values[key]), str(value), column)
        self._finish(clean, data)
        return clean

    def _take_pieces(self, clean: CleanRow, pieces: dict[str, Cell], column: int, *, tick: bool) -> None:
        for key, piece in pieces.items():
            if key == "rank_step":
                self._take_step(clean, str(piece), column)
                continue
            if tick:
                self._take_tick(clean, key, piece, column)
                continue
            value, issues = self._cleaner(key)(piece)
            if issues:
                self._report(clean, issues, column)
            if type(value) is dict:
                self._take_name(clean, value, column)
            elif value is not None and key not in clean.values:
                clean.values[key] = value
                clean.columns[key] = column

    def _take_tick(self, clean: CleanRow, key: str, value: Cell, column: int) -> None:
        """The choice whose column is ticked; two of them contradict each other."""
        if clean.values.get(key, value) != value:
            label = _(self._layout.columns[key].label)
            message = _("{label}: lebih dari satu kolom dicentang.").format(label=label)
            self._report(clean, (Issue(f"{key}_both", message, field=key),), column)
        clean.values[key] = value
        clean.columns[key] = column

    def _unread_kind(self, clean: CleanRow, raw: Cell, column: int) -> None:
        """A text that names no kind of employment. A column STATUS may speak of the kedudukan hukum."""
        text = as_text(raw)
        if known_legal_status(text) and "legal_status" not in self._layout.keys:
            clean.values.setdefault("legal_status", text)
            clean.columns.setdefault("legal_status", column)
            return
        self._unread_kinds.setdefault(column, Counter())[text] += 1

    def _take_step(self, clean: CleanRow, step: str, column: int) -> None:
        """GOL says III and RUANG says a."""
        rank = clean.values.get("rank")
        if not isinstance(rank, str) or not _STEP.fullmatch(step):
            return
        if _GROUP.fullmatch(rank):
            clean.values["rank"] = f"{rank}/{step}"
            return
        value, _issues = rank_value(self._cleaner("rank"), rank, None)
        if isinstance(value, str) and "/" in value and not value.endswith(step):
            message = _("Golongan {rank}, tetapi ruang {step}.").format(rank=value, step=step)
            self._report(clean, (Issue("rank_step_differs", message, Severity.WARNING, field="rank"),), column)

    def _take_name(self, clean: CleanRow, pieces: dict[str, Any], column: int) -> None:
        """Titles glued to the name give way to titles in columns of their own."""
        if "name" in clean.values:
            return
        for key, value in pieces.items():
            if value is not None and key not in clean.values:
                clean.values[key] = value
                clean.columns[key] = column
        own = {key for key in ("title_front", "title_back") if key in self._layout.keys}
        for key in own:
            if clean.columns.get(key) == column:
                # Read again when its own column comes; until then the glued one stands.
                own_column = self._layout.column_of(key)
                if own_column is not None and own_column > column:
                    del clean.values[key]
                    clean.columns.pop(key)
                    clean.derived[key] = pieces[key]

    def _finish(self, clean: CleanRow, data: DataRow) -> None:
        values = clean.values
        for key in ("title_front", "title_back"):
            glued = clean.derived.pop(key, None)
            if glued is not None and key not in values:
                values[key] = glued
                clean.columns[key] = clean.columns["name"]
        if data.opd and "opd" not in values and "opd" in self._layout.columns:
            values["opd"] = data.opd
        if data.unit and "unit" not in values and "unit" in self._layout.columns:
            values["unit"] = data.unit
        for key in ("year", "period"):
            said = self._layout.context.get(key)
            if said and key not in values and key in self._layout.columns:
                values[key] = int(said) if key == "year" else said
        nip = self._nip(clean)
        kind = self._kind(clean, data, nip) if self._has_kind else ""
        if nip is not None and self._has_kind:
            self._cross_check(clean, nip)
            clean.derived = {KIND: kind, "sex": nip.sex, "birth_date": nip.birth_date}
        rank = values.get("rank")
        if isinstance(rank, str):
            value, issues = rank_value(self._cleaner("rank"), rank, kind or None)
            if issues:
                self._report(clean, issues, clean.columns["rank"])
            if value is None:
                del values["rank"]
            else:
                values["rank"] = value

    def _kind(self, clean: CleanRow, data: DataRow, nip: Nip | None) -> str:
        """What all columns, the number and the kedudukan hukum say together."""
        cells, values = data.cells, clean.values
        raws = tuple(cells[column] if column < len(cells) else "" for column in self._kind_columns)
        status = values.get("legal_status")
        place = (raws, nip.kind if nip is not None else None, status if isinstance(status, str) else "")
        settled = self._settled_kinds.get(place)
        if settled is None:
            said = Said()
            for column, raw in zip(self._kind_columns, raws, strict=True):
                value = self._cleaner(KIND)(raw)[0]
                if isinstance(value, str):
                    hear(said, value, as_text(raw), column)
            settled = self._settled_kinds[place] = (*settle(said, nip, place[2]), said)
        kind, odd, said = settled
        if said.kind:
            values[KIND] = kind
            clean.columns[KIND] = said.column
        if odd is not None:
            self._report(clean, (odd,), said.column)
        return kind

    def notes(self) -> list[Issue]:
        """What is true of whole columns; complete when all rows are cleaned."""
        return column_notes(self._layout, self._cleaners, self._unread_kinds)

    def _compare_ranks(self, clean: CleanRow, golongan: str, pangkat: str, column: int) -> None:
        """GOL says III/a and PANGKAT says Penata: one of the two columns is out of date."""
        titled = rank_from_title(pangkat)
        if titled is None:
            return
        value, _issues = rank_value(self._cleaner("rank"), golongan, None)
        if value is not None and value != titled.code:
            text = _("Pangkat {title} adalah golongan {code}, tetapi tertulis {other}.")
            message = text.format(title=titled.title, code=titled.code, other=value)
            self._report(clean, (Issue("rank_title_differs", message, Severity.WARNING, field="rank"),), column)

    def _nip(self, clean: CleanRow) -> Nip | None:
        text = clean.values.get("nip")
        if isinstance(text, str):
            return parse_nip(text, on=self._today)
        if any(issue.field == "nip" for issue in clean.issues):
            return None
        column = self._layout.column_of("nip") or 0
        part_time = clean.values.get("employment_kind") == "PPPK_PARUH_WAKTU"
        issue = Issue(
            code="nip_missing",
            message=_("NIP kosong.") if not part_time else _("PPPK Paruh Waktu ini belum mempunyai nomor induk."),
            severity=Severity.WARNING if part_time else Severity.ERROR,
            field="nip",
        )
        self._report(clean, (issue,), column)
        return None

    def _cross_check(self, clean: CleanRow, nip: Nip) -> None:
        values = clean.values
        sex, birth, appointed = values.get("sex"), values.get("birth_date"), values.get("cpns_tmt")
        if (
            (sex is None or sex == nip.sex)
            and (birth is None or birth == nip.birth_date)
            and (not isinstance(appointed, date) or appointed_then(nip, appointed))
        ):
            return
        found = cross_check(
            nip,
            sex=sex if isinstance(sex, str) else None,
            birth_date=birth if isinstance(birth, date) else None,
            cpns_tmt=appointed if isinstance(appointed, date) else None,
        )
        for issue in found:
            self._report(clean, (issue,), clean.columns.get(issue.field, 0))

    def _report(self, clean: CleanRow, issues: Iterable[Issue], column: int) -> None:
        place = self._layout.place(clean.row, column)
        value = shown(self._cells[column]) if column < len(self._cells) else ""
        clean.issues.extend(replace(issue, location=place, value=issue.value or value) for issue in issues)
