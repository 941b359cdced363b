"""The hidden columns of a worksheet, by which a row is known again."""

from __future__ import annotations

from asn_desktop.core.columns import Column
from asn_desktop.core.i18n import N_

RID, BASIS, NIP_THEN, MARK = "_rid", "_basis", "_nip_then", "_mark"
MACHINE = (
    Column(RID, N_("Kolom program"), "_RID"),
    Column(BASIS, N_("Kolom program"), "_BASIS"),
    Column(NIP_THEN, N_("Kolom program"), "_NIP_ASAL"),
)
"""The record, its values when the worksheet was written, and the NIP it had then."""
SPARE = "+"
"""Stands in NO of the blank rows below the list."""
MACHINE_KEYS = frozenset({RID, BASIS, NIP_THEN, MARK})
