"""Superiors that a workbook names: known ones are linked, circles and strangers are said and left out.

Who a row is about may be decided by a person only in the preview, so :func:`circle` looks again when all is written.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Set
from typing import TypeVar

from asn_desktop.core.i18n import _
from asn_desktop.core.issues import Severity
from asn_desktop.core.names import search_key
from asn_desktop.exchange.read_file import ReadFile
from asn_desktop.exchange.records import CleanRow

_Person = TypeVar("_Person", bound=Hashable)


def person_key(nip: str | None, name_key: str) -> str:
    """The NIP; of PPPK Paruh Waktu without a number the name."""
    return nip or f"tanpa NIP {name_key}"


def named(read: ReadFile) -> dict[str, CleanRow]:
    """Person → row, of the rows that can come in and name a superior."""
    return {
        person_key(row.values.get("nip"), search_key(str(row.values.get("name") or ""))): row
        for row in read.rows
        if not row.refused and isinstance(row.values.get("superior_nip"), str)
    }


def leave_out_unknown(read: ReadFile, known: Set[str]) -> None:
    """A superior whom neither the data nor a sound row of the file knows cannot be linked."""
    here = {row.values["nip"] for row in read.rows if not row.refused and row.values.get("nip")}
    text = _("Atasan dengan NIP {nip} belum ada dalam data, jadi belum dihubungkan.")
    hint = _("Impor atasannya dahulu, lalu impor berkas ini sekali lagi.")
    for row in read.rows:
        superior = row.values.get("superior_nip")
        if isinstance(superior, str) and superior not in here and superior not in known:
            _leave_out(read, row, "superior_unknown", text.format(nip=superior), hint)


def leave_out_circles(read: ReadFile, stored: Mapping[str, str]) -> None:
    """Nobody stands above themself, not by way of others either. ``stored``: person → superior."""
    text = _("Atasan dengan NIP {nip} berada di bawah pegawai ini sendiri; keduanya akan saling menjadi atasan.")
    hint = _("Betulkan NIP ATASAN. Atasan yang tercatat sekarang tidak diubah.")
    rows = named(read)
    while found := circle({**stored, **{who: str(row.values["superior_nip"]) for who, row in rows.items()}}):
        wrong = [who for who in found if who in rows]
        if not wrong:  # it stands in the data already: this file is not to blame
            return
        for who in wrong:
            row = rows.pop(who)
            _leave_out(read, row, "superior_cycle", text.format(nip=row.values["superior_nip"]), hint)


def circle(above: Mapping[_Person, _Person]) -> list[_Person]:
    """The members of the first circle, or nobody."""
    done: set[_Person] = set()
    for start in above:
        path: dict[_Person, None] = {}
        current: _Person | None = start
        while current is not None and current not in done and current not in path:
            path[current] = None
            current = above.get(current)
        if current is not None and current in path:
            members = list(path)
            return members[members.index(current) :]
        done.update(path)
    return []


def _leave_out(read: ReadFile, row: CleanRow, code: str, text: str, hint: str) -> None:
    nip = str(row.values.pop("superior_nip"))
    row.issues.append(read.issue(row, "superior_nip", code, text, hint, severity=Severity.WARNING, value=nip))
