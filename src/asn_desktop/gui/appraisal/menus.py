"""What the right button offers in the tab *Penilaian Triwulan*."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from asn_desktop.appraisal.predicate import Rating
from asn_desktop.core.i18n import _
from asn_desktop.gui.appraisal.grid import BEHAVIOUR
from asn_desktop.gui.appraisal.panels import is_low
from asn_desktop.gui.appraisal.sentences import number
from asn_desktop.gui.context_menu import ContextMenu, Entry

if TYPE_CHECKING:
    from asn_desktop.gui.appraisal.tab import AppraisalTab


def add_menus(tab: AppraisalTab) -> tuple[ContextMenu, ContextMenu]:
    """The menus of the list and of the unit tree."""
    return ContextMenu(tab.grid.table, partial(_of_person, tab)), ContextMenu(tab.tree, partial(_of_unit, tab))


def _of_person(tab: AppraisalTab) -> Sequence[Entry | None]:
    row, grid = tab.current, tab.grid
    if row is None:
        return _of_several(tab) if grid.table.chosen_count > 1 else []
    free = not grid.table.cells.ratings_locked and row.state != "final"
    rest: list[Entry | None] = [
        None,
        Entry(_("Buka evaluasi"), partial(tab.open_evaluation, row.id), "F2"),
        Entry(_("Cetak …"), tab.print_forms, "Ctrl+P"),
        Entry(_("Lihat di Pegawai"), partial(tab.person_wanted.emit, row.employee_id)),
        Entry(_("Salin NIP"), partial(QGuiApplication.clipboard().setText, row.nip or ""), enabled=bool(row.nip)),
    ]
    if is_low(row):
        rest.insert(3, Entry(_("Rencana pembinaan"), partial(tab.plan_wanted.emit, row.id)))
    return [*_ratings(tab, free=free), *rest]


def _of_several(tab: AppraisalTab) -> Sequence[Entry | None]:
    """What the keys and the panel do with all chosen people."""
    chosen = number(tab.grid.table.chosen_count)
    return [
        *_ratings(tab, free=not tab.grid.table.cells.ratings_locked),
        None,
        Entry(_("Cetak {n} pegawai …").format(n=chosen), tab.print_forms, "Ctrl+P"),
    ]


def _ratings(tab: AppraisalTab, *, free: bool) -> list[Entry]:
    grid = tab.grid
    column = _("Perilaku kerja") if grid.rating_column() == BEHAVIOUR else _("Hasil kerja")
    keys: list[tuple[str, Rating | None]] = [
        ("1", Rating.DI_BAWAH), ("2", Rating.SESUAI), ("3", Rating.DI_ATAS), ("Del", None)
    ]  # fmt: skip
    return [
        Entry(
            _("{column}: {rating}").format(column=column, rating=rating.label if rating else _("kosongkan")),
            partial(grid.rate, rating), key, free,
        )
        for key, rating in keys
    ]  # fmt: skip


def _of_unit(tab: AppraisalTab) -> Sequence[Entry | None]:
    closed = tab.grid.table.cells.ratings_locked
    return [
        Entry(_("Cetak unit ini …"), tab.print_unit),
        Entry(_("Cetak rekap predikat …"), partial(tab.writes.print_recap, tab.period, tab.spec.unit_id)),
        Entry(tab.finish_button.text(), tab.finish, "Ctrl+Enter", tab.finish_button.isEnabled()),
        None,
        Entry(_("Capaian organisasi …"), tab.set_organisation_results, enabled=not closed),
        Entry(_("Lembar kerja OPD …"), partial(tab.worksheets_wanted.emit, tab.period.code)),
    ]
