"""What a signed-in person may do: the rights, and the access that one person has. Which role has which right is data
(``resources/reference/peran_hak.csv``, read by ``accounts.rights``)."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from enum import StrEnum

from asn_desktop.core.errors import NotAllowed
from asn_desktop.core.i18n import N_, _


class Right(StrEnum):
    READ = "baca"
    PEOPLE = "pegawai"
    APPRAISE = "nilai"
    PERIOD = "triwulan"
    TRAINING = "pelatihan"
    REMEDIATE = "pembinaan"
    IMPORT = "impor"
    EXPORT = "ekspor"
    EXCHANGE = "paket"
    SETTINGS = "pengaturan"
    ACCOUNT = "akun"
    USERS = "pengguna"
    BACKUP = "cadangan"
    UNDO = "urungkan"


_WORDS = {
    Right.READ: N_("melihat data"),
    Right.PEOPLE: N_("mengubah data pegawai dan pimpinan unit"),
    Right.APPRAISE: N_("mengisi penilaian"),
    Right.PERIOD: N_("membuka, mengunci, atau menutup triwulan"),
    Right.TRAINING: N_("mengubah pelatihan"),
    Right.REMEDIATE: N_("mengubah rencana pembinaan"),
    Right.IMPORT: N_("mengimpor berkas"),
    Right.EXPORT: N_("mengekspor data"),
    Right.EXCHANGE: N_("mengirim atau menerima paket"),
    Right.SETTINGS: N_("mengubah pengaturan kantor"),
    Right.ACCOUNT: N_("mengubah kata sandi sendiri"),
    Right.USERS: N_("menambah pengguna"),
    Right.BACKUP: N_("membuat cadangan atau kode pemulihan"),
    Right.UNDO: N_("mengurungkan langkah"),
}


class Access(threading.local):
    """What the signed-in person of one open office may do.

    ``units``: whose people (unit ids, with those below); None for all of them. ``inside``: this thread is in a method
    that was permitted. What that one calls belongs to it and is not asked about again: an import makes its backup.
    """

    inside = False

    def __init__(self, rights: Iterable[Right] = tuple(Right), units: Iterable[int] | None = None) -> None:
        self.rights = frozenset(rights)
        self.units = None if units is None else frozenset(units)

    def may(self, right: Right) -> bool:
        return right in self.rights

    def demand(self, rights: Iterable[Right]) -> None:
        """Raises :class:`NotAllowed` unless all of them are there."""
        for right in rights:
            if right not in self.rights:
                raise _refused(_("Peran Anda tidak berhak {what}.").format(what=_(_WORDS[right])))

    def demand_unit(self, unit_id: int | None) -> None:
        """Raises :class:`NotAllowed` for a unit (None: all units) that this person does not look after."""
        if self.units is not None and unit_id not in self.units:
            raise _refused(_("Unit ini di luar wewenang Anda."))


def _refused(message: str) -> NotAllowed:
    return NotAllowed(message, _("Minta rekan yang berhak untuk melakukannya."), code="ASN-1501")
