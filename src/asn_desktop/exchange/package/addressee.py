"""To which office a package goes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from asn_desktop.core.errors import InputError
from asn_desktop.core.i18n import _
from asn_desktop.exchange.package.model import PeerOffice
from asn_desktop.reference.queries import OfficeRow


def addressee(connection: Connection, own: OfficeRow, to: str | None) -> str:
    """The code of the office a package goes to: the one named, or the only one known.

    Raises :class:`InputError` (ASN-1240) for an unknown one, or where there are several to choose from.
    """
    known = list(connection.execute(select(PeerOffice.code, PeerOffice.name).order_by(PeerOffice.code)))
    if to:
        if to == own.code or to in {row.code for row in known} or own.role == "province":
            return to
        if not any(_is_province(connection, row.code) for row in known):
            return to
        raise _unknown_office(to, known)
    others = [row for row in known if row.code != own.code]
    if len(others) == 1:
        return str(others[0].code)
    if not others and own.role == "district":
        return ""
    raise InputError(
        _("Kantor tujuan belum disebut."),
        _("Sebut kode kantor tujuan. Kantor yang dikenal: {known}.").format(known=_listed(others)),
        code="ASN-1240",
    )


def _is_province(connection: Connection, code: str) -> bool:
    return connection.scalar(select(PeerOffice.role).where(PeerOffice.code == code)) == "province"


def _listed(rows: Sequence[Any]) -> str:
    return "; ".join(f"{row.code} {row.name}" for row in rows) or "-"


def _unknown_office(code: str, known: Sequence[Any]) -> InputError:
    return InputError(
        _("Kantor dengan kode {code} belum dikenal.").format(code=code),
        _("Kantor yang dikenal: {known}.").format(known=_listed(known)),
        code="ASN-1240",
    )
