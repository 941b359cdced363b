"""The fields of the employee form, as the catalogue has them (``Column.screen``)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from asn_desktop.core.catalogue import Field
from asn_desktop.core.i18n import N_, _
from asn_desktop.core.ranks import pns_ranks, pppk_ranks
from asn_desktop.environment.resources import reference_table
from asn_desktop.gui.editors import editor_for
from asn_desktop.gui.forms import FormField
from asn_desktop.gui.personnel.fields import NipField, Picker
from asn_desktop.gui.widgets import combo
from asn_desktop.personnel.columns import PERSONNEL
from asn_desktop.personnel.employment_kinds import EMPLOYMENT_KINDS

COLUMNS = 6
_REQUIRED = frozenset({"name", "employment_kind", "legal_status", "unit_id"})


def rank_choices(employment_kind: str | None) -> list[tuple[str, str]]:
    """Golongan of a PNS with its pangkat, or of a PPPK; highest first."""
    ranks = pppk_ranks() if (employment_kind or "").startswith("PPPK") else pns_ranks()
    return [(rank.code, f"{rank.code} – {rank.title}" if rank.title else rank.code) for rank in reversed(ranks)]


def _levels() -> list[tuple[str, str]]:
    names = ["JPT Madya", "JPT Pratama", "Administrator", "Pengawas"]
    for row in reference_table("jenjang_jabatan"):
        if row["kelompok"].startswith("fungsional"):
            names.append(row["nama"])
        elif row["kelompok"] == "pelaksana":
            names.append(row["nama"].removeprefix("Pelaksana - "))
    return [(name, name) for name in dict.fromkeys(names)]


def _legal_statuses() -> list[tuple[str, str]]:
    return [(row["nama"], row["nama"]) for row in reference_table("kedudukan_hukum")]


_CAPTIONS = {"nip": N_("NIP / NI PPPK"), "name": N_("Nama tanpa gelar")}
_EDITORS: dict[str, Callable[[], QWidget]] = {
    "nip": NipField,
    "unit_id": lambda: Picker(_("Ketik nama unit …"), filter_here=True),
    "superior_id": lambda: Picker(_("Pimpinan unit, atau ketik nama …"), filter_here=False),
    "employment_kind": lambda: combo([(value, _(text)) for value, text in EMPLOYMENT_KINDS]),
    "legal_status": lambda: combo(_legal_statuses()),
    "position_level": lambda: combo([("", "–"), *_levels()]),
    "rank": lambda: combo([("", "–"), *rank_choices("PNS")]),
}
"""Of fields for which the column of the workbook does not say enough."""


def make_field(field: Field) -> FormField:
    """A new field of the form."""
    key = field.key
    editor = _EDITORS[key]() if key in _EDITORS else editor_for(PERSONNEL[key])
    caption = _(_CAPTIONS[key]) if key in _CAPTIONS else field.name
    return FormField(key, caption, editor, hint=_(field.screen.hint), required=key in _REQUIRED)
