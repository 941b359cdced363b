"""Who a returned row is about. The record id decides; NIP and name must not contradict it.

A row whose hidden columns went one way and whose person went another (a part of the sheet was sorted) would put a
value on the wrong person. Such a row is refused with its place, whatever it says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from asn_desktop.core.i18n import _
from asn_desktop.core.name_match import may_be_one
from asn_desktop.core.names import search_key, split_name
from asn_desktop.exchange.read_file import ReadFile
from asn_desktop.exchange.records import CleanRow
from asn_desktop.exchange.snapshots import Known, People
from asn_desktop.exchange.strangers import told_spelling
from asn_desktop.exchange.worksheet.basis import Basis, decode
from asn_desktop.exchange.worksheet.columns import BASIS, NIP_THEN, RID


@dataclass(frozen=True, slots=True)
class Identified:
    """A row with its person. ``basis`` None: the row was added in Excel and found by its NIP.

    ``doubtful``: the name is not that of the NIP's owner (an added row: not letter by letter), or the row stands below
    the list like a signature.
    """

    row: CleanRow
    person: Known
    basis: Basis | None
    doubtful: bool = False


def identify(read: ReadFile, people: People, stamps: Mapping[str, str]) -> list[Identified | CleanRow]:
    """Each row with its person; a row that cannot be trusted comes back alone, with the reason among its issues."""
    names = {search_key(person.name): person for row in read.rows if (person := _by_rid(row, people)) is not None}
    return [_identify(read, row, people, stamps.get(row.sheet, ""), names) for row in read.rows]


def _identify(
    read: ReadFile, row: CleanRow, people: People, stamp: str, names: Mapping[str, Known]
) -> Identified | CleanRow:
    rid = row.values.get(RID)
    if not rid:
        return _added(read, row, people)
    person = _by_rid(row, people)
    if person is None:
        text = _("Pegawai pada baris ini tidak dikenal di data kantor ini.")
        hint = _("Buat lembar kerja baru untuk OPD ini, lalu salin isiannya ke lembar itu.")
        row.issues.append(read.issue(row, RID, "worksheet_row_unknown", text, hint))
        return row
    basis = decode(str(row.values.get(BASIS) or ""), rid)
    if basis is None:
        return _mixed(read, row, BASIS, _("Kolom tersembunyi baris ini bukan milik {name}.").format(name=person.name))
    if stamp and basis.stamp != stamp:
        text = _("Baris ini disalin dari lembar kerja lain.")
        hint = _("Isi di lembar kerja yang benar, atau kirim lembar kerja asalnya.")
        row.issues.append(read.issue(row, "nip", "worksheet_row_foreign", text, hint))
        return row
    problem = _contradiction(row, person, basis, names)
    if problem:
        return _mixed(read, row, "nip" if row.values.get("nip") else "name", problem)
    if "nip" not in row.columns:  # the column was deleted, or this person has no number
        row.issues = [issue for issue in row.issues if issue.code != "nip_missing"]
    told_spelling(row, read, person.name)
    return Identified(row, person, basis, doubtful=_is_stranger(row, person))


def _is_stranger(row: CleanRow, person: Known) -> bool:
    name = row.values.get("name")
    return bool(name) and not may_be_one(str(name), person.name)


def _contradiction(row: CleanRow, person: Known, basis: Basis, names: Mapping[str, Known]) -> str:
    """In what way the row speaks of somebody else; empty when it does not."""
    nip, then, name = row.values.get("nip"), row.values.get(NIP_THEN), row.values.get("name")
    whose = _("Kolom tersembunyi baris ini milik {name}").format(name=person.name)
    if nip and nip not in {basis.nip, person.nip}:
        return _("{whose}, tetapi NIP-nya {nip}.").format(whose=whose, nip=nip)
    if then and then != basis.nip:
        return _("{whose}, tetapi NIP asalnya {nip}.").format(whose=whose, nip=then)
    key = _key(str(name)) if name else ""
    other = names.get(key)
    if other is not None and other.rid != person.rid and search_key(person.name) != key:
        return _("{whose}, tetapi namanya {name}.").format(whose=whose, name=name)
    if not nip and key != search_key(person.name):
        return _("{whose}; tanpa NIP, namanya harus sama.").format(whose=whose)
    return ""


def _mixed(read: ReadFile, row: CleanRow, key: str, text: str) -> CleanRow:
    hint = _("Mungkin sebagian kolom diurutkan sendiri. Kembalikan urutannya, atau isi ulang di lembar kerja baru.")
    value = str(row.values.get(key) or "") if key in ("nip", "name") else ""
    row.issues.append(read.issue(row, key, "worksheet_row_mixed", text, hint, value=value))
    return row


def _added(read: ReadFile, row: CleanRow, people: People) -> Identified | CleanRow:
    """A row without a record id is about the owner of its NIP, if anybody."""
    nip = row.values.get("nip")
    if row.refused or not nip:
        return row
    person = people.by_nip.get(nip)
    if person is None:
        text = _("Tidak ada pegawai dengan NIP ini.")
        hint = _("Tambahkan dahulu pegawainya di tab Pegawai, atau betulkan NIP di berkas.")
        row.issues.append(read.issue(row, "nip", "employee_unknown", text, hint, value=nip))
        return row
    return Identified(row, person, None, doubtful=not told_spelling(row, read, person.name) or row.doubt)


def _by_rid(row: CleanRow, people: People) -> Known | None:
    return people.by_rid.get(str(row.values.get(RID) or ""))


def _key(name: str) -> str:
    return search_key(split_name(name)[1])
