"""The plans of a list as Excel and paper take them."""

from __future__ import annotations

from collections.abc import Sequence

from asn_desktop.core.i18n import _
from asn_desktop.core.identifiers import format_nip
from asn_desktop.core.listing import Listing, ListingColumn, Value
from asn_desktop.gui import theme
from asn_desktop.gui.remediation.words import period_text, plan_word
from asn_desktop.remediation.queries import PlanRow
from asn_desktop.remediation.rules import KINDS
from asn_desktop.services import Services


def plan_listing(services: Services, ids: Sequence[int], title: str, subtitle: str) -> Listing:
    """Reads the rows, so it belongs into the background."""
    office = services.reference.office()
    columns = [
        ListingColumn(_("Nama"), 28), ListingColumn(_("NIP"), 21), ListingColumn(_("Jabatan"), 24),
        ListingColumn(_("Unit kerja"), 26), ListingColumn(_("Triwulan"), 16), ListingColumn(_("Predikat"), 15),
        ListingColumn(_("Pembinaan"), 17), ListingColumn(_("Status"), 14), ListingColumn(_("Mulai"), 11),
        ListingColumn(_("Batas"), 11), ListingColumn(_("Langkah"), 9), ListingColumn(_("Pembimbing"), 24),
    ]  # fmt: skip
    rows = [_line(row) for row in services.remediation.plan_rows(ids)]
    today = services.database.clock().date()
    return Listing(title, subtitle, office.name, today, columns, rows, office.sample)


def _line(row: PlanRow) -> tuple[Value, ...]:
    steps = _("{done} dari {n}").format(done=row.steps_done, n=row.steps) if row.steps else ""
    return (
        row.name, format_nip(row.nip or ""), row.position, row.unit, period_text(row),
        theme.predicate_label(row.predicate or ""), _(KINDS[row.kind]), plan_word(row), row.starts, row.due, steps,
        row.mentor,
    )  # fmt: skip
