"""PNS or PPPK: settled for each row by all that it says, the number having the last word.

Lists name the kind in several columns, in twenty official texts, or with a "P" that means either. A text that names no
kind refuses nobody: another column or the number tells, and the texts are told once for their column.
"""

from __future__ import annotations

from dataclasses import dataclass

from asn_desktop.core.i18n import _
from asn_desktop.core.identifiers import Nip
from asn_desktop.core.issues import Issue, Severity
from asn_desktop.personnel.employment_kinds import kind_of_number, kind_of_text, says_little, together

KEY = "employment_kind"


@dataclass(slots=True)
class Said:
    """What one row has said so far: a kind, whether only by the letter P, and from which column."""

    kind: str = ""
    weak: bool = False
    column: int = 0
    contradicted: str = ""


def hear(said: Said, kind: str, text: str, column: int) -> None:
    """Take what one column says about the row. ``text`` as it stands in the cell."""
    weak = says_little(text)
    if not said.kind or (said.weak and not weak):
        narrow = together(said.kind, kind) if said.kind else None
        said.kind, said.weak, said.column = narrow or kind, weak, column
        return
    fits = together(said.kind, kind)
    if fits is not None:
        said.kind = fits
    elif not weak:
        said.contradicted = kind


def settle(said: Said, nip: Nip | None, legal_status: str) -> tuple[str, Issue | None]:
    """The kind of the row ("" where nothing tells it), and what was odd about it."""
    kind, other = said.kind, said.contradicted
    number = kind_of_number(nip) if nip is not None else ""
    if number == "PPPK" and not _is_pppk(kind):
        kind = other if _is_pppk(other) else number
    elif number == "PNS" and _is_pppk(kind) and other and not _is_pppk(other):
        kind = other
    elif said.weak and _is_pppk(by_status := kind_of_text(legal_status) or ""):
        kind = by_status
    kind = kind or number
    if other:
        text = _("Dua kolom berbeda: jenis pegawai {one} dan {other}; dibaca {kind}.")
        return kind, _odd(text.format(one=said.kind, other=other, kind=kind))
    if said.kind and not said.weak and kind != said.kind:
        text = _("Nomor ini berpola NI PPPK (angka 13–14 = 21), sedangkan jenis pegawai {kind}; dibaca PPPK.")
        return kind, _odd(text.format(kind=said.kind))
    return kind, None


def _is_pppk(kind: str) -> bool:
    return kind.startswith("PPPK")


def _odd(message: str) -> Issue:
    return Issue("nip_kind_differs", message, Severity.WARNING, field=KEY)
