"""The code of this office: it can be put right for as long as nobody else has seen it."""

from __future__ import annotations

from sqlalchemy import Connection, select

from asn_desktop.core.changes import ChangeSet
from asn_desktop.core.errors import InputError
from asn_desktop.core.i18n import _
from asn_desktop.exchange.package.model import PackageLedger, PeerReplica
from asn_desktop.exchange.worksheet.model import Worksheet
from asn_desktop.reference.model import Office, Unit
from asn_desktop.reference.office_code import parse_office_code
from asn_desktop.storage.offices import ours
from asn_desktop.storage.unit_of_work import Database, UnitOfWork


class OwnCode:
    """Packages and worksheets carry the code; once one of them has left or arrived, it stays."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def fixed(self) -> bool:
        """Whether a package or a worksheet has left or arrived."""
        with self._database.read() as connection:
            return _has_exchanged(connection)

    def change(self, text: str, role: str, *, initiator: object = None) -> ChangeSet:
        """Give this office the right code and role.

        Raises :class:`InputError` for a code that is none (ASN-1106) and after an exchange (ASN-1368). Undo does not
        touch it, because a package may have left in between; it is changed back the way it was changed.
        """
        region = parse_office_code(text, role)
        label = _("Ubah kode kantor menjadi {code}").format(code=region.code)
        with self._database.write("office.code", label, undoable=False, initiator=initiator) as uow:
            if _has_exchanged(uow.connection):
                raise InputError(
                    _("Kode kantor sudah dipakai dalam pertukaran data, jadi tidak dapat diubah lagi."),
                    _("Hubungi petugas TI kantor Anda bila kodenya memang salah."),
                    code="ASN-1368",
                )
            office = uow.connection.execute(select(Office.id, Office.code)).one()
            uow.update(Office, office.id, {"code": region.code, "role": role})
            _rename_root(uow, office.code, region.code)
        return uow.change_set


def _rename_root(uow: UnitOfWork, before: str, code: str) -> None:
    """The head of the unit tree got its code from the office; another unit may have taken the new one already."""
    own = select(Unit.id, Unit.kind, Unit.code).where(ours(Unit), Unit.code.in_((before, code)))
    units = uow.connection.execute(own).all()
    if all(unit.code != code for unit in units):
        for unit in units:
            if unit.kind == "INSTANSI":
                uow.update(Unit, unit.id, {"code": code})


def _has_exchanged(connection: Connection) -> bool:
    tables = (PackageLedger, PeerReplica, Worksheet)
    return any(connection.scalar(select(table.id).limit(1)) is not None for table in tables)
