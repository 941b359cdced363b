"""What the tabs open, on the sample office: a chosen row explained, forms, prints, decisions, and messages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from asn_desktop.appraisal import tables
from asn_desktop.appraisal.queries import EvaluationSpec
from asn_desktop.core.errors import InputError
from asn_desktop.devtools import gallery_office
from asn_desktop.devtools.gallery_scene import Scene, settle
from asn_desktop.gui.appraisal.evaluation_dialog import EvaluationDialog
from asn_desktop.gui.appraisal.organisation_dialog import OrganisationDialog
from asn_desktop.gui.appraisal.paste_dialog import PasteDialog
from asn_desktop.gui.appraisal.print_dialog import PrintDialog
from asn_desktop.gui.message_windows import MessageDialog
from asn_desktop.gui.messages import error_text
from asn_desktop.gui.personnel.decisions import HeadsDialog, LeaveDialog
from asn_desktop.remediation.queries import PlanGroup
from asn_desktop.sample.office import SKP_UNIT
from asn_desktop.training.queries import EventRow, EventSpec


def _shown(key: str) -> tuple[Any, Any]:
    """A shown window (dialogs are centred over it) and one of its tabs."""
    shell = gallery_office.shell()
    shell.window.resize(1366, 728)
    shell.window.show()
    tab = shell.go_to(key)
    settle(1)
    return shell, tab


def over(key: str, act: Callable[[Any], object]) -> Scene:
    """The dialog that an action of a tab opens."""

    def scene() -> QWidget:
        shell, tab = _shown(key)
        act(tab)
        settle()
        found = [dialog for dialog in tab.findChildren(QDialog) if dialog.isVisible()]
        shell.window.hide()
        return found[0]  # type: ignore[no-any-return]

    return scene


def with_row(key: str, choose: Callable[[Any], object]) -> Scene:
    """The window with something chosen in a tab."""

    def scene() -> QWidget:
        shell, tab = _shown(key)
        choose(tab)
        return shell.window  # type: ignore[no-any-return]

    return scene


def _first(tab: Any) -> None:
    tab.page.table.go_to(0)


def _edited_person(tab: Any) -> None:
    _first(tab)
    tab.people.edit()


def _empty_person(tab: Any) -> None:
    tab.people.add()
    settle(1)
    next(dialog for dialog in tab.findChildren(QDialog) if dialog.isVisible()).save()


def _fullest_event(tab: Any) -> None:
    """Of this month if there is one."""
    services = gallery_office.services()
    today = services.database.clock().date()
    events = services.training.events(EventSpec())

    def rank(event: EventRow) -> tuple[bool, int]:
        return (event.starts.year, event.starts.month) == (today.year, today.month), event.taken

    tab.show_event(max(events, key=rank).id)


def _then(first: Callable[[Any], object], second: Callable[[Any], object]) -> Callable[[Any], object]:
    def both(tab: Any) -> None:
        first(tab)
        settle(1)
        second(tab)

    return both


def _group(group: PlanGroup) -> Callable[[Any], object]:
    return lambda tab: tab.show_group(group)


def _view(name: str) -> Callable[[Any], object]:
    def choose(tab: Any) -> None:
        tab.view.set_value(name)
        tab._view_chosen()

    return choose


# -- ratings --------------------------------------------------------------------------------------------------


def _unit_spec() -> EvaluationSpec:
    """The evaluations of the unit whose SKP are filled in, in the newest quarter."""
    services = gallery_office.services()
    newest = max(row.period for row in services.appraisal.periods())
    unit = next(unit for unit in services.reference.units() if unit.code == SKP_UNIT)
    return EvaluationSpec(newest.code, unit.id)


def evaluation(page: int) -> Scene:
    def scene() -> QWidget:
        service = gallery_office.services().appraisal
        result = EvaluationDialog(service, gallery_office.runner(), service.evaluation_ids(_unit_spec())[4])
        result.tabs.setCurrentIndex(page)
        return result

    return scene


def print_forms() -> QWidget:
    services, spec = gallery_office.services(), _unit_spec()
    ids = services.appraisal.evaluation_ids(spec)
    period = max(row.period for row in services.appraisal.periods())
    return PrintDialog(services.appraisal, gallery_office.runner(), period, ids[4:5], spec, "UPTD Puskesmas")


def pasted() -> QWidget:
    """A recap by NIP: a word misspelt, a name spelt otherwise, a predicate that does not follow."""
    service, spec = gallery_office.services().appraisal, _unit_spec()
    ids = service.evaluation_ids(spec)
    endings = (
        "Sesuai\tSesuai\tBaik",
        "Di bawah ekspektasi\tSesuai\tBaik",
        "Sesuai\tentah\tBaik",
        "Di atas\tSesuai\tBaik",
    )
    people = service.evaluation_rows(ids[: len(endings)])
    lines = [f"{row.nip}\t{row.bare_name[:-1]}\t{end}" for row, end in zip(people, endings, strict=True)]
    plan = service.plan_paste("\n".join(lines), spec.period, ids, 0, behaviour_first=False)
    rows = service.evaluation_rows([change.evaluation_id for change in plan.changes])
    return PasteDialog(plan, {row.id: row for row in rows}, tables.matrix())


def organisation() -> QWidget:
    services = gallery_office.services()
    services, period = (
        gallery_office.services(),
        max(row.period for row in gallery_office.services().appraisal.periods()),
    )
    results = services.appraisal.organisation_results(period.code)
    return OrganisationDialog(period.label, services.reference.units(), results, None)


def error_message() -> QWidget:
    error = InputError(
        "Berkas ini bukan buku kerja Excel: isinya halaman web yang diberi nama .xlsx.",
        "Buka di Excel, pilih Simpan Sebagai, jenis “Buku Kerja Excel (.xlsx)”, lalu pilih lagi berkasnya di sini.",
    )
    text = error_text(error)
    result = MessageDialog(None, text.title, [text.safety, text.hint], icon="triangle-alert", tone="attention")
    result.add_primary("Tutup")
    return result


SCENES: Mapping[str, Scene] = MappingProxyType(
    {
        "pegawai-ubah": over("personnel", _edited_person),
        "pegawai-baru": over("personnel", _empty_person),
        "pegawai-nonaktif": lambda: LeaveDialog("Ani Contoh, S.Kep.", date(2026, 10, 6)),
        "pimpinan": lambda: HeadsDialog(gallery_office.services().personnel.head_proposals()),
        "evaluasi": evaluation(0),
        "evaluasi-skp": evaluation(1),
        "cetak": print_forms,
        "tempel": pasted,
        "capaian": organisation,
        "kegiatan": with_row("training", _fullest_event),
        "kegiatan-baru": over("training", lambda tab: tab.does.add_event(date(2026, 11, 2))),
        "kegiatan-daftar": with_row("training", _view("daftar")),
        "saldo-jp": with_row("training", _view("jp")),
        "peserta": over("training", _then(_fullest_event, lambda tab: tab.does.add_people())),
        "kehadiran": over("training", _then(_fullest_event, lambda tab: tab.does.record_attendance())),
        "hari-libur": over("training", lambda tab: tab.does.edit_holidays(2026)),
        "rencana-usulan": with_row("remediation", _group(PlanGroup.PROPOSED)),
        "rencana-berjalan": with_row("remediation", _group(PlanGroup.RUNNING)),
        "rencana-tetapkan": over("remediation", _then(_group(PlanGroup.PROPOSED), lambda tab: tab.does.edit())),
        "rencana-tetapkan-banyak": over(
            "remediation", _then(_group(PlanGroup.PROPOSED), lambda tab: tab.many_button.click())
        ),
        "rencana-pelatihan": over("remediation", _then(_group(PlanGroup.RUNNING), lambda tab: tab.does.choose_event())),
        "rencana-tutup": over("remediation", _then(_group(PlanGroup.RUNNING), lambda tab: tab.does.close())),
        "pesan-galat": error_message,
    }
)
