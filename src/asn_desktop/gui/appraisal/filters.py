"""Whom of a quarter the list shows: what the filter offers, and what each choice asks the service for."""

from __future__ import annotations

from typing import Any

from asn_desktop.appraisal.predicate import Predicate, State
from asn_desktop.core.i18n import _
from asn_desktop.gui import theme

_FLAGS = ("unrated", "low", "waiting", "unassessed")


def choices() -> list[tuple[str, str]]:
    """Value and words, in the order of the list."""
    return [
        ("", _("Semua pegawai")),
        ("unrated", _("Belum dinilai")),
        ("rated", _("Dinilai, belum terkunci")),
        ("final", _("Terkunci")),
        ("low", _("Di bawah ekspektasi")),
        ("waiting", _("Perlu keputusan")),
        ("unassessed", _("Penilai belum diketahui")),
        *((code, _("Predikat {label}").format(label=theme.predicate_label(code))) for code in theme.PREDICATES[::-1]),
    ]


def wanted(choice: str) -> dict[str, Any]:
    """The fields of an :class:`~asn_desktop.appraisal.queries.EvaluationSpec` that a choice sets."""
    return {
        "state": State(choice) if choice in (State.RATED, State.FINAL) else None,
        "predicate": Predicate(choice) if choice in theme.PREDICATES else None,
        **{name: choice == name for name in _FLAGS},
    }
