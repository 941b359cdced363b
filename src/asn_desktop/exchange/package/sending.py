"""The ledger's line of a package that leaves, so that the program knows its own packages whatever cuts it off.

The number and the identity are noted *before* the file is written, the digest after it. A line without a digest is a
package whose writing was cut off: its file may be out whole, half-written in a hidden folder, or nowhere. Its number
is never used again, it is known as ours when it comes home, and nobody waits for its receipt – but one is taken.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection, select

from asn_desktop.core.errors import AppError
from asn_desktop.core.i18n import _
from asn_desktop.exchange.package import replicas
from asn_desktop.exchange.package.content import PackageContent, PackageHead
from asn_desktop.exchange.package.model import PackageLedger
from asn_desktop.exchange.package.outgoing import counts_by_sheet
from asn_desktop.exchange.package.recognise import recognise
from asn_desktop.exchange.package.results import SentPackage
from asn_desktop.storage.unit_of_work import Database


def reserve(database: Database, content: PackageContent, file_name: str) -> PackageContent:
    """Note that this package is about to be written, and give it the next free number."""
    head = content.head
    with database.write("package.send", _label(_("Siapkan paket {seq} untuk {office}"), head), undoable=False) as uow:
        head = replace(head, seq=replicas.next_seq(uow.connection, head.replica.id, head.to))
        uow.insert(PackageLedger, {
            "package_id": head.package_id, "direction": "out", "kind": head.kind.value, "office": head.to,
            "replica": head.replica.id, "seq": head.seq, "since_rev": head.since_rev, "to_rev": head.to_rev,
            "digest": "", "file_name": file_name, "made_at": head.made_at, "seal": "",
            "counts": json.dumps(counts_by_sheet(content.rows)),
            "at": head.made_at, "user": database.user,
        })  # fmt: skip
    return replace(content, head=head)


def complete(database: Database, content: PackageContent, digest: str) -> SentPackage:
    """The file is on the disk."""
    head = content.head
    with database.write("package.send", _label(_("Kirim paket {seq} ke {office}"), head), undoable=False) as uow:
        uow.update(PackageLedger, _line(uow.connection, head), {"digest": digest})
    return SentPackage(head, digest, counts_by_sheet(content.rows), len(content.tombstones), uow.change_set)


def release(database: Database, head: PackageHead, target: Path) -> None:
    """Writing failed: forget the line and give the number back – only where we can see that no file got out.

    A disk that was pulled out, or a server that answered too late, may hold the file all the same.
    """
    if _may_be_out(head, target):
        return
    label = _label(_("Batalkan paket {seq} untuk {office}"), head)
    with database.write("package.send", label, undoable=False) as uow:
        uow.delete(PackageLedger, _line(uow.connection, head))


def _may_be_out(head: PackageHead, target: Path) -> bool:
    try:
        if not target.parent.is_dir():
            return True
        if not target.exists():
            return False
        found = recognise(target).head
    except (AppError, OSError):
        return True
    return found is None or found.package_id == head.package_id


def _line(connection: Connection, head: PackageHead) -> int:
    query = select(PackageLedger.id).where(
        PackageLedger.package_id == head.package_id, PackageLedger.direction == "out"
    )
    return int(connection.execute(query).scalar_one())


def _label(text: str, head: PackageHead) -> str:
    return text.format(seq=head.seq, office=head.to or _("provinsi"))
