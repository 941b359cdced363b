"""Many packages one after another: look at all of them first, then apply those that can be. No widgets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from asn_desktop.core.changes import ChangeSet
from asn_desktop.core.errors import AppError, Cancelled
from asn_desktop.core.i18n import _
from asn_desktop.core.progress import Progress
from asn_desktop.exchange.package.recognise import FileKind, recognise
from asn_desktop.services import Services


@dataclass(frozen=True, slots=True)
class BatchFile:
    """A file of the batch. ``state``: ``ready``, ``applied``, ``known`` (merged before), ``refused``, ``other``.

    ``counts`` as in a receipt; ``message`` says why not, ``hint`` what to do.
    """

    id: int
    path: Path
    state: str
    office: str = ""
    name: str = ""
    seq: int = 0
    counts: dict[str, int] | None = None
    message: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class BatchDone:
    """What a batch did. ``change_set`` stands for all its operations."""

    files: Sequence[BatchFile]
    change_set: ChangeSet | None


def look(services: Services, paths: Sequence[Path], progress: Progress) -> list[BatchFile]:
    """Examine every file; older packages of an office come before newer ones."""
    found = []
    progress.step(_("Memeriksa berkas"), len(paths))
    for number, path in enumerate(paths):
        found.append(_look(services, number, path))
        progress.advance()
    return sorted(found, key=lambda file: (file.office, file.seq, file.id))


def _look(services: Services, number: int, path: Path) -> BatchFile:
    try:
        if recognise(path).kind not in (FileKind.PACKAGE, FileKind.RECEIPT):
            return BatchFile(
                number,
                path,
                "other",
                message=_("Bukan paket."),
                hint=_("Daftar dan lembar kerja dibuka satu per satu."),
            )
        plan = services.packages.examine(path)
    except AppError as error:
        return BatchFile(number, path, "refused", message=error.message, hint=error.hint or "")
    head = plan.head
    state = "known" if plan.already else "ready"
    return BatchFile(number, path, state, head.office, head.office_name, head.seq, plan.counts)


def apply_all(services: Services, files: Sequence[BatchFile], progress: Progress) -> BatchDone:
    """Apply what is ready, one after another; the first makes the backup. Each is examined anew, because the one
    before it may have changed the data. Stopping between two files keeps what is applied."""
    done: dict[int, BatchFile] = {}
    changes: list[ChangeSet] = []
    ready = [file for file in files if file.state == "ready"]
    for place, file in enumerate(ready):
        if progress.cancelled:
            break
        progress.text, progress.total, progress.done = file.path.name, len(ready), place
        try:
            plan = services.packages.examine(file.path)
            received = services.packages.apply(plan, backup=not changes)
        except Cancelled:
            break
        except AppError as error:
            done[file.id] = replace(file, state="refused", message=error.message, hint=error.hint or "")
            continue
        if received.change_set is not None:
            changes.append(received.change_set)
        done[file.id] = replace(file, state="applied" if received.change_set else "known", counts=plan.counts)
    return BatchDone([done.get(file.id, file) for file in files], _together(changes))


def _together(changes: Sequence[ChangeSet]) -> ChangeSet | None:
    """One change set that touches what all of them touch, so that every view reads again once."""
    if not changes:
        return None
    tables = frozenset(table for change in changes for table in change.tables)
    return replace(changes[-1], tables=tables, count=sum(change.count for change in changes))
