"""Which fields the employee form has, in which section and how wide (of six columns)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

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


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its fields: ``(key, columns)`` in reading order."""

    title: str
    fields: tuple[tuple[str, int], ...]
    note: str = ""


SECTIONS: tuple[Section, ...] = (
    Section(
        N_("Identitas"),
        (
            ("nip", 3), ("employment_kind", 3), ("title_front", 1), ("name", 3), ("title_back", 2),
            ("birth_place", 2), ("birth_date", 2), ("sex", 2), ("religion", 2), ("marital_status", 2),
            ("legal_status", 2),
        ),
    ),
    Section(
        N_("Jabatan dan unit"),
        (
            ("unit_id", 3), ("superior_id", 3), ("position", 4), ("position_kind", 2), ("position_level", 2),
            ("echelon", 1), ("job_class", 1), ("position_tmt", 2),
        ),
        N_("Tanpa atasan langsung, pejabat penilainya adalah pimpinan unit."),
    ),
    Section(
        N_("Pangkat dan masa kerja"),
        (
            ("rank", 2), ("rank_tmt", 2), ("service_years", 1), ("service_months", 1), ("cpns_tmt", 2),
            ("pns_tmt", 2), ("salary_step_tmt", 2), ("contract_end", 2),
        ),
    ),
    Section(N_("Pendidikan"), (("education_level", 2), ("education", 3), ("graduation_year", 1))),
    Section(
        N_("Kontak dan nomor lain"),
        (("phone", 2), ("email", 4), ("nik", 2), ("npwp", 2), ("old_nip", 2), ("address", 4), ("national_id", 2)),
        N_("Data pribadi: isi hanya yang diperlukan kantor (UU 27/2022)."),
    ),
)  # fmt: skip


def rank_choices(employment_kind: str | None) -> list[tuple[str, str]]:
    """Golongan of a PNS with its pangkat, or of a PPPK; highest first."""
    ranks = pppk_ranks() if (employment_kind or "").startswith("PPPK") else pns_ranks()
    return [(rank.code, f"{rank.code} – {rank.title}" if rank.title else rank.code) for rank in reversed(ranks)]


def _translated(choices: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(value, _(text)) for value, text in choices]


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


def make_field(key: str) -> FormField:
    """A new field of the form."""
    caption, editor = _editor(key)
    return FormField(key, caption, editor, required=key in _REQUIRED)


def _editor(key: str) -> tuple[str, QWidget]:
    match key:
        case "nip":
            return _("NIP / NI PPPK"), NipField()
        case "name":
            return _("Nama tanpa gelar"), editor_for(PERSONNEL[key])
        case "unit_id":
            return _("Unit kerja"), Picker(_("Ketik nama unit …"), filter_here=True)
        case "superior_id":
            return _("Atasan langsung"), Picker(_("Pimpinan unit, atau ketik nama …"), filter_here=False)
        case "employment_kind":
            return _(PERSONNEL[key].label), combo(_translated(EMPLOYMENT_KINDS))
        case "legal_status":
            return _(PERSONNEL[key].label), combo(_legal_statuses())
        case "position_level":
            return _(PERSONNEL[key].label), combo([("", "–"), *_levels()])
        case "rank":
            return _(PERSONNEL[key].label), combo([("", "–"), *rank_choices("PNS")])
        case _:
            return _(PERSONNEL[key].label), editor_for(PERSONNEL[key])
