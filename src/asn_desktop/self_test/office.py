"""A small office with the shipped sample workbook: the ways that a person's data takes, each by the real services."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from asn_desktop.core.i18n import N_, _
from asn_desktop.core.periods import Period, quarter_of
from asn_desktop.environment.resources import resource_path
from asn_desktop.exchange.reader import read_workbook
from asn_desktop.personnel.listing import EmployeeSpec
from asn_desktop.reports.preview import PreviewFile
from asn_desktop.reports.registry import render
from asn_desktop.sample.people import SAMPLE_OFFICE
from asn_desktop.sample.workbooks import SHIPPED
from asn_desktop.self_test.findings import PASSPHRASE, Check, Place, Unsound, clock
from asn_desktop.services import Services, close_office, create_office, open_office, restore_backup

USER = "penguji"
PERIOD: Period = quarter_of(clock().date()).previous()
FORMS = ("C.1.3", "D.1.1")


@contextmanager
def opened(place: Place) -> Iterator[Services]:
    """The shared office, opened with its passphrase and closed again: no check leaves it locked for the next."""
    services = open_office(place.home, USER, PASSPHRASE, clock=clock)
    try:
        yield services
    finally:
        close_office(services)


def reader_process(_place: Place) -> str:
    """The program starts itself with a hidden option to read foreign workbooks: frozen, that is another way."""
    rows = sum(len(sheet.rows) for sheet in read_workbook(sample_workbook()).sheets)
    if rows < SHIPPED.people:
        raise Unsound(_("Isi buku kerja contoh tidak terbaca: {n} baris.").format(n=rows))
    return _("{n} baris dari proses pembaca").format(n=rows)


def office(place: Place) -> str:
    services, code = create_office(place.home, SAMPLE_OFFICE, USER, PASSPHRASE, clock=clock)
    close_office(services)
    with opened(place) as again:
        name = again.reference.office().name
    if name != SAMPLE_OFFICE.name or not code:
        raise Unsound(_("Kantor yang baru dibuat tidak terbuka kembali."))
    return _("kantor dibuat dan dibuka kembali")


def import_people(place: Place) -> str:
    with opened(place) as services:
        plan = services.exchange.examine(sample_workbook())
        services.exchange.apply(plan)
        listed = len(services.personnel.ids(EmployeeSpec()))
        again = services.exchange.examine(sample_workbook()).counts
    wanted = SHIPPED.people - len(SHIPPED.spoilt)
    if listed != wanted or plan.counts["new"] != wanted:
        raise Unsound(_("Impor contoh: {n} orang masuk, seharusnya {wanted}.").format(n=listed, wanted=wanted))
    if again["new"] or again["changed"]:
        raise Unsound(_("Impor kedua berkas yang sama mengubah data: {counts}.").format(counts=again))
    return _("{n} pegawai masuk, {bad} baris rusak ditahan; impor kedua tidak mengubah apa pun").format(
        n=listed, bad=len(SHIPPED.spoilt)
    )


def backup_and_restore(place: Place) -> str:
    """A copy is made, the office changes, the copy comes back: the change is gone, everything else is there."""
    with opened(place) as services:
        before = services.safety.check()
        made = services.safety.back_up()
        services.appraisal.open_period(PERIOD)
    kept = restore_backup(place.home, USER, PASSPHRASE, made.path, clock=clock)
    with opened(place) as services:
        after = services.safety.check()
        back = services.appraisal.period(PERIOD.code) is None
    operations = before.chain.operations + 1  # opening it has noted that this file was restored
    if not (before.sound and after.sound and back and after.chain.operations == operations):
        raise Unsound(_("Data setelah pemulihan tidak sama dengan cadangannya."))
    if kept is None or not kept.exists():
        raise Unsound(_("Berkas yang diganti saat pemulihan tidak disimpan."))
    return _("{n} operasi kembali, {size} kB").format(n=after.chain.operations, size=made.size // 1000)


def forms(place: Place) -> str:
    """One person's C.1.3 and D.1.1 as PDF, with the name to be read in them."""
    told = []
    with opened(place) as services:
        services.appraisal.open_period(PERIOD)
        first = services.appraisal.list_evaluations(PERIOD.code)[0]
        sheets = services.appraisal.evaluation_sheets([first.id])
        for form in FORMS:
            target = place.out / f"{form}.pdf"
            pages = render(form, sheets, target)
            _read_back(target, sheets[0].employee.name or "")
            told.append(_("{form} {pages} halaman").format(form=form, pages=pages))
    return ", ".join(told)


def _read_back(path: Path, name: str) -> None:
    with PreviewFile(path) as preview:
        found = " ".join(" ".join(preview.text(page).split()) for page in range(len(preview)))
    if not name or name.upper() not in found.upper():
        raise Unsound(_("Nama pegawai tidak terbaca di {file}.").format(file=path.name))


def export_people(place: Place) -> str:
    """What goes out comes back in without a change."""
    target = place.out / "PEGAWAI.xlsx"
    with opened(place) as services:
        rows = services.exchange.export("personnel", target)
        counts = services.exchange.examine(target).counts
    if counts["same"] != rows:
        raise Unsound(_("Ekspor yang dibaca kembali tidak sama: {counts}.").format(counts=counts))
    return _("{n} baris keluar dan terbaca sama").format(n=rows)


def sample_workbook() -> Path:
    return resource_path("sample", SHIPPED.file)


CHECKS = (
    Check("reader-process", N_("Pembaca buku kerja"), reader_process),
    Check("office", N_("Kantor baru"), office),
    Check("import", N_("Impor"), import_people),
    Check("backup", N_("Cadangan dan pemulihan"), backup_and_restore),
    Check("forms", N_("Formulir"), forms),
    Check("export", N_("Ekspor"), export_people),
)
