"""Everything an office receives, many files at once: look at all of them, then apply those that can be.

Worksheets, packages and receipts are applied one after another, each as an operation of its own. Lists from elsewhere
are only named: their columns and their decisions need a person.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from asn_desktop.core.changes import ChangeSet
from asn_desktop.core.errors import AppError, Cancelled, InputError, WorkbookError
from asn_desktop.core.i18n import _
from asn_desktop.core.issues import Issue
from asn_desktop.core.progress import Progress
from asn_desktop.core.rights import Right
from asn_desktop.exchange.package.findings import findings
from asn_desktop.exchange.package.package_plan import PackagePlan
from asn_desktop.exchange.package.recognise import FileKind, recognise
from asn_desktop.exchange.package.service import PackageService
from asn_desktop.exchange.plan import ImportPlan
from asn_desktop.exchange.ratings_list import RatingsList
from asn_desktop.exchange.service import ExchangeService
from asn_desktop.storage.service import Service, needs
from asn_desktop.storage.unit_of_work import Database

_ORDER = {FileKind.RECEIPT: 1, FileKind.PACKAGE: 1, FileKind.WORKSHEET: 2, FileKind.FOREIGN: 3}


@dataclass(frozen=True, slots=True)
class InboxFile:
    """A file of the batch. ``state``: ``ready``, ``applied``, ``known`` (nothing new in it), ``refused``, ``other`` (a
    list, for the import wizard).

    ``name`` is the office of a package, the OPD or event of a worksheet; ``content`` and ``period`` what a worksheet
    or list is about, as in :class:`ImportPlan`. ``counts`` as in a receipt; ``message`` says why not, ``hint`` what to
    do, ``code`` is that of the error. ``operation`` is what applying it wrote.
    """

    id: int
    path: Path
    state: str
    kind: FileKind | None = None
    office: str = ""
    name: str = ""
    seq: int = 0
    content: str = ""
    period: str = ""
    counts: Mapping[str, int] | None = None
    message: str = ""
    hint: str = ""
    code: str = ""
    operation: int | None = None
    issues: Sequence[Issue] = ()
    """What was found in it, row by row; empty for a file that was refused."""

    @property
    def is_package(self) -> bool:
        return self.kind in (FileKind.PACKAGE, FileKind.RECEIPT)

    @property
    def waiting(self) -> int:
        """Rows of a worksheet that stay behind: to be decided or corrected. Those of a package wait on the desk."""
        if self.kind is not FileKind.WORKSHEET or self.counts is None:
            return 0
        return self.counts["conflict"] + self.counts["rejected"]


@dataclass(frozen=True, slots=True)
class InboxDone:
    """What a batch did. ``change_set`` stands for all its operations; ``error`` is the mistake that ended it early."""

    files: Sequence[InboxFile]
    change_set: ChangeSet | None
    backup: Path
    error: Exception | None = None


class Inbox(Service):
    """``back_up`` makes a verified copy and returns its path."""

    def __init__(
        self,
        database: Database,
        exchange: ExchangeService,
        packages: PackageService,
        back_up: Callable[[str], Path],
    ) -> None:
        self._database = database
        self._exchange = exchange
        self._packages = packages
        self._back_up = back_up

    @needs(Right.IMPORT, Right.EXCHANGE)
    def look(self, paths: Sequence[Path], progress: Progress | None = None) -> list[InboxFile]:
        """Examine every file. What cannot be taken comes first, then packages (older before newer), worksheets by OPD,
        lists: the order in which they are applied."""
        progress = progress or Progress()
        found = []
        progress.step(_("Memeriksa berkas"), len(paths))
        for number, path in enumerate(paths):
            progress.text = path.name
            found.append(self.look_at(number, path, progress.part()))
            progress.advance()
        return _told_apart(sorted(found, key=_order))

    @needs(Right.IMPORT, Right.EXCHANGE)
    def look_at(self, number: int, path: Path, progress: Progress | None = None) -> InboxFile:
        """Examine one file; ``number`` becomes its id."""
        kind = None
        try:
            found = recognise(path)
            kind = found.kind
            if found.is_package:
                return _package(number, path, self._packages.examine(found.file, progress=progress))
            return _workbook(number, path, kind, self._exchange.examine(found.file, progress=progress))
        except InputError as error:
            if kind is FileKind.FOREIGN and error.code == "ASN-1120":  # ratings; the wizard asks for the quarter
                return InboxFile(number, path, "other", kind, content=RatingsList.key)
            return _refused(InboxFile(number, path, "refused", kind), error)
        except AppError as error:
            return _refused(InboxFile(number, path, "refused", kind), error)

    @needs(Right.IMPORT, Right.EXCHANGE)
    def apply(self, files: Sequence[InboxFile], progress: Progress | None = None) -> InboxDone:
        """One backup, then what is ready, one after another. Each is examined anew, because the one before it may have
        changed the data; its counts are then those of what was written. Stopping keeps what is applied."""
        progress = progress or Progress()
        progress.step(_("Membuat cadangan"))
        backup = self._back_up("impor")
        done: dict[int, InboxFile] = {}
        changes: list[ChangeSet] = []
        mistake = None
        ready = [file for file in files if file.state == "ready"]
        for place, file in enumerate(ready):
            if progress.cancelled:
                break
            progress.text, progress.total, progress.done = file.path.name, len(ready), place
            try:
                done[file.id], change_set = self._apply(file, backup, progress.part())
            except Cancelled:
                break
            except AppError as error:
                done[file.id] = _refused(file, error)
            except Exception as error:  # told by the caller, together with what was applied before
                mistake = error
                break
            else:
                changes += [change_set] if change_set is not None else []
        return InboxDone([done.get(file.id, file) for file in files], _together(changes), backup, mistake)

    def _apply(self, file: InboxFile, backup: Path, progress: Progress) -> tuple[InboxFile, ChangeSet | None]:
        if file.kind is FileKind.WORKSHEET:
            plan = self._exchange.examine(file.path, progress=progress)
            now = _workbook(file.id, file.path, file.kind, plan)
            written = self._exchange.apply(plan, backup=backup, progress=progress).change_set if plan.writes else None
        else:
            package = self._packages.examine(file.path, progress=progress)
            now = _package(file.id, file.path, package)
            written = self._packages.apply(package, backup=False, progress=progress).change_set
        if written is None:
            return replace(now, state="known"), None
        return replace(now, state="applied", operation=written.operation_id), written

    @needs(Right.IMPORT, Right.EXCHANGE)
    def write_errors(self, path: Path, target: Path) -> int:
        """The rows of a worksheet that still have to be decided or corrected, as a workbook; returns how many."""
        return self._exchange.write_errors(self._exchange.examine(path), target)


def workbooks_in(folder: Path) -> list[Path]:
    """The workbooks of a folder, without the lock files of a spreadsheet program that has one open.

    Raises :class:`WorkbookError` (ASN-1301) when the folder cannot be read.
    """
    try:
        return sorted(
            path for path in folder.iterdir() if path.suffix.lower() == ".xlsx" and not path.name.startswith("~$")
        )
    except OSError as error:
        raise WorkbookError(
            _("Folder {name} tidak dapat dibaca.").format(name=folder.name),
            _("Periksa apakah flash disk masih terpasang, lalu coba lagi."),
            code="ASN-1301",
            details=str(error),
        ) from error


def _package(number: int, path: Path, plan: PackagePlan) -> InboxFile:
    head = plan.head
    kind = FileKind.RECEIPT if head.kind.value == "receipt" else FileKind.PACKAGE
    state = "known" if plan.already else "ready"
    return InboxFile(number, path, state, kind, head.office, head.office_name, head.seq, counts=plan.counts,
                     issues=tuple(findings(plan)))  # fmt: skip


def _workbook(number: int, path: Path, kind: FileKind, plan: ImportPlan) -> InboxFile:
    names = dict.fromkeys(returned.name for returned in plan.worksheets)
    state = "other"
    if kind is FileKind.WORKSHEET:
        state = "ready" if plan.writes else "known"
    return InboxFile(
        number, path, state, kind,
        name=", ".join(names), content=plan.kind, period=plan.period or "", counts=plan.counts,
        issues=tuple(plan.issues),
    )  # fmt: skip


def _refused(file: InboxFile, error: AppError) -> InboxFile:
    return replace(file, state="refused", message=error.message, hint=error.hint or "", code=error.code)


def _order(file: InboxFile) -> tuple[int, str, int, str, int]:
    group = _ORDER[file.kind] if file.kind is not None and file.state != "refused" else 0
    return group, file.office, file.seq, file.name, file.id


def _told_apart(files: Sequence[InboxFile]) -> list[InboxFile]:
    """Say of the second worksheet about the same thing that its counts are still those without the first."""
    seen: set[tuple[str, str, str]] = set()
    found = []
    for file in files:
        about = (file.name, file.content, file.period)
        if file.kind is FileKind.WORKSHEET and file.state == "ready":
            if about in seen:
                file = replace(
                    file,
                    hint=_("Ada berkas lain untuk {name}; yang ini diperiksa lagi setelah itu diterapkan.").format(
                        name=file.name
                    ),
                )
            seen.add(about)
        found.append(file)
    return found


def _together(changes: Sequence[ChangeSet]) -> ChangeSet | None:
    """One change set that touches what all of them touch, so that every view reads again once."""
    if not changes:
        return None
    tables = frozenset(table for change in changes for table in change.tables)
    return replace(changes[-1], tables=tables, count=sum(change.count for change in changes))
