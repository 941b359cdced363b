"""People named by their NIP: a column copied from Excel, lines from WhatsApp."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import Connection, select

from asn_desktop.core.chunks import chunks
from asn_desktop.core.identifiers import bare_digits, looks_like_nip
from asn_desktop.personnel.model import Employee
from asn_desktop.training.placement import people_of

_CELLS = re.compile(r"[\t\r\n;,|]+")
_NIP_INSIDE = re.compile(r"\d[\d .]{16,24}\d")


@dataclass(frozen=True, slots=True)
class PastedPeople:
    """What became of a pasted text: ``found`` can take part; the rest says why not, by NIP as it was written."""

    found: tuple[int, ...]
    already: tuple[str, ...]
    inactive: tuple[str, ...]
    unknown: tuple[str, ...]
    without: tuple[str, ...]
    """Lines that hold something, but no NIP: headings, names alone, numbers with a digit missing."""


def nips_in(text: str) -> list[str]:
    """The NIPs in a text, each once, in its order; cells and lines without one are headings or names."""
    found: list[str] = []
    for cell in _CELLS.split(text):
        inside = [cell] if looks_like_nip(cell) else _NIP_INSIDE.findall(cell)
        found += [bare_digits(part) for part in inside if looks_like_nip(part)]
    return list(dict.fromkeys(found))


def lines_without_nip(text: str) -> list[str]:
    """The lines that name nobody, as they were written: cells joined by a blank."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip() and not nips_in(line)]


def people_pasted(connection: Connection, event_id: int, text: str) -> PastedPeople:
    """Find the people of the NIPs in ``text`` and sort out those who cannot be added to the event."""
    nips = nips_in(text)
    known: dict[str, tuple[int, bool]] = {}
    for chunk in chunks(nips):
        query = select(Employee.nip, Employee.id, Employee.active).where(Employee.nip.in_(chunk))
        known |= {row.nip: (row.id, row.active) for row in connection.execute(query)}
    present = people_of(connection, event_id)
    found: list[int] = []
    already: list[str] = []
    inactive: list[str] = []
    for nip in (each for each in nips if each in known):
        number, active = known[nip]
        if number in present:
            already.append(nip)
        elif not active:
            inactive.append(nip)
        else:
            found.append(number)
    unknown = tuple(nip for nip in nips if nip not in known)
    return PastedPeople(tuple(found), tuple(already), tuple(inactive), unknown, tuple(lines_without_nip(text)))
