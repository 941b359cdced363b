"""From the rows of a file to their fates, one way for every kind of import: match, compare, decide. Pure.

What differs between kinds is their policy. The planner asks it in this order and stops at the first answer: rows of a
sheet whose names are shifted, rounded NIPs, rows with an error, what keeps a row from being written, the same thing
said twice, what the row would change, whether a person has to agree first.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from asn_desktop.core.i18n import _
from asn_desktop.core.issues import Issue, Severity
from asn_desktop.exchange.plan import Fate, Option, PlannedRow, planned
from asn_desktop.exchange.read_file import ReadFile
from asn_desktop.exchange.records import CleanRow
from asn_desktop.exchange.strangers import Strangers, find_strangers, held, questioned, refused


@dataclass(frozen=True)
class Policy:
    """What a kind of import knows of the rows of ``read``."""

    read: ReadFile

    def owner(self, row: CleanRow) -> str | None:
        """The name, as stored, of the person the row is about; None where that is nobody here."""
        raise NotImplementedError

    def identity(self, row: CleanRow) -> Hashable:
        """What the row is about: rows of one identity say the same thing twice; None: cannot repeat."""
        raise NotImplementedError

    def says(self, row: CleanRow) -> object:
        """What the row says of it; rows that say something else have to be decided."""
        raise NotImplementedError

    def candidates(self, row: CleanRow, digits: str) -> Iterable[Option]:
        """Whom a NIP that was rounded may mean, by its certain digits and the rest of the row."""
        return ()

    def target(self, row: CleanRow) -> int | None:
        """The record of a row that is not taken, for who looks at it."""
        return None

    def refuses(self, row: CleanRow) -> bool:
        """Whether the row cannot be taken, for reasons told already."""
        return row.refused

    def problem(self, row: CleanRow) -> Issue | None:
        """What keeps the row from being written at all."""
        return None

    def compare(self, row: CleanRow) -> PlannedRow:
        """What becomes of the row by itself."""
        raise NotImplementedError

    def settle(self, row: CleanRow, compared: PlannedRow, *, strange: bool) -> PlannedRow:
        """Whether a person has to agree first. ``strange``: the name is not that of the NIP's owner."""
        return held(compared, self.agreement(row)) if strange or row.doubt else compared

    def agreement(self, row: CleanRow) -> str:
        """The words by which a person agrees to a doubtful row."""
        return _("Pakai baris ini")

    def repeated(self, row: CleanRow, first: CleanRow) -> PlannedRow:
        """The row says once more what ``first`` says."""
        text = _("Orang ini sudah ada di {other} dengan isi yang sama; baris ini tidak dipakai.")
        hint = _("Tidak perlu tindakan; agar berkas rapi, hapus salah satu baris.")
        self._twice(row, text.format(other=place(first)), hint, Severity.NOTE)
        return planned(row, Fate.IGNORED, target=self.target(row))

    def contested(self, row: CleanRow, first: CleanRow) -> PlannedRow:
        """The row is one of several about the same that differ: each waits for a decision."""
        text = _("Orang ini ada lebih dari sekali dengan isi berbeda (pertama di {other}).")
        hint = _("Pilih baris yang benar, atau perbaiki berkas lalu impor lagi.")
        self._twice(row, text.format(other=place(first)), hint, Severity.DECISION)
        compared = self.compare(row)
        if compared.fate is Fate.REJECTED or compared.options:
            return compared
        option = Option("use", _("Pakai baris ini"), compared.fate, compared.values, compared.changes, compared.target)
        return planned(row, Fate.CONFLICT, target=self.target(row), options=(option,))

    def _twice(self, row: CleanRow, text: str, hint: str, severity: Severity) -> None:
        nip = str(row.values.get("nip") or "")
        row.issues.append(self.read.issue(row, "nip", "duplicate_in_file", text, hint, severity=severity, value=nip))


def plan_rows(policy: Policy) -> list[PlannedRow]:
    """The fate of each row, in the order of the file."""
    strangers = find_strangers(policy.read, policy.owner)
    first: dict[Hashable, CleanRow] = {}
    differ: set[Hashable] = set()
    for row in policy.read.rows:
        if not strangers.refuses(row) and (who := policy.identity(row)) is not None:
            other = first.setdefault(who, row)
            if other is not row and policy.says(other) != policy.says(row):
                differ.add(who)
    return [_fate(row, policy, strangers, first, differ) for row in policy.read.rows]


def _fate(
    row: CleanRow,
    policy: Policy,
    strangers: Strangers,
    first: dict[Hashable, CleanRow],
    differ: set[Hashable],
) -> PlannedRow:
    read = policy.read
    if strangers.refuses(row):
        return refused(row, read, strangers)
    if digits := read.damaged.get((row.sheet, row.row)):
        options = tuple(policy.candidates(row, digits))
        return planned(row, Fate.CONFLICT if options else Fate.REJECTED, options=options, target=policy.target(row))
    if policy.refuses(row):
        return planned(row, Fate.REJECTED, target=policy.target(row))
    problem, who = policy.problem(row), policy.identity(row)
    if problem is None and who in first and who not in differ and first[who] is not row:
        return policy.repeated(row, first[who])
    strange = questioned(row, read, strangers)
    if problem is not None:
        row.issues.append(problem)
        return planned(row, Fate.REJECTED, target=policy.target(row))
    if who in differ:
        return policy.contested(row, first[who])
    return policy.settle(row, policy.compare(row), strange=strange)


def place(row: CleanRow) -> str:
    """Where another row stands, in words."""
    return _("{sheet} baris {number}").format(sheet=row.sheet, number=row.row)


def unknown_person(read: ReadFile, row: CleanRow) -> Issue:
    """Nobody here has the NIP of the row."""
    hint = _("Impor dahulu data pegawainya, atau betulkan NIP di berkas.")
    nip = str(row.values.get("nip") or "")
    return read.issue(row, "nip", "employee_unknown", _("Tidak ada pegawai dengan NIP ini."), hint, value=nip)


def certain_name(row: CleanRow) -> bool:
    """Whether nothing but its NIP is wrong with a row: only then its name may tell who was meant."""
    return all(issue.severity is not Severity.ERROR or issue.field == "nip" for issue in row.issues)
