"""``worksheet``: one file for one unit or event, or one file for each OPD."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from typing import Any

from asn_desktop.cli.arguments import WrongUse
from asn_desktop.cli.commands import output, required_period
from asn_desktop.core.i18n import _
from asn_desktop.exchange.subjects import WORKSHEETS
from asn_desktop.exchange.worksheet.orders import Order
from asn_desktop.services import Services


def write_worksheets(services: Services, arguments: Namespace) -> Mapping[str, Any]:
    """Worksheets to be filled by an OPD; the way back is ``import FILE``."""
    if (arguments.out is None) == (arguments.all is None):
        raise WrongUse(
            _("Sebut satu berkas tujuan, atau satu folder dengan --all."),
            _("Misalnya: worksheet ratings dinkes.xlsx --period 2026-TW3 --unit 03."),
        )
    order = _order(services, arguments)
    if arguments.all is not None:
        return _one_per_opd(services, arguments, order)
    written = services.worksheets.write(output(arguments.out), order)
    text = _("Lembar kerja {name}, {n} pegawai: {path}").format(name=written.name, n=written.rows, path=written.path)
    return {"file": str(written.path), "rows": written.rows, "text": text}


def _order(services: Services, arguments: Namespace) -> Order:
    kind = WORKSHEETS[arguments.kind]
    if kind.of_an_event:
        if not arguments.event or arguments.all is not None:
            raise WrongUse(_("Kegiatan belum disebut."), _("Tambahkan --event, misalnya --event PLT-2026-014."))
        event = services.worksheets.event_id(arguments.event)
        return Order(kind.key, event_id=event, due=arguments.due, contact=arguments.contact)
    if arguments.all is None and not arguments.unit:
        raise WrongUse(_("Unit belum disebut."), _("Tambahkan --unit, atau --all FOLDER untuk semua OPD."))
    unit = services.reference.find_unit(arguments.unit).id if arguments.unit else None
    period = required_period(arguments) if kind.of_a_period else ""
    return Order(kind.key, unit, period, due=arguments.due, contact=arguments.contact)


def _one_per_opd(services: Services, arguments: Namespace, order: Order) -> Mapping[str, Any]:
    units = services.worksheets.opd_ids() if order.unit_id is None else [order.unit_id]
    done = services.worksheets.write_each(arguments.all, order, units)
    lines = [_("{n} lembar kerja disimpan di {folder}").format(n=len(done.files), folder=arguments.all)]
    lines += [f"  {written.path.name}  ({written.rows})" for written in done.files]
    if done.empty:
        lines.append(_("Tanpa pegawai, jadi tidak dibuat: {names}").format(names=", ".join(done.empty)))
    files = [{"file": str(written.path), "unit": written.name, "rows": written.rows} for written in done.files]
    return {"files": files, "empty": list(done.empty), "text": "\n".join(lines)}
